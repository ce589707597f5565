"""Shifts at the window: signing in, handing over, incidents."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from app.core.commands import ApplyLayout
from app.core.duty import (
    NOTE_MAX_LENGTH,
    ShiftEnd,
    ShiftOver,
    SignInRefused,
    SignInRule,
)
from app.core.incident import TEXT_MAX_LENGTH
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.core.tile_status import Sign, TileStatus
from tests.ui.conftest import WindowMaker
from tests.ui.duty_post import DIMAS, PIN, REFUSED, Post
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press, write


@pytest.fixture
def post(make_window: WindowMaker) -> Post:
    return Post(make_window)


def test_before_anybody_has_signed_in_the_wall_shows_and_its_controls_do_not(post: Post) -> None:
    assert not post.has_controls()
    assert post.window.view.isVisible()
    assert post.window.tray.duty.text() == "Sign in"
    assert not post.window.pages.is_open, "no page covers a wall unasked"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Right, None),
        (Qt.Key.Key_2, ALT),
        (Qt.Key.Key_X, None),
        (Qt.Key.Key_F, CTRL),
        (Qt.Key.Key_5, None),
    ],
)
def test_any_key_at_closed_controls_asks_who_it_is_and_does_nothing_else(
    post: Post, key: Qt.Key, modifier: Qt.KeyboardModifier | None
) -> None:
    press(key, modifier or Qt.KeyboardModifier.NoModifier)
    assert post.duty.isVisible()
    assert post.console.dispatched == []
    press(Qt.Key.Key_Escape)
    assert not post.duty.isVisible()


def test_the_mouse_at_closed_controls_asks_too(post: Post) -> None:
    record = post.window.view.record(1)
    assert record is not None
    QTest.mouseClick(post.window.view, Qt.MouseButton.LeftButton, pos=record.area.center())
    assert post.duty.isVisible()
    assert post.console.dispatched == []


def test_an_officer_signs_in_with_keys_alone(post: Post) -> None:
    press(Qt.Key.Key_F8)
    write("86040317")
    press(Qt.Key.Key_Return)
    write(PIN)
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("sign-in", "86040317", Secret(PIN))]
    assert post.window.pages.duty.pin.text() == "", "a PIN is kept no longer than it is needed"
    assert post.window.pages.duty.enter.text() == "Checking…"
    post.begin()
    assert not post.duty.isVisible()
    assert post.has_controls()
    assert post.window.tray.duty.text() == "Bripka Sari · officer"
    assert "Bripka Sari" in post.window.tray.message.text()
    press(Qt.Key.Key_2, ALT)
    assert post.console.dispatched == [ApplyLayout(1, "4")]


def test_a_refused_pin_is_said_and_only_the_pin_is_typed_again(post: Post) -> None:
    press(Qt.Key.Key_F8)
    write("86040317")
    press(Qt.Key.Key_Return)
    write("000000")
    press(Qt.Key.Key_Return)
    post.says(REFUSED)
    page = post.window.pages.duty
    assert page.problem.text() == "The service number or the PIN is wrong."
    assert page.pin.hasFocus()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F8)
    assert not page.problem.isVisible(), "what was wrong before is old news"


def test_a_shift_that_the_registry_ends_closes_the_controls_and_says_why(post: Post) -> None:
    post.begin()
    post.says(ShiftOver(ShiftEnd.ELSEWHERE))
    assert not post.has_controls()
    press(Qt.Key.Key_F8)
    assert post.window.pages.duty.hint.text() == "The officer has signed in at another post."


def test_while_nobody_can_be_verified_the_page_offers_to_look_only(post: Post) -> None:
    press(Qt.Key.Key_F8)
    page = post.window.pages.duty
    assert not page.view_only.isVisible()
    post.says(SignInRefused(Sentence("Nobody is there."), "unknown-here", cannot_ask=True))
    assert page.view_only.isVisible()
    page.view_only.setFocus()
    press(Qt.Key.Key_Return)
    post.tick()
    assert post.has_controls()
    assert post.window.tray.duty.text() == "View only"
    press(Qt.Key.Key_S, ALT)
    assert post.window.tray.message.text() == "This is done in an officer's name: sign in with F8 first."


def test_signing_off_is_asked_for_once(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F8, SHIFT)
    assert post.window.pages.ask.isVisible()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    post.tick()
    assert post.port.asked == [("sign-off",)]
    assert not post.has_controls()
    assert not post.window.pages.is_open


def test_an_incident_and_a_dead_tile_are_on_the_list_that_the_next_officer_accepts(post: Post) -> None:
    post.begin()
    post.note_incident("Truk mogok")
    tiles = [record.tile for record in post.window.view.records[:3]]
    for tile, sign in zip(tiles, (Sign.LIVE, Sign.LOST, Sign.LIVE), strict=True):
        post.console.statuses[tile] = TileStatus(tile, sign)
    post.console.handover.look(post.console, post.console.now_s)
    post.tick(30.0)
    press(Qt.Key.Key_F8, CTRL)
    page = post.window.pages.handover
    table = [
        [page.rows.item(row, column).text() for column in (0, 2, 3, 4)] for row in range(page.rows.rowCount())
    ]
    assert table == [["1.1", "INCIDENT", "1 s", "Truk mogok"], ["1.2", "NO PICTURE", "31 s", ""]] or table[1][
        :2
    ] == [
        "1.2",
        "NO PICTURE",
    ]
    assert page.hint.text() == "Without a live picture: 1 · open incidents: 1"
    page.note.setPlainText("Semua tenang")
    write("91110562")
    press(Qt.Key.Key_Return)
    write(PIN)
    press(Qt.Key.Key_Return)
    what, number, pin, note, items = post.port.asked[-1]
    assert (what, number, pin, note) == ("hand-over", "91110562", Secret(PIN), "Semua tenang")
    assert [(item.tile, item.state) for item in items] == [("1.1", "incident"), ("1.2", "lost")]
    post.begin(DIMAS, is_handover=True)
    assert not page.isVisible()
    assert post.has_controls()


def test_a_refused_pin_of_the_next_officer_is_typed_again_and_never_readable(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F8, CTRL)
    write("91110562")
    press(Qt.Key.Key_Return)
    write("111111")
    press(Qt.Key.Key_Return)
    post.says(REFUSED)
    write(PIN)
    assert post.window.pages.handover.pin.text() == PIN
    assert post.window.panel is not None and post.window.panel.search.text() == ""


def test_a_note_beyond_its_length_keeps_what_was_there_and_its_place(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F8, CTRL)
    note = post.window.pages.handover.note
    note.setPlainText("a" * (NOTE_MAX_LENGTH - 1))
    note.moveCursor(QTextCursor.MoveOperation.End)
    note.setFocus()
    write("bcd")
    assert note.toPlainText() == "a" * (NOTE_MAX_LENGTH - 1) + "b"
    note.setPlainText("é" * (NOTE_MAX_LENGTH + 7))
    assert note.toPlainText() == "é" * NOTE_MAX_LENGTH


def test_the_key_of_the_handover_keeps_a_note_that_is_being_written(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F8, CTRL)
    post.window.pages.handover.note.setPlainText("Half a note")
    press(Qt.Key.Key_F8, CTRL)
    assert post.window.pages.handover.note.toPlainText() == "Half a note"


def test_an_incident_is_noted_as_long_as_it_may_be(post: Post) -> None:
    post.begin()
    words = "Banjir di perempatan " * (TEXT_MAX_LENGTH // 21)
    post.note_incident(words.strip())
    assert [incident.text for incident in post.console.handover.incidents] == [words.strip()]
    post.note_incident("Lampu padam")
    press(Qt.Key.Key_F8, CTRL)
    rows = post.window.pages.handover.rows
    high_px, low_px = rows.rowHeight(0), rows.rowHeight(1)
    assert high_px > 3 * low_px, "all of it can be read"


def test_an_incident_is_closed_on_the_list(post: Post) -> None:
    post.begin()
    post.note_incident("Banjir")
    press(Qt.Key.Key_F8, CTRL)
    page = post.window.pages.handover
    page.rows.setCurrentCell(0, 0)
    page.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert post.console.handover.incidents == ()
    assert "open incidents: 0" in page.hint.text()


def test_where_nobody_has_to_sign_in_everything_works_and_somebody_may(make_window: WindowMaker) -> None:
    post = Post(make_window, SignInRule.OPTIONAL)
    assert post.has_controls()
    assert post.window.tray.duty.text() == "Sign in"
    press(Qt.Key.Key_2, ALT)
    assert post.console.dispatched == [ApplyLayout(1, "4")]
    post.begin()
    assert post.window.tray.duty.text() == "Bripka Sari · officer"


def test_what_needs_an_officer_says_so_where_there_is_none(make_window: WindowMaker) -> None:
    post = Post(make_window, SignInRule.OPTIONAL)
    press(Qt.Key.Key_F9)
    assert post.window.tray.message.text() == "Nobody has signed in."
