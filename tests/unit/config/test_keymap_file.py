"""An officer's own keys on disk: differences only, a broken file refused and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.config.keymap_file import FILE_NAME, KeymapFile
from app.core.keymap import Keymap
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts

LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"))
DEFAULT = Keymap({"Ctrl+S": "save-layout", "F2": "rename", "Ctrl++": "zoom-in"})
CHORDS = ("Ctrl+S", "F2", "Ctrl++", "H", "+", "'", '"')
CALLED = ("save-layout", "rename", "layout 4", "open Pagi · “1”", "undo")


def test_without_a_file_the_keys_are_those_delivered(tmp_path: Path) -> None:
    loaded = KeymapFile(tmp_path, DEFAULT).load(LAYOUTS)
    assert (loaded.keymap, loaded.problem) == (DEFAULT, None)


def test_only_differences_are_kept(tmp_path: Path) -> None:
    file = KeymapFile(tmp_path, DEFAULT)
    keymap = DEFAULT.bound("Ctrl+S", "undo").bound("H", "rename").unbound("F2")
    file.save(keymap)
    assert json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8")) == {
        "version": 1,
        "keys": {"Ctrl+S": "undo", "F2": None, "H": "rename"},
    }
    assert file.load(LAYOUTS).keymap == keymap


def test_a_key_that_a_newer_product_delivers_reaches_an_officer_with_own_keys(tmp_path: Path) -> None:
    KeymapFile(tmp_path, DEFAULT).save(DEFAULT.bound("H", "rename"))
    newer = DEFAULT.bound("F9", "undo")
    assert KeymapFile(tmp_path, newer).load(LAYOUTS).keymap == newer.bound("H", "rename")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.dictionaries(st.sampled_from(CHORDS), st.sampled_from(CALLED)).map(Keymap))
def test_saved_loaded_and_saved_again_is_the_same_file(tmp_path: Path, keymap: Keymap) -> None:
    file, path = KeymapFile(tmp_path, DEFAULT), tmp_path / FILE_NAME
    file.save(keymap)
    first = path.read_bytes()
    loaded = file.load(LAYOUTS)
    assert (loaded.keymap, loaded.problem) == (keymap, None)
    file.save(loaded.keymap)
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"version": 1,\n "keys": {\n  "F2": "rename",\n  "Ctrl+Banana": "undo"}}', "keys.json, line 4: chord"),
        ('{"version": 9, "keys": {}}', "keys.json, line 1: version 9 cannot be read"),
        ('{"version": 1,\n', "keys.json, line 2: it is no JSON"),
    ],
)
def test_a_broken_file_leaves_the_delivered_keys_and_is_never_lost(
    text: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(text, encoding="utf-8")
    file = KeymapFile(tmp_path, DEFAULT)
    loaded = file.load(LAYOUTS)
    assert loaded.keymap == DEFAULT and str(loaded.problem).startswith(problem)
    assert path.read_text(encoding="utf-8") == text
    file.save(DEFAULT.bound("H", "undo"))
    assert (tmp_path / "keys.broken-1.json").read_text(encoding="utf-8") == text
    assert file.load(LAYOUTS).problem is None
    file.save(DEFAULT)
    assert len(list(tmp_path.iterdir())) == 2, "a good file is not put aside"
