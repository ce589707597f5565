"""The Windows product on Debian: frozen under wine, and the machine in wine that it is frozen and tried in.

On Windows itself the same is done by the Python that runs there (`freeze.make_bundle`).
Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from devtools.bundling import contents
from devtools.bundling.freeze import (
    DIST,
    WORK,
    ensure_bundle_python,
    folder_digest,
    freeze,
    inputs_digest,
    is_stamped,
    make_bundle,
    vlc_folder,
)
from devtools.bundling.msi import SOURCE, make_msi
from devtools.bundling.signing import sign, signing_key
from devtools.bundling.supply import write_supply
from devtools.bundling.windows_python import CARRIER, COMPILER, NATIVE, ensure_windows_python
from devtools.bundling.wine import Wine
from devtools.locks import ROOT
from devtools.steps import SetupError, run_step, say

NAME = "win32"
"""Its folder in `dist/`: `sys.platform` there."""
STAND_IN = "bcryptprimitives"


def make_windows_bundle() -> Path:
    """The frozen Windows product, made where it is not there yet: by wine on Debian, on Windows by its own Python.

    Raises:
        SetupError: it cannot be made.
    """
    return make_bundle(NAME) if sys.platform == "win32" else _make_under_wine()


def _make_under_wine() -> Path:
    folder = DIST / NAME / "pantau"
    stamp = folder.parent / "inputs.sha256"
    digest = inputs_digest(extra=("wine", vlc_folder(), CARRIER.read_text("utf-8")))
    if is_stamped(stamp, digest) and folder.is_dir():
        say(f"The bundle in {folder.relative_to(ROOT)} is of these very sources.")
        return folder
    python = ensure_windows_python()
    stamp.unlink(missing_ok=True)
    wine = build_wine()
    try:
        freeze(wine.command([str(python / "python.exe")]), folder.parent, WORK / NAME, wine.environment())
    finally:
        wine.stop()
    stamp.write_text(digest, "utf-8")
    return folder


def build_wine() -> Wine:
    """The Windows in wine that the product is frozen in, made where it is not there yet."""
    return prepared_wine(WORK / "wine")


def prepared_wine(prefix: Path, **more: str) -> Wine:
    """A Windows in wine that can run what is frozen here.

    Args:
        prefix: its folder.
        more: environment variables, such as DISPLAY.
    """
    wine = Wine(prefix, more=more)
    library = wine.drive / "windows" / "system32" / f"{STAND_IN}.dll"
    if not library.is_file():
        prefix.parent.mkdir(parents=True, exist_ok=True)
        run_step("Making a Windows in wine", wine.command(["wineboot", "--init"]), env=wine.environment())
        run_step("Making it a Windows 10", wine.command(["winecfg", "-v", "win10"]), env=wine.environment())
        _add_stand_in(library)
    return wine


def _add_stand_in(library: Path) -> None:
    """Debian's wine 8 lacks a library that Windows has had since 8 (see its source)."""
    built_in = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows") / library.name
    if built_in.exists():
        return
    argv = [COMPILER, "-shared", "-O2", "-s", "-o", str(library), str(NATIVE / f"{STAND_IN}.c"), "-ladvapi32"]
    run_step(f"Compiling {library.name} for wine", argv)


def make_installer(bundle: Path | None = None) -> Path:
    """The Windows installer, signed where a certificate is given, with its sums, list of contents and manifest.

    Args:
        bundle: the frozen product; None makes it.

    Raises:
        SetupError: it cannot be made.
    """
    folder = bundle or make_windows_bundle()
    if not (folder / "pantau-wall.exe").is_file():
        raise SetupError(f"{folder} holds no pantau-wall.exe: it is no frozen product of Windows.")
    if sys.platform == "win32":
        raise SetupError(
            f"The bundle is made: {folder}. Installers are made by msitools, which Windows has not: run "
            "`python3 dev.py installer --bundle FOLDER` on Debian, or in WSL on this PC."
        )
    version = contents.product_version(ROOT)
    target = DIST / f"Pantau-{version}-x64.msi"
    stamp = target.with_suffix(".sha256-of-inputs")
    digest = _installer_digest(folder)
    if is_stamped(stamp, digest) and target.is_file():
        say(f"The installer {target.relative_to(ROOT)} is of these very files.")
        return target
    stamp.unlink(missing_ok=True)
    key = signing_key(os.environ)
    signed = WORK / "signed" / "pantau"
    shutil.rmtree(signed.parent, ignore_errors=True)
    shutil.copytree(folder, signed)
    if key is not None:
        for name in ("pantau.exe", "pantau-wall.exe"):
            sign(signed / name, key)
    make_msi(signed, version, target)
    if key is not None:
        sign(target, key)
    write_supply(target, version, signed, ensure_bundle_python())
    stamp.write_text(digest, "utf-8")
    return target


def _installer_digest(folder: Path) -> str:
    own = [Path(__file__).with_name(name) for name in ("msi.py", "windows.py", "signing.py", "supply.py")]
    texts = [path.read_text("utf-8") for path in (SOURCE, *own)]
    return inputs_digest((), extra=[*texts, folder_digest(folder), os.environ.get("SIGN_PFX", "")])
