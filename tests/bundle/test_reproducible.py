"""Two builds of the same sources are the same to the byte: whoever doubts what is shipped can make it again."""

from __future__ import annotations

import os
from pathlib import Path

from devtools.bundling.freeze import ensure_bundle_python, freeze
from devtools.bundling.windows import build_wine
from devtools.bundling.windows_python import ensure_windows_python


def _differing(first: Path, second: Path) -> set[str]:
    """The files that only one of two folders has, or that differ."""
    files = [
        {path.relative_to(each): path for path in each.rglob("*") if path.is_file()} for each in (first, second)
    ]
    both = files[0].keys() & files[1].keys()
    changed = {inside for inside in both if files[0][inside].read_bytes() != files[1][inside].read_bytes()}
    return {inside.as_posix() for inside in (files[0].keys() ^ files[1].keys()) | changed}


def test_the_bundle_of_this_system_is_made_again_the_same(frozen: Path, tmp_path: Path) -> None:
    freeze([str(ensure_bundle_python())], tmp_path / "dist", tmp_path / "work")
    assert _differing(frozen, tmp_path / "dist" / "pantau") == set()


def test_the_windows_bundle_is_made_again_the_same(frozen_for_windows: Path, tmp_path: Path) -> None:
    wine = build_wine()
    python = [str(ensure_windows_python() / "python.exe")]
    try:
        freeze(wine.command(python), tmp_path / "dist", tmp_path / "work", {**os.environ, **wine.environment()})
    finally:
        wine.stop()
    assert _differing(frozen_for_windows, tmp_path / "dist" / "pantau") == set()
