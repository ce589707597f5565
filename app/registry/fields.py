"""Typed, bounded reading of one JSON record's members.

Pure; any thread. A value of another type or outside its bounds raises `FieldError`, which names the member and
says why without repeating the value. Must import nothing of ours but the core.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

from app.core.names import holds_address
from app.core.sentence import Sentence

NAME_MAX_LENGTH = 200
"""Of names for people, by the contract."""

_CODE = re.compile(r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class FieldError(ValueError):
    """A member that cannot be used.

    Args:
        field: dotted path of the member.
        reason: what is wrong with it, a clause for a person that goes on after the member's name.
    """

    def __init__(self, field: str, reason: Sentence) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def parse_json(text: bytes) -> object:
    """The value of a JSON text in UTF-8.

    Raises:
        FieldError: it is none, or nested too deeply; the error holds nothing of the text.
    """
    reason = Sentence("is no JSON")
    try:
        return json.loads(text.decode())
    except RecursionError:
        reason = Sentence("is nested too deeply")
    except ValueError:
        pass
    # Raised out here, so that no context keeps the text: a lease's answer carries a password.
    raise FieldError("record", reason)


def mapping(value: object, field: str) -> Mapping[str, object]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise FieldError(field, Sentence("is no object"))
    return value


def array(value: object, field: str, most: int) -> list[object]:
    """A JSON array of at most so many items."""
    if not isinstance(value, list):
        raise FieldError(field, Sentence("is no array"))
    if len(value) > most:
        raise FieldError(field, Sentence("has more than {0} items", most))
    return value


def whole(value: object, field: str, least: int, most: int) -> int:
    """An integer within bounds; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise FieldError(field, Sentence("is no whole number"))
    if not least <= value <= most:
        raise FieldError(field, Sentence("lies outside {0} to {1}", least, most))
    return value


def number(value: object, field: str, least: float, most: float) -> float:
    """A finite number within bounds."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise FieldError(field, Sentence("is no number"))
    # Compared before it is converted: an integer of 400 digits has no float.
    if not least <= value <= most or not math.isfinite(value):
        raise FieldError(field, Sentence("lies outside {0} to {1}", least, most))
    return float(value)


def flag(value: object, field: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise FieldError(field, Sentence("is neither true nor false"))
    return value


def token(value: object, field: str, most: int) -> str:
    """A text that machines read: printable ASCII without spaces, 1 to `most` characters."""
    if not isinstance(value, str):
        raise FieldError(field, Sentence("is no text"))
    if not value:
        raise FieldError(field, Sentence("is empty"))
    if len(value) > most:
        raise FieldError(field, Sentence("is longer than {0} characters", most))
    if not value.isascii() or not value.isprintable() or " " in value:
        raise FieldError(field, Sentence("has characters that do not belong there"))
    return value


def code(value: object, field: str, most: int) -> str:
    """A dotted code of letters, digits and hyphens."""
    text = token(value, field, most)
    if not _CODE.fullmatch(text):
        raise FieldError(field, Sentence("is not of the form of a code"))
    return text


def uuid(value: object, field: str) -> str:
    """A UUID in its usual form, in lower case."""
    if not isinstance(value, str) or not _UUID.fullmatch(lowered := value.lower()):
        raise FieldError(field, Sentence("is no UUID"))
    return lowered


def time_s(value: object, field: str) -> float:
    """Seconds since 1970 of an RFC 3339 time; one without a zone is taken as UTC."""
    text = token(value, field, 40)
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError):
        raise FieldError(field, Sentence("is no time")) from None


def words(value: object, field: str, most: int = NAME_MAX_LENGTH) -> str:
    """A text for people, without control and direction characters, 1 to `most` characters.

    One that looks like an address is refused: names are kept on disk, and no address may be.
    """
    if not isinstance(value, str):
        raise FieldError(field, Sentence("is no text"))
    if len(value) > most:
        raise FieldError(field, Sentence("is longer than {0} characters", most))
    text = clean(value)
    if not text:
        raise FieldError(field, Sentence("is empty"))
    if holds_address(text):
        raise FieldError(field, Sentence("holds an address"))
    return text


def clean(text: str) -> str:
    """`text` on one line, without control, format (direction, zero width), surrogate and unassigned characters."""
    if not text.isprintable():
        text = "".join(_printable(character) for character in text)
    return text.strip()


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    is_space = character.isspace() or unicodedata.category(character).startswith("Z")
    return " " if is_space else ""
