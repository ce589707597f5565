"""Who is on duty at this post, what that lets them do, and what is asked of whoever checks it. Pure.

The wall itself never depends on it: a post where nobody has signed in shows what it showed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from app.core.redact import Secret
from app.core.sentence import Sentence

IDLE_S = 15 * 60.0
"""After so long without a key or the mouse the controls are locked, unless the post is set otherwise."""
PIN_DIGITS = 6
NUMBER_MIN_LENGTH, NUMBER_MAX_LENGTH = 7, 32
"""Of a service number: longer than a PIN, so that one typed into the wrong field is refused (contract, SignIn)."""
NOTE_MAX_LENGTH = 2_000
"""Of what is said at a handover (contract, HandoverRequest)."""
ITEMS_MAX = 256
ITEM_TEXT_MAX_LENGTH = 200
WRONG_SIGN_IN = Sentence("The service number or the PIN is wrong.")
"""Never which of both: it would tell who exists."""


class Role(Enum):
    """What an officer is, by the contract's words."""

    OFFICER = "officer"
    CHIEF = "chief"
    IT = "it"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may work at posts.

    Attributes:
        id: the registry's.
        service_number: what they sign in with.
        name: what they are called.
        role: see there.
    """

    id: str
    service_number: str
    name: str
    role: Role


class ShiftEnd(Enum):
    """Why a shift is over, by the contract's words, and what only this PC can know."""

    SIGNED_OFF = "signed-off"
    HANDED_OVER = "handed-over"
    REPLACED = "replaced"
    ELSEWHERE = "elsewhere"
    OVER = "over"
    LOCKED = "locked"
    UNKNOWN = "unknown"
    """The registry does not know it any more."""
    WRONG_PINS = "wrong-pins"
    """Too many wrong PINs at the locked controls."""


class SignInRule(Enum):
    """Whether this post's controls need somebody who has signed in."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class Standing(Enum):
    """How the controls stand."""

    OPEN = "open"
    """Nobody has signed in, and nobody has to."""
    CLOSED = "closed"
    """Nobody has signed in: the wall shows what it showed, and takes no command."""
    ON_DUTY = "on-duty"
    LOCKED = "locked"
    """Somebody is on duty and away: their PIN brings the controls back."""
    VIEW_ONLY = "view-only"
    """Nobody can be verified, as the registry is not reached: public cameras may be looked at."""


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One thing that the next officer has to know about.

    Attributes:
        tile: as an officer calls it, `2.5`.
        camera: its id.
        state: a word of the contract's form: `lost`, `stale`, `incident`.
        since_s: how long that has been so, seconds.
        text: what was said of it.
    """

    tile: str
    camera: str
    state: str
    since_s: float
    text: str = ""


# ---- messages


@dataclass(frozen=True, slots=True)
class ShiftStarted:
    """An officer has signed in, or has taken over.

    Attributes:
        officer: who.
        lasts_s: how long the shift lasts at most, seconds.
        is_offline: whether this PC verified them by itself.
        is_handover: whether they took over from the officer before.
    """

    officer: Officer
    lasts_s: float
    is_offline: bool = False
    is_handover: bool = False


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """Nobody was let in.

    Attributes:
        sentence: why, for a person.
        code: why, for the journal.
        wait_s: how long the next try has to wait, seconds; None for no time.
        cannot_ask: whether nobody can be asked who knows, so that no other PIN would help.
    """

    sentence: Sentence
    code: str
    wait_s: float | None = None
    cannot_ask: bool = False


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The officer on duty is back."""


@dataclass(frozen=True, slots=True)
class ShiftOver:
    """The registry says that the shift is over, or it was signed off."""

    reason: ShiftEnd


DutyMessage = ShiftStarted | SignInRefused | Unlocked | ShiftOver


class DutyPort(Protocol):
    """Checks officers, at the registry or by what this PC remembers. Its calls never wait."""

    def sign_in(self, service_number: str, pin: Secret) -> None:
        """`ShiftStarted` or `SignInRefused` follows."""

    def unlock(self, officer: Officer, pin: Secret) -> None:
        """Whether the officer on duty is back: `Unlocked`, `ShiftStarted` or `SignInRefused` follows."""

    def hand_over(self, service_number: str, pin: Secret, note: str, items: Sequence[HandoverItem]) -> None:
        """The next officer takes over: `ShiftStarted` or `SignInRefused` follows."""

    def sign_off(self) -> None:
        """The shift is over; nothing follows."""


# ---- what may be done

_ALWAYS = frozenset(
    {
        *("duty", "lock", "help", "back", "full-screen", "identify-monitors", "quit"),
        *("next-monitor", "previous-monitor", "language", "theme"),
    }
)
"""What needs nobody: it alters nothing that is kept and shows no camera."""
_KEEPS_OR_REVEALS = frozenset(
    {
        *("new-layout", "edit-layout", "save-layout", "save-layout-as", "rename", "lock-layout", "delete-layout"),
        *("share-layout", "walls", "accept-list"),
        *("tours", "keys", "snapshot", "purpose", "hand-over", "sign-off"),
    }
)
"""What is done in an officer's name."""


class Barrier(Enum):
    """Why a command is not carried out now."""

    SIGN_IN = "sign-in"
    UNLOCK = "unlock"
    OFFICER = "officer"
    """It needs an officer's name; others may be carried out."""


def barrier(standing: Standing, command: str) -> Barrier | None:
    """What stands before a command text; None where nothing does.

    Args:
        standing: how the controls stand.
        command: its text; an empty one is any action of the mouse on the wall.
    """
    name = command.partition(" ")[0]
    if name in _ALWAYS:
        return None
    if standing is Standing.CLOSED:
        return Barrier.SIGN_IN
    if standing is Standing.LOCKED:
        return Barrier.UNLOCK
    if standing is Standing.VIEW_ONLY and name in _KEEPS_OR_REVEALS:
        return Barrier.OFFICER
    return None


def number_problem(service_number: str) -> Sentence | None:
    """What is wrong with the form of a service number; None where nothing is (contract, ServiceNumber)."""
    allowed = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz./-")
    if not NUMBER_MIN_LENGTH <= len(service_number) <= NUMBER_MAX_LENGTH:
        return Sentence("A service number has {0} to {1} characters.", NUMBER_MIN_LENGTH, NUMBER_MAX_LENGTH)
    if not set(service_number) <= allowed or not service_number[0].isalnum():
        return Sentence("A service number has letters, digits, dots, slashes and dashes only.")
    return None


def pin_problem(pin: Secret) -> Sentence | None:
    """What is wrong with the form of a PIN; None where nothing is."""
    text = pin.reveal()
    if len(text) != PIN_DIGITS or not (text.isascii() and text.isdigit()):
        return Sentence("A PIN has {0} digits.", PIN_DIGITS)
    return None
