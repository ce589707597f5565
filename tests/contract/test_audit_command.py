"""`pantau audit verify`, as IT runs it."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from app import cli
from app.cli import WallRequest
from app.config.folders import journal_folder
from tests.support.journal_kit import the_file, write


def no_wall(_: WallRequest) -> NoReturn:
    raise AssertionError("no wall was asked for")


def test_a_whole_journal_is_said_to_be_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, 3)
    assert cli.main(["audit", "verify", str(tmp_path)], no_wall) == 0
    said = capsys.readouterr().out
    assert "entries 1 to 3 good; the registry has the first 0" in said and "whole: nothing was changed" in said


def test_a_changed_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, 3)
    file = the_file(tmp_path)
    file.write_bytes(file.read_bytes().replace(b'"layout":"1"', b'"layout":"7"'))
    assert cli.main(["audit", "verify", str(tmp_path)], no_wall) == 1
    assert f"NOT WHOLE: {file.name}, row 2: entry 2 was changed" in capsys.readouterr().out


def test_this_pcs_own_journal_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "verify"], no_wall) == 2
    assert capsys.readouterr().err == f"pantau: there is no journal in {journal_folder()}\n"
    write(journal_folder(), 1)
    assert cli.main(["audit", "verify"], no_wall) == 0
