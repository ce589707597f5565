"""The look: colours, fonts and the style sheet, read from `resources/`; one for a dark room, one of high contrast.

GUI thread. Contrast of every text colour on its ground is at least 4.5 : 1, in high contrast 7 : 1 (tests measure
both). Red is kept for alarms and used for nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from importlib import resources
from string import Template
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.core.errors import ConfigError

_FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")
BASE_FONT_PX = 13


class ThemeName(Enum):
    """The themes; the value is the name of their file of colours."""

    DARK = "dark"
    CONTRAST = "contrast"


_SHEETS: Mapping[ThemeName, tuple[str, ...]] = MappingProxyType(
    {ThemeName.DARK: ("dark.qss",), ThemeName.CONTRAST: ("dark.qss", "contrast.qss")}
)
"""What each is dressed in: high contrast adds outlines to the one sheet, with its own colours in both."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by their task, as `#rrggbb`."""

    name: ThemeName
    family: str
    ground: str
    """Behind all else, and text on what is lit."""
    gap: str
    """Between tiles."""
    tile: str
    """A picture's letterbox and an empty tile."""
    card: str
    """A tile without a picture."""
    panel: str
    raised: str
    hovered: str
    line: str
    text: str
    dim: str
    faint: str
    """Large or merely decorative marks only: below the contrast of text."""
    accent: str
    live: str
    amber: str
    selection: str
    bar: str

    def color(self, name: str, alpha: int = 255) -> QColor:
        """A colour by its field's name, with an opacity of 0 to 255."""
        color = QColor(getattr(self, name))
        color.setAlpha(alpha)
        return color

    def font(self, size_px: float, is_strong: bool = False) -> QFont:
        """The product's font at that pixel size, hinted so that small text stays even."""
        font = QFont(self.family)
        font.setPixelSize(max(1, round(size_px)))
        font.setWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width: a running age must not shiver
        return font


def load_theme(name: ThemeName = ThemeName.DARK) -> Theme:
    """A theme, its fonts registered with Qt. Needs a QApplication.

    Raises:
        ConfigError: a resource is missing or damaged; the message names it.
    """
    file = f"{name.value}.json"
    colors = json.loads(_theme_text(file))
    family = _load_fonts()
    try:
        return Theme(name=name, family=family, **colors)
    except TypeError as error:
        raise ConfigError("resources/theme/{0}: {1}", file, str(error)) from error


def _theme_text(file: str) -> str:
    return resources.files("resources").joinpath("theme", file).read_text(encoding="utf-8")


def color_names() -> tuple[str, ...]:
    """The fields of a theme that are colours."""
    return tuple(entry.name for entry in fields(Theme) if entry.name not in ("name", "family"))


def _load_fonts() -> str:
    families: list[str] = []
    for name in _FONT_FILES:
        data = resources.files("resources").joinpath("fonts", name).read_bytes()
        number = QFontDatabase.addApplicationFontFromData(data)
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise ConfigError("resources/fonts: the fonts cannot be loaded")
    return families[0]


def style_sheet(theme: Theme) -> str:
    """The style sheet with the theme's colours filled in."""
    template = "\n".join(map(_theme_text, _SHEETS[theme.name]))
    return Template(template).substitute({name: getattr(theme, name) for name in color_names()})


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application in the theme."""
    application.setStyle("Fusion")
    application.setPalette(_palette(theme))
    application.setFont(theme.font(BASE_FONT_PX))
    application.setStyleSheet(style_sheet(theme))
    application.styleHints().setColorScheme(Qt.ColorScheme.Dark)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, name in (
        (QPalette.ColorRole.Window, "panel"),
        (QPalette.ColorRole.WindowText, "text"),
        (QPalette.ColorRole.Base, "panel"),
        (QPalette.ColorRole.AlternateBase, "raised"),
        (QPalette.ColorRole.Text, "text"),
        (QPalette.ColorRole.Button, "raised"),
        (QPalette.ColorRole.ButtonText, "text"),
        (QPalette.ColorRole.ToolTipBase, "raised"),
        (QPalette.ColorRole.ToolTipText, "text"),
        (QPalette.ColorRole.PlaceholderText, "dim"),
        (QPalette.ColorRole.Highlight, "accent"),
        (QPalette.ColorRole.HighlightedText, "ground"),
    ):
        palette.setColor(role, theme.color(name))
    return palette
