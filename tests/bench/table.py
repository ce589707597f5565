"""Prints what was measured, for people."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from tests.bench.measure import CaseResult, Sample

_COLUMNS = "{:<10} {:>12} {:>22} {:>8} {:>9} {:>8} {:>12} {:>12}"


def print_machine() -> None:
    """What was measured on."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


def print_table(result: CaseResult) -> None:
    """One case: a row a contender, medians over the rounds."""
    print(f"\n{result.case.tiles} tiles of {result.case.profile.value}-streams")
    header = ("", "CPU s/str-s", "× floor (min–max)", "MB", "MB/tile", "fps", "first pic s", "GUI p99 ms")
    print(_COLUMNS.format(*header))
    for name, samples in result.samples.items():
        ratios = result.ratios(name)
        spread = f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else ""
        memory_mb = median(sample.uss_mb for sample in samples)
        print(
            _COLUMNS.format(
                name,
                f"{result.cpu(name):.4f}",
                spread,
                f"{memory_mb:.0f}",
                f"{memory_mb / result.case.tiles:.1f}",
                *_own_figures(samples),
            ),
            flush=True,
        )


def _own_figures(samples: Sequence[Sample]) -> tuple[str, str, str]:
    reports = [sample.own for sample in samples if sample.own]
    if not reports:
        return "", "", ""
    tiles = [tile for report in reports for tile in report["tiles"]]
    gap_ms = max(report["process"]["gui_gap_p99_ms"] for report in reports)
    return _median(tiles, "fps"), _median(tiles, "first_picture_s"), f"{gap_ms:.1f}"


def _median(tiles: Sequence[Mapping[str, Any]], figure: str) -> str:
    values = [tile[figure] for tile in tiles if tile[figure] is not None]
    return f"{median(values):.2f}" if values else ""


def print_latency(rows: Sequence[Mapping[str, Any]]) -> None:
    """Camera clock to picture in the wall's memory, read from the pictures' barcode."""
    for row in rows:
        print(
            f"\nlatency {row['profile']}: p50 {row['p50_ms']:.0f} ms, p95 {row['p95_ms']:.0f} ms"
            f" over {row['pictures']} pictures"
        )
