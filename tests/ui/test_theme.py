"""The look's resources: complete; how readable they are is measured in `test_themes.py`."""

from __future__ import annotations

import re

from PySide6.QtGui import QFontInfo, QFontMetrics

from ui.theme import Theme, color_names, style_sheet


def test_the_bundled_font_is_used_in_both_weights(theme: Theme) -> None:
    assert QFontInfo(theme.font(12)).family() == "Inter"
    assert QFontInfo(theme.font(12, is_strong=True)).weight() >= 600


def test_figures_of_a_running_age_have_one_width(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font(12, is_strong=True))
    assert metrics.horizontalAdvance("1.1") == metrics.horizontalAdvance("8.8")


def test_the_style_sheet_names_only_colours_of_the_theme(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    known = {getattr(theme, name) for name in color_names()}
    assert set(re.findall(r"#[0-9a-f]{6}\b", sheet)) <= known
