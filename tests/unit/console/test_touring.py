"""Tours at work: what is shown when, what holds one, what is warmed for it, and what an officer is told."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.console.touring import Stage, TourEvent, Touring, TourNotice
from app.core import wall as walls
from app.core.camera_query import CameraQuery
from app.core.commands import (
    AssignTile,
    Back,
    ClearTile,
    Command,
    MoveSelection,
    SelectTile,
    SetHotspot,
    SwapTiles,
    TileId,
    ToggleMaximised,
)
from app.core.errors import ConfigError
from app.core.layout import Cell, Layout, layouts_from_data
from app.core.layouts import Layouts
from app.core.model import AreaCode, Camera, CameraId, Catalog, Jurisdiction, PrivacyClass
from app.core.monitor import MonitorState
from app.core.salvo import Salvo
from app.core.saved_layout import SavedLayout
from app.core.scene import CameraScene, SavedScene
from app.core.tile_status import Sign
from app.core.tour import Hold, PagedTour, PageOrder, Tour, TourStatus, TourStep
from app.core.tour_commands import (
    ShowInGrid,
    StartCoverage,
    StartTour,
    StepTour,
    StopTour,
    ToggleTour,
    TourCommand,
)
from app.core.wall import WallState

A, B, C, D = (CameraId(name) for name in "ABCD")
PASAR = SavedLayout(Layout("Pasar", 2, 1, (Cell(0, 0), Cell(1, 0))), {1: C, 2: D})
LAYOUTS = Layouts(layouts_from_data([]), ("1", "4"), {"Pasar": PASAR})
TOUR = Tour(
    "Pagi",
    (
        TourStep(SavedScene("Pasar"), 15.0),
        TourStep(CameraScene((A, B)), 30.0),
        TourStep(CameraScene((C,), "4"), 5.0),
    ),
)
STREET = PrivacyClass.PUBLIC_STREET
GAMBIR = AreaCode("31.71.01.1001")
FIRST = ShowInGrid(1, "Pasar", {1: C, 2: D})
SECOND = ShowInGrid(1, "2", {1: A, 2: B})
THIRD = ShowInGrid(1, "4", {1: C})


def a_camera(name: str) -> Camera:
    return Camera(CameraId(name), 1, f"JKT-{name}", name, GAMBIR, Jurisdiction(), (), privacy=STREET)


def a_catalog(names: str) -> Catalog:
    return Catalog({CameraId(name): a_camera(name) for name in names}, {})


class Post:
    """A console as far as tours know it: a wall of two monitors, cameras that are live or dead, a clock."""

    def __init__(self, cameras: str = "ABCDEFGH") -> None:
        self.now_s = 1000.0
        self.touring = Touring()
        self.touring.tours = {"Pagi": TOUR}
        self.wall = WallState((MonitorState("4", {1: A}), MonitorState("4", {3: B})))
        self.layouts = LAYOUTS
        self.catalog = a_catalog(cameras)
        self.dead: set[str] = set()
        self.shown: list[ShowInGrid | Back] = []

    @property
    def stage(self) -> Stage:
        return Stage(self.wall, self.layouts, self.catalog)

    def do(self, command: TourCommand) -> None:
        self._apply(self.touring.do(command, self.stage, self.now_s))

    def officer(self, command: Command) -> None:
        before = self.wall
        self.wall = walls.apply(self.wall, command, self.layouts)
        self.touring.wall_changed(before, self.wall)

    def wait(self, seconds: float) -> list[ShowInGrid | Back]:
        """Let time pass, looked at ten times a second; what tours have asked for meanwhile."""
        begun = len(self.shown)
        for _ in range(round(seconds * 10)):
            self.now_s = round(self.now_s + 0.1, 3)
            self.check()
        return self.shown[begun:]

    def check(self) -> None:
        self._apply(self.touring.check(self.stage, self._sign, self.now_s))

    def _sign(self, tile: TileId) -> Sign:
        return Sign.LOST if self.wall.camera_at(tile) in self.dead else Sign.LIVE

    def _apply(self, effects: tuple[ShowInGrid | Back, ...]) -> None:
        self.shown += effects
        for effect in effects:
            if isinstance(effect, Back):
                self.wall = walls.apply(self.wall, effect, self.layouts)
            else:
                self._show(effect)

    def _show(self, effect: ShowInGrid) -> None:
        monitors = list(self.wall.monitors)
        old = monitors[effect.monitor - 1]
        before = old.before or replace(old, maximised=None)
        monitors[effect.monitor - 1] = MonitorState(effect.layout, effect.cameras, before=before)
        self.wall = WallState(tuple(monitors))

    def status(self, monitor: int = 1) -> TourStatus:
        found = self.touring.status(monitor, self.now_s)
        assert found is not None
        return found

    def plug(self, monitor: int, is_present: bool) -> None:
        monitors = list(self.wall.monitors)
        monitors[monitor - 1] = replace(monitors[monitor - 1], is_present=is_present)
        self.wall = WallState(tuple(monitors))


def started(name: str = "Pagi") -> Post:
    post = Post()
    post.do(StartTour(1, name))
    return post


def expected(post: Post) -> dict[str, str]:
    return {str(tile): camera for tile, camera in post.touring.expected.items()}


# ---- its course


def test_a_tour_shows_its_first_step_at_once_and_each_for_its_dwell() -> None:
    post = started()
    assert post.shown == [FIRST]
    assert post.wait(14.9) == [] and post.wait(0.1) == [SECOND]
    assert post.wait(29.9) == [] and post.wait(0.1) == [THIRD]
    assert post.wait(5.0) == [FIRST]


def test_the_status_tells_step_and_time() -> None:
    post = started()
    post.wait(5.0)
    assert post.status() == TourStatus("Pagi", 1, 3, left_s=pytest.approx(10.0), dwell_s=15.0)
    assert post.touring.status(2, post.now_s) is None


def test_a_pc_that_slept_shows_the_next_step_once() -> None:
    post = started()
    post.wait(1.0)
    post.now_s += 7200.0
    post.check()
    assert post.shown == [FIRST, SECOND] and post.wait(29.0) == []


def test_a_camera_that_dies_in_a_step_changes_nothing() -> None:
    post = started()
    post.dead.add("C")
    assert post.wait(14.9) == [] and post.status().hold is None


def test_one_can_step_both_ways_at_once() -> None:
    post = started()
    post.wait(5.0)
    post.do(StepTour(1, 1))
    assert post.shown[-1] == SECOND and post.status().left_s == 30.0
    post.do(StepTour(1, -1))
    post.do(StepTour(1, -1))
    assert post.shown[-2:] == [FIRST, THIRD]


def test_stopping_brings_back_what_was_there_before() -> None:
    post = started()
    before = Post().wall
    post.wait(16.0)
    post.do(StopTour(1))
    assert post.wall == before and post.touring.status(1, post.now_s) is None and post.wait(60.0) == []


def test_stopping_brings_the_layout_back_from_a_maximised_tile_too() -> None:
    post = started()
    post.officer(ToggleMaximised(1, 2))
    post.do(StopTour(1))
    assert post.wall == Post().wall


def test_tours_run_on_two_monitors_without_knowing_of_each_other() -> None:
    post = started()
    post.wait(7.0)
    post.do(StartTour(2, "Pagi"))
    assert [(effect.monitor, effect.layout) for effect in post.wait(15.0)] == [(1, "2"), (2, "2")]


@pytest.mark.parametrize("command", [StepTour(1, 1), ToggleTour(1), StopTour(1)])
def test_without_a_tour_there_is_nothing_to_command(command: TourCommand) -> None:
    with pytest.raises(ConfigError, match="no tour runs on monitor 1"):
        Post().do(command)


@pytest.mark.parametrize(
    ("command", "reason"),
    [(StartTour(1, "Malam"), "no tour 'Malam'"), (StartTour(7, "Pagi"), "no monitor 7"), (StartCoverage(7), "7")],
)
def test_what_is_not_there_cannot_be_started(command: TourCommand, reason: str) -> None:
    post = Post()
    with pytest.raises(ConfigError, match=reason):
        post.do(command)
    assert post.touring.status(1, post.now_s) is None


# ---- what holds it


def test_a_pause_keeps_the_rest_of_the_dwell() -> None:
    post = started()
    post.wait(10.0)
    post.do(ToggleTour(1))
    assert post.wait(100.0) == [] and post.status().hold is Hold.BY_HAND
    assert post.status().left_s == pytest.approx(5.0)
    post.do(ToggleTour(1))
    assert post.status().hold is None and post.wait(4.9) == [] and post.wait(0.2) == [SECOND]


@pytest.mark.parametrize(
    "command",
    [
        AssignTile(TileId(1, 1), A),
        ClearTile(TileId(1, 2)),
        SwapTiles(TileId(1, 1), TileId(2, 3)),
        Back(1),
        SetHotspot(1, 2),
    ],
)
def test_an_officer_who_changes_the_wall_holds_the_tour_and_is_told(command: Command) -> None:
    post = started()
    post.wait(5.0)
    post.officer(command)
    assert post.wait(60.0) == [] and post.status().hold is Hold.BY_CHANGE
    assert post.touring.take_notices() == (TourNotice(1, "Pagi", TourEvent.PAUSED),)
    assert post.touring.take_notices() == ()


def test_the_step_comes_back_with_the_tour() -> None:
    post = started()
    post.wait(5.0)
    post.officer(Back(1))
    post.officer(AssignTile(TileId(1, 4), D))
    post.wait(60.0)
    post.do(ToggleTour(1))
    assert post.shown[-1] == FIRST and post.status().left_s == pytest.approx(10.0, abs=0.11)
    assert post.wait(10.1) == [SECOND]


def test_a_monitor_that_an_officer_changed_is_no_longer_the_tours() -> None:
    post = started()
    post.do(StartTour(2, "Pagi"))
    post.do(ToggleTour(2))
    assert post.touring.running == {1, 2}
    post.officer(ClearTile(TileId(1, 1)))
    assert post.touring.running == {2}


def test_stepping_a_held_tour_shows_the_step_and_holds_it() -> None:
    post = started()
    post.officer(Back(1))
    post.wait(1.0)
    post.do(StepTour(1, 1))
    assert post.shown[-1] == SECOND and post.wait(60.0) == [] and post.status().hold is Hold.BY_HAND


def test_stopping_a_tour_leaves_what_the_officer_made_of_the_wall() -> None:
    post = started()
    post.officer(AssignTile(TileId(1, 1), B))
    made = post.wall
    post.do(StopTour(1))
    assert post.wall == made


@pytest.mark.parametrize(
    "command", [SelectTile(1, 2), MoveSelection(1, 1, 0), AssignTile(TileId(2, 1), D), SelectTile(2, 3)]
)
def test_selecting_and_another_monitor_hold_nothing(command: Command) -> None:
    post = started()
    post.officer(command)
    assert post.wait(15.1) == [SECOND] and post.touring.take_notices() == ()


def test_a_maximised_tile_holds_the_tour_for_as_long_as_it_is_so() -> None:
    post = started()
    post.wait(10.0)
    post.officer(ToggleMaximised(1, 2))
    assert post.wait(60.0) == [] and post.status().hold is Hold.MAXIMISED
    post.officer(ToggleMaximised(1))
    assert post.wait(4.9) == [] and post.wait(0.3) == [SECOND]
    assert post.touring.take_notices() == ()


def test_a_monitor_that_is_away_holds_its_tour_and_no_other() -> None:
    post = started()
    post.do(StartTour(2, "Pagi"))
    post.wait(10.0)
    post.plug(2, False)
    assert {effect.monitor for effect in post.wait(60.0)} == {1} and post.status(2).hold is Hold.AWAY
    post.plug(2, True)
    assert [effect for effect in post.wait(5.2) if effect.monitor == 2] == [replace(SECOND, monitor=2)]


# ---- what is warmed


def test_the_next_step_is_expected_ten_seconds_before_its_turn() -> None:
    post = started()
    post.wait(4.9)
    assert expected(post) == {}
    post.wait(0.2)
    assert expected(post) == {"1.1": "A", "1.2": "B"}
    post.wait(10.0)
    assert expected(post) == {}, "the next dwell is 30 s"


def test_before_the_end_of_a_short_dwell_it_is_expected_from_the_start() -> None:
    post = started()
    post.do(StepTour(1, -1))
    post.check()
    assert expected(post) == {"1.1": "C", "1.2": "D"}


def test_a_held_tour_keeps_nothing_warm() -> None:
    post = started()
    post.wait(10.0)
    post.do(ToggleTour(1))
    post.check()
    assert expected(post) == {}


def test_what_all_monitors_expect_is_told_together() -> None:
    post = started()
    post.do(StartTour(2, "Pagi"))
    post.wait(6.0)
    assert expected(post) == {"1.1": "A", "1.2": "B", "2.1": "A", "2.2": "B"}
    assert {number: shown.layout for number, shown in post.touring.coming.items()} == {1: "2", 2: "2"}


# ---- saved layouts that are gone


def test_a_step_whose_saved_layout_is_gone_is_passed_over_and_told_once() -> None:
    post = Post()
    post.layouts = replace(LAYOUTS, saved={})
    post.do(StartTour(1, "Pagi"))
    assert post.shown == [SECOND] and post.wait(35.2) == [THIRD, SECOND]
    assert post.touring.take_notices() == (TourNotice(1, "Pagi", TourEvent.SKIPPED),)
    post.do(StepTour(1, -1))
    assert post.shown[-1] == THIRD


def test_a_tour_of_which_nothing_is_left_ends_and_says_so() -> None:
    post = Post()
    post.touring.tours = {"Siang": Tour("Siang", (TOUR.steps[0], TOUR.steps[0]))}
    post.do(StartTour(1, "Siang"))
    post.wall = Post().wall
    post.layouts = replace(LAYOUTS, saved={})
    assert post.wait(20.0) == [] and post.touring.status(1, post.now_s) is None
    assert post.touring.take_notices() == (TourNotice(1, "Siang", TourEvent.ENDED),)
    with pytest.raises(ConfigError, match="none of the saved layouts"):
        post.do(StartTour(1, "Siang"))


# ---- pages of a query


def paged_post(order: PageOrder = PageOrder.READING, query: str = "kelurahan 31.71.01.1001") -> Post:
    post = Post("ABCDE")
    post.touring.tours = {"Gambir": PagedTour("Gambir", CameraQuery(query), 2, 5.0, order)}
    return post


def pages(effects: list[ShowInGrid | Back]) -> list[str]:
    return ["".join(effect.cameras.values()) for effect in effects if isinstance(effect, ShowInGrid)]


def test_a_query_tour_shows_all_its_cameras_page_by_page() -> None:
    post = paged_post()
    post.do(StartTour(1, "Gambir"))
    post.wait(15.2)
    assert pages(post.shown) == ["AB", "CD", "E", "AB"]
    assert {effect.layout for effect in post.shown if isinstance(effect, ShowInGrid)} == {"2"}


def test_the_pages_follow_the_catalogue() -> None:
    post = paged_post()
    post.do(StartTour(1, "Gambir"))
    post.wait(1.0)
    post.catalog = a_catalog("ACDEFG")
    post.wait(1.0)
    assert post.status().steps == 3 and pages(post.wait(10.0)) == ["DE", "FG"]


def test_a_query_that_finds_nothing_any_more_leaves_the_tour_as_it_was() -> None:
    post = paged_post()
    post.do(StartTour(1, "Gambir"))
    post.catalog = a_catalog("")
    assert pages(post.wait(5.1)) == ["CD"]


def test_a_query_that_finds_nothing_starts_no_tour() -> None:
    post = paged_post(query="kelurahan Nirwana")
    with pytest.raises(ConfigError, match="no camera for this tour"):
        post.do(StartTour(1, "Gambir"))


# ---- coverage


def test_the_coverage_tour_shows_every_active_camera_in_the_monitors_own_layout() -> None:
    post = Post("ABCDEFGH")
    post.wait(3.0)  # A and B are on the wall and have been seen
    post.do(StartCoverage(1))
    assert pages(post.shown) == ["CDEF"] and post.shown[0].layout == "4"
    assert pages(post.wait(15.1)) == ["ABGH"], "those that are on the wall come last"
    assert post.status().name == "" and post.status().steps is None


def test_the_coverage_tour_passes_dead_cameras_on_and_reports_them() -> None:
    post = Post("ABCDEFGH")
    post.dead = {"C", "D"}
    post.do(StartCoverage(1))
    post.wait(90.0)
    report = post.touring.report(1, post.catalog, post.now_s)
    assert [each.camera for each in report.missed] == ["C", "D"]
    assert (report.cameras, report.seen, report.tried, report.is_complete) == (8, 6, 2, False)
    post.dead.clear()
    post.wait(90.0)
    assert post.touring.report(1, post.catalog, post.now_s).is_complete


def test_two_monitors_share_the_cameras() -> None:
    post = Post("ABCDEFGHIJKLMNOP")
    post.do(StartCoverage(1))
    post.do(StartCoverage(2))
    shown = pages([*post.shown, *post.wait(15.1)])
    assert len(shown) == 4 and sorted("".join(shown)) == list("ABCDEFGHIJKLMNOP")


def test_the_next_page_is_warmed_and_one_can_go_back() -> None:
    post = paged_post(PageOrder.LEAST_SEEN)
    post.do(StartTour(1, "Gambir"))
    post.check()
    coming = list(expected(post).values())
    post.do(StepTour(1, 1))
    assert pages(post.shown)[-1] == "".join(coming)
    post.do(StepTour(1, -1))
    assert pages(post.shown)[-1] == pages(post.shown)[0]


def test_a_set_that_fits_on_the_wall_stays_in_its_place() -> None:
    post = Post("ABC")
    post.do(StartCoverage(1))
    assert set(pages([*post.shown, *post.wait(60.0)])) == {"ABC"}


def test_what_a_maximised_tile_hides_is_not_seen() -> None:
    post = Post("ABCD")
    post.officer(AssignTile(TileId(1, 2), C))
    post.officer(ToggleMaximised(1, 2))
    post.wait(3.0)
    assert {each.camera for each in post.touring.report(1, post.catalog, post.now_s).missed} == {A, D}


def test_a_camera_on_two_tiles_is_seen_if_one_of_them_is_live() -> None:
    post = Post("A")
    post.officer(AssignTile(TileId(2, 3), A))
    signs = {TileId(1, 1): Sign.LIVE, TileId(2, 3): Sign.CONNECTING}
    for _ in range(30):
        post.now_s += 0.1
        post.touring.check(post.stage, signs.__getitem__, post.now_s)
    assert post.touring.report(1, post.catalog, post.now_s).is_complete


def test_the_report_of_a_tour_with_a_query_is_of_that_querys_cameras() -> None:
    post = paged_post(PageOrder.LEAST_SEEN, "JKT-A, JKT-B")
    post.do(StartTour(1, "Gambir"))
    post.catalog = a_catalog("ABCDEFGH")
    post.wait(3.0)
    report = post.touring.report(1, post.catalog, post.now_s)
    assert (report.cameras, report.scope, report.is_complete) == (2, "JKT-A, JKT-B", True)
    assert post.touring.report(2, post.catalog, post.now_s).cameras == 8


# ---- salvos


def test_a_salvo_is_planned_for_the_wall_as_it_is() -> None:
    post = Post()
    post.touring.salvos = {"Siaga": Salvo("Siaga", {1: CameraScene((A,)), 5: SavedScene("Pasar")})}
    plan = post.touring.salvo("Siaga", post.stage)
    assert plan.commands == (ShowInGrid(1, "1", {1: A}),) and plan.absent == (5,)
    with pytest.raises(ConfigError, match="no salvo 'Malam'"):
        post.touring.salvo("Malam", post.stage)


# ---- whatever happens

monitors = st.sampled_from([1, 2])
tour_commands = st.one_of(
    st.builds(StartTour, monitors, st.sampled_from(["Pagi", "Malam"])),
    st.builds(StartCoverage, monitors),
    st.builds(StepTour, monitors, st.sampled_from([1, -1])),
    st.builds(ToggleTour, monitors),
    st.builds(StopTour, monitors),
)
tiles = st.builds(TileId, monitors, st.integers(1, 4))
officer_commands = st.one_of(
    st.builds(AssignTile, tiles, st.sampled_from([A, B, C, D])),
    st.builds(ClearTile, tiles),
    st.builds(SelectTile, monitors, st.integers(1, 4)),
    st.builds(ToggleMaximised, monitors, st.integers(1, 4)),
    st.builds(Back, monitors),
)
waits = st.floats(0.1, 20.0)
plugs = st.tuples(monitors, st.booleans())


@settings(deadline=None)
@given(st.lists(st.one_of(tour_commands, officer_commands, waits, plugs), max_size=40))
def test_whatever_happens_a_held_tour_stands_and_only_what_comes_next_is_warm(deeds: list[object]) -> None:
    post = Post("ABCDEF")
    for deed in deeds:
        with suppress(ConfigError):  # no such tour, no such tile: nothing has changed
            if isinstance(deed, TourCommand):
                post.do(deed)
            elif isinstance(deed, float):
                post.now_s += deed
            elif isinstance(deed, tuple):
                post.plug(*deed)
            else:
                post.officer(deed)
        post.check()
        for number in (1, 2):
            tour = post.touring.status(number, post.now_s)
            assert tour is None or 0.0 <= tour.left_s <= tour.dwell_s
            assert number not in post.touring.coming or (tour is not None and tour.hold is None)
            assert len(post.layouts.get(post.wall.monitor(number).layout).cells) > 0
