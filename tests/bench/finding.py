"""`python3 dev.py bench finding`: how fast a camera is found among 10,000, on real widgets without a screen.

What is measured is what an officer waits for: from the press of a key until the list is painted.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.console import RegistryStatus
from app.core.model import Area, AreaCode, Camera, Catalog
from app.demo.catalogue.jakarta import jakarta_catalogue
from app.registry.parse import CameraParser
from tests.bench.table import print_machine
from tests.bench.typing_beside import GAP_GOAL_MS, TILES, measured_gaps_ms
from ui.camera_map import CameraMap
from ui.side_panel import SidePanel
from ui.theme import apply_theme, load_theme

KEYSTROKE_GOAL_MS, TREE_GOAL_MS, PAN_GOAL_MS = 16.0, 100.0, 16.0
QUERIES = (
    "simpang damai utara", "jkt-04211", "pasar gambir", "bangjo cideng", "graha sentosa lobi", "simpnag mlati",
    "kebon kelapa", "terminal", "9999", "gerbnag stasiun", "tanah abang los ikan", "a e i o u",
)  # fmt: skip
MAP_PX = (1200, 800)
PANS = 60


def main(words: Sequence[str]) -> int:
    """Measure and print; 0 when every goal is met."""
    parser = argparse.ArgumentParser(prog="dev.py bench finding", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each query is typed")
    parser.add_argument("--no-pictures", action="store_true", help="leave out the wall of 36 live cameras")
    parser.add_argument("--json", help="write the figures there")
    options = parser.parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    apply_theme(application, load_theme())
    print_machine()
    figures = _measured(jakarta_as_known(), options.rounds)
    if not options.no_pictures:
        figures |= _beside_pictures()
    for name, (value_ms, goal_ms) in figures.items():
        print(f"{name}: {value_ms:.1f} ms" + (f" (goal: {goal_ms:.0f} ms at most)" if goal_ms else ""))
    if options.json:
        document = {name: value_ms for name, (value_ms, _) in figures.items()}
        Path(options.json).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0 if all(not goal_ms or value_ms <= goal_ms for value_ms, goal_ms in figures.values()) else 1


def _beside_pictures() -> dict[str, tuple[float, float]]:
    p99_ms, longest_ms, live = measured_gaps_ms()
    beside = f"gap between the window's ticks while typing beside {live} of {TILES} live tiles"
    return {f"{beside}, p99": (p99_ms, GAP_GOAL_MS), f"{beside}, at most": (longest_ms, 0.0)}


def jakarta_as_known() -> Catalog:
    """The demo's 10,000 cameras as a console knows them."""
    made = jakarta_catalogue()
    parser = CameraParser()
    parsed = (parser.line(0, camera.to_json().encode()) for camera in made.cameras)
    cameras = {camera.id: camera for camera in parsed if isinstance(camera, Camera)}
    areas = {AreaCode(area.code): Area(AreaCode(area.code), area.name) for area in made.jurisdictions.areas}
    return Catalog(cameras, areas)


def _measured(catalog: Catalog, rounds: int) -> dict[str, tuple[float, float]]:
    """Each figure and its goal, milliseconds; a goal of 0 is none."""
    window = QWidget()
    window.resize(*MAP_PX)
    panel = SidePanel(load_theme(), window)
    panel.resize(panel.width(), MAP_PX[1])
    window.show()
    steps_ms = _index_steps_ms(panel, catalog)
    keys_ms = np.array(_keystrokes_ms(panel, rounds))
    opened_ms = max(_ms(partial(_open, panel, listing)) for listing in (1, 0, 1, 0))
    figures = {
        "a step of indexing, at most": (max(steps_ms), 0.0),
        "indexing 10,000 cameras": (sum(steps_ms), 0.0),
        f"a keystroke, median of {len(keys_ms)}": (float(np.median(keys_ms)), 0.0),
        "a keystroke, p99": (float(np.percentile(keys_ms, 99)), KEYSTROKE_GOAL_MS),
        "a keystroke, at most": (float(keys_ms.max()), 0.0),
        "the tree opens": (opened_ms, TREE_GOAL_MS),
        **_map_figures(panel, catalog, window),
    }
    window.close()
    return figures


def _ms(call: Callable[[], object]) -> float:
    """What a call costs, all that it makes Qt paint included."""
    began_s = time.perf_counter()
    call()
    QApplication.processEvents()
    return (time.perf_counter() - began_s) * 1000


def _index_steps_ms(panel: SidePanel, catalog: Catalog) -> list[float]:
    registry = RegistryStatus(is_reachable=True, sync_s=1.0)
    steps_ms = [_ms(lambda: panel.show_catalog(catalog, registry))]
    while panel.is_indexing:
        steps_ms.append(_ms(panel.work_on))
    return steps_ms


def _keystrokes_ms(panel: SidePanel, rounds: int) -> list[float]:
    times_ms = []
    for query in QUERIES * rounds:
        panel.search.clear()
        QApplication.processEvents()
        times_ms += [_ms(partial(_type, panel, letter)) for letter in [*query, Qt.Key.Key_Backspace]]
    panel.search.clear()
    panel.search_if_due()
    return times_ms


def _type(panel: SidePanel, key: str | Qt.Key) -> None:
    """Press a key and let the window tick."""
    QTest.keyClick(panel.search, key)
    panel.search_if_due()


def _open(panel: SidePanel, listing: int) -> None:
    """Switch to another order of the cameras and open its first branches."""
    panel.listings.switch(listing)
    index = panel.model.index(0, 0)
    while index.isValid() and panel.model.hasChildren(index):
        panel.tree.expand(index)
        index = panel.model.index(0, 0, index)


def _map_figures(panel: SidePanel, catalog: Catalog, window: QWidget) -> dict[str, tuple[float, float]]:
    page = CameraMap(load_theme(), lambda query: panel.index.find(query), window)
    opened_ms = _ms(lambda: _open_map(page, catalog))
    from_afar_ms = _pans_ms(page)
    _crowd(page)
    return {
        "the map opens": (opened_ms, 0.0),
        "the map pans over its kelurahan, p99": (float(np.percentile(from_afar_ms, 99)), PAN_GOAL_MS),
        f"the map pans over {page.canvas.dots_in_view:,} dots, p99": (
            float(np.percentile(_pans_ms(page), 99)),
            PAN_GOAL_MS,
        ),
    }


def _crowd(page: CameraMap) -> None:
    """Draw every camera as a dot, from wherever one looks: the most that can be asked."""
    canvas = page.canvas
    canvas.set_chart(replace(canvas.chart, dots_m_per_px=math.inf))
    QApplication.processEvents()


def _pans_ms(page: CameraMap) -> list[float]:
    return [_ms(partial(_pan, page, step)) for step in range(PANS)]


def _open_map(page: CameraMap, catalog: Catalog) -> None:
    page.show_catalog(catalog)
    page.open(is_native=False)


def _pan(page: CameraMap, step: int) -> None:
    right_px = 3 if step % 2 else -3
    page.canvas.set_view(page.canvas.view.panned(right_px, 1))
