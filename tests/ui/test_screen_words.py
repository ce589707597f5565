"""Pages are told apart by the shapes of their titles, as the end-to-end tests do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.screen_words import in_indonesian, is_titled, page_box
from tests.support.wall_eye import Pixels, load
from ui.overlay import Overlay
from ui.theme import Theme, ThemeName, apply_theme, load_theme

SOURCES = (
    ("Palette", "Find a command"),
    ("KeyEditor", "Change keys"),
    ("Keys", "Keys"),
    ("Map", "Map of the cameras"),
    ("Health", "Camera health"),
    ("Coverage", "Coverage"),
    ("Editor", "Edit the layout"),
)
TITLES = tuple(dict.fromkeys([source for _, source in SOURCES] + [in_indonesian(*each) for each in SOURCES]))


def seen_page(qtbot: QtBot, folder: Path, title: str) -> Pixels:
    """A page of that title over an empty wall."""
    wall = QWidget()
    qtbot.addWidget(wall)
    wall.resize(1000, 720)
    page = Overlay(title, wall)
    page.box.addStretch()
    page.take_middle(758, 615)
    page.show()
    wall.grab().save(str(folder / "page.png"))
    return load(folder / "page.png")


@pytest.mark.parametrize("title", TITLES)
def test_a_page_is_known_by_its_title_and_taken_for_no_other(
    qtbot: QtBot, theme: Theme, tmp_path: Path, title: str
) -> None:
    seen = seen_page(qtbot, tmp_path, title)
    assert [each for each in TITLES if is_titled(seen, each)] == [title]


def test_a_title_is_known_in_the_colours_of_high_contrast(
    qtbot: QtBot, theme: Theme, tmp_path: Path, qapp: QApplication
) -> None:
    apply_theme(qapp, load_theme(ThemeName.CONTRAST))
    seen = seen_page(qtbot, tmp_path, "Keys")
    assert is_titled(seen, "Keys", "contrast") and not is_titled(seen, "Keys")


def test_where_no_page_lies_none_is_seen(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    seen = seen_page(qtbot, tmp_path, "Keys")
    assert page_box(seen[:, :100]) is None and not is_titled(seen[:, :100], "Keys")
