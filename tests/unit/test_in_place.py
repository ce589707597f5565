"""What is put in the place of a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.in_place import in_place_of


def test_the_new_takes_the_place_of_the_old_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text("old")
    with in_place_of(path) as file:
        file.write(b"ne")
        assert path.read_text() == "old"
        file.write(b"w\n")
    assert path.read_bytes() == b"new\n" and list(tmp_path.iterdir()) == [path]


def test_its_folder_is_made_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "list.json"
    with in_place_of(path) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_block_that_fails_leaves_the_old_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text("old")
    with pytest.raises(KeyError), in_place_of(path) as file:
        file.write(b"half")
        raise KeyError
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_taken_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "list.json").mkdir()
    with pytest.raises(OSError, match="list"), in_place_of(tmp_path / "list.json") as file:
        file.write(b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["list.json"]


def test_what_a_killed_run_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "list.json.new").write_text("half of a longer text")
    with in_place_of(tmp_path / "list.json") as file:
        file.write(b"x")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("list.json", b"x")]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_that_was_laid_there_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "of-somebody-else"
    target.write_text("theirs")
    (tmp_path / "list.json.new").symlink_to(target)
    with in_place_of(tmp_path / "list.json") as file:
        file.write(b"x")
    assert target.read_text() == "theirs" and not (tmp_path / "list.json").is_symlink()
