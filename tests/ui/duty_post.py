"""A window whose wall needs somebody who has signed in, and what the registry says of them."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.console.duty_book import DutyBook
from app.core.duty import (
    Officer,
    Role,
    ShiftOver,
    ShiftStarted,
    SignInRefused,
    SignInRule,
    Unlocked,
)
from app.core.sentence import Sentence
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import press, write
from ui.overlay import Overlay
from ui.wall_window import WallWindow

SARI = Officer("id-sari", "86040317", "Bripka Sari", Role.OFFICER)
DIMAS = Officer("id-dimas", "91110562", "Briptu Dimas", Role.CHIEF)
PIN = "204817"
SHIFT_S = 10_000.0
REFUSED = SignInRefused(Sentence("The service number or the PIN is wrong."), "sign-in-refused")


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
