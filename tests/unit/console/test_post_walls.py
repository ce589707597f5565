"""What a chief's console knows of posts' walls, and writes down of what was ordered."""

from __future__ import annotations

from typing import Any

import pytest

from app.console.post_walls import PostWalls
from app.core.journal import Kind
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.posts import (
    ChiefAnswered,
    ChiefRequest,
    Day,
    Hours,
    OrderWall,
    PostWall,
    SetWeek,
    TakeBack,
    WallSeen,
    WallsListed,
    WantedSeen,
    Week,
)
from app.core.remote import CameraOnTile, WallDesired, WallReport
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from tests.fakes.fake_journal import FakeJournal
from tests.fakes.fake_ports import FakeChief

FOUR = SavedLayout(uniform_layout(4))
CAMERA = OrderWall("post_1", 3, 1, CameraOnTile(CameraId("A"), 2))


def wall(wall_id: str = "post_1", revision: int = 1) -> PostWall:
    """A wall that has reported."""
    return PostWall(wall_id, "Pos Harmoni", "", revision, WallReport(), told_s=0.0)


class Desk:
    """A chief's desk."""

    def __init__(self) -> None:
        self.port, self.journal = FakeChief(), FakeJournal()
        self.posts = PostWalls(self.port, self.journal, lambda: True)

    def told(self) -> list[dict[str, Any]]:
        """What the journal has."""
        return [dict(event.detail) for event in self.journal.events if event.kind is Kind.REMOTE_CONTROL]


def test_a_list_takes_the_place_of_the_one_before() -> None:
    desk = Desk()
    desk.posts.look("")
    assert not desk.posts.is_known and desk.port.looks == [""]
    desk.posts.take(WallsListed({"post_1": wall(), "post_2": wall("post_2")}))
    desk.posts.take(WallsListed({"post_1": wall()}))
    assert set(desk.posts.walls) == {"post_1"} and desk.posts.is_known
    desk.posts.take(WallSeen(wall(revision=7)))
    assert desk.posts.walls["post_1"].revision == 7


def test_walls_stay_known_while_the_registry_is_not_reached() -> None:
    desk = Desk()
    desk.posts.take(WallsListed({"post_1": wall()}))
    desk.posts.take(WallsListed({}, Sentence("Nobody answers.")))
    assert set(desk.posts.walls) == {"post_1"} and str(desk.posts.problem) == "Nobody answers."
    desk.posts.take(WallsListed({}))
    assert desk.posts.problem is None and desk.posts.walls == {}


def test_nothing_is_kept_once_nobody_looks() -> None:
    desk = Desk()
    desk.posts.take(WallsListed({"post_1": wall()}))
    desk.posts.take(WantedSeen("post_1", WallDesired(3), Week()))
    desk.posts.look(None)
    assert desk.posts.walls == {} and desk.posts.wanted("post_1") is None and not desk.posts.is_known


def test_one_thing_is_asked_after_another() -> None:
    desk = Desk()
    desk.posts.ask(CAMERA)
    desk.posts.ask(TakeBack("post_1", 3))
    assert desk.port.requests == [CAMERA] and desk.posts.pending == CAMERA
    desk.posts.take(ChiefAnswered(CAMERA))
    assert desk.posts.pending is None
    assert desk.posts.take_answer() == ChiefAnswered(CAMERA) and desk.posts.take_answer() is None


@pytest.mark.parametrize(
    ("request_", "told", "camera"),
    [
        (CAMERA, {"event": "ordered", "monitor": 1, "tile": 2}, "A"),
        (OrderWall("post_1", 3, 2, FOUR), {"event": "ordered", "monitor": 2, "layout": "4"}, ""),
        (TakeBack("post_1", 3), {"event": "taken-back"}, ""),
    ],
)
def test_what_was_ordered_is_written_down_with_its_revision(
    request_: ChiefRequest, told: dict[str, Any], camera: str
) -> None:
    desk = Desk()
    desk.posts.ask(request_)
    desk.posts.take(WantedSeen("post_1", WallDesired(4), Week()))
    desk.posts.take(ChiefAnswered(request_))
    assert desk.told() == [{**told, "wall": "post_1", "revision": 4}]
    assert desk.journal.events[0].camera == camera


def test_hours_are_written_down() -> None:
    desk = Desk()
    request = SetWeek("post_1", 0, (Hours((Day.MON,), "07:00", "08:00", 1, FOUR),))
    desk.posts.take(ChiefAnswered(request))
    assert desk.told() == [{"event": "scheduled", "wall": "post_1", "entries": 1}]


def test_what_was_refused_is_not_written_down() -> None:
    desk = Desk()
    desk.posts.ask(CAMERA)
    desk.posts.take(ChiefAnswered(CAMERA, Sentence("No.")))
    assert desk.told() == [] and desk.posts.take_answer() is not None
