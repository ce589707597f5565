"""The page that asks one thing: what was agreed to is done, and what cannot be done is said."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.commands import SelectTile
from app.core.errors import ConfigError
from app.core.names import NAME_MAX_LENGTH
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from ui.ask_page import AskPage
from ui.wall_window import WallWindow


@dataclass
class Answers:
    """What was agreed to; a text that is named in `refused` cannot be done."""

    given: list[str] = field(default_factory=list)
    refused: str = ""

    def take(self, text: str) -> None:
        if text == self.refused:
            raise ConfigError("that name is taken")
        self.given.append(text)


@pytest.fixture
def console() -> FakeConsole:
    return a_console("4", tiles=4)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


@pytest.fixture
def answers() -> Answers:
    return Answers()


def ask_name(window: WallWindow, answers: Answers, text: str = "Morning") -> AskPage:
    page = window.pages.ask
    page.ask_for_text("Which name?", text, "Save", answers.take)
    window.pages.open(page)
    return page


def ask_whether(window: WallWindow, answers: Answers) -> AskPage:
    page = window.pages.ask
    page.ask_whether("Delete it?", "Delete", lambda: answers.take("deleted"))
    window.pages.open(page)
    return page


def press(key: Qt.Key) -> None:
    """A key goes to whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def test_what_is_typed_replaces_the_proposed_text(window: WallWindow, answers: Answers) -> None:
    page = ask_name(window, answers)
    assert page.text.text() == "Morning" and page.accessibleName() == "Which name?"
    write("Evening")
    press(Qt.Key.Key_Return)
    assert answers.given == ["Evening"]
    assert page.isHidden() and window.view.hasFocus()


def test_the_proposed_text_is_taken_by_enter_alone(window: WallWindow, answers: Answers) -> None:
    ask_name(window, answers)
    press(Qt.Key.Key_Enter)
    assert answers.given == ["Morning"]


def test_the_enter_that_answers_does_nothing_on_the_wall(
    window: WallWindow, console: FakeConsole, answers: Answers
) -> None:
    console.dispatch(SelectTile(1, 2))
    ask_name(window, answers)
    press(Qt.Key.Key_Return)
    ask_whether(window, answers)
    press(Qt.Key.Key_Return)
    assert window.view.state.maximised is None


def test_esc_and_the_second_button_agree_to_nothing(window: WallWindow, answers: Answers) -> None:
    page = ask_name(window, answers)
    press(Qt.Key.Key_Escape)
    assert page.isHidden() and window.view.hasFocus()
    ask_name(window, answers)
    press(Qt.Key.Key_Tab)
    assert page.no.hasFocus()
    press(Qt.Key.Key_Space)
    assert page.isHidden() and answers.given == []


def test_what_cannot_be_done_is_said_and_what_was_typed_stays(window: WallWindow, answers: Answers) -> None:
    answers.refused = "Morning"
    page = ask_name(window, answers)
    press(Qt.Key.Key_Return)
    assert page.problem.isVisible() and page.problem.text() == "that name is taken"
    assert page.isVisible() and page.text.hasFocus() and page.text.text() == "Morning"
    assert page.rect().contains(page.problem.geometry()), "the page has made room for the sentence"
    write(" 2")
    press(Qt.Key.Key_Return)
    assert answers.given == ["Morning 2"] and page.isHidden()


def test_an_earlier_problem_is_forgotten_by_the_next_question(window: WallWindow, answers: Answers) -> None:
    answers.refused = "Morning"
    ask_name(window, answers)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    page = ask_name(window, answers, "Evening")
    assert page.problem.isHidden()


def test_enter_alone_agrees_to_nothing_that_cannot_be_undone(window: WallWindow, answers: Answers) -> None:
    page = ask_whether(window, answers)
    assert page.no.hasFocus() and page.text.isHidden()
    press(Qt.Key.Key_Return)
    assert page.isHidden() and answers.given == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_first_button_agrees_by_key(window: WallWindow, answers: Answers, key: Qt.Key) -> None:
    page = ask_whether(window, answers)
    press(Qt.Key.Key_Tab)
    assert page.yes.hasFocus() and page.yes.text() == "Delete"
    press(key)
    assert answers.given == ["deleted"] and page.isHidden() and window.view.hasFocus()


def test_what_was_meant_for_an_earlier_question_is_not_done(window: WallWindow, answers: Answers) -> None:
    ask_whether(window, answers)
    page = ask_name(window, answers, "Evening")
    assert page.text.isVisible() and page.yes.text() == "Save"
    press(Qt.Key.Key_Return)
    assert answers.given == ["Evening"]


def test_no_longer_name_can_be_typed_than_a_layout_may_have(window: WallWindow, answers: Answers) -> None:
    ask_name(window, answers)
    write("x" * (NAME_MAX_LENGTH + 5))
    press(Qt.Key.Key_Return)
    assert answers.given == ["x" * NAME_MAX_LENGTH]


def test_markup_in_a_question_stays_text(window: WallWindow, answers: Answers) -> None:
    page = window.pages.ask
    page.ask_whether("Delete <b>that</b>?", "Delete", lambda: None)
    assert page.title.text() == "Delete <b>that</b>?" and page.title.textFormat() is Qt.TextFormat.PlainText


def test_a_text_is_as_long_as_the_asker_says(window: WallWindow, answers: Answers) -> None:
    page = window.pages.ask
    page.ask_for_text("What happens?", "", "Note it", answers.take, longest=200)
    assert page.text.maxLength() == 200
    assert ask_name(window, answers).text.maxLength() == NAME_MAX_LENGTH
