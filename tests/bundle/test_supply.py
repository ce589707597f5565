"""What goes along with the installer: its list of contents, sums, entry for winget, and the texts of licences."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from devtools.bundling import contents, msi
from devtools.bundling.freeze import DIST, ensure_bundle_python
from devtools.bundling.windows import make_installer
from devtools.locks import ROOT, Lock
from devtools.packages import Command
from devtools.system import ensure_system_packages

VALIDATE = (
    "import sys; from cyclonedx.schema import SchemaVersion;"
    "from cyclonedx.validation.json import JsonStrictValidator;"
    "found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding='utf-8').read());"
    "sys.exit(str(found) if found else 0)"
)


@pytest.fixture(scope="module")
def installer() -> Path:
    """The installer of these very sources."""
    ensure_system_packages(Command.INSTALLER, makes_venv=False)
    return make_installer()


def _listed(installer: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(installer.with_suffix(".cdx.json").read_text("utf-8"))
    return document


def test_the_list_of_contents_is_valid_cyclonedx(installer: Path) -> None:
    words = [ensure_bundle_python(), "-c", VALIDATE, installer.with_suffix(".cdx.json")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_locked_package_is_listed_with_its_hashes_and_what_is_inside_besides(installer: Path) -> None:
    components = {each["name"].lower(): each for each in _listed(installer)["components"]}
    locked = re.findall(r"^([\w.-]+)==([^\s;]+)", Lock.RUN.path.read_text("utf-8"), re.MULTILINE)
    assert locked and all(name.lower() in components for name, _ in locked)
    assert "sha-256" in json.dumps(components["av"]).lower()
    for inner in ("cpython", "qt", "ffmpeg", "openssl", "sqlite"):
        assert components[inner]["version"] and components[inner]["licenses"], inner


def test_the_sums_are_right_and_name_everything(installer: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=DIST, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert installer.name in (DIST / "SHA256SUMS").read_text("utf-8")


def test_the_installer_is_of_this_version_and_carries_every_file(
    installer: Path, frozen_for_windows: Path
) -> None:
    properties = msi.properties_of(installer)
    assert properties["ProductVersion"] == contents.product_version(ROOT)
    rows = msi.rows_of(installer, "File")
    assert len(rows) == sum(path.is_file() for path in frozen_for_windows.rglob("*"))
    versionless = {
        row["FileName"].rpartition("|")[2]
        for row in rows
        if row["FileName"].lower().endswith((".dll", ".exe")) and not row["Version"]
    }
    with_one = {path.name for path in frozen_for_windows.rglob("*") if msi.file_version(path)}
    assert not versionless & with_one, "Windows might leave an older one of these where the new one belongs"


@pytest.mark.parametrize("package", ["av", "numpy", "python-vlc", "requests", "keyring", "python"])
def test_the_texts_of_licences_go_along(frozen_for_windows: Path, package: str) -> None:
    folder = frozen_for_windows / "_internal" / "licenses" / package
    assert folder.is_dir() and any(path.stat().st_size > 500 for path in folder.iterdir())
    offer = frozen_for_windows / "_internal" / "resources" / "licenses" / "SOURCE.md"
    assert "complete corresponding source" in offer.read_text("utf-8")
