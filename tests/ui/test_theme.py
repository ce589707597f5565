"""The look's resources: complete, readable, red for nothing."""

from __future__ import annotations

import colorsys
import re
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics

from ui.theme import Theme, style_sheet

GROUNDS = ("tile", "card", "panel", "raised", "hovered", "bar")


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["text", "dim", "live", "amber", "accent"])
def test_text_stands_out_from_every_ground(text: str, ground: str, theme: Theme) -> None:
    light, dark = luminance(theme.color(text)), luminance(theme.color(ground))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_colour_is_red(theme: Theme) -> None:
    for entry in fields(theme):
        if entry.name != "family":
            hue, saturation, _ = colorsys.rgb_to_hsv(*theme.color(entry.name).getRgbF()[:3])
            assert saturation < 0.3 or 0.06 < hue < 0.94, entry.name


def test_the_bundled_font_is_used_in_both_weights(theme: Theme) -> None:
    assert QFontInfo(theme.font(12)).family() == "Inter"
    assert QFontInfo(theme.font(12, is_strong=True)).weight() >= 600


def test_figures_of_a_running_age_have_one_width(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font(12, is_strong=True))
    assert metrics.horizontalAdvance("1.1") == metrics.horizontalAdvance("8.8")


def test_the_style_sheet_names_only_colours_of_the_theme(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    known = {getattr(theme, entry.name) for entry in fields(theme)}
    assert set(re.findall(r"#[0-9a-f]{6}\b", sheet)) <= known
