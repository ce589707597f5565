"""A direct surface on a real X server: its picture is seen while it lives and never when it does not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.waiting import until
from tests.xdisplay import XDisplay

ROOT = Path(__file__).parents[2]
GREEN = (0, 192, 0)


@contextmanager
def _running(xvfb: XDisplay, module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(
        argv, cwd=ROOT, env=xvfb.env(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _tell(wall: subprocess.Popen[str], word: str) -> None:
    assert wall.stdin is not None
    wall.stdin.write(f"{word}\n")
    wall.stdin.flush()


def _green_share(pixels: NDArray[np.uint8]) -> float:
    return float((pixels == np.array(GREEN)).all(axis=-1).mean())


def test_the_video_is_seen_while_live_and_covered_at_once_when_not(xvfb: XDisplay, tmp_path: Path) -> None:
    picture = tmp_path / "wall.png"
    with _running(xvfb, "tests.ui.direct_wall", str(picture)) as wall:
        assert wall.stdout is not None
        told = json.loads(wall.stdout.readline())
        x, y, width, height = told["tile"]

        def tile() -> NDArray[np.uint8]:
            return xvfb.grab()[y : y + height, x : x + width]

        with _running(xvfb, "tests.ui.green_host", str(told["window"])):
            _tell(wall, "live")
            until(lambda: _green_share(tile()[height // 2 :]) > 0.99, what="the host's picture on the screen")
            assert _green_share(tile()[:10]) == 0.0, "the name bar lies over the video"

            for word in ("stale", "lost", "connecting"):
                _tell(wall, word)
                until(lambda: _green_share(tile()) == 0.0, what=f"the cover of a tile that is {word}")
                _tell(wall, "live")
                until(lambda: _green_share(tile()[height // 2 :]) > 0.99, what="the picture after the cover")

            _tell(wall, "quit")
            assert wall.wait(timeout=60) == 0
    shot = _saved_pixels(picture)
    assert _green_share(shot) > 0.1, "the screenshot shows what the host drew"


def _saved_pixels(picture: Path) -> NDArray[np.uint8]:
    from PySide6.QtGui import QImage

    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
