"""Locked controls: what a PIN is typed into, what is hidden, and whom what was hidden comes back to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.core.commands import AssignTile, SelectTile, TileId
from app.core.duty import (
    ShiftEnd,
    ShiftOver,
    SignInRefused,
    SignInRule,
    Standing,
    Unlocked,
)
from app.core.model import CameraId
from app.core.redact import Secret
from app.core.sentence import Sentence
from tests.ui.conftest import WindowMaker
from tests.ui.duty_post import DIMAS, PIN, REFUSED, SARI, Post
from tests.ui.typing_keys import CTRL, press, write


@pytest.fixture
def post(make_window: WindowMaker) -> Post:
    return Post(make_window)


def test_idle_controls_lock_and_a_digit_begins_the_pin(post: Post) -> None:
    post.begin()
    post.tick(61.0)
    assert post.console.duty.state.standing is Standing.LOCKED
    assert not post.has_controls()
    assert post.window.tray.duty.text() == "Locked"
    press(Qt.Key.Key_2)
    write("04817")
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("unlock", SARI, Secret(PIN))]
    post.says(Unlocked())
    assert post.has_controls()
    assert not post.window.pages.is_open


def test_a_pin_that_is_typed_right_behind_the_lock_is_whole(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F9)
    write(PIN[:2])
    post.tick()
    write(PIN[2:])
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("unlock", SARI, Secret(PIN))]


def test_a_pin_that_is_typed_right_behind_the_lock_is_not_searched_for(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F, CTRL)
    assert post.window.panel is not None
    assert post.window.panel.search.hasFocus()
    press(Qt.Key.Key_F9)
    write(PIN)
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("unlock", SARI, Secret(PIN))]
    assert post.window.panel.search.text() == ""


def test_a_digit_behind_controls_that_have_locked_themselves_stays_typed(post: Post) -> None:
    post.begin()
    post.now_s += 61.0
    post.console.duty.check(post.now_s)
    write(PIN[:1])
    post.tick()
    write(PIN[1:])
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("unlock", SARI, Secret(PIN))]


def test_a_refused_pin_at_locked_controls_is_typed_again_and_never_readable(post: Post) -> None:
    """Enter goes on from the field to the page: it must not press the button that would have the focus next."""
    post.begin()
    press(Qt.Key.Key_F9)
    for pin in ("111111", PIN):
        write(pin)
        press(Qt.Key.Key_Return)
        post.says(REFUSED)
    assert [pin for *_, pin in post.port.asked] == [Secret("111111"), Secret(PIN)]
    assert not post.window.pages.duty.number.isVisible() and post.window.pages.duty.pin.hasFocus()


def test_keys_while_a_pin_is_checked_stay_on_the_page(make_window: WindowMaker) -> None:
    post = Post(make_window, SignInRule.OPTIONAL)
    press(Qt.Key.Key_F8)
    write("86040317")
    press(Qt.Key.Key_Return)
    write(PIN)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)
    assert post.console.dispatched == [] and len(post.port.asked) == 1
    press(Qt.Key.Key_Escape)
    assert not post.duty.isVisible()


def test_a_pin_that_begins_with_a_key_of_the_wall_is_whole(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F9)
    write("048172")
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("unlock", SARI, Secret("048172"))]


def test_a_number_that_is_typed_at_closed_controls_is_whole(post: Post) -> None:
    write("86040317")
    assert post.window.pages.duty.number.text() == "86040317"


def test_a_pin_behind_the_lock_is_whole_wherever_the_focus_was(post: Post) -> None:
    post.begin()
    post.window.tray.duty.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_F9)
    write(PIN)
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("unlock", SARI, Secret(PIN))]


def test_help_at_locked_controls_has_no_box_for_a_pin(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F1)
    write(PIN)
    page = post.window.pages.help
    assert page.isVisible() and not page.search.isVisible() and page.search.text() == ""
    press(Qt.Key.Key_Escape)
    post.says(Unlocked())
    press(Qt.Key.Key_F1)
    assert page.search.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_locked_controls_leave_a_menu_and_a_number_that_were_begun(post: Post) -> None:
    post.begin()
    write("12")
    menu = QMenu(post.window)
    menu.addAction("Tile 1 · Pasar Baru")
    menu.popup(post.window.mapToGlobal(post.window.rect().center()))
    post.tick(61.0)
    assert not menu.isVisible() and not post.window.keypad.is_typing


def test_the_wheel_and_a_drag_look_no_closer_at_locked_controls(post: Post) -> None:
    post.begin()
    post.console.make_live(1)
    post.tick()
    view = post.window.view
    record = view.record(1)
    assert record is not None
    place = record.area.center()
    turn_wheel(view, place)
    zooms = dict(post.console.zooms)
    assert zooms, "they do while the controls are open"
    press(Qt.Key.Key_F9)
    turn_wheel(view, place)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(view, place + QPoint(30, 20))
    assert post.console.zooms == zooms


def turn_wheel(view: QWidget, place: QPoint) -> None:
    """Three notches closer."""
    where, still = (QPointF(place), QPointF(view.mapToGlobal(place))), QPoint()
    phase, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    QApplication.sendEvent(view, QWheelEvent(*where, still, QPoint(0, 360), none, CTRL, phase, False))


def test_view_only_is_given_up_by_the_lock(post: Post) -> None:
    look_only(post)
    press(Qt.Key.Key_F9)
    assert post.console.duty.state.standing is Standing.CLOSED


def look_only(post: Post) -> None:
    """Nobody can be verified, and somebody looks all the same."""
    press(Qt.Key.Key_F8)
    post.says(SignInRefused(Sentence("Nobody is there."), "unreachable", cannot_ask=True))
    post.window.pages.duty.view_only.click()
    post.tick()
    assert post.console.duty.state.standing is Standing.VIEW_ONLY


def test_a_page_that_the_lock_hid_does_not_come_back_to_whoever_looks_only(post: Post) -> None:
    post.begin()
    post.console.dispatch(AssignTile(TileId(1, 1), CameraId("camera-9")))
    post.console.dispatch(SelectTile(1, 1))
    post.tick()
    press(Qt.Key.Key_P)
    assert post.window.pages.purpose.isVisible()
    post.says(ShiftOver(ShiftEnd.ELSEWHERE))
    look_only(post)
    press(Qt.Key.Key_1)
    assert not post.window.pages.is_open and post.console.purposes_given == []


def test_a_page_that_the_lock_hid_does_not_come_back_to_another_officer(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F8, CTRL)
    post.window.pages.handover.note.setPlainText("For whoever relieves me.")
    press(Qt.Key.Key_F9)
    post.begin(DIMAS)
    assert not post.window.pages.is_open


@pytest.mark.parametrize("is_full", [False, True])
def test_a_full_screen_that_is_begun_or_left_while_locked_keeps_the_list(post: Post, is_full: bool) -> None:
    assert post.window.panel is not None
    post.begin()
    if is_full:
        press(Qt.Key.Key_F11)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F11)
    post.says(Unlocked())
    assert post.window.panel.isVisible() is is_full, "a full screen has no list"
    if not is_full:
        press(Qt.Key.Key_F11)
    assert post.window.panel.isVisible()


def test_another_officer_may_sign_in_at_locked_controls(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_F9)
    post.tick()
    press(Qt.Key.Key_Space)
    QTest.mouseClick(post.window.pages.duty.another, Qt.MouseButton.LeftButton)
    write("91110562")
    press(Qt.Key.Key_Return)
    write(PIN)
    press(Qt.Key.Key_Return)
    assert post.port.asked == [("sign-in", "91110562", Secret(PIN))]
    post.begin(DIMAS)
    assert post.window.tray.duty.text() == "Briptu Dimas · chief"


def test_a_page_that_was_open_when_the_controls_were_locked_comes_back(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_H, CTRL)
    assert post.window.pages.health.isVisible()
    post.tick(61.0)
    assert not post.window.pages.is_open
    post.says(Unlocked())
    assert post.window.pages.health.isVisible()


def test_the_camera_list_stays_away_after_unlocking_where_it_was_away_before(post: Post) -> None:
    post.begin()
    press(Qt.Key.Key_B, CTRL)
    assert post.window.panel is not None
    assert not post.window.panel.isVisible()
    post.tick(61.0)
    post.says(Unlocked())
    assert not post.window.panel.isVisible()
