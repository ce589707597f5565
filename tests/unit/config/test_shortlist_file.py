"""The kept favourites and recently used cameras, and who owns them while the console runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.shortlist_file import (
    FILE_NAME,
    LoadedShortlist,
    ShortlistFile,
    shortlist_from_text,
    shortlist_text,
)
from app.config.whole_file import FILE_MAX_BYTES
from app.console.shortlist_keeper import ShortlistKeeper
from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.shortlist import FAVOURITES_MAX, RECENTS_MAX, Shortlist

SOME = Shortlist((CameraId("a"), CameraId("b")), (CameraId("c"),))
IDS = st.text(min_size=1, max_size=100).filter(str.isprintable).map(CameraId)
LISTS = st.builds(
    Shortlist,
    st.lists(IDS, max_size=FAVOURITES_MAX, unique=True).map(tuple),
    st.lists(IDS, max_size=RECENTS_MAX, unique=True).map(tuple),
)


def test_a_list_comes_back_as_it_was(tmp_path: Path) -> None:
    file = ShortlistFile(tmp_path / "new folder")
    assert file.load() == LoadedShortlist(Shortlist())
    file.save(SOME)
    assert ShortlistFile(tmp_path / "new folder").load() == LoadedShortlist(SOME)
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == [FILE_NAME]


@given(LISTS)
def test_save_load_save_is_identical(shortlist: Shortlist) -> None:
    text = shortlist_text(shortlist)
    assert shortlist_text(shortlist_from_text(FILE_NAME, text)) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b'{"version": 1,\n "favourites": [}', f"{FILE_NAME}, line 2: it is no JSON: Expecting value"),
        (b"", f"{FILE_NAME}, line 1: it is no JSON: Expecting value"),
        (b"[]", f"{FILE_NAME}, line 1: it is no JSON object"),
        (b"[" * 100_000, f"{FILE_NAME}: it is nested too deeply or has a number too long"),
        (b"{}", f"{FILE_NAME}, line 1: version is missing"),
        (b'{\n\n"version": 9}', f"{FILE_NAME}, line 3: version is 9, and this console knows 1 only"),
        (b'{"version": 1}', f"{FILE_NAME}, line 1: favourites is missing"),
        (b'{"version": 1,\n"favorites": []}', f"{FILE_NAME}, line 2: favorites is not known"),
        (b'{"version": 1, "favourites": [],\n"recents": "a"}', f"{FILE_NAME}, line 2: recents is not a list"),
        (
            b'{"version": 1,\n"favourites": ["a", 5]}',
            f"{FILE_NAME}, line 2: favourites has an entry that is not the id of a camera",
        ),
        (
            b'{"version": 1, "favourites": [], "recents": [' + b'"a",' * RECENTS_MAX + b'"b"]}',
            f"{FILE_NAME}, line 1: recents has more than 30 cameras",
        ),
        (b'{"version": 1,\n"recents": ["\xff"]}', f"{FILE_NAME}, line 2: it is not in UTF-8"),
        (b" " * (FILE_MAX_BYTES + 1), f"{FILE_NAME} is larger than 1,000,000 bytes"),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence_and_never_lost(tmp_path: Path, text: bytes, sentence: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(text)
    file = ShortlistFile(tmp_path)
    loaded = file.load()
    assert (loaded.shortlist, str(loaded.problem)) == (Shortlist(), sentence)
    assert path.read_bytes() == text, "untouched until something is saved"
    file.save(SOME)
    assert ShortlistFile(tmp_path).load() == LoadedShortlist(SOME)
    assert (tmp_path / "shortlist.broken-1.json").read_bytes() == text
    file.save(Shortlist())
    assert len(list(tmp_path.iterdir())) == 2, "put aside once"


def test_an_older_broken_file_is_not_overwritten_by_another(tmp_path: Path) -> None:
    for text in ("first", "second"):
        (tmp_path / FILE_NAME).write_text(text)
        file = ShortlistFile(tmp_path)
        file.load()
        file.save(SOME)
    kept = sorted(path.read_text() for path in tmp_path.glob("*broken*"))
    assert kept == ["first", "second"]


def test_a_list_that_cannot_be_written_leaves_the_older(tmp_path: Path) -> None:
    file = ShortlistFile(tmp_path)
    file.save(SOME)
    (tmp_path / f"{FILE_NAME}.new").mkdir()
    with pytest.raises(ConfigError, match=f"{FILE_NAME} cannot be written"):
        file.save(Shortlist())
    assert file.load() == LoadedShortlist(SOME)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert f"{FILE_NAME} cannot be read" in str(ShortlistFile(tmp_path).load().problem)


def test_favourites_are_kept_at_once_and_recents_when_asked(tmp_path: Path) -> None:
    keeper = ShortlistKeeper(ShortlistFile(tmp_path))
    keeper.use([CameraId("c")])
    assert not (tmp_path / FILE_NAME).exists()
    keeper.toggle_favourites([CameraId("a"), CameraId("b")])
    assert ShortlistFile(tmp_path).load().shortlist == keeper.shortlist == SOME
    keeper.use([CameraId("d")])
    keeper.keep()
    assert ShortlistFile(tmp_path).load().shortlist.recents == (CameraId("d"), CameraId("c"))
    (tmp_path / FILE_NAME).unlink()
    keeper.keep()
    assert not (tmp_path / FILE_NAME).exists(), "nothing has changed"


def test_too_many_favourites_are_refused_and_change_nothing(tmp_path: Path) -> None:
    keeper = ShortlistKeeper(ShortlistFile(tmp_path))
    keeper.toggle_favourites([CameraId(str(number)) for number in range(FAVOURITES_MAX)])
    before = keeper.shortlist
    with pytest.raises(ConfigError, match="room for 200"):
        keeper.toggle_favourites([CameraId("one more")])
    assert keeper.shortlist is before


def test_a_problem_of_the_kept_list_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    assert "line 1" in str(ShortlistKeeper(ShortlistFile(tmp_path)).problem)
