"""Every check of the conformance suite can fail: a registry that does one thing wrong is found out, by the check
that is named for it and by no other group."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance_kit import checked_registry, visit

from app.conformance.verdict import Outcome
from tests.support.registry_breaks import BREAKS
from tests.support.wrong_registry import Break

FOUND_ELSEWHERE = {"transport.answers", "transport.tls-version", "transport.no-plain-http"}
"""By the tests over HTTPS (`test_conformance_tls.py`)."""


@pytest.mark.parametrize("broken", BREAKS, ids=str)
def test_what_is_wrong_is_found_by_its_check_and_by_no_other_group(tmp_path: Path, broken: Break) -> None:
    with checked_registry(tmp_path, broken) as registry:
        verdict = visit(registry, wait_s=1 if broken.check == "catalogue.wait" else 0)
    failed = {each.name: each for each in verdict.results if each.outcome is Outcome.FAILED}
    assert broken.check in failed, {name: each.came for name, each in failed.items()}
    assert {each.group for each in failed.values()} == {broken.check.partition(".")[0]}, set(failed)
    found = failed[broken.check]
    assert found.expected and found.came and found.evidence.operation


def test_every_check_has_something_that_it_finds(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        every = {each.name for each in visit(registry).results}
    assert every - FOUND_ELSEWHERE == {broken.check for broken in BREAKS}
