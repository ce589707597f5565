"""Shifts at the window: signing in, locked controls, unlocking, handing over, incidents."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.console.duty_book import DutyBook
from app.core.commands import ApplyLayout
from app.core.duty import (
    Officer,
    Role,
    ShiftEnd,
    ShiftOver,
    ShiftStarted,
    SignInRefused,
    SignInRule,
    Standing,
    Unlocked,
)
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.core.tile_status import Sign, TileStatus
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press, write
from ui.overlay import Overlay
from ui.wall_window import WallWindow

SARI = Officer("id-sari", "86040317", "Bripka Sari", Role.OFFICER)
DIMAS = Officer("id-dimas", "91110562", "Briptu Dimas", Role.CHIEF)
PIN = "204817"
SHIFT_S = 10_000.0


class Post:
    """A window whose wall needs somebody who has signed in."""

    def __init__(self, make_window: WindowMaker, rule: SignInRule = SignInRule.REQUIRED) -> None:
        self.console: FakeConsole = a_console("4", tiles=3)
        self.port = FakeDutyPort()
        self.console.duty = DutyBook(rule, self.port, FakeJournal(), None, idle_s=60.0)
        self.now_s = 1.0
        self.window: WallWindow = make_window(self.console)

    def tick(self, seconds: float = 0.1) -> None:
        self.now_s += seconds
        self.console.pump(self.now_s)
        self.console.duty.check(self.now_s)
        self.window.refresh(self.now_s)

    def says(self, message: ShiftStarted | SignInRefused | Unlocked | ShiftOver) -> None:
        self.console.duty.take_in(message, self.now_s)
        self.tick()

    def begin(self, officer: Officer = SARI, **more: bool) -> None:
        self.says(ShiftStarted(officer, SHIFT_S, **more))

    def note_incident(self, words: str) -> None:
        """What happened on the next tile, by keys."""
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_N)
        write(words)
        press(Qt.Key.Key_Return)

    def has_controls(self) -> bool:
        assert self.window.panel is not None
        shown = {self.window.panel.isVisible(), self.window.tray.picker.isVisible()}
        assert len(shown) == 1, "the camera list and the bar's buttons come and go together"
        return shown.pop()

    @property
    def duty(self) -> Overlay:
        return self.window.pages.duty


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
    QTest.mouseClick(
        post.window.view, Qt.MouseButton.LeftButton, pos=post.window.view.logical_rect(record).center()
    )
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
    post.says(SignInRefused(Sentence("The service number or the PIN is wrong."), "sign-in-refused"))
    page = post.window.pages.duty
    assert page.problem.text() == "The service number or the PIN is wrong."
    assert page.pin.hasFocus()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F8)
    assert not page.problem.isVisible(), "what was wrong before is old news"


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
    assert page.hint.text() == "1 tiles without a live picture, 1 open incidents"
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


def test_an_incident_is_closed_on_the_list(post: Post) -> None:
    post.begin()
    post.note_incident("Banjir")
    press(Qt.Key.Key_F8, CTRL)
    page = post.window.pages.handover
    page.rows.setCurrentCell(0, 0)
    page.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert post.console.handover.incidents == ()
    assert "0 open incidents" in page.hint.text()


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
