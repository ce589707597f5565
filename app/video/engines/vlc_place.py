"""Which libVLC is loaded: the one in the bundle where there is one, else the system's.

A libVLC loads any plugin of the folders that it is told of: one that came with the product never sees another's.
Before the first import of `app.video.engines.vlc`, on any thread. Must not import `vlc`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from app.core.errors import VideoError
from app.parts import bundle_folder


def load_engine() -> None:
    """Load the engine that needs libVLC, and with it the library.

    Raises:
        VideoError: there is no libVLC.
    """
    _prefer_bundled()
    try:
        import app.video.engines.vlc  # noqa: F401 - python-vlc loads the library when it is imported
    except (OSError, ImportError) as error:  # on Windows alone: elsewhere the first use fails (engines/vlc.py)
        raise VideoError("libVLC is not installed: direct surfaces cannot be used") from error


def _prefer_bundled() -> None:
    place = _bundled()
    if place is None:
        return
    library = next(path for path in sorted(place.glob("libvlc.*")))
    os.environ.pop("VLC_PLUGIN_PATH", None)
    os.environ["PYTHON_VLC_LIB_PATH"] = str(library)
    os.environ["PYTHON_VLC_MODULE_PATH"] = str(place / "plugins")
    if sys.platform == "win32":
        os.add_dll_directory(str(place))
    else:
        ctypes.CDLL(str(next(place.glob("libvlccore.*"))), mode=ctypes.RTLD_GLOBAL)


def _bundled() -> Path | None:
    folder = bundle_folder()
    place = folder / "vlc" if folder is not None else None
    return place if place is not None and place.is_dir() else None
