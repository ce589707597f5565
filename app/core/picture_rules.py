"""The rules of the picture's hints, and how long a measurement must be bad before it is a finding.

Runs on the console's thread. Pure: no Qt, no I/O, no clock; `picture_watch.py` says what is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core.hints import Hint


@dataclass(frozen=True, slots=True)
class Rule:
    """When a measurement becomes a finding, and when that is over again; both in the hint's unit."""

    hint: Hint
    limit: float
    over_at: float
    """Where a finding begins to end: on the good side of `limit`, so that it does not flicker."""
    hold_s: float
    """How long every sample must be beyond `limit`."""
    release_s: float
    """How long every sample must be back at `over_at`."""
    explains_rest: bool = False
    """Whether the later rules of the table have no finding while this one has."""

    def is_broken(self, measured: float) -> bool:
        """Whether a measurement is beyond the limit."""
        return measured >= self.limit if self._is_ceiling else measured < self.limit

    def is_over(self, measured: float) -> bool:
        """Whether a measurement is so good that a finding may end."""
        return measured < self.over_at if self._is_ceiling else measured >= self.over_at

    @property
    def _is_ceiling(self) -> bool:
        return self.over_at < self.limit


BLACK = Rule(Hint.BLACK, limit=0.98, over_at=0.95, hold_s=5.0, release_s=2.0, explains_rest=True)
MOVED = Rule(Hint.MOVED, limit=0.4, over_at=0.5, hold_s=20.0, release_s=3.0, explains_rest=True)
BLURRED = Rule(Hint.BLURRED, limit=0.4, over_at=0.5, hold_s=60.0, release_s=3.0)
NOISY = Rule(Hint.NOISY, limit=3.0, over_at=2.5, hold_s=10.0, release_s=3.0)
UNCHANGED = Rule(Hint.UNCHANGED, limit=0.001, over_at=0.001, hold_s=45.0, release_s=0.0)
"""What this can honestly mean: from each sample to the next, no more changed than coding changes. Measured: a
frozen picture that is encoded anew changes by 0.00008 to 0.0009 (with a starved encoder by more: no hint), a live
noisy night by 0.0011 or more, but a live denoised night by 0.00003 at most: it gets the hint, too, and so may a
lone walker far off. It is never a verdict."""
RULES = (BLACK, MOVED, BLURRED, NOISY, UNCHANGED)
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Samples in a row that broke one rule."""

    since_s: float
    measured: float
    """By the last sample."""
    held_s: float = 0.0
    is_found: bool = False
    eased_s: float = 0.0
    """Once found: for how long it has been over."""


Streaks = tuple[Streak | None, ...]
"""One for each of `RULES`; None where the last sample kept the rule."""

NO_STREAKS: Streaks = (None,) * len(RULES)


def advance(streaks: Streaks, readings: Mapping[Hint, float | None], passed_s: float, now_s: float) -> Streaks:
    """The streaks after one more sample.

    Args:
        streaks: as they were.
        readings: what the sample measured; a hint of which it says nothing is None or absent, and stays as it was.
        passed_s: for how long the sample vouches, seconds.
        now_s: monotonic seconds.
    """
    advanced: list[Streak | None] = []
    is_explained = False
    for rule, streak in zip(RULES, streaks, strict=True):
        after = None if is_explained else _step(rule, streak, readings.get(rule.hint), passed_s, now_s)
        advanced.append(after)
        is_explained = is_explained or (rule.explains_rest and after is not None and after.is_found)
    return tuple(advanced)


def _step(
    rule: Rule, streak: Streak | None, measured: float | None, passed_s: float, now_s: float
) -> Streak | None:
    if measured is None:
        return streak
    if streak is None:
        return Streak(now_s, measured) if rule.is_broken(measured) else None
    if streak.is_found:
        return _ease(rule, streak, measured, passed_s)
    return _hold(rule, streak, measured, passed_s)


def _hold(rule: Rule, streak: Streak, measured: float, passed_s: float) -> Streak | None:
    """A suspicion grows, or one good sample ends it."""
    if not rule.is_broken(measured):
        return None
    held_s = streak.held_s + passed_s
    return replace(streak, measured=measured, held_s=held_s, is_found=held_s >= rule.hold_s)


def _ease(rule: Rule, streak: Streak, measured: float, passed_s: float) -> Streak | None:
    """A finding stays until it has been over for long enough."""
    if not rule.is_over(measured):
        return replace(streak, measured=measured, eased_s=0.0)
    eased_s = streak.eased_s + passed_s
    return None if eased_s >= rule.release_s else replace(streak, measured=measured, eased_s=eased_s)
