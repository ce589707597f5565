"""Undo, and tours and salvos beside it: each changes what it concerns and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.console.touring import TourEvent
from app.core.commands import (
    AssignTile,
    Back,
    ClearTile,
    Command,
    SelectTile,
    SetHotspot,
    SwapTiles,
    TileId,
    ToggleMaximised,
    Undo,
)
from app.core.errors import ConfigError
from app.core.model import PrivacyClass
from app.core.tour_commands import FireSalvo, StartCoverage, StartTour, StepTour, StopTour, ToggleTour
from tests.unit.console.console_bench import camera, catalog, tile
from tests.unit.console.wall_bench import A, B, C, D, E, Post

# ---- undo


def test_an_undo_leaves_alone_the_monitors_that_the_change_did_not_concern() -> None:
    post = Post()
    post.do(AssignTile(TileId(1, 2), B), SelectTile(2, 3), ToggleMaximised(3, 1))
    post.do(Undo())
    assert post.cameras(1) == {1: A}
    assert post.monitor(2).selected == 3 and post.monitor(3).maximised == 1


def test_a_swap_between_monitors_is_taken_back_on_both() -> None:
    post = Post()
    post.do(AssignTile(TileId(2, 1), B), SwapTiles(TileId(1, 1), TileId(2, 1)), Undo())
    assert (post.cameras(1), post.cameras(2)) == ({1: A}, {1: B})


def test_a_hotspot_that_follows_the_selection_is_nothing_to_take_back() -> None:
    post = Post()
    post.do(SetHotspot(2, 4), AssignTile(TileId(1, 2), B), SelectTile(1, 1), SelectTile(1, 2))
    assert post.cameras(2) == {1: A, 4: B}
    post.do(Undo())
    assert post.cameras(1) == {1: A}
    post.do(Undo())
    assert post.monitor(2).hotspot is None and not post.book.can_undo


def test_an_undo_leaves_a_running_tour_alone_and_keeps_what_it_covers() -> None:
    post = Post()
    post.do(AssignTile(TileId(1, 2), B), StartTour(1, "Keliling"))
    touring = post.book.wall
    post.do(Undo())
    assert post.book.wall is touring and not post.book.touring.take_notices() and not post.book.can_undo
    post.do(AssignTile(TileId(2, 2), C), Undo())
    assert post.cameras(1) == {1: C, 2: D} and post.cameras(2) == {1: A}
    post.do(StopTour(1), Undo())
    assert post.cameras(1) == {1: A}, "what the tour had covered is taken back once it is gone"


def test_an_undo_brings_no_step_of_a_tour_back_that_ran_on_another_monitor() -> None:
    post = Post()
    post.do(StartTour(1, "Keliling"), AssignTile(TileId(2, 2), C), StopTour(1), Undo())
    assert post.cameras(1) == {1: A} and not post.monitor(1).is_temporary
    assert post.cameras(2) == {1: A}


def test_an_undo_takes_back_what_an_officer_changed_during_a_tour_and_the_tour_waits() -> None:
    post = Post()
    post.do(StartTour(1, "Keliling"), ClearTile(tile(1)))
    post.do(Undo())
    assert post.cameras(1) == {1: C, 2: D} and post.book.touring.running == set()


def test_an_undo_leaves_each_monitor_on_the_screen_that_it_has_now() -> None:
    post = Post()
    post.do(AssignTile(TileId(2, 2), C))
    post.book.set_screens(["dell", "acer"])
    post.do(Undo())
    assert [(each.screen, each.is_present) for each in post.book.wall.monitors] == [
        ("dell", True),
        ("acer", True),
        ("sony", False),
    ]
    assert post.cameras(2) == {1: A}


def test_a_new_monitor_leaves_the_older_changes_to_take_back() -> None:
    post = Post()
    post.do(AssignTile(TileId(1, 2), B))
    post.book.set_screens(["dell", "benq", "sony", "acer"])
    post.do(Undo())
    assert post.cameras(1) == {1: A} and len(post.book.wall.monitors) == 4


def test_no_screen_at_all_changes_nothing() -> None:
    post = Post()
    wall = post.book.wall
    post.book.set_screens([])
    assert post.book.wall is wall


# ---- tours and salvos


def test_what_a_tour_shows_is_no_change_of_the_officers() -> None:
    post = Post()
    commands: Sequence[Command] = (
        StartTour(1, "Keliling"),
        StepTour(1, 1),
        ToggleTour(1),
        ToggleTour(1),
        StopTour(1),
    )
    for command in commands:
        post.do(command)
        assert not post.book.can_undo
    assert post.cameras() == {1: A} and not post.book.touring.take_notices()


def test_the_product_has_a_coverage_tour() -> None:
    post = Post()
    post.book.catalog_changed(catalog(camera(name, privacy=PrivacyClass.PUBLIC_STREET) for name in "BCDE"))
    post.do(StartCoverage(1))
    assert set(post.cameras().values()) == {B, C, D, E} and not post.book.can_undo


def test_an_officers_change_makes_the_tour_wait_and_esc_ends_what_is_temporary() -> None:
    post = Post()
    post.do(StartTour(1, "Keliling"), AssignTile(tile(1), B))
    (notice,) = post.book.touring.take_notices()
    assert (notice.monitor, notice.event) == (1, TourEvent.PAUSED)
    post.wait(30.0)
    assert post.cameras() == {1: B, 2: D}
    post.do(Back(1))
    assert post.cameras() == {1: A}


def test_saving_what_a_tour_shows_makes_it_wait() -> None:
    post = Post()
    post.do(StartTour(1, "Keliling"))
    post.book.save_layout(1, "Berdua")
    post.wait(30.0)
    assert post.monitor().layout == "Berdua" and post.cameras() == {1: C, 2: D}


def test_a_salvo_changes_all_its_monitors_at_once_and_says_what_it_could_not_show() -> None:
    post = Post()
    post.do(FireSalvo("Siaga"))
    assert (post.cameras(1), post.cameras(2), post.cameras(3)) == ({1: C}, {1: A, 2: B}, {1: A})
    (plan,) = post.book.take_salvo_plans()
    assert (plan.absent, plan.unknown) == ((9,), ("Malam",))
    assert post.book.take_salvo_plans() == ()
    post.do(Undo())
    assert (post.cameras(1), post.cameras(2)) == ({1: A}, {1: A}) and not post.book.can_undo


def test_a_salvo_makes_a_tour_wait_and_an_unknown_one_changes_nothing() -> None:
    post = Post()
    with pytest.raises(ConfigError, match="no salvo 'Malam'"):
        post.do(FireSalvo("Malam"))
    assert post.book.take_salvo_plans() == () and not post.book.can_undo
    post.do(StartTour(1, "Keliling"), FireSalvo("Siaga"))
    assert post.book.touring.running == set() and post.cameras() == {1: C}
