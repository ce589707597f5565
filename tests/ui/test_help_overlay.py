"""The page of keys: everything on it, by category, searchable, reachable on a small wall."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.command_table import Category
from app.core.keymap import Keymap
from tests.fakes.fake_console import a_console
from ui.chord_texts import chord_words
from ui.command_texts import category_words, command_words
from ui.help_columns import balanced, keys_by_category
from ui.help_overlay import HelpOverlay
from ui.theme import Theme
from ui.wall_app import load_keymap

PageMaker = Callable[[int, int], HelpOverlay]


@pytest.fixture
def make_page(qtbot: QtBot, theme: Theme) -> PageMaker:
    """Opens the page over a view of that size."""

    def make(width_px: int, height_px: int) -> HelpOverlay:
        view = QWidget()
        view.resize(width_px, height_px)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        page = HelpOverlay(load_keymap(a_console().layouts), view)
        page.open(is_native=False)
        qtbot.waitUntil(page.search.hasFocus)
        return page

    return make


def texts(page: HelpOverlay) -> list[str]:
    return [label.text() for label in page.area.widget().findChildren(QLabel) if label.isVisible()]


def test_every_key_and_what_it_does_is_on_it(make_page: PageMaker) -> None:
    page = make_page(1280, 766)
    keymap = load_keymap(a_console().layouts)
    shown = texts(page)
    assert {chord_words(chord) for chord in keymap.by_chord} <= set(shown)
    assert {command_words(command) for command in keymap.by_chord.values()} <= set(shown)
    assert [text for text in shown if text in map(category_words, Category)] == [*map(category_words, Category)]


@pytest.mark.parametrize(("width_px", "height_px"), [(724, 566), (1024, 600), (1280, 766), (640, 360)])
def test_nothing_is_cut_off_and_all_can_be_scrolled_to(
    width_px: int, height_px: int, make_page: PageMaker
) -> None:
    page = make_page(width_px, height_px)
    assert page.parentWidget().rect().contains(page.geometry())
    content, viewport = page.area.widget(), page.area.viewport()
    assert content.width() <= viewport.width(), "it never scrolls sideways"
    for label in content.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
        assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
    lowest = max(label.mapTo(content, QPoint(0, label.height())).y() for label in content.findChildren(QLabel))
    assert lowest <= page.area.verticalScrollBar().maximum() + viewport.height()


def test_a_search_leaves_what_fits_and_its_heading(make_page: PageMaker) -> None:
    page = make_page(724, 566)
    QTest.keyClicks(page.search, "snapsh")
    assert texts(page) == ["Looking closely", "Alt+S", "Snapshot"]
    page.search.clear()
    QTest.keyClicks(page.search, "ctrl+shift+s")
    assert "Save the layout as…" in texts(page)
    QTest.keyClicks(page.search, "qqqq")
    assert texts(page) == [] and "Try other letters" in page.hint.text()


def test_arrow_and_page_keys_scroll_it(make_page: PageMaker) -> None:
    page = make_page(724, 566)
    bar = page.area.verticalScrollBar()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert 0 < bar.value() < bar.pageStep()
    QTest.keyClick(page.search, Qt.Key.Key_Up)
    assert bar.value() == 0
    for _ in range(20):
        QTest.keyClick(page.search, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    QTest.keyClick(page.search, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_esc_and_enter_put_it_away(key: Qt.Key, make_page: PageMaker) -> None:
    page = make_page(724, 566)
    QTest.keyClick(page.search, key)
    assert page.isHidden()


def test_it_opens_anew_from_the_top_with_everything(make_page: PageMaker) -> None:
    page = make_page(724, 566)
    everything = texts(page)
    QTest.keyClicks(page.search, "snapsh")
    page.put_away()
    page.open(is_native=False)
    assert page.search.text() == "" and texts(page) == everything


def test_other_keys_are_shown_at_once(make_page: PageMaker) -> None:
    page = make_page(724, 566)
    page.show_keymap(Keymap({"Ctrl+G": "snapshot", "Ctrl+Left": "layout 4"}))
    assert texts(page) == ["Layout", "Ctrl+←", "Layout 4", "Looking closely", "Ctrl+G", "Snapshot"]


def test_a_wider_wall_gets_two_columns_of_like_height(make_page: PageMaker) -> None:
    page = make_page(724, 566)
    page.parentWidget().resize(1280, 766)
    page.place()
    lefts = {label.mapTo(page, QPoint(0, 0)).x() for label in page.findChildren(QLabel, "words")}
    assert len(lefts) == 2
    sections = keys_by_category(load_keymap(a_console().layouts))
    assert sum(balanced(sections, 2), ()) == sections
    assert all(len(column) >= 2 for column in balanced(sections, 2))
