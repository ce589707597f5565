"""Calling a camera up by its number, typed on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.commands import Asker, AssignTile, TileId
from app.core.keypad import TIMEOUT_S, Fault
from app.core.model import CameraId
from tests.fakes.fake_console import FakeConsole, a_console
from ui.keypad_badge import FAULTS, KeypadBadge
from ui.keypad_entry import KeypadEntry
from ui.theme import Theme

KEYS = {"\b": Qt.Key.Key_Backspace, "\x1b": Qt.Key.Key_Escape, "\r": Qt.Key.Key_Return}


@dataclass
class Typist:
    """Types on a wall."""

    view: QWidget
    badge: KeypadBadge
    entry: KeypadEntry
    console: FakeConsole

    def type(self, text: str, now_s: float = 0.0) -> list[bool]:
        return [self.entry.press(key_event(letter), now_s) for letter in text]


def key_event(letter: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QKeyEvent:
    key = KEYS.get(letter, Qt.Key(ord(letter.upper())))
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, letter)


@pytest.fixture
def typist(qtbot: QtBot, theme: Theme) -> Iterator[Typist]:
    view = QWidget()
    view.resize(900, 600)
    qtbot.addWidget(view)
    console = a_console(layout="9", tiles=4)
    badge = KeypadBadge(theme, view)
    entry = KeypadEntry(badge, console, lambda: Asker(1, 3), lambda: False)
    view.show()
    yield Typist(view, badge, entry, console)
    view.close()


def test_the_number_and_its_camera_are_shown_while_typing(typist: Typist) -> None:
    assert not typist.badge.isVisible()
    assert all(typist.type("7.42"))
    camera = typist.console.catalog.cameras[CameraId("camera-42")]
    assert typist.badge.isVisible() and typist.badge.words == f"{camera.name} → monitor 1, tile 7"
    assert "7.42" in typist.badge.accessibleDescription()


def test_the_badge_lies_in_the_lower_middle(typist: Typist) -> None:
    typist.type("42")
    box = typist.badge.geometry()
    assert abs(box.center().x() - 450) <= 1 and box.top() > 300 and box.bottom() < 600


@pytest.mark.parametrize("number", ["7.42\r", "1,7,42\r", "1.7.00042\r", "79\b.42\r"])
def test_enter_calls_the_camera_up(qtbot: QtBot, typist: Typist, number: str) -> None:
    with qtbot.waitSignal(typist.entry.called) as called:
        typist.type(number)
    assert called.args == [AssignTile(TileId(1, 7), CameraId("camera-42")), "camera-42"]
    assert not typist.badge.isVisible() and not typist.entry.is_typing


def test_a_number_alone_goes_onto_the_selected_tile(qtbot: QtBot, typist: Typist) -> None:
    with qtbot.waitSignal(typist.entry.called) as called:
        typist.type("42\r")
    assert called.args[0] == AssignTile(TileId(1, 3), CameraId("camera-42"))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("4711\r", "No camera has the number 4711"),
        ("2.1.42\r", "There is no monitor 2"),
        ("10.42\r", "There is no tile 10"),
        ("7.\r", "Type monitor.tile.camera, tile.camera or a camera's number"),
    ],
)
def test_what_calls_nothing_up_says_why_and_can_be_mended(
    qtbot: QtBot, typist: Typist, number: str, sentence: str
) -> None:
    with qtbot.assertNotEmitted(typist.entry.called):
        typist.type(number)
    assert typist.badge.isVisible() and typist.badge.words == sentence
    typist.type("\b")
    assert typist.entry.is_typing and typist.badge.words != sentence


def test_a_number_that_nobody_sends_is_forgotten(typist: Typist) -> None:
    typist.type("42", now_s=5.0)
    typist.entry.tick(5.0 + TIMEOUT_S - 0.1)
    assert typist.badge.isVisible()
    typist.entry.tick(5.0 + TIMEOUT_S)
    assert not typist.badge.isVisible() and not typist.entry.is_typing


@pytest.mark.parametrize("end", ["\x1b", "\b\b"])
def test_esc_and_backspace_take_the_number_away(typist: Typist, end: str) -> None:
    assert all(typist.type("42" + end))
    assert not typist.badge.isVisible() and not typist.entry.is_typing


def test_keys_of_others_are_left_to_them(typist: Typist) -> None:
    assert typist.type("a\b\x1b\r") == [False] * 4, "nothing is typed yet"
    assert not typist.entry.press(key_event("4", Qt.KeyboardModifier.ControlModifier), 0.0)
    assert typist.entry.press(key_event("4", Qt.KeyboardModifier.KeypadModifier), 0.0)
    assert typist.type("f") == [False], "not while typing either"


def test_every_fault_has_its_sentence() -> None:
    assert FAULTS.keys() == set(Fault)
