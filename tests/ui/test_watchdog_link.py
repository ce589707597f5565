"""The console's side of the watchdog: beats go out, a dead one is replaced, a hung one harms nobody.

Small programs stand in for the watchdog.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.layout import Rect
from tests.fakes.fake_console import a_console
from tests.waiting import until
from ui.wall_app import WallOptions, run_wall
from ui.watchdog_beat import Places, decode_beat
from ui.watchdog_link import BEAT_PERIOD_S, WatchdogLink, places_of

_LISTENER = """
import sys
with open(sys.argv[1], "ab", buffering=0) as heard:
    for line in sys.stdin.buffer:
        heard.write(line)
"""
_SHORT_LIVED = """
import sys
with open(sys.argv[1], "ab") as heard:
    heard.write(sys.stdin.buffer.readline())
"""
_DEAF = "import signal; signal.pause()"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window on the screen."""
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(30, 40, 500, 300)
    window.show()
    return window


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    """Where a stand-in for the watchdog writes what it hears."""
    return tmp_path / "heard"


@pytest.fixture
def link_of(heard: Path) -> Iterator[Callable[[str], WatchdogLink]]:
    """Makes links to stand-ins, and ends them."""
    links: list[WatchdogLink] = []

    def make(program: str) -> WatchdogLink:
        links.append(WatchdogLink((sys.executable, "-c", program, str(heard))))
        return links[-1]

    yield make
    for link in links:
        link.stop()


def _beats(heard: Path) -> list[Places]:
    return [decode_beat(line) for line in heard.read_bytes().splitlines()] if heard.exists() else []


def test_beats_tell_where_the_windows_are(
    link_of: Callable[[str], WatchdogLink], window: QWidget, heard: Path
) -> None:
    link = link_of(_LISTENER)
    until(lambda: _tick(link, window) and len(_beats(heard)) >= 2, what="two beats")
    link.stop()
    assert set(_beats(heard)) == {(Rect(30, 40, 500, 300),)}
    assert link.deaths == 0


def test_it_beats_twice_a_second_however_often_the_wall_ticks(window: QWidget) -> None:
    link = _Counting()
    for number in range(1000):
        link.tick(number * 0.016, [window])
    assert abs(link.lines - 16 / BEAT_PERIOD_S) <= 1


def test_a_tick_after_a_stop_leaves_the_beat_to_the_next_one(window: QWidget) -> None:
    link = _Counting()
    link.tick(0.0, [window])
    assert link.lines == 0, "nothing is painted yet"
    link.tick(0.016, [window])
    assert link.lines == 1
    link.tick(10.0, [window])
    assert link.lines == 1, "what the wall shows now is ten seconds old"
    link.tick(10.016, [window])
    assert link.lines == 2


class _Counting(WatchdogLink):
    """A link that counts its beats instead of sending them."""

    def __init__(self) -> None:
        super().__init__(("none",))
        self.lines = 0

    def _beat(self, line: bytes) -> None:
        self.lines += 1


def test_hidden_and_minimised_windows_need_no_cover(window: QWidget) -> None:
    assert places_of([window]) == (Rect(30, 40, 500, 300),)
    window.showMinimized()
    assert places_of([window]) == ()
    window.hide()
    assert places_of([window]) == ()


def test_a_dead_watchdog_is_replaced_counted_and_told_of_once(
    link_of: Callable[[str], WatchdogLink], window: QWidget, heard: Path, caplog: pytest.LogCaptureFixture
) -> None:
    link = link_of(_SHORT_LIVED)
    with caplog.at_level(logging.WARNING):
        until(lambda: _tick(link, window) and link.deaths >= 2 and len(_beats(heard)) >= 3, what="a third one")
        link.stop()
    assert [record.getMessage() for record in caplog.records] == [
        "the watchdog ended with 0; it is started again, from now on without a word"
    ]


def test_a_watchdog_that_cannot_be_started_does_not_harm_the_wall(
    window: QWidget, caplog: pytest.LogCaptureFixture
) -> None:
    link = WatchdogLink(("/nonexistent/watchdog",))
    until(lambda: _tick(link, window) and link.deaths == 1, what="the failure")
    link.stop()
    assert "cannot be started" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in waits for a POSIX signal")
def test_a_watchdog_that_does_not_read_never_blocks_the_wall(
    link_of: Callable[[str], WatchdogLink], window: QWidget
) -> None:
    link = link_of(_DEAF)
    crowd = [window] * 10_000  # a beat that is longer than any pipe
    for number in range(500):
        began_s = time.monotonic()
        link.tick(number * 0.5, [window] if number < 2 or number % 50 else crowd)
        assert time.monotonic() - began_s < 5.0, "a write that blocks would do so for ever"
    link.stop()


def _tick(link: WatchdogLink, window: QWidget) -> bool:
    link.tick(time.monotonic(), [window])
    return True


def test_a_wall_without_a_screen_has_no_watchdog(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    run_wall(a_console("4"), WallOptions(for_s=0.5, watchdog_command=("/nonexistent/watchdog",)))
    assert "watchdog" not in caplog.text


def test_a_link_that_was_never_used_can_be_stopped() -> None:
    WatchdogLink().stop()
