"""An officer's first day, with real keys and a real mouse on two monitors and then three, seen on the screen.

From the page of the first start on: a wall of their own on the second monitor, kept over a restart, and every
page, menu and way of looking closely. A picture of each step is kept in `build/day-one`, numbered: what a new
officer sees. The tests run in order and share the wall; each leaves it as it found it.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.config.settings_files import SETTINGS_NAME
from app.config.settings_table import LANGUAGE, THEME
from app.core.layout import Rect, uniform_layout
from app.demo.world import DemoWorld, Registry
from tests.support.file_keyring import FILE_VARIABLE
from tests.support.framebuffer import Framebuffer
from tests.support.product import ROOT, Product, running_product
from tests.support.screen_words import in_indonesian, is_titled, page_box
from tests.support.wall_eye import (
    Look,
    Pixels,
    WallEye,
    WallPlace,
    count_colour,
    frames_shown,
    oldest_live_s,
    part,
    save,
)
from tests.support.wall_hands import WallHands
from tests.waiting import until
from tests.xdisplay import FIRST_MONITOR, XDisplay, open_display

SIDE_PX = (1000, 720)
LEFT, RIGHT = Rect(0, 0, *SIDE_PX), Rect(SIDE_PX[0], 0, *SIDE_PX)
THIRD = Rect(2 * SIDE_PX[0], 0, 800, 600)
SECOND_MONITOR, THIRD_MONITOR = "right", "third"
FOUR = uniform_layout(4)
LEFT_PLACE = WallPlace(*SIDE_PX, FOUR)
RIGHT_PLACE = WallPlace(*SIDE_PX, FOUR, has_panel=False, x_px=SIDE_PX[0])
CAMERAS = ("JKT-00107", "JKT-00213", "JKT-00317", "JKT-00319")
PRIVATE = "JKT-00211"
NAME = "Pagi Gambir"
KEYRING = "tests.support.file_keyring.Keyring"
PICTURES = ROOT / "build" / "day-one"
PAGE_PX = 40_000
"""Pixels in just the colour of pages: more than any tile ever has of it."""
PLATE_PX = 300
"""Pixels in just the colour of text, where a tile's figures are: more than a picture ever has of it there."""
PLAYING_S = 1.5
GAPS_PX = 1_000
"""Pixels in just the colour between tiles: fewer than between four, more than in any picture."""
SAME_LEVELS = 12.0
"""Two live thumbnails that differ by no more than this, levels of 255, show one camera."""
SMOOTH_S = 1.0
"""A picture that ages no more than this while it is watched was not interrupted."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is known by.

    Attributes:
        chord: opens it.
        title: of its texts, the context and the source.
        colour: what it has much of once it is filled: words, key caps, states, tiles.
        least_px: how much, above all that an empty one has.
    """

    chord: str
    title: tuple[str, str]
    colour: str
    least_px: int


PAGES = {
    "palette": Page("ctrl+p", ("Palette", "Find a command"), "text", 1_000),
    "keys-to-change": Page("ctrl+k", ("KeyEditor", "Change keys"), "text", 1_000),
    "help": Page("F1", ("Keys", "Keys"), "hovered", 10_000),
    "map": Page("ctrl+m", ("Map", "Map of the cameras"), "text", 1_000),
    "health": Page("ctrl+h", ("Health", "Camera health"), "live", 100),
    "coverage": Page("ctrl+r", ("Coverage", "Coverage"), "text", 1_800),
    "layout-editor": Page("ctrl+e", ("Editor", "Edit the layout"), "card", 40_000),
}


@dataclass(slots=True)
class Day:
    """The officer's PC."""

    display: XDisplay
    screen: Framebuffer
    folder: Path
    registry: Registry
    hands: WallHands
    left: WallEye
    right: WallEye
    product: Product | None = None
    stack: ExitStack = field(default_factory=ExitStack)
    shots: int = 0
    theme: str = "dark"
    """The colours that the wall has by now."""
    speaks_english: bool = False

    def start(self) -> None:
        """Start the console as the desktop's icon does: without a word."""
        more = {"PYTHON_KEYRING_BACKEND": KEYRING, FILE_VARIABLE: str(self.folder / "keyring")}
        words = ["run", "--sign-in", "optional", "--size", "{}x{}".format(*SIDE_PX)]
        self.product = self.stack.enter_context(running_product(self.folder, words, self.display, more))

    def end(self) -> None:
        """End the console, and wait until it is gone."""
        assert self.product is not None
        self.product.end()

    def shot(self, name: str) -> Pixels:
        """Keep a picture of the screen; gives it."""
        self.shots += 1
        pixels = self.screen.pixels.copy()
        save(pixels, PICTURES / f"{self.shots:02}-{name}.png")
        return pixels

    def page_px(self, side: Rect = LEFT) -> int:
        """How much of a monitor has the colour of pages."""
        return count_colour(part(self.screen.pixels.copy(), side), "raised", self.theme)

    def until_page(self, name: str, side: Rect = LEFT, title: tuple[str, str] | None = None) -> None:
        """Until a page lies there, and is called so where that is asked; keeps its picture."""
        until(lambda: self.page_px(side) >= PAGE_PX, what=f"the page {name}")
        if title is not None:
            words = title[1] if self.speaks_english else in_indonesian(*title)
            until(lambda: is_titled(self._seen(side), words, self.theme), what=f"the title {words}")
        time.sleep(0.3)  # it is painted whole before its picture is taken for people
        self.shot(name)

    def has_much(self, colour: str, least_px: int, side: Rect = LEFT) -> bool:
        """Whether so much of the page that lies there has that colour."""
        seen = self._seen(side)
        box = page_box(seen, self.theme)
        return box is not None and count_colour(part(seen, box), colour, self.theme) >= least_px

    def _seen(self, side: Rect) -> Pixels:
        return part(self.screen.pixels, side).copy()

    def plate_px(self, number: int) -> int:
        """How much of the second monitor's tile, where its figures have their place, has the colour of text."""
        tile = RIGHT_PLACE.rects()[number - 1]
        bar_px = tile.height_px // 10
        place = Rect(tile.x_px, tile.y_px + bar_px, tile.width_px * 2 // 3, tile.height_px // 2)
        return count_colour(self._seen(place), "text", self.theme)

    def plates(self) -> set[int]:
        """The second monitor's tiles that show figures."""
        return {number for number in range(1, FOUR.tiles + 1) if self.plate_px(number) >= PLATE_PX}

    def kept(self, key: str) -> object:
        """What the officer's own settings say of a key; None where they say nothing."""
        files = [*self.folder.rglob(SETTINGS_NAME)]
        return json.loads(files[0].read_text(encoding="utf-8")).get(key) if files else None

    def until_no_page(self, side: Rect = LEFT) -> None:
        """Until none lies there any more."""
        until(lambda: self.page_px(side) < PAGE_PX, what="the page put away")


@pytest.fixture(scope="module")
def day(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A PC with two monitors and a registry of 10,000 cameras; nothing was ever started on it.

    Titles are drawn in this process, too, to be known by their shape: that takes a QApplication.
    """
    folder = tmp_path_factory.mktemp("day")
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    screen_folder, central = folder / "screen", folder / "central"
    screen_folder.mkdir()
    central.mkdir()
    size_px = (2 * SIDE_PX[0] + THIRD.width_px, SIDE_PX[1])
    with DemoWorld(central, None) as registry, open_display(*size_px, framebuffer=screen_folder) as display:
        display.set_monitor(FIRST_MONITOR, LEFT)
        display.set_monitor(SECOND_MONITOR, RIGHT)
        screen = Framebuffer(screen_folder)
        eyes = WallEye(display, LEFT_PLACE, screen), WallEye(display, RIGHT_PLACE, screen)
        day = Day(display, screen, folder, registry, WallHands(display), *eyes)
        with day.stack:
            day.start()
            yield day


def _call_up(day: Day, code: str) -> None:
    day.hands.press("ctrl+f")
    day.hands.type(code)
    day.left.until_found()
    day.hands.press("Return")


def test_the_first_start_takes_three_steps(day: Day) -> None:
    def is_shown() -> bool:
        return count_colour(day.screen.pixels.copy(), "panel") > PAGE_PX

    until(is_shown, what="the page of the first start")
    day.shot("first-start")
    day.hands.type(day.registry.url)
    day.hands.press("Return")
    until(lambda: _stands_still(day), what="the second step")
    day.hands.type(day.registry.enrolment_code)
    day.shot("enrolment-code")
    day.hands.press("Return")
    until(lambda: _is_enrolled(day), what="the enrolment")
    time.sleep(0.5)  # the last step is shown
    day.shot("enrolled")
    day.hands.press("space")
    until(lambda: _panel_lists(day), what="the camera list")
    day.shot("empty-wall")


def _stands_still(day: Day) -> bool:
    """Whether the bar that runs while the registry is awaited has gone."""
    time.sleep(0.3)
    before = day.screen.pixels.copy()
    time.sleep(0.3)
    return bool((before == day.screen.pixels).all())


def _is_enrolled(day: Day) -> bool:
    return (day.folder / "keyring").exists()


def _panel_lists(day: Day) -> bool:
    """Whether the camera list shows its count, on the right of its title."""
    head = part(day.screen.pixels.copy(), Rect(170, 10, 120, 22))
    return count_colour(head, "dim") > 5


def test_my_four_cameras_on_monitor_2_saved(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("Escape")
    day.hands.press("alt+2")
    for code in CAMERAS:
        _call_up(day, code)
    day.right.until_live({1, 2, 3, 4})
    day.shot("four-cameras-on-monitor-2")
    day.hands.press("Escape", "Escape", "Escape")
    day.hands.press("ctrl+shift+s")
    day.until_page("name-of-the-layout", RIGHT)
    day.hands.type(NAME)
    day.hands.press("Return")
    day.until_no_page(RIGHT)
    saved = [json.loads(path.read_text(encoding="utf-8")) for path in day.folder.rglob("layouts/*.json")]
    assert [layout["name"] for layout in saved] == [NAME]
    assert len(saved[0]["cameras"]) == len(CAMERAS)
    day.shot("saved")


def test_what_is_changed_by_accident_comes_back_with_esc(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(2))
    day.hands.press("Delete")
    day.right.watch(lambda looks: looks[-1].live == {1, 3, 4}, what="tile 2 empty")
    day.shot("altered")
    day.hands.press("Escape", "Escape")
    day.right.until_live({1, 2, 3, 4})


def test_backspace_brings_the_tiles_last_camera_back(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(3))
    day.hands.press("Delete")
    day.right.watch(lambda looks: looks[-1].live == {1, 2, 4}, what="tile 3 empty")
    day.hands.press("BackSpace")
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("Escape")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_its_keys_and_goes_with_esc(day: Day, name: str) -> None:
    page = PAGES[name]
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press(page.chord)
    day.until_page(name, RIGHT, page.title)
    until(lambda: day.has_much(page.colour, page.least_px, RIGHT), what=f"what is on the page {name}")
    day.hands.press("Escape")
    day.until_no_page(RIGHT)
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("Escape")


def test_the_palette_runs_what_was_typed(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    assert not day.plates()
    day.hands.press("ctrl+p")
    day.until_page("palette-again", RIGHT, PAGES["palette"].title)
    day.hands.type("statistik di semua")
    day.hands.press("Return")
    day.until_no_page(RIGHT)
    until(lambda: day.plates() == {1, 2, 3, 4}, what="the figures of all tiles")
    day.shot("statistics")
    day.hands.press("alt+i")
    until(lambda: not day.plates(), what="the pictures without figures")
    day.hands.press("Escape")


@pytest.mark.parametrize(("name", "chord"), [("main-menu", "F10"), ("tile-menu", "Menu")])
def test_a_menu_opens_by_its_key(day: Day, name: str, chord: str) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    before = day.screen.pixels.copy()
    day.hands.press(chord)
    until(lambda: count_colour(day.screen.pixels.copy(), "raised") > count_colour(before, "raised") + 5_000)
    time.sleep(0.3)
    day.shot(name)
    day.hands.press("Escape", "Escape")
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("Escape")


def test_keys_look_closely_and_0_shows_the_whole_picture_again(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("ctrl+plus", "ctrl+plus")
    day.right.watch(
        lambda looks: looks[-1].tiles[0].frame is None, what="a part of the picture, its barcode cut off"
    )
    time.sleep(PLAYING_S)
    day.shot("zoomed")
    day.hands.press("0")
    day.right.watch(lambda looks: looks[-1].tiles[0].frame is not None, what="the whole picture, with its barcode")
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("Escape")


def test_the_wheel_looks_closely_and_a_drag_moves_the_view(day: Day) -> None:
    x, y = RIGHT_PLACE.centre(2)
    day.hands.wheel((x, y), 4)
    day.right.watch(
        lambda looks: looks[-1].tiles[1].frame is None, what="a part of the picture, its barcode cut off"
    )
    time.sleep(PLAYING_S)
    day.hands.drag((x - 60, y - 40), (x + 180, y + 120))
    time.sleep(PLAYING_S)
    day.shot("moved")
    assert day.right.look().live == {1, 2, 3, 4}, "a drag inside a zoomed tile swaps nothing"
    day.hands.wheel((x, y), -6)
    day.right.watch(lambda looks: looks[-1].tiles[1].frame is not None, what="the whole picture again")
    day.hands.press("Escape")


def test_forward_again_through_what_the_tile_showed(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(4))
    day.hands.press(*CAMERAS[0].removeprefix("JKT-00"), "Return")
    for chord, shows in (("", "the first"), ("BackSpace", "its own"), ("shift+BackSpace", "the first")):
        if chord:
            day.hands.press(chord)
        day.right.watch(
            lambda looks, shows=shows: _on_tile_4(looks[-1]) == shows,
            what=f"{shows} camera on tile 4 after {chord or 'its number'}",
        )
    day.hands.press("Escape", "Escape")
    day.right.watch(lambda looks: _on_tile_4(looks[-1]) == "its own", what="the layout as it was")


def _on_tile_4(look: Look) -> str:
    """Whose picture tile 4 shows: `the first` tile's camera's, `its own`, or none that lives."""
    if not look.tiles[0].is_live or not look.tiles[3].is_live:
        return ""
    apart = _apart(look.tiles[0].thumbnail, look.tiles[3].thumbnail)
    return "the first" if apart < SAME_LEVELS else "its own"


def _apart(one: Pixels, other: Pixels) -> float:
    """The mean difference of two thumbnails' channels, levels of 255."""
    return float(np.abs(one.astype(np.int16) - other.astype(np.int16)).mean())


def test_next_and_previous_layout(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("alt+Right")
    day.right.watch(lambda looks: looks[-1].live != {1, 2, 3, 4}, what="another layout")
    day.shot("next-layout")
    day.hands.press("alt+Left")
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("Escape")


def test_a_double_click_fills_the_monitor_and_esc_brings_the_layout_back(day: Day) -> None:
    day.hands.double_click(RIGHT_PLACE.centre(3))
    day.right.watch(lambda looks: looks[-1].whole.is_live and looks[-1].whole.frame is not None, what="one tile")
    day.shot("maximised")
    day.hands.press("Escape", "Escape")
    day.right.until_live({1, 2, 3, 4})


def test_f2_gives_the_layout_another_name_and_ctrl_s_saves_it(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("F2")
    day.until_page("rename", RIGHT)
    day.hands.type(f"{NAME} 2")
    day.hands.press("Return")
    day.until_no_page(RIGHT)
    until(lambda: _saved(day) == {f"{NAME} 2": {1, 2, 3, 4}}, what="the layout's file under its new name")
    day.hands.click(RIGHT_PLACE.centre(2))
    day.hands.press("Delete")
    day.right.watch(lambda looks: looks[-1].live == {1, 3, 4}, what="tile 2 empty")
    assert _saved(day) == {f"{NAME} 2": {1, 2, 3, 4}}, "it is not saved unasked"
    day.hands.press("ctrl+s")
    until(lambda: _saved(day) == {f"{NAME} 2": {1, 3, 4}}, what="the layout without its second camera saved")
    day.hands.press("BackSpace")
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("ctrl+s")
    until(lambda: _saved(day) == {f"{NAME} 2": {1, 2, 3, 4}}, what="the layout saved with all four")
    day.hands.press("Escape")


def _saved(day: Day) -> dict[str, set[int]]:
    """The layouts on the disk by name, and the tiles of each that have a camera."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in day.folder.rglob("layouts/*.json")]
    return {saved["name"]: set(map(int, saved["cameras"])) for saved in files}


def test_f11_fills_the_screen_and_gives_it_back(day: Day) -> None:
    list_px = count_colour(part(day.screen.pixels.copy(), Rect(0, 0, 300, SIDE_PX[1])), "panel")
    assert list_px > PAGE_PX
    day.hands.click(LEFT_PLACE.centre(1))

    def listed_px() -> int:
        return count_colour(part(day.screen.pixels.copy(), Rect(0, 0, 300, SIDE_PX[1] - 40)), "panel")

    day.hands.press("F11")
    until(lambda: listed_px() < PAGE_PX, what="the screen without the camera list")
    day.hands.press("F11")
    until(lambda: listed_px() > PAGE_PX, what="the camera list again")
    day.hands.press("Escape")


def test_i_shows_the_figures_of_one_tile(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(2))
    assert not day.plates()
    day.hands.press("i")
    until(lambda: day.plates() == {2}, what="the figures of tile 2")
    day.shot("figures-of-one-tile")
    day.hands.press("i")
    until(lambda: not day.plates(), what="the picture without figures")
    day.hands.press("Escape")
    day.right.until_live({1, 2, 3, 4})


def test_a_snapshot_is_a_picture_and_what_is_known_of_it(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("alt+s")
    until(lambda: [*day.folder.rglob("*.png")], what="the snapshot")
    until(lambda: _manifests(day), what="its manifest")
    manifest = _manifests(day)[0]
    assert CAMERAS[0] in json.dumps(manifest)
    day.shot("snapshot")
    day.hands.press("Escape")


def _manifests(day: Day) -> list[object]:
    found = [path for path in day.folder.rglob("Pantau/*.json")]
    return [json.loads(path.read_text(encoding="utf-8")) for path in found]


def test_a_private_camera_asks_for_a_purpose(day: Day) -> None:
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("Escape", "alt+2")
    day.hands.click(LEFT_PLACE.centre(1))
    _call_up(day, PRIVATE)
    day.left.watch(lambda looks: looks[-1].tiles[0].is_marked, what="a card instead of the picture")
    day.shot("private-camera")
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("p")
    day.until_page("purpose")
    day.hands.press("1")
    day.until_no_page()
    day.left.until_live({1})
    day.shot("purpose-given")
    day.hands.press("Delete", "Escape")


def test_a_number_calls_a_camera_up_on_any_monitor(day: Day) -> None:
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("1", "period", "2", "period", "1", "0", "7")
    time.sleep(0.5)
    day.shot("keypad")
    day.hands.press("Return")
    day.left.until_live({2})
    day.hands.click(LEFT_PLACE.centre(2))
    day.hands.press("Delete", "Escape")


def test_cameras_that_were_found_together_are_shown_for_a_while(day: Day) -> None:
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("Escape", "ctrl+f")
    day.hands.type("simpng damai raya")
    day.left.until_found()
    day.hands.press("ctrl+Return")
    twenty_five = WallEye(day.display, replace(LEFT_PLACE, layout=uniform_layout(25)), day.screen)
    twenty_five.watch(
        lambda looks: sum(tile.frame is not None for tile in looks[-1].tiles) >= 12, 60.0, "pictures"
    )
    day.shot("found-with-a-typo-shown-together")
    day.hands.press("Escape", "Escape")
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("Escape", "Escape", "Escape")


def test_a_tour_goes_on_while_another_monitor_is_unplugged_and_its_wall_comes_back(day: Day) -> None:
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("Escape", "alt+2", "ctrl+shift+r")
    day.left.until_live({1, 2, 3, 4})
    day.shot("coverage-tour")
    day.display.remove_monitor(SECOND_MONITOR)
    watched = day.left.watch_for(PLAYING_S)
    assert all(look.live == {1, 2, 3, 4} for look in watched)
    assert all(oldest_live_s(watched, number) <= SMOOTH_S for number in range(1, 5)), "no picture was lost"
    assert all(frames_shown(watched, number) > 2 for number in range(1, 5))
    back_s = time.monotonic()
    day.display.set_monitor(SECOND_MONITOR, RIGHT)
    looks = day.right.watch(lambda looks: looks[-1].live == {1, 2, 3, 4}, what="the second monitor's wall")
    print(f"\nplugged in again: four cameras are back after {looks[-1].done_s - back_s:.2f} s")


def test_space_holds_the_tour_and_esc_brings_back_what_was_there(day: Day) -> None:
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("space")
    until(lambda: count_colour(part(day.screen.pixels.copy(), LEFT), "amber") > 50, what="the word of the pause")
    day.shot("tour-paused")
    day.hands.press("Escape", "Escape")
    day.left.watch(lambda looks: not looks[-1].live, what="the empty wall that was there before")


def test_a_tour_of_saved_layouts_is_made_started_and_deleted_by_keys(day: Day) -> None:
    day.hands.click(LEFT_PLACE.centre(1))
    day.hands.press("Escape", "ctrl+shift+t")
    day.until_page("tour-editor")
    day.hands.press("F2")
    day.hands.type("Ronda pagi")
    day.hands.press("Insert", "Insert", "ctrl+s")
    until(lambda: _saved_tours(day) == {"Ronda pagi": 2}, what="the tour of two steps")
    day.shot("tour-of-two-steps-saved")
    day.hands.press("ctrl+Return")
    day.until_no_page()
    day.left.until_live({1, 2, 3, 4})
    day.shot("own-tour-runs")
    day.hands.press("shift+space")
    day.left.watch(lambda looks: not looks[-1].live, what="the empty wall that was there before")
    day.hands.press("ctrl+shift+t")
    day.until_page("tour-editor-again")
    day.hands.press("Delete", "Delete")
    until(lambda: not _saved_tours(day), what="the tour deleted")
    day.shot("tour-deleted")
    day.hands.press("Escape")
    day.until_no_page()


def _saved_tours(day: Day) -> dict[str, int]:
    """The tours on the disk, and how many steps each has."""
    tours = [json.loads(path.read_text(encoding="utf-8")) for path in day.folder.rglob("tours/*.json")]
    return {tour["name"]: len(tour["steps"]) for tour in tours}


def test_a_third_monitor_gets_a_wall_of_its_own(day: Day) -> None:
    before = part(day.screen.pixels.copy(), THIRD)
    assert not before.any(), "nothing is there yet"
    day.display.set_monitor(THIRD_MONITOR, THIRD)
    until(lambda: part(day.screen.pixels.copy(), THIRD).any(), what="the third monitor's wall")
    day.right.until_live({1, 2, 3, 4})
    day.hands.press("ctrl+i")
    until(lambda: count_colour(part(day.screen.pixels.copy(), THIRD), "raised") > 5_000, what="its number")
    day.shot("three-monitors")
    day.display.remove_monitor(THIRD_MONITOR)
    day.right.until_live({1, 2, 3, 4})


def test_the_officer_may_speak_english_and_see_more_contrast(day: Day) -> None:
    assert (day.kept(LANGUAGE.key), day.kept(THEME.key)) == (None, None)
    _run_from_palette(day, "english")
    until(lambda: day.kept(LANGUAGE.key) == "en", what="the language kept")
    day.speaks_english = True
    _run_from_palette(day, "contrast")
    until(lambda: day.kept(THEME.key) == "contrast", what="the colours kept")
    day.theme = "contrast"
    until(lambda: _gap_px(day) > GAPS_PX, what="the colours of high contrast between the tiles")
    day.shot("contrast")
    _run_from_palette(day, "theme dark")
    until(lambda: day.kept(THEME.key) == "dark", what="the colours of before kept")
    day.theme = "dark"
    until(lambda: _gap_px(day) > GAPS_PX, what="the colours of before between the tiles")
    day.right.until_live({1, 2, 3, 4})


def _run_from_palette(day: Day, words: str) -> None:
    """Have the palette, in the language that is spoken by now, find a command and run it."""
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("Escape", "ctrl+p")
    day.until_page(f"palette-{words.replace(' ', '-')}", RIGHT, PAGES["palette"].title)
    day.hands.type(words)
    day.hands.press("Return")
    day.until_no_page(RIGHT)


def _gap_px(day: Day) -> int:
    """How much of the second monitor has just the colour that its tiles are set apart by."""
    return count_colour(part(day.screen.pixels.copy(), RIGHT), "gap", day.theme)


def test_everything_is_there_again_after_a_restart(day: Day) -> None:
    day.end()
    day.start()
    day.right.until_live({1, 2, 3, 4})
    day.shot("after-a-restart")
    day.hands.click(RIGHT_PLACE.centre(1))
    day.hands.press("ctrl+p")
    day.until_page("palette-in-english-after-a-restart", RIGHT, PAGES["palette"].title)
    day.hands.press("Escape")
    day.until_no_page(RIGHT)
    day.end()
