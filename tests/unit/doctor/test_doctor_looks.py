"""What the preflight finds is as bad as it is, no worse; and nothing of a secret is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.config.settings import Layer, Settings, Source, resolve
from app.credentials import Identity, MemoryStore, new_private_key
from app.doctor import software, surroundings
from app.doctor.finding import EXIT_CODES, Finding, Level, worst
from app.doctor.software import look_at_screens, look_at_software
from app.doctor.surroundings import look_at_disk, look_at_keyring, look_at_registry, look_at_settings
from tests.contract.registry_client_parts import running_registry


def settings_with(**values: object) -> Settings:
    return resolve(
        (Layer(Source.MACHINE, "m.json", {key.replace("__", "."): each for key, each in values.items()}),)
    )


def levels(findings: Iterator[Finding]) -> dict[str, Level]:
    return {finding.subject: finding.level for finding in findings}


def test_the_worst_line_is_the_exit_code() -> None:
    fine, warning, cannot = (Finding("x", level, "") for level in Level)
    assert [EXIT_CODES[worst(each)] for each in ([], [fine], [fine, warning], [cannot, warning])] == [0, 0, 1, 2]


# ---- software

TOLD: Mapping[str, Any] = {
    "python": "3.11",
    "pyav": "18.1",
    "ffmpeg": {"libavcodec": "62"},
    "codecs": {"H.264": 10, "H.265": 10, "MJPEG": 10},
    "hardware": {"device": "", "is_used": False},
    "vlc": {"version": "3.0", "why_not": ""},
}


@pytest.mark.parametrize(
    ("change", "subject", "level", "words"),
    [
        ({}, "H.264", Level.FINE, "10 of 10"),
        ({"codecs": {"H.264": 9}}, "H.264", Level.CANNOT, "only 9 of 10"),
        ({"codecs": {"H.264": 10, "MJPEG": 0}}, "MJPEG", Level.WARNING, "only 0 of 10"),
        (
            {"vlc": {"version": "", "why_not": "libVLC is not installed"}},
            "libVLC",
            Level.WARNING,
            "shared surfaces",
        ),
        ({}, "graphics card", Level.FINE, "SOFTWARE decodes here: none"),
        ({"hardware": {"device": "vaapi", "is_used": False}}, "graphics card", Level.FINE, "vaapi is there and"),
        ({"hardware": {"device": "cuda", "is_used": True}}, "graphics card", Level.FINE, "by cuda (read back)"),
    ],
)
def test_each_part_of_the_software_has_its_line(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], subject: str, level: Level, words: str
) -> None:
    monkeypatch.setattr(software, "ask", lambda _command: {**TOLD, **change})
    (finding,) = (each for each in look_at_software() if each.subject == subject)
    assert finding.level is level and words in finding.text


def test_decoders_that_cannot_be_loaded_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software, "PICTURES_COMMAND", ("false",))
    assert levels(look_at_software()) == {"video": Level.CANNOT}


def test_the_real_software_decodes_every_codec() -> None:
    found = {finding.subject: finding for finding in look_at_software()}
    assert {found[name].level for name in ("versions", "H.264", "H.265", "MJPEG")} == {Level.FINE}
    assert found["graphics card"].text


def test_screens_are_named_and_none_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in software.DISPLAY_VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    assert look_at_screens().level is Level.WARNING
    monkeypatch.setenv("DISPLAY", ":0")  # the tests' Qt paints without one
    finding = look_at_screens()
    assert finding.level is Level.FINE and "800×800" in finding.text
    monkeypatch.setattr(software, "SCREENS_COMMAND", ("false",))
    assert look_at_screens().level is Level.CANNOT


# ---- surroundings


def test_what_is_wrong_with_the_settings_is_a_warning() -> None:
    assert look_at_settings(settings_with()).level is Level.FINE
    finding = look_at_settings(settings_with(oops=1))
    assert finding.level is Level.WARNING and "oops is not known" in finding.text


def test_a_registry_that_answers_is_fine_and_so_is_its_clock(tmp_path: Path) -> None:
    with running_registry(tmp_path) as registry:
        assert levels(look_at_registry(settings_with(registry__url=registry.url))) == {
            "registry": Level.FINE,
            "clock": Level.FINE,
        }
        wrong = look_at_registry(settings_with(registry__url=registry.url), lambda: 1_000_000.0)
        (clock,) = (each for each in wrong if each.subject == "clock")
        assert clock.level is Level.WARNING and clock.text.startswith("this PC's clock is -")


@pytest.mark.parametrize(("url", "words"), [("", "no address is set"), ("http://127.0.0.1:1", "last good copy")])
def test_a_registry_that_is_not_there_is_a_warning_as_the_wall_runs(url: str, words: str) -> None:
    (finding,) = look_at_registry(settings_with(registry__url=url))
    assert finding.level is Level.WARNING and words in finding.text


def test_a_keyring_without_this_post_or_with_another_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    monkeypatch.setattr(surroundings, "open_key_store", lambda: store)
    url = "https://registry.example"
    assert look_at_keyring(settings_with()).level is Level.FINE
    assert look_at_keyring(settings_with(registry__url=url)).level is Level.WARNING
    store.save(url, Identity("post_7", key := new_private_key()))
    known = look_at_keyring(settings_with(registry__url=url))
    assert known.level is Level.FINE and "post_7" in known.text and key.reveal() not in str(known)
    other = look_at_keyring(settings_with(registry__url=url, registry__post_id="post_8"))
    assert other.level is Level.CANNOT and "settings say post_8" in other.text


def test_no_keyring_is_a_warning() -> None:
    assert look_at_keyring(settings_with()).level is Level.WARNING


def test_a_disk_is_fine_short_or_full(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 0})
    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda _folder: usage)
    for free, level in ((2_000_000_000, Level.FINE), (500_000_000, Level.WARNING), (1, Level.CANNOT)):
        usage.free = free
        assert levels(look_at_disk()) == {"disk": level}


def test_a_folder_that_cannot_be_written_to_ends_it(fresh_home: Path) -> None:
    (fresh_home / ".config").mkdir(parents=True, exist_ok=True)
    (fresh_home / ".config" / "pantau").write_text("a file where the folder should be", "utf-8")
    (finding,) = look_at_disk()
    assert finding.level is Level.CANNOT and "the folder of settings" in finding.text
