"""The first thing that anyone tries: the demo without a display, its report and its screenshot."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from app.core.layout import uniform_layout
from app.core.model import Profile
from app.demo.scenes import CLIP_FORMATS, phase_s
from tests.support.product import REGISTRY, Product, running_product, shared_memory, streams_of
from tests.support.wall_eye import TileSeen, WallPlace, count_colour, load, see
from tests.waiting import until

pytestmark = pytest.mark.alone

SIZE_PX = (1920, 1080)
SUB = CLIP_FORMATS[Profile.SUB]
LEAST_RATE = 0.9 * SUB.frame_rate_fps
CATALOGUE = 10_000
NEWEST_LAG_S, OLDEST_LAG_S = -0.5, 2.5
"""Between a picture in the screenshot and the moment when its file was written."""
LEAST_DIFFERENCE = 4.0
"""Of two scenes, the mean over all pixels, of 255."""
REPORT_FIELDS = {"version", "engine", "catalog", "wall", "tiles", "process"}
CATALOG_FIELDS = {"cameras", "rejected", "sync_s"}
WALL_FIELDS = {"monitors", "tiles", "live"}
TILE_FIELDS = {
    *("tile", "camera", "profile", "surface", "engine", "life"),
    *("first_picture_s", "fps", "picture_age_s", "pictures", "failure"),
}
PROCESS_FIELDS = {"hosts", "cpu_s_per_stream_s", "uss_mb", "gui_gap_p99_ms", "gui_gap_max_ms"}


def _words(folder: Path, tiles: int, for_s: float) -> list[str]:
    files = ["--report", str(folder / "report.json"), "--screenshot", str(folder / "wall.png")]
    return ["demo", "--headless", "--tiles", str(tiles), "--for", str(for_s), *files]


def _print_figures(product: Product) -> None:
    process = product.report["process"]
    firsts = sorted(tile["first_picture_s"] for tile in product.report["tiles"])
    print(f"\nfirst picture: median {firsts[len(firsts) // 2]:.2f} s, last {firsts[-1]:.2f} s; {process}")


def test_sixteen_different_cameras_play_at_their_full_rate(tmp_path: Path) -> None:
    before = shared_memory()
    with running_product(tmp_path, _words(tmp_path, 16, 9.0)) as product:
        ended = product.wait(90.0)
        assert (ended.code, ended.output, ended.errors) == (0, "", "")
        assert not product.left_processes()
        assert not product.left_files()
    assert shared_memory() <= before
    _print_figures(product)
    report = product.report
    assert report["catalog"]["cameras"] == CATALOGUE
    assert report["catalog"]["rejected"] == 0
    assert report["wall"] == {"monitors": 1, "tiles": 16, "live": 16}
    _assert_full_rate(report["tiles"])
    _assert_screenshot(tmp_path / "wall.png", [tile["camera"] for tile in report["tiles"]])
    _assert_fields(report)


def _assert_full_rate(tiles: list[dict[str, object]]) -> None:
    slow = [(tile["tile"], tile["fps"]) for tile in tiles if not float(str(tile["fps"])) >= LEAST_RATE]
    assert not slow


def _assert_fields(report: dict[str, object]) -> None:
    """Exactly the fields that others rely on, no more and no fewer."""
    assert set(report) == REPORT_FIELDS
    for name, fields in (("catalog", CATALOG_FIELDS), ("wall", WALL_FIELDS), ("process", PROCESS_FIELDS)):
        part = report[name]
        assert isinstance(part, dict) and set(part) == fields, name
    tiles = report["tiles"]
    assert isinstance(tiles, list)
    assert all(set(tile) == TILE_FIELDS for tile in tiles)


def _assert_screenshot(path: Path, codes: list[str]) -> None:
    """Every tile is shown as live, with a picture of its own camera that is new, and no two are alike."""
    tiles = see(load(path), WallPlace(*SIZE_PX, uniform_layout(len(codes))).rects())
    assert all(tile.is_live for tile in tiles)
    written_s = path.stat().st_mtime
    lags_s = [_lag_s(tile, code, written_s) for tile, code in zip(tiles, codes, strict=True)]
    print(f"pictures in the screenshot: {min(lags_s):.2f} to {max(lags_s):.2f} s old")
    assert all(NEWEST_LAG_S <= lag_s <= OLDEST_LAG_S for lag_s in lags_s), lags_s
    for one, other in itertools.combinations(tiles, 2):
        assert _difference(one, other) >= LEAST_DIFFERENCE


def _lag_s(tile: TileSeen, code: str, now_s: float) -> float:
    """How old a camera's picture is, by the frame that it must show now; between half a loop and minus that."""
    assert tile.frame is not None, f"no barcode can be read in the picture of {code}"
    due = (now_s + phase_s(code)) * SUB.frame_rate_fps
    behind = math.fmod(due - tile.frame, SUB.frames)
    return (behind if behind < SUB.frames / 2 else behind - SUB.frames) / SUB.frame_rate_fps


def _difference(one: TileSeen, other: TileSeen) -> float:
    height_px, width_px = np.minimum(one.thumbnail.shape, other.thumbnail.shape)[:2]
    pictures = [each.thumbnail[:height_px, :width_px].astype(np.int16) for each in (one, other)]
    return float(np.abs(pictures[0] - pictures[1]).mean())


@pytest.mark.timeout(150)
def test_thirty_six_cameras_play_on_when_the_registry_dies(tmp_path: Path) -> None:
    tiles = 36
    with running_product(tmp_path, _words(tmp_path, tiles, 10.0)) as product:
        until(lambda: sum(map(streams_of, product.hosts())) == tiles, what="every camera's connection", step_s=0.2)
        (registry,) = product.of_kind(REGISTRY)
        registry.kill()
        ended = product.wait(90.0)
        assert ended.code == 0
        assert "Traceback" not in ended.errors
        assert not product.left_processes()
        assert not product.left_files()
    _print_figures(product)
    assert product.report["wall"] == {"monitors": 1, "tiles": tiles, "live": tiles}
    _assert_full_rate(product.report["tiles"])
    shot = load(tmp_path / "wall.png")
    assert all(tile.is_live for tile in see(shot, WallPlace(*SIZE_PX, uniform_layout(tiles)).rects()))
    assert count_colour(shot[-30:, SIZE_PX[0] // 2 :], "amber") > 0, "the tray does not say so"
