"""Saved layouts in files: written as they were read, locked when locked, and broken ones told and left alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.json_object import JsonObject
from app.config.layout_files import LayoutFiles
from app.config.layout_text import layout_from_text, layout_text
from app.config.named_files import file_name
from app.config.whole_file import read_whole, write_whole
from app.core.camera_query import CameraQuery
from app.core.errors import ConfigError
from app.core.grid_edit import resized
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.names import NAME_MAX_LENGTH, layout_name
from app.core.saved_layout import SavedLayout

TEXT = """{
  "version": 1,
  "name": "Pagi Gambir",
  "columns": 2,
  "rows": 2,
  "cells": [
    [0, 0, 2, 1],
    [0, 1, 1, 1],
    [1, 1, 1, 1]
  ],
  "cameras": {
    "1": "camera-1",
    "3": "camera-9"
  },
  "query": null,
  "hotspot": 2,
  "locked": false
}
"""


def a_layout(name: str = "Pagi Gambir", tiles: int = 4, **changes: object) -> SavedLayout:
    saved = SavedLayout(
        replace(uniform_layout(tiles), name=name), {1: CameraId("camera-1"), 3: CameraId("camera-9")}
    )
    return replace(saved, **changes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "layouts"


@pytest.fixture
def files(folder: Path) -> LayoutFiles:
    return LayoutFiles(folder)


# ---- one file


def test_a_file_is_made_to_be_read_by_people() -> None:
    assert layout_text(layout_from_text("x", TEXT)) == TEXT


names = st.text(max_size=NAME_MAX_LENGTH).map(lambda text: layout_name_or(text, "a name"))


def layout_name_or(text: str, other: str) -> str:
    try:
        return layout_name(text)
    except ConfigError:
        return other


@st.composite
def saved_layouts(draw: st.DrawFn) -> SavedLayout:
    grid = resized(uniform_layout(1), draw(st.integers(1, 8)), draw(st.integers(1, 8))).grid
    numbers = st.integers(1, grid.tiles)
    ids = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)
    return SavedLayout(
        replace(grid, name=draw(names)),
        draw(st.dictionaries(numbers, ids.map(CameraId), max_size=8)),
        draw(st.none() | st.just(CameraQuery("kelurahan Gambir, jalan umum"))),
        draw(st.none() | numbers),
        draw(st.booleans()),
    )


@given(saved_layouts())
def test_what_is_saved_is_loaded_and_saved_again_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, saved: SavedLayout
) -> None:
    folder = tmp_path_factory.mktemp("layouts")
    files = LayoutFiles(folder)
    files.save(saved)
    path = folder / file_name(saved.name)
    before = path.read_bytes()
    loaded = files.load()
    assert loaded.saved == {saved.name: saved} and not loaded.problems
    files.unlock(saved.name)
    files.save(loaded.saved[saved.name])
    assert path.read_bytes() == before


@given(names, names)
def test_other_names_have_other_files(one: str, other: str) -> None:
    assert (file_name(one) == file_name(other)) == (one == other)
    assert file_name(one).isascii() and len(file_name(one)) < 60


def edited(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "x.json, line 1: it is no JSON"),
        ("[1]", "x.json, line 1: it is no JSON object"),
        ("[" * 100_000, "x.json: it is nested too deeply"),
        ("{" + '"version": ' + "1" * 5000 + "}", "x.json: it is nested too deeply or has a number too long"),
        (edited('"rows": 2,', '"rows": 2'), "x.json, line 6: it is no JSON"),
        (edited('"rows": 2,', '"rows": 2, "name": "b",'), "x.json, line 5: name is there twice"),
        (edited('"version": 1', '"version": 2'), "x.json, line 2: version is 2, and this console knows 1 only"),
        (edited('"version": 1', '"version": "1"'), "x.json, line 2: version is not a whole number"),
        (edited('  "version": 1,\n', ""), "x.json, line 1: version is missing"),
        (edited('"rows": 2', '"rows": 0'), "x.json, line 5: rows is no whole number from 1 to 64"),
        (edited('"rows": 2', '"rows": true'), "x.json, line 5: rows is no whole number from 1 to 64"),
        (edited('"rows": 2', '"lines": 2'), "x.json, line 5: lines is not known"),
        (
            edited("Pagi Gambir", "1+5"),
            r"x.json, line 3: name cannot be used: 1\+5 is the name of a built-in layout",
        ),
        (
            edited("Pagi Gambir", r"Pagi\u202eG"),
            "x.json, line 3: name has characters or spaces that cannot be seen",
        ),
        (edited("Pagi Gambir", "x" * 61), "x.json, line 3: name cannot be used: .* at most 60 characters"),
        (
            edited("[0, 0, 2, 1]", "[0, 0, 3, 1]"),
            "line 6: cells do not fit: layout Pagi Gambir: cell 1 leaves the grid",
        ),
        (edited("[0, 1, 1, 1]", "[0, 0, 1, 1]"), "line 6: cells do not fit: .* cells 1 and 2 overlap"),
        (edited("[0, 1, 1, 1]", "[0, 1, 1]"), "line 6: cells has a cell 2 that is not four whole numbers"),
        (edited("[0, 1, 1, 1]", "[0, 1, 1, true]"), "line 6: cells has a cell 2 that is not four whole numbers"),
        (edited("[0, 1, 1, 1]", '"0111"'), "line 6: cells has a cell 2 that is not four whole numbers"),
        (edited('"columns": 2', '"columns": 2.5'), "line 4: columns is not a whole number"),
        (edited('"3": "camera-9"', '"4": "camera-9"'), "line 13: cameras 4 is no tile from 1 to 3"),
        (edited('"3": "camera-9"', '"3": 9'), "line 13: cameras 3 is not the id of a camera"),
        (edited('"3": "camera-9"', r'"3": "a\u0000"'), "line 13: cameras 3 is not the id of a camera"),
        (edited('"query": null', '"query": "Gambir"'), "line 15: query cannot be used: the term ‘Gambir’"),
        (edited('"query": null', '"query": 1'), "line 15: query is not a text"),
        (edited('"hotspot": 2', '"hotspot": 4'), "line 16: hotspot is no whole number from 1 to 3"),
        (edited('"locked": false', '"locked": 0'), "line 17: locked is not true or false"),
        (edited('"cells": [', '"cells": [], "old": ['), "line 6: old is not known"),
        (json.dumps({**json.loads(TEXT), "cells": []}), "line 1: cells has 0 cells, not 1 to 64"),
    ],
)
def test_a_broken_text_is_refused_by_file_line_and_reason(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        layout_from_text("x.json", text)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_text_is_a_layout_or_refused_by_its_file(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^x\.json"):
        layout_from_text("x.json", text)


def test_a_complaint_names_the_nearest_line_that_is_known() -> None:
    document = JsonObject("x.json", '{\n"a": {\n"b": 1}}')
    assert str(document.fault("is wrong", "a", "c")) == "x.json, line 2: a c is wrong"
    assert str(document.fault("is wrong", "d")) == "x.json, line 1: d is wrong"


def test_a_layout_that_could_not_be_read_again_is_not_written(files: LayoutFiles, folder: Path) -> None:
    with pytest.raises(ConfigError, match="cameras 9 is no tile"):
        files.save(a_layout(cameras={9: CameraId("camera-1")}))
    assert not folder.exists()


# ---- a folder of them


def test_an_absent_folder_has_no_layouts(files: LayoutFiles) -> None:
    assert files.load().saved == {} and files.load().problems == ()


def test_a_broken_file_is_told_and_left_and_the_others_load(files: LayoutFiles, folder: Path) -> None:
    files.save(a_layout("Pagi"))
    broken = folder / "broken.json"
    broken.write_text("{\n  broken", "utf-8")
    binary = folder / "noise.json"
    binary.write_bytes(b"{\n\xff")
    loaded = files.load()
    assert set(loaded.saved) == {"Pagi"}
    assert len(loaded.problems) == 2
    assert str(loaded.problems[0]).startswith("broken.json, line 2: it is no JSON")
    assert str(loaded.problems[1]) == "noise.json, line 2: it is not in UTF-8"
    assert broken.read_text("utf-8") == "{\n  broken"


def test_a_broken_file_in_the_place_of_a_new_layout_is_kept(files: LayoutFiles, folder: Path) -> None:
    folder.mkdir()
    broken = folder / file_name("Pagi")
    broken.write_text("broken", "utf-8")
    for _ in range(2):
        files.save(a_layout("Pagi"))
    assert broken.read_text("utf-8") == "broken"
    assert set(files.load().saved) == {"Pagi"} and len(list(folder.iterdir())) == 2


def test_a_layout_stays_in_the_file_that_somebody_put_it_in(files: LayoutFiles, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.json").write_text(TEXT, "utf-8")
    files.save(a_layout("Pagi Gambir"))
    assert [path.name for path in folder.iterdir()] == ["mine.json"]
    assert files.load().saved["Pagi Gambir"].grid.tiles == 4


def test_two_files_of_one_name_are_told(files: LayoutFiles, folder: Path) -> None:
    folder.mkdir()
    for name in ("a.json", "b.json"):
        (folder / name).write_text(TEXT, "utf-8")
    assert [*map(str, files.load().problems)] == ["b.json: another file has a layout ‘Pagi Gambir’, too"]


def test_a_locked_layout_is_neither_written_over_nor_deleted_until_it_is_unlocked(files: LayoutFiles) -> None:
    files.save(a_layout("Pagi", is_locked=True))
    refused: list[Callable[[], None]] = [
        lambda: files.save(a_layout("Pagi", tiles=9)),
        lambda: files.delete("Pagi"),
        lambda: files.rename("Pagi", "Siang"),
    ]
    for act in refused:
        with pytest.raises(ConfigError, match="the layout ‘Pagi’ is locked: unlock it first"):
            act()
    assert files.load().saved == {"Pagi": a_layout("Pagi", is_locked=True)}
    files.unlock("Pagi")
    files.save(a_layout("Pagi", tiles=9))
    files.delete("Pagi")
    assert files.load().saved == {}


def test_a_layout_is_renamed_with_all_it_has(files: LayoutFiles, folder: Path) -> None:
    files.save(a_layout("Pagi"))
    files.rename("Pagi", "Siang")
    assert files.load().saved == {"Siang": a_layout("Siang")}
    assert len(list(folder.iterdir())) == 1
    files.save(a_layout("Malam"))
    with pytest.raises(ConfigError, match="there is a layout ‘Malam’ already"):
        files.rename("Siang", "Malam")


def test_what_is_not_there_is_not_changed(files: LayoutFiles) -> None:
    for act in (files.delete, files.unlock, lambda name: files.rename(name, "b")):
        with pytest.raises(ConfigError, match="there is no layout ‘a’"):
            act("a")


def test_a_layout_goes_to_another_pc_as_a_file(files: LayoutFiles, tmp_path: Path) -> None:
    files.export(a_layout(is_locked=True), tmp_path / "out.json")
    assert files.import_file(str(tmp_path / "out.json")) == a_layout(is_locked=True)
    with pytest.raises(ConfigError, match=r"absent\.json cannot be read: No such file"):
        files.import_file(tmp_path / "absent.json")


# ---- whole files


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.json").write_text("12345", "utf-8")
    with pytest.raises(ConfigError, match=r"big\.json is larger than 4 bytes"):
        read_whole(tmp_path / "big.json", most_bytes=4)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "old\r\n")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match=r"a\.json cannot be written: No space left on device"):
        write_whole(path, "new")
    assert path.read_bytes() == b"old\r\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_deleted_is_named(
    files: LayoutFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(a_layout("Pagi"))

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(ConfigError, match=r"pagi-[0-9a-f]{8}\.json cannot be deleted: Permission denied"):
        files.delete("Pagi")
    assert set(files.load().saved) == {"Pagi"}
