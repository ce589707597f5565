"""Four connects a second and site, and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.connect_pace import CONNECTS_PER_S, LATE_S, WINDOW_S, ConnectPace


def test_a_site_gets_four_connects_a_second() -> None:
    pace = ConnectPace()
    for _ in range(CONNECTS_PER_S):
        assert pace.allows("market", 10.0)
        pace.take("market", 10.0)
    assert not pace.allows("market", 9.99 + WINDOW_S)
    assert pace.allows("junction", 10.0), "each site has its own"
    assert pace.allows("market", 10.0 + WINDOW_S)


def test_what_hangs_takes_places_and_leaves_one_for_a_question() -> None:
    pace = ConnectPace()
    assert pace.allows("market", 10.0, hanging=2) and not pace.allows("market", 10.0, hanging=3)
    assert pace.may_ask("market", 10.0, hanging=3) and not pace.may_ask("market", 10.0, hanging=4)
    pace.take("market", 10.0)
    assert not pace.allows("market", 10.0, hanging=2)
    assert pace.may_ask("market", 10.0, hanging=2) and not pace.may_ask("market", 10.0, hanging=3)


def test_a_relay_is_asked_whatever_its_cameras_sites_have_been() -> None:
    assert ConnectPace().may_ask(None, 10.0, hanging=CONNECTS_PER_S)


def test_what_hung_counts_from_its_answer_on() -> None:
    pace = ConnectPace()
    for _ in range(CONNECTS_PER_S):
        pace.take("market", 10.0)
        pace.answered("market", 10.0, 11.0)
    assert not pace.allows("market", 10.0 + WINDOW_S), "they arrived at 11.0, not at 10.0"
    assert not pace.allows("market", 10.99 + WINDOW_S) and pace.allows("market", 11.0 + WINDOW_S)


def test_what_was_answered_soon_or_long_after_counts_once() -> None:
    pace = ConnectPace()
    pace.take("market", 10.0)
    pace.answered("market", 10.0, 10.0 + LATE_S / 2)
    assert pace.allows("market", 10.0 + WINDOW_S, hanging=2)
    pace.answered("market", 10.0, 20.0)
    assert not pace.allows("market", 20.0, hanging=2), "it had been forgotten, and arrives now"
    pace.answered(None, 10.0, 20.0)


def test_a_relay_needs_no_sparing() -> None:
    pace = ConnectPace()
    for _ in range(100):
        pace.take(None, 10.0)
        assert pace.allows(None, 10.0)


@given(st.lists(st.floats(0.0, 0.6), max_size=80))
def test_no_second_ever_holds_more(waits: list[float]) -> None:
    pace, now_s, taken = ConnectPace(), 0.0, []
    for wait_s in waits:
        now_s += wait_s
        if pace.allows("market", now_s):
            pace.take("market", now_s)
            taken.append(now_s)
    for begin_s in taken:
        assert sum(begin_s <= each < begin_s + WINDOW_S for each in taken) <= CONNECTS_PER_S
