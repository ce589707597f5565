"""`run` against a reference registry that was started alone: enrolment, the next start, the ways to fail."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.tile_budget import SizeClass
from tests.support.camera_files import Row, cameras_with_login, write_cameras
from tests.support.canary import found_in_files, new_canary
from tests.support.file_keyring import FILE_VARIABLE
from tests.support.product import Ended, Product, run_product, running_product
from tests.waiting import until

USERNAME = "post"
CODES = ("JKT-00001", "JKT-00002")
PLAYS_S = "6"
KEYRING = "tests.support.file_keyring.Keyring"


@dataclass(frozen=True, slots=True)
class Central:
    """A registry of two cameras."""

    product: Product
    url: str
    enrolment_code: str
    password: str
    """Of its cameras."""


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    """A registry, started as its operator would, and the cameras that it lists."""
    password = new_canary()
    folder = tmp_path / "central"
    folder.mkdir()
    with cameras_with_login(USERNAME, password) as url:
        rows = [
            Row(code, f"Camera {code}", "", f"{url}/main/{code}", f"{url}/sub/{code}", USERNAME, password)
            for code in CODES
        ]
        cameras = write_cameras(folder / "own.csv", rows)
        words = ["registry", "serve", "--port", "0", "--data", str(folder / "registry.sqlite")]
        with running_product(folder, [*words, "--cameras", str(cameras)]) as product:
            until(lambda: product.output.endswith("\n"), what="the registry's announcement")
            announced = json.loads(product.output)
            yield Central(product, announced["registry"], announced["enrolment_code"], password)


def _run(folder: Path, central: Central, *words: str, keyring: bool = True) -> Ended:
    """A post's wall for some seconds; its home is the folder's."""
    more = _keyring(folder) if keyring else {}
    wall = ["--headless", "--tiles", "2", "--for", PLAYS_S, "--report", str(folder / "report.json")]
    return run_product(folder, ["run", "--registry", central.url, *words, *wall], more)


def _keyring(folder: Path) -> dict[str, str]:
    return {"PYTHON_KEYRING_BACKEND": KEYRING, FILE_VARIABLE: str(folder / "keyring")}


def _tiles(folder: Path) -> dict[str, tuple[str, str | None]]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {tile["camera"]: (tile["life"], tile["failure"]) for tile in report["tiles"]}


def _assert_refused(ended: Ended, words: str) -> None:
    assert ended.code == 2, ended.errors
    assert len(ended.complaints) == 1 and words in ended.complaints[0], ended.errors


def test_a_post_enrols_once_and_knows_its_cameras_even_when_the_registry_is_gone(
    central: Central, tmp_path: Path
) -> None:
    _assert_refused(_run(tmp_path, central), "is not enrolled")
    _assert_refused(_run(tmp_path, central, "--enrol", "WRONG-CODE"), "code is wrong")
    ended = _run(tmp_path, central, "--enrol", central.enrolment_code)
    assert (ended.code, ended.output, ended.errors) == (0, "", "")
    assert _tiles(tmp_path) == {code: ("live", None) for code in CODES}
    _assert_refused(_run(tmp_path, central, "--enrol", central.enrolment_code), "was used before")

    again = _run(tmp_path, central)
    assert _tiles(tmp_path) == {code: ("live", None) for code in CODES}
    assert (again.code, again.errors) == (0, "")
    assert central.product.end().code == 0
    alone = _run(tmp_path, central)
    assert alone.code == 3
    assert "Traceback" not in alone.errors
    assert _tiles(tmp_path) == {code: ("lost", "lease-unavailable") for code in CODES}
    assert not found_in_files([central.password], tmp_path)


def test_without_a_keyring_a_post_plays_until_it_ends_and_its_key_is_written_nowhere(
    central: Central, tmp_path: Path
) -> None:
    _assert_refused(_run(tmp_path, central, keyring=False), "no keyring")
    ended = _run(tmp_path, central, "--enrol", central.enrolment_code, keyring=False)
    assert ended.code == 0
    assert len(ended.complaints) == 1 and "enrolled again at the next start" in ended.errors
    assert _tiles(tmp_path) == {code: ("live", None) for code in CODES}
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and _holds_key(path)]
    stopped = central.product.end(signal.SIGINT)
    assert (stopped.code, stopped.errors) == (0, "")


def test_who_saw_what_is_at_the_registry_whatever_ends_the_wall(central: Central, tmp_path: Path) -> None:
    assert _run(tmp_path, central, "--enrol", central.enrolment_code).code == 0
    words = ["run", "--registry", central.url, "--headless", "--tiles", "2"]
    with running_product(tmp_path, words, more=_keyring(tmp_path)) as product:
        until(lambda: _kinds(_on_this_pc(tmp_path))[-1:] == ["views-changed"], what="the second run's views")
        product.process.send_signal(signal.SIGKILL)
        product.process.wait()
    assert _run(tmp_path, central).code == 0
    here, there = _on_this_pc(tmp_path), _at_the_registry(central)
    assert here[: len(there)] == there and _kinds(here).count("started") == 3
    assert _kinds(there).count("started") == 3, "what was written before the kill was sent after it"
    assert set(_kinds(here)) == {"started", "views-changed", "ended"} and _kinds(here).count("ended") == 2
    verified = run_product(tmp_path, ["audit", "verify"])
    assert (verified.code, verified.errors) == (0, "") and "whole: nothing was changed" in verified.output
    assert not found_in_files([central.password], tmp_path)


def _on_this_pc(folder: Path) -> list[dict[str, object]]:
    files = sorted((folder / "home").rglob("journal-*.ndjson"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def _at_the_registry(central: Central) -> list[dict[str, object]]:
    with closing(sqlite3.connect(central.product.folder / "registry.sqlite")) as database:
        found = database.execute("select record from audit_events order by seq").fetchall()
    return [json.loads(record) for (record,) in found]


def _kinds(entries: list[dict[str, object]]) -> list[object]:
    return [entry["kind"] for entry in entries]


def _holds_key(path: Path) -> bool:
    return b"PRIVATE KEY" in path.read_bytes()


def test_the_preflight_finds_the_post_and_the_wall_keeps_to_what_it_measured(
    central: Central, tmp_path: Path
) -> None:
    assert not _run(tmp_path, central, "--enrol", central.enrolment_code).errors
    found = run_product(tmp_path, ["doctor", "--quick", "--json", str(tmp_path / "d.json")], _keyring(tmp_path))
    assert (found.code, found.errors) == (1, ""), "there is no display"
    report = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    levels = {finding["subject"]: finding["level"] for finding in report["findings"]}
    assert {name for name, level in levels.items() if level != "fine"} <= {"screens", "libVLC"}
    assert {"H.264", "H.265", "MJPEG", "registry", "clock", "keyring", "disk"} <= set(levels)
    state = tmp_path / "home" / ".local" / "state" / "pantau"
    assert json.loads((state / "doctor.json").read_text(encoding="utf-8")) == report
    one_each = {size.value: 1 for size in SizeClass}
    (state / "budget.json").write_text(json.dumps({"version": 1, **one_each}), encoding="utf-8")
    assert _run(tmp_path, central).code == 3
    tiles = _tiles(tmp_path)
    assert tiles[CODES[1]] == ("lost", "over-budget") and tiles[CODES[0]][1] != "over-budget"
