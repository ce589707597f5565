"""Tours on a console that plays: steps in their time, the next one open and warm, the officer before the tour."""

from __future__ import annotations

from app.console.touring import TourEvent
from app.core.commands import AssignTile, SelectTile, TileId, Undo
from app.core.model import CameraId, Profile
from app.core.scene import CameraScene
from app.core.tile_status import Sign
from app.core.tour import WARM_S, Hold, Tour, TourStatus, TourStep
from app.core.tour_commands import StartTour, StepTour, StopTour, ToggleTour
from tests.unit.console.console_bench import STEP_S, TILE_PX, WALL_PX, Bench, main, sub, tile

A, B, C, D, E, F = (CameraId(name) for name in "ABCDEF")
DWELL_S = 20.0
VIEW_PX = (2 * TILE_PX[0], 2 * TILE_PX[1])
TOUR = Tour(
    "Keliling",
    (TourStep(CameraScene((B, C), "4"), DWELL_S), TourStep(CameraScene((D, E), "4"), DWELL_S)),
)
CLOSE = Tour("Dekat", (TourStep(CameraScene((B,), "9"), DWELL_S), TourStep(CameraScene((C,), "1"), DWELL_S)))


def touring(tour: Tour = TOUR, view_px: tuple[int, int] = VIEW_PX) -> Bench:
    """A wall of four tiles that showed camera A and now shows the first step of a tour, which plays."""
    bench = Bench(tours={tour.name: tour})
    bench.console.set_view_size(1, *view_px)
    bench.assign(t1="A")
    bench.play(2.0)
    bench.do(StartTour(1, tour.name))
    return bench


def shown(bench: Bench) -> str:
    """The cameras of the wall, in the order of its tiles."""
    return "".join(bench.console.shown_tiles().values())


def status(bench: Bench) -> TourStatus:
    found = bench.console.book.touring.status(1, bench.now_s)
    assert found is not None
    return found


def test_a_tour_steps_as_time_goes_on_and_begins_again() -> None:
    bench = touring()
    steps = []
    for _ in range(4):
        steps.append(shown(bench))
        bench.play(DWELL_S)
    assert steps == ["BC", "DE", "BC", "DE"]


def test_a_tour_changes_no_stream_that_it_does_not_show() -> None:
    bench = touring()
    bench.play(DWELL_S + 2.0)
    assert set(bench.video.open_streams) == {sub("D"), sub("E")}, "what it has shown is closed"
    bench.do(StopTour(1))
    bench.play(2.0)
    assert shown(bench) == "A" and bench.signs() == {1: Sign.LIVE}
    assert set(bench.video.open_streams) == {sub("A")}, "and nothing is warm any more"


def test_the_next_step_is_opened_shortly_before_its_turn_and_live_at_once() -> None:
    bench = touring()
    bench.play(DWELL_S - WARM_S - 1.0)
    assert set(bench.video.open_streams) == {sub("B"), sub("C")}
    bench.play(2.0)
    warm = bench.generations()
    assert set(warm) == {sub(name) for name in "BCDE"}
    assert all(slot.size_px == (0, 0) for name in "DE" for slot in bench.outputs_of(sub(name)))
    bench.play(WARM_S - 1.0 + STEP_S)
    assert shown(bench) == "DE" and set(bench.signs().values()) == {Sign.LIVE}
    assert {key: bench.generations()[key] for key in (sub("D"), sub("E"))} == {
        key: warm[key] for key in (sub("D"), sub("E"))
    }


def test_the_next_step_is_warmed_for_its_own_layout_and_takes_that_stream_over() -> None:
    bench = touring(CLOSE, WALL_PX)
    bench.play(DWELL_S - WARM_S + 1.0)
    assert set(bench.video.open_streams) == {sub("B"), main("C")}, (
        "a tile as large as the wall has the main stream"
    )
    warm = bench.generations()[main("C")]
    bench.play(WARM_S - 1.0 + STEP_S)
    assert bench.status(1).profile is Profile.MAIN and bench.signs() == {1: Sign.LIVE}
    assert bench.slot(1).size_px == WALL_PX, "although no window has placed the tile yet"
    assert bench.generations()[main("C")] == warm and sub("C") not in bench.opened


def test_a_gap_between_the_tiles_counts() -> None:
    bench = touring(CLOSE)
    bench.console.set_view_size(1, 1208, 808, gap_px=4)
    bench.do(StepTour(1, 1))
    bench.do(StepTour(1, 1))
    bench.play(1.0)
    assert bench.slot(1).size_px == (400, 266)


def test_before_the_window_has_said_its_size_the_tiles_own_one_counts() -> None:
    bench = Bench(tours={"Keliling": TOUR})
    bench.do(StartTour(1, "Keliling"))
    bench.play(DWELL_S - WARM_S + 1.0)
    assert set(bench.video.open_streams) == {sub(name) for name in "BCDE"}


def test_an_officers_change_holds_the_tour_and_nothing_of_it_stays_warm() -> None:
    bench = touring()
    bench.play(DWELL_S - WARM_S + 1.0)
    bench.do(AssignTile(tile(2), F))
    (notice,) = bench.console.book.touring.take_notices()
    assert (notice.monitor, notice.tour, notice.event) == (1, "Keliling", TourEvent.PAUSED)
    bench.play(2 * DWELL_S)
    assert shown(bench) == "BF" and status(bench).hold is Hold.BY_CHANGE
    assert set(bench.video.open_streams) == {sub("B"), sub("F")}


def test_a_tour_that_was_held_shows_its_step_again_and_goes_on() -> None:
    bench = touring()
    bench.do(AssignTile(tile(2), F), ToggleTour(1))
    assert shown(bench) == "BC" and status(bench).hold is None
    bench.play(DWELL_S)
    assert shown(bench) == "DE"


def test_a_selection_holds_no_tour_and_space_does() -> None:
    bench = touring()
    bench.do(SelectTile(1, 2))
    bench.play(DWELL_S)
    assert shown(bench) == "DE"
    bench.do(ToggleTour(1))
    bench.play(2 * DWELL_S)
    assert shown(bench) == "DE" and status(bench).hold is Hold.BY_HAND
    bench.do(StepTour(1, -1))
    bench.play(2 * DWELL_S)
    assert shown(bench) == "BC" and status(bench).hold is Hold.BY_HAND


def test_a_maximised_tile_holds_the_tour_and_its_restoring_lets_it_go() -> None:
    bench = touring()
    bench.toggle_maximised(1)
    bench.play(2 * DWELL_S)
    assert shown(bench) == "BC" and status(bench).hold is Hold.MAXIMISED
    bench.toggle_maximised(1)
    bench.play(DWELL_S)
    assert shown(bench) == "DE" and status(bench).hold is None


def test_an_undo_leaves_a_tour_alone() -> None:
    bench = touring()
    before = bench.generations()
    bench.do(Undo())
    bench.play(1.0)
    assert shown(bench) == "BC" and status(bench).hold is None and bench.generations() == before
    bench.do(StopTour(1), Undo())
    assert shown(bench) == "", "what it had covered is taken back when it is gone"


def test_an_unplugged_monitor_holds_its_tour_and_another_one_plays_on() -> None:
    bench = Bench(tours={"Keliling": TOUR})
    bench.console.set_screens(["dell", "benq"])
    for number in range(1, 5):
        bench.console.set_tile_size(TileId(2, number), 480, 270)
    bench.assign(t1="A")
    bench.do(StartTour(2, "Keliling"))
    bench.play(2.0)
    kept = bench.generations()[sub("A")]
    bench.console.set_screens(["dell"])
    bench.play(2 * DWELL_S)
    assert set(bench.video.open_streams) == {sub("A")}
    bench.console.set_screens(["dell", "benq"])
    bench.play(2.0)
    assert shown(bench) == "ABC" and bench.generations()[sub("A")] == kept
    bench.play(DWELL_S)
    assert shown(bench) == "ADE"
