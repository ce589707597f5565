"""A desk over a fake console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.fake_console import FakeConsole
from ui.desk import Desk, DeskOptions
from ui.preferences import Preferences
from ui.wall_app import load_keymap


def a_desk(application: QApplication, console: FakeConsole, options: DeskOptions) -> Desk:
    """A desk that has opened no window yet; nothing of it is kept."""
    preferences = Preferences(application, load_keymap(console.layouts), console.layouts, folder=None)
    return Desk(application, console, preferences, options)


@contextmanager
def open_desk(
    application: QApplication, qtbot: QtBot, console: FakeConsole, options: DeskOptions | None = None
) -> Iterator[Desk]:
    """A desk whose windows are shown; closed in the end."""
    desk = a_desk(application, console, options or DeskOptions(size=(900, 600)))
    desk.arrange()
    qtbot.waitExposed(desk.operator)
    desk.tick(0.0)
    try:
        yield desk
    finally:
        desk.release()
        desk.close()


def list_all(desk: Desk, now_s: float) -> None:
    """Let the desk take in what is new, and the list be made ready."""
    desk.tick(now_s)
    while desk.panel.is_indexing:
        desk.panel.work_on()
