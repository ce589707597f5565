"""The installed Windows product as an officer sees it: native windows of wine 10 on a virtual screen.

The reference registry and its cameras run on this system; the wall reaches them by HTTP and RTSP. The picture is
left in `build/windows-wall.png`, for the notes of a release.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.demo.world import DemoWorld
from devtools.bundling.windows import make_installer
from devtools.bundling.wine import Wine
from devtools.bundling.wine_ten import ensure_wine_ten, wine_ten
from devtools.locks import ROOT
from devtools.packages import Command
from devtools.system import ensure_system_packages
from tests.support.framebuffer import Framebuffer
from tests.waiting import until
from tests.xdisplay import open_display

SIZE_PX = (1600, 900)
TILES = 9
PREFIX = Path("/windows")
SHOWN_WITHIN_S = 400.0
LEAST_MOVING_SHARE = 0.02
"""Of the screen's pixels that differ between two looks: pictures move in nine tiles, not in one."""
PICTURE = ROOT / "build" / "windows-wall.png"


@pytest.fixture
def debian() -> Path:
    """The Debian that has wine 10, with the installer in it."""
    ensure_system_packages(Command.INSTALLER, makes_venv=False)
    root, installer = ensure_wine_ten(), make_installer()
    shutil.copyfile(installer, root / "pantau.msi")
    shutil.rmtree(root / PREFIX.relative_to("/"), ignore_errors=True)
    return root


def test_the_installed_wall_shows_live_cameras_in_a_native_window(debian: Path, tmp_path: Path) -> None:
    with DemoWorld(tmp_path, None) as registry, open_display(*SIZE_PX, framebuffer=tmp_path) as display:
        wine = wine_ten(debian, PREFIX, display.name)
        try:
            done = wine.run(
                ["msiexec", "/i", r"Z:\pantau.msi", "/qn", "/norestart", "LANGUAGE=id"], SHOWN_WITHIN_S
            )
            assert done.code == 0, done
            words = ["--registry", registry.url, "--enrol", registry.enrolment_code, "--full-screen"]
            with _wall(wine, [*words, "--tiles", str(TILES), "--profile", "sub"]) as wall:
                screen = Framebuffer(tmp_path).pixels
                until(lambda: _moves(screen) or wall.poll() is not None, within_s=SHOWN_WITHIN_S, step_s=1.0)
                assert wall.poll() is None, "the wall has ended"
                _keep(screen.copy())
        finally:
            wine.stop()


@contextmanager
def _wall(wine: Wine, words: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    program = str(wine.drive / "Program Files" / "Pantau" / "pantau-wall.exe")
    process = subprocess.Popen(
        wine.command([program, *words]),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=wine.environment(),
    )
    try:
        yield process
    finally:
        process.terminate()
        wine.stop()
        process.wait()


def _moves(screen: NDArray[np.uint8]) -> bool:
    """Whether pictures move on much of the screen: two looks a second apart differ there, again and again."""
    looks = []
    for _ in range(3):
        looks.append(screen.copy())
        time.sleep(1.0)
    return all(_changed_share(one, screen) > LEAST_MOVING_SHARE for one in looks) and bool(looks[0].any())


def _changed_share(before: NDArray[np.uint8], now: NDArray[np.uint8]) -> float:
    return float((np.abs(before.astype(np.int16) - now.astype(np.int16)).max(axis=2) > 24).mean())


def _keep(pixels: NDArray[np.uint8]) -> None:
    height_px, width_px, _ = pixels.shape
    PICTURE.parent.mkdir(exist_ok=True)
    image = QImage(
        np.ascontiguousarray(pixels).data, width_px, height_px, 3 * width_px, QImage.Format.Format_RGB888
    )
    assert image.save(str(PICTURE))
