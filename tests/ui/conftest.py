"""A themed application and wall windows over a fake console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.fake_console import FakeConsole
from ui.language import Language, install
from ui.side_panel import SidePanel
from ui.theme import Theme, apply_theme, load_theme
from ui.wall_app import load_keymap
from ui.wall_window import WallWindow

WindowMaker = Callable[..., WallWindow]


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    """English words, whatever a test before this one has installed."""
    install(qapp, Language.ENGLISH)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dress what one look may dress, however slow the machine is."""
    monkeypatch.setattr("ui.dressing.MOST_S", float("inf"))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The product's theme, applied."""
    theme = load_theme()
    apply_theme(qapp, theme)
    return theme


@pytest.fixture
def make_window(qtbot: QtBot, theme: Theme) -> WindowMaker:
    """Makes wall windows that were shown and have ticked once, at 0 s."""

    def make(
        console: FakeConsole, width_px: int = 1280, height_px: int = 800, has_panel: bool = True
    ) -> WallWindow:
        keymap, panel = load_keymap(console.layouts), SidePanel(theme)
        window = WallWindow(console, theme, keymap, keymap, panel.index.find, panel=panel)
        qtbot.addWidget(window, before_close_func=lambda widget: widget.view.release())
        window.show_list(has_panel)
        window.panel.left.connect(window.view.setFocus)
        window.resize(width_px, height_px)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        window.view.setFocus()
        qtbot.waitUntil(window.view.hasFocus)
        window.refresh(0.0)
        return window

    return make
