"""Language and theme are there again after a start; a file that cannot be understood is refused and kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.config.look_file import FILE_NAME, Look, LookFile
from app.core.errors import ConfigError

TEXT = """{
  "version": 1,
  "language": "id",
  "theme": null
}
"""


def test_before_the_first_choice_nothing_is_chosen(tmp_path: Path) -> None:
    assert LookFile(tmp_path / "none").load() == Look()
    assert not (tmp_path / "none").exists()


def test_a_choice_is_a_file_made_to_be_read_by_people(tmp_path: Path) -> None:
    LookFile(tmp_path / "deep").save(Look("id"))
    assert (tmp_path / "deep" / FILE_NAME).read_text(encoding="utf-8") == TEXT


words = st.none() | st.text(st.characters(codec="utf-8"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.builds(Look, words, words))
def test_saved_loaded_and_saved_again_is_the_same_file(tmp_path: Path, look: Look) -> None:
    file, path = LookFile(tmp_path), tmp_path / FILE_NAME
    file.save(look)
    before = path.read_bytes()
    assert file.load() == look
    file.save(file.load())
    assert path.read_bytes() == before


def test_what_is_not_said_was_not_chosen(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"version": 1, "theme": "dark"}', encoding="utf-8")
    assert LookFile(tmp_path).load() == Look(theme="dark")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"version": 1', '"version": 2', "look.json, line 2: version is 2, and this console knows 1 only"),
        ('"id"', "7", "look.json, line 3: language is not a text"),
        ("null", "[]", "look.json, line 4: theme is not a text"),
        ('"theme"', '"colour"', "look.json, line 4: colour is not known"),
        ('"id",', '"id"', "look.json, line 4: it is no JSON"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_put_aside_by_the_next_choice(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in TEXT
    broken = TEXT.replace(old, new)
    (tmp_path / FILE_NAME).write_text(broken, encoding="utf-8")
    file = LookFile(tmp_path)
    with pytest.raises(ConfigError, match=f"^{re.escape(sentence)}"):
        file.load()
    file.save(Look("en", "dark"))
    assert file.load() == Look("en", "dark")
    assert (tmp_path / "look.broken-1.json").read_text(encoding="utf-8") == broken
