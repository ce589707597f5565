"""The camera list: browsing, searching, dragging, and what it says when there is nothing to list."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView, QWidget
from pytestqt.qtbot import QtBot

from app.console import RegistryStatus
from app.core.model import EMPTY_CATALOG, CameraId, Catalog, HeldList, Jurisdiction, Reject, Site, SiteId
from app.core.sentence import Sentence
from app.core.shortlist import Shortlist
from tests.fakes.fake_console import a_camera, a_catalog
from ui.camera_model import PORTION, STAR_ROLE, TILES_ROLE
from ui.drags import dragged_camera, dragged_cameras
from ui.side_panel import Listing, SidePanel
from ui.theme import Theme

REACHED = RegistryStatus(is_reachable=True, sync_s=0.5)
LOST = RegistryStatus(sentence=Sentence("The registry does not answer."))


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> Iterator[SidePanel]:
    window = QWidget()
    window.resize(300, 700)
    panel = SidePanel(theme, window)
    panel.resize(300, 700)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    show(panel, a_catalog(60), REACHED)
    yield panel
    window.close()


def show(panel: SidePanel, catalog: Catalog, registry: RegistryStatus) -> None:
    """As the window does with each tick."""
    panel.show_catalog(catalog, registry)
    while panel.is_indexing:
        panel.work_on()


def search_for(panel: SidePanel, text: str) -> None:
    """Type it, and let the window tick."""
    panel.search.setText(text)
    panel.search_if_due()


def rows(panel: SidePanel, parent: QModelIndex | None = None) -> list[str]:
    parent = parent or QModelIndex()
    return [panel.model.index(row, 0, parent).data() for row in range(panel.model.rowCount(parent))]


def first_camera(panel: SidePanel) -> QModelIndex:
    area = panel.model.index(0, 0)
    panel.tree.expand(area)
    return panel.model.index(0, 0, area)


def test_kelurahan_open_to_their_cameras(panel: SidePanel) -> None:
    assert rows(panel) == [
        "Cideng", "Gambir", "Kebon Kelapa", "Pademangan Timur", "Pasar Baru", "Tebet Barat",
    ]  # fmt: skip
    area = panel.model.index(1, 0)
    assert len(rows(panel, area)) == 10
    assert all(name.endswith("Gambir") for name in rows(panel, area))
    assert panel.count.text() == "60 cameras · 6 kelurahan"


def test_one_camera_is_counted_as_one(panel: SidePanel) -> None:
    show(panel, a_catalog(1), REACHED)
    assert panel.count.text() == "1 camera · 1 kelurahan"


def test_a_click_on_a_kelurahan_opens_and_closes_it(panel: SidePanel) -> None:
    area = panel.model.index(2, 0)
    for is_open in (True, False):
        QTest.mouseClick(
            panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=panel.tree.visualRect(area).center()
        )
        assert panel.tree.isExpanded(area) is is_open


def test_a_search_lists_what_it_found_below_headings(panel: SidePanel) -> None:
    search_for(panel, "HARMONI gambir")
    assert rows(panel)[0] == "Gambir"
    assert all("Harmoni" in name and "Gambir" in name for name in rows(panel)[1:])
    assert panel.count.text() == f"{len(rows(panel)) - 1} found"


def test_clearing_the_search_brings_the_tree_back_as_it_was_open(panel: SidePanel) -> None:
    panel.tree.expand(panel.model.index(3, 0))
    for text in ("h", "ha", ""):
        search_for(panel, text)
    assert [panel.tree.isExpanded(panel.model.index(row, 0)) for row in range(6)] == [row == 3 for row in range(6)]


def test_a_search_without_a_match_says_so_in_plain_text(panel: SidePanel) -> None:
    search_for(panel, "<b>xyz</b>")
    assert panel.list_state.isVisible() and not panel.tree.isVisible()
    assert panel.list_state.text() == "No camera matches ‘<b>xyz</b>’"
    assert panel.list_state.textFormat() is Qt.TextFormat.PlainText


def test_a_long_result_comes_in_portions(panel: SidePanel) -> None:
    show(panel, a_catalog(1000), REACHED)
    search_for(panel, "jkt")
    assert panel.count.text() == "1,000 found"
    assert panel.model.rowCount() < 1006
    while panel.model.canFetchMore(QModelIndex()):
        before = panel.model.rowCount()
        panel.model.fetchMore(QModelIndex())
        assert panel.model.rowCount() - before <= PORTION
    assert panel.model.rowCount() == 1006, "every camera and every heading"


def test_enter_and_double_click_choose_a_camera(qtbot: QtBot, panel: SidePanel) -> None:
    index = first_camera(panel)
    camera = panel.tree.camera_at(index)
    assert camera is not None
    panel.tree.setCurrentIndex(index)
    with qtbot.waitSignal(panel.chosen) as by_key:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.chosen) as by_mouse:
        position = panel.tree.visualRect(index).center()
        QTest.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=position)
    assert by_key.args == by_mouse.args == [camera.id]


def test_enter_in_the_search_box_chooses_the_first_match(qtbot: QtBot, panel: SidePanel) -> None:
    search_for(panel, "JKT-00042")
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert chosen.args == ["camera-42"]


def test_enter_without_a_search_chooses_nothing(qtbot: QtBot, panel: SidePanel) -> None:
    with qtbot.assertNotEmitted(panel.chosen):
        QTest.keyClick(panel.search, Qt.Key.Key_Return)


def test_down_goes_from_the_search_box_into_the_list(panel: SidePanel) -> None:
    panel.search.setFocus()
    search_for(panel, "JKT-00042")
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    camera = panel.tree.camera_at(panel.tree.currentIndex())
    assert camera is not None and camera.id == "camera-42"


def test_a_camera_can_be_dragged_and_a_kelurahan_cannot(panel: SidePanel) -> None:
    index = first_camera(panel)
    camera = panel.tree.camera_at(index)
    assert camera is not None
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert not index.parent().flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert dragged_camera(panel.model.mimeData([index])) == camera.id
    assert panel.tree.dragDropMode() is QTreeView.DragDropMode.DragOnly


def test_cameras_on_the_wall_carry_their_tiles_numbers(panel: SidePanel) -> None:
    index = first_camera(panel)
    camera = panel.tree.camera_at(index)
    assert camera is not None
    panel.mark_tiles({camera.id: "3, 7"})
    assert index.data(TILES_ROLE) == "3, 7"
    assert index.siblingAtRow(1).data(TILES_ROLE) == ""


def test_a_changed_catalogue_keeps_what_is_open_and_current(panel: SidePanel) -> None:
    catalog = a_catalog(60)
    show(panel, catalog, REACHED)
    index = first_camera(panel)
    panel.tree.setCurrentIndex(index)
    camera = panel.tree.camera_at(index)
    assert camera is not None
    added = a_camera(99, "Aaa", camera.kelurahan_code, id=CameraId("new"))
    show(panel, replace(catalog, cameras={**catalog.cameras, added.id: added}), REACHED)
    assert panel.tree.isExpanded(panel.model.index(0, 0))
    current = panel.tree.camera_at(panel.tree.currentIndex())
    assert current is not None and current.id == camera.id
    assert panel.tree.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("registry", "words"),
    [
        (RegistryStatus(), "Loading the camera list…"),
        (REACHED, "The registry lists no camera for this post."),
        (LOST, "There is no camera list yet: the registry cannot be reached."),
    ],
)
def test_an_empty_list_says_why(registry: RegistryStatus, words: str, panel: SidePanel) -> None:
    show(panel, EMPTY_CATALOG, registry)
    assert panel.list_state.isVisible()
    assert panel.list_state.text() == words


def test_a_lost_registry_is_said_above_the_list_and_the_list_stays(panel: SidePanel) -> None:
    assert not panel.banner.isVisible()
    show(panel, a_catalog(60), replace(LOST, from_cache=True))
    assert panel.banner.isVisible() and panel.tree.isVisible()
    assert panel.banner_text.text() == "The registry does not answer."
    assert panel.notes.cache.isVisible()


def test_left_out_records_are_counted_and_named_in_the_tooltip(panel: SidePanel) -> None:
    assert not panel.notes.rejects.isVisible()
    rejects = (Reject(3, "name", Sentence("is <empty>")), Reject(0, "schema", Sentence("is newer")))
    show(panel, a_catalog(60), replace(REACHED, rejected=rejects))
    assert panel.notes.rejects.text() == "2 records of the registry were left out"
    tooltip = html.unescape(panel.notes.rejects.toolTip())
    assert "Row 3, name: is <empty>" in tooltip and "schema: is newer" in tooltip
    assert "<empty>" not in panel.notes.rejects.toolTip(), "never taken for markup"


def test_a_list_that_is_held_back_is_said_with_its_figures(panel: SidePanel) -> None:
    show(panel, a_catalog(60), replace(REACHED, held=HeldList(listed=1_040, known=10_000)))
    assert panel.notes.held.isVisible()
    words = "The registry lists 1,040 cameras instead of 10,000: held back until IT agrees."
    assert panel.notes.held.text() == words
    show(panel, a_catalog(60), REACHED)
    assert not panel.notes.held.isVisible()


def test_hostile_names_are_shown_as_plain_text(panel: SidePanel) -> None:
    catalog = a_catalog(0)
    bad = a_camera(1, "<img src=x>\u202egnp\x07\n", "31.71.01.1001")
    show(panel, replace(catalog, cameras={bad.id: bad}), REACHED)
    index = first_camera(panel)
    assert index.data() == "<img src=x>gnp"
    assert "<img" not in str(index.data(Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize("query", ["", "JKT-00"])
def test_selected_cameras_stay_selected_in_a_changed_catalogue(panel: SidePanel, qtbot: QtBot, query: str) -> None:
    catalog = a_catalog(3 * PORTION)
    show(panel, catalog, REACHED)
    search_for(panel, query)
    places = [
        panel.model.index(row, 0, QModelIndex() if query else first_camera(panel).parent()) for row in (1, 2)
    ]
    if query:
        panel.model.fetchMore(QModelIndex())
        places.append(panel.model.index(PORTION + 20, 0))
    for place in places:
        panel.tree.selectionModel().select(place, QItemSelectionModel.SelectionFlag.Select)
    panel.tree.selectionModel().setCurrentIndex(places[0], QItemSelectionModel.SelectionFlag.NoUpdate)
    selected = panel.tree.selected_cameras()
    assert len(selected) == len(places)
    added = a_camera(1000, "Aaa", next(iter(catalog.areas)))
    show(panel, replace(catalog, cameras={**catalog.cameras, added.id: added}), REACHED)
    assert panel.tree.selected_cameras() == selected
    with qtbot.waitSignal(panel.wanted_together) as wanted:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert wanted.args == [selected]


def test_the_same_catalogue_is_not_listed_again(panel: SidePanel, qtbot: QtBot) -> None:
    catalog = a_catalog(60)
    show(panel, catalog, REACHED)
    with qtbot.assertNotEmitted(panel.model.modelReset):
        show(panel, catalog, replace(REACHED, sync_s=0.7))


# ---- listings


def by_unit(catalog: Catalog) -> Catalog:
    """The cameras of a catalogue in two polres, each at a site of its own kind."""
    cameras = {}
    for number, camera in enumerate(catalog.cameras.values()):
        unit = Jurisdiction("PMJ", f"PMJ-0{number % 2 + 1}")
        site = Site(SiteId(f"site-{number % 4}"), f"Pos {number % 4}")
        cameras[camera.id] = replace(camera, jurisdiction=unit, site=site)
    return replace(catalog, cameras=cameras)


def ids(panel: SidePanel) -> list[str]:
    """The cameras of the list's top rows."""
    entries = (panel.tree.camera_at(panel.model.index(row, 0)) for row in range(panel.model.rowCount()))
    return [camera.id for camera in entries if camera is not None]


def test_units_lead_down_to_sites_and_cameras(panel: SidePanel) -> None:
    show(panel, by_unit(a_catalog(60)), REACHED)
    panel.listings.switch(Listing.UNITS.value)
    polda = panel.model.index(0, 0)
    assert rows(panel) == ["Polda PMJ"] and panel.tree.isExpanded(polda), "the only one is open"
    assert rows(panel, polda) == ["Polres PMJ-01", "Polres PMJ-02"]
    polres = panel.model.index(1, 0, polda)
    site = panel.model.index(0, 0, polres)
    assert rows(panel, polres) == ["Pos 1", "Pos 3"] and len(rows(panel, site)) == 15
    camera = panel.model.index(3, 0, site)
    assert panel.tree.camera_at(camera) is not None and camera.parent() == site and site.parent() == polres
    assert panel.model.index_of_camera(panel.tree.camera_at(camera).id) == camera  # type: ignore[union-attr]
    assert panel.model.rowCount(camera) == 0


def test_cameras_without_a_unit_are_said_to_have_none(panel: SidePanel) -> None:
    panel.listings.switch(Listing.UNITS.value)
    assert rows(panel) == ["No police unit named"]


def test_each_listing_keeps_what_is_open_in_it(panel: SidePanel) -> None:
    show(panel, by_unit(a_catalog(60)), REACHED)
    panel.tree.expand(panel.model.index(2, 0))
    panel.listings.switch(Listing.UNITS.value)
    polres = panel.model.index(1, 0, panel.model.index(0, 0))
    panel.tree.expand(polres)
    panel.listings.switch(Listing.KELURAHAN.value)
    assert [panel.tree.isExpanded(panel.model.index(row, 0)) for row in range(6)] == [row == 2 for row in range(6)]
    search_for(panel, "simpang")
    panel.listings.switch(Listing.UNITS.value)
    assert panel.search.text() == ""
    polres = panel.model.index(1, 0, panel.model.index(0, 0))
    assert panel.tree.isExpanded(polres)


def test_keys_between_two_ticks_cost_one_search(panel: SidePanel) -> None:
    panel.search.setFocus()
    with patch.object(panel.model, "show_flat", wraps=panel.model.show_flat) as listed:
        QTest.keyClicks(panel.search, "JKT-00042")
        assert not listed.called
        panel.search_if_due()
        panel.search_if_due()
        listed.assert_called_once()
    assert panel.model.rowCount() == 2


def test_enter_right_after_the_last_letter_waits_for_no_tick(panel: SidePanel, qtbot: QtBot) -> None:
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "JKT-00042")
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert chosen.args == ["camera-42"]


@pytest.mark.parametrize("widget", ["search", "tree"])
def test_the_listing_is_switched_by_keys(panel: SidePanel, widget: str) -> None:
    for key, listing in ((Qt.Key.Key_PageDown, Listing.UNITS), (Qt.Key.Key_PageUp, Listing.KELURAHAN)):
        QTest.keyClick(getattr(panel, widget), key, Qt.KeyboardModifier.ControlModifier)
        assert panel.listings.current == listing.value
    QTest.keyClick(getattr(panel, widget), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert panel.listings.current == Listing.RECENTS.value, "from the first to the last"


def test_favourites_and_recents_are_listed_the_newest_first(panel: SidePanel) -> None:
    shortlist = Shortlist(
        tuple(map(CameraId, ("camera-3", "gone", "camera-5"))), tuple(map(CameraId, ("camera-9", "camera-8")))
    )
    panel.show_shortlist(shortlist)
    panel.listings.switch(Listing.FAVOURITES.value)
    assert ids(panel) == ["camera-5", "camera-3"] and panel.count.text() == "2 listed"
    assert panel.model.index(0, 0).data(STAR_ROLE) is True
    assert "favourite" in panel.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    panel.listings.switch(Listing.RECENTS.value)
    assert ids(panel) == ["camera-9", "camera-8"] and panel.model.index(0, 0).data(STAR_ROLE) is False
    panel.show_shortlist(replace(shortlist, recents=(CameraId("camera-1"), *shortlist.recents)))
    assert ids(panel) == ["camera-1", "camera-9", "camera-8"]


def test_an_empty_shortlist_says_how_to_fill_it(panel: SidePanel) -> None:
    panel.listings.switch(Listing.FAVOURITES.value)
    assert panel.list_state.isVisible() and "Press F" in panel.list_state.text()
    panel.listings.switch(Listing.RECENTS.value)
    assert "listed here" in panel.list_state.text()


def test_f_stars_the_selected_cameras(qtbot: QtBot, panel: SidePanel) -> None:
    select(panel, 1, 3)
    with qtbot.waitSignal(panel.starred) as starred:
        QTest.keyClick(panel.tree, Qt.Key.Key_F)
    assert starred.args == [panel.tree.selected_cameras()] and len(starred.args[0]) == 2


# ---- several at once


def select(panel: SidePanel, *rows_: int) -> list[str]:
    """Select rows of the first kelurahan with Ctrl, the last first, as a hasty hand does."""
    area = first_camera(panel).parent()
    for row in reversed(rows_):
        position = panel.tree.visualRect(panel.model.index(row, 0, area)).center()
        control = Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, control, position)
    cameras = (panel.tree.camera_at(panel.model.index(row, 0, area)) for row in rows_)
    return [camera.id for camera in cameras if camera is not None]


def test_enter_on_several_wants_them_together_in_the_lists_order(qtbot: QtBot, panel: SidePanel) -> None:
    cameras = select(panel, 0, 2, 3)
    with qtbot.waitSignal(panel.wanted_together) as wanted, qtbot.assertNotEmitted(panel.chosen):
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert wanted.args == [cameras]


def test_shift_and_arrows_select_several_without_a_mouse(qtbot: QtBot, panel: SidePanel) -> None:
    panel.tree.setCurrentIndex(first_camera(panel))
    for _ in range(2):
        QTest.keyClick(panel.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(panel.tree.selected_cameras()) == 3


def test_several_are_dragged_at_once(panel: SidePanel) -> None:
    cameras = select(panel, 1, 2, 4)
    area = first_camera(panel).parent()
    data = panel.model.mimeData([panel.model.index(row, 0, area) for row in (1, 2, 4)])
    assert list(dragged_cameras(data)) == cameras and dragged_camera(data) == cameras[0]


@pytest.mark.parametrize("widget", ["search", "tree"])
def test_ctrl_enter_wants_all_that_was_found(qtbot: QtBot, panel: SidePanel, widget: str) -> None:
    search_for(panel, "harmoni")
    assert panel.search_note.isVisible()
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.wanted_together) as wanted:
        QTest.keyClick(getattr(panel, widget), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args is not None and len(wanted.args[0]) == 12 == panel._found


def test_ctrl_enter_on_a_kelurahan_wants_its_cameras(qtbot: QtBot, panel: SidePanel) -> None:
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    with qtbot.waitSignal(panel.wanted_together) as wanted:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args is not None and len(wanted.args[0]) == 10


def test_a_click_with_ctrl_leaves_a_kelurahan_as_it_is(panel: SidePanel) -> None:
    area = panel.model.index(2, 0)
    position = panel.tree.visualRect(area).center()
    QTest.mouseClick(
        panel.tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, position
    )
    assert not panel.tree.isExpanded(area)


def test_a_misspelt_word_finds_what_is_similar_and_says_so(qtbot: QtBot, panel: SidePanel) -> None:
    search_for(panel, "hramoni gambir")
    assert rows(panel)[0] == "Gambir · similar spelling" and panel._found == 2
    with qtbot.waitSignal(panel.chosen):
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
