"""A small file of one's own: whole or not at all, and nothing that could not be understood is written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.config.own_file import OwnFile
from app.config.whole_file import FILE_MAX_BYTES
from app.core.errors import ConfigError


def as_it_is(_name: str, text: str) -> str:
    return text


def refused(name: str, _text: str) -> str:
    raise ConfigError("{0}, line 1: no", name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "keys.json"


@pytest.fixture
def file(path: Path) -> OwnFile:
    return OwnFile(path)


def beside(path: Path) -> dict[str, str]:
    """What is in the file's folder."""
    return {each.name: each.read_text(encoding="utf-8") for each in path.parent.iterdir()}


def test_a_file_that_is_not_there_holds_nothing(file: OwnFile) -> None:
    assert file.load(as_it_is) is None


def test_what_was_written_is_read_and_nothing_is_left_beside(file: OwnFile, path: Path) -> None:
    file.write("first")
    file.write("dua · 二\n")
    assert file.load(lambda name, text: (name, text)) == ("keys.json", "dua · 二\n")
    assert list(beside(path)) == ["keys.json"]
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"x" * (FILE_MAX_BYTES + 1), r"keys\.json is larger than 1,000,000 bytes"),
        (b"one\ntwo \xff", r"keys\.json, line 2: it is not in UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, complaint: str, file: OwnFile, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=complaint):
        file.load(as_it_is)


def test_a_folder_in_its_place_is_told(file: OwnFile, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"keys\.json cannot be written"):
        file.write("text")
    with pytest.raises(ConfigError, match=r"keys\.json cannot be read"):
        file.load(as_it_is)
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_a_crash_before_the_end_leaves_the_old_text(
    file: OwnFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        file.write("new")
    assert beside(path) == {"keys.json": "old"}


def test_what_is_refused_stays_until_something_is_written_and_is_put_aside_then(path: Path) -> None:
    path.parent.mkdir()
    for text in ("one", "two"):
        path.write_text(text, encoding="utf-8")
        file = OwnFile(path)
        with pytest.raises(ConfigError, match=r"keys\.json, line 1: no"):
            file.load(refused)
        assert path.read_text(encoding="utf-8") == text
        file.write("new")
        file.write("newer")
    assert beside(path) == {"keys.json": "newer", "keys.broken-1.json": "one", "keys.broken-2.json": "two"}


def test_what_was_mended_meanwhile_is_not_put_aside(file: OwnFile, path: Path) -> None:
    file.write("once broken")
    with pytest.raises(ConfigError):
        file.load(refused)
    assert file.load(as_it_is) == "once broken"
    file.write("new")
    assert beside(path) == {"keys.json": "new"}


def test_what_was_deleted_meanwhile_need_not_be_put_aside(file: OwnFile, path: Path) -> None:
    file.write("broken")
    with pytest.raises(ConfigError):
        file.load(refused)
    path.unlink()
    file.write("new")
    assert beside(path) == {"keys.json": "new"}


def test_what_cannot_be_put_aside_is_told_and_not_written_over(
    file: OwnFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    file.write("held open")
    with pytest.raises(ConfigError):
        file.load(refused)
    monkeypatch.setattr(Path, "rename", held)
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"keys\.json cannot be put aside: Permission denied"):
            file.write("new")
    assert beside(path) == {"keys.json": "held open"}
