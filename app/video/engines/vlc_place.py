"""Which libVLC is loaded: the one in the bundle where there is one, else the system's.

A libVLC loads any plugin of the folders that it is told of: one that came with the product never sees another's.
Before the first import of `app.video.engines.vlc`, on any thread. Must not import `vlc`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from contextlib import suppress
from pathlib import Path

from app.core.errors import VideoError
from app.parts import bundle_folder

_VARIABLES = ("VLC_PLUGIN_PATH", "PYTHON_VLC_LIB_PATH", "PYTHON_VLC_MODULE_PATH")
"""Where libVLC, and python-vlc in its place, look for code before anything else."""


def load_engine() -> None:
    """Load the engine that needs libVLC, and with it the library.

    Raises:
        VideoError: there is no libVLC.
    """
    choose_library()
    try:
        import app.video.engines.vlc  # noqa: F401 - python-vlc loads the library when it is imported
    # on Windows; elsewhere the first use fails (engines/vlc.py). KeyError: another thread's import has just failed
    except (OSError, ImportError, KeyError) as error:
        raise VideoError("libVLC is not installed: direct surfaces cannot be used") from error


def is_there() -> bool:
    """Whether a libVLC comes with the product or is installed, as far as Windows' registry says."""
    if _bundled() is not None:
        return True
    if sys.platform == "win32":
        return _installed_library() is not None
    return ctypes.util.find_library("vlc") is not None


def _installed_library() -> Path | None:
    """On Windows the library that VLC's installer has put down; elsewhere the system finds it by name."""
    libraries = (folder / "libvlc.dll" for folder in _installed_folders())
    return next((library for library in libraries if library.is_file()), None)


def _installed_folders() -> list[Path]:
    """Where VLC's installer says that it is: python-vlc would ask there, too."""
    found: list[Path] = []
    if sys.platform == "win32":
        import winreg

        for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            with suppress(OSError), winreg.OpenKey(hive, r"Software\VideoLAN\VLC") as key:
                found.append(Path(winreg.QueryValueEx(key, "InstallDir")[0]))
    return found


def choose_library() -> None:
    """Have python-vlc load the product's own libVLC, else the installed one; what an environment names is neither.

    libVLC loads code from wherever those variables point; on Windows python-vlc takes it from PATH, too.

    Raises:
        VideoError: there is none on Windows.
    """
    for name in _VARIABLES:
        os.environ.pop(name, None)
    place = _bundled()
    if place is not None:
        _load_from(place)
    elif sys.platform == "win32":
        installed = _installed_library()
        if installed is None:
            raise VideoError("libVLC is not installed: direct surfaces cannot be used")
        os.environ["PYTHON_VLC_LIB_PATH"] = str(installed)


def _load_from(place: Path) -> None:
    library = next(place.glob("libvlc.*"))
    os.environ["PYTHON_VLC_LIB_PATH"] = str(library)
    os.environ["PYTHON_VLC_MODULE_PATH"] = str(place / "plugins")
    if sys.platform == "win32":
        os.add_dll_directory(str(place))
    else:
        ctypes.CDLL(str(next(place.glob("libvlccore.*"))), mode=ctypes.RTLD_GLOBAL)


def _bundled() -> Path | None:
    folder = bundle_folder()
    place = folder / "vlc" if folder is not None else None
    return place if place is not None and any(place.glob("libvlc.*")) else None
