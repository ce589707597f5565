"""Walls of posts as a chief sees and directs them: what they report, what is wanted of them, their week. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.core.remote import Author, WallDesired, WallReport, Wanted
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence

LOST_AFTER_S = 90.0
"""Without a report for so long (three heartbeats) a console counts as lost: it may show anything by now."""


@dataclass(frozen=True, slots=True)
class PostWall:
    """A wall, as its post reported it last.

    Attributes:
        id: the wall's.
        post_name: what the registry calls its post.
        name: what the post calls the wall; empty where that is nothing of its own.
        revision: of the report.
        report: see there; its answer's reason is in the post's words.
        told_s: when it was reported, monotonic seconds.
    """

    id: str
    post_name: str
    name: str
    revision: int
    report: WallReport
    told_s: float

    @property
    def title(self) -> str:
        """What a person calls it."""
        return f"{self.post_name} · {self.name}" if self.name else self.post_name

    def age_s(self, now_s: float) -> float:
        """How long ago it was reported."""
        return max(0.0, now_s - self.told_s)

    def is_lost(self, now_s: float) -> bool:
        """Whether its console has not been heard of for so long that what it shows is not known."""
        return self.age_s(now_s) >= LOST_AFTER_S


class Day(StrEnum):
    """A day of the week, in its order."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


@dataclass(frozen=True, slots=True)
class Hours:
    """A layout for some hours of some days; an end that is not after the start is on the next day.

    Attributes:
        days: on which they begin.
        starts, ends: `HH:MM`.
        monitor: from 1.
        layout: what is shown then.
    """

    days: tuple[Day, ...]
    starts: str
    ends: str
    monitor: int
    layout: SavedLayout


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of a wall.

    Attributes:
        revision: rises with each change; 0 before the first.
        entries: in no order of their own.
        author: who changed it last.
        changed_s: when, seconds since 1970.
    """

    revision: int = 0
    entries: tuple[Hours, ...] = ()
    author: Author | None = None
    changed_s: float | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody was there first.

    Attributes:
        revision: what is there instead of what was seen.
        author: who made it; None where it came about by itself.
        changed_s: when, seconds since 1970; None where nothing was ever set.
    """

    revision: int
    author: Author | None = None
    changed_s: float | None = None


# ---- what a chief asks


@dataclass(frozen=True, slots=True)
class OrderWall:
    """Make a wall show something.

    Attributes:
        wall: its id.
        seen: the revision of what is wanted that the chief has seen.
        monitor: on which of its monitors.
        wanted: see there.
        lasts_s: for how long; None until it is taken back.
        message: to the post.
    """

    wall: str
    seen: int
    monitor: int
    wanted: Wanted
    lasts_s: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take an order back."""

    wall: str
    seen: int


@dataclass(frozen=True, slots=True)
class SetWeek:
    """Change a wall's hours."""

    wall: str
    seen: int
    entries: tuple[Hours, ...]


ChiefRequest = OrderWall | TakeBack | SetWeek


# ---- what comes back, as messages


@dataclass(frozen=True, slots=True)
class WallsListed:
    """All walls that the chief directs, or why they are not known."""

    walls: Mapping[str, PostWall]
    problem: Sentence | None = None


@dataclass(frozen=True, slots=True)
class WallSeen:
    """The wall that is looked at has reported."""

    wall: PostWall


@dataclass(frozen=True, slots=True)
class WantedSeen:
    """What a wall is to show, now, and its hours."""

    wall: str
    desired: WallDesired
    week: Week


@dataclass(frozen=True, slots=True)
class ChiefAnswered:
    """What became of a request.

    Attributes:
        request: it.
        problem: why it was not carried out; None where it was.
        conflict: who was first, where that is why.
    """

    request: ChiefRequest
    problem: Sentence | None = None
    conflict: Conflict | None = None


ChiefMessage = WallsListed | WallSeen | WantedSeen | ChiefAnswered


class ChiefPort(Protocol):
    """The walls of posts at the registry. Calls never wait; `ChiefMessage`s follow."""

    def look(self, wall: str | None) -> None:
        """List the walls every few seconds from now on, and follow that one closely; None: look no more."""

    def send(self, request: ChiefRequest) -> None:
        """Ask for something; `ChiefAnswered` follows."""
