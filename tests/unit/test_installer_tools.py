"""The small parts that the Windows installer is made with, on made-up files: no wine and no compiler."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from app.config.settings_table import TABLE
from app.config.settings_windows import MACHINE_PATH
from devtools.bundling import msi, supply, windows_python
from devtools.bundling.pe import SUBSYSTEM_CONSOLE, SUBSYSTEM_WINDOW, NotAProgramError, Program
from devtools.bundling.signing import SigningKey, signing_key
from devtools.bundling.wine import Wine, windows_path
from devtools.locks import ROOT
from devtools.steps import SetupError

LAUNCHERS = Path(str(importlib.util.find_spec("pip").origin)).parent / "_vendor" / "distlib"  # type: ignore[union-attr]
"""pip brings small programs for Windows along, on every system."""


# --- programs ---


@pytest.mark.parametrize("name, subsystem", [("t64.exe", SUBSYSTEM_CONSOLE), ("w64.exe", SUBSYSTEM_WINDOW)])
def test_a_windows_program_says_what_it_is(name: str, subsystem: int) -> None:
    program = Program(LAUNCHERS / name)
    assert program.subsystem == subsystem
    assert {"kernel32.dll", "shlwapi.dll"} <= set(program.imports())
    assert program.version().count(".") == 3 and program.version_texts()["FileVersion"]
    assert "requestedExecutionLevel" in program.manifest() and not program.is_signed


def test_what_is_no_64_bit_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAProgramError, match="not of 64 bits"):
        Program(LAUNCHERS / "t32.exe")
    text = tmp_path / "a.dll"
    text.write_text("no program")
    with pytest.raises(NotAProgramError, match=r"a\.dll is no program"):
        Program(text)


# --- a Python for Windows ---


def test_of_the_carrier_only_python_is_taken() -> None:
    names = ["deploy_libs/python311.dll", "deploy_libs/_ssl.pyd", "deploy_libs/tcl86t.dll", "panda3d/core.pyd"]
    names += ["deploy_libs/api-ms-win-crt-heap-l1-1-0.dll", "deploy_libs/_tkinter.pyd", "deploy_libs/x.txt"]
    assert list(windows_python.carried_files(names)) == names[:2]


def test_modules_for_any_python_3_get_every_name_of_python_s() -> None:
    text = windows_python.forwarder(["PyList_New", "_Py_Dealloc", "DllMain"])
    assert text.splitlines()[2:] == [
        "    PyList_New = python311.PyList_New",
        "    _Py_Dealloc = python311._Py_Dealloc",
    ]


def test_the_carrier_is_fetched_by_its_hash() -> None:
    text = windows_python.CARRIER.read_text("utf-8")
    assert "--hash=sha256:" in text and "://" not in text


def test_wine_gets_a_windows_of_its_own_and_no_screen_unless_told(tmp_path: Path) -> None:
    wine = Wine(tmp_path)
    assert "DISPLAY" not in wine.environment() and wine.environment()["WINEPREFIX"] == str(tmp_path)
    assert Wine(tmp_path, more={"DISPLAY": ":7"}).environment()["DISPLAY"] == ":7"
    assert windows_path(Path("/a b/c.msi")) == r"Z:\a b\c.msi"


# --- the installer ---


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder like a frozen product, in small."""
    folder = tmp_path / "pantau"
    for inside in (
        "pantau.exe",
        "pantau-wall.exe",
        "_internal/a.dll",
        "_internal/deep/er/b.json",
        "_internal/c & d.txt",
    ):
        (folder / inside).parent.mkdir(parents=True, exist_ok=True)
        (folder / inside).write_bytes(inside.encode())
    return folder


def _of(root: ET.Element, kind: str) -> list[ET.Element]:
    return [each for each in root.iter() if each.tag.endswith("}" + kind)]


def test_every_file_is_installed_where_it_lies(frozen: Path) -> None:
    root = ET.fromstring(msi.fragment(frozen))
    folders = {"INSTALLDIR": ""}
    for parent in _of(root, "DirectoryRef"):
        for child in _of(parent, "Directory"):
            folders[child.attrib["Id"]] = f"{folders[parent.attrib['Id']]}{child.attrib['Name']}/"
    placed = {
        folders[parent.attrib["Id"]] + file.attrib["Name"]
        for parent in _of(root, "DirectoryRef")
        for file in _of(parent, "File")
    }
    own = {"pantau.exe", "pantau-wall.exe"}
    assert placed | own == {path.relative_to(frozen).as_posix() for path in frozen.rglob("*") if path.is_file()}
    components = {each.attrib["Id"] for each in _of(root, "Component")}
    assert components == {each.attrib["Id"] for each in _of(root, "ComponentRef")}
    assert len({each.attrib["Guid"] for each in _of(root, "Component")}) == len(components) == 3


def test_the_same_files_give_the_same_source(frozen: Path) -> None:
    before = msi.fragment(frozen)
    assert msi.fragment(frozen) == before
    (frozen / "_internal" / "new.dll").touch()
    assert set(before.splitlines()) < set(msi.fragment(frozen).splitlines()), "what was there keeps its ids"


@pytest.mark.parametrize("version", ["256.0.0", "1.256.0", "1.0.65536", "1.0"])
def test_a_version_that_windows_cannot_compare_is_refused(version: str) -> None:
    with pytest.raises(SetupError):
        msi.check_version(version)


def test_every_version_has_a_product_code_of_its_own() -> None:
    assert len({msi.product_code(version) for version in ("0.1.0", "0.1.1", "1.0.0")}) == 3
    assert msi.product_code("0.1.0") == msi.product_code("0.1.0")


def test_versions_are_filled_into_the_rows_that_have_one() -> None:
    table = (
        "File\tA\tB\tC\tVersion\tLanguage\tX\r\ns\ts\r\nFile\tFile\r\nf1\ta\tb\tc\t\t\tx\r\nf2\ta\tb\tc\t\t\tx\r\n"
    )
    lines = msi.with_versions(table, {"f1": "1.2.3.4", "f2": ""}).split("\r\n")
    assert lines[3:5] == ["f1\ta\tb\tc\t1.2.3.4\t1033\tx", "f2\ta\tb\tc\t\t\tx"]


def test_every_condition_and_property_is_of_the_source() -> None:
    root = ET.parse(msi.SOURCE).getroot()
    components = {each.attrib["Id"] for each in _of(root, "Component")}
    assert set(msi.CONDITIONS) < components
    text = msi.SOURCE.read_text("utf-8")
    assert all(f"[{name}]" in text or f"NOT {name} " in text for name in msi.PUBLIC_PROPERTIES)
    assert str(msi.PRODUCT_SPACE).upper() in text
    sequences = [each.attrib["Sequence"] for each in _of(root, "Custom")]
    assert len(set(sequences)) == len(sequences)


def test_the_installer_s_values_are_settings_that_the_product_reads() -> None:
    root = ET.parse(msi.SOURCE).getroot()
    written = {each.attrib["Name"] for each in _of(root, "RegistryValue") if each.attrib["Key"] == MACHINE_PATH}
    assert len(written) == 5 and written <= {setting.value_name for setting in TABLE}
    searched = {each.attrib["Name"] for each in _of(root, "RegistrySearch") if each.attrib["Key"] == MACHINE_PATH}
    assert searched == written, "an upgrade keeps every one of them"


# --- signing, and what goes along ---


def test_nothing_is_signed_unless_a_certificate_is_given() -> None:
    assert signing_key({}) is None


@pytest.mark.parametrize("given", [("SIGN_PFX",), ("SIGN_PASSWORD_FILE",), ("SIGN_PFX", "SIGN_PASSWORD_FILE")])
def test_half_a_certificate_or_one_that_is_not_there_is_refused(tmp_path: Path, given: tuple[str, ...]) -> None:
    there = tmp_path / "one"
    there.touch()
    names = {name: str(there if len(given) == 1 else tmp_path / "gone") for name in given}
    with pytest.raises(SetupError, match="names no file"):
        signing_key(names)


def test_a_certificate_is_known_by_its_files(tmp_path: Path) -> None:
    for name in ("key.pfx", "password"):
        (tmp_path / name).touch()
    found = signing_key({"SIGN_PFX": str(tmp_path / "key.pfx"), "SIGN_PASSWORD_FILE": str(tmp_path / "password")})
    assert found == SigningKey(tmp_path / "key.pfx", tmp_path / "password")


def test_the_sums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "winget").mkdir()
    files = [tmp_path / "a.msi", tmp_path / "winget" / "b.yaml"]
    for path in files:
        path.write_text(path.name)
    supply.write_sums(tmp_path / "SHA256SUMS", files)
    done = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "a.msi: OK\nwinget/b.yaml: OK\n")


def test_what_packages_carry_is_listed_as_its_own_library_says(tmp_path: Path) -> None:
    carriers = (
        "python311.dll",
        "PySide6/Qt6Core.dll",
        "av.libs/avutil-60-ab.dll",
        "libcrypto-3.dll",
        "sqlite3.dll",
    )
    for name in carriers:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(LAUNCHERS / "t64.exe", tmp_path / name)
    found = supply.inner_parts(tmp_path)
    assert [part.name for part in found] == ["CPython", "Qt", "FFmpeg", "OpenSSL", "SQLite"]
    said = ".".join(Program(LAUNCHERS / "t64.exe").version_texts()["ProductVersion"].split(".")[:3])
    assert {part.version for part in found} == {said}
    shutil.copyfile(LAUNCHERS / "t64.exe", tmp_path / "libvlc.dll")
    vlc = supply.inner_parts(tmp_path)[-1].as_component()
    assert vlc["cpe"] == f"cpe:2.3:a:videolan:vlc_media_player:{said}:*:*:*:*:*:*:*"


def test_a_product_without_one_of_them_has_no_list(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"no python311\.dll"):
        supply.inner_parts(tmp_path)


def test_winget_is_told_the_installer_s_sum_and_codes() -> None:
    sum_of = hashlib.sha256(b"x").hexdigest().upper()
    files = supply.winget_manifest("Pantau-1.2.3-x64.msi", "1.2.3", sum_of)
    assert set(files) == {f"Pantau.Pantau{kind}.yaml" for kind in ("", ".installer", ".locale.id-ID")}
    assert all("PackageVersion: 1.2.3\n" in text and "ManifestVersion: 1.6.0\n" in text for text in files.values())
    installer = files["Pantau.Pantau.installer.yaml"]
    assert (
        sum_of in installer
        and msi.product_code("1.2.3") in installer
        and str(msi.PRODUCT_SPACE).upper() in installer
    )


def test_the_icon_that_the_installer_shows_is_there() -> None:
    assert (ROOT / "resources" / "icons" / "pantau.ico").is_file() and msi.ICON.is_file()
