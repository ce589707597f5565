"""What is said of who is on duty: roles, ends of shifts, what stands before a command.

GUI thread. English source strings, as in `ui/texts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.console.duty_book import DutyState
from app.core.duty import Barrier, Officer, Role, ShiftEnd, Standing
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, tr

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.OFFICER: QT_TRANSLATE_NOOP("Duty", "officer"),
        Role.CHIEF: QT_TRANSLATE_NOOP("Duty", "chief"),
        Role.IT: QT_TRANSLATE_NOOP("Duty", "IT"),
    }
)
ENDS: Mapping[ShiftEnd, str] = MappingProxyType(
    {
        ShiftEnd.SIGNED_OFF: QT_TRANSLATE_NOOP("Duty", "The shift was signed off."),
        ShiftEnd.HANDED_OVER: QT_TRANSLATE_NOOP("Duty", "The wall was handed over."),
        ShiftEnd.REPLACED: QT_TRANSLATE_NOOP("Duty", "Somebody else has signed in at this post."),
        ShiftEnd.ELSEWHERE: QT_TRANSLATE_NOOP("Duty", "The officer has signed in at another post."),
        ShiftEnd.OVER: QT_TRANSLATE_NOOP("Duty", "The time of the shift is over."),
        ShiftEnd.LOCKED: QT_TRANSLATE_NOOP("Duty", "IT has locked this officer."),
        ShiftEnd.UNKNOWN: QT_TRANSLATE_NOOP("Duty", "The registry does not know this shift any more."),
        ShiftEnd.WRONG_PINS: QT_TRANSLATE_NOOP("Duty", "Too many wrong PINs ended the shift."),
    }
)
NAME_MAX_LENGTH = 28
"""Of an officer in the bar below the wall; the rest is in its tooltip."""


def role_word(role: Role) -> str:
    """What a role is called."""
    return tr("Duty", ROLES[role])


def end_sentence(end: ShiftEnd) -> str:
    """Why a shift is over."""
    return tr("Duty", ENDS[end])


def officer_words(officer: Officer) -> str:
    """Who it is: name, role and number."""
    return f"{plain(officer.name)}  ·  {role_word(officer.role)}  ·  {plain(officer.service_number)}"


def duty_label(state: DutyState) -> str:
    """What the bar below the wall says of it, in a few words."""
    if state.officer is None:
        return tr("Duty", "View only") if state.standing is Standing.VIEW_ONLY else tr("Duty", "Sign in")
    if state.standing is Standing.LOCKED:
        return tr("Duty", "Locked")
    return f"{plain(state.officer.name, NAME_MAX_LENGTH)} · {role_word(state.officer.role)}"


def barrier_sentence(barrier: Barrier | None, chord: str) -> str:
    """Why a command is not carried out, and which key helps; empty where nothing stands before it.

    Args:
        chord: what calls the page of shifts.
    """
    match barrier:
        case Barrier.SIGN_IN:
            return tr("Duty", "Nobody has signed in: {0}", chord)
        case Barrier.UNLOCK:
            return tr("Duty", "The controls are locked: {0}", chord)
        case Barrier.OFFICER:
            return tr("Duty", "This is done in an officer's name: sign in with {0} first.", chord)
        case None:
            return ""
