"""Golden images of each tile state in both themes and languages, and of each layout, with the bundled font."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib import resources

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.commands import SelectTile
from app.core.failure import Reason
from app.core.hints import Finding, Hint
from app.core.model import Profile
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.golden_images import FOLDER, assert_golden
from tests.ui.speaking import speaking
from ui.language import Language
from ui.theme import Theme, ThemeName, load_theme
from ui.wall_view import WallView

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows draws letters with another font engine")

TILE_PX = (324, 184)
"""With the frame around it a tile of 320 × 180."""
WALL_PX = (320, 200)
TICKS = 8
"""Enough for 64 tiles: few are dressed with each."""
MOST_BYTES = 1_500_000
LAYOUTS = tuple(json.loads(resources.files("resources").joinpath("layouts.json").read_text("utf-8"))["order"])
STATES: dict[str, dict[str, object]] = {
    "empty": {},
    "connecting": {"sign": Sign.CONNECTING},
    "live": {"sign": Sign.LIVE, "age_s": 0.3},
    "better-stream": {"sign": Sign.LIVE, "age_s": 0.3, "awaited": Profile.MAIN},
    "hint": {"sign": Sign.LIVE, "age_s": 0.3, "findings": (Finding(Hint.DAMAGED, 0.034, 0.02, 0.0),)},
    "late": {"sign": Sign.LATE, "age_s": 3.4},
    "stale": {"sign": Sign.STALE, "age_s": 12.3, "reason": Reason.STALLED},
    "lost": {"sign": Sign.LOST, "reason": Reason.UNAUTHORIZED, "retry_in_s": 290.0},
}
"""What the console says of the tile in each state."""


@pytest.fixture
def draw(qtbot: QtBot) -> Iterator[Callable[[FakeConsole, Theme, tuple[int, int], Callable[[], object]], QImage]]:
    """Draws a wall view of a size after something has happened to its tiles."""
    views: list[WallView] = []

    def drawn(
        console: FakeConsole, theme: Theme, size_px: tuple[int, int], happen: Callable[[], object]
    ) -> QImage:
        view = WallView(console, theme)
        views.append(view)
        qtbot.addWidget(view)
        view.setMinimumSize(*size_px)
        view.resize(*size_px)
        view.show()
        view.refresh(0.0)  # announces the tiles' sizes
        happen()
        for number in range(TICKS):
            view.refresh(1.0 + number)
        return view.grab().toImage()

    yield drawn
    for view in views:
        view.release()


def _set_state(console: FakeConsole, status: dict[str, object]) -> None:
    if status.get("sign") in (Sign.LIVE, Sign.LATE, Sign.STALE):
        _play(console)
    if status:
        console.set_sign(1, **status)


def _play(console: FakeConsole) -> None:
    """Let the tile show a picture of a few plain areas: sky, houses, a street, a wall in the sun."""
    width_px, height_px = 320, 180
    pixels = np.zeros((height_px, width_px, 4), np.uint8)
    pixels[:] = (150, 120, 95, 255)
    pixels[60:120, 40:140] = (70, 85, 120, 255)
    pixels[80:120, 180:300] = (225, 235, 240, 255)
    pixels[120:] = (80, 80, 84, 255)
    console.make_live(1, pixels)


@pytest.mark.parametrize("language", Language, ids=lambda language: language.value)
@pytest.mark.parametrize("name", ThemeName, ids=lambda name: name.value)
@pytest.mark.parametrize("state", STATES)
def test_a_tile_looks_as_it_should(
    state: str, name: ThemeName, language: Language, draw: Callable[..., QImage], qapp: QApplication
) -> None:
    console = a_console("1", tiles=0 if state == "empty" else 1)
    with speaking(qapp, language):
        image = draw(console, load_theme(name), TILE_PX, lambda: _set_state(console, STATES[state]))
        assert_golden(_tile_name(state, name, language), image)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_looks_as_it_should(layout: str, draw: Callable[..., QImage], qapp: QApplication) -> None:
    console = a_console(layout, tiles=0)
    image = draw(console, load_theme(), WALL_PX, lambda: console.dispatch(SelectTile(1, 1)))
    assert_golden(_layout_name(layout), image)


def test_no_golden_image_is_left_over_and_all_together_are_small() -> None:
    tiles = {_tile_name(state, name, language) for state in STATES for name in ThemeName for language in Language}
    files = list(FOLDER.glob("*.png"))
    assert {path.stem for path in files} == tiles | set(map(_layout_name, LAYOUTS))
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


def _tile_name(state: str, name: ThemeName, language: Language) -> str:
    return f"tile-{state}-{name.value}-{language.value}"


def _layout_name(layout: str) -> str:
    return f"layout-{layout}"
