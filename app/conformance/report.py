"""What is told of a visit: lines for a person at a prompt, and JSON for a machine. Pure.

Neither ever holds a token, a code, a PIN, a camera's secret or any other value that came (`verdict.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from app.conformance.suite import Verdict
from app.conformance.verdict import Evidence, Outcome, Result

_NAME_WIDTH = 12


def group_line(name: str, results: Sequence[Result]) -> str:
    """One line about a group."""
    return f"{name:<{_NAME_WIDTH}}{_counts(results)}"


def closing_lines(verdict: Verdict) -> Iterator[str]:
    """What was skipped and why, then what failed, then the sum: the last lines are those that matter."""
    skipped = [each for each in verdict.results if each.outcome is Outcome.SKIPPED]
    failed = [each for each in verdict.results if each.outcome is Outcome.FAILED]
    if skipped:
        yield from ("", "Skipped")
        width = max(len(each.name) for each in skipped)
        yield from (f"  {each.name:<{width}}  {each.reason}" for each in skipped)
    if failed:
        yield from ("", "Failed")
        for each in failed:
            yield from _failure(each)
    yield ""
    yield from (f"Left behind: {each}." for each in verdict.left)
    yield f"{len(verdict.results)} checks: {_counts(verdict.results)}"


def report_json(verdict: Verdict, url: str, contract: str, version: str) -> str:
    """Everything as one JSON text.

    Args:
        verdict: what came of the visit.
        url: the registry's address.
        contract: the version that it was held to.
        version: of this program.
    """
    report = {
        "registry": url,
        "contract": contract,
        "pantau": version,
        "counts": {outcome.value: verdict.count(outcome) for outcome in Outcome},
        "left_behind": list(verdict.left),
        "checks": [_as_json(each) for each in verdict.results],
    }
    return json.dumps(report, indent=2) + "\n"


def _counts(results: Sequence[Result]) -> str:
    words = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.SKIPPED: "skipped"}
    counted = ((sum(each.outcome is outcome for each in results), word) for outcome, word in words.items())
    return ", ".join(f"{count} {word}" for count, word in counted if count) or "nothing checked"


def _failure(result: Result) -> Iterator[str]:
    yield f"  {result.name}"
    yield f"    contract  {result.wants}"
    yield f"    expected  {result.expected}"
    yield f"    came      {result.came}"
    seen = _seen(result.evidence)
    if seen:
        yield f"    seen in   {seen}"


def _seen(evidence: Evidence) -> str:
    answered = f"{evidence.status} {evidence.code}".rstrip() if evidence.status else ""
    parts = (evidence.operation, answered, evidence.field)
    return " → ".join(part for part in parts if part)


def _as_json(result: Result) -> dict[str, object]:
    evidence = result.evidence
    return {
        "id": result.name,
        "group": result.group,
        "contract": result.wants,
        "result": result.outcome.value,
        "reason": result.reason,
        "expected": result.expected,
        "came": result.came,
        "evidence": {
            "operation": evidence.operation,
            "status": evidence.status,
            "code": evidence.code,
            "field": evidence.field,
        },
    }
