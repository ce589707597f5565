"""On dense screens a picture keeps its own pixels: what was asked for in device pixels is painted one to one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("factor", ["1", "1.25", "1.5", "2"])
def test_a_checkerboard_of_single_pixels_survives(factor: str, tmp_path: Path) -> None:
    path = tmp_path / "board.png"
    env = {**os.environ, "QT_SCALE_FACTOR": factor}
    argv = [sys.executable, "-m", "tests.ui.checkerboard_wall", str(path)]
    subprocess.run(argv, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=True, timeout=120)
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8)
    assert image.width() == pytest.approx(801 * float(factor), abs=1)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    middle_x, middle_y = image.width() // 4, image.height() // 4
    part = rows[middle_y - 20 : middle_y + 20, middle_x - 20 : middle_x + 20].astype(np.int32)
    assert set(np.unique(part)) == {0, 255}
    assert (part[:, 1:] != part[:, :-1]).all() and (part[1:] != part[:-1]).all()
