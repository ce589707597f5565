"""The page of tours and salvos: all of it by keyboard, nothing kept before Save, nothing lost by one slip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.commands import OpenSaved
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.salvo import Salvo
from app.core.saved_layout import SavedLayout
from app.core.scene import CameraScene, SavedScene
from app.core.tour import PagedTour, PageOrder, Tour, TourStep
from app.core.tour_commands import FireSalvo, StartTour
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_stores import FakeLayoutStore, FakeTourStore
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press, write
from ui.page_parts import PageRows
from ui.tour_editor import TourEditor
from ui.wall_window import WallWindow

KEY = Qt.Key
CAMERAS = CameraScene((CameraId("camera-1"), CameraId("camera-2")))
MALAM = Tour("Malam", (TourStep(SavedScene("Pagi"), 10.0), TourStep(SavedScene("Siang"), 20.0)))
GAMBIR = PagedTour("Gambir", None, 4, 30.0, PageOrder.LEAST_SEEN, "4")
SIAGA = Salvo("Siaga", {1: SavedScene("Pagi"), 5: CAMERAS})


def a_layout(name: str) -> SavedLayout:
    return SavedLayout(replace(uniform_layout(4), name=name), {1: CameraId("camera-7")})


@pytest.fixture
def store() -> FakeTourStore:
    return FakeTourStore({"Malam": MALAM}, {"Siaga": SIAGA})


@pytest.fixture
def console(store: FakeTourStore) -> FakeConsole:
    layouts = {name: a_layout(name) for name in ("Malam", "Pagi", "Siang")}
    return a_console(store=FakeLayoutStore(layouts), tours=store)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


@pytest.fixture
def page(window: WallWindow) -> TourEditor:
    press(KEY.Key_T, CTRL | SHIFT)
    assert window.pages.tours.isVisible()
    return window.pages.tours


def texts(table: PageRows, column: int) -> list[str]:
    """A column of a table."""
    items = [table.item(row, column) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def scenes(page: TourEditor) -> list[str]:
    """What the steps show."""
    return texts(page.tour.steps.table, 1)


def kept_tour(store: FakeTourStore, name: str) -> Tour:
    """A tour of steps, as it is kept."""
    tour = store.tours.kept[name]
    assert isinstance(tour, Tour)
    return tour


def focus(page: TourEditor, widget: object) -> None:
    """Go to a part of the page by Tab."""
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        press(KEY.Key_Tab)
    raise AssertionError("Tab does not reach it")


# ---- what is there


def test_it_opens_on_the_list_and_shows_the_first_tour(page: TourEditor) -> None:
    assert page.names.hasFocus() and page.name.text() == "Malam"
    assert scenes(page) == ["Pagi", "Siang"]
    assert page.tour.steps.total.text() == "One round takes 30 s."


def test_without_any_tour_it_begins_one_and_says_what_to_do(make_window: WindowMaker) -> None:
    window = make_window(a_console())
    press(KEY.Key_T, CTRL | SHIFT)
    page = window.pages.tours
    assert page.name.hasFocus() and page.name.selectedText() == "Tour 1"
    assert page.tour.steps.total.text().startswith("No layout is saved yet.")
    assert not page.tour.steps.add_button.isEnabled() and not page.delete_button.isEnabled()
    press(KEY.Key_S, CTRL)
    assert page.warning.text() == "A tour has at least one step"


# ---- making a tour


def test_a_tour_is_made_by_keyboard_and_can_be_started(
    page: TourEditor, window: WallWindow, console: FakeConsole, store: FakeTourStore
) -> None:
    press(KEY.Key_N, CTRL)
    write("Patroli")
    for _ in range(3):
        press(KEY.Key_Insert)
    assert scenes(page) == ["Malam", "Pagi", "Siang"]
    focus(page, page.tour.steps.table)
    press(KEY.Key_Up, ALT)
    press(KEY.Key_Delete)
    focus(page, page.tour.steps.dwell)
    page.tour.steps.dwell.selectAll()
    write("40")
    press(KEY.Key_S, CTRL)
    assert page.note.text() == "Tour ‘Patroli’ is saved." and not page.is_changed
    steps = (TourStep(SavedScene("Malam"), 15.0), TourStep(SavedScene("Pagi"), 40.0))
    assert store.tours.kept["Patroli"] == Tour("Patroli", steps)
    press(KEY.Key_Return, CTRL)
    assert console.dispatched[-1] == StartTour(1, "Patroli")
    assert not page.isVisible() and window.view.hasFocus()


def test_a_steps_layout_is_chosen_from_those_that_are_saved(page: TourEditor, store: FakeTourStore) -> None:
    focus(page, page.tour.steps.scene)
    press(KEY.Key_Down)
    press(KEY.Key_S, CTRL)
    assert kept_tour(store, "Malam").steps[0].scene == SavedScene("Siang")


def test_a_choice_stops_at_its_ends_and_leaves_the_pages_keys_to_it(page: TourEditor) -> None:
    choice = page.tour.steps.scene
    focus(page, choice)
    for _ in range(5):
        press(KEY.Key_Up)
    assert scenes(page) == ["Malam", "Siang"] and choice.currentText() == "Malam"
    press(KEY.Key_Down, ALT)
    assert scenes(page) == ["Siang", "Malam"] and choice.currentText() == "Malam"
    write("s")
    assert scenes(page) == ["Siang", "Siang"]


def test_steps_move_by_their_buttons_and_stay_chosen(page: TourEditor) -> None:
    steps = page.tour.steps
    assert not steps.up_button.isEnabled()
    steps.down_button.click()
    assert scenes(page) == ["Siang", "Pagi"] and steps.chosen == 1 and not steps.down_button.isEnabled()
    steps.move_step(1)
    assert scenes(page) == ["Siang", "Pagi"]
    steps.remove_button.click()
    steps.remove_button.click()
    assert scenes(page) == [] and steps.chosen == -1 and not steps.scene.isEnabled()
    steps.remove()
    steps.move_step(1)
    steps.add_button.click()
    assert scenes(page) == ["Malam"]


def test_a_renamed_tour_has_its_new_name_only(page: TourEditor, store: FakeTourStore) -> None:
    press(KEY.Key_F2)
    write("Subuh")
    press(KEY.Key_Return)
    assert list(store.tours.kept) == ["Subuh"] and page.original == "Subuh"
    assert texts(page.names, 0) == ["Subuh"] and page.names.currentRow() == 0


def test_what_the_library_refuses_is_said_and_the_page_stays(page: TourEditor, store: FakeTourStore) -> None:
    press(KEY.Key_N, CTRL)
    write("Malam")
    press(KEY.Key_Insert)
    press(KEY.Key_Return, CTRL)
    assert page.warning.text().startswith("There is a tour ‘Malam’ already") and page.isVisible()
    assert store.tours.kept == {"Malam": MALAM}


def test_a_step_whose_layout_is_gone_says_so(window: WallWindow, console: FakeConsole) -> None:
    console.book.save_tour(Tour("Ganjil", (TourStep(SavedScene("Sore")), TourStep(CAMERAS))))
    press(KEY.Key_T, CTRL | SHIFT)
    assert scenes(window.pages.tours) == ["Sore (not there any more)", "2 cameras"]


# ---- a tour by a query


def test_a_tour_of_a_query_says_how_long_a_round_takes(page: TourEditor, store: FakeTourStore) -> None:
    press(KEY.Key_N, CTRL)
    write("Gambir")
    page.tour.kinds.switch(1)
    focus(page, page.tour.pages.query.line)
    write("kelurahan Gambir")
    focus(page, page.tour.pages.tiles)
    page.tour.pages.tiles.selectAll()
    write("2")
    press(KEY.Key_S, CTRL)
    kept = store.tours.kept["Gambir"]
    assert isinstance(kept, PagedTour) and kept.tiles == 2
    assert kept.query is not None and kept.query.text == "kelurahan Gambir"
    found = len(page.tour.pages.query.found)
    assert found > 2 and page.tour.pages.total.text().startswith("One round takes ")


def test_a_query_that_is_not_understood_is_not_kept(page: TourEditor, store: FakeTourStore) -> None:
    press(KEY.Key_N, CTRL)
    page.tour.kinds.switch(1)
    focus(page, page.tour.pages.query.line)
    write("somewhere nice")
    press(KEY.Key_S, CTRL)
    assert page.warning.text() == "The query is not understood." and list(store.tours.kept) == ["Malam"]


def test_what_a_file_says_besides_is_kept(window: WallWindow, console: FakeConsole, store: FakeTourStore) -> None:
    console.book.save_tour(GAMBIR)
    press(KEY.Key_T, CTRL | SHIFT)
    page = window.pages.tours
    assert page.tour.kinds.current == 1 and page.tour.pages.query.note.text().startswith("Without a query")
    press(KEY.Key_S, CTRL)
    assert store.tours.kept["Gambir"] == GAMBIR
    page.tour.pages.tiles.setValue(9)
    press(KEY.Key_S, CTRL)
    assert store.tours.kept["Gambir"] == replace(GAMBIR, tiles=9, grid="")


# ---- salvos


def test_a_salvo_keeps_what_is_on_monitors_that_are_away(page: TourEditor, store: FakeTourStore) -> None:
    page.kinds.switch(1)
    assert texts(page.salvo.table, 0) == ["Monitor 1", "Monitor 5, away"]
    assert texts(page.salvo.table, 1) == ["Pagi", "2 cameras"]
    focus(page, page.salvo.scene)
    press(KEY.Key_Down)
    press(KEY.Key_S, CTRL)
    assert store.salvos.kept == {"Siaga": Salvo("Siaga", {1: SavedScene("Siang"), 5: CAMERAS})}


def test_a_salvo_takes_what_the_monitors_show(
    page: TourEditor, console: FakeConsole, store: FakeTourStore
) -> None:
    page.kinds.switch(1)
    press(KEY.Key_N, CTRL)
    write("Apel")
    press(KEY.Key_S, CTRL)
    assert page.warning.text() == "A salvo names at least one monitor"
    press(KEY.Key_F5)
    assert page.salvo.note.text() == "No saved layout is on monitor 1." and not page.salvo.scenes[1]
    console.dispatch(OpenSaved(1, "Siang"))
    press(KEY.Key_F5)
    press(KEY.Key_Return, CTRL)
    assert store.salvos.kept["Apel"] == Salvo("Apel", {1: SavedScene("Siang")})
    assert console.dispatched[-1] == FireSalvo("Apel")


# ---- nothing is lost by one slip


def test_del_deletes_in_the_list_when_asked_twice(page: TourEditor, store: FakeTourStore) -> None:
    press(KEY.Key_Delete)
    assert page.warning.text().startswith("Delete the tour ‘Malam’?") and "Malam" in store.tours.kept
    focus(page, page.tour.steps.table)
    press(KEY.Key_Delete)
    assert scenes(page) == ["Siang"] and "Malam" in store.tours.kept
    page.names.setFocus()
    press(KEY.Key_Delete)
    assert "Malam" in store.tours.kept, "something else came in between"
    press(KEY.Key_Delete)
    assert store.tours.kept == {} and page.original == ""


def test_a_tour_that_cannot_be_deleted_stays(page: TourEditor, store: FakeTourStore) -> None:
    store.tours.is_full = True
    press(KEY.Key_Delete)
    press(KEY.Key_Delete)
    assert page.warning.text() == "The disk is full" and page.original == "Malam"


def test_esc_asks_before_it_drops_changes(page: TourEditor, window: WallWindow, store: FakeTourStore) -> None:
    press(KEY.Key_Insert)
    press(KEY.Key_Escape)
    assert page.isVisible() and page.warning.text().startswith("There are changes.")
    press(KEY.Key_Insert)
    press(KEY.Key_Escape)
    assert page.isVisible(), "whoever goes on is asked again"
    press(KEY.Key_Escape)
    assert not page.isVisible() and window.view.hasFocus() and store.tours.kept == {"Malam": MALAM}
    press(KEY.Key_T, CTRL | SHIFT)
    assert scenes(page) == ["Pagi", "Siang"] and page.warning.text() == ""


def test_a_number_that_is_being_typed_is_a_change(page: TourEditor) -> None:
    focus(page, page.tour.steps.dwell)
    page.tour.steps.dwell.selectAll()
    write("45")
    press(KEY.Key_Escape)
    assert page.isVisible() and page.tour.steps.steps[0].dwell_s == 45.0


def test_another_one_is_not_taken_while_there_are_changes(page: TourEditor, console: FakeConsole) -> None:
    console.book.save_tour(Tour("Subuh", MALAM.steps))
    press(KEY.Key_S, CTRL)
    press(KEY.Key_Insert)
    press(KEY.Key_Down)
    assert page.original == "Malam" and page.names.currentRow() == 0
    page.kinds.switch(1)
    assert page.original == "Siaga" and page.kinds.current == 1, "asked for the second time"
    page.kinds.switch(0)
    press(KEY.Key_Down)
    assert page.original == "Subuh"


def test_a_switch_to_the_other_kind_asks_first(page: TourEditor) -> None:
    press(KEY.Key_Insert)
    page.kinds.switch(1)
    assert page.is_tour and page.kinds.current == 0
    page.kinds.switch(1)
    assert not page.is_tour and page.name.text() == "Siaga"


def test_changes_outlive_another_page(page: TourEditor, window: WallWindow) -> None:
    press(KEY.Key_Insert)
    press(KEY.Key_F1)
    assert not page.isVisible() and window.pages.help.isVisible()
    press(KEY.Key_T, CTRL | SHIFT)
    assert page.isVisible() and len(scenes(page)) == 3 and page.note.text() == "These changes are not saved yet."


def test_enter_presses_the_button_that_has_the_focus(page: TourEditor) -> None:
    focus(page, page.close_button)
    press(KEY.Key_Return)
    assert not page.isVisible()


def test_the_start_button_says_when_it_saves_first(page: TourEditor) -> None:
    assert page.start_button.accessibleName() == "Start now"
    press(KEY.Key_Insert)
    assert page.start_button.accessibleName() == "Save and start"


def click(table: PageRows, row: int) -> None:
    """Click at a row."""
    place = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_chooses_a_row(page: TourEditor) -> None:
    click(page.tour.steps.table, 1)
    assert page.tour.steps.chosen == 1 and page.tour.steps.dwell.value() == 20


def test_a_click_that_would_lose_changes_leaves_the_row_chosen(page: TourEditor, console: FakeConsole) -> None:
    console.book.save_tour(Tour("Subuh", MALAM.steps))
    press(KEY.Key_S, CTRL)
    press(KEY.Key_Insert)
    click(page.names, 1)
    assert page.original == "Malam" and [each.row() for each in page.names.selectedIndexes()] == [0]
    click(page.names, 1)
    assert page.original == "Subuh" and [each.row() for each in page.names.selectedIndexes()] == [1]
