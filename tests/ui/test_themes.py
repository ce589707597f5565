"""Both themes can be read by everybody: contrast, no state by colour alone, red for nothing."""

from __future__ import annotations

import colorsys
import re
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.config.setting import Choice
from app.config.settings_table import THEME
from app.core.tile_status import Sign
from tests.ui.colour_vision import blended, contrast, difference_without_green
from ui.icons import draw_sign
from ui.texts import sign_word
from ui.theme import Theme, ThemeName, apply_theme, color_names, load_theme, style_sheet
from ui.tile_overlays import sign_color

LEAST_CONTRAST = {ThemeName.DARK: 4.5, ThemeName.CONTRAST: 7.0}
"""WCAG 2.1: 1.4.3 (AA) and 1.4.6 (AAA)."""
LEAST_MARK_CONTRAST = 3.0
"""WCAG 2.1, 1.4.11: what is no text."""
TEXTS = ("text", "dim", "live", "amber", "accent", "selection")
GROUNDS = ("ground", "tile", "card", "panel", "raised", "hovered", "bar")
LIT = (("ground", "accent"),)
"""Dark text on a lit ground: what is selected in a field."""
BAR_ALPHA = 205
"""Of the bar over a large picture, which may be white below it."""
TOLD_APART = 20.0
"""ΔE between the colours of a picture that lives and one that does not: ten times what can just be noticed."""
SIDE_PX = 48


@pytest.fixture(params=ThemeName, ids=lambda name: name.value)
def each_theme(request: pytest.FixtureRequest, qapp: QApplication) -> Theme:
    return load_theme(request.param)


# ---- contrast


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_stands_out_from_every_ground(text: str, ground: str, each_theme: Theme) -> None:
    seen = contrast(each_theme.color(text), each_theme.color(ground))
    assert seen >= LEAST_CONTRAST[each_theme.name]


@pytest.mark.parametrize("text", ["text", "dim", "live", "amber"])
def test_a_bar_can_be_read_over_a_white_picture(text: str, each_theme: Theme) -> None:
    bar = blended(each_theme.color("bar", BAR_ALPHA), QColor("white"))
    assert contrast(each_theme.color(text), bar) >= LEAST_CONTRAST[each_theme.name]


@pytest.mark.parametrize(("text", "ground"), LIT)
def test_what_is_selected_can_be_read(text: str, ground: str, each_theme: Theme) -> None:
    seen = contrast(each_theme.color(text), each_theme.color(ground))
    assert seen >= LEAST_CONTRAST[each_theme.name]


def test_the_style_sheet_has_only_pairs_that_were_measured(each_theme: Theme) -> None:
    sheet = style_sheet(each_theme)
    by_color = {getattr(each_theme, name): name for name in (*TEXTS, *GROUNDS, "line", "faint", "gap")}
    grounds = {getattr(each_theme, name) for name in (*GROUNDS, "accent", "line", "faint", "text")}
    texts = set(re.findall(r"(?<![-\w])(?:placeholder-text-)?color: (#\w+)", sheet))
    assert {by_color[color] for color in texts} <= set(TEXTS)
    assert set(re.findall(r"background(?:-color)?: (#\w+)", sheet)) <= grounds
    lit = re.findall(r"selection-background-color: (#\w+);\s*selection-color: (#\w+)", sheet)
    known = {(getattr(each_theme, ground), getattr(each_theme, text)) for text, ground in LIT}
    assert set(lit) <= known | {(each_theme.hovered, each_theme.text)}


def test_the_selection_stands_out_of_the_gaps_between_tiles(each_theme: Theme) -> None:
    selection, gap = each_theme.color("selection"), each_theme.color("gap")
    assert contrast(selection, gap) >= LEAST_MARK_CONTRAST
    assert contrast(each_theme.color("accent"), each_theme.color("panel")) >= LEAST_MARK_CONTRAST


def test_high_contrast_shows_every_edge(qapp: QApplication) -> None:
    theme = load_theme(ThemeName.CONTRAST)
    for edge, ground in (("gap", "tile"), ("line", "panel"), ("line", "raised"), ("faint", "tile")):
        assert contrast(theme.color(edge), theme.color(ground)) >= LEAST_MARK_CONTRAST, (edge, ground)


# ---- states


def test_red_is_kept_for_alarms(each_theme: Theme) -> None:
    for name in color_names():
        hue, saturation, _ = colorsys.rgb_to_hsv(*each_theme.color(name).getRgbF()[:3])
        assert saturation < 0.3 or 0.06 < hue < 0.94, name


def test_every_state_has_a_shape_and_a_word_of_its_own() -> None:
    assert len({sign_word(sign) for sign in Sign}) == len(Sign)
    for one, other in combinations(Sign, 2):
        a, b = _shape(one), _shape(other)
        assert (a & b).sum() / (a | b).sum() < 0.7, (one, other)


def _shape(sign: Sign) -> np.ndarray:
    """Where a state's icon is inked, whatever its colour."""
    image = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with QPainter(image) as painter:
        draw_sign(painter, sign, QRectF(0, 0, SIDE_PX, SIDE_PX), QColor("white"))
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE_PX, image.bytesPerLine())[:, :SIDE_PX] > 127


@pytest.mark.parametrize("sign", [Sign.LATE, Sign.STALE, Sign.LOST])
def test_who_sees_no_green_tells_live_from_what_is_not(sign: Sign, each_theme: Theme) -> None:
    live, other = sign_color(each_theme, Sign.LIVE), sign_color(each_theme, sign)
    assert difference_without_green(live, other) >= TOLD_APART


# ---- which one


def test_the_settings_know_the_same_themes() -> None:
    assert isinstance(THEME.shape, Choice)
    assert list(THEME.shape.words) == [theme.value for theme in ThemeName]
    assert THEME.default == ThemeName.DARK.value


def test_a_theme_can_be_changed_while_the_product_runs(qapp: QApplication) -> None:
    for name in (ThemeName.CONTRAST, ThemeName.DARK):
        theme = load_theme(name)
        apply_theme(qapp, theme)
        assert qapp.palette().window().color() == theme.color("panel")
        assert theme.line in qapp.styleSheet()
