"""The verifier names the row: edited, left out, swapped, cut off, or not the registry's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.audit.checkpoint import Checkpoint, save_checkpoint
from app.audit.segments import segments
from app.audit.verifying import verify
from app.core.errors import ConfigError
from app.core.journal import Head
from tests.support.journal_kit import the_file, write

Lines = list[bytes]


def test_a_whole_journal_is_good_over_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audit.writer.SEGMENT_BYTES", 2000)
    write(tmp_path, 40)
    verdict = verify(tmp_path)
    assert (verdict.entries, verdict.first, verdict.head.seq, verdict.acknowledged) == (40, 1, 40, 0)
    assert verdict.fault == "" and len(segments(tmp_path)) > 1


def edited(lines: Lines) -> Lines:
    return [*lines[:2], lines[2].replace(b"layout-changed", b"layout-chanced"), *lines[3:]]


def swapped(lines: Lines) -> Lines:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


@pytest.mark.parametrize(
    ("hurt", "fault"),
    [
        (edited, "row 3: entry 3 was changed after it was written"),
        (swapped, "row 3: entry 3 is not there: 4 follows 2"),
        (lambda lines: [*lines[:2], *lines[3:]], "row 3: entry 3 is not there: 4 follows 2"),
        (lambda lines: [*lines[:2], b"nonsense\n", *lines[2:]], "row 3: this is no entry of a journal"),
        (lambda lines: lines[1:], "row 1: the file does not begin with entry 1"),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], "row 5: the line is not whole"),
    ],
)
def test_the_row_is_named(tmp_path: Path, hurt: Callable[[Lines], Lines], fault: str) -> None:
    write(tmp_path, 5)
    file = the_file(tmp_path)
    file.write_bytes(b"".join(hurt(file.read_bytes().splitlines(keepends=True))))
    verdict = verify(tmp_path)
    assert verdict.fault == f"{file.name}, {fault}"
    assert verdict.entries == int(fault.split()[1].rstrip(":")) - 1


def test_a_file_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audit.writer.SEGMENT_BYTES", 2000)
    write(tmp_path, 40)
    files = segments(tmp_path)
    files[1].path.unlink()
    verdict = verify(tmp_path)
    assert verdict.fault.startswith(f"{files[2].path.name}, row 1: entry {files[1].first} is not there")


def test_a_journal_that_was_cut_off_is_found_by_what_the_registry_has(tmp_path: Path) -> None:
    write(tmp_path, 5)
    save_checkpoint(tmp_path, Checkpoint(verify(tmp_path).head, "signed"))
    file = the_file(tmp_path)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:3]))
    assert verify(tmp_path).fault == "entries 4 to 5, which the registry has, are not there"


def test_a_journal_that_was_written_anew_is_found_by_what_the_registry_has(tmp_path: Path) -> None:
    write(tmp_path, 5)
    save_checkpoint(tmp_path, Checkpoint(Head(4, "ab" * 32), "signed"))
    assert "row 4: entry 4 is not the one that the registry has" in verify(tmp_path).fault


def test_no_journal_is_no_good_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no journal in"):
        verify(tmp_path)
    (tmp_path / "journal-000000000001.ndjson").mkdir()
    with pytest.raises(ConfigError, match="the journal cannot be read: "):
        verify(tmp_path)
