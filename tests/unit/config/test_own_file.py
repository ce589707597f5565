"""A small file of one's own: whole or not at all, and nothing unreadable is written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.config.own_file import MAX_BYTES, OwnFile
from app.core.errors import ConfigError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "keys.json"


def test_a_file_that_is_not_there_has_no_text(path: Path) -> None:
    assert OwnFile(path).read() is None


def test_what_was_written_is_read_and_nothing_is_left_beside(path: Path) -> None:
    file = OwnFile(path)
    file.write("first")
    file.write("dua · 二\n")
    assert file.read() == "dua · 二\n"
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"x" * (MAX_BYTES + 1), "keys.json: it is larger than 1024 KiB"),
        (b"one\ntwo \xff", "keys.json, line 2: it is no UTF-8 text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, complaint: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=complaint):
        OwnFile(path).read()


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"keys\.json: it cannot be read"):
        OwnFile(path).read()
    with pytest.raises(ConfigError, match=r"keys\.json: it cannot be written"):
        OwnFile(path).write("text")
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_a_crash_before_the_end_leaves_the_old_text(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = OwnFile(path)
    file.write("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        file.write("new")
    assert path.read_text(encoding="utf-8") == "old"


def test_files_are_put_aside_under_free_names(path: Path) -> None:
    file = OwnFile(path)
    for text in ("one", "two"):
        file.write(text)
        file.put_aside()
    file.put_aside()
    aside = {each.name: each.read_text(encoding="utf-8") for each in path.parent.iterdir()}
    assert aside == {"keys.broken-1.json": "one", "keys.broken-2.json": "two"}


def test_what_cannot_be_put_aside_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    file = OwnFile(path)
    file.write("held open")
    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(ConfigError, match=r"keys\.json: it cannot be put aside \(Permission denied\)"):
        file.put_aside()
