"""The line above a monitor under remote control, and what the trays say of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from app.console.remote_desk import RemoteEvent, RemoteNotice, RemoteStatus
from app.core.model import CameraId
from app.core.remote import Author, CameraOnTile, RemoteOrder, Source, WallDesired
from app.core.sentence import Sentence
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import CTRL, SHIFT, press
from ui.remote_texts import banner_words, notice_words, tray_words
from ui.wall_window import WallWindow

SARI = Author("officer-1", "Kompol Sari")
SINCE_S = datetime(2026, 11, 26, 14, 5).timestamp()
NOW = datetime(2026, 11, 26, 14, 30)
WANTED = CameraOnTile(CameraId("camera-9"), 2)
ORDER = RemoteOrder(Source.CHIEF, 1, WANTED, SARI, SINCE_S, "Unjuk <b>rasa")


@pytest.fixture
def console() -> FakeConsole:
    return a_console("4", tiles=4)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


def direct(window: WallWindow, console: FakeConsole, revision: int = 1, order: RemoteOrder | None = ORDER) -> None:
    """An order comes, and the window shows it."""
    console.remote.take(WallDesired(revision, order))
    window.refresh(console.now_s + 1.0)


def test_the_line_says_who_and_how_to_end_it(window: WallWindow, console: FakeConsole) -> None:
    assert window.banner.isHidden()
    direct(window, console)
    assert window.banner.isVisible() and "Kompol Sari (chief)" in window.banner.words.text()
    assert "Unjuk <b>rasa" in window.banner.words.text()
    assert window.banner.button.text().endswith("Ctrl+Shift+Backspace")
    assert window.banner.geometry().bottom() < window.view.geometry().top(), "no tile lies below it"
    assert window.tray.remote.isHidden(), "the line says it all"


def test_the_key_and_the_button_release_it(window: WallWindow, console: FakeConsole) -> None:
    direct(window, console)
    press(Qt.Key.Key_Backspace, CTRL | SHIFT)
    window.refresh(3.0)
    assert window.banner.isHidden() and console.wall.monitor(1).cameras[2] == "camera-2"
    direct(window, console, 2)
    window.banner.button.click()
    window.refresh(5.0)
    assert window.banner.isHidden()
    window.run("release-remote")
    assert window.tray.message.text() == "No remote control is on this wall."


def test_what_the_officer_may_not_change_is_said(window: WallWindow, console: FakeConsole) -> None:
    direct(window, console)
    window.run("layout 9")
    assert window.tray.message.text() == "Monitor 1 is under remote control: release it first."
    assert console.wall.monitor(1).layout == "4"


def test_begin_and_end_are_said(window: WallWindow, console: FakeConsole) -> None:
    direct(window, console)
    window.say_notices()
    assert window.tray.message.text() == "Kompol Sari (chief) directs monitor 1 now."
    direct(window, console, 2, None)
    window.say_notices()
    assert window.tray.message.text().endswith("monitor 1 shows what you had.")


def test_the_line_is_as_long_as_it_has_to_be() -> None:
    status = RemoteStatus(ORDER, ends_s=1600.0)
    words = banner_words(status, 1000.0, NOW, is_reachable=True)
    assert words == "Remote control: Kompol Sari (chief)  ·  since 14:05  ·  until 14:40  ·  “Unjuk <b>rasa”"
    lost = banner_words(status, 1000.0, NOW, is_reachable=False)
    assert "the registry cannot be reached: it stays until 14:40" in lost
    endless = banner_words(RemoteStatus(ORDER), 1000.0, NOW, is_reachable=False)
    assert "it stays until it is taken back" in endless


def test_hours_are_called_hours_and_nobody_is_called_a_chief() -> None:
    hours = RemoteOrder(Source.SCHEDULE, 1, WANTED, SARI)
    assert banner_words(RemoteStatus(hours), 0.0, NOW, is_reachable=True) == (
        "Remote control: the schedule of Kompol Sari"
    )
    nobody = RemoteOrder(Source.CHIEF, 2, WANTED)
    assert (
        tray_words(RemoteStatus(nobody), 1) == "Monitor 2: a chief" and tray_words(RemoteStatus(nobody), 2) == ""
    )
    assert tray_words(RemoteStatus(RemoteOrder(Source.SCHEDULE, 2, WANTED)), 1) == "Monitor 2: the schedule"


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (RemoteNotice(RemoteEvent.RELEASED, ORDER), "Monitor 1 is yours again; Kompol Sari (chief) is told."),
        (
            RemoteNotice(RemoteEvent.REFUSED, ORDER, Sentence("No.")),
            "An order of Kompol Sari (chief) could not be shown on monitor 1: No.",
        ),
        (RemoteNotice(RemoteEvent.REFUSED, None, Sentence("No.")), "An order could not be shown: No."),
    ],
)
def test_what_happened_is_said(notice: RemoteNotice, words: str) -> None:
    assert notice_words(notice) == words
