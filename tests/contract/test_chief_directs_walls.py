"""A chief's client against the reference registry: walls are listed and followed, orders go, conflicts come."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from people_kit import serve
from reference_registry_kit import NO_PIN, PostClient, ServedRegistry
from registry_client_parts import Messages, QuickRandom
from wall_kit import CAMERA, CAMERAS, ONE_CAMERA, PUSAT, desired, order, reported_post, schedule
from wall_kit import document as layout_of
from wall_kit import reported as report_of

from app.core.errors import RegistryError
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.posts import (
    ChiefAnswered,
    Conflict,
    Day,
    Hours,
    OrderWall,
    SetWeek,
    TakeBack,
    WallSeen,
    WallsListed,
    WantedSeen,
)
from app.core.remote import CameraOnTile, Outcome
from app.core.saved_layout import SavedLayout
from app.core.tile_status import Sign
from app.credentials import MemoryStore, enrol
from app.demo.registry.officers import Officer, Role
from app.demo.registry.shifts import Shift
from app.registry import chief_desk
from app.registry.chief_desk import ChiefDesk
from app.registry.client import RegistryApi
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.posts import parse_wall, parse_walls
from tests.waiting import until

PAGI = SavedLayout(replace(uniform_layout(2), name="Pagi"), {1: CameraId(str(CAMERA.id))})


@dataclass(frozen=True, slots=True)
class Chief:
    """A chief at a console of their own."""

    desk: ChiefDesk
    inbox: Messages
    post_id: str
    """Of the console."""


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return reported_post(registry)


@contextmanager
def at_work(
    registry: ServedRegistry,
    role: Role = Role.CHIEF,
    lost: Callable[[RegistryError, Mapping[str, str]], bool] = lambda _error, _sent: False,
) -> Iterator[Chief]:
    """An officer's desk, and the shift in whose name it asks."""
    api = RegistryApi(registry.url)
    identity = enrol(api, MemoryStore(), registry.services.access.issue_code(uuid.uuid4().hex, PUSAT))
    api.close()
    officer = Officer(uuid.uuid4(), uuid.uuid4().hex, "Kompol Sari", role, PUSAT)
    people = registry.services.people
    assert people.officers.add(officer, NO_PIN)
    shift = {"Pantau-Shift": people.shifts.start(identity.post_id, officer).token}
    api, inbox = RegistryApi(registry.url, identity), Messages()
    desk = ChiefDesk(api, Link(inbox), OnDuty(lambda: shift, lost), QuickRandom(), time.monotonic)
    desk.thread.start()
    try:
        yield Chief(desk, inbox, identity.post_id)
    finally:
        desk.stop()
        api.close()
        desk.thread.join()


@pytest.fixture
def chief(registry: ServedRegistry) -> Iterator[Chief]:
    with at_work(registry) as made:
        yield made


def test_walls_are_listed_with_what_their_tiles_show(chief: Chief, post: PostClient) -> None:
    chief.desk.look("")
    listed = chief.inbox.take(WallsListed)
    wall = listed.walls[post.id]
    (monitor,) = wall.report.monitors
    assert [(each.tile, each.camera, each.sign) for each in monitor.tiles] == [
        (1, CameraId(str(CAMERA.id)), Sign.LIVE),
        (2, None, Sign.EMPTY),
    ]
    assert (wall.name, monitor.layout, wall.report.answer.outcome) == ("Dinding Harmoni", "Pagi", Outcome.RELEASED)
    assert listed.problem is None and wall.age_s(time.monotonic()) < 60.0


def test_nothing_is_asked_while_nobody_looks(chief: Chief, registry: ServedRegistry, post: PostClient) -> None:
    chief.desk.look("")
    chief.inbox.take(WallsListed)
    chief.desk.look(None)
    before = len(chief.inbox.all)
    report_of(post)
    time.sleep(0.5)
    assert len(chief.inbox.all) == before and registry.services.watch.waiting == 0


def test_the_wall_that_is_looked_at_is_followed(chief: Chief, post: PostClient) -> None:
    chief.desk.look(post.id)
    first = chief.inbox.take(WallSeen).wall
    report_of(post, applied_revision=1, applied_state="refused", reason="The wall has no such monitor.")
    then = chief.inbox.take(WallSeen).wall
    assert then.revision > first.revision
    answer = then.report.answer
    assert (answer.revision, answer.outcome, str(answer.reason)) == (
        1,
        Outcome.REFUSED,
        "The wall has no such monitor.",
    )


def test_an_order_is_at_the_post_and_is_taken_back(chief: Chief, post: PostClient) -> None:
    chief.desk.look(post.id)
    assert chief.inbox.take(WantedSeen).desired.revision == 0
    request = OrderWall(post.id, 0, 1, PAGI, 600, "Unjuk rasa")
    chief.desk.send(request)
    assert chief.inbox.take(ChiefAnswered) == ChiefAnswered(request)
    found = desired(post, post.id)
    assert (found["order"]["layout"]["name"], found["order"]["message"]) == ("Pagi", "Unjuk rasa")
    assert 0 < found["changes_in_s"] <= 600
    wanted = next(each for each in reversed(chief.inbox.all) if isinstance(each, WantedSeen)).desired
    assert wanted.revision == 1 and wanted.order is not None and wanted.order.wanted == PAGI
    camera = OrderWall(post.id, 1, 1, CameraOnTile(CameraId(str(CAMERA.id)), 2))
    for request_, revision in ((camera, 2), (TakeBack(post.id, 2), 3)):
        chief.desk.send(request_)
        assert chief.inbox.take(ChiefAnswered).problem is None
        assert desired(post, post.id)["revision"] == revision
    assert desired(post, post.id)["order"] is None


def test_a_conflict_says_who_was_first_and_shows_the_newer_one(
    chief: Chief, post: PostClient, registry: ServedRegistry
) -> None:
    other = registry.on_duty(Role.CHIEF, PUSAT, "AKP Budi")
    assert order(other, post.id, ONE_CAMERA, 0).status_code == 200
    chief.desk.send(OrderWall(post.id, 0, 1, PAGI))
    answered = chief.inbox.take(ChiefAnswered)
    assert answered.problem is not None and answered.conflict is not None
    assert answered.conflict.author is not None and answered.conflict.author.name == "AKP Budi"
    seen = [each for each in chief.inbox.all if isinstance(each, WantedSeen)]
    assert seen and seen[-1].desired.revision == answered.conflict.revision == 1
    chief.desk.send(replace(answered.request, seen=seen[-1].desired.revision))
    assert chief.inbox.take(ChiefAnswered).problem is None


def test_hours_are_read_changed_and_kept_apart(chief: Chief, post: PostClient, registry: ServedRegistry) -> None:
    hours = Hours((Day.MON, Day.FRI), "07:00", "09:30", 2, PAGI)
    chief.desk.look(post.id)
    assert chief.inbox.take(WantedSeen).week.entries == ()
    chief.desk.send(SetWeek(post.id, 0, (hours,)))
    assert chief.inbox.take(ChiefAnswered).problem is None
    week = next(each for each in reversed(chief.inbox.all) if isinstance(each, WantedSeen)).week
    assert (week.revision, week.entries) == (1, (hours,)) and week.author is not None
    overlapping = replace(hours, starts="08:00", ends="10:00")
    chief.desk.send(SetWeek(post.id, 1, (hours, overlapping)))
    refused = chief.inbox.take(ChiefAnswered)
    assert refused.conflict is None and "Entries 1 and 2 overlap on mon" in str(refused.problem)
    other = registry.on_duty(Role.CHIEF, PUSAT, "AKP Budi")
    entry = {"days": ["sun"], "from": "10:00", "to": "11:00", "monitor": 1, "layout": layout_of()}
    assert schedule(other, post.id, 1, entry).status_code == 200
    chief.desk.send(SetWeek(post.id, 1, ()))
    conflict = chief.inbox.take(ChiefAnswered).conflict
    assert isinstance(conflict, Conflict) and conflict.revision == 2


def test_who_is_no_chief_is_told_so(registry: ServedRegistry, post: PostClient) -> None:
    with at_work(registry, Role.OFFICER) as officer:
        officer.desk.look(post.id)
        listed = officer.inbox.take(WallsListed)
        assert listed.walls == {} and "Only a chief" in str(listed.problem)


def test_a_shift_that_is_over_is_told(registry: ServedRegistry, post: PostClient) -> None:
    told: list[str] = []

    def lost(error: RegistryError, _sent: Mapping[str, str]) -> bool:
        told.append(error.code)
        return True

    with at_work(registry, lost=lost) as chief:
        token = chief.desk._shift.headers()["Pantau-Shift"]
        people = registry.services.people
        at = people.shifts.of_token(chief.post_id, token)
        assert isinstance(at, Shift) and people.shifts.end(chief.post_id, at.id)
        chief.desk.look(post.id)
        assert "This shift is over" in str(chief.inbox.take(WallsListed).problem)
    assert told == ["shift-ended"]


def test_many_walls_come_page_by_page(
    chief: Chief, registry: ServedRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chief_desk, "WALLS_LIMIT", 2)
    posts = {reported_post(registry).id for _ in range(5)}
    chief.desk.look("")
    assert set(chief.inbox.take(WallsListed).walls) == posts


def test_a_wall_that_is_gone_does_not_keep_the_others_from_being_listed(chief: Chief, post: PostClient) -> None:
    chief.desk.look("post_that_is_gone")
    listed = chief.inbox.take(WallsListed)
    assert listed.problem is None and set(listed.walls) == {post.id}


def test_a_registry_that_comes_back_is_asked_again(chief: Chief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chief_desk, "LIST_PERIOD_S", 0.1)
    fails = iter([True])

    def call(*asked: Any, **options: Any) -> Any:
        if next(fails, False):
            raise RegistryError("Nobody answers.", code="unreachable", retryable=True)
        return real(*asked, **options)

    real = chief.desk._api.call
    monkeypatch.setattr(chief.desk._api, "call", call)
    chief.desk.look("")
    assert str(chief.inbox.take(WallsListed).problem) == "Nobody answers."
    until(lambda: chief.inbox.take(WallsListed).problem is None)


def test_a_wall_that_cannot_be_read_is_left_out_alone() -> None:
    good = {
        "wall_id": "post_1", "post_id": "post_1", "post_name": "Harmoni", "revision": 3, "age_s": 2.0, "name": "",
        "monitors": [{"number": 1, "layout": "4", "tiles": [
            {"tile": 1, "camera_id": None, "life": "dreaming", "age_s": None}]}],
        "applied_revision": 0, "applied_state": "sulking", "reason": None,
    }  # fmt: skip
    page = {"walls": [good, {**good, "wall_id": "../x"}, {**good, "age_s": "old"}, 7], "more": False}
    walls, has_more = parse_walls(page, 100.0)
    assert (set(walls), has_more) == ({"post_1"}, False)
    wall = parse_wall(good, 100.0)
    assert wall.told_s == 98.0 and wall.report.answer.outcome is Outcome.RELEASED
    assert wall.report.monitors[0].tiles[0].sign is Sign.CONNECTING, "what is not known is no claim of a picture"
