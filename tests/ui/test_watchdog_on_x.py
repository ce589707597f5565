"""The watchdog's process on a real X server: what it covers, when it goes, what it survives."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.core.layout import Rect
from app.signals import KILLED_CODE
from tests.support.wall_eye import count_colour, part
from tests.support.x_window import x_window
from tests.waiting import until
from tests.xdisplay import XDisplay
from ui.watchdog_beat import encode_beat
from ui.watchdog_link import WATCHDOG_COMMAND

ROOT = Path(__file__).parents[2]
IMPATIENT = "import sys, ui.watchdog; ui.watchdog.RETURN_LIMIT_S = 0.5; sys.exit(ui.watchdog.main(sys.argv[1:]))"
WALLS = (Rect(100, 80, 900, 600), Rect(1100, 200, 320, 200))


@contextmanager
def _watchdog(display: XDisplay, command: tuple[str, ...] = WATCHDOG_COMMAND) -> Iterator[subprocess.Popen[bytes]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=display.env(), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _beat(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(encode_beat(WALLS))


def _are_covered(display: XDisplay) -> bool:
    pixels = display.grab()
    walls = [part(pixels, wall) for wall in WALLS]
    return all(count_colour(wall, "ground") > wall.shape[0] * wall.shape[1] * 0.4 for wall in walls)


def test_it_covers_a_silent_wall_exactly_until_the_next_beat(xvfb: XDisplay) -> None:
    with _watchdog(xvfb) as process:
        _beat(process)
        until(lambda: _are_covered(xvfb), what="the covers")
        pixels = xvfb.grab()
        amber_px = [count_colour(part(pixels, wall), "amber") for wall in WALLS]
        assert min(amber_px) > 500
        assert sum(amber_px) == count_colour(pixels, "amber"), "nothing beside the walls"
        _beat(process)
        until(lambda: count_colour(xvfb.grab(), "amber") == 0, what="the covers' end")
        _assert_ends_quietly(process)


def test_it_stays_above_windows_that_come_later(xvfb: XDisplay) -> None:
    with _watchdog(xvfb) as process:
        _beat(process)
        until(lambda: _are_covered(xvfb), what="the covers")
        wall = WALLS[0]
        with x_window(xvfb.name, wall.x_px, wall.y_px, wall.width_px, wall.height_px):  # it lies on top by now
            until(lambda: _are_covered(xvfb), what="the covers, raised again")
        _assert_ends_quietly(process)


def test_it_ends_with_its_console_also_while_it_covers(xvfb: XDisplay) -> None:
    with _watchdog(xvfb) as process:
        _beat(process)
        until(lambda: _are_covered(xvfb), what="the covers")
        _assert_ends_quietly(process)
    until(lambda: count_colour(xvfb.grab(), "amber") == 0, what="the covers' end")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTSTP"])
def test_a_key_in_the_terminal_does_not_end_or_stop_it(xvfb: XDisplay, name: str) -> None:
    with _watchdog(xvfb) as process:
        _beat(process)
        until(lambda: _are_covered(xvfb), what="the covers")
        process.send_signal(signal.Signals[name])
        _beat(process)
        until(lambda: count_colour(xvfb.grab(), "amber") == 0, what="the covers' end")
        _assert_ends_quietly(process)


def test_it_ends_a_kept_wall_that_stands_still(xvfb: XDisplay) -> None:
    """The wall is any process here, and the minute half a second."""
    command = (sys.executable, "-c", IMPATIENT, "en", "dark")
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"]) as wall:
        try:
            with _watchdog(xvfb, (*command, str(wall.pid))) as process:
                _beat(process)
                assert wall.wait(30.0) == KILLED_CODE
                assert process.poll() is None, "its pipe is not closed yet: somebody else's word ends it"
                _assert_ends_quietly(process)
        finally:
            wall.kill()


def _assert_ends_quietly(process: subprocess.Popen[bytes]) -> None:
    output, errors = process.communicate(timeout=30)  # closes its stdin
    assert (process.returncode, output, errors) == (0, b"", b"")
