"""What a check is and what comes of it. Pure; any thread.

No attribute of a result ever holds what was sent or a value that came: operations, statuses, codes and the names
of fields are enough to find a fault, and a report is passed around.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.core.errors import ConsoleError


class Outcome(Enum):
    """What came of a check."""

    PASSED = "pass"
    FAILED = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on.

    Attributes:
        operation: `GET /v1/changes`, names in braces where the path has ids; empty where no request was made.
        status: of the answer; None where none came.
        code: the problem's code, if it was one.
        field: where in the answer.
    """

    operation: str = ""
    status: int | None = None
    code: str = ""
    field: str = ""


NO_EVIDENCE = Evidence()


class UnmetError(ConsoleError):
    """The registry does not do what the contract asks.

    Args:
        expected: what had to come, a clause.
        came: what came, a clause without any value of the answer.
        evidence: where that was seen.
    """

    def __init__(self, expected: str, came: str, evidence: Evidence = NO_EVIDENCE) -> None:
        super().__init__("expected {0}; came {1}", expected, came)
        self.expected = expected
        self.came = came
        self.evidence = evidence


class SkippedError(ConsoleError):
    """A check could not be made; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the contract.

    Attributes:
        name: `catalogue.etag-304`; its group is what stands before the dot.
        wants: what the contract asks, one sentence.
        run: finds out; raises `UnmetError` or `SkippedError`.
    """

    name: str
    wants: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Result:
    """A check and its verdict.

    Attributes:
        name: of the check.
        wants: what the contract asks.
        outcome: see there.
        reason: why it was skipped.
        expected: what had to come, where it failed.
        came: what came instead.
        evidence: where that was seen.
    """

    name: str
    wants: str
    outcome: Outcome
    reason: str = ""
    expected: str = ""
    came: str = ""
    evidence: Evidence = NO_EVIDENCE

    @property
    def group(self) -> str:
        """The subject that it belongs to."""
        return self.name.partition(".")[0]
