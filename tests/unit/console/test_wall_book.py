"""The wall's state: saved layouts that it follows, questions asked at every sync, what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.config.wall_file import wall_from_text, wall_text
from app.console.library import LayoutLibrary
from app.console.settings import ConsoleSettings
from app.console.tour_library import TourLibrary
from app.console.wall_book import WallBook
from app.core.commands import (
    ApplyLayout,
    AssignTile,
    Back,
    ClearTile,
    OpenSaved,
    SetHotspot,
    ShowCameras,
    TileId,
    ToggleMaximised,
    Undo,
)
from app.core.errors import ConfigError
from app.core.model import Camera, Lifecycle, PrivacyClass
from app.core.monitor import MonitorState
from app.core.purpose import needs_purpose
from app.core.saved_layout import SavedLayout
from app.core.wall import WallState
from tests.fakes.fake_stores import FakeLayoutStore, FakeTourStore
from tests.unit.console.console_bench import LAYOUTS, camera, catalog, tile
from tests.unit.console.wall_bench import QUERY, A, B, C, D, E, Post, a_layout, opened

# ---- saving


def test_what_a_monitor_shows_is_saved_under_a_name_and_open_there() -> None:
    post = Post()
    post.do(AssignTile(tile(3), C), SetHotspot(1, 4))
    saved = post.book.save_layout(1, " Siang ")
    assert saved == a_layout("Siang", cameras={1: A, 3: C}, hotspot=4)
    assert post.store.kept["Siang"] == post.monitor().saved == saved
    assert post.monitor().layout == "Siang" and not post.monitor().is_altered


@pytest.mark.parametrize("name", ["Pagi", " Pagi", "Pagi\u200b "])
def test_saving_over_the_open_layout_keeps_its_question(name: str) -> None:
    post = opened(query=QUERY)
    post.do(AssignTile(tile(4), D))
    post.book.save_layout(1, name)
    assert post.store.kept == {"Pagi": a_layout(query=QUERY, cameras={1: A, 2: B, 4: D})}
    assert not post.monitor().is_altered


def test_saving_over_the_open_layout_leaves_the_selection_and_the_maximised_tile() -> None:
    post = opened()
    post.do(AssignTile(tile(2), D), ToggleMaximised(1, 2))
    post.book.save_layout(1, "Pagi")
    assert (post.monitor().selected, post.monitor().maximised) == (2, 2)


def test_other_monitors_that_show_the_layout_follow_it() -> None:
    post = opened()
    post.do(OpenSaved(2, "Pagi"), OpenSaved(3, "Pagi"), ClearTile(TileId(3, 1)), AssignTile(tile(4), D))
    post.book.save_layout(1, "Pagi")
    assert post.cameras(2) == {1: A, 2: B, 4: D}
    assert post.cameras(3) == {2: B} and post.monitor(3).is_altered, "what somebody changed there stays"


def test_a_temporary_layout_that_is_saved_is_no_longer_temporary() -> None:
    post = Post()
    post.do(ShowCameras(1, (C, D)))
    post.book.save_layout(1, "Berdua")
    assert not post.monitor().is_temporary and post.cameras() == {1: C, 2: D}
    post.do(Undo())
    assert post.monitor().is_temporary


@pytest.mark.parametrize(
    "act",
    [
        lambda book: book.save_layout(1, "Pagi"),
        lambda book: book.save_layout(2, "1+5"),
        lambda book: book.save_layout(4, "Siang"),
        lambda book: book.keep_layout(1, a_layout("Pagi"), ""),
        lambda book: book.keep_layout(1, a_layout(" "), ""),
        lambda book: book.delete_layout("Siang"),
        lambda book: book.rename_layout("Siang", "Sore"),
        lambda book: book.rename_layout("Pagi", ""),
        lambda book: book.lock_layout("Siang", True),
        lambda book: book.export_layout("Siang", "out.json"),
    ],
)
def test_what_cannot_be_done_changes_nothing(act: Callable[[WallBook], object]) -> None:
    post = Post()
    wall, layouts = post.book.wall, post.book.layouts
    with pytest.raises(ConfigError):
        act(post.book)
    assert post.book.wall is wall and post.book.layouts is layouts and not post.book.can_undo
    assert post.store.kept == {"Pagi": a_layout()}


def test_a_full_disk_changes_nothing() -> None:
    post = opened()
    post.do(AssignTile(tile(4), D))
    wall, post.store.is_full = post.book.wall, True
    for act in (
        lambda: post.book.save_layout(1, "Pagi"),
        lambda: post.book.save_layout(1, "Siang"),
        lambda: post.book.rename_layout("Pagi", "Siang"),
        lambda: post.book.delete_layout("Pagi"),
        lambda: post.book.lock_layout("Pagi", True),
    ):
        with pytest.raises(ConfigError, match="the disk is full"):
            act()
    assert post.book.wall is wall


# ---- from the editor


def test_a_new_layout_from_the_editor_is_kept_and_opened() -> None:
    post = Post()
    post.book.keep_layout(2, a_layout("Siang", 9), "")
    assert set(post.store.kept) == {"Pagi", "Siang"}
    assert post.monitor(2).layout == "Siang" and post.monitor(2).saved == a_layout("Siang", 9)


def test_an_edited_layout_takes_its_place_under_another_name_wherever_it_is_shown() -> None:
    post = opened(is_locked=True)
    post.do(OpenSaved(2, "Pagi"))
    post.book.keep_layout(1, a_layout("Siang", 9, hotspot=9), "Pagi")
    assert post.store.kept == {"Siang": a_layout("Siang", 9, hotspot=9)}
    for number in (1, 2):
        assert post.monitor(number).layout == "Siang" and not post.monitor(number).is_altered


class FullAtLast(FakeLayoutStore):
    """A disk that has room for a rename, and for nothing more."""

    def save(self, saved: SavedLayout) -> None:
        raise ConfigError("the disk is full")


def test_a_disk_that_refuses_half_way_leaves_a_wall_that_can_be_shown() -> None:
    post = Post(store=FullAtLast({"Pagi": a_layout(is_locked=True)}))
    post.do(OpenSaved(1, "Pagi"), AssignTile(tile(4), D))
    with pytest.raises(ConfigError, match="the disk is full"):
        post.book.keep_layout(1, a_layout("Siang", 9), "Pagi")
    assert post.monitor().layout == "Siang" and post.cameras() == {1: A, 2: B, 4: D}
    assert post.book.layouts.get("Siang").tiles == 4
    post.do(Undo())
    assert post.monitor().saved == post.store.kept["Siang"] == a_layout("Siang")


def test_an_edit_that_is_refused_at_once_leaves_the_layout_open() -> None:
    post = opened()
    post.book.keep_layout(2, a_layout("Siang"), "")
    with pytest.raises(ConfigError, match="there is a layout ‘Siang’ already"):
        post.book.keep_layout(1, a_layout("Siang", 9), "Pagi")
    assert post.monitor().saved == a_layout() and post.monitor().layout == "Pagi"


# ---- renaming, deleting, locking


@pytest.mark.parametrize("name", ["Siang", "  Siang\t", "Siang\u200b"])
def test_a_renamed_layout_stays_open_wherever_it_is_shown(name: str) -> None:
    post = opened()
    post.do(OpenSaved(2, "Pagi"), ClearTile(TileId(2, 1)))
    post.book.rename_layout("Pagi", name)
    for number in (1, 2):
        assert post.monitor(number).layout == "Siang" and post.monitor(number).saved == a_layout("Siang")
    assert (post.monitor(1).is_altered, post.monitor(2).is_altered) == (False, True)


def test_an_undo_finds_a_renamed_layout() -> None:
    post = opened()
    post.do(ClearTile(tile(1)))
    post.book.rename_layout("Pagi", "Siang")
    post.do(Undo())
    assert post.monitor().layout == "Siang" and post.monitor().saved == a_layout("Siang")


def test_the_cameras_of_a_deleted_layout_stay_where_they_are_shown() -> None:
    post = opened(cameras={1: A, 4: D})
    post.do(ApplyLayout(1, "9"))
    post.book.delete_layout("Pagi")
    assert post.store.kept == {} and post.monitor().saved is None
    assert post.monitor().layout == "9" and post.cameras() == {1: A, 4: D}
    post.do(Undo())
    assert post.monitor().layout == "4" and post.cameras() == {1: A, 4: D}


def test_a_padlock_is_put_on_and_taken_off() -> None:
    post = opened()
    post.book.lock_layout("Pagi", True)
    saved = post.monitor().saved
    assert saved is not None and saved.is_locked
    for act in (
        lambda: post.book.delete_layout("Pagi"),
        lambda: post.book.rename_layout("Pagi", "Siang"),
        lambda: post.book.save_layout(1, "Pagi"),
    ):
        with pytest.raises(ConfigError, match="is locked"):
            act()
    post.book.lock_layout("Pagi", False)
    post.book.delete_layout("Pagi")
    assert post.store.kept == {}


# ---- import and export


def test_a_layout_goes_out_to_a_file_and_comes_back_open() -> None:
    post = Post()
    post.book.export_layout("Pagi", "out.json")
    saved = post.book.import_layout(2, "out.json")
    assert post.monitor(2).saved == saved == a_layout("Pagi (2)")
    post.do(Undo())
    assert post.cameras(2) == {1: A}


# ---- what happens by itself


def cameras_of(names: str, **fields: Any) -> list[Camera]:
    return [camera(name, **fields) for name in names]


def test_a_question_is_asked_anew_at_every_sync_and_the_wall_follows() -> None:
    post = opened(query=QUERY, cameras={})
    post.do(OpenSaved(2, "Pagi"), AssignTile(TileId(2, 4), E))
    post.book.catalog_changed(catalog(cameras_of("ABC")))
    assert post.cameras(1) == {1: A, 2: B, 3: C}
    post.book.catalog_changed(catalog(cameras_of("ACD")))
    assert post.cameras(1) == {1: A, 2: D, 3: C} and not post.monitor(1).is_altered
    assert post.cameras(2) == {4: E} and post.monitor(2).is_altered, "what an officer changed stays"
    post.do(Back(2))
    assert post.cameras(2) == {1: A, 2: D, 3: C}, "and is left for what the question finds now"


def test_a_sync_that_changes_no_answer_changes_no_wall() -> None:
    post = opened(query=QUERY, cameras={1: A})
    wall = post.book.wall
    post.book.catalog_changed(catalog(cameras_of("A")))
    assert post.book.wall is wall


def test_a_question_that_found_more_before_a_restart_is_followed_after_it() -> None:
    question = a_layout(query=QUERY, cameras={1: A})
    before = Post(question)
    before.do(OpenSaved(1, "Pagi"))
    before.book.catalog_changed(catalog(cameras_of("AB")))
    library = LayoutLibrary(LAYOUTS, before.store)
    wall = wall_from_text("wall.json", wall_text(before.book.wall), library.layouts)
    after = WallBook(ConsoleSettings("4", wall=wall), library, TourLibrary(FakeTourStore()), lambda _: None)
    after.catalog_changed(catalog(cameras_of("ABC")))
    assert after.wall.monitor(1).cameras == {1: A, 2: B, 3: C} and not after.wall.monitor(1).is_altered


def test_an_unfilled_wall_takes_active_cameras_that_everybody_may_look_at() -> None:
    post = Post(is_private=needs_purpose)
    public = {"privacy": PrivacyClass.PUBLIC_STREET}
    listed = [
        camera("A", privacy=PrivacyClass.PRIVATE_OFFICE),
        camera("B"),  # of a class that is not known: private
        camera("C", lifecycle=Lifecycle.MAINTENANCE, **public),
        *cameras_of("ED", **public),
    ]
    post.book.catalog_changed(catalog(listed))
    post.do(AssignTile(tile(1), B))
    post.book.fill(4)
    assert post.cameras(1) == {1: D, 2: E} and post.cameras(2) == {1: A}
    assert not post.book.can_undo, "nobody has filled it by hand"


def test_the_wall_is_kept_once_a_change() -> None:
    post = Post()
    post.wait(5.0)
    assert post.kept == [], "what was kept last is what it began with"
    post.do(AssignTile(tile(2), B), AssignTile(tile(3), C))
    post.wait(5.0)
    post.book.save_layout(2, "Siang")
    post.wait(5.0)
    assert len(post.kept) == 2 and post.kept[-1] is post.book.wall


def test_a_wall_that_was_never_kept_begins_with_one_monitor() -> None:
    library = LayoutLibrary(LAYOUTS, FakeLayoutStore())
    book = WallBook(ConsoleSettings("9"), library, TourLibrary(FakeTourStore()), lambda _: None)
    assert book.wall == WallState((MonitorState("9"),)) and book.problems == ()
    with pytest.raises(ConfigError, match="there is no layout 99"):
        WallBook(ConsoleSettings("99"), library, TourLibrary(FakeTourStore()), lambda _: None)
