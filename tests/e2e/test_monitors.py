"""A wall on two monitors of a real X server: one is unplugged and plugged in again while the other plays on.

The tests share one wall; each leaves both monitors plugged in.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.core.layout import Rect, uniform_layout
from tests.support.product import Product, running_product
from tests.support.wall_eye import WallEye, WallPlace, frames_shown, oldest_live_s, save
from tests.support.wall_hands import WallHands
from tests.xdisplay import FIRST_MONITOR, XDisplay, open_display

pytestmark = pytest.mark.alone

SIDE_PX = (960, 720)
LEFT, RIGHT = Rect(0, 0, *SIDE_PX), Rect(SIDE_PX[0], 0, *SIDE_PX)
SECOND_MONITOR = "right"
LEFT_PLACE = WallPlace(*SIDE_PX, uniform_layout(4))
RIGHT_PLACE = WallPlace(*SIDE_PX, uniform_layout(4), has_panel=False, x_px=SIDE_PX[0])
LEFT_TILES = {1, 2}
CALLED = "JKT-00107"
SMOOTH_S = 1.0
"""A picture that ages no more than this while it is watched was not interrupted."""


@dataclass(frozen=True, slots=True)
class Post:
    """A wall on two monitors."""

    product: Product
    display: XDisplay
    left: WallEye
    right: WallEye
    hands: WallHands


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """The operator's monitor with two cameras, and beside it one with a camera on its first tile."""
    folder = tmp_path_factory.mktemp("monitors")
    words = ["demo", "--layout", "4", "--tiles", str(len(LEFT_TILES)), "--size", "{}x{}".format(*SIDE_PX)]
    with open_display(2 * SIDE_PX[0], SIDE_PX[1]) as display:
        display.set_monitor(FIRST_MONITOR, LEFT)
        display.set_monitor(SECOND_MONITOR, RIGHT)
        with running_product(folder, words, display) as product:
            left, right = WallEye(display, LEFT_PLACE), WallEye(display, RIGHT_PLACE)
            post = Post(product, display, left, right, WallHands(display))
            try:
                _call_up(post)
                yield post
            finally:
                save(left.pixels(), folder / "at-the-end.png")


def _call_up(post: Post) -> None:
    """Search for a camera while the right monitor is worked in, so that it comes there."""
    post.left.until_live(LEFT_TILES)
    post.hands.click(RIGHT_PLACE.centre(1))
    post.hands.press("ctrl+f")
    post.hands.type(CALLED)
    post.left.until_found()
    post.hands.press("Return")
    post.right.until_live({1})
    post.hands.press("Escape", "Escape")


def test_each_monitor_has_its_own_wall(post: Post) -> None:
    post.left.until_live(LEFT_TILES)
    assert post.right.until_live({1}).live == {1}
    assert post.left.look().live == LEFT_TILES


def test_a_monitor_that_is_unplugged_leaves_the_other_one_alone_and_comes_back_as_it_was(post: Post) -> None:
    post.right.until_live({1})
    post.display.remove_monitor(SECOND_MONITOR)
    watched = post.left.watch_for(2.0)
    assert all(look.live >= LEFT_TILES for look in watched)
    assert all(oldest_live_s(watched, number) <= SMOOTH_S for number in LEFT_TILES)
    assert all(frames_shown(watched, number) > 3 for number in LEFT_TILES)
    assert post.right.look().live == set(), "its window is gone"

    back_s = time.monotonic()
    post.display.set_monitor(SECOND_MONITOR, RIGHT)
    looks = post.right.watch(lambda looks: looks[-1].live == {1}, what="the wall of the second monitor")
    print(f"\nplugged in again: its wall is back after {looks[-1].done_s - back_s:.2f} s")
    assert post.left.look().live >= LEFT_TILES


def test_a_monitor_that_changes_its_resolution_keeps_its_wall(post: Post) -> None:
    _change(post, Rect(SIDE_PX[0], 0, 800, 600))
    place = WallPlace(800, 600, uniform_layout(4), has_panel=False, x_px=SIDE_PX[0])
    WallEye(post.display, place).until_live({1})
    _change(post, RIGHT)
    post.right.until_live({1})
    post.left.until_live(LEFT_TILES)


def _change(post: Post, rect: Rect) -> None:
    """Set the second monitor's mode; the server knows no other way than by unplugging it for a moment."""
    post.display.remove_monitor(SECOND_MONITOR)
    post.display.set_monitor(SECOND_MONITOR, rect)


def test_a_monitor_that_becomes_the_systems_primary_one_changes_nothing(post: Post) -> None:
    post.display.remove_monitor(SECOND_MONITOR)
    post.display.set_monitor(f"*{SECOND_MONITOR}", RIGHT)
    post.right.until_live({1})
    watched = post.left.watch_for(1.0)
    assert all(look.live >= LEFT_TILES for look in watched), "the camera list still lies beside these tiles"
