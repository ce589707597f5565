"""Each setting has the value of the strongest source that has a good one; what is wrong is named and ignored."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.config.setting import Raw, Scope
from app.config.settings import Layer, Settings, Source, resolve
from app.config.settings_files import OwnSettings, machine_layers, read_layer
from app.config.settings_table import IDLE_LOCK_MIN, KIOSK, LANGUAGE, REGISTRY_URL, SNAPSHOT_FOLDER, TABLE, THEME
from app.config.settings_windows import Hive, registry_layers
from app.core.errors import ConfigError

CANARY = "canary:@%7f"


def layer(source: Source, **values: object) -> Layer:
    return Layer(source, f"<{source.value}>", {key.replace("__", "."): value for key, value in values.items()})


def language_of(settings: Settings) -> tuple[str, Source]:
    return settings.get(LANGUAGE), settings.where(LANGUAGE).source


# ---- the table


def test_every_key_is_written_alike_and_there_once() -> None:
    keys = [setting.key for setting in TABLE]
    assert len({*keys}) == len(keys) == len({setting.value_name for setting in TABLE})
    for key in keys:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", key), key


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.key)
def test_every_default_is_a_value_of_its_setting(setting: object) -> None:
    assert setting in TABLE
    written = setting.written(setting.default)  # type: ignore[attr-defined]
    assert written == "" or setting.shape.read(written) == setting.default  # type: ignore[attr-defined]


# ---- which source counts

STRONGEST_FIRST = tuple(source for source in Source if source is not Source.DEFAULT)


def test_nothing_set_is_the_default() -> None:
    assert language_of(resolve(())) == ("id", Source.DEFAULT)


@pytest.mark.parametrize("count", range(1, len(STRONGEST_FIRST)))
def test_a_stronger_source_beats_all_weaker_ones_in_whatever_order_they_come(count: int) -> None:
    weaker = [layer(source, look__language="id") for source in STRONGEST_FIRST[count:]]
    stronger = layer(STRONGEST_FIRST[count - 1], look__language="en")
    for order in ([stronger, *weaker], [*weaker, stronger]):
        assert language_of(resolve(order)) == ("en", STRONGEST_FIRST[count - 1])


def test_a_bad_value_leaves_the_weaker_source_and_is_named_without_being_repeated() -> None:
    settings = resolve(
        (layer(Source.MACHINE_POLICY, look__language=CANARY), layer(Source.USER, look__language="en"))
    )
    assert language_of(settings) == ("en", Source.USER)
    (problem,) = map(str, settings.problems)
    assert problem == "<policy of the PC>: look.language is none of id, en; it is ignored."


def test_an_empty_text_is_as_if_it_were_not_there() -> None:
    settings = resolve((layer(Source.MACHINE, look__language="", registry__url=""),))
    assert language_of(settings)[1] is Source.DEFAULT and settings.problems == ()


def test_a_key_that_nobody_knows_is_named() -> None:
    settings = resolve((layer(Source.USER, look__langauge="en"),))
    assert [*map(str, settings.problems)] == ["<officer>: look.langauge is not known; it is ignored."]


def test_what_counts_for_the_whole_pc_cannot_be_set_by_an_officer() -> None:
    settings = resolve((layer(Source.USER, wall__kiosk=True), layer(Source.USER_POLICY, lock__idle_min=0)))
    assert settings.get(KIOSK) is False and settings.get(IDLE_LOCK_MIN) == 15
    assert all("can be set for the whole PC only" in str(problem) for problem in settings.problems)
    assert len(settings.problems) == 2


def test_an_option_that_the_organisation_overrules_is_told() -> None:
    settings = resolve(
        (layer(Source.COMMAND_LINE, wall__kiosk=True), layer(Source.MACHINE_POLICY, wall__kiosk=False))
    )
    assert settings.get(KIOSK) is False
    assert [*map(str, settings.problems)] == [
        "<command line>: wall.kiosk is managed by your organisation; it is ignored."
    ]


@pytest.mark.parametrize(
    ("source", "lock"),
    [
        (Source.MACHINE_POLICY, "It is managed by your organisation."),
        (Source.USER_POLICY, "It is managed by your organisation."),
        (Source.MACHINE, "It is set for this PC by whoever administers it."),
        (Source.COMMAND_LINE, None),
        (Source.USER, None),
    ],
)
def test_what_an_administrator_has_set_is_not_for_the_officer_to_change(source: Source, lock: str | None) -> None:
    settings = resolve((layer(source, look__theme="contrast"),))
    found = settings.lock(THEME)
    assert (None if found is None else str(found)) == lock
    if lock is not None:
        with pytest.raises(ConfigError, match="Colours: It is"):
            settings.check_open(THEME)


# ---- values


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("wall.kiosk", True, True),
        ("wall.kiosk", 1, True),
        ("wall.kiosk", "0", False),
        ("wall.kiosk", "True", True),
        ("lock.idle_min", 0, 0),
        ("lock.idle_min", "240", 240),
        ("registry.url", " https://registry.example ", "https://registry.example"),
        ("registry.ca_file", "/etc/ssl/city.pem", "/etc/ssl/city.pem"),
        ("registry.ca_file", r"C:\city.pem", r"C:\city.pem"),
    ],
)
def test_a_value_is_read_as_files_installers_and_policies_write_it(key: str, raw: Raw, value: Raw) -> None:
    settings = resolve((Layer(Source.MACHINE, "", {key: raw}),))
    assert settings.problems == () and settings.found[key].value == value


@pytest.mark.parametrize(
    ("key", "raw", "reason"),
    [
        ("wall.kiosk", "yes", "is not true or false"),
        ("wall.kiosk", 2, "is not true or false"),
        ("lock.idle_min", 241, "is no whole number from 0 to 240"),
        ("lock.idle_min", -1, "is no whole number from 0 to 240"),
        ("lock.idle_min", True, "is no whole number from 0 to 240"),
        ("lock.idle_min", "15.0", "is no whole number from 0 to 240"),
        ("lock.idle_min", "9" * 5_000, "is no whole number from 0 to 240"),
        ("lock.idle_min", None, "is no whole number from 0 to 240"),
        ("registry.url", 7, "is not a text in one line"),
        ("registry.url", "a\nb", "is not a text in one line"),
        ("registry.url", "ftp://registry.example", "is no address like https://registry.example.go.id"),
        ("registry.url", "https://[broken", "is no address like https://registry.example.go.id"),
        ("registry.url", f"https://post:{CANARY}@registry.example", "has a login in it"),
        ("registry.ca_file", "city.pem", "is no whole path"),
        ("registry.post_id", "x" * 201, "has more than 200 characters"),
        ("look.theme", ["dark"], "is none of dark, contrast"),
    ],
)
def test_a_bad_value_is_refused_with_a_reason(key: str, raw: object, reason: str) -> None:
    settings = resolve((Layer(Source.MACHINE, "m.json", {key: raw}),))
    if raw is None:
        assert settings.problems == ()
        return
    (problem,) = map(str, settings.problems)
    assert problem == f"m.json: {key} {reason}; it is ignored." and CANARY not in problem


# ---- files


def test_an_administrators_files_are_read_from_one_folder(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text('{"look.language": "en"}', "utf-8")
    (tmp_path / "settings.json").write_text('{"version": 1, "lock.idle_min": 5}', "utf-8")
    settings = resolve(machine_layers(tmp_path))
    assert language_of(settings) == ("en", Source.MACHINE_POLICY)
    found = settings.where(IDLE_LOCK_MIN)
    assert (found.value, found.source, found.place) == (5, Source.MACHINE, str(tmp_path / "settings.json"))


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert resolve(machine_layers(tmp_path / "none")) == resolve(())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1: it is no JSON"),
        ("[]", "line 1: it is no JSON object"),
        ('{"version": 2}', "line 1: version is 2, and this console knows 1 only"),
        ('{"look.theme": "dark",\n"look.theme": "contrast"}', "line 2: look.theme is there twice"),
    ],
)
def test_a_file_that_cannot_be_understood_counts_for_nothing_and_is_named(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "policy.json"
    path.write_text(text, "utf-8")
    settings = resolve((read_layer(Source.MACHINE_POLICY, path), layer(Source.USER, look__theme="contrast")))
    assert settings.get(THEME) == "contrast"
    (problem,) = map(str, settings.problems)
    assert problem.startswith(f"{path}, {reason}")


def test_an_officers_choice_is_kept_beside_what_this_console_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "own" / "settings.json"
    path.parent.mkdir()
    path.write_text('{"version": 1, "of.tomorrow": [1], "look.theme": "contrast"}', "utf-8")
    own = OwnSettings(path.parent)
    own.save(LANGUAGE, "en")
    assert json.loads(path.read_text("utf-8")) == {
        "version": 1,
        "of.tomorrow": [1],
        "look.theme": "contrast",
        "look.language": "en",
    }
    own.forget(LANGUAGE, THEME)
    assert json.loads(path.read_text("utf-8")) == {"version": 1, "of.tomorrow": [1]}


# ---- the Windows registry


def test_the_windows_registry_is_three_sources() -> None:
    tree = {
        (Hive.MACHINE, r"SOFTWARE\Policies\Pantau"): {"LookLanguage": "en", "Oops": 1},
        (Hive.USER, r"SOFTWARE\Policies\Pantau"): {"LookTheme": "contrast"},
        (Hive.MACHINE, r"SOFTWARE\Pantau"): {"RegistryUrl": "https://registry.example", "WallKiosk": "1"},
    }

    def read(hive: Hive, path: str) -> Mapping[str, object]:
        return tree[hive, path]

    settings = resolve(registry_layers(read))
    assert language_of(settings) == ("en", Source.MACHINE_POLICY)
    assert settings.where(THEME).source is Source.USER_POLICY
    assert settings.where(REGISTRY_URL).place == r"HKLM\SOFTWARE\Pantau" and settings.get(KIOSK) is True
    assert [*map(str, settings.problems)] == [r"HKLM\SOFTWARE\Policies\Pantau: Oops is not known; it is ignored."]


def test_a_key_of_the_windows_registry_that_cannot_be_read_is_named() -> None:
    def read(_hive: Hive, _path: str) -> Mapping[str, object]:
        raise PermissionError(5, "access is denied")

    settings = resolve(registry_layers(read))
    assert settings.get(SNAPSHOT_FOLDER) == "" and len(settings.problems) == 3
    assert str(settings.problems[0]) == r"HKLM\SOFTWARE\Policies\Pantau cannot be read: access is denied"


def test_only_an_administrator_sets_what_guards_the_officers_place() -> None:
    assert {IDLE_LOCK_MIN.scope, KIOSK.scope} == {Scope.MACHINE}
