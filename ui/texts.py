"""Every word of the wall that is not a camera's: one place, so that it can be translated and tested.

GUI thread. English source strings; Qt Linguist finds them by their context. Enums are put into words here only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.core.errors import ConsoleError
from app.core.failure import Failure, Reason
from app.core.sentence import Sentence
from app.core.stream_life import Life
from app.core.tile_status import Sign
from ui.numbers import decimal, shortest, whole


def QT_TRANSLATE_NOOP(_context: str, source: str) -> str:
    """Marks a source string for Qt Linguist, whose tools know this name; PySide's own is typed as `object`."""
    return source


REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.REFUSED: QT_TRANSLATE_NOOP("Reason", "The camera's address answers, but its video port is closed."),
        Reason.UNREACHABLE: QT_TRANSLATE_NOOP("Reason", "Nothing answers at the camera's address."),
        Reason.NAME_UNKNOWN: QT_TRANSLATE_NOOP("Reason", "The camera's network name is not known."),
        Reason.NO_ANSWER: QT_TRANSLATE_NOOP("Reason", "The camera takes the connection but does not answer."),
        Reason.UNAUTHORIZED: QT_TRANSLATE_NOOP("Reason", "The camera refuses the user name or password."),
        Reason.LOGIN_UNHEARD: QT_TRANSLATE_NOOP(
            "Reason", "The camera asks for a password and does not answer the one that it gets."
        ),
        Reason.FORBIDDEN: QT_TRANSLATE_NOOP("Reason", "The camera's account may not watch this stream."),
        Reason.NOT_FOUND: QT_TRANSLATE_NOOP("Reason", "The camera has no such stream (404)."),
        Reason.BUSY: QT_TRANSLATE_NOOP("Reason", "The camera is busy: it serves no further viewer for now."),
        Reason.PROTOCOL: QT_TRANSLATE_NOOP("Reason", "The camera's answer cannot be understood."),
        Reason.UNSUPPORTED: QT_TRANSLATE_NOOP("Reason", "The camera sends no video that this console can show."),
        Reason.TLS: QT_TRANSLATE_NOOP(
            "Reason", "The camera cannot prove who it is (its certificate is not valid)."
        ),
        Reason.NO_PICTURES: QT_TRANSLATE_NOOP("Reason", "The camera is connected but sends no pictures."),
        Reason.STALLED: QT_TRANSLATE_NOOP("Reason", "The camera stopped sending; the connection is still open."),
        Reason.ENDED: QT_TRANSLATE_NOOP("Reason", "The camera ended the stream."),
        Reason.RESET: QT_TRANSLATE_NOOP("Reason", "The connection to the camera broke."),
        Reason.UNDECODABLE: QT_TRANSLATE_NOOP("Reason", "Data arrives, but no picture can be made of it."),
        Reason.INTERNAL: QT_TRANSLATE_NOOP("Reason", "This program failed on this camera's stream."),
        Reason.HOST_LOST: QT_TRANSLATE_NOOP("Reason", "A video process stopped; its cameras are being reopened."),
        Reason.NO_HOST: QT_TRANSLATE_NOOP("Reason", "No video process can be started on this PC."),
        Reason.NO_PROFILE: QT_TRANSLATE_NOOP("Reason", "The registry lists no video stream for this camera."),
        Reason.OVER_BUDGET: QT_TRANSLATE_NOOP("Reason", "This PC cannot play more cameras at a time."),
        Reason.PURPOSE_NEEDED: QT_TRANSLATE_NOOP("Reason", "This is a private camera: say why you look at it."),
        Reason.PURPOSE_EXPIRED: QT_TRANSLATE_NOOP("Reason", "The purpose for this private camera has expired."),
        Reason.MASKS_UNREADABLE: QT_TRANSLATE_NOOP(
            "Reason", "What must stay hidden here is not known, so nothing is shown."
        ),
        Reason.WITHDRAWN: QT_TRANSLATE_NOOP("Reason", "The registry no longer lists this camera for this post."),
        Reason.LEASE_REFUSED: QT_TRANSLATE_NOOP(
            "Reason", "The registry does not let this post watch this camera."
        ),
        Reason.LEASE_UNAVAILABLE: QT_TRANSLATE_NOOP(
            "Reason", "The registry cannot be reached and this camera has no valid lease."
        ),
        Reason.BAD_ADDRESS: QT_TRANSLATE_NOOP(
            "Reason", "The registry gave an address that is not allowed for cameras."
        ),
    }
)
"""Why there is no live picture: what was found, one sentence each."""

RELAY_REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.REFUSED: QT_TRANSLATE_NOOP("Reason", "The relay's address answers, but its video port is closed."),
        Reason.UNREACHABLE: QT_TRANSLATE_NOOP("Reason", "Nothing answers at the address of the camera's relay."),
        Reason.NAME_UNKNOWN: QT_TRANSLATE_NOOP("Reason", "The network name of the camera's relay is not known."),
        Reason.NO_ANSWER: QT_TRANSLATE_NOOP(
            "Reason", "The camera's relay takes the connection but does not answer."
        ),
        Reason.UNAUTHORIZED: QT_TRANSLATE_NOOP("Reason", "The camera's relay refuses the user name or password."),
        Reason.FORBIDDEN: QT_TRANSLATE_NOOP("Reason", "The account at the relay may not watch this stream."),
        Reason.NOT_FOUND: QT_TRANSLATE_NOOP("Reason", "The camera's relay has no such stream now (404)."),
        Reason.BUSY: QT_TRANSLATE_NOOP("Reason", "The relay is busy: it serves no further viewer for now."),
        Reason.PROTOCOL: QT_TRANSLATE_NOOP("Reason", "The answer of the camera's relay cannot be understood."),
        Reason.TLS: QT_TRANSLATE_NOOP(
            "Reason", "The relay cannot prove who it is (its certificate is not valid)."
        ),
        Reason.NO_PICTURES: QT_TRANSLATE_NOOP("Reason", "The camera's relay is connected but sends no pictures."),
        Reason.STALLED: QT_TRANSLATE_NOOP("Reason", "The relay stopped sending; the connection is still open."),
        Reason.ENDED: QT_TRANSLATE_NOOP("Reason", "The camera's relay ended the stream."),
        Reason.RESET: QT_TRANSLATE_NOOP("Reason", "The connection to the camera's relay broke."),
    }
)
"""The same where a relay was asked and not the camera, for the reasons that it can be."""

HELP: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.REFUSED: QT_TRANSLATE_NOOP("Help", "Check that the camera's video service is switched on."),
        Reason.UNREACHABLE: QT_TRANSLATE_NOOP("Help", "Check the camera's power and network link."),
        Reason.NAME_UNKNOWN: QT_TRANSLATE_NOOP("Help", "Call network support."),
        Reason.NO_ANSWER: QT_TRANSLATE_NOOP("Help", "The camera may need a restart."),
        Reason.UNAUTHORIZED: QT_TRANSLATE_NOOP("Help", "Call the registry desk: the password there is wrong."),
        Reason.LOGIN_UNHEARD: QT_TRANSLATE_NOOP(
            "Help", "Call the registry desk: the password there may be wrong."
        ),
        Reason.FORBIDDEN: QT_TRANSLATE_NOOP("Help", "Call the registry desk: the account lacks the right."),
        Reason.NOT_FOUND: QT_TRANSLATE_NOOP("Help", "Call the registry desk: the stream's path there is wrong."),
        Reason.PROTOCOL: QT_TRANSLATE_NOOP("Help", "Call technical support and name the camera."),
        Reason.UNSUPPORTED: QT_TRANSLATE_NOOP("Help", "Call technical support and name the camera's model."),
        Reason.TLS: QT_TRANSLATE_NOOP("Help", "Call technical support; do not rely on this camera."),
        Reason.UNDECODABLE: QT_TRANSLATE_NOOP("Help", "If it stays so, call technical support."),
        Reason.INTERNAL: QT_TRANSLATE_NOOP("Help", "Call technical support and read them the word below."),
        Reason.NO_HOST: QT_TRANSLATE_NOOP("Help", "Close other programs, or restart the console."),
        Reason.NO_PROFILE: QT_TRANSLATE_NOOP("Help", "Call the registry desk."),
        Reason.OVER_BUDGET: QT_TRANSLATE_NOOP("Help", "Clear other tiles, or choose a smaller layout."),
        Reason.PURPOSE_NEEDED: QT_TRANSLATE_NOOP("Help", "Select the tile and press P."),
        Reason.PURPOSE_EXPIRED: QT_TRANSLATE_NOOP("Help", "Select the tile and press P."),
        Reason.MASKS_UNREADABLE: QT_TRANSLATE_NOOP("Help", "Call the registry desk: a privacy mask is damaged."),
        Reason.WITHDRAWN: QT_TRANSLATE_NOOP("Help", "Clear the tile, or ask the registry desk."),
        Reason.LEASE_REFUSED: QT_TRANSLATE_NOOP("Help", "Ask your chief or the registry desk for access."),
        Reason.LEASE_UNAVAILABLE: QT_TRANSLATE_NOOP("Help", "It opens when the registry is back."),
        Reason.BAD_ADDRESS: QT_TRANSLATE_NOOP("Help", "Call the registry desk."),
    }
)
"""What to do or whom to call, for the reasons where a person can help."""

RELAY_HELP: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.REFUSED: QT_TRANSLATE_NOOP("Help", "Call network support: the relay's service is off."),
        Reason.UNREACHABLE: QT_TRANSLATE_NOOP(
            "Help", "Call network support: the relay, or the way to it, is down."
        ),
        Reason.NO_ANSWER: QT_TRANSLATE_NOOP("Help", "Call network support: the relay may need a restart."),
        Reason.UNAUTHORIZED: QT_TRANSLATE_NOOP(
            "Help", "Call the registry desk: the relay's password there is wrong."
        ),
        Reason.NOT_FOUND: QT_TRANSLATE_NOOP("Help", "Check the camera's power and network link."),
        Reason.PROTOCOL: QT_TRANSLATE_NOOP("Help", "Call technical support and name the camera and its relay."),
    }
)
"""The same for those where a relay needs other help than a camera."""

_WAITS_FOR_PEOPLE = frozenset(
    {
        Reason.WITHDRAWN,
        Reason.OVER_BUDGET,
        Reason.PURPOSE_NEEDED,
        Reason.PURPOSE_EXPIRED,
        Reason.MASKS_UNREADABLE,
    }
)
"""The camera is not tried again by itself."""

SIGNS: Mapping[Sign, str] = MappingProxyType(
    {
        Sign.EMPTY: QT_TRANSLATE_NOOP("Sign", "EMPTY"),
        Sign.CONNECTING: QT_TRANSLATE_NOOP("Sign", "CONNECTING"),
        Sign.LIVE: QT_TRANSLATE_NOOP("Sign", "LIVE"),
        Sign.LATE: QT_TRANSLATE_NOOP("Sign", "LATE"),
        Sign.STALE: QT_TRANSLATE_NOOP("Sign", "STALE"),
        Sign.LOST: QT_TRANSLATE_NOOP("Sign", "NO PICTURE"),
    }
)

LIVES: Mapping[Life, str] = MappingProxyType(
    {
        Life.IDLE: QT_TRANSLATE_NOOP("Life", "not opened"),
        Life.CONNECTING: QT_TRANSLATE_NOOP("Life", "connecting"),
        Life.PLAYING: QT_TRANSLATE_NOOP("Life", "playing"),
        Life.STALLED: QT_TRANSLATE_NOOP("Life", "stalled"),
        Life.CLOSING: QT_TRANSLATE_NOOP("Life", "closing"),
        Life.BACKOFF: QT_TRANSLATE_NOOP("Life", "waiting to try again"),
    }
)


def tr(context: str, source: str, *values: object) -> str:
    """A source string in the officer's language, its `{0}`, `{1}` … filled in; whole numbers as it writes them."""
    text = QCoreApplication.translate(context, source)
    return text.format(*map(_written, values)) if values else text


def _written(value: object) -> object:
    if isinstance(value, float):
        return shortest(value)
    return whole(value) if isinstance(value, int) else value


def sentence(said: ConsoleError | Sentence | None) -> str:
    """What the core or an adapter says, in the officer's language; empty where it says nothing.

    Call it when the sentence is shown, and again after a change of the language.
    """
    if said is None:
        return ""
    values = [sentence(value) if isinstance(value, Sentence) else value for value in said.values]
    return tr("Error", said.template, *values)


def failure_sentence(failure: Failure) -> str:
    """Why there is no live picture, in one sentence."""
    at_relay = RELAY_REASONS.get(failure.reason) if failure.at_relay else None
    return tr("Reason", at_relay or REASONS[failure.reason])


def failure_help(failure: Failure) -> str:
    """What to do or whom to call; empty where the console helps itself."""
    at_relay = RELAY_HELP.get(failure.reason) if failure.at_relay else None
    help_text = at_relay or HELP.get(failure.reason)
    return tr("Help", help_text) if help_text else ""


def sign_word(sign: Sign) -> str:
    """The word of a tile's badge."""
    return tr("Sign", SIGNS[sign])


def life_words(life: Life) -> str:
    """Where a stream is in its life."""
    return tr("Life", LIVES[life])


def retry_sentence(failure: Failure | None, retry_in_s: float | None) -> str:
    """What will happen next: when the camera is tried again."""
    if retry_in_s is not None:
        return tr("Tile", "Next try in {0}", duration(retry_in_s))
    if failure is not None and failure.reason in _WAITS_FOR_PEOPLE:
        return ""
    return tr("Tile", "Trying again…")


def duration(seconds: float) -> str:
    """A time span in words an officer reads at a glance: `12 s`, `4 min 50 s`, `2 h 5 min`, `3 d 4 h`."""
    whole_s = max(0, math.ceil(seconds))
    if whole_s < 60:
        return tr("Duration", "{0} s", whole_s)
    if whole_s < 3600:
        return tr("Duration", "{0} min {1} s", *divmod(whole_s, 60))
    hours, minutes = divmod(whole_s // 60, 60)
    if hours < 48:
        return tr("Duration", "{0} h {1} min", hours, minutes)
    return tr("Duration", "{0} d {1} h", *divmod(hours, 24))


def coarse_duration(seconds: float) -> str:
    """A time span in one unit, rounded down: `12 s`, `4 min`, `2 h`, `3 d`."""
    whole_s = max(0, math.floor(seconds))
    if whole_s < 60:
        return tr("Duration", "{0} s", whole_s)
    if whole_s < 3600:
        return tr("Duration", "{0} min", whole_s // 60)
    hours = whole_s // 3600
    return tr("Duration", "{0} h", hours) if hours < 48 else tr("Duration", "{0} d", hours // 24)


def age_text(age_s: float) -> str:
    """A picture's age: tenths of a second, rounded down: `0.1 s`."""
    return tr("Duration", "{0} s", decimal(math.floor(age_s * 10.0) / 10.0, 1))
