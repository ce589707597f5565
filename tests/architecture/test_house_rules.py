"""The product keeps its own conventions, and the checks of them find what breaks them."""

from __future__ import annotations

import pytest

from app.core.backoff import RETRY
from app.core.failure import Reason
from tests.architecture import house_rules
from tests.architecture.import_rules import product_modules

MODULES = product_modules()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_keeps_the_house_rules(module: str) -> None:
    found = house_rules.all_findings(module, MODULES[module].read_text("utf-8"))
    assert not found, "\n".join(f"{MODULES[module]}:{line}: {what}" for line, what in found)


@pytest.mark.parametrize("reason", Reason)
def test_every_failure_has_a_retry_class(reason: Reason) -> None:
    assert reason in RETRY


@pytest.mark.parametrize("listed", [house_rules.LONG_FILES, house_rules.SPEAKERS])
def test_no_exception_outlives_its_module(listed: dict[str, str]) -> None:
    assert set(listed) <= set(MODULES)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("x = 1", "no module docstring"),
        ('"""."""\n' + "\n" * 400, "401 lines in a file"),
        ('"""."""\ndef f():\n' + "    x = 1\n" * 60, "61 lines in f"),
        ('"""."""\nprint("x")', "print()"),
        ('"""."""\ntry:\n    f()\nexcept:\n    f()', "bare except"),
        ('"""."""\nimport time\ntime.sleep(1)', "sleep()"),
        ('"""."""\nfrom time import sleep\nsleep(1)', "sleep()"),
        ('"""."""\napp.processEvents()', "processEvents"),
        ('"""."""\ncache = {}', "cache is a container at module level"),
        ('"""."""\nfound: list[int] = []', "found is a container at module level"),
        ('"""."""\nimport collections\nqueue = collections.deque()', "queue is a container at module level"),
        ('"""."""\nTABLE = {}\ndef f():\n    TABLE["x"] = 1', "TABLE is changed"),
        ('"""."""\nTABLE = []\ndef f():\n    TABLE.append(1)', "TABLE is changed"),
        ('"""."""\nTABLE = {}\ndef f():\n    del TABLE["x"]', "TABLE is changed"),
        ('"""."""\nCOUNT = 0\ndef f():\n    global COUNT', "global COUNT"),
        ('"""."""\n# TODO: later', "unfinished work"),
    ],
)
def test_a_broken_rule_is_found(source: str, what: str) -> None:
    assert what in [finding for _, finding in house_rules.all_findings("ui.planted", source)]


@pytest.mark.parametrize(
    "source",
    [
        '"""."""\nTABLE = {"a": 1}\nvalue = TABLE["a"]',
        '"""."""\nfrom typing import Final\nnames: Final = ["a"]',
        '"""."""\n__all__ = ["f"]',
        '"""."""\nPAIR = (1, 2)\ndef f():\n    found = []\n    found.append(1)\n    return found',
        '"""."""\ntry:\n    f()\nexcept ValueError:\n    g()',
    ],
)
def test_what_keeps_the_rules_passes(source: str) -> None:
    assert house_rules.all_findings("ui.planted", source) == []


def test_a_worker_may_sleep_and_a_command_may_print() -> None:
    assert house_rules.all_findings("app.video.planted", '"""."""\nimport time\ntime.sleep(1)') == []
    assert house_rules.all_findings("app.cli", '"""."""\nprint("x")') == []
