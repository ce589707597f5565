"""Tours: whose turn it is when, what a pause keeps, and that no clock can make one race."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ConfigError
from app.core.layout import Cell, Layout, layouts_from_data
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.saved_layout import SavedLayout
from app.core.scene import CameraScene, SavedScene, Scene, Showing, showing
from app.core.tour import (
    TRAIL_STEPS,
    WARM_S,
    PagedTour,
    PageOrder,
    Tour,
    TourState,
    TourStatus,
    TourStep,
    cameras_named,
    start_tour,
)

A, B, C, D, E = (CameraId(name) for name in "ABCDE")
PASAR = SavedLayout(Layout("Pasar", 2, 1, (Cell(0, 0), Cell(1, 0))), {2: C})
LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"), {"Pasar": PASAR})

MARKET = TourStep(SavedScene("Pasar"), 15.0)
GATES = TourStep(CameraScene((A, B)), 30.0)
STATION = TourStep(CameraScene((C,)), 5.0)
TOUR = Tour("Pagi", (MARKET, GATES, STATION))


def at(index: int, since_s: float = 100.0, **pause: object) -> TourState:
    return TourState(TOUR, index, since_s, **pause)


# ---- scenes


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        (SavedScene("Pasar"), Showing("Pasar", {2: C})),
        (CameraScene((A,)), Showing("1", {1: A})),
        (CameraScene((A, B, C)), Showing("3", {1: A, 2: B, 3: C})),
        (CameraScene((A, B), "9"), Showing("9", {1: A, 2: B})),
        (CameraScene((A, B), "Pasar"), Showing("Pasar", {1: A, 2: B})),
        (CameraScene((A, B, C), "Pasar"), Showing("3", {1: A, 2: B, 3: C})),
        (CameraScene((A, B), "gone"), Showing("2", {1: A, 2: B})),
    ],
)
def test_a_scene_is_shown_with_all_its_cameras(scene: Scene, expected: Showing) -> None:
    assert showing(scene, LAYOUTS) == expected


def test_a_scene_whose_saved_layout_is_gone_cannot_be_shown() -> None:
    with pytest.raises(ConfigError, match="no saved layout 'Stasiun'"):
        showing(SavedScene("Stasiun"), LAYOUTS)


@pytest.mark.parametrize("cameras", [(), (A,) * 65])
def test_a_scene_has_as_many_cameras_as_a_wall_can_show(cameras: tuple[CameraId, ...]) -> None:
    with pytest.raises(ConfigError, match=f"it shows {len(cameras)} cameras"):
        CameraScene(cameras)


# ---- what a tour is made of


@pytest.mark.parametrize("dwell_s", [4.9, 3600.1, -1.0, float("nan"), float("inf")])
def test_a_dwell_is_from_five_seconds_to_an_hour(dwell_s: float) -> None:
    with pytest.raises(ConfigError, match="a step lasts 5 to 3600 s"):
        TourStep(SavedScene("Pasar"), dwell_s)
    with pytest.raises(ConfigError, match="a step lasts 5 to 3600 s"):
        PagedTour("Gambir", None, dwell_s=dwell_s)


def test_a_step_without_a_dwell_lasts_15_s() -> None:
    assert TourStep(SavedScene("Pasar")).dwell_s == 15.0


def test_a_tour_without_steps_is_refused() -> None:
    with pytest.raises(ConfigError, match="at least one step"):
        Tour("Pagi", ())


@pytest.mark.parametrize("tiles", [0, 65])
def test_a_page_has_as_many_tiles_as_a_wall_can_have(tiles: int) -> None:
    with pytest.raises(ConfigError, match=f"not {tiles}"):
        PagedTour("Gambir", None, tiles)


def test_a_paged_tour_shows_every_camera_once_on_tiles_of_one_size() -> None:
    paged = PagedTour("Gambir", None, tiles=2, dwell_s=20.0)
    pages = paged.pages((A, B, C, D, E))
    assert [page.scene for page in pages] == [
        CameraScene((A, B), "2"),
        CameraScene((C, D), "2"),
        CameraScene((E,), "2"),
    ]
    assert {page.dwell_s for page in pages} == {20.0}
    assert paged.pages(()) == ()


def test_a_paged_tour_may_name_its_grid() -> None:
    paged = PagedTour("Gambir", None, tiles=2, order=PageOrder.LEAST_SEEN, grid="Pasar")
    assert paged.page((A,)).scene == CameraScene((A,), "Pasar")


def test_only_scenes_of_cameras_name_cameras() -> None:
    assert cameras_named(GATES, None, MARKET, STATION) == [A, B, C]


# ---- as time goes on


@pytest.mark.parametrize(
    ("what", "before", "now_s", "after"),
    [
        ("a step lasts for its dwell", at(0), 114.9, at(0)),
        ("then the next has its turn", at(0), 115.0, at(1, 115.0)),
        ("each lasts for its own dwell", at(1), 129.9, at(1)),
        ("the first follows the last", at(2), 105.0, at(0, 105.0)),
        ("a late look gives the next its whole dwell", at(0), 117.5, at(1, 117.5)),
        ("a PC that slept skips nothing", at(0), 90_000.0, at(1, 90_000.0)),
        ("a clock that went back begins the dwell anew", at(1), 20.0, at(1, 20.0)),
        (
            "a paused tour stays",
            at(0, is_paused=True, paused_left_s=3.0),
            900.0,
            at(0, is_paused=True, paused_left_s=3.0),
        ),
    ],
)
def test_a_tour_goes_on(what: str, before: TourState, now_s: float, after: TourState) -> None:
    assert before.advanced(now_s) == after, what


def test_a_tour_of_one_step_shows_it_again_and_again() -> None:
    alone = start_tour(Tour("Satu", (GATES,)), 0.0)
    assert alone.next_step is None
    assert alone.advanced(30.0) == TourState(alone.tour, 0, 30.0)


@pytest.mark.parametrize(("index", "by", "expected"), [(0, 1, 1), (2, 1, 0), (0, -1, 2), (2, -1, 1)])
def test_one_can_step_both_ways(index: int, by: int, expected: int) -> None:
    assert at(index).stepped(by, 107.0) == at(expected, 107.0)


def test_what_is_shown_and_what_comes_next() -> None:
    assert (at(0).step, at(0).next_step) == (MARKET, GATES)
    assert (at(2).step, at(2).next_step) == (STATION, MARKET)


def test_the_rest_of_the_dwell_goes_on_after_a_pause() -> None:
    paused = at(0).paused(109.0)
    assert paused.left_s(500.0) == 6.0
    assert paused.paused(600.0) is paused
    resumed = paused.resumed(1000.0)
    assert not resumed.is_paused and resumed.left_s(1000.0) == 6.0
    assert resumed.advanced(1005.9).index == 0 and resumed.advanced(1006.0).index == 1
    assert resumed.resumed(1001.0) is resumed


def test_a_paused_tour_that_is_stepped_stays_paused_for_a_whole_dwell() -> None:
    stepped = at(0).paused(109.0).stepped(1, 400.0)
    assert stepped == TourState(TOUR, 1, 400.0, is_paused=True, paused_left_s=30.0)
    assert stepped.resumed(500.0).left_s(500.0) == 30.0


@pytest.mark.parametrize(("index", "near_s"), [(0, 15.0 - WARM_S), (1, 30.0 - WARM_S), (2, 0.0)])
def test_the_next_step_is_near_for_its_last_ten_seconds_or_the_whole_of_a_short_dwell(
    index: int, near_s: float
) -> None:
    assert at(index).is_next_near(100.0 + near_s)
    assert near_s == 0.0 or not at(index).is_next_near(99.9 + near_s)
    assert not at(index).paused(100.0 + near_s).is_next_near(100.0 + near_s)


def test_an_open_tour_ends_at_its_ends_until_it_is_extended() -> None:
    state = start_tour(Tour("", (GATES,), is_open=True), 0.0)
    assert state.next_step is None and state.stepped(1, 1.0).index == 0 and state.stepped(-1, 1.0).index == 0
    extended = state.extended(STATION)
    assert extended.next_step == STATION and extended.stepped(1, 1.0).step == STATION


def test_an_open_tour_forgets_its_oldest_steps_but_never_the_present_one() -> None:
    state = start_tour(Tour("", (GATES,), is_open=True), 0.0)
    for _ in range(2 * TRAIL_STEPS):
        state = state.extended(STATION).stepped(1, 0.0)
    assert len(state.tour.steps) == TRAIL_STEPS and state.index == TRAIL_STEPS - 1
    first = TourState(state.tour, 0, 0.0).extended(GATES)
    assert first.index == 0 and len(first.tour.steps) == TRAIL_STEPS + 1


def test_a_tour_whose_steps_were_made_anew_stays_where_it_is_as_far_as_it_can() -> None:
    assert at(1).with_tour(Tour("Pagi", (MARKET, STATION))).index == 1
    assert at(2).with_tour(Tour("Pagi", (MARKET, STATION))).index == 1


def test_the_part_left_is_what_a_ring_shows() -> None:
    assert TourStatus("Pagi", 1, 3, left_s=5.0, dwell_s=20.0).left_part == 0.25


@given(st.lists(st.tuples(st.sampled_from("awpr><"), st.floats(-1e6, 1e6)), max_size=50))
def test_whatever_happens_a_look_moves_by_one_step_and_the_rest_of_a_dwell_is_a_rest(
    deeds: list[tuple[str, float]],
) -> None:
    state, now_s = start_tour(TOUR, 0.0), 0.0
    for deed, by_s in deeds:
        now_s += by_s
        before = state
        match deed:
            case "p":
                state = state.paused(now_s)
            case "r":
                state = state.resumed(now_s)
            case ">" | "<":
                state = state.stepped(1 if deed == ">" else -1, now_s)
            case _:
                state = state.advanced(now_s)
                assert state.index in (before.index, (before.index + 1) % 3)
        assert 0.0 <= state.left_s(now_s) <= state.step.dwell_s + 1e-6
