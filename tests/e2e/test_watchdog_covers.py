"""The console itself is stopped, and an observer who sees nothing but the screen tells what still looks live."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from app.core.layout import uniform_layout
from tests.support.product import Product, running_product
from tests.support.wall_eye import Look, WallEye, WallPlace, count_colour, frames_shown, part, save, told
from tests.waiting import until
from tests.xdisplay import open_display

pytestmark = pytest.mark.alone

SIZE_PX = (1280, 720)
TILES = 4
WALL = set(range(1, TILES + 1))
PLACE = WallPlace(*SIZE_PX, uniform_layout(TILES), has_panel=False)
WATCHDOG = "ui.watchdog"
COVERED_WITHIN_S = 3.0
SPARE_S = 2.0
"""What two busy cores may add; the real times are printed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A wall with its watchdog."""

    product: Product
    eye: WallEye

    def watchdogs(self) -> list[psutil.Process]:
        """The living watchdogs."""
        return self.product.of_kind(WATCHDOG)

    def is_covered(self) -> bool:
        """Whether the cover hides the whole wall: nothing but ground, amber and words is on any tile."""
        pixels = self.eye.pixels()
        tiles = [part(pixels, rect) for rect in PLACE.rects()]
        is_dark = all(count_colour(tile, "ground") > 0.6 * tile.shape[0] * tile.shape[1] for tile in tiles)
        return is_dark and count_colour(pixels, "amber") > 1000 and count_colour(pixels, "live") == 0

    @contextmanager
    def stopped_console(self) -> Iterator[float]:
        """Stop the console; gives when, monotonic seconds. It goes on in the end."""
        self.product.process.send_signal(signal.SIGSTOP)
        try:
            yield time.monotonic()
        finally:
            self.product.process.send_signal(signal.SIGCONT)


@pytest.fixture(params=["shared", "direct"])
def wall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    """A wall of four cameras whose pictures move, with a watchdog that has begun to listen."""
    words = ["demo", "--tiles", str(TILES), "--surface", request.param, "--no-panel", "--log-level", "info"]
    words += ["--size", f"{SIZE_PX[0]}x{SIZE_PX[1]}"]
    with open_display(*SIZE_PX) as display, running_product(tmp_path, words, display) as product:
        watched = Watched(product, WallEye(display, PLACE))
        _until_playing(watched)
        until(lambda: any(each.num_threads() > 1 for each in watched.watchdogs()), what="the watchdog")
        try:
            yield watched
        finally:
            save(watched.eye.pixels(), tmp_path / "at-the-end.png")


def _until_playing(wall: Watched) -> Sequence[Look]:
    """Until new frames of every camera are seen on live tiles."""
    wall.eye.until_live(WALL)
    return wall.eye.watch(
        lambda looks: all(frames_shown(looks[-10:], number) >= 3 for number in WALL), what="moving pictures"
    )


def test_a_stopped_console_is_covered_until_it_goes_on(wall: Watched) -> None:
    with wall.stopped_console() as stopped_s:
        until(wall.is_covered, step_s=0.0, what="the cover")
        covered_s = time.monotonic() - stopped_s
        _assert_stays_covered(wall, 2.0)
        save(wall.eye.pixels(), wall.product.folder / "covered.png")
    went_on_s = time.monotonic()
    _until_playing(wall)
    print(
        f"\ncovered {covered_s:.2f} s after the stop, playing {time.monotonic() - went_on_s:.2f} s after its end"
    )
    assert covered_s < COVERED_WITHIN_S + SPARE_S
    _assert_ends_in_order(wall)


def test_a_killed_watchdog_is_replaced_and_the_wall_does_not_flinch(wall: Watched) -> None:
    (first,) = wall.watchdogs()
    first.kill()
    until(lambda: _is_replaced(wall, first), what="a new watchdog")
    for look in wall.eye.watch_for(2.0):
        assert look.live == WALL, told(look)
    with wall.stopped_console():
        until(wall.is_covered, what="the new one's cover")
    _until_playing(wall)
    assert wall.product.errors.count("the watchdog ended") == 1
    _assert_ends_in_order(wall)


def _is_replaced(wall: Watched, first: psutil.Process) -> bool:
    """Whether a watchdog that is not the first one listens; the wall is looked at meanwhile."""
    look = wall.eye.look()
    assert look.live == WALL, told(look)
    return any(each.pid != first.pid and each.num_threads() > 1 for each in wall.watchdogs())


def _assert_stays_covered(wall: Watched, seconds: float) -> None:
    """Hosts that draw directly go on drawing all the while."""
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        assert wall.is_covered()


def _assert_ends_in_order(wall: Watched) -> None:
    ended = wall.product.interrupt()
    assert ended.code == 0
    assert "Traceback" not in ended.errors
    wall.product.wait_family_gone()
    assert not wall.product.left_files()
