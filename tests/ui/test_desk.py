"""The desk: which windows there are, and what concerns more than one of them. Real screens are in tests/e2e."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.commands import AddCamera, SelectTile
from app.core.errors import ConfigError
from app.core.model import CameraId
from tests.fakes.fake_console import FakeConsole, a_console
from ui.camera_model import TILES_ROLE
from ui.desk import Desk, DeskOptions
from ui.monitor_number import MonitorNumber
from ui.preferences import Preferences
from ui.theme import Theme
from ui.wall_app import load_keymap


@pytest.fixture
def console(qapp: QApplication) -> FakeConsole:
    return a_console("4", tiles=4)


def a_desk(application: QApplication, console: FakeConsole, options: DeskOptions) -> Desk:
    preferences = Preferences(application, load_keymap(console.layouts), console.layouts, folder=None)
    return Desk(application, console, preferences, options)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, theme: Theme, console: FakeConsole) -> Iterator[Desk]:
    desk = a_desk(qapp, console, DeskOptions(size=(900, 600)))
    desk.arrange()
    qtbot.waitExposed(desk.operator)
    desk.tick(0.0)
    yield desk
    desk.release()
    desk.close()


def test_there_is_a_window_for_the_screen_and_the_camera_list_lies_in_it(desk: Desk) -> None:
    assert [*desk.windows] == [1] and desk.operator is desk.active
    assert desk.operator.panel is desk.panel and desk.panel.isVisible()
    assert (desk.operator.width(), desk.operator.height()) == (900, 600)


def test_arranging_again_leaves_the_windows_alone(desk: Desk) -> None:
    window = desk.operator
    desk.arrange()
    assert desk.operator is window


def test_a_camera_that_is_chosen_goes_to_the_monitor_that_is_worked_in(desk: Desk, console: FakeConsole) -> None:
    desk.panel.chosen.emit("camera-12")
    assert console.dispatched == [AddCamera(1, CameraId("camera-12"))]


def test_the_list_marks_what_is_on_the_wall(qtbot: QtBot, desk: Desk, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, 2))
    desk.tick(1.0)
    camera = console.wall.monitors[0].cameras[2]
    qtbot.waitUntil(lambda: not (desk.tick(1.0) or desk.panel.is_indexing))
    desk.panel.search.setText(console.catalog.cameras[camera].code)
    index = desk.panel.model.index_of_camera(camera)
    assert "2" in str(index.data(TILES_ROLE))


def test_the_camera_list_gets_a_window_of_its_own_and_comes_back(desk: Desk, console: FakeConsole) -> None:
    desk.run("operator-window")
    assert desk.operator_window is not None and desk.operator_window.isVisible()
    assert desk.operator.panel is None
    desk.panel.chosen.emit("camera-12")
    assert console.dispatched == [AddCamera(1, CameraId("camera-12"))]
    desk.run("panel")
    assert not desk.operator_window.isVisible()
    desk.run("search")
    assert desk.operator_window.isVisible()
    desk.run("operator-window")
    assert desk.operator_window is None
    assert desk.operator.panel is desk.panel and desk.panel.isVisible()


def test_the_monitors_say_their_numbers_for_a_moment(desk: Desk) -> None:
    desk.run("identify-monitors")
    numbers = desk.operator.findChildren(MonitorNumber)
    assert [number.accessibleName() for number in numbers] == ["Monitor 1"]
    assert numbers[0].isVisible()
    assert numbers[0].geometry().center() == desk.operator.rect().center()


def test_going_on_to_the_next_monitor_of_one_stays(desk: Desk) -> None:
    desk.run("next-monitor")
    desk.run("previous-monitor")
    assert desk.active is desk.operator


def test_leaving_the_list_leads_back_to_the_tiles(qtbot: QtBot, desk: Desk) -> None:
    desk.operator.start_search()
    qtbot.waitUntil(desk.panel.search.hasFocus)
    desk.panel.left.emit()
    qtbot.waitUntil(desk.operator.view.hasFocus)


def test_closing_a_window_asks_for_the_whole_walls_end(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.closing):
        desk.operator.close()
    assert desk.operator.isVisible(), "everything still stands"


def test_in_a_kiosk_nothing_leads_out(
    qapp: QApplication, qtbot: QtBot, theme: Theme, console: FakeConsole
) -> None:
    desk = a_desk(qapp, console, DeskOptions(kiosk=True))
    desk.arrange()
    ends: list[None] = []
    desk.closing.connect(lambda: ends.append(None))
    desk.operator.close()
    desk.run("quit")
    desk.operator.toggle_full_screen()
    desk.operator.go_back()
    assert desk.operator.isFullScreen() and ends == []
    desk.release()
    desk.close()


def test_what_is_no_action_of_the_desk_is_refused(desk: Desk) -> None:
    with pytest.raises(ConfigError, match="'explode' is no command"):
        desk.run("explode")
