"""How much of a look at the wall may go into dressing tiles."""

from __future__ import annotations

import pytest

from app.core.tile_status import Sign
from ui import dressing
from ui.dressing import Dressing


def dress(look: Dressing, shown: Sign | None) -> None:
    with look.of_one(shown):
        pass


def test_what_passes_for_a_live_picture_never_waits_for_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dressing, "MOST_S", 0.0)
    look = Dressing()
    assert look.has_room_for(None), "one in each look, however slow this PC is"
    dress(look, None)
    assert not look.has_room_for(None) and not look.has_room_for(Sign.CONNECTING)
    assert all(map(look.has_room_for, (Sign.LIVE, Sign.LATE, Sign.STALE)))


def test_time_is_counted_over_the_tiles_of_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    times_s = iter([0.0, 0.003, 1.0, 1.003])
    monkeypatch.setattr(dressing, "MOST_S", 0.004)
    monkeypatch.setattr(dressing.time, "perf_counter", lambda: next(times_s))
    look = Dressing()
    dress(look, Sign.LIVE)
    assert look.has_room_for(Sign.CONNECTING)
    dress(look, Sign.CONNECTING)
    assert not look.has_room_for(Sign.CONNECTING) and look.has_room_for(Sign.LIVE)
    assert Dressing().has_room_for(Sign.CONNECTING), "the next look has time again"


def test_no_look_dresses_more_pictures_than_the_most_and_tiles_without_one_take_no_place_of_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dressing, "MOST_S", float("inf"))
    look = Dressing()
    for _ in range(dressing.MOST_PICTURES):
        dress(look, Sign.CONNECTING)
        assert look.has_room_for(Sign.LIVE)
        dress(look, Sign.LIVE)
    assert not look.has_room_for(Sign.LIVE) and look.has_room_for(Sign.CONNECTING)
