"""Saved layouts by keyboard alone: what is asked, what is kept, what is said, and that nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.commands import AssignTile, ClearTile, SelectTile, TileId
from app.core.model import CameraId
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_stores import FakeLayoutStore
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import CTRL, SHIFT, press, write
from ui.wall_window import WallWindow

KEY = Qt.Key
MORNING = "Pagi Gambir"


@pytest.fixture
def store() -> FakeLayoutStore:
    return FakeLayoutStore()


@pytest.fixture
def console(store: FakeLayoutStore) -> FakeConsole:
    return a_console("4", tiles=4, store=store)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


@pytest.fixture
def saved(window: WallWindow, console: FakeConsole) -> WallWindow:
    """A window that shows a saved layout."""
    save_as(window, MORNING)
    return window


def save_as(window: WallWindow, name: str) -> None:
    press(KEY.Key_S, CTRL | SHIFT)
    write(name)
    press(KEY.Key_Return)


def said(window: WallWindow) -> str:
    return window.tray.message.text()


def clear_tile(console: FakeConsole, number: int) -> None:
    console.dispatch(ClearTile(TileId(1, number)))


# ---- saving


def test_the_first_save_asks_for_a_name_and_shows_the_layout_under_it(
    window: WallWindow, store: FakeLayoutStore
) -> None:
    press(KEY.Key_S, CTRL)
    assert window.pages.ask.isVisible() and window.pages.ask.text.text() == "Layout 1"
    write(MORNING)
    press(KEY.Key_Return)
    window.refresh(1.0)
    assert dict(store.kept[MORNING].cameras) == {n: f"camera-{n}" for n in (1, 2, 3, 4)}
    assert said(window) == f"Layout ‘{MORNING}’ is saved."
    assert window.tray.picker.text().strip() == MORNING
    assert window.view.hasFocus()


def test_the_next_save_asks_nothing(saved: WallWindow, console: FakeConsole, store: FakeLayoutStore) -> None:
    clear_tile(console, 4)
    press(KEY.Key_S, CTRL)
    assert saved.pages.ask.isHidden()
    assert [*store.kept[MORNING].cameras] == [1, 2, 3]
    assert not saved.view.state.is_altered


def test_a_proposed_name_is_never_one_that_there_is(window: WallWindow, store: FakeLayoutStore) -> None:
    for _ in range(3):
        press(KEY.Key_S, CTRL | SHIFT)
        press(KEY.Key_Return)
    assert sorted(store.kept) == ["Layout 1", "Layout 2", "Layout 3"]


def test_spaces_around_a_name_do_not_count(window: WallWindow, store: FakeLayoutStore) -> None:
    save_as(window, f"  {MORNING} ")
    assert [*store.kept] == [MORNING]


@pytest.mark.parametrize("name", [MORNING, "16", " "], ids=["taken", "built-in", "nothing"])
def test_a_name_that_cannot_be_is_said_and_another_can_be_typed(
    saved: WallWindow, console: FakeConsole, store: FakeLayoutStore, name: str
) -> None:
    save_as(saved, "Malam")
    save_as(saved, name)
    page = saved.pages.ask
    assert page.isVisible() and page.problem.text() and sorted(store.kept) == ["Malam", MORNING]
    press(KEY.Key_A, CTRL)
    write("Siang")
    press(KEY.Key_Return)
    assert page.isHidden() and sorted(store.kept) == ["Malam", MORNING, "Siang"]


def test_a_full_disk_is_said_and_the_wall_stays_as_it_is(
    saved: WallWindow, console: FakeConsole, store: FakeLayoutStore
) -> None:
    clear_tile(console, 4)
    store.is_full = True
    press(KEY.Key_S, CTRL)
    assert said(saved) == "the disk is full"
    assert saved.view.state.is_altered and 4 not in saved.view.state.cameras
    save_as(saved, "Malam")
    assert saved.pages.ask.problem.text() == "the disk is full"
    store.is_full = False
    press(KEY.Key_Return)
    assert [*store.kept["Malam"].cameras] == [1, 2, 3]


# ---- the padlock


def test_a_locked_layout_is_not_saved_over_until_it_is_unlocked(
    saved: WallWindow, console: FakeConsole, store: FakeLayoutStore
) -> None:
    press(KEY.Key_L, CTRL)
    assert said(saved) == f"Layout ‘{MORNING}’ is locked."
    clear_tile(console, 4)
    press(KEY.Key_S, CTRL)
    assert "locked" in said(saved) and len(store.kept[MORNING].cameras) == 4
    press(KEY.Key_L, CTRL)
    assert said(saved) == f"Layout ‘{MORNING}’ is unlocked."
    press(KEY.Key_S, CTRL)
    assert len(store.kept[MORNING].cameras) == 3


def test_a_locked_layout_is_neither_renamed_nor_deleted(saved: WallWindow, store: FakeLayoutStore) -> None:
    press(KEY.Key_L, CTRL)
    press(KEY.Key_F2)
    write("Malam")
    press(KEY.Key_Return)
    assert "locked" in saved.pages.ask.problem.text()
    press(KEY.Key_Escape)
    press(KEY.Key_Delete, CTRL | SHIFT)
    press(KEY.Key_Tab)
    press(KEY.Key_Return)
    assert "locked" in saved.pages.ask.problem.text() and [*store.kept] == [MORNING]


# ---- renaming and deleting


def test_f2_gives_another_name_and_the_wall_goes_on_with_it(saved: WallWindow, store: FakeLayoutStore) -> None:
    press(KEY.Key_F2)
    assert saved.pages.ask.text.text() == MORNING
    write("Malam")
    press(KEY.Key_Return)
    saved.refresh(1.0)
    assert [*store.kept] == ["Malam"] and saved.tray.picker.text().strip() == "Malam"


def test_deleting_asks_first_and_leaves_the_cameras_where_they_are(
    saved: WallWindow, console: FakeConsole, store: FakeLayoutStore
) -> None:
    cameras = dict(saved.view.state.cameras)
    press(KEY.Key_Delete, CTRL | SHIFT)
    press(KEY.Key_Return)
    assert [*store.kept] == [MORNING], "Enter alone deletes nothing"
    press(KEY.Key_Delete, CTRL | SHIFT)
    press(KEY.Key_Tab)
    press(KEY.Key_Return)
    saved.refresh(1.0)
    assert store.kept == {} and dict(saved.view.state.cameras) == cameras
    assert saved.tray.picker.text().strip() == "Layout 4"


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(KEY.Key_F2, None), (KEY.Key_L, CTRL), (KEY.Key_Delete, CTRL | SHIFT)],
    ids=["rename", "lock", "delete"],
)
def test_what_wants_a_saved_layout_says_that_there_is_none(
    window: WallWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier | None
) -> None:
    press(key, modifiers or Qt.KeyboardModifier.NoModifier)
    assert said(window) == "This monitor shows no saved layout."
    assert QApplication.focusWidget() is window.view


# ---- the editor


def test_the_editor_begins_with_what_the_monitor_shows(window: WallWindow, store: FakeLayoutStore) -> None:
    press(KEY.Key_E, CTRL)
    editor = window.pages.editor
    assert editor.isVisible() and editor.form.name.text() == "Layout 1"
    press(KEY.Key_S, CTRL)
    assert editor.isHidden() and window.view.hasFocus()
    assert dict(store.kept["Layout 1"].cameras) == {n: f"camera-{n}" for n in (1, 2, 3, 4)}
    assert said(window) == "Layout ‘Layout 1’ is saved."


def test_a_hidden_tiles_camera_does_not_come_into_a_smaller_layout(
    window: WallWindow, store: FakeLayoutStore
) -> None:
    press(KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_E, CTRL)
    press(KEY.Key_S, CTRL)
    assert dict(store.kept["Layout 1"].cameras) == {1: "camera-1"}


def test_an_edited_layout_takes_the_place_of_the_saved_one(saved: WallWindow, store: FakeLayoutStore) -> None:
    press(KEY.Key_E, CTRL)
    saved.pages.editor.form.name.setText("Malam")
    press(KEY.Key_S, CTRL)
    assert [*store.kept] == ["Malam"] and saved.view.state.layout == "Malam"


def test_another_grid_under_the_same_name_is_on_the_wall_at_once(
    saved: WallWindow, console: FakeConsole, store: FakeLayoutStore
) -> None:
    saved.refresh(0.5)
    before = {record.tile.number: record.rect for record in saved.view.records}
    press(KEY.Key_E, CTRL)
    editor = saved.pages.editor
    editor.preview.select(editor.draft.grid.cells[0])
    editor.split(4)
    press(KEY.Key_S, CTRL)
    tiles = store.kept[MORNING].grid.tiles
    assert [*store.kept] == [MORNING] and tiles > 4
    saved.refresh(1.0)
    rects = {record.tile.number: record.rect for record in saved.view.records}
    assert len(rects) == tiles and rects[1].width() < before[1].width()
    assert console.sizes[TileId(1, tiles)] == (rects[tiles].width(), rects[tiles].height())


def test_a_new_layout_begins_empty_and_changes_nothing_until_it_is_saved(
    window: WallWindow, console: FakeConsole, store: FakeLayoutStore
) -> None:
    wall = console.wall
    press(KEY.Key_T, CTRL)
    assert window.pages.editor.isVisible() and console.wall is wall
    press(KEY.Key_S, CTRL)
    assert dict(store.kept["Layout 1"].cameras) == {} and window.view.state.layout == "Layout 1"
    press(KEY.Key_Z, CTRL)
    assert console.wall.monitors[0].layout == "4", "saving it can be taken back on the wall"


@pytest.mark.parametrize("other", [KEY.Key_F1, None])
def test_changes_in_the_editor_outlast_its_key_and_other_pages(
    window: WallWindow, store: FakeLayoutStore, other: Qt.Key | None
) -> None:
    press(KEY.Key_E, CTRL)
    editor = window.pages.editor
    editor.form.name.setText("Malam")
    if other is not None:
        press(other)
        assert editor.isHidden()
    press(KEY.Key_T, CTRL)
    assert editor.isVisible() and editor.form.name.text() == "Malam"
    assert editor.form.warning.text().startswith("These changes are not saved yet.")
    press(KEY.Key_S, CTRL)
    assert editor.isHidden() and len(store.kept["Malam"].cameras) == 4
    press(KEY.Key_T, CTRL)
    assert editor.form.name.text() == "Layout 1" and not editor.form.warning.text()


def test_changes_that_were_dropped_in_the_editor_are_gone(window: WallWindow) -> None:
    press(KEY.Key_E, CTRL)
    editor = window.pages.editor
    editor.form.name.setText("Malam")
    press(KEY.Key_Escape)
    press(KEY.Key_Escape)
    press(KEY.Key_E, CTRL)
    assert editor.form.name.text() == "Layout 1"


def test_what_the_editor_cannot_keep_is_said_on_it(saved: WallWindow, store: FakeLayoutStore) -> None:
    press(KEY.Key_T, CTRL)
    editor = saved.pages.editor
    editor.form.name.setText(MORNING)
    press(KEY.Key_S, CTRL)
    assert editor.isVisible() and MORNING in editor.form.warning.text()
    editor.form.name.setText("Malam")
    press(KEY.Key_S, CTRL)
    assert editor.isHidden() and sorted(store.kept) == ["Malam", MORNING]


def test_what_others_put_on_the_wall_meanwhile_is_saved_with_it(
    saved: WallWindow, console: FakeConsole, store: FakeLayoutStore
) -> None:
    console.dispatch(SelectTile(1, 1))
    console.dispatch(AssignTile(TileId(1, 2), CameraId("camera-9")))
    press(KEY.Key_S, CTRL)
    assert store.kept[MORNING].cameras[2] == "camera-9"
