"""`pantau config`: each value with who has set it, as a table and as JSON; the templates for group policy."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from app import cli
from app.cli import WallRequest
from app.config import settings_book
from app.config.folders import settings_folder
from app.config.settings_files import machine_layers
from app.config.settings_table import TABLE


def no_wall(_: WallRequest) -> NoReturn:
    raise AssertionError("no wall was asked for")


@pytest.fixture
def etc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings_book, "machine_layers", lambda: machine_layers(tmp_path))
    return tmp_path


files_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has the registry where others have /etc")


@files_only
def test_every_setting_is_shown_with_its_value_and_source(etc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (etc / "policy.json").write_text('{"look.theme": "contrast"}', "utf-8")
    own = settings_folder() / "settings.json"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('{"registry.url": "https://registry.example"}', "utf-8")
    assert cli.main(["config", "show"], no_wall) == 0
    lines = {line.split()[0]: line.split(maxsplit=2)[1:] for line in capsys.readouterr().out.splitlines()}
    assert list(lines) == [setting.key for setting in TABLE]
    assert lines["look.theme"] == ['"contrast"', f"policy of the PC ({etc / 'policy.json'})"]
    assert lines["registry.url"] == ['"https://registry.example"', f"officer ({own})"]
    assert lines["look.language"] == ['"en"', "environment"], "the tests' own"
    assert lines["lock.idle_min"] == ["15", "default"]


@files_only
def test_as_json_it_is_for_a_machine(etc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (etc / "settings.json").write_text('{"lock.idle_min": 5, "oops": 1}', "utf-8")
    assert cli.main(["config", "show", "--json"], no_wall) == 1
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert document["settings"]["lock.idle_min"] == {
        "value": 5,
        "source": "this PC",
        "place": str(etc / "settings.json"),
        "default": 15,
    }
    problem = f"{etc / 'settings.json'}: oops is not known; it is ignored."
    assert document["ignored"] == [problem] and told.err == f"pantau: {problem}\n"


def test_the_templates_are_written_where_they_are_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["config", "admx", "--out", str(tmp_path / "deep" / "er")], no_wall) == 0
    told = capsys.readouterr().out.splitlines()
    names = ["en-US/pantau.adml", "id-ID/pantau.adml", "pantau.admx"]
    assert told == [str(tmp_path / "deep" / "er" / name) for name in names]
    assert all(Path(path).read_text("utf-8").startswith("<?xml") for path in told)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert cli.main(["config", "admx", "--out", str(tmp_path / "file")], no_wall) == 2
    assert "the templates cannot be written to" in capsys.readouterr().err
