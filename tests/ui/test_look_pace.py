"""How often the wall is looked at."""

from __future__ import annotations

import pytest

from ui.look_pace import MANY_TILES, LookPace
from ui.tile_images import SlotFeed


def pace_of(fps: list[float], for_s: float = 3.0) -> float:
    """The period after so many seconds of feeds of these rates, looked at a hundred times a second."""
    pace, feeds = LookPace(), [SlotFeed() for _ in fps]
    period_s = 0.0
    for look in range(round(for_s * 100) + 1):
        for feed, rate_fps in zip(feeds, fps, strict=True):
            feed.taken = int(look / 100 * rate_fps)
        period_s = pace.period_s(feeds, 50.0 + look / 100)
    return period_s


@pytest.mark.parametrize("fps", [[], [0.0], [15.0] * 4, [1.0, 12.5, 15.0]])
def test_slow_streams_are_looked_at_at_every_second_tick(fps: list[float]) -> None:
    assert 0.016 < pace_of(fps) < 0.032


@pytest.mark.parametrize("fps", [[20.0], [15.0, 25.0], [30.0] * 9])
def test_one_fast_stream_has_the_wall_looked_at_at_every_tick(fps: list[float]) -> None:
    assert pace_of(fps) == 0.0


def test_a_stream_that_comes_or_goes_changes_the_pace_within_two_seconds() -> None:
    pace, slow, fast = LookPace(), SlotFeed(), SlotFeed()
    fast.taken = 1_000_000  # of a life before: not what came in the last second
    assert pace.period_s([slow, fast], 10.0) > 0.0
    fast.taken += 25
    assert pace.period_s([slow, fast], 11.0) == 0.0
    assert pace.period_s([slow], 11.5) == 0.0
    assert pace.period_s([slow], 12.0) > 0.0


def test_many_tiles_are_looked_at_at_every_second_tick_whatever_comes() -> None:
    assert pace_of([25.0] * MANY_TILES) == 0.0
    assert pace_of([25.0] * (MANY_TILES + 1)) > 0.0


def test_a_first_picture_is_looked_for_at_every_tick_where_tiles_are_few() -> None:
    few, many = [SlotFeed()], [SlotFeed() for _ in range(MANY_TILES + 1)]
    assert LookPace().period_s(few, 10.0, is_awaited=True) == 0.0
    assert LookPace().period_s(many, 10.0, is_awaited=True) > 0.0
