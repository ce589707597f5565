"""When something is due again."""

from __future__ import annotations

from app.core.due import Due

PERIOD_S = 0.5


def test_it_is_due_at_first_and_a_period_after_it_was_done() -> None:
    due = Due(PERIOD_S)
    assert due.is_due(100.0)
    due.done(100.0)
    assert [due.is_due(100.0 + passed_s) for passed_s in (0.0, 0.49, 0.5, 3.0)] == [False, False, True, True]


def test_a_clock_that_jumped_back_makes_nobody_wait() -> None:
    due = Due(PERIOD_S)
    due.done(100.0)
    assert due.is_due(99.0)
