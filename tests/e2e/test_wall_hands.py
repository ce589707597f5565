"""An officer works on the wall with real keys and a real mouse; the screen shows what came of it.

The tests share one wall of three cameras on four tiles; the last one closes its window.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from app.core.layout import uniform_layout
from app.core.model import Profile
from app.demo.scenes import CLIP_FORMATS, phase_s
from tests.support.product import Product, running_product
from tests.support.wall_eye import Look, TileSeen, WallEye, WallPlace, save, told
from tests.support.wall_hands import WallHands
from tests.xdisplay import open_display
from ui.camera_rows import ROW_PX
from ui.side_panel import WIDTH_PX as PANEL_PX

SIZE_PX = (1280, 720)
PLACE = WallPlace(*SIZE_PX, uniform_layout(4))
STREET, MARKET = "JKT-00001", "JKT-00002"
"""The cameras of tiles 1 and 2; neither looks at a dark scene."""
FIRST, SECOND, THIRD = "JKT-00107", "JKT-00213", "JKT-00317"
"""Cameras that are put onto the wall."""
SEEN_LATE_S = 2.0
"""How old a picture on the screen may be on a busy PC."""
FIRST_ROW_PX = 131
"""The middle of the camera list's first row."""


@dataclass(frozen=True, slots=True)
class Post:
    """A wall and the officer before it."""

    product: Product
    eye: WallEye
    hands: WallHands


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """A wall with three cameras and a free tile."""
    folder = tmp_path_factory.mktemp("hands")
    words = ["demo", "--layout", "4", "--tiles", "3", "--size", f"{SIZE_PX[0]}x{SIZE_PX[1]}"]
    words += ["--report", str(folder / "report.json")]
    with open_display(*SIZE_PX) as display, running_product(folder, words, display) as product:
        eye = WallEye(display, PLACE)
        try:
            yield Post(product, eye, WallHands(display))
        finally:
            save(eye.pixels(), folder / "at-the-end.png")


def _is_of(tile: TileSeen, code: str, profile: Profile, at_s: float) -> bool:
    """Whether a tile shows a frame that this camera's stream has just now.

    Args:
        tile: as it was seen.
        code: the camera's.
        profile: the stream; the two have different rates, so that their frames have different numbers.
        at_s: when it was seen, monotonic seconds.
    """
    if tile.frame is None:
        return False
    clip = CLIP_FORMATS[profile]
    wall_s = time.time() - time.monotonic() + at_s
    behind = ((wall_s + phase_s(code)) * clip.frame_rate_fps - tile.frame) % clip.frames
    return behind / clip.frame_rate_fps <= SEEN_LATE_S or behind >= clip.frames - 2


def _shows(look: Look, number: int, code: str) -> bool:
    """Whether a small tile shows that camera's sub-stream, live."""
    tile = look.tiles[number - 1]
    return tile.is_live and _is_of(tile, code, Profile.SUB, look.began_s)


def test_a_double_click_fills_the_wall_with_the_main_stream_and_esc_brings_the_others_back(post: Post) -> None:
    post.eye.until_live({1, 2, 3})
    post.hands.double_click(PLACE.centre(1))
    _assert_maximised_and_back(post, 1, STREET)


def test_enter_fills_the_wall_with_the_selected_tile(post: Post) -> None:
    post.eye.until_live({1, 2, 3})
    post.hands.click(PLACE.centre(2))
    post.hands.press("Return")
    _assert_maximised_and_back(post, 2, MARKET)


def _assert_maximised_and_back(post: Post, number: int, code: str) -> None:
    """From a tile that was just maximised to all tiles again: at no moment is there no picture of it."""
    asked_s = time.monotonic()

    def has_main(looks: Sequence[Look]) -> bool:
        look = looks[-1]
        is_of_sub = _is_of(look.whole, code, Profile.SUB, look.began_s)  # both may have this number just now
        return look.whole.is_live and not is_of_sub and _is_of(look.whole, code, Profile.MAIN, look.began_s)

    looks = post.eye.watch(has_main, what="the main stream")
    print(f"\nmaximised: the main stream is there {looks[-1].done_s - asked_s:.2f} s after the keys")
    looks += post.eye.watch_for(0.5)
    assert all(not look.whole.is_black for look in looks if look.tiles[number - 1].frame is None), "a black gap"

    post.hands.press("Escape")
    asked_s = time.monotonic()
    looks = post.eye.watch(lambda looks: looks[-1].live >= {1, 2, 3} and _shows(looks[-1], number, code))
    print(f"back: all tiles live {looks[-1].done_s - asked_s:.2f} s after the key")
    restored = [look for look in looks if look.whole.frame is None]
    assert all(not look.tiles[number - 1].is_black for look in restored), "a black gap"


def test_a_chord_changes_the_layout_and_the_cameras_stay(post: Post) -> None:
    post.eye.until_live({1, 2, 3})
    post.hands.press("alt+3")
    nine = WallEye(post.eye.display, replace(PLACE, layout=uniform_layout(9)))
    nine.watch(lambda looks: _shows(looks[-1], 1, STREET) and looks[-1].live == {1, 2, 3}, what="nine tiles")
    post.hands.press("alt+1")
    one = WallEye(post.eye.display, replace(PLACE, layout=uniform_layout(1)))
    one.watch(lambda looks: looks[-1].live == {1} and looks[-1].tiles[0].frame is not None, what="one tile")
    post.hands.press("alt+2")
    looks = post.eye.watch(lambda looks: _shows(looks[-1], 2, MARKET) and looks[-1].live == {1, 2, 3})
    assert looks[-1].tiles[3].frame is None


def test_a_camera_that_was_searched_for_comes_onto_the_next_free_tile(post: Post) -> None:
    post.eye.until_live({1, 2, 3})
    _search(post, FIRST)
    post.hands.double_click(_row(1))
    post.eye.watch(lambda looks: _shows(looks[-1], 4, FIRST), what="the camera on tile 4")
    post.hands.press("alt+3")
    nine = WallEye(post.eye.display, replace(PLACE, layout=uniform_layout(9)))
    _search(post, SECOND)
    post.hands.press("Return")
    nine.watch(lambda looks: _shows(looks[-1], 5, SECOND), what="the camera on tile 5")
    _search(post, THIRD)
    post.hands.drag(_row(1), nine.place.centre(9))
    nine.watch(lambda looks: _shows(looks[-1], 9, THIRD), what="the camera on tile 9")


def _search(post: Post, code: str) -> None:
    post.hands.press("ctrl+f")
    post.hands.type(code)
    post.eye.until_found()


def _row(number: int) -> tuple[int, int]:
    """The place of a row of the camera list, counted from 0; a search's row 0 is a heading."""
    return PANEL_PX // 2, FIRST_ROW_PX + number * ROW_PX


def test_closing_the_window_ends_everything_in_order(post: Post) -> None:
    post.hands.press("alt+3")
    nine = WallEye(post.eye.display, replace(PLACE, layout=uniform_layout(9)))
    wall = nine.until_live({1, 2, 3})
    post.product.family()
    post.hands.close_window()
    ended = post.product.wait()
    assert (ended.code, ended.output, ended.errors) == (0, "", ""), told(wall)
    report = post.product.report
    assert report["wall"]["tiles"] == report["wall"]["live"] == len(wall.live), told(wall)
    cameras = {tile["tile"]: tile["camera"] for tile in report["tiles"]}
    added = {"1.4": FIRST, "1.5": SECOND, "1.9": THIRD}
    assert all(cameras.get(tile, code) == code for tile, code in added.items())
    post.product.wait_family_gone()
    assert not post.product.left_files()
