"""Which sign a tile shows: LIVE is the one that must never be wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.commands import TileId
from app.core.failure import Failure, Reason
from app.core.hints import Finding, Hint
from app.core.lights import Watch
from app.core.model import CameraId
from app.core.stream_life import Life, StreamState
from app.core.tile_status import Sign, TileStatus, lost, tile_sign, worst_first

NOW_S = 1000.0
RESET = Failure(Reason.RESET)


def sign(
    life: Life, age_s: float | None, failure: Failure | None = None, limit_s: float = 2.0, late_s: float = 0.0
) -> Sign:
    watch = Watch(opened_s=900.0, alive_s=None if age_s is None else NOW_S - age_s, late_s=late_s)
    return tile_sign(StreamState(life, failure=failure), watch, limit_s, NOW_S)


@pytest.mark.parametrize(
    ("life", "age_s", "failure", "expected"),
    [
        # no picture yet
        (Life.IDLE, None, None, Sign.CONNECTING),
        (Life.CONNECTING, None, None, Sign.CONNECTING),
        (Life.CLOSING, None, None, Sign.CONNECTING),
        (Life.PLAYING, None, None, Sign.CONNECTING),  # a second tile of a playing camera
        (Life.CONNECTING, None, RESET, Sign.LOST),
        (Life.CLOSING, None, RESET, Sign.LOST),
        (Life.STALLED, None, Failure(Reason.STALLED), Sign.LOST),
        (Life.BACKOFF, None, RESET, Sign.LOST),
        (Life.IDLE, None, RESET, Sign.LOST),
        # a young picture
        (Life.PLAYING, 0.0, None, Sign.LIVE),
        (Life.PLAYING, 1.99, None, Sign.LIVE),
        (Life.PLAYING, 2.0, None, Sign.STALE),
        (Life.STALLED, 0.1, Failure(Reason.STALLED), Sign.STALE),
        (Life.BACKOFF, 0.1, RESET, Sign.STALE),
        (Life.CONNECTING, 0.1, None, Sign.STALE),
        (Life.CLOSING, 0.1, None, Sign.STALE),
        (Life.IDLE, 0.1, None, Sign.STALE),
        # an old one
        (Life.PLAYING, 29.99, None, Sign.STALE),
        (Life.PLAYING, 30.0, None, Sign.LOST),
        (Life.STALLED, 30.0, Failure(Reason.STALLED), Sign.LOST),
        (Life.BACKOFF, 29.99, RESET, Sign.STALE),
        (Life.BACKOFF, 30.0, RESET, Sign.LOST),
        (Life.CONNECTING, 30.0, RESET, Sign.LOST),
        (Life.CONNECTING, 30.0, None, Sign.CONNECTING),
    ],
)
def test_the_sign_of_a_tile(life: Life, age_s: float | None, failure: Failure | None, expected: Sign) -> None:
    assert sign(life, age_s, failure) is expected


@pytest.mark.parametrize(
    ("life", "silence_s", "late_s", "expected"),
    [
        (Life.PLAYING, 0.1, 1.8, Sign.LIVE),
        (Life.PLAYING, 0.1, 1.9, Sign.LATE),
        (Life.PLAYING, 0.0, 600.0, Sign.LATE),
        (Life.PLAYING, 2.0, 1.0, Sign.STALE),
        (Life.STALLED, 0.1, 5.0, Sign.STALE),
        (Life.PLAYING, 30.0, 5.0, Sign.LOST),
    ],
)
def test_pictures_that_come_and_are_old_are_late(
    life: Life, silence_s: float, late_s: float, expected: Sign
) -> None:
    assert sign(life, silence_s, late_s=late_s) is expected


@pytest.mark.parametrize(("life", "expected"), [(Life.PLAYING, Sign.LATE), (Life.STALLED, Sign.STALE)])
def test_what_is_still_late_is_not_live(life: Life, expected: Sign) -> None:
    watch = Watch(opened_s=900.0, alive_s=NOW_S, late_s=1.8, is_late=True)
    assert tile_sign(StreamState(life), watch, 2.0, NOW_S) is expected


def test_the_worst_tile_is_named_first() -> None:
    def status(number: int, sign: Sign, findings: int = 0, reconnects: int = 0) -> TileStatus:
        finding = Finding(Hint.BLACK, 1.0, 0.98, 0.0)
        found = (finding,) * findings
        return TileStatus(TileId(1, number), sign, CameraId("x"), findings=found, reconnects=reconnects)

    statuses = [
        status(1, Sign.LIVE), status(2, Sign.LIVE, reconnects=3), status(3, Sign.LIVE, findings=2),
        status(4, Sign.STALE), status(5, Sign.LOST), status(6, Sign.LATE), status(7, Sign.CONNECTING),
        TileStatus(TileId(1, 8), Sign.EMPTY), status(9, Sign.LIVE, findings=1), status(10, Sign.LIVE),
    ]  # fmt: skip
    assert [each.tile.number for each in worst_first(statuses)] == [5, 4, 6, 7, 3, 9, 2, 1, 10]


def test_a_slow_camera_is_live_for_its_own_limit() -> None:
    assert sign(Life.PLAYING, 2.5, limit_s=3.0) is Sign.LIVE
    assert sign(Life.PLAYING, 3.0, limit_s=3.0) is Sign.STALE


@given(st.sampled_from(Life), st.none() | st.floats(0.0, 1e6), st.none() | st.just(RESET), st.floats(2.0, 30.0))
def test_live_means_playing_with_a_picture_younger_than_the_limit(
    life: Life, age_s: float | None, failure: Failure | None, limit_s: float
) -> None:
    shown = sign(life, age_s, failure, limit_s)
    exact_s = Watch(0.0, alive_s=None if age_s is None else NOW_S - age_s).age_s(NOW_S)
    is_live = life is Life.PLAYING and exact_s is not None and exact_s < limit_s
    assert (shown is Sign.LIVE) == is_live
    assert shown is not Sign.EMPTY
    assert shown is not Sign.STALE or exact_s is not None, "a stale tile has a picture"


def test_a_camera_that_is_not_even_tried_says_why() -> None:
    status = lost(TileId(1, 4), CameraId("x"), None, Reason.WITHDRAWN)
    expected = TileStatus(TileId(1, 4), Sign.LOST, camera_id=CameraId("x"), failure=Failure(Reason.WITHDRAWN))
    assert status == expected
    assert (status.age_s, status.retry_in_s, status.pictures) == (None, None, 0)
