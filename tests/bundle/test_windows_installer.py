"""The installer on a Windows in wine: installed, upgraded, refused, taken away. Real Windows was not there to ask.

The product in it is a small one of the real programs and a library: every rule is in the installer's tables, and
none in how many files it carries.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.bundling import msi
from devtools.bundling.pe import Program
from devtools.bundling.signing import SigningKey, sign
from tests.bundle.windows_machine import (
    OF_EVENTS,
    OF_PRODUCTS,
    OF_SETTINGS,
    OF_STARTS,
    WindowsMachine,
    windows_machine,
)

OLD, NEW = "0.1.0", "0.2.0"
URL = "https://registry.example.go.id"
FAILED_CODE = 1603 % 256
"""ERROR_INSTALL_FAILURE, as wine tells it."""


@pytest.fixture(scope="module")
def small_product(frozen_for_windows: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real programs, one real library, a name with signs in it."""
    folder = tmp_path_factory.mktemp("small") / "pantau"
    (folder / "_internal" / "a folder").mkdir(parents=True)
    for name in ("pantau.exe", "pantau-wall.exe", "_internal/VCRUNTIME140.dll"):
        shutil.copyfile(frozen_for_windows / name, folder / name)
    (folder / "_internal" / "a folder" / "b & c.txt").write_text("x")
    return folder


@pytest.fixture(scope="module")
def installers(small_product: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An installer a version."""
    folder = tmp_path_factory.mktemp("installers")
    made = {version: folder / f"Pantau-{version}-x64.msi" for version in (OLD, NEW)}
    for version, path in made.items():
        msi.make_msi(small_product, version, path)
    return made


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WindowsMachine]:
    """One Windows for all tests of this module, each of which leaves nothing behind."""
    with windows_machine(tmp_path_factory.mktemp("wine") / "prefix") as made:
        yield made


@pytest.fixture
def clean(machine: WindowsMachine) -> Iterator[WindowsMachine]:
    """That Windows, without the product before and after."""
    assert not machine.is_installed()
    yield machine
    for version in (OLD, NEW):
        machine.uninstall(msi.product_code(version))
    machine.forget_settings()


def _of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_installs_silently_what_it_was_told(
    clean: WindowsMachine, installers: dict[str, Path], small_product: Path
) -> None:
    asked = {"REGISTRYURL": URL, "POSTID": "post-7", "CAFILE": r"C:\ProgramData\Pantau\city.pem"}
    assert clean.install(installers[OLD], **asked, LANGUAGE="en", KIOSK="1") == 0
    assert clean.files() == _of(small_product)
    assert clean.values(OF_SETTINGS) == {
        "RegistryUrl": URL,
        "RegistryPostId": "post-7",
        "RegistryCaFile": r"C:\ProgramData\Pantau\city.pem",
        "LookLanguage": "en",
        "WallKiosk": "0x1",
    }
    assert clean.values(OF_STARTS)["Pantau"] == r'"C:\Program Files\Pantau\pantau-wall.exe"'
    assert clean.values(OF_EVENTS)["EventMessageFile"].endswith(r"\System32\EventCreate.exe")
    assert clean.is_installed() and clean.data.is_dir() and "Pantau.lnk" in clean.shortcuts()


def test_what_it_is_not_told_is_left_unset(clean: WindowsMachine, installers: dict[str, Path]) -> None:
    assert clean.install(installers[OLD], AUTOSTART="0") == 0
    assert clean.values(OF_SETTINGS) == {}
    assert "Pantau" not in clean.values(OF_STARTS)


def test_an_upgrade_keeps_what_was_set_and_takes_what_it_is_told(
    clean: WindowsMachine, installers: dict[str, Path]
) -> None:
    assert clean.install(installers[OLD], REGISTRYURL=URL, POSTID="post-7", KIOSK="1", AUTOSTART="0") == 0
    clean.set_value(OF_SETTINGS, "LookTheme", "contrast")
    assert clean.install(installers[NEW], POSTID="post-8", KIOSK="0") == 0
    assert clean.values(OF_SETTINGS) == {"RegistryUrl": URL, "RegistryPostId": "post-8", "LookTheme": "contrast"}
    assert "Pantau" not in clean.values(OF_STARTS), "it was told not to start by itself"
    assert clean.values(rf"{OF_SETTINGS}\Setup")["Version"] == NEW
    listed = clean.wine.run(["reg", "query", OF_PRODUCTS, "/s"])
    assert NEW in listed.output and OLD not in listed.output, "one of them is left"


def test_a_start_by_itself_survives_an_upgrade(clean: WindowsMachine, installers: dict[str, Path]) -> None:
    assert clean.install(installers[OLD]) == 0 and clean.install(installers[NEW]) == 0
    assert "Pantau" in clean.values(OF_STARTS)


def test_a_setting_is_taken_back_by_a_dash(clean: WindowsMachine, installers: dict[str, Path]) -> None:
    assert clean.install(installers[OLD], REGISTRYURL=URL) == 0
    assert clean.install(installers[NEW], REGISTRYURL="-") == 0
    assert clean.values(OF_SETTINGS) == {}


def test_an_older_version_is_refused_and_changes_nothing(
    clean: WindowsMachine, installers: dict[str, Path]
) -> None:
    assert clean.install(installers[NEW], REGISTRYURL=URL) == 0
    before = clean.files()
    assert clean.install(installers[OLD], REGISTRYURL="https://other.example") == FAILED_CODE
    assert clean.files() == before and clean.values(OF_SETTINGS)["RegistryUrl"] == URL
    assert clean.values(rf"{OF_SETTINGS}\Setup")["Version"] == NEW


def test_uninstalling_leaves_nothing_of_its_own(clean: WindowsMachine, installers: dict[str, Path]) -> None:
    assert clean.install(installers[OLD], REGISTRYURL=URL, KIOSK="1") == 0
    city = clean.data / "city.pem"
    city.write_text("IT's own file")
    assert clean.uninstall(msi.product_code(OLD)) == 0
    assert not clean.programs.exists() and "Pantau.lnk" not in clean.shortcuts()
    assert clean.values(OF_SETTINGS) == clean.values(OF_EVENTS) == {}
    assert "Pantau" not in clean.values(OF_STARTS) and not clean.is_installed()
    assert city.read_text() == "IT's own file", "what IT has put there is IT's"
    city.unlink()


def test_the_tables_say_what_windows_asks_for(installers: dict[str, Path], small_product: Path) -> None:
    properties, summary = msi.properties_of(installers[OLD]), msi.summary_of(installers[OLD])
    assert (properties["ProductVersion"], properties["ALLUSERS"]) == (OLD, "1")
    assert properties["ProductCode"] == f"{{{msi.product_code(OLD)}}}"
    assert set(msi.PUBLIC_PROPERTIES) < set(properties["SecureCustomProperties"].split(";"))
    assert summary["Template"] == "x64;1033"
    versions = {row["FileName"]: row["Version"] for row in msi.rows_of(installers[OLD], "File")}
    assert versions["pantau-wall.exe"] == Program(small_product / "pantau-wall.exe").version()
    assert versions["VCRUNTIME140.dll"] == Program(small_product / "_internal" / "VCRUNTIME140.dll").version()
    rights = msi.rows_of(installers[OLD], "MsiLockPermissionsEx")
    assert [(row["LockObject"], row["SDDLText"]) for row in rights] == [("DATADIR", msi.DATA_RIGHTS)]


def test_the_same_files_give_the_same_tables_and_codes(
    installers: dict[str, Path], small_product: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.msi"
    msi.make_msi(small_product, OLD, again)
    for table in ("File", "Component", "Directory", "Property", "Registry"):
        assert msi.rows_of(again, table) == msi.rows_of(installers[OLD], table), table
    code = "Revision number (UUID)"
    assert (
        msi.summary_of(again)[code]
        == msi.summary_of(installers[OLD])[code]
        != msi.summary_of(installers[NEW])[code]
    )


def test_a_certificate_that_is_given_signs_program_and_installer(
    installers: dict[str, Path], small_product: Path, tmp_path: Path
) -> None:
    authority, key = _test_certificate(tmp_path)
    program = shutil.copyfile(small_product / "pantau.exe", tmp_path / "pantau.exe")
    installer = shutil.copyfile(installers[OLD], tmp_path / "signed.msi")
    for path in (program, installer):
        sign(path, key)
        assert _verifies(path, authority)
    assert Program(program).is_signed
    whole = bytearray(program.read_bytes())
    whole[len(whole) // 2] ^= 1
    program.write_bytes(whole)
    assert not _verifies(program, authority), "a changed program is found out"


def _test_certificate(folder: Path) -> tuple[Path, SigningKey]:
    """An authority that nobody believes, and a key that it has signed."""
    (folder / "password").write_text("sandi-uji")
    subject = ["-subj", "/CN=Pantau Test", "-days", "2", "-newkey", "rsa:2048", "-nodes"]
    usage = ["-addext", "extendedKeyUsage=codeSigning"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", "req", "-x509", *subject, *usage, *files], check=True, capture_output=True)
    bundle = ["-inkey", str(folder / "key.pem"), "-in", str(folder / "cert.pem"), "-out", str(folder / "key.pfx")]
    password = ["-passout", f"file:{folder / 'password'}"]
    subprocess.run(["openssl", "pkcs12", "-export", *bundle, *password], check=True, capture_output=True)
    return folder / "cert.pem", SigningKey(folder / "key.pfx", folder / "password")


def _verifies(path: Path, authority: Path) -> bool:
    words = ["osslsigncode", "verify", "-CAfile", str(authority), "-in", str(path)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
