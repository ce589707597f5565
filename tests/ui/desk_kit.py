"""A desk over a fake console."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.fakes.fake_console import FakeConsole
from ui.desk import Desk, DeskOptions
from ui.preferences import Preferences
from ui.wall_app import load_keymap


def a_desk(application: QApplication, console: FakeConsole, options: DeskOptions) -> Desk:
    """A desk that has opened no window yet; nothing of it is kept."""
    preferences = Preferences(application, load_keymap(console.layouts), console.layouts, folder=None)
    return Desk(application, console, preferences, options)


def list_all(desk: Desk, now_s: float) -> None:
    """Let the desk take in what is new, and the list be made ready."""
    desk.tick(now_s)
    while desk.panel.is_indexing:
        desk.panel.work_on()
