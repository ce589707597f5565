"""Which registry this PC belongs to outlasts a start; a file that cannot be understood is refused and kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.config.post_file import PostFile
from app.core.errors import ConfigError

URL = "https://registry.example:8443"
TEXT = f"""{{
  "version": 1,
  "registry": "{URL}"
}}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "post.json"


def test_before_the_first_start_it_belongs_to_none(path: Path) -> None:
    assert PostFile(path).load() == "" and not path.parent.exists()


def test_what_was_saved_is_loaded_and_saved_again_to_the_byte(path: Path) -> None:
    file = PostFile(path)
    file.save(URL)
    assert path.read_text(encoding="utf-8") == TEXT and file.load() == URL
    file.save(file.load())
    assert path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"version": 1', '"version": "1"', "post.json, line 2: version is not a whole number"),
        (f'"{URL}"', "null", "post.json, line 3: registry is not a text"),
        ('"registry"', '"registri"', "post.json, line 3: registri is not known"),
        (f',\n  "registry": "{URL}"', "", "post.json, line 1: registry is missing"),
        ("}", "", "post.json, line 5: it is no JSON"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_put_aside_by_the_next_enrolment(
    path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in TEXT
    broken = TEXT.replace(old, new)
    path.parent.mkdir()
    path.write_text(broken, encoding="utf-8")
    file = PostFile(path)
    with pytest.raises(ConfigError, match=f"^{re.escape(sentence)}"):
        file.load()
    file.save(URL)
    assert file.load() == URL
    assert path.with_name("post.broken-1.json").read_text(encoding="utf-8") == broken
