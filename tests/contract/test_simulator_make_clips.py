"""The tool that draws the clips: it runs from a clean checkout and draws the same picture every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from app.demo import barcode

_ROOT = Path(__file__).resolve().parents[2]
_END_WITHIN_S = 120.0


def _start(directory: Path) -> subprocess.Popen[bytes]:
    words = ["--scene", "gate-night", "--profile", "sub", "--still", "2", "--out", str(directory)]
    tool = str(_ROOT / "tools" / "make_clips.py")
    return subprocess.Popen([sys.executable, tool, *words], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def _luma(directory: Path) -> NDArray[np.uint8]:
    with av.open(str(directory / "gate-night.sub.png")) as file:
        return next(file.decode(video=0)).to_ndarray(format="gray")


def test_a_drawn_picture_carries_its_index_and_is_reproducible(tmp_path: Path) -> None:
    folders = tmp_path / "first", tmp_path / "second"
    assert [tool.wait(_END_WITHIN_S) for tool in [_start(folder) for folder in folders]] == [0, 0]
    first, second = (_luma(folder) for folder in folders)
    assert barcode.read(first) == 30
    assert np.array_equal(first, second)


def test_an_unknown_scene_is_refused(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, str(_ROOT / "tools" / "make_clips.py"), "--scene", "beach", "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=_END_WITHIN_S,
        check=False,
    )
    assert ended.returncode == 2
    assert "beach" in ended.stderr
