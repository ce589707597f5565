"""All checks in their order, and one walk through them.

Runs on the command's main thread. A group is a subject of the contract; a new one is a module with a class like
the others, a name in `GROUPS` and a line in `_groups`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from app.conformance.access import AccessChecks
from app.conformance.audit import AuditChecks
from app.conformance.catalogue import CatalogueChecks
from app.conformance.duty import Duty
from app.conformance.heartbeats import HeartbeatChecks
from app.conformance.layouts import LayoutChecks
from app.conformance.leases import LeaseChecks
from app.conformance.records import read_catalogue
from app.conformance.shifts import ShiftChecks
from app.conformance.transport import TransportChecks
from app.conformance.verdict import Check, Evidence, Outcome, Result, SkippedError, UnmetError
from app.conformance.visit import Fact, Visit
from app.conformance.walls import WallChecks
from app.conformance.wire import Answer
from app.core.errors import RegistryError

GROUPS = ("transport", "access", "catalogue", "leases", "audit", "heartbeats", "shifts", "layouts", "walls")
"""In the order in which they are checked."""

_ABOUT_REACHING = "transport.answers"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a visit.

    Attributes:
        results: of every check that was asked for, in order.
        left: what could not be given back at its end, in sentences.
    """

    results: Sequence[Result]
    left: Sequence[str]

    def count(self, outcome: Outcome, group: str = "") -> int:
        """How many checks came out so, of a group or of all."""
        return sum(each.outcome is outcome and group in ("", each.group) for each in self.results)


def run_checks(visit: Visit, only: Collection[str], tell: Callable[[str, Sequence[Result]], None]) -> Verdict:
    """Make the checks and leave.

    Args:
        visit: to the registry.
        only: these groups; all of them where it is empty.
        tell: gets each group with its results as soon as it is through.
    """
    results: list[Result] = []
    left: list[str] = []
    try:
        for name, checks in _groups(visit).items():
            if not only or name in only:
                of_group = [_result(check, visit.meta) for check in checks]
                tell(name, of_group)
                results += of_group
    finally:
        left += visit.leave()
    return Verdict(results, left)


def _groups(visit: Visit) -> Mapping[str, Sequence[Check]]:
    duty = Duty(visit)
    catalogue = Fact("catalogue.snapshot", lambda: read_catalogue(visit))
    return {
        "transport": TransportChecks(visit).checks(),
        "access": AccessChecks(visit).checks(),
        "catalogue": CatalogueChecks(visit, catalogue).checks(),
        "leases": LeaseChecks(visit, catalogue).checks(),
        "audit": AuditChecks(visit).checks(),
        "heartbeats": HeartbeatChecks(visit).checks(),
        "shifts": ShiftChecks(visit).checks(),
        "layouts": LayoutChecks(visit, duty).checks(),
        "walls": WallChecks(visit, duty).checks(),
    }


def _result(check: Check, reached: Fact[Answer]) -> Result:
    """The verdict of one check; where nothing answers at all, the check of that alone fails."""
    try:
        if check.name != _ABOUT_REACHING:
            reached.need()
        check.run()
    except SkippedError as reason:
        return Result(check.name, check.wants, Outcome.SKIPPED, reason=str(reason))
    except UnmetError as unmet:
        return Result(
            check.name,
            check.wants,
            Outcome.FAILED,
            expected=unmet.expected,
            came=unmet.came,
            evidence=unmet.evidence,
        )
    except RegistryError as error:
        evidence = Evidence(code=error.code)
        return Result(
            check.name, check.wants, Outcome.FAILED, expected="an answer", came=str(error), evidence=evidence
        )
    return Result(check.name, check.wants, Outcome.PASSED)
