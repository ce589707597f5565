"""`pantau diagnose`: what support needs is in one file, and no secret is, wherever one may have been."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

from app import cli
from app.cli import WallRequest
from app.config.folders import (
    cache_folder,
    journal_folder,
    log_folder,
    pictures_folder,
    settings_folder,
    state_folder,
)
from app.diagnose import DOCTOR_NAME
from tests.support.canary import forms, new_canary
from tests.support.journal_kit import write

CANARY = new_canary()
URL = f"rtsp://viewer:{CANARY}@10.0.0.9:554/ch1"


def no_wall(_: WallRequest) -> NoReturn:
    raise AssertionError("no wall was asked for")


@pytest.fixture
def pc() -> None:
    """A PC with logs, a journal, a report and an own setting; secrets wherever one could have got by mistake."""
    for folder in (settings_folder(), state_folder(), cache_folder(), log_folder(), pictures_folder()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{CANARY.replace('/', '')}.bin").write_text(CANARY, "utf-8")
    (settings_folder() / "settings.json").write_text(
        json.dumps({"registry.url": f"https://a:{CANARY}@r/"}), "utf-8"
    )
    (log_folder() / "pantau.log").write_text(f"opening {URL}\nAuthorization: Basic {CANARY}\nkept\n", "utf-8")
    (log_folder() / "pantau.log.1").write_text("older\n", "utf-8")
    (state_folder() / DOCTOR_NAME).write_text('{"level": "fine"}', "utf-8")
    (cache_folder() / "catalogue.json").write_text(CANARY, "utf-8")
    write(journal_folder() / "post_7", 3)


def bundle(path: Path) -> dict[str, str]:
    assert cli.main(["diagnose", "--out", str(path)], no_wall) == 0
    with zipfile.ZipFile(path) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


@pytest.mark.usefixtures("pc")
def test_everything_that_support_needs_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = bundle(tmp_path / "d.zip")
    assert {*texts} == {
        *("settings.json", "versions.json", "folders.json", "journal.json", DOCTOR_NAME),
        *("logs/pantau.log", "logs/pantau.log.1"),
    }
    assert "kept" in texts["logs/pantau.log"] and texts["logs/pantau.log.1"] == "older\n"
    assert json.loads(texts["journal.json"])["post_7"]["entries"] == 3
    versions = json.loads(texts["versions.json"])
    assert versions["pantau"] == cli.product_version() and {"av", "PySide6_Essentials"} <= set(
        versions["packages"]
    )
    settings = json.loads(texts["settings.json"])
    assert settings["settings"]["lock.idle_min"]["source"] == "default"
    assert "registry.url has a login in it" in settings["ignored"][0]
    assert "holds no password" in capsys.readouterr().out


@pytest.mark.usefixtures("pc")
def test_no_secret_and_nothing_of_what_was_seen_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    texts = bundle(path)
    whole = "\n".join([*texts, *texts.values()]).encode()
    assert not [form for form in forms(CANARY) if form in whole or form in path.read_bytes()]
    entries = "".join(each.read_text("utf-8") for each in (journal_folder() / "post_7").glob("*.ndjson"))
    hashes = [json.loads(line)["hash"] for line in entries.splitlines()]
    assert hashes and not [each for each in hashes if each in whole.decode()]


def test_a_pc_on_which_nothing_ever_ran_has_a_file_too(tmp_path: Path) -> None:
    assert {"settings.json", "versions.json", "folders.json", "journal.json"} == {*bundle(tmp_path / "d.zip")}


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diagnose", "--out", str(tmp_path / "none" / "d.zip")], no_wall) == 2
    assert "d.zip cannot be written: No such file or directory" in capsys.readouterr().err
