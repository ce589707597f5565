"""What cannot be done is said in one line at the prompt, at once, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.odd_camera import closed_port
from tests.support.product import ROOT, running_product, shared_memory

ONE_TILE = ("--headless", "--tiles", "1", "--for", "1")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("demo", "--headless", "--surface", "direct"), "--surface direct needs a display"),
        (("demo", *ONE_TILE, "--surface", "glass"), "'glass' is none of auto, shared, direct"),
        (("demo", *ONE_TILE, "--profile", "third"), "'third' is none of auto, sub, main"),
        (("demo", *ONE_TILE, "--layout", "1+99"), "no layout 1+99"),
        (("demo", "--headless", "--layout", "4", "--tiles", "9"), "layout 4 has 4 tiles, not 9"),
        (("demo", "--headless", "--tiles", "65"), "'65' is no number from 1 to 64"),
        (("demo", "--headless", "--tiles", "0"), "'0' is no number from 1 to 64"),
        (("demo", *ONE_TILE, "--size", "large"), "'large' is no size"),
        (("demo", *ONE_TILE, "--size", "99999x99999"), "99999x99999"),
        (("demo", "--headless", "--for", "soon"), "'soon' is no time in seconds"),
        (("demo", "--headless", "--for", "-1"), "'-1' is no time in seconds"),
        (("demo", *ONE_TILE, "--report", "no-such-folder/r.json"), "no-such-folder"),
        (("demo", *ONE_TILE, "--screenshot", "no-such-folder/s.png"), "no-such-folder"),
        (("demo",), "there is no display"),
        (("run", "--headless"), "--registry"),
        (("run", "--headless", "--registry", "http://registry.example"), "https://"),
        (("registry", "serve", "--data", "no-such-folder/registry.sqlite"), "no-such-folder"),
        ((), "COMMAND"),
    ],
    ids=lambda value: " ".join(value[-2:]) if isinstance(value, tuple) else "",
)
def test_a_wrong_command_line_is_one_line_and_exit_2(tmp_path: Path, words: tuple[str, ...], named: str) -> None:
    before = shared_memory()
    with running_product(tmp_path, words) as product:
        ended = product.wait()
        product.wait_family_gone()
        assert not product.left_files()
    assert ended.code == 2
    assert ended.output == ""
    assert len(ended.complaints) == 1, ended.errors
    assert named in ended.errors
    assert shared_memory() <= before


def test_a_report_that_cannot_be_written_is_said_when_the_wall_has_ended(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with running_product(tmp_path, ["demo", *ONE_TILE, "--report", str(tmp_path / "report.json")]) as product:
        ended = product.wait()
    assert ended.code == 2
    assert "Traceback" not in ended.errors
    assert f"the report cannot be written to {tmp_path / 'report.json'}" in ended.complaints[-1]


def test_an_unreachable_registry_is_named(tmp_path: Path) -> None:
    with closed_port() as port:
        words = ["run", "--headless", "--registry", f"http://127.0.0.1:{port}", "--enrol", "ABCD-EFGH"]
        with running_product(tmp_path, words) as product:
            ended = product.wait()
    assert ended.code == 2
    assert f"127.0.0.1:{port}" in ended.complaints[-1]
    assert "refuses connections" in ended.complaints[-1]
    assert "Traceback" not in ended.errors


def test_a_reader_that_has_read_enough_is_no_fault(tmp_path: Path) -> None:
    command = f"{sys.executable} -m ui.main config show --json | true"
    words = ["bash", "-c", command]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stderr == ""
