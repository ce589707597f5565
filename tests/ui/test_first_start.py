"""The page of the first start, with an enrolment that answers when the test lets it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.enrolment import Enrolled
from app.core.errors import ConfigError
from app.core.sentence import Sentence
from ui.first_start import FirstStart
from ui.theme import Theme

URL, CODE = "https://registry.example", "ABCD-EFGH"


@dataclass
class HeldEnrolment:
    """Answers what the test says, once the test lets it."""

    outcome: Enrolled | ConfigError = field(default_factory=lambda: Enrolled("POST-7"))
    asked: list[tuple[str, ...]] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    def reach(self, url: str) -> None:
        self._answer(url)

    def enrol(self, url: str, code: str) -> Enrolled:
        return self._answer(url, code)

    def _answer(self, *asked: str) -> Enrolled:
        self.asked.append(asked)
        assert self.may_answer.wait(30)
        if isinstance(self.outcome, ConfigError):
            raise self.outcome
        return self.outcome


@pytest.fixture
def enrolment() -> HeldEnrolment:
    return HeldEnrolment()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, enrolment: HeldEnrolment) -> Iterator[FirstStart]:
    page = FirstStart(enrolment, theme)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    yield page
    enrolment.may_answer.set()


def to_step_two(qtbot: QtBot, page: FirstStart) -> None:
    QTest.keyClicks(page.address, URL)
    QTest.keyClick(page.address, Qt.Key.Key_Return)
    qtbot.waitUntil(page.code.isEnabled)


def test_three_steps_by_keyboard_alone(qtbot: QtBot, page: FirstStart, enrolment: HeldEnrolment) -> None:
    to_step_two(qtbot, page)
    QTest.keyClicks(page.code, f" {CODE} ")
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.waitUntil(page.open_button.isEnabled)
    assert "POST-7" in page.outcome.text()
    assert enrolment.asked == [(URL,), (URL, CODE)]
    with qtbot.waitSignal(page.done):
        QTest.keyClick(page.open_button, Qt.Key.Key_Space)


def test_enter_presses_every_button(qtbot: QtBot, page: FirstStart) -> None:
    QTest.keyClicks(page.address, URL)
    QTest.keyClick(page.reach_button, Qt.Key.Key_Return)
    qtbot.waitUntil(page.code.isEnabled)
    QTest.keyClick(page.enrol_button, Qt.Key.Key_Enter)
    qtbot.waitUntil(page.open_button.isEnabled)
    with qtbot.waitSignal(page.done, timeout=1000):
        QTest.keyClick(page.open_button, Qt.Key.Key_Return)


def test_only_the_present_step_can_be_worked_on(qtbot: QtBot, page: FirstStart) -> None:
    assert page.address.isEnabled() and not page.code.isEnabled() and not page.open_button.isEnabled()
    to_step_two(qtbot, page)
    assert not page.address.isEnabled() and page.code.isEnabled()
    assert page.address.text() == URL, "it stays readable"


def test_a_refusal_is_said_and_nothing_typed_is_lost(
    qtbot: QtBot, page: FirstStart, enrolment: HeldEnrolment
) -> None:
    enrolment.outcome = ConfigError("nothing answers at registry.example")
    QTest.keyClicks(page.address, URL)
    QTest.keyClick(page.address, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.problem.text() == "nothing answers at registry.example")
    assert page.address.isEnabled() and page.address.text() == URL and not page.busy.isVisible()
    enrolment.outcome = Enrolled("POST-7")
    QTest.keyClick(page.address, Qt.Key.Key_Return)
    qtbot.waitUntil(page.code.isEnabled)
    assert page.problem.text() == ""


def test_the_page_waits_for_the_network_without_standing_still(
    qtbot: QtBot, page: FirstStart, enrolment: HeldEnrolment
) -> None:
    enrolment.may_answer.clear()
    QTest.keyClicks(page.address, URL)
    for _ in range(2):
        QTest.keyClick(page.address, Qt.Key.Key_Return)
    assert page.busy.isVisible()
    qtbot.waitUntil(lambda: bool(enrolment.asked))
    enrolment.may_answer.set()
    qtbot.waitUntil(page.code.isEnabled)
    assert enrolment.asked == [(URL,)], "asked once however often the key is pressed"


def test_a_key_that_is_not_kept_is_told(qtbot: QtBot, page: FirstStart, enrolment: HeldEnrolment) -> None:
    enrolment.outcome = Enrolled("POST-7", Sentence("This system has no keyring."))
    to_step_two(qtbot, page)
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.waitUntil(page.open_button.isEnabled)
    assert "enrolled again at the next start" in page.outcome.text()
    assert "no keyring" in page.outcome.text()


def test_a_known_address_is_filled_in(qtbot: QtBot, theme: Theme, enrolment: HeldEnrolment) -> None:
    page = FirstStart(enrolment, theme, URL)
    qtbot.addWidget(page)
    assert page.address.text() == URL


def test_closing_the_window_leaves_the_page(qtbot: QtBot, page: FirstStart) -> None:
    with qtbot.waitSignal(page.done):
        page.close()
