"""Which libVLC is loaded: the product's own before the system's, and never another's plugins."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

import pytest

from app.core.errors import VideoError
from app.video.engines import vlc_place


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The libVLC of a product that believes it is frozen; nothing of it is really loaded."""
    place = tmp_path / "vlc"
    (place / "plugins").mkdir(parents=True)
    for name in ("libvlc.so.5", "libvlccore.so.9"):
        (place / name).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for name in ("PYTHON_VLC_LIB_PATH", "PYTHON_VLC_MODULE_PATH"):
        monkeypatch.setenv(name, "/somebody/else's")
    monkeypatch.setenv("VLC_PLUGIN_PATH", "/somebody/else's")
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="loads by Linux's way")
def test_the_product_s_own_goes_before_the_system_s(bundled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda path, mode: loaded.append(path))
    assert vlc_place.is_there()
    vlc_place.choose_library()
    assert loaded == [str(bundled / "libvlccore.so.9")]
    assert os.environ["PYTHON_VLC_LIB_PATH"] == str(bundled / "libvlc.so.5")
    assert os.environ["PYTHON_VLC_MODULE_PATH"] == str(bundled / "plugins")
    assert "VLC_PLUGIN_PATH" not in os.environ


@pytest.mark.parametrize("error", [OSError("no libvlc.dll"), ImportError("half of it"), KeyError("vlc")])
def test_a_system_without_libvlc_is_a_sentence(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """python-vlc raises what loading a library raises there; another thread's failure shows in other ways."""

    class Refusing:
        """Finds nothing but a reason."""

        def find_spec(self, name: str, *_: object) -> None:
            if name == "app.video.engines.vlc":
                raise error

    monkeypatch.delitem(sys.modules, "app.video.engines.vlc", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    with pytest.raises(VideoError, match="libVLC is not installed"):
        vlc_place.load_engine()
