"""The purpose page: one key for a reason, words for another, and nothing by accident."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.purpose import PURPOSE_KEYS, TEXT_MAX_LENGTH, Purpose, PurposeKind
from tests.fakes.fake_console import a_camera
from ui.purpose_page import PurposePage
from ui.theme import Theme

CAMERA = a_camera(4211, "Kantor <b>Gambir</b>", "31.71.01.1001")


class Asked:
    """An open page and what it was answered."""

    def __init__(self, page: PurposePage) -> None:
        self.page = page
        self.given: list[tuple[str, Purpose]] = []
        page.given.connect(lambda camera, purpose: self.given.append((camera, purpose)))


@pytest.fixture
def asked(qtbot: QtBot, theme: Theme) -> Iterator[Asked]:
    wall = QWidget()
    qtbot.addWidget(wall)
    wall.resize(1000, 640)
    page = PurposePage(wall)
    wall.show()
    qtbot.waitExposed(wall)
    wall.activateWindow()
    asked = Asked(page)
    assert page.isHidden(), "it never opens by itself"
    page.ask(CAMERA, 900.0)
    page.open(is_native=False)
    qtbot.waitUntil(lambda: page.buttons[PurposeKind.INCIDENT].hasFocus())
    yield asked


@pytest.mark.parametrize("place", range(4))
def test_one_key_gives_a_reason(asked: Asked, qtbot: QtBot, place: int) -> None:
    qtbot.keyClick(asked.page, Qt.Key(Qt.Key.Key_1.value + place))
    assert asked.given == [(CAMERA.id, Purpose(PURPOSE_KEYS[place]))] and asked.page.isHidden()


def test_another_reason_is_written(asked: Asked, qtbot: QtBot) -> None:
    assert asked.page.words.isHidden()
    qtbot.keyClick(asked.page, Qt.Key.Key_5)
    assert asked.page.words.hasFocus() and not asked.given
    qtbot.keyClick(asked.page.words, Qt.Key.Key_Return)
    assert not asked.given, "it needs words"
    asked.page.words.setText("  anak hilang 2 jam\u202e ")  # as pasted: the test's keyboard has no such key
    qtbot.keyClick(asked.page.words, Qt.Key.Key_Return)
    assert asked.given == [(CAMERA.id, Purpose(PurposeKind.OTHER, "anak hilang 2 jam"))]


def test_digits_in_the_words_choose_nothing(asked: Asked, qtbot: QtBot) -> None:
    qtbot.keyClick(asked.page, Qt.Key.Key_5)
    qtbot.keyClicks(asked.page.words, "12")
    assert asked.page.words.text() == "12" and not asked.given
    assert asked.page.words.maxLength() == TEXT_MAX_LENGTH


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_arrows_and_enter_choose_too(asked: Asked, qtbot: QtBot, key: Qt.Key) -> None:
    page = asked.page
    qtbot.keyClick(page.buttons[PurposeKind.INCIDENT], Qt.Key.Key_Down)
    assert page.buttons[PurposeKind.COMPLAINT].hasFocus()
    qtbot.keyClick(page.buttons[PurposeKind.COMPLAINT], Qt.Key.Key_Up)
    qtbot.keyClick(page.buttons[PurposeKind.INCIDENT], Qt.Key.Key_Down)
    qtbot.keyClick(page.buttons[PurposeKind.COMPLAINT], key)
    assert asked.given == [(CAMERA.id, Purpose(PurposeKind.COMPLAINT))]


def test_escape_gives_nothing(asked: Asked, qtbot: QtBot) -> None:
    with qtbot.waitSignal(asked.page.closed):
        qtbot.keyClick(asked.page, Qt.Key.Key_Escape)
    assert not asked.given and asked.page.isHidden()


def test_a_click_gives_a_reason(asked: Asked, qtbot: QtBot) -> None:
    qtbot.mouseClick(asked.page.buttons[PurposeKind.MAINTENANCE], Qt.MouseButton.LeftButton)
    assert asked.given == [(CAMERA.id, Purpose(PurposeKind.MAINTENANCE))]


def test_it_says_which_camera_and_for_how_long_as_plain_text(asked: Asked) -> None:
    page = asked.page
    assert page.camera_label.text() == "Kantor <b>Gambir</b>  ·  JKT-04211"
    assert page.camera_label.textFormat() is Qt.TextFormat.PlainText
    assert "15 minutes" in page.hint.text()


def test_everything_on_it_has_a_name(asked: Asked) -> None:
    page = asked.page
    assert page.accessibleName() and page.words.accessibleName()
    assert all(str(number) in page.buttons[kind].accessibleName() for number, kind in enumerate(PURPOSE_KEYS, 1))


def test_asked_again_it_is_empty(asked: Asked, qtbot: QtBot) -> None:
    qtbot.keyClick(asked.page, Qt.Key.Key_5)
    qtbot.keyClicks(asked.page.words, "x")
    asked.page.ask(CAMERA, 60.0)
    assert asked.page.words.isHidden() and not asked.page.words.text()
