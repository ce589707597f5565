"""Starts, hands over and ends officers' shifts: a thread of its own, and the token that calls in their name carry.

Without the registry an officer is verified by what this PC remembers of them. A PIN is in memory only, until its
one call is made. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from app.core.duty import (
    ITEM_TEXT_MAX_LENGTH,
    HandoverItem,
    Officer,
    ShiftEnd,
    ShiftOver,
    ShiftStarted,
    SignInRefused,
    Unlocked,
)
from app.core.errors import RegistryError
from app.core.redact import Secret
from app.registry.client import RegistryApi
from app.registry.defects import outlived, understood
from app.registry.link import Link
from app.registry.shift_answer import (
    TOO_MANY,
    ShiftGrant,
    cannot_ask,
    parse_shift,
    refusal,
    shift_end,
    too_many,
)

SHIFT_HEADER = "Pantau-Shift"
FREE_TRIES = 3
"""So many wrong PINs in a row cost no wait where this PC verifies them, as at the registry (contract, sign-in)."""
WAIT_FIRST_S, WAIT_CAP_S = 5.0, 300.0
OFFLINE_LASTS_S = 16 * 3600.0
"""How long a shift lasts that the registry has not begun: as long as one of the registry's (contract)."""
WRONG_MAX = 10
"""So many wrong PINs at the locked controls end the shift."""

_WRONG_PIN = ("sign-in-refused", "forgotten")

_log = logging.getLogger(__name__)


class Verifier(Protocol):
    """What this PC remembers of officers: `app.known_officers.KnownOfficers` is one."""

    def remember(self, officer: Officer, pin: Secret, offline_s: float) -> None:
        """The registry has let an officer in."""

    def forget(self, service_number: str) -> None:
        """The registry does not let an officer in any more."""

    def check(self, service_number: str, pin: Secret) -> Officer | SignInRefused:
        """The officer of a number and PIN, or why they cannot be verified here."""


class ShiftHolder:
    """The open shift's id and token, for calls in the officer's name. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grant: ShiftGrant | None = None

    @property
    def grant(self) -> ShiftGrant | None:
        """The open shift; None where the registry knows of none."""
        with self._lock:
            return self._grant

    def hold(self, grant: ShiftGrant | None) -> None:
        """A shift has begun, or is over."""
        with self._lock:
            self._grant = grant

    def end(self, sent: Mapping[str, str], tell: Callable[[], None]) -> None:
        """The shift that a call carried is over; nothing happens where another officer has begun one meanwhile.

        Args:
            sent: the headers of the call.
            tell: is called while no shift can begin, so that it is told before the next one's start.
        """
        with self._lock:
            if self._grant is not None and sent == _headers(self._grant):
                self._grant = None
                tell()

    def headers(self) -> dict[str, str]:
        """What a call in the officer's name carries besides the post's token; empty without a shift."""
        grant = self.grant
        return _headers(grant) if grant is not None else {}


class ShiftDesk:
    """`app.core.duty.DutyPort` over HTTP.

    Args:
        api: the registry.
        link: the way to the console.
        holder: is told of shifts.
        verifier: verifies officers while the registry is not reached.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        api: RegistryApi,
        link: Link,
        holder: ShiftHolder,
        verifier: Verifier,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._link = link
        self._holder = holder
        self._verifier = verifier
        self._pause = _Pause(clock)
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name="registry-shifts", daemon=True)

    # ---- from the console's thread

    def sign_in(self, service_number: str, pin: Secret) -> None:
        """`ShiftStarted` or `SignInRefused` follows."""
        self._work.put(lambda: self._sign_in(service_number, pin))

    def unlock(self, officer: Officer, pin: Secret) -> None:
        """`Unlocked`, `ShiftStarted` or `SignInRefused` follows."""
        self._work.put(lambda: self._unlock(officer, pin))

    def hand_over(self, service_number: str, pin: Secret, note: str, items: Sequence[HandoverItem]) -> None:
        """`ShiftStarted` or `SignInRefused` follows."""
        self._work.put(lambda: self._hand_over(service_number, pin, note, tuple(items)))

    def sign_off(self) -> None:
        """The shift is over; nothing follows."""
        self._work.put(self._sign_off)

    def lost(self, error: RegistryError, sent: Mapping[str, str]) -> bool:
        """A call in the officer's name was refused; whether that was because the shift is over. Any thread.

        Args:
            error: why.
            sent: the headers that told who.
        """
        end = shift_end(error)
        if end is not None:
            self._holder.end(sent, lambda: self._link.put(ShiftOver(end)))
        return end is not None

    def stop(self) -> None:
        """Let the thread end."""
        self._work.put(None)

    # ---- the thread

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                work()
            except Exception as caught:  # noqa: BLE001 - whoever waits for an answer gets one
                self._link.put(refusal(understood(caught)))

    def _sign_in(self, service_number: str, pin: Secret) -> None:
        body = {"service_number": service_number, "pin": pin.reveal()}
        self._start("/v1/shifts", body, service_number, pin, is_handover=False)

    def _hand_over(self, service_number: str, pin: Secret, note: str, items: Sequence[HandoverItem]) -> None:
        before = self._holder.grant
        body: dict[str, object] = {"service_number": service_number, "pin": pin.reveal()}
        path = "/v1/shifts"  # a shift that the registry knows nothing of ends here alone
        if before is not None:
            path = f"/v1/shifts/{before.id}:handover"
            body |= {"note": note, "items": [*map(_item, items)]}
        self._start(path, body, service_number, pin, is_handover=True)

    def _start(
        self, path: str, body: Mapping[str, object], service_number: str, pin: Secret, *, is_handover: bool
    ) -> None:
        try:
            grant = self._api.call("POST", path, parse_shift, json=body)
        except Exception as caught:  # noqa: BLE001 - whoever waits for an answer gets one
            error = understood(caught)
            self._not_started(error, service_number, pin, is_handover=is_handover)
            return
        self._holder.hold(grant)
        self._pause.forgive()
        self._link.put(ShiftStarted(grant.officer, grant.lasts_s, is_handover=is_handover))
        with outlived():
            self._verifier.remember(grant.officer, pin, grant.offline_s)

    def _not_started(self, error: RegistryError, service_number: str, pin: Secret, *, is_handover: bool) -> None:
        if cannot_ask(error):
            self._verify_here(service_number, pin, is_handover=is_handover)
            return
        end = shift_end(error)
        if end is not None:
            self._holder.hold(None)
            self._link.put(ShiftOver(end))
            return
        if error.code == "officer-locked" and error.retry_after_s is None:
            self._verifier.forget(service_number)
        self._link.put(refusal(error))

    def _verify_here(self, service_number: str, pin: Secret, *, is_handover: bool) -> None:
        found = self._verified(service_number, pin)
        if isinstance(found, Officer):
            self._holder.hold(None)
            self._link.put(ShiftStarted(found, OFFLINE_LASTS_S, is_offline=True, is_handover=is_handover))
        else:
            self._link.put(found)

    def _verified(self, service_number: str, pin: Secret) -> Officer | SignInRefused:
        """What this PC says of a PIN; wrong ones are slowed."""
        held = self._pause.refusal()
        if held is not None:
            return held
        found = self._verifier.check(service_number, pin)
        if isinstance(found, Officer):
            self._pause.forgive()
        elif found.code in _WRONG_PIN:
            self._pause.wrong()
        return found

    def _unlock(self, officer: Officer, pin: Secret) -> None:
        """The PIN of the officer on duty is checked here; a shift that the registry does not know yet is begun."""
        if self._holder.grant is None:
            self._sign_in(officer.service_number, pin)
            return
        found = self._verified(officer.service_number, pin)
        if isinstance(found, Officer):
            self._link.put(Unlocked())
        elif self._pause.count >= WRONG_MAX:
            self._sign_off()
            self._link.put(ShiftOver(ShiftEnd.WRONG_PINS))
        elif found.cannot_ask:  # this PC does not remember them: the registry does
            self._sign_in(officer.service_number, pin)
        else:
            self._link.put(found)

    def _sign_off(self) -> None:
        grant = self._holder.grant
        self._holder.hold(None)
        self._pause.forgive()
        if grant is None:
            return
        try:
            self._api.call("DELETE", f"/v1/shifts/{grant.id}", lambda _nothing: None)
        except Exception as error:  # noqa: BLE001 - nobody waits for it
            _log.info("shift not signed off at the registry, where it ends by itself: %s", understood(error))


class _Pause:
    """Slows wrong PINs that are checked on this PC."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until_s = 0.0
        self.count = 0

    def refusal(self) -> SignInRefused | None:
        """Why the next PIN has to wait; None where it need not."""
        left_s = self._until_s - self._clock()
        return SignInRefused(too_many(left_s), TOO_MANY[0], left_s) if left_s > 0 else None

    def wrong(self) -> None:
        """One more was wrong."""
        self.count += 1
        if self.count > FREE_TRIES:
            wait_s = WAIT_FIRST_S * 2.0 ** (self.count - FREE_TRIES - 1)
            self._until_s = self._clock() + min(wait_s, WAIT_CAP_S)

    def forgive(self) -> None:
        """One was right."""
        self.count, self._until_s = 0, 0.0


def _headers(grant: ShiftGrant) -> dict[str, str]:
    return {SHIFT_HEADER: grant.token.reveal()}


def _item(item: HandoverItem) -> dict[str, object]:
    said = {"tile": item.tile, "camera_id": item.camera, "state": item.state, "since_s": round(item.since_s, 1)}
    return {**said, "text": item.text[:ITEM_TEXT_MAX_LENGTH]}
