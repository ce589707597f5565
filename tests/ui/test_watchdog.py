"""The watchdog: when a GUI counts as stopped, and what is then shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.core.layout import Rect
from ui.theme import Theme
from ui.watchdog import EXIT_BAD_BEAT, LOOK_PERIOD_S, SILENCE_LIMIT_S, Vigil, Watchdog, read_beats
from ui.watchdog_beat import Places, decode_beat, encode_beat
from ui.watchdog_cover import RETURN_LIMIT_S, Cover, advice, headline, silence_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")  # the offscreen platform's

LAST_BEAT_S = 1000.0
WALL = Rect(100, 50, 1280, 800)
SECOND_WALL = Rect(1920, 0, 640, 360)
HEARD_AT = datetime(2026, 11, 23, 14, 3, 22)


# ---- when a GUI counts as stopped


def _silent_after_s(vigil: Vigil, from_s: float, step_s: float = LOOK_PERIOD_S) -> float:
    """Look on, evenly, until the silence is found; how long after `from_s` that was."""
    now_s = from_s
    while not vigil.look(now_s):
        assert now_s < from_s + 60.0, "never found"
        now_s += step_s
    return now_s - from_s


def test_a_wall_that_has_not_begun_to_beat_is_not_missed() -> None:
    vigil = Vigil()
    assert not any(vigil.look(now_s * LOOK_PERIOD_S) for now_s in range(100))


def test_a_wall_that_beats_has_not_stopped() -> None:
    vigil = Vigil()
    for number in range(200):
        now_s = number * LOOK_PERIOD_S
        if number % 2 == 0:
            vigil.beat(now_s)
        assert not vigil.look(now_s)


@pytest.mark.parametrize("first_look_s", [0.0, 0.1, 0.24])
def test_silence_is_found_within_its_limit_and_not_much_before(first_look_s: float) -> None:
    vigil = Vigil()
    vigil.beat(LAST_BEAT_S)
    found_s = first_look_s + _silent_after_s(vigil, LAST_BEAT_S + first_look_s)
    assert SILENCE_LIMIT_S - LOOK_PERIOD_S < found_s <= SILENCE_LIMIT_S


def test_looks_that_come_late_on_a_busy_pc_find_it_as_well() -> None:
    vigil = Vigil()
    vigil.beat(LAST_BEAT_S)
    assert _silent_after_s(vigil, LAST_BEAT_S, step_s=LOOK_PERIOD_S + 0.9) < SILENCE_LIMIT_S + 1.0


@pytest.mark.parametrize("slept_s", [2.0, 3600.0])
def test_a_suspended_pc_is_given_time_to_wake_up(slept_s: float) -> None:
    vigil = Vigil()
    vigil.beat(LAST_BEAT_S)
    vigil.look(LAST_BEAT_S + 0.2)
    woken_s = LAST_BEAT_S + 0.2 + slept_s
    assert not vigil.look(woken_s)
    assert _silent_after_s(vigil, woken_s) >= 2.0, "the wall gets what was left of its limit"


def test_a_wall_that_stops_right_after_a_suspension_is_found_as_soon_as_ever() -> None:
    vigil = Vigil()
    vigil.beat(LAST_BEAT_S)
    vigil.look(LAST_BEAT_S)
    woken_s = LAST_BEAT_S + 3600.0
    vigil.beat(woken_s)  # read before the late look
    assert _silent_after_s(vigil, woken_s + 0.01) <= SILENCE_LIMIT_S


def test_a_silence_once_found_ends_with_a_beat_alone() -> None:
    vigil = Vigil()
    vigil.beat(LAST_BEAT_S)
    found_s = LAST_BEAT_S + _silent_after_s(vigil, LAST_BEAT_S)
    assert vigil.look(found_s + 3600.0), "sleeping does not revive a wall"
    vigil.beat(found_s + 3601.0)
    assert not vigil.look(found_s + 3601.1)


# ---- beats


@given(st.lists(st.builds(Rect, *[st.integers(-20_000, 20_000)] * 4), max_size=6))
def test_a_beat_is_one_line_that_comes_out_as_it_went_in(places: list[Rect]) -> None:
    line = encode_beat(places)
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert decode_beat(line) == tuple(places)


@pytest.mark.parametrize("line", [b"\n", b"{", b"[]", b"{}", b'{"windows": 3}', b'{"windows": [[1, 2]]}', b"\xff"])
def test_what_is_no_beat_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        decode_beat(line)


def test_the_process_ends_with_its_beats() -> None:
    heard: list[Places] = []
    codes: list[int] = []
    read_beats([encode_beat([WALL]), encode_beat([])], heard.append, codes.append)
    read_beats([b"no beat\n"], heard.append, codes.append)
    assert heard == [(WALL,), ()]
    assert codes == [0, EXIT_BAD_BEAT]


# ---- covers


class _Clock:
    """A time that only moves when it is told to."""

    def __init__(self) -> None:
        self.now_s = LAST_BEAT_S

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def watchdog(theme: Theme, clock: _Clock) -> Iterator[Watchdog]:
    """A watchdog that has heard one beat of a wall of two windows."""
    watchdog = Watchdog(theme, clock, lambda: HEARD_AT)
    watchdog.beaten.emit((WALL, SECOND_WALL))
    yield watchdog
    watchdog.stop()


def _look_for(watchdog: Watchdog, clock: _Clock, seconds: float) -> None:
    for _ in range(round(seconds / LOOK_PERIOD_S)):
        clock.now_s += LOOK_PERIOD_S
        watchdog.look()


def test_a_living_wall_is_not_covered(watchdog: Watchdog, clock: _Clock) -> None:
    for _ in range(20):
        _look_for(watchdog, clock, 1.0)
        watchdog.take_beat((WALL,))
        assert watchdog.covers == []


def test_each_window_of_a_silent_wall_is_covered_exactly(watchdog: Watchdog, clock: _Clock) -> None:
    _look_for(watchdog, clock, SILENCE_LIMIT_S)
    geometries = [cover.geometry().getRect() for cover in watchdog.covers]
    assert geometries == [(100, 50, 1280, 800), (1920, 0, 640, 360)]
    assert all(cover.isVisible() for cover in watchdog.covers)


def test_a_cover_says_what_is_wrong_since_when_and_what_to_do(watchdog: Watchdog, clock: _Clock) -> None:
    _look_for(watchdog, clock, 12.0)
    cover = watchdog.covers[0]
    assert cover.accessibleName() == "THE WALL HAS STOPPED"
    assert cover.accessibleDescription() == (
        "Pictures are not live. Last sign of life 14:03:22, 12 s ago."
        " It returns by itself. If it does not within a minute, restart Pantau."
    )
    _look_for(watchdog, clock, 60.0)
    assert watchdog.covers[0] is cover
    assert cover.accessibleDescription().endswith("1 min 12 s ago. It has not returned by itself: restart Pantau.")


@pytest.fixture
def kept(theme: Theme, clock: _Clock, ended: list[float]) -> Iterator[Watchdog]:
    """The watchdog of a wall that is started again when it ends; it has just beaten."""
    watchdog = Watchdog(theme, clock, lambda: HEARD_AT, lambda: ended.append(clock.now_s))
    watchdog.take_beat((WALL,))
    yield watchdog
    watchdog.stop()


@pytest.fixture
def ended() -> list[float]:
    """When the wall was ended."""
    return []


def test_a_kept_wall_that_does_not_return_is_ended_after_a_minute(
    kept: Watchdog, clock: _Clock, ended: list[float]
) -> None:
    began_s = clock.now_s
    _look_for(kept, clock, RETURN_LIMIT_S)
    assert ended == []
    words = kept.covers[0].accessibleDescription()
    assert words.endswith("It returns by itself; if it does not within a minute, it is started again.")
    _look_for(kept, clock, 1.0)
    assert ended and ended[0] - began_s == pytest.approx(RETURN_LIMIT_S, abs=2 * LOOK_PERIOD_S)


def test_a_kept_wall_that_returns_is_left_alone(kept: Watchdog, clock: _Clock, ended: list[float]) -> None:
    for _ in range(3):
        _look_for(kept, clock, RETURN_LIMIT_S - 1.0)
        kept.take_beat((WALL,))
    assert ended == [] and kept.covers == []


def test_a_pc_that_slept_for_an_hour_ends_no_wall(kept: Watchdog, clock: _Clock, ended: list[float]) -> None:
    _look_for(kept, clock, 1.0)
    clock.now_s += 3600.0
    _look_for(kept, clock, RETURN_LIMIT_S - 2.0)
    assert ended == []


def test_a_wall_that_nobody_starts_again_is_covered_for_as_long_as_it_stands_still(
    watchdog: Watchdog, clock: _Clock
) -> None:
    _look_for(watchdog, clock, 10 * RETURN_LIMIT_S)
    assert len(watchdog.covers) == 2


def test_the_next_beat_takes_every_cover_away_at_once(watchdog: Watchdog, clock: _Clock) -> None:
    _look_for(watchdog, clock, SILENCE_LIMIT_S)
    first = watchdog.covers[0]
    watchdog.beaten.emit((WALL,))
    assert not first.isVisible() and watchdog.covers == []
    _look_for(watchdog, clock, 1.0)
    assert watchdog.covers == []
    _look_for(watchdog, clock, SILENCE_LIMIT_S)
    assert [cover.geometry().getRect() for cover in watchdog.covers] == [(100, 50, 1280, 800)]


def test_a_wall_that_shows_no_window_needs_no_cover(watchdog: Watchdog, clock: _Clock) -> None:
    watchdog.take_beat(())
    _look_for(watchdog, clock, 2 * SILENCE_LIMIT_S)
    assert watchdog.covers == []


def test_it_looks_by_itself(qtbot: QtBot, watchdog: Watchdog, clock: _Clock) -> None:
    clock.now_s += SILENCE_LIMIT_S
    watchdog.start()
    qtbot.waitUntil(lambda: bool(watchdog.covers))


def test_a_cover_takes_neither_keyboard_nor_a_place_in_the_task_bar(theme: Theme) -> None:
    cover = Cover(theme, WALL)
    wanted = (
        Qt.WindowType.Tool,
        Qt.WindowType.FramelessWindowHint,
        Qt.WindowType.WindowStaysOnTopHint,
        Qt.WindowType.WindowDoesNotAcceptFocus,
        Qt.WindowType.X11BypassWindowManagerHint,
    )
    assert all(cover.windowFlags() & flag == flag for flag in wanted)
    assert cover.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_a_cover_cannot_be_closed(qtbot: QtBot, theme: Theme) -> None:
    cover = _shown(theme, WALL.width_px, WALL.height_px)
    assert not cover.close() and cover.isVisible()
    cover.hide()


SIZES = [(1280, 800), (1920, 1080), (3840, 2160), (640, 400), (320, 200), (500, 900), (3840, 720), (160, 100)]


@pytest.mark.parametrize(("width_px", "height_px"), SIZES)
def test_a_cover_of_any_size_is_dark_and_amber_to_its_edges(theme: Theme, width_px: int, height_px: int) -> None:
    cover = _shown(theme, width_px, height_px)
    image = cover.grab().toImage()
    cover.hide()
    middle = [image.pixelColor(x, height_px // 2).name() for x in (0, width_px - 1)]
    assert middle == [theme.ground, theme.ground]
    assert 0.003 < _share(image, theme.amber) < 0.4
    assert _share(image, theme.ground) > 0.35
    ends = {image.pixelColor(x, y).name() for x in range(width_px) for y in (0, height_px - 1)}
    assert {theme.ground, theme.amber} <= ends, "stripes at both ends"


@pytest.mark.parametrize(("width_px", "height_px"), SIZES)
def test_no_word_of_a_cover_is_cut_off(theme: Theme, width_px: int, height_px: int) -> None:
    cover = _shown(theme, width_px, height_px)
    texts = [placed.part.text for placed in cover._message()]
    boxes = [placed.box for placed in cover._message()]
    cover.hide()
    assert headline() in texts
    assert all(cover.rect().contains(box.toAlignedRect()) for box in boxes)
    assert all(above.bottom() <= below.top() for above, below in pairwise(boxes))
    if width_px >= 500:
        assert texts == ["", headline(), silence_words(HEARD_AT, 4000.0), advice(4000.0, is_kept=False)]


def _shown(theme: Theme, width_px: int, height_px: int) -> Cover:
    cover = Cover(theme, Rect(0, 0, width_px, height_px))
    cover.tell(HEARD_AT, 4000.0)
    cover.show()
    return cover


def _share(image: QImage, color: str) -> float:
    """The share of a colour among every third pixel of every third row."""
    points = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    return sum(image.pixelColor(x, y).name() == color for x, y in points) / len(points)
