"""A week of scheduled hours: which entry holds now, when that changes, and which ones overlap. Pure.

Weeks are those of Asia/Jakarta, which has been seven hours ahead of UTC without summer time since 1964 (the tz
database): every week has the same length, and no system has to know the zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

TIME_ZONE = "Asia/Jakarta"
_AHEAD_OF_UTC_S = 7 * 3600
_FIRST_MONDAY_S = 4 * 86_400
"""1970 began on a Thursday."""
_DAY_S = 86_400
_WEEK_S = 7 * _DAY_S
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Hours(Protocol):
    """Some hours of some days; an end that is not after the start is on the next day."""

    @property
    def days(self) -> Sequence[str]:
        """The days on which they begin, `mon` to `sun`."""

    @property
    def starts(self) -> str:
        """When they begin, `HH:MM`."""

    @property
    def ends(self) -> str:
        """When they end, `HH:MM`."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two entries, counted from 1, that both hold at one time."""

    first: int
    second: int
    day: str
    time: str


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """Hours of one day, in seconds since Monday's beginning; the last ones of Sunday may end after the week."""

    start_s: int
    end_s: int
    position: int


def first_overlap(entries: Sequence[Hours]) -> Overlap | None:
    """Two entries that both hold at one time, if there are such."""
    for span, later in pairwise(sorted(_within_week(entries))):
        if later.start_s < span.end_s:
            first, second = sorted((span.position + 1, later.position + 1))
            day, second_of_day = divmod(later.start_s, _DAY_S)
            time = f"{second_of_day // 3600:02}:{second_of_day // 60 % 60:02}"
            return Overlap(first, second, _DAYS[day], time)
    return None


def present_entry(entries: Sequence[Hours], now_s: float) -> int | None:
    """The position of the entry that holds now.

    Args:
        entries: they do not overlap.
        now_s: the wall clock, seconds since 1970.
    """
    at_s = _second_of_week(now_s)
    return next((span.position for span in _within_week(entries) if span.start_s <= at_s < span.end_s), None)


def next_border_in_s(entries: Sequence[Hours], now_s: float) -> float | None:
    """Seconds until an entry begins or ends; None where there is no entry."""
    at_s = _second_of_week(now_s)
    borders = {edge for span in _spans(entries) for edge in (span.start_s, span.end_s)}
    return min(((edge - at_s) % _WEEK_S or _WEEK_S for edge in borders), default=None)


def _spans(entries: Sequence[Hours]) -> Iterator[_Span]:
    for position, entry in enumerate(entries):
        start_s, end_s = _second_of_day(entry.starts), _second_of_day(entry.ends)
        for day in entry.days:
            begin_s = _DAYS.index(day) * _DAY_S + start_s
            yield _Span(begin_s, begin_s + ((end_s - start_s) % _DAY_S or _DAY_S), position)


def _within_week(entries: Sequence[Hours]) -> Iterator[_Span]:
    """The spans; what goes on after Sunday's end is cut off and begins the week."""
    for span in _spans(entries):
        yield replace(span, end_s=min(span.end_s, _WEEK_S))
        if span.end_s > _WEEK_S:
            yield _Span(0, span.end_s - _WEEK_S, span.position)


def _second_of_day(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 3600 + int(minutes) * 60


def _second_of_week(now_s: float) -> float:
    return (now_s + _AHEAD_OF_UTC_S - _FIRST_MONDAY_S) % _WEEK_S
