"""A run of the wall from start to end."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.core.commands import TileId
from app.core.errors import ConfigError
from tests.fakes.fake_console import FakeConsole, a_console
from ui.wall_app import WallOptions, load_keymap, run_wall
from ui.wall_window import WallWindow


@pytest.fixture
def console(qapp: QApplication) -> FakeConsole:
    return a_console("4", tiles=4)


def window() -> WallWindow:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, WallWindow))


def test_it_runs_for_its_time_and_says_how_evenly(console: FakeConsole) -> None:
    run = run_wall(console, WallOptions(for_s=0.5))
    assert run.ticks > 3 and 0.5 <= run.shown_s < 30
    assert 0 < run.gui_gap_p99_ms <= run.gui_gap_max_ms
    assert len(console.pumps) > 3


def test_the_callers_tick_comes_with_each_tick_and_before_each_pump(console: FakeConsole) -> None:
    ticks: list[float] = []

    def on_tick(now_s: float) -> None:
        assert now_s not in console.pumps
        ticks.append(now_s)

    run = run_wall(console, WallOptions(for_s=0.2), on_tick)
    assert len(ticks) == run.ticks + 1 and set(console.pumps) <= set(ticks)


def test_a_wall_that_is_behind_searches_all_the_same(console: FakeConsole) -> None:
    found: list[bool] = []

    def late(_now_s: float) -> None:
        time.sleep(0.04)  # more than any pause between two looks
        panel = window().panel
        assert panel is not None
        if not panel.is_indexing:
            panel.search.setText("JKT-00002")
            found.append(panel.model.is_flat)

    run_wall(console, WallOptions(for_s=1.0), late)
    assert found[-1]


def test_tiles_that_wait_to_be_dressed_are_looked_at_with_the_next_tick(
    console: FakeConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.dressing.MOST_S", 0.0)
    awaited: list[float] = []

    def on_tick(now_s: float) -> None:
        if window().view.has_waiting:
            awaited.append(now_s)

    run_wall(console, WallOptions(for_s=0.5), on_tick)
    assert awaited and set(awaited) <= set(console.pumps)


def test_the_screenshot_shows_the_wall(console: FakeConsole, tmp_path: Path) -> None:
    def play(_now_s: float) -> None:
        if console.sizes and not console.slots:
            console.make_live(1)

    path = tmp_path / "wall.png"
    options = WallOptions(size=(900, 600), for_s=0.5, screenshot=path, panel_shown=False)
    run_wall(console, options, play)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (900, 600)
    assert image.pixelColor(225, 150).getRgb()[:3] == (90, 160, 40)


def test_a_screenshot_that_cannot_be_written_is_an_error(console: FakeConsole, tmp_path: Path) -> None:
    options = WallOptions(for_s=0.1, screenshot=tmp_path / "missing" / "wall.png")
    with pytest.raises(ConfigError, match="screenshot cannot be written"):
        run_wall(console, options)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_wall_in_order(number: signal.Signals, console: FakeConsole) -> None:
    before = signal.getsignal(number)

    def on_tick(_now_s: float) -> None:
        if len(console.pumps) == 3:
            os.kill(os.getpid(), number)

    run_wall(console, WallOptions(for_s=60), on_tick)
    assert signal.getsignal(number) is before


def test_an_error_in_an_event_handler_ends_the_wall_and_comes_out(
    console: FakeConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(console, "status", broken)
    with pytest.raises(RuntimeError, match="broken on purpose"):
        run_wall(console, WallOptions(for_s=60))


def test_the_end_is_called_when_no_picture_is_held_any_more(console: FakeConsole) -> None:
    slots = []

    def play(_now_s: float) -> None:
        if console.sizes and not console.slots:
            slots.append(console.make_live(1))

    def at_end() -> None:
        assert window().view.records == (), "the windows still stand, the pictures are gone"
        console.stop()

    run_wall(console, WallOptions(for_s=0.3), play, at_end)
    assert console.is_stopped and slots


def test_the_end_is_called_after_an_error_too(console: FakeConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(console, "pump", broken)
    with pytest.raises(RuntimeError):
        run_wall(console, WallOptions(for_s=60), at_end=console.stop)
    assert console.is_stopped


def test_full_screen_has_no_panel(console: FakeConsole) -> None:
    seen: list[tuple[bool, bool]] = []
    options = WallOptions(for_s=0.2, full_screen=True)
    run_wall(console, options, lambda _: seen.append((window().isFullScreen(), window().panel.isHidden())))
    assert seen[-1] == (True, True)


def test_the_tiles_of_the_first_layout_get_their_size_before_any_picture(console: FakeConsole) -> None:
    run_wall(console, WallOptions(for_s=0.1))
    assert set(console.sizes) == {TileId(1, number) for number in range(1, 5)}


def test_the_shipped_keymap_loads(console: FakeConsole) -> None:
    assert load_keymap(console.layouts).command("Alt+9") == "layout 1+7"
