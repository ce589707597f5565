"""Keys, mouse, menus and drops become commands; the window's own actions."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.console import RegistryStatus
from app.core.commands import (
    ApplyLayout,
    AssignTile,
    Back,
    ClearTile,
    MoveSelection,
    SelectTile,
    StepLayout,
    SwapTiles,
    TileId,
    ToggleMaximised,
    Undo,
)
from app.core.model import CameraId
from app.core.sentence import Sentence
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from ui.drags import camera_drag, tile_drag
from ui.wall_window import WallWindow

CTRL, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def console() -> FakeConsole:
    return a_console("4", tiles=3)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


def middle(window: WallWindow, number: int) -> QPoint:
    record = window.view.record(number)
    assert record is not None
    return record.area.center()


def press(window: WallWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None and widget.window() is window
    QTest.keyClick(widget, key, modifier)


# ---- keys


@pytest.mark.parametrize(
    ("key", "modifier", "command"),
    [
        (Qt.Key.Key_1, ALT, ApplyLayout(1, "1")),
        (Qt.Key.Key_2, ALT, ApplyLayout(1, "4")),
        (Qt.Key.Key_3, ALT, ApplyLayout(1, "9")),
        (Qt.Key.Key_4, ALT, ApplyLayout(1, "16")),
        (Qt.Key.Key_5, ALT, ApplyLayout(1, "25")),
        (Qt.Key.Key_6, ALT, ApplyLayout(1, "36")),
        (Qt.Key.Key_7, ALT, ApplyLayout(1, "64")),
        (Qt.Key.Key_8, ALT, ApplyLayout(1, "1+5")),
        (Qt.Key.Key_9, ALT, ApplyLayout(1, "1+7")),
        (Qt.Key.Key_Right, ALT, StepLayout(1, 1)),
        (Qt.Key.Key_Left, ALT, StepLayout(1, -1)),
        (Qt.Key.Key_Right, None, MoveSelection(1, 1, 0)),
        (Qt.Key.Key_Left, None, MoveSelection(1, -1, 0)),
        (Qt.Key.Key_Up, None, MoveSelection(1, 0, -1)),
        (Qt.Key.Key_Down, None, MoveSelection(1, 0, 1)),
        (Qt.Key.Key_Return, None, ToggleMaximised(1)),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, ToggleMaximised(1)),
        (Qt.Key.Key_Delete, None, ClearTile(TileId(1, 2))),
        (Qt.Key.Key_Escape, None, Back(1)),
        (Qt.Key.Key_Z, CTRL, Undo()),
    ],
)
def test_a_key_on_the_wall_sends_its_command(
    key: Qt.Key, modifier: Qt.KeyboardModifier | None, command: object, window: WallWindow, console: FakeConsole
) -> None:
    console.dispatch(SelectTile(1, 2))
    console.dispatched.clear()
    press(window, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert console.dispatched == [command]


def test_del_without_a_selection_clears_nothing(window: WallWindow, console: FakeConsole) -> None:
    press(window, Qt.Key.Key_Delete)
    assert console.dispatched == []


def test_typing_in_the_search_box_changes_nothing_on_the_wall(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 1))
    console.make_live(1)
    console.dispatched.clear()
    press(window, Qt.Key.Key_F, CTRL)
    assert window.panel.search.hasFocus()
    for key in (Qt.Key.Key_I, Qt.Key.Key_M, Qt.Key.Key_Delete, Qt.Key.Key_Left):
        press(window, key)
    window.refresh(1.0)
    record = window.view.record(1)
    assert record is not None and record.figures is None
    assert window.panel.search.text() == "im"
    assert console.dispatched == []


def test_layout_keys_work_from_the_search_box_and_the_list(window: WallWindow, console: FakeConsole) -> None:
    press(window, Qt.Key.Key_F, CTRL)
    press(window, Qt.Key.Key_3, ALT)
    window.panel.tree.setFocus()
    press(window, Qt.Key.Key_4, ALT)
    press(window, Qt.Key.Key_Right, ALT)
    assert console.dispatched == [ApplyLayout(1, "9"), ApplyLayout(1, "16"), StepLayout(1, 1)]


def test_esc_leaves_the_search_then_the_panel(window: WallWindow) -> None:
    press(window, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(window.panel.search, "gambir")
    press(window, Qt.Key.Key_Escape)
    assert window.panel.search.text() == "" and window.panel.search.hasFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.view.hasFocus()


def test_esc_goes_back_from_tile_to_selection_to_full_screen(window: WallWindow, console: FakeConsole) -> None:
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen() and window.panel.isHidden()
    console.dispatch(ToggleMaximised(1, 2))
    press(window, Qt.Key.Key_Escape)
    assert (window.view.state.maximised, window.view.state.selected) == (None, 2)
    press(window, Qt.Key.Key_Escape)
    assert window.view.state.selected is None and window.isFullScreen()
    press(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen() and not window.panel.isHidden()


def test_alt_enter_fills_the_screen_and_gives_it_back(window: WallWindow) -> None:
    window.toggle_panel()
    press(window, Qt.Key.Key_Return, ALT)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_Return, ALT)
    assert not window.isFullScreen() and window.panel.isHidden(), "the panel stays as it was"


def test_ctrl_b_hides_the_panel_and_the_wall_takes_its_room(window: WallWindow) -> None:
    width_px = window.view.width()
    press(window, Qt.Key.Key_B, CTRL)
    QApplication.sendPostedEvents()
    assert window.panel.isHidden() and window.view.width() > width_px
    press(window, Qt.Key.Key_B, CTRL)
    assert not window.panel.isHidden()


def test_f1_lists_every_chord_and_esc_puts_the_list_away(window: WallWindow, console: FakeConsole) -> None:
    press(window, Qt.Key.Key_F1)
    shown = {
        label.text() for label in window.pages.help.findChildren(type(window.tray.clock)) if label.isVisible()
    }
    assert {"Alt+1", "Ctrl+F", "F11", "Alt+Enter", "←", "Layout 1+7", "Full screen"} <= shown
    press(window, Qt.Key.Key_Escape)
    assert window.pages.help.isHidden() and window.view.hasFocus()
    assert console.dispatched == []


def test_f1_again_puts_the_list_away(window: WallWindow) -> None:
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_F1)
    assert window.pages.help.isHidden()


def test_i_shows_the_figures_of_one_tile_and_alt_i_of_all(window: WallWindow, console: FakeConsole) -> None:
    for number in (1, 2, 3):
        console.make_live(number)
    console.dispatch(SelectTile(1, 2))
    press(window, Qt.Key.Key_I)
    window.refresh(1.0)
    assert [record.tile.number for record in window.view.records if record.figures is not None] == [2]
    press(window, Qt.Key.Key_I, ALT)
    window.refresh(1.2)
    assert [record.tile.number for record in window.view.records if record.figures is not None] == [1, 2, 3]
    press(window, Qt.Key.Key_I, ALT)
    window.refresh(1.4)
    assert all(record.figures is None for record in window.view.records)


# ---- mouse


def test_a_click_selects_and_one_between_tiles_deselects(window: WallWindow, console: FakeConsole) -> None:
    QTest.mouseClick(window.view, LEFT, pos=middle(window, 3))
    QTest.mouseClick(window.view, LEFT, pos=QPoint(0, 0))
    assert console.dispatched == [SelectTile(1, 3), SelectTile(1, None)]


def test_a_double_click_fills_the_wall_and_another_brings_the_layout_back(
    window: WallWindow, console: FakeConsole
) -> None:
    QTest.mouseDClick(window.view, LEFT, pos=middle(window, 2))
    assert window.view.state.maximised == 2
    window.refresh(1.0)
    QTest.mouseDClick(window.view, LEFT, pos=window.view.rect().center())
    assert window.view.state.maximised is None
    assert ToggleMaximised(1, 2) in console.dispatched


def test_a_right_click_selects_and_wants_the_menu(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, window: WallWindow, console: FakeConsole
) -> None:
    opened: list[int] = []
    monkeypatch.setattr(window, "tile_menu", lambda number: opened.append(number) or window.tray.picker.menu())
    monkeypatch.setattr(type(window.tray.picker.menu()), "popup", lambda *_: None)
    position = middle(window, 2)
    QTest.mousePress(window.view, Qt.MouseButton.RightButton, pos=position)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, window.view.mapToGlobal(position))
    QApplication.sendEvent(window.view, event)
    press(window, Qt.Key.Key_Menu)
    assert console.dispatched[0] == SelectTile(1, 2)
    assert opened == [2, 2]


def test_the_tile_menu_sends_commands_and_knows_what_is_possible(window: WallWindow, console: FakeConsole) -> None:
    menu = window.tile_menu(2)
    actions = {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
    actions["Fill the wall, and back"].trigger()
    actions["Clear the tile"].trigger()
    assert console.dispatched == [SelectTile(1, 2), ToggleMaximised(1), ClearTile(TileId(1, 2))]
    empty = window.tile_menu(4)
    possible = {action.text().partition("\t")[0]: action.isEnabled() for action in empty.actions()}
    assert possible["Fill the wall, and back"] and not possible["Clear the tile"]
    menu.deleteLater()
    empty.deleteLater()


def drop(window: WallWindow, data: QMimeData, position: QPoint) -> bool:
    """Drag over the wall's edge to a position and let go there; whether it was taken."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    no_key = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(0, 0), actions, data, LEFT, no_key)
    QApplication.sendEvent(window.view, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(position, actions, data, LEFT, no_key)
    QApplication.sendEvent(window.view, move)
    if not move.isAccepted():
        QApplication.sendEvent(window.view, QDragLeaveEvent())
        return False
    event = QDropEvent(QPointF(position), actions, data, LEFT, no_key, QEvent.Type.Drop)
    QApplication.sendEvent(window.view, event)
    return event.isAccepted()


def test_a_camera_dropped_on_a_tile_is_shown_there(window: WallWindow, console: FakeConsole) -> None:
    assert drop(window, camera_drag(CameraId("camera-9")), middle(window, 4))
    assert console.dispatched == [AssignTile(TileId(1, 4), CameraId("camera-9"))]


def test_a_tile_dropped_on_another_swaps_them(window: WallWindow, console: FakeConsole) -> None:
    assert drop(window, tile_drag(TileId(1, 1)), middle(window, 3))
    assert console.dispatched == [SwapTiles(TileId(1, 1), TileId(1, 3))]


def test_what_cannot_land_is_refused(window: WallWindow, console: FakeConsole) -> None:
    text = QMimeData()
    text.setText("rtsp://camera")
    assert not drop(window, text, middle(window, 1))
    assert not drop(window, tile_drag(TileId(1, 1)), middle(window, 1)), "onto itself"
    assert not drop(window, camera_drag(CameraId("camera-9")), QPoint(0, 0)), "between tiles"
    assert console.dispatched == []


# ---- the tray, and what cannot be done


def test_an_impossible_command_is_said_in_the_tray(window: WallWindow, console: FakeConsole) -> None:
    window.dispatch(ApplyLayout(1, "1+99"))
    assert "there is no layout 1+99" in window.tray.message.text()


def test_the_tray_counts_live_tiles_and_warns_when_one_is_not(window: WallWindow, console: FakeConsole) -> None:
    console.make_live(1)
    console.make_live(2)
    window.refresh(1.0)
    assert window.tray.live.text() == "2 of 3 live"
    assert window.tray.live.property("isWarning")
    console.make_live(3)
    window.refresh(2.0)
    assert window.tray.live.text() == "3 of 3 live"
    assert not window.tray.live.property("isWarning")


def test_the_tray_counts_tiles_that_a_maximised_one_hides(window: WallWindow, console: FakeConsole) -> None:
    for number in (1, 2):
        console.make_live(number)
    console.dispatch(ToggleMaximised(1, 1))
    window.refresh(1.0)
    assert window.tray.live.text() == "2 of 3 live"


@pytest.mark.parametrize(
    ("registry", "text"),
    [
        (RegistryStatus(), "Registry: connecting…"),
        (RegistryStatus(is_reachable=True), "Registry connected"),
        (RegistryStatus(sentence=Sentence("It refuses.")), "Registry not reached"),
        (RegistryStatus(sentence=Sentence("It is gone."), lost_s=5.0), "Registry lost 1 min 40 s ago"),
    ],
)
def test_the_tray_says_how_the_registry_is(
    registry: RegistryStatus, text: str, window: WallWindow, console: FakeConsole
) -> None:
    console.registry = registry
    window.refresh(105.0)
    assert window.tray.registry.text() == text


def test_the_tray_shows_the_local_time(window: WallWindow) -> None:
    assert time.strptime(window.tray.clock.text(), "%H:%M:%S")


def test_the_layout_picker_offers_every_layout_and_sends_the_picked_one(
    window: WallWindow, console: FakeConsole
) -> None:
    menu = window.tray.picker.menu()
    menu.aboutToShow.emit()
    actions = menu.actions()
    assert [action.text().partition("\t")[0] for action in actions][-4:] == ["1+5", "1+7", "1+12", "2+8"]
    actions[-1].trigger()
    assert console.dispatched == [ApplyLayout(1, "2+8")]
    window.refresh(1.0)
    assert window.tray.picker.text().strip() == "Layout 2+8"


def test_everything_that_can_be_used_has_a_name_for_a_screen_reader(window: WallWindow) -> None:
    named = (
        window,
        window.view,
        window.panel,
        window.panel.search,
        window.panel.tree,
        window.tray.picker,
        window.pages.help,
    )
    assert all(widget.accessibleName() for widget in named)


def test_the_selected_tile_is_told_in_words(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 2))
    console.set_sign(2, Sign.STALE, age_s=3.0)
    window.refresh(1.0)
    assert window.view.accessibleDescription() == "Tile 2, Kantor Kelurahan 2 Pasar Baru, STALE"


def test_a_tile_says_its_sign_in_its_look(window: WallWindow, console: FakeConsole) -> None:
    console.set_sign(1, Sign.LOST)
    window.refresh(1.0)
    record = window.view.record(1)
    assert record is not None and record.look is not None and record.look.headline == "There is no picture."
