"""What goes along with an installer: the list of what is in it (CycloneDX), its sum, and its entry for winget.

The list begins with the locked Python packages, with their hashes; what comes inside them or beside them is added
here, for that is what security advisories name: Python, Qt, FFmpeg, OpenSSL, VLC. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools.bundling.msi import PRODUCT_SPACE, product_code
from devtools.bundling.pe import Program
from devtools.locks import Lock
from devtools.steps import SetupError, run_step

RELEASES = "https://pantau.example.go.id/releases"
"""Where the police's IT publishes installers; put in by whoever does (winget asks for an address)."""
WINGET_SCHEMA = "1.6.0"
PACKAGE_ID = "Pantau.Pantau"
_LIBVLC = "libvlc.dll"
_INNER = (
    ("python311.dll", "CPython", "PSF-2.0", "python:python", "the bundle"),
    ("Qt6Core.dll", "Qt", "LGPL-3.0-only", "qt:qt", "PySide6-Essentials"),
    ("avutil-*.dll", "FFmpeg", "GPL-3.0-or-later", "ffmpeg:ffmpeg", "av"),
    ("libcrypto-3*.dll", "OpenSSL", "Apache-2.0", "openssl:openssl", "CPython"),
    ("sqlite3.dll", "SQLite", "blessing", "sqlite:sqlite", "CPython"),
    (_LIBVLC, "VLC", "LGPL-2.1-or-later", "videolan:vlc_media_player", "the bundle"),
)
"""Library that says the version, name, licence, name in advisories, what carries it."""


@dataclass(frozen=True, slots=True)
class Inner:
    """Something that is shipped inside a package or beside them.

    Attributes:
        name: as advisories name it.
        version: its own.
        licence: an SPDX expression.
        cpe: vendor and product in the names of advisories.
        inside: the package that carries it.
    """

    name: str
    version: str
    licence: str
    cpe: str
    inside: str

    def as_component(self) -> dict[str, Any]:
        """As CycloneDX writes it."""
        reference = f"{self.name.lower()}@{self.version}"
        return {
            "type": "library",
            "bom-ref": reference,
            "name": self.name,
            "version": self.version,
            "licenses": [{"expression": self.licence}],
            "cpe": f"cpe:2.3:a:{self.cpe}:{self.version}:*:*:*:*:*:*:*",
            "purl": f"pkg:generic/{reference}",
            "properties": [{"name": "pantau:carried-by", "value": self.inside}],
        }


def write_supply(installer: Path, version: str, folder: Path, python: Path) -> None:
    """Write all of it beside an installer.

    Args:
        installer: the MSI file, signed if it is to be.
        version: of the product.
        folder: the frozen product that is in it.
        python: of the environment that has the locked packages of the bundle.
    """
    contents = installer.with_suffix(".cdx.json")
    listed = list_of_contents(version, folder, python)
    contents.write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n", "utf-8")
    winget = installer.parent / "winget"
    winget.mkdir(exist_ok=True)
    sum_of_installer = hashlib.sha256(installer.read_bytes()).hexdigest().upper()
    for name, text in winget_manifest(installer.name, version, sum_of_installer).items():
        (winget / name).write_text(text, "utf-8")
    write_sums(installer.parent / "SHA256SUMS", [installer, contents, *sorted(winget.iterdir())])


def list_of_contents(version: str, folder: Path, python: Path) -> dict[str, Any]:
    """The list of what is in the product, as a CycloneDX document.

    Args:
        version: of the product.
        folder: the frozen product.
        python: see `write_supply`.
    """
    document = _locked_packages(python)
    document["components"] += [inner.as_component() for inner in inner_parts(folder)]
    document["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "pantau",
        "name": "Pantau",
        "version": version,
        "licenses": [{"expression": "GPL-3.0-or-later"}],
    }
    document["serialNumber"] = f"urn:uuid:{product_code(version).lower()}"
    return document


def _locked_packages(python: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="pantau-contents-") as temporary:
        target = Path(temporary) / "contents.json"
        argv = [str(python), "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON"]
        run_step("Listing the packages", [*argv, "--sv", "1.6", "-o", str(target), str(Lock.RUN.path)])
        document: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return document


def inner_parts(folder: Path) -> list[Inner]:
    """What packages carry, by the libraries that are there: each says its product's version itself.

    Args:
        folder: the frozen product.

    Raises:
        SetupError: one of them is not there, or says nothing.
    """
    return [
        Inner(name, _version_of(folder, library), licence, cpe, inside)
        for library, name, licence, cpe, inside in _INNER
        if library != _LIBVLC or any(folder.rglob(library))
    ]


def _version_of(folder: Path, library: str) -> str:
    path = next(iter(sorted(folder.rglob(library))), None)
    texts = Program(path).version_texts() if path is not None else {}
    numbers = texts.get("ProductVersion", "").replace(",", ".").split(".")[:3]
    if len(numbers) < 2:
        raise SetupError(f"The frozen product has no {library} that says its version.")
    return ".".join(number.strip() for number in numbers)


def write_sums(target: Path, files: Sequence[Path]) -> None:
    """The SHA-256 of each file, in the form that `sha256sum --check` reads.

    Args:
        target: is written; the files are named from its folder.
        files: of whatever size.
    """
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(target.parent)}" for path in files
    ]
    target.write_text("\n".join(lines) + "\n", "utf-8")


def winget_manifest(installer: str, version: str, sum_of_installer: str) -> Mapping[str, str]:
    """The three files that winget's repository wants, by name.

    Args:
        installer: the name of the MSI file.
        version: of the product.
        sum_of_installer: its SHA-256.
    """
    head = f"PackageIdentifier: {PACKAGE_ID}\nPackageVersion: {version}\n"
    tail = f"ManifestVersion: {WINGET_SCHEMA}\n"
    return {
        f"{PACKAGE_ID}.yaml": f"{head}DefaultLocale: id-ID\nManifestType: version\n{tail}",
        f"{PACKAGE_ID}.installer.yaml": (
            f"{head}MinimumOSVersion: 10.0.17763.0\nInstallerType: wix\nScope: machine\nUpgradeBehavior: install\n"
            f"Installers:\n- Architecture: x64\n  InstallerUrl: {RELEASES}/{installer}\n"
            f"  InstallerSha256: {sum_of_installer}\n  ProductCode: '{{{product_code(version)}}}'\n"
            f"  AppsAndFeaturesEntries:\n  - UpgradeCode: '{{{str(PRODUCT_SPACE).upper()}}}'\n"
            f"ManifestType: installer\n{tail}"
        ),
        f"{PACKAGE_ID}.locale.id-ID.yaml": (
            f"{head}PackageLocale: id-ID\nPublisher: Pantau\nPackageName: Pantau\nLicense: GPL-3.0-or-later\n"
            "ShortDescription: Dinding video untuk kamera yang didaftar registri pusat\n"
            f"ManifestType: defaultLocale\n{tail}"
        ),
    }
