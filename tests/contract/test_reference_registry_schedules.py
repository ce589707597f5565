"""Scheduled hours of walls at the reference registry: which entry holds, what goes before, what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from people_kit import asked, serve
from reference_registry_kit import WITHIN_S, PostClient, ServedRegistry, code_of
from wall_kit import (
    CAMERAS,
    LONG_WAIT_S,
    ONE_CAMERA,
    PUSAT,
    desired,
    document,
    order,
    release,
    reported_post,
    schedule,
    waiting,
    wall_path,
)

from app.demo.registry.officers import Role


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return reported_post(registry)


@pytest.fixture
def chief(registry: ServedRegistry) -> PostClient:
    return registry.on_duty(Role.CHIEF, PUSAT, "Kompol Sari")


def entry(days: str, start: str, end: str, name: str = "Malam", **changes: Any) -> dict[str, Any]:
    return {"days": days.split(), "from": start, "to": end, "layout": document(name), **changes}


def set_clock(registry: ServedRegistry, weekday: int, time_of_day: str, seconds: float = 0.0) -> None:
    """Set the registry's clock forward to a weekday (0 is Monday) and a time in Jakarta."""
    hours, minutes = map(int, time_of_day.split(":"))
    now = datetime.fromtimestamp(time.time(), UTC) + timedelta(hours=7)
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = monday + timedelta(days=weekday + 7, hours=hours, minutes=minutes, seconds=seconds)
    registry.clock.ahead_s = (wanted - now).total_seconds()


def look(registry: ServedRegistry, client: PostClient) -> dict[str, Any]:
    """What its wall is to show; the tokens of before are over where the clock was set."""
    client.token = registry.services.access.issue_token(client.id)
    return desired(client, client.id)


def test_schedule_holds_in_its_hours_of_jakarta(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    entries = (entry("mon tue", "08:00", "16:00", "Siang"), entry("mon", "16:00", "17:30", "Sore", monitor=2))
    answer = schedule(chief, post.id, 0, *entries)
    assert answer.status_code == 200, answer.text
    assert answer.json()["time_zone"] == "Asia/Jakarta"
    assert answer.headers["ETag"] == '"1"'
    assert asked(post, "GET", wall_path(post.id, "schedule")).json() == answer.json()
    assert [each["monitor"] for each in answer.json()["entries"]] == [1, 2]
    for weekday, at, name in (
        (0, "07:59", None),
        (0, "08:00", "Siang"),
        (0, "15:59", "Siang"),
        (0, "16:00", "Sore"),
        (0, "17:30", None),
        (1, "12:00", "Siang"),
        (1, "16:00", None),
        (2, "12:00", None),
    ):
        set_clock(registry, weekday, at)
        found = look(registry, post)
        shown = found["order"]["layout"]["name"] if found["order"] else None
        assert (shown, found["source"]) == (name, "schedule" if name else "none"), (weekday, at)


def test_schedule_goes_over_midnight_and_over_the_weeks_end(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    schedule(chief, post.id, 0, entry("sun", "22:00", "06:00"))
    seen = []
    for weekday, at in ((6, "21:59"), (6, "22:00"), (6, "23:59"), (7, "00:00"), (7, "05:59"), (7, "06:00")):
        set_clock(registry, weekday, at)
        seen.append((look(registry, post)["source"], look(registry, post)["revision"]))
    off, on, over = ("none", seen[0][1]), ("schedule", seen[0][1] + 1), ("none", seen[0][1] + 2)
    assert seen == [off, on, on, on, on, over]


def test_border_of_a_scheduled_hour_wakes_the_post(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    assert schedule(chief, post.id, 0, entry("tue", "22:00", "06:00")).status_code == 200
    for weekday, border, source in ((1, "21:59", "schedule"), (2, "05:59", "none")):
        set_clock(registry, weekday, border, seconds=59)
        with registry.clock.stopped():
            found = look(registry, post)
        assert 0 < found["changes_in_s"] <= 1
        parameters = {"revision": found["revision"], "wait_s": LONG_WAIT_S}
        answer = asked(post, "GET", wall_path(post.id, "desired"), params=parameters)
        assert (answer.json()["revision"], answer.json()["source"]) == (found["revision"] + 1, source)
        assert answer.elapsed.total_seconds() < LONG_WAIT_S


def test_new_schedule_for_the_present_hour_wakes_the_post(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    poll = waiting(registry, post, 0)
    every_hour = entry("mon tue wed thu fri sat sun", "00:00", "00:00")
    schedule(chief, post.id, 0, every_hour)
    found = poll.result(WITHIN_S).json()
    assert (found["source"], found["revision"], found["changed_by"]["name"]) == ("schedule", 1, "Kompol Sari")


def test_order_goes_before_the_schedule_until_it_ends_or_is_taken_back(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    schedule(chief, post.id, 0, entry("mon tue wed thu fri sat sun", "00:00", "00:00"))
    order(chief, post.id, {**ONE_CAMERA, "until_s": 300}, 1)
    assert desired(post, post.id)["source"] == "chief"
    assert release(chief, post.id, 2).json()["source"] == "schedule"
    order(chief, post.id, {**ONE_CAMERA, "until_s": 300}, 3)
    registry.clock.ahead_s = 301
    assert (desired(post, post.id)["source"], desired(post, post.id)["revision"]) == ("schedule", 5)


def test_schedule_is_not_written_over_somebody_elses_change(
    registry: ServedRegistry, post: PostClient, chief: PostClient
) -> None:
    other = registry.on_duty(Role.CHIEF, PUSAT, "AKP Budi")
    first = schedule(other, post.id, 0, entry("mon", "08:00", "16:00")).json()
    refused = schedule(chief, post.id, 0)
    assert (refused.status_code, code_of(refused)) == (412, "precondition-failed")
    assert refused.json()["conflict"]["changed_by"] == first["changed_by"]
    assert schedule(chief, post.id, 1).json()["entries"] == []


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            (entry("mon", "08:00", "16:00"), entry("tue", "01:00", "02:00"), entry("mon", "15:59", "17:00")),
            "1 and 3 overlap on mon at 15:59",
        ),
        ((entry("fri", "22:00", "06:00"), entry("sat", "05:00", "07:00")), "1 and 2 overlap on sat at 05:00"),
        ((entry("mon", "05:00", "07:00"), entry("sun", "22:00", "06:00")), "1 and 2 overlap on mon at 05:00"),
        ((entry("wed", "09:00", "09:00"), entry("thu", "08:59", "10:00")), "1 and 2 overlap on thu at 08:59"),
    ],
)
def test_entries_that_overlap_are_named(
    post: PostClient, chief: PostClient, entries: tuple[dict[str, Any], ...], said: str
) -> None:
    answer = schedule(chief, post.id, 0, *entries)
    assert (answer.status_code, code_of(answer)) == (400, "schedule-overlap")
    assert said in answer.json()["detail"]
    assert asked(post, "GET", wall_path(post.id, "schedule")).json()["revision"] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"days": []},
        {"days": ["mon", "mon"]},
        {"days": ["senin"]},
        {"from": "24:00"},
        {"to": "6:00"},
        {"monitor": 0},
        {"layout": "Pagi"},
    ],
)
def test_entry_outside_the_contract_is_refused(
    post: PostClient, chief: PostClient, changes: dict[str, Any]
) -> None:
    answer = schedule(chief, post.id, 0, {**entry("mon", "08:00", "16:00"), **changes})
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")


def test_schedule_has_at_most_32_entries(post: PostClient, chief: PostClient) -> None:
    hours = [(day, hour) for day in ("mon", "tue") for hour in range(17)]
    entries = [entry(day, f"{hour:02}:00", f"{hour:02}:30") for day, hour in hours]
    assert schedule(chief, post.id, 0, *entries[:32]).status_code == 200
    assert code_of(schedule(chief, post.id, 1, *entries[:33])) == "invalid-request"
