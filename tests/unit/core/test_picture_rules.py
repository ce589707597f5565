"""From bad samples to a finding and back, as a table: each rule alone, and the worse one that hides the others."""

from __future__ import annotations

import pytest

from app.core.hints import Hint
from app.core.picture_rules import (
    BLACK,
    BLURRED,
    MOVED,
    NO_STREAKS,
    NOISY,
    RULES,
    UNCHANGED,
    Rule,
    Streaks,
    advance,
)

GOOD = {Hint.BLACK: 0.1, Hint.MOVED: 0.9, Hint.BLURRED: 1.0, Hint.NOISY: 1.0, Hint.UNCHANGED: 0.02}
BAD = {Hint.BLACK: 0.99, Hint.MOVED: 0.1, Hint.BLURRED: 0.2, Hint.NOISY: 5.0, Hint.UNCHANGED: 0.0005}
BETWEEN = {Hint.BLACK: 0.96, Hint.MOVED: 0.45, Hint.BLURRED: 0.45, Hint.NOISY: 2.7}
"""Kept, but not yet over."""


class Run:
    """Samples at 1 Hz."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.streaks: Streaks = NO_STREAKS

    def see(self, readings: dict[Hint, float | None], times: int = 1) -> list[Hint]:
        """The hints found after so many samples."""
        for _ in range(times):
            self.streaks = advance(self.streaks, readings, 1.0, self.now_s)
            self.now_s += 1.0
        return self.found

    @property
    def found(self) -> list[Hint]:
        return [rule.hint for rule, streak in zip(RULES, self.streaks, strict=True) if streak and streak.is_found]


def one(rule: Rule, readings: dict[Hint, float]) -> dict[Hint, float | None]:
    return {rule.hint: readings[rule.hint]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.hint.value)
def test_a_finding_takes_the_rules_time_of_bad_samples(rule: Rule) -> None:
    run = Run()
    assert run.see(one(rule, BAD), int(rule.hold_s)) == []
    assert run.see(one(rule, BAD)) == [rule.hint]
    streak = run.streaks[RULES.index(rule)]
    assert streak is not None and streak.since_s == 100.0, "it began with the first of them"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.hint.value)
def test_one_good_sample_starts_it_anew(rule: Rule) -> None:
    run = Run()
    run.see(one(rule, BAD), int(rule.hold_s))
    run.see(one(rule, GOOD))
    assert run.see(one(rule, BAD), int(rule.hold_s)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.hint.value)
def test_a_sample_that_says_nothing_changes_nothing(rule: Rule) -> None:
    run = Run()
    run.see(one(rule, BAD), int(rule.hold_s))
    before = run.streaks
    assert run.see({rule.hint: None}) == [] and run.see({}) == [] and run.streaks == before
    assert run.see(one(rule, BAD)) == [rule.hint]


@pytest.mark.parametrize("rule", [BLACK, MOVED, BLURRED, NOISY], ids=lambda rule: rule.hint.value)
def test_a_finding_ends_when_it_has_been_clearly_over_for_a_while(rule: Rule) -> None:
    run = Run()
    run.see(one(rule, BAD), int(rule.hold_s) + 1)
    assert run.see(one(rule, BETWEEN), 100) == [rule.hint]
    assert run.see(one(rule, GOOD), int(rule.release_s) - 1) == [rule.hint]
    run.see(one(rule, BETWEEN))
    assert run.see(one(rule, GOOD), int(rule.release_s) - 1) == [rule.hint], "what counts is the time in a row"
    assert run.see(one(rule, GOOD)) == []


def test_unchanged_ends_with_the_first_change() -> None:
    run = Run()
    assert run.see(one(UNCHANGED, BAD), 46) == [Hint.UNCHANGED]
    assert run.see(one(UNCHANGED, GOOD)) == []


@pytest.mark.parametrize(
    ("rule", "without_it"), [(BLACK, [Hint.MOVED]), (MOVED, [Hint.BLURRED, Hint.NOISY, Hint.UNCHANGED])]
)
def test_what_explains_the_rest_hides_it(rule: Rule, without_it: list[Hint]) -> None:
    run = Run()
    later = {other.hint: BAD[other.hint] for other in RULES[RULES.index(rule) + 1 :]}
    assert run.see({**later}, 61) == without_it
    assert run.see({**later, rule.hint: BAD[rule.hint]}, int(rule.hold_s) + 1) == [rule.hint]
    assert run.see({**later, rule.hint: GOOD[rule.hint]}, int(rule.release_s)) == [], "they are found anew"


def test_a_finding_goes_by_the_last_measurement() -> None:
    run = Run()
    run.see(one(NOISY, BAD), 11)
    run.see({Hint.NOISY: 4.25})
    streak = run.streaks[RULES.index(NOISY)]
    assert streak is not None and streak.measured == 4.25


@pytest.mark.parametrize(
    ("rule", "measured", "is_broken", "is_over"),
    [
        (BLACK, 0.98, True, False),
        (BLACK, 0.95, False, False),
        (BLACK, 0.9499, False, True),
        (BLURRED, 0.4, False, False),
        (BLURRED, 0.3999, True, False),
        (BLURRED, 0.5, False, True),
        (UNCHANGED, 0.001, False, True),
        (UNCHANGED, 0.0009, True, False),
    ],
)
def test_limits(rule: Rule, measured: float, is_broken: bool, is_over: bool) -> None:
    assert (rule.is_broken(measured), rule.is_over(measured)) == (is_broken, is_over)
