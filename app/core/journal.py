"""The journal: who looked at what, and what was done, as a chain in which nothing can be changed unseen. Pure.

Each entry carries the SHA-256 of the one before. Whoever knows the hash of a later entry (the registry signs them)
can tell whether an earlier one was edited, left out, moved or cut off.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from app.core.errors import ConsoleError
from app.core.utc import rfc3339

Json = bool | int | str | None | Sequence["Json"] | Mapping[str, "Json"]
"""What an entry may hold: no numbers with a point, which two machines may write differently."""

GENESIS = "0" * 64
"""What the first entry has in the place of a hash before it."""
LINE_MAX_BYTES = 16 * 1024
UUID7_CHANCE_BITS = 80
"""What `uuid7` takes; it keeps 74 of them."""
_HASH = re.compile(r"[0-9a-f]{64}")


class Kind(Enum):
    """What an entry is about."""

    STARTED = "started"
    ENDED = "ended"
    SHIFT_STARTED = "shift-started"
    SHIFT_ENDED = "shift-ended"
    SIGN_IN_REFUSED = "sign-in-refused"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    VIEWS_CHANGED = "views-changed"
    """Public cameras that came onto the wall and that left it, a change at a time."""
    VIEW_STARTED = "view-started"
    """A private camera."""
    VIEW_ENDED = "view-ended"
    PURPOSE_GIVEN = "purpose-given"
    PURPOSE_ENDED = "purpose-ended"
    LAYOUT_CHANGED = "layout-changed"
    REMOTE_CONTROL = "remote-control"
    LIST_ACCEPTED = "list-accepted"
    """Somebody from IT agreed to a camera list that had been held back."""
    INCIDENT = "incident"
    """An officer noted one at a camera, or closed it."""
    SNAPSHOT = "snapshot"
    FAILURE = "failure"
    """A tile lost its picture."""
    LOST = "journal-lost"
    """The registry has entries of this post that this PC has not: what follows goes on after them."""
    REPAIRED = "journal-repaired"
    """The end of the file was torn off in a write, or the file was found changed."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is written down.

    Attributes:
        kind: see there.
        detail: what belongs to the kind; no secrets and no addresses.
        camera: the camera that it is about, by id; empty where it is about none or several.
    """

    kind: Kind
    detail: Mapping[str, Json]
    camera: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the last entry's number and hash."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an entry has besides its event.

    Attributes:
        id: a UUID of version 7.
        at_s: this PC's clock, seconds since 1970.
        officer: who is on duty, by id; empty where nobody has signed in.
    """

    id: str
    at_s: float
    officer: str = ""


class JournalError(ConsoleError):
    """An entry that does not follow on the one before."""


class JournalPort(Protocol):
    """Where the console writes things down."""

    def write(self, event: Event) -> None:
        """Keep an event; it must not wait for a disk."""

    def set_officer(self, officer: str) -> None:
        """Say who is on duty from now on, by id."""


class SpoolPort(Protocol):
    """What of the journal the registry does not have yet. Its calls wait for the disk."""

    @property
    def acknowledged_head(self) -> Head:
        """The last entry that the registry has."""

    def batch(self, most_lines: int, most_bytes: int) -> list[bytes]:
        """The next entries that it does not have, without line ends.

        Raises:
            OSError: the journal cannot be read.
        """

    def acknowledge(self, head: Head, signature: str) -> None:
        """The registry has everything up to this entry.

        Raises:
            OSError: that cannot be remembered.
        """

    def go_on_after(self, head: Head, signature: str) -> None:
        """The registry has a journal of this post up to this entry, and none of it is here: it was lost.

        Raises:
            OSError: what was written since cannot be moved behind it.
        """


def uuid7(at_s: float, chance: int) -> str:
    """A UUID of version 7: the time in milliseconds, then chance (RFC 9562, 5.7).

    Args:
        at_s: seconds since 1970.
        chance: `UUID7_CHANCE_BITS` drawn bits.
    """
    bits = int(at_s * 1000) << UUID7_CHANCE_BITS | chance
    bits = bits & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=bits & ~(0x3 << 62) | 0x2 << 62))


def entry_line(head: Head, event: Event, stamp: Stamp) -> tuple[bytes, Head]:
    """The line of the next entry, without a line's end, and the chain's new end."""
    entry: dict[str, Any] = {
        "id": stamp.id,
        "seq": head.seq + 1,
        "prev": head.hash,
        "at": rfc3339(stamp.at_s),
        "kind": event.kind.value,
        "detail": dict(event.detail),
    }
    entry |= {"officer_id": stamp.officer} if stamp.officer else {}
    entry |= {"camera_id": event.camera} if event.camera else {}
    digest = _digest(entry)
    return _canonical({**entry, "hash": digest}), Head(head.seq + 1, digest)


def follow(head: Head, line: bytes) -> Head:
    """The chain's end after one more line.

    Raises:
        JournalError: it is no entry, was changed, or is not the one that comes next.
    """
    entry = _parsed(line)
    if entry.get("seq") != head.seq + 1:
        raise JournalError(
            "entry {0} is not there: {1} follows {2}", head.seq + 1, str(entry.get("seq")), head.seq
        )
    if entry.get("prev") != head.hash:
        raise JournalError("entry {0} does not follow on entry {1}, which was changed", head.seq + 1, head.seq)
    digest = entry.pop("hash", None)
    if not isinstance(digest, str) or digest != _digest(entry):
        raise JournalError("entry {0} was changed after it was written", head.seq + 1)
    return Head(head.seq + 1, digest)


def relinked(head: Head, line: bytes) -> tuple[bytes, Head]:
    """An entry that was written at the end of another chain as the next one of this, and the chain's new end.

    Raises:
        JournalError: it is no entry.
    """
    entry = {**_parsed(line), "seq": head.seq + 1, "prev": head.hash}
    entry.pop("hash", None)
    digest = _digest(entry)
    return _canonical({**entry, "hash": digest}), Head(head.seq + 1, digest)


def canonical_line(entry: Mapping[str, Any]) -> bytes:
    """An entry as every journal writes it, without a line's end."""
    return _canonical(entry)


def first_head(line: bytes) -> Head:
    """The end of the chain before a line that need not be the first one.

    Raises:
        JournalError: it is no entry.
    """
    entry = _parsed(line)
    seq, before = entry.get("seq"), entry.get("prev")
    if not isinstance(seq, int) or seq < 1 or not isinstance(before, str) or not _HASH.fullmatch(before):
        raise JournalError("this is no entry of a journal")
    return Head(seq - 1, before)


def _parsed(line: bytes) -> dict[str, Any]:
    entry = None
    if len(line) <= LINE_MAX_BYTES:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
    if not isinstance(entry, dict):
        raise JournalError("this is no entry of a journal")
    return entry


def _digest(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(entry)).hexdigest()


def _canonical(entry: Mapping[str, Any]) -> bytes:
    """The one way to write an entry: keys in order, no spaces, UTF-8."""
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
