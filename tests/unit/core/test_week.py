"""Scheduled hours: against a plain look at every minute of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.week import first_overlap, next_border_in_s, present_entry

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JAKARTA = timezone(timedelta(hours=7))
WEEK_MIN = 7 * 24 * 60
MONDAY_S = datetime(2026, 11, 23, tzinfo=JAKARTA).timestamp()


@dataclass(frozen=True)
class Entry:
    days: tuple[str, ...]
    starts: str
    ends: str

    def minutes(self) -> list[int]:
        """Every minute of the week in which it holds."""
        start, end = (int(text[:2]) * 60 + int(text[3:]) for text in (self.starts, self.ends))
        length = end - start if end > start else end - start + 24 * 60
        begins = [DAYS.index(day) * 24 * 60 + start for day in self.days]
        return [(begin + minute) % WEEK_MIN for begin in begins for minute in range(length)]


times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
entries = st.builds(Entry, st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple), times, times)


def holders(given_entries: list[Entry]) -> dict[int, list[int]]:
    """Which entries hold in each minute of the week in which any does."""
    found: dict[int, list[int]] = {}
    for position, entry in enumerate(given_entries):
        for minute in entry.minutes():
            found.setdefault(minute, []).append(position)
    return found


@given(st.lists(entries, max_size=4))
def test_overlap_is_found_where_two_entries_hold_at_one_minute(given_entries: list[Entry]) -> None:
    held = holders(given_entries)
    overlap = first_overlap(given_entries)
    assert (overlap is not None) == any(len(positions) > 1 for positions in held.values())
    if overlap:
        minute = DAYS.index(overlap.day) * 24 * 60 + int(overlap.time[:2]) * 60 + int(overlap.time[3:])
        assert {overlap.first - 1, overlap.second - 1} <= set(held[minute])


@given(st.lists(entries, max_size=3), st.integers(0, WEEK_MIN - 1), st.integers(0, 59))
def test_entry_holds_in_its_minutes_until_the_next_border(
    given_entries: list[Entry], minute: int, second: int
) -> None:
    held = holders(given_entries)
    if any(len(positions) > 1 for positions in held.values()):
        return
    now_s = MONDAY_S + minute * 60 + second
    here = held.get(minute, [None])[0]
    assert present_entry(given_entries, now_s) == here
    border_in_s = next_border_in_s(given_entries, now_s)
    assert (border_in_s is None) == (not given_entries)
    if border_in_s is not None:
        assert 0 < border_in_s <= WEEK_MIN * 60
        assert present_entry(given_entries, now_s + border_in_s - 1) == here
        edges = {edge % WEEK_MIN for entry in given_entries for edge in edges_of(entry)}
        assert (minute * 60 + second + border_in_s) / 60 % WEEK_MIN in edges


NIGHT = Entry(("sun",), "22:00", "06:00")
MORNING = Entry(("mon", "tue"), "06:00", "12:00")


def test_hours_after_sundays_midnight_are_mondays() -> None:
    assert present_entry([MORNING, NIGHT], MONDAY_S + 5 * 3600) == 1
    assert next_border_in_s([MORNING, NIGHT], MONDAY_S + 5 * 3600) == 3600
    assert present_entry([MORNING, NIGHT], MONDAY_S + 6 * 3600) == 0
    assert first_overlap([MORNING, NIGHT]) is None


def test_an_overlap_is_named_by_its_entries_day_and_time() -> None:
    overlap = first_overlap([Entry(("tue",), "11:30", "13:00"), MORNING])
    assert overlap is not None
    assert (overlap.first, overlap.second, overlap.day, overlap.time) == (1, 2, "tue", "11:30")


def edges_of(entry: Entry) -> list[int]:
    """The minutes at which it begins and ends."""
    start, end = (int(text[:2]) * 60 + int(text[3:]) for text in (entry.starts, entry.ends))
    length = end - start if end > start else end - start + 24 * 60
    return [DAYS.index(day) * 24 * 60 + at for day in entry.days for at in (start, start + length)]


@pytest.mark.parametrize("when", ["1970-01-01T00:00", "2026-11-26T05:00", "2026-12-31T23:59", "2028-02-29T16:59"])
def test_hours_are_those_of_jakarta_all_year(when: str) -> None:
    at = datetime.fromisoformat(when).replace(tzinfo=UTC)
    local = at.astimezone(JAKARTA)
    hour = Entry((DAYS[local.weekday()],), f"{local:%H}:00", f"{(local.hour + 1) % 24:02}:00")
    assert present_entry([hour], at.timestamp()) == 0
    assert present_entry([hour], at.timestamp() + 3600) is None
    assert present_entry([hour], at.timestamp() + 7 * 24 * 3600) == 0
