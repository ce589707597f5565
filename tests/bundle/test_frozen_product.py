"""The product frozen for this system, started as its user starts it: no Python of this repository takes part."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import psutil
import pytest

from app.demo.world import DemoWorld
from devtools.bundling import contents
from devtools.locks import ROOT, Lock
from tests.support.product import running_product
from tests.support.secret_service import desktop, secret_service
from tests.waiting import until

BUDGET_BYTES = 395 * 1024 * 1024
"""What the folder may take: 375 MB today, and a twentieth."""
SETTLED_S = 90.0


def test_it_says_its_version_and_does_so_without_a_home(frozen: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [frozen / "pantau", "--version"], cwd=tmp_path, env={}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"pantau {contents.product_version(ROOT)}\n"), done


def test_sixteen_cameras_play_and_every_process_is_the_frozen_one(frozen: Path, tmp_path: Path) -> None:
    files = ["--report", str(tmp_path / "report.json"), "--screenshot", str(tmp_path / "wall.png")]
    words = ["demo", "--headless", "--tiles", "16", "--for", "9", *files]
    program = [str(frozen / "pantau")]
    before = _files_of(frozen)
    with running_product(tmp_path, words, start=(), program=program) as product:
        kinds = ("app.video.host", "app.demo.registry", "app.demo.simulator")
        until(lambda: all(product.of_kind(kind) for kind in kinds), within_s=SETTLED_S, what="every process")
        assert {_program(each) for each in product.family()} <= {str(frozen / "pantau"), ""}
        ended = product.wait(SETTLED_S)
    assert (ended.code, ended.output, ended.errors) == (0, "", "")
    assert product.report["wall"] == {"monitors": 1, "tiles": 16, "live": 16}
    assert product.report["version"] == contents.product_version(ROOT)
    assert not product.left_files() and not product.left_processes()
    assert _files_of(frozen) == before, "it wrote into its own folder"
    assert _written_names(tmp_path) <= {"report.json", "wall.png", "stdout", "stderr"}


def _program(process: psutil.Process) -> str:
    """Its program's file; empty for one that has ended."""
    try:
        return process.exe()
    except psutil.NoSuchProcess:
        return ""


def _files_of(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def _written_names(folder: Path) -> set[str]:
    """Every file that the run left, but for those where Pantau keeps things (`app/config/folders.py`)."""
    home = folder / "home"
    own = [home / each / "pantau" for each in (".config", ".cache", ".local/state")]
    files = (path for path in folder.rglob("*") if path.is_file() and "fontconfig" not in path.parts)
    return {path.name for path in files if not any(each in path.parents for each in own)}


def test_the_wall_program_is_the_wall(frozen: Path, tmp_path: Path) -> None:
    """It takes the words of `run`; without a post and without anybody to ask, it says so and ends."""
    with running_product(tmp_path, ["--headless"], start=(), program=[str(frozen / "pantau-wall")]) as product:
        ended = product.wait()
    assert ended.code == 2
    assert re.fullmatch(r"pantau: .*\n", ended.errors), ended


@pytest.mark.real_keyring
def test_a_post_s_key_rests_in_the_desktop_s_keyring(frozen: Path, tmp_path: Path) -> None:
    """Enrolled once, it opens without a code from then on: the keyring's client is in the bundle."""
    program, wall = [str(frozen / "pantau")], ["--headless", "--tiles", "1", "--for", "6"]
    folder = tmp_path / "post"
    folder.mkdir()
    with DemoWorld(tmp_path, None) as registry, desktop() as place, secret_service(place, is_unlocked=True):
        keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring"}
        more = {**place.environment, **keyring, "HOME": str(folder / "home")}
        for words in (["--registry", registry.url, "--enrol", registry.enrolment_code], []):
            with running_product(folder, ["run", *words, *wall], more=more, start=(), program=program) as product:
                ended = product.wait(SETTLED_S)
            assert ended.code == 0 and "keyring" not in ended.errors, ended


def test_it_keeps_to_its_budget(frozen: Path) -> None:
    taken_bytes = contents.size_bytes(
        path for path in frozen.rglob("*") if path.is_file() and not path.is_symlink()
    )
    print(f"\n{taken_bytes / 2**20:.0f} MB")
    assert taken_bytes <= BUDGET_BYTES


def test_only_locked_packages_of_the_product_are_in_it(frozen: Path) -> None:
    locked = {
        _normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", Lock.RUN.path.read_text("utf-8"), re.M)
    }
    shipped = {_normal(path.name.split("-")[0]) for path in (frozen / "_internal").glob("*.dist-info")}
    assert shipped <= locked
    unwanted = ("PIL", "chardet", "lxml", "jsonschema", "PyInstaller", "pytest", "tkinter")
    assert not [name for name in unwanted if (frozen / "_internal" / name).exists()]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_link_in_it_leads_nowhere(frozen: Path) -> None:
    assert not [path for path in frozen.rglob("*") if path.is_symlink() and not path.exists()]
