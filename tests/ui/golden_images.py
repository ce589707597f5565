"""Golden images: what a picture has to look like, kept beside the tests; a difference is saved as a picture, too.

`PANTAU_GOLDEN=write python3 dev.py test tests/ui/test_golden.py` draws them anew; look at each before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

FOLDER = Path(__file__).parent / "golden"
DIFFERENCES = Path(__file__).parents[2] / "build" / "golden"
"""Where a failure leaves `NAME.png`: the golden image, what was drawn, and where they differ in white."""
IS_WRITING = os.environ.get("PANTAU_GOLDEN") == "write"
"""Read on import: no test sees a variable of ours."""
SEEN_FROM = 32
"""Of 255: a smaller difference of a pixel comes from another version of the font engine, and nobody sees it."""
TOLERATED_PART = 0.0005
"""Of the pixels: a third of what another word on a badge changes."""


def assert_golden(name: str, image: QImage) -> None:
    """Fails when an image is not what its golden image is; keeps it as one where that was asked for."""
    path = FOLDER / f"{name}.png"
    if IS_WRITING:
        FOLDER.mkdir(exist_ok=True)
        assert image.convertToFormat(QImage.Format.Format_RGB888).save(str(path), "PNG", 0)  # type: ignore[call-overload]
        return
    assert path.exists(), f"{path.name} is not there: see {Path(__file__).name}"
    wanted, got = _pixels(QImage(str(path))), _pixels(image)
    assert wanted.shape == got.shape, f"{path.name}: {got.shape} instead of {wanted.shape}"
    differs = np.abs(wanted.astype(np.int16) - got).max(axis=2) >= SEEN_FROM
    if differs.mean() > TOLERATED_PART:
        raise AssertionError(f"{differs.mean():.2%} of {name} differ: {_saved(name, wanted, got, differs)}")


def _pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).copy()


def _saved(name: str, wanted: np.ndarray, got: np.ndarray, differs: np.ndarray) -> Path:
    white = np.repeat(differs[..., None] * np.uint8(255), 3, axis=2)
    side_by_side = np.ascontiguousarray(np.hstack([wanted, got, white]))
    height_px, width_px, _ = side_by_side.shape
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    path = DIFFERENCES / f"{name}.png"
    QImage(side_by_side.data, width_px, height_px, width_px * 3, QImage.Format.Format_RGB888).save(str(path))
    return path
