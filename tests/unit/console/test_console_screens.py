"""Screens that come and go under a console that plays."""

from __future__ import annotations

from app.core.commands import AssignTile, TileId, Undo
from app.core.model import CameraId
from app.core.tile_status import Sign
from tests.unit.console.console_bench import TILE_PX, Bench, sub


def two_screens() -> Bench:
    """Camera A on the first monitor, camera B on the second."""
    bench = Bench()
    bench.console.set_screens(["dell", "benq"])
    for number in range(1, 5):
        bench.console.set_tile_size(TileId(2, number), *TILE_PX)
    bench.do(AssignTile(TileId(1, 1), CameraId("A")), AssignTile(TileId(2, 1), CameraId("B")))
    bench.play(2.0)
    return bench


def sign(bench: Bench, monitor: int) -> Sign:
    return bench.console.status(TileId(monitor, 1), bench.now_s).sign


def test_each_screen_has_a_monitor_of_its_own() -> None:
    bench = two_screens()
    assert (sign(bench, 1), sign(bench, 2)) == (Sign.LIVE, Sign.LIVE)
    assert [monitor.screen for monitor in bench.console.wall.monitors] == ["dell", "benq"]


def test_the_streams_of_a_screen_that_is_gone_are_closed_and_the_others_stay() -> None:
    bench = two_screens()
    before = bench.generations()
    bench.console.set_screens(["dell"])
    bench.play(2.0)
    assert sub("B") not in bench.generations()
    assert bench.generations()[sub("A")] == before[sub("A")]
    assert sign(bench, 1) is Sign.LIVE


def test_a_screen_that_is_back_plays_what_it_played() -> None:
    bench = two_screens()
    bench.console.set_screens(["dell"])
    bench.play(2.0)
    bench.console.set_screens(["dell", "benq"])
    bench.play(2.0)
    assert (sign(bench, 1), sign(bench, 2)) == (Sign.LIVE, Sign.LIVE)


def test_an_undo_brings_no_unplugged_screen_back_and_takes_none_away() -> None:
    bench = two_screens()
    bench.do(AssignTile(TileId(1, 2), CameraId("C")))
    bench.console.set_screens(["dell"])
    bench.do(Undo())
    assert [monitor.is_present for monitor in bench.console.wall.monitors] == [True, False]
    assert bench.console.wall.monitor(1).cameras == {1: "A"}
    bench.console.set_screens(["dell", "benq", "sony"])
    bench.do(Undo(), Undo(), Undo())
    assert len(bench.console.wall.monitors) == 3
