"""What an officer prefers: it counts at once, is there again after a start, and a broken file costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.settings import Layer, Source
from app.config.settings_book import SettingsBook
from app.core.errors import ConfigError
from app.core.keymap import Keymap
from app.core.layouts import Layouts
from tests.fakes.fake_console import a_console
from ui.language import Language, current_language
from ui.preferences import Preferences
from ui.texts import tr
from ui.theme import ThemeName, apply_theme, load_theme
from ui.wall_app import load_keymap

Start = Callable[[], Preferences]


@pytest.fixture
def layouts() -> Layouts:
    return a_console().layouts


@pytest.fixture
def delivered(layouts: Layouts) -> Keymap:
    return load_keymap(layouts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def start(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, layouts: Layouts, delivered: Keymap, folder: Path
) -> Iterator[Start]:
    """Starts as after a fresh log-in: the environment chooses nothing."""
    for variable in ("PANTAU_LANGUAGE", "PANTAU_THEME"):
        monkeypatch.delenv(variable, raising=False)
    yield lambda: Preferences(qapp, delivered, layouts, folder)
    apply_theme(qapp, load_theme())


def other_keys(delivered: Keymap) -> Keymap:
    return Keymap({**delivered.by_chord, "F9": "map"})


def test_a_first_start_speaks_indonesian_in_the_dark_theme_with_the_keys_as_delivered(
    start: Start, delivered: Keymap, folder: Path
) -> None:
    preferences = start()
    assert preferences.words == ("id", "dark") and current_language() is Language.INDONESIAN
    assert preferences.keymap == delivered and preferences.problems == ()
    assert not folder.exists(), "nothing is written before anything is chosen"


def test_language_and_theme_count_at_once_and_windows_are_told(qtbot: QtBot, start: Start) -> None:
    preferences = start()
    with qtbot.waitSignal(preferences.looks_changed):
        preferences.set_language("en")
    assert tr("Ask", "Cancel") == "Cancel"
    with qtbot.waitSignal(preferences.looks_changed):
        preferences.set_theme("contrast")
    assert preferences.words == ("en", "contrast")
    assert preferences.theme.name is ThemeName.CONTRAST


def test_what_was_chosen_is_there_after_the_next_start(start: Start, delivered: Keymap) -> None:
    preferences = start()
    preferences.set_language("en")
    preferences.set_theme("contrast")
    preferences.set_keymap(other_keys(delivered))
    again = start()
    assert again.words == ("en", "contrast")
    assert again.keymap.command("F9") == "map" and again.problems == ()


def test_the_environment_goes_before_the_file_and_is_not_written_into_it(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    start().set_language("en")
    monkeypatch.setenv("PANTAU_LANGUAGE", "id")
    preferences = start()
    assert preferences.words[0] == "id"
    preferences.set_theme("contrast")
    monkeypatch.delenv("PANTAU_LANGUAGE")
    assert start().words == ("en", "contrast")


@pytest.mark.parametrize("name", ["settings.json", "keys.json"])
def test_a_broken_file_is_named_with_its_line_and_everything_else_counts(
    start: Start, delivered: Keymap, folder: Path, name: str
) -> None:
    first = start()
    first.set_theme("contrast")
    first.set_keymap(other_keys(delivered))
    broken = '{\n  "version": 1,\n  oops\n}\n'
    (folder / name).write_text(broken, "utf-8")
    preferences = start()
    (problem,) = map(str, preferences.problems)
    assert name in problem and "line 3" in problem
    is_look = name == "settings.json"
    assert preferences.words == ("id", "dark" if is_look else "contrast")
    assert (preferences.keymap.command("F9") == "map") is is_look
    assert (folder / name).read_text("utf-8") == broken, "nothing is lost"


def test_a_choice_after_a_broken_file_keeps_the_broken_one_beside(start: Start, folder: Path) -> None:
    start().set_theme("contrast")
    (folder / "settings.json").write_text("oops", "utf-8")
    start().set_language("en")
    assert start().words[0] == "en"
    kept = [path.read_text("utf-8") for path in folder.iterdir()]
    assert "oops" in kept


def test_a_word_that_is_no_language_changes_nothing(start: Start, folder: Path) -> None:
    start().set_theme("contrast")
    path = folder / "settings.json"
    path.write_text(path.read_text("utf-8").replace('"look', '"look.language": "klingon", "look'), "utf-8")
    preferences = start()
    assert preferences.words == ("id", "contrast")
    (problem,) = map(str, preferences.problems)
    assert problem == f"{path}: look.language is none of id, en; it is ignored."


def test_what_cannot_be_kept_counts_all_the_same(start: Start, delivered: Keymap, folder: Path) -> None:
    preferences = start()
    folder.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ConfigError):
        preferences.set_language("en")
    with pytest.raises(ConfigError):
        preferences.set_keymap(other_keys(delivered))
    assert preferences.words[0] == "en" and preferences.keymap.command("F9") == "map"


def test_without_a_folder_nothing_is_kept(
    qapp: QApplication, start: Start, delivered: Keymap, layouts: Layouts, tmp_path: Path
) -> None:
    preferences = Preferences(qapp, delivered, layouts, folder=None)
    preferences.set_theme("contrast")
    preferences.set_keymap(other_keys(delivered))
    assert preferences.words[1] == "contrast" and [*tmp_path.iterdir()] == []


# ---- what an administrator has set, and what changes meanwhile


def test_what_the_organisation_has_set_cannot_be_changed_and_says_so(
    qapp: QApplication, start: Start, delivered: Keymap, layouts: Layouts, folder: Path
) -> None:
    policy = Layer(Source.MACHINE_POLICY, "policy", {"look.language": "en"})
    book = SettingsBook(folder, {}, lambda: (policy,))
    preferences = Preferences(qapp, delivered, layouts, folder, book)
    with pytest.raises(ConfigError, match=r"Language: It is managed by your organisation\."):
        preferences.set_language("id")
    assert preferences.words[0] == "en" and not folder.exists()
    assert preferences.why_locked("language id") == "It is managed by your organisation."
    assert preferences.why_locked("theme dark") == preferences.why_locked("map") == ""


def test_a_change_from_outside_is_followed_at_once_and_windows_are_told(
    qtbot: QtBot, qapp: QApplication, start: Start, delivered: Keymap, layouts: Layouts, folder: Path
) -> None:
    values: dict[str, object] = {}
    book = SettingsBook(folder, {}, lambda: (Layer(Source.MACHINE, "machine", dict(values)),))
    preferences = Preferences(qapp, delivered, layouts, folder, book)
    values.update({"look.language": "en", "look.theme": "contrast"})
    book.watch()
    with qtbot.waitSignal(preferences.settings_changed), qtbot.waitSignal(preferences.looks_changed):
        qtbot.waitUntil(lambda: (preferences.follow(), preferences.words == ("en", "contrast"))[1])
    book.stop()
    assert preferences.theme.name is ThemeName.CONTRAST
