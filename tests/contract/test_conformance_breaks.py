"""Every check of the conformance suite can fail: a registry that does one thing wrong is found out, by the check
that is named for it and, as some of each group show, by no other group. All groups over all registries would take
minutes, and the answer depends on the group only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conformance_kit import SOUND, BreakableRegistry, checked_registry, visit

from app.conformance.verdict import Outcome, Result
from tests.support.registry_breaks import BREAKS
from tests.support.wrong_registry import Break

WAITING = ("catalogue.wait", "walls.waits")
FOUND_ELSEWHERE = {"transport.answers", "transport.tls-version", "transport.no-plain-http"}
"""By the tests over HTTPS (`test_conformance_tls.py`)."""


@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_what_is_wrong_is_found_by_the_check_named_for_it(
    breakable: BreakableRegistry, tmp_path: Path, broken: Break
) -> None:
    failed = failures(breakable, tmp_path, broken, (group_of(broken),))
    assert broken.check in failed, {name: each.came for name, each in failed.items()}
    found = failed[broken.check]
    assert found.expected and found.came and found.evidence.operation


@pytest.mark.parametrize("broken", BREAKS[::8], ids=str)
def test_what_is_wrong_is_found_by_no_other_group(
    breakable: BreakableRegistry, tmp_path: Path, broken: Break
) -> None:
    failed = failures(breakable, tmp_path, broken, ())
    assert {each.group for each in failed.values()} == {group_of(broken)}, set(failed)


def test_between_two_breaks_the_registry_is_sound(breakable: BreakableRegistry) -> None:
    assert breakable.visit_with(BREAKS[-1], [group_of(BREAKS[-1])]).count(Outcome.FAILED) > 0
    assert breakable.visit_with(SOUND).count(Outcome.FAILED) == 0


def failures(breakable: BreakableRegistry, folder: Path, broken: Break, only: Sequence[str]) -> dict[str, Result]:
    """The checks that failed at a registry with something wrong; one with a wound is its own."""
    wait_s = 1 if broken.check in WAITING else 0
    if broken.wound:
        with checked_registry(folder, broken) as registry:
            verdict = visit(registry, only, wait_s=wait_s)
    else:
        verdict = breakable.visit_with(broken, only, wait_s=wait_s)
    return {each.name: each for each in verdict.results if each.outcome is Outcome.FAILED}


def group_of(broken: Break) -> str:
    """The group of the check that is named for it."""
    return broken.check.partition(".")[0]


def test_every_check_has_something_that_it_finds(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        every = {each.name for each in visit(registry).results}
    assert every - FOUND_ELSEWHERE == {broken.check for broken in BREAKS}
