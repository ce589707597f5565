"""Who is on duty at this post, and whether the controls take commands. Owned by the console's thread.

The wall goes on whatever happens here. Imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.console.purpose_book import PurposeBook
from app.core.duty import (
    IDLE_S,
    Barrier,
    DutyMessage,
    DutyPort,
    HandoverItem,
    Officer,
    Role,
    ShiftEnd,
    ShiftOver,
    ShiftStarted,
    SignInRefused,
    SignInRule,
    Standing,
    Unlocked,
    barrier,
    number_problem,
    pin_problem,
)
from app.core.journal import Event, JournalPort, Kind
from app.core.redact import Secret
from app.core.sentence import Sentence

ENDS_SOON_S = 15 * 60.0
"""So long before a shift's time is up the officer is told."""


@dataclass(frozen=True, slots=True)
class DutyState:
    """How it stands; what a window shows of it.

    Attributes:
        standing: see there.
        officer: who is on duty.
        since_s: since when, monotonic seconds.
        until_s: when the shift's time is up, monotonic seconds; None without a shift.
        is_offline: whether this PC verified them by itself.
        is_asking: whether an answer is awaited.
        problem: why the last try was refused; None after one that was not.
        over: why the shift before is over; None where it was signed off, or there was none.
        may_view_only: whether nobody can be verified now, so that it may be gone on without.
    """

    standing: Standing
    officer: Officer | None = None
    since_s: float = 0.0
    until_s: float | None = None
    is_offline: bool = False
    is_asking: bool = False
    problem: Sentence | None = None
    over: ShiftEnd | None = None
    may_view_only: bool = False

    @property
    def is_controllable(self) -> bool:
        """Whether commands are taken at all."""
        return self.standing not in (Standing.CLOSED, Standing.LOCKED)


class DutyBook:
    """Begins, locks and ends the officer's time at this post.

    Args:
        rule: whether somebody has to sign in.
        port: checks officers; None where nobody can sign in.
        journal: is told.
        purposes: what the officer may look at ends with the shift; None where no purpose is asked for.
        idle_s: after so long without input the controls are locked, seconds; 0 for never.
    """

    def __init__(
        self,
        rule: SignInRule,
        port: DutyPort | None,
        journal: JournalPort,
        purposes: PurposeBook | None,
        idle_s: float = IDLE_S,
    ) -> None:
        self._empty = Standing.CLOSED if rule is SignInRule.REQUIRED and port is not None else Standing.OPEN
        self._port = port
        self._journal = journal
        self._purposes = purposes
        self.idle_s = idle_s
        self._active_s = 0.0
        self._now_s = 0.0
        self.state = DutyState(self._empty)

    @property
    def has_shifts(self) -> bool:
        """Whether anybody can sign in."""
        return self._port is not None

    @property
    def is_chief(self) -> bool:
        """Whether a chief is on duty, and there."""
        return self._is_on_duty_as(Role.CHIEF)

    @property
    def is_it(self) -> bool:
        """Whether somebody from IT is on duty, and there; where nobody can sign in, whoever is there is."""
        return self._is_on_duty_as(Role.IT) or not self.has_shifts

    def _is_on_duty_as(self, role: Role) -> bool:
        officer = self.state.officer
        return officer is not None and officer.role is role and self.state.standing is Standing.ON_DUTY

    def barrier(self, command: str = "") -> Barrier | None:
        """What stands before a command text; an empty one is any action of the mouse on the wall."""
        return barrier(self.state.standing, command)

    # ---- what an officer does

    def begin_anew(self) -> None:
        """A page asks: what was wrong with the try before is old news."""
        self.state = replace(self.state, problem=None)

    def sign_in(self, service_number: str, pin: Secret) -> None:
        """Try to begin a shift; the state says what comes of it."""
        number = service_number.strip()
        if self._port is not None and self._begins_to_ask(number, pin):
            self._port.sign_in(number, pin)

    def hand_over(self, service_number: str, pin: Secret, note: str, items: Sequence[HandoverItem]) -> None:
        """Let the next officer take over with their PIN."""
        number, officer = service_number.strip(), self.state.officer
        if officer is not None and number == officer.service_number:
            self._refuse(Sentence("A wall is handed over to another officer."))
        elif self._port is not None and self._begins_to_ask(number, pin):
            self._port.hand_over(number, pin, note, items)

    def unlock(self, pin: Secret) -> None:
        """Let the officer on duty back to the controls."""
        officer = self.state.officer
        if self._port is None or officer is None:
            return
        if self._begins_to_ask(officer.service_number, pin):
            self._port.unlock(officer, pin)

    def _begins_to_ask(self, service_number: str, pin: Secret) -> bool:
        """Say what is wrong with what was typed, before anybody is asked; else an answer is awaited."""
        if self.state.is_asking:
            return False
        problem = number_problem(service_number) or pin_problem(pin)
        self.state = replace(self.state, problem=problem, is_asking=problem is None)
        return problem is None

    def _refuse(self, problem: Sentence) -> None:
        self.state = replace(self.state, problem=problem)

    def lock(self, how: str = "key") -> None:
        """Lock the controls; `how` is for the journal. Nothing happens where nobody is on duty."""
        if self.state.standing is Standing.ON_DUTY:
            self._journal.write(Event(Kind.LOCKED, {"how": how}))
            self.state = replace(self.state, standing=Standing.LOCKED, problem=None)
        elif self.state.standing is Standing.VIEW_ONLY:
            self.state = DutyState(self._empty)

    def sign_off(self) -> None:
        """End the shift."""
        if self.state.officer is not None and self._port is not None:
            self._port.sign_off()
            self._end(ShiftEnd.SIGNED_OFF)

    def view_only(self) -> None:
        """Go on without anybody, while nobody can be verified: public cameras only."""
        if self.state.may_view_only and self.state.standing is Standing.CLOSED:
            self._journal.write(Event(Kind.UNLOCKED, {"how": "view-only"}))
            self.state = DutyState(Standing.VIEW_ONLY, since_s=self._now_s)

    def active(self, now_s: float) -> None:
        """There was a key, or the mouse moved."""
        self._active_s = now_s

    # ---- what happens

    def check(self, now_s: float) -> None:
        """Let time pass: lock what is left alone, end a shift whose time is up."""
        self._now_s, state = now_s, self.state
        if state.until_s is not None and now_s >= state.until_s:
            self._end(ShiftEnd.OVER)
        elif self.idle_s and now_s - max(self._active_s, state.since_s) >= self.idle_s:
            self.lock("idle")

    def slept(self, slept_s: float) -> None:
        """The clock stood still for so long: nobody was there meanwhile, and the shift's time went on."""
        if not slept_s:
            return
        self._active_s -= slept_s
        until_s = self.state.until_s
        self.state = replace(
            self.state,
            since_s=self.state.since_s - slept_s,
            until_s=None if until_s is None else until_s - slept_s,
        )

    def ends_soon(self, now_s: float) -> bool:
        """Whether the shift's time is nearly up."""
        return self.state.until_s is not None and now_s >= self.state.until_s - ENDS_SOON_S

    def take_in(self, message: DutyMessage, now_s: float) -> None:
        """What whoever checks officers says."""
        match message:
            case ShiftStarted():
                self._begin(message, now_s)
            case Unlocked():
                self._unlocked(now_s)
            case SignInRefused():
                self._journal.write(Event(Kind.SIGN_IN_REFUSED, {"reason": message.code}))
                self.state = replace(
                    self.state, is_asking=False, problem=message.sentence, may_view_only=message.cannot_ask
                )
            case ShiftOver(reason):
                if self.state.officer is not None:
                    self._end(reason)

    def _unlocked(self, now_s: float) -> None:
        """The PIN was right; where the shift has ended or changed hands meanwhile, that opens nothing."""
        if self.state.standing is not Standing.LOCKED or self.state.officer is None:
            return
        self._journal.write(Event(Kind.UNLOCKED, {"how": "pin"}))
        self._active_s = now_s
        self.state = replace(self.state, standing=Standing.ON_DUTY, is_asking=False, problem=None)

    def _begin(self, started: ShiftStarted, now_s: float) -> None:
        before = self.state
        is_same = before.officer is not None and before.officer.id == started.officer.id
        if before.officer is not None and not is_same:
            self._close(ShiftEnd.HANDED_OVER if started.is_handover else ShiftEnd.REPLACED)
        self._journal.set_officer(started.officer.id)
        detail = {"role": started.officer.role.value, "offline": started.is_offline}
        self._journal.write(Event(Kind.SHIFT_STARTED, {**detail, "handover": started.is_handover}))
        self._active_s = now_s
        self.state = DutyState(
            Standing.ON_DUTY,
            started.officer,
            now_s,
            now_s + started.lasts_s,
            started.is_offline,
        )

    def _end(self, reason: ShiftEnd) -> None:
        self._close(reason)
        self._journal.set_officer("")
        self.state = DutyState(self._empty, over=None if reason is ShiftEnd.SIGNED_OFF else reason)

    def _close(self, reason: ShiftEnd) -> None:
        """Write an end down, and end what the officer was allowed to look at."""
        self._journal.write(Event(Kind.SHIFT_ENDED, {"reason": reason.value}))
        if self._purposes is not None:
            self._purposes.withdraw_all(self._now_s)
