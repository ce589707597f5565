"""Shared and direct surfaces, and the console's end."""

from __future__ import annotations

from app.core.budget import Surface, SurfaceChoice
from app.core.commands import SwapTiles
from app.core.model import CameraId
from app.core.tile_status import Sign
from tests.unit.console.console_bench import TILE_PX, Bench, playing, sub, tile

# ---- direct surfaces


def direct_bench() -> Bench:
    bench = Bench(surface=SurfaceChoice.DIRECT)
    assert bench.console.surface(tile(1)) is Surface.DIRECT
    return bench


def test_a_direct_tile_waits_for_its_window() -> None:
    bench = direct_bench()
    bench.assign(t1="A")
    bench.wait(1.0)
    assert bench.opened == [] and bench.status(1).sign is Sign.CONNECTING
    bench.console.set_tile_window(tile(1), 77)
    bench.play(1.0)
    (output,) = bench.video.open_streams[sub("A")].outputs
    assert (output.window_id, output.width_px, output.height_px) == (77, *TILE_PX)
    assert bench.slot(1).size_px == (0, 0), "counters only"
    assert (bench.status(1).sign, bench.status(1).surface) == (Sign.LIVE, Surface.DIRECT)


def test_a_shared_tile_says_so() -> None:
    assert playing(t1="A").status(1).surface is Surface.SHARED


def test_a_window_takes_every_size_without_a_new_output() -> None:
    bench = direct_bench()
    bench.console.set_tile_window(tile(1), 77)
    bench.assign(t1="A")
    bench.play(1.0)
    bench.console.set_tile_size(tile(1), 500, 281)
    bench.play(1.0)
    assert len(bench.video.slots) == 1 and bench.video.output_changes == []


def test_a_window_that_is_taken_away_closes_its_stream() -> None:
    bench = direct_bench()
    bench.console.set_tile_window(tile(1), 77)
    bench.assign(t1="A")
    bench.play(1.0)
    bench.console.set_tile_window(tile(1), None)
    bench.wait(1.0)
    assert bench.closed == [sub("A")] and bench.video.open_slots == []


def test_taking_away_a_window_that_is_not_there_changes_nothing() -> None:
    bench = playing(t1="A")
    bench.console.set_tile_window(tile(1), None)
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE} and bench.opened == [sub("A")]


def test_a_native_windows_output_does_not_move_to_another_tile() -> None:
    bench = direct_bench()
    bench.console.set_tile_window(tile(1), 77)
    bench.console.set_tile_window(tile(2), 78)
    bench.assign(t1="A", t2="B")
    bench.play(1.0)
    bench.do(SwapTiles(tile(1), tile(2)))
    windows = {key.camera: stream.outputs[0].window_id for key, stream in bench.video.open_streams.items()}
    assert windows == {CameraId("A"): 78, CameraId("B"): 77}
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}
    assert len(bench.video.open_slots) == 2


# ---- the end


def test_stopping_gives_every_slot_back_and_ends_both_sides() -> None:
    bench = playing(t1="A", t2="B")
    bench.console.stop()
    assert bench.registry.is_stopped and bench.video.is_stopped
    assert bench.video.open_slots == []
    assert all(slot.closes == 1 for slot in bench.video.slots)
