"""The journal's chain: any change, gap or swap is found where it is, and by its number."""

from __future__ import annotations

import json
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.journal import (
    GENESIS,
    LINE_MAX_BYTES,
    UUID7_CHANCE_BITS,
    Event,
    Head,
    JournalError,
    Kind,
    Stamp,
    canonical_line,
    entry_line,
    first_head,
    follow,
    relinked,
    uuid7,
)

STAMP = Stamp("0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001", 1_764_000_000.25, "officer-7")
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
details = st.dictionaries(st.text(max_size=8), values, max_size=5)


@given(st.floats(0, 2**37), st.integers(0, 2**UUID7_CHANCE_BITS - 1))
def test_an_id_is_a_uuid_of_version_7_that_begins_with_its_time(at_s: float, chance: int) -> None:
    made = UUID(uuid7(at_s, chance))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == int(at_s * 1000)


def test_chance_makes_ids_of_one_moment_differ() -> None:
    assert uuid7(1.0, 1) != uuid7(1.0, 2)
    assert uuid7(1.0, 0) < uuid7(1.5, 0)


def a_chain(count: int) -> list[bytes]:
    head, lines = Head(), []
    for number in range(count):
        line, head = entry_line(head, Event(Kind.LAYOUT_CHANGED, {"layout": str(number)}), STAMP)
        lines.append(line)
    return lines


def follow_all(lines: list[bytes]) -> Head:
    head = Head()
    for line in lines:
        head = follow(head, line)
    return head


def test_an_entry_says_what_when_who_and_which() -> None:
    line, head = entry_line(
        Head(), Event(Kind.VIEW_STARTED, {"purpose": "incident", "tile": 3}, "camera-1"), STAMP
    )
    entry = json.loads(line)
    assert entry == {
        "id": STAMP.id,
        "seq": 1,
        "prev": GENESIS,
        "hash": head.hash,
        "at": "2025-11-24T16:00:00.250Z",
        "kind": "view-started",
        "officer_id": "officer-7",
        "camera_id": "camera-1",
        "detail": {"purpose": "incident", "tile": 3},
    }
    assert b"\n" not in line and b": " not in line


def test_who_is_not_known_is_not_named() -> None:
    line, _ = entry_line(Head(), Event(Kind.STARTED, {}), Stamp("id", 0.0))
    assert not {"officer_id", "camera_id"} & json.loads(line).keys()


@given(st.lists(details, min_size=1, max_size=6))
def test_a_chain_can_be_followed_whatever_is_in_it(written: list[dict[str, object]]) -> None:
    head, before = Head(), Head()
    for detail in written:
        line, head = entry_line(head, Event(Kind.SNAPSHOT, detail), STAMP)  # type: ignore[arg-type]
        assert first_head(line) == before
        before = follow(before, line)
        assert before == head


@pytest.mark.parametrize("place", range(5))
def test_an_edited_entry_is_named(place: int) -> None:
    lines = a_chain(5)
    lines[place] = lines[place].replace(b'"layout":"', b'"layout":"x')
    with pytest.raises(JournalError, match=f"^entry {place + 1} was changed"):
        follow_all(lines)


@pytest.mark.parametrize("place", range(4))
def test_an_entry_that_was_edited_with_its_hash_is_found_by_the_next_one(place: int) -> None:
    lines = a_chain(5)
    before = follow_all(lines[:place])
    lines[place], _ = entry_line(before, Event(Kind.LAYOUT_CHANGED, {"layout": "forged"}), STAMP)
    with pytest.raises(JournalError, match=f"^entry {place + 2} does not follow on entry {place + 1}"):
        follow_all(lines)


@pytest.mark.parametrize("place", range(4))
def test_an_entry_that_was_left_out_is_named(place: int) -> None:
    lines = a_chain(5)
    del lines[place]
    with pytest.raises(JournalError, match=f"^entry {place + 1} is not there: {place + 2} follows {place}"):
        follow_all(lines)


def test_swapped_entries_are_named() -> None:
    lines = a_chain(5)
    lines[2], lines[3] = lines[3], lines[2]
    with pytest.raises(JournalError, match=r"^entry 3 is not there: 4 follows 2"):
        follow_all(lines)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"[1]",
        b'{"seq":',
        b"[" * 100_000,
        b'{"detail":"' + b"x" * LINE_MAX_BYTES + b'"}',
    ],
)
def test_what_is_no_entry_is_refused(line: bytes) -> None:
    for read in (lambda: follow(Head(), line), lambda: first_head(line)):
        with pytest.raises(JournalError, match="this is no entry"):
            read()


@pytest.mark.parametrize("change", [{"seq": 0}, {"seq": "1"}, {"prev": "zz"}, {"prev": None}])
def test_a_first_line_without_a_place_in_a_chain_is_refused(change: dict[str, object]) -> None:
    entry = {**json.loads(a_chain(1)[0]), **change}
    with pytest.raises(JournalError, match="this is no entry"):
        first_head(json.dumps(entry).encode())


def test_a_journal_may_begin_with_any_entry() -> None:
    lines = a_chain(3)
    assert first_head(lines[1]) == Head(1, json.loads(lines[0])["hash"])


def test_an_entry_without_a_hash_was_changed() -> None:
    entry = json.loads(a_chain(1)[0])
    del entry["hash"]
    with pytest.raises(JournalError, match="entry 1 was changed"):
        follow(Head(), json.dumps(entry).encode())


def test_an_entry_is_linked_anew_behind_another_one_with_all_that_it_says() -> None:
    line, _ = entry_line(Head(), Event(Kind.SNAPSHOT, {"sign": "live"}), STAMP)
    before = Head(41, "a" * 64)
    again, head = relinked(before, line)
    assert follow(before, again) == head == Head(42, json.loads(again)["hash"])
    same = ("id", "at", "kind", "detail")
    assert [json.loads(again)[name] for name in same] == [json.loads(line)[name] for name in same]
    assert canonical_line(json.loads(again)) == again
    with pytest.raises(JournalError):
        relinked(before, b"no entry")
