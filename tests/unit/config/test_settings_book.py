"""The settings of a running wall: an officer's choice counts at once and is kept; others' changes are noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.config import settings_book
from app.config.setting import Setting
from app.config.settings import Layer, Source
from app.config.settings_book import SettingsBook
from app.config.settings_files import machine_layers
from app.config.settings_table import IDLE_LOCK_MIN, LANGUAGE, LOG_LEVEL, THEME
from app.core.errors import ConfigError
from tests.waiting import until


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    folder.mkdir()
    return folder


@pytest.fixture
def book(own: Path, etc: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SettingsBook]:
    monkeypatch.setattr(settings_book, "LOOK_PERIOD_S", 0.02)
    found = SettingsBook(own, {}, lambda: machine_layers(etc), {})
    yield found
    found.stop()


def test_a_choice_counts_at_once_and_is_there_after_the_next_start(book: SettingsBook, own: Path) -> None:
    book.choose(LANGUAGE, "en")
    assert book.settings.get(LANGUAGE) == "en" and book.take() is None
    again = SettingsBook(own, {}, tuple, {})
    assert again.settings.get(LANGUAGE) == "en" and again.settings.where(LANGUAGE).source is Source.USER


def test_a_choice_goes_before_what_the_start_said_and_for_this_run_only(own: Path) -> None:
    environment = {"PANTAU_LANGUAGE": "id"}
    book = SettingsBook(own, {LOG_LEVEL.key: "info"}, tuple, environment)
    assert book.settings.where(LANGUAGE).source is Source.ENVIRONMENT
    assert book.settings.where(LOG_LEVEL).source is Source.COMMAND_LINE
    book.choose(LANGUAGE, "en")
    assert book.settings.get(LANGUAGE) == "en"
    assert SettingsBook(own, {}, tuple, environment).settings.get(LANGUAGE) == "id"


def test_a_choice_that_cannot_be_kept_counts_until_the_end(book: SettingsBook, own: Path) -> None:
    own.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ConfigError):
        book.choose(THEME, "contrast")
    book.watch()
    until(lambda: book.take() is None and book.settings.get(THEME) == "contrast", what="the choice")


def test_without_a_folder_a_choice_counts_and_nothing_is_written(tmp_path: Path) -> None:
    book = SettingsBook(None, {}, tuple, {})
    book.choose(THEME, "contrast")
    assert book.settings.get(THEME) == "contrast" and [*tmp_path.iterdir()] == []


def test_what_the_organisation_has_set_stays(book: SettingsBook, own: Path, etc: Path) -> None:
    (etc / "policy.json").write_text('{"look.theme": "contrast"}', "utf-8")
    book.watch()
    until(lambda: book.take() is not None, what="the policy")
    with pytest.raises(ConfigError, match="managed by your organisation"):
        book.choose(THEME, "dark")
    assert book.settings.get(THEME) == "contrast" and not own.exists()


def _has_taken(book: SettingsBook, setting: Setting[Any], value: object) -> bool:
    return book.take() is not None and book.settings.get(setting) == value


def test_changes_of_every_source_are_noticed_while_the_wall_runs(book: SettingsBook, own: Path, etc: Path) -> None:
    book.watch()
    for folder, key, value, setting in (
        (etc, "lock.idle_min", 5, IDLE_LOCK_MIN),
        (own, "look.language", "en", LANGUAGE),
    ):
        folder.mkdir(exist_ok=True)
        (folder / "settings.json").write_text(json.dumps({key: value}), "utf-8")
        # a file is seen before it is written to its end, too
        until(partial(_has_taken, book, setting, value), what=f"a change of {key}")
    (etc / "settings.json").unlink()
    until(lambda: book.take() is not None, what="the end of a setting")
    assert book.settings.get(IDLE_LOCK_MIN) == 15


def test_what_is_wrong_is_told_once(etc: Path) -> None:
    (etc / "policy.json").write_text('{"oops": 1}', "utf-8")
    book = SettingsBook(None, {}, lambda: machine_layers(etc), {})
    (problem,) = map(str, book.untold())
    assert problem == f"{etc / 'policy.json'}: oops is not known; it is ignored."
    assert book.untold() == ()


def test_a_layer_is_asked_for_anew_each_time() -> None:
    values = iter(({}, {"look.theme": "contrast"}))
    book = SettingsBook(None, {}, lambda: (Layer(Source.MACHINE, "m", next(values)),), {})
    book.choose(LANGUAGE, "en")
    assert book.settings.get(THEME) == "contrast"
