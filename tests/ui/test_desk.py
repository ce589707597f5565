"""The desk: which windows there are, and what concerns more than one of them. Real screens are in tests/e2e."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.settings import Layer, Source
from app.config.settings_book import SettingsBook
from app.console.touring import TourEvent, TourNotice
from app.core.commands import AddCamera, SelectTile, ShowCameras
from app.core.errors import ConfigError
from app.core.keymap import Keymap
from app.core.layout import MAX_TILES
from app.core.model import CameraId
from app.core.salvo import Salvo
from app.core.scene import SavedScene
from app.core.sentence import Sentence
from app.core.shortlist import FAVOURITES_MAX
from app.core.tour_commands import FireSalvo
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.desk_kit import a_desk, list_all, open_desk
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press
from ui.camera_model import TILES_ROLE
from ui.desk import Desk, DeskOptions
from ui.language import Language, current_language, install
from ui.monitor_number import MonitorNumber
from ui.preferences import Preferences
from ui.theme import Theme, ThemeName, apply_theme, load_theme
from ui.wall_app import load_keymap
from ui.wall_window import WallWindow


@pytest.fixture
def console(qapp: QApplication) -> FakeConsole:
    return a_console("4", tiles=4)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, theme: Theme, console: FakeConsole) -> Iterator[Desk]:
    with open_desk(qapp, qtbot, console) as desk:
        yield desk


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
    list_all(desk, 1.0)
    desk.panel.search.setText(console.catalog.cameras[camera].code)
    index = desk.panel.model.index_of_camera(camera)
    assert "2" in str(index.data(TILES_ROLE))


def test_a_list_that_is_made_anew_is_told_what_is_on_the_wall(desk: Desk, console: FakeConsole) -> None:
    list_all(desk, 1.0)
    desk.run("operator-window")
    list_all(desk, 2.0)
    camera = console.catalog.cameras[console.wall.monitors[0].cameras[2]]
    assert desk.panel.model.tiles_of(camera) == "2"


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


# ---- two monitors


@pytest.fixture
def two_screens(qapp: QApplication, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk with a second screen beside its own. Here both are one: what they show is not looked at."""
    screen = qapp.primaryScreen()
    first = next(iter(desk._screens.present()))
    monkeypatch.setattr(desk._screens, "present", lambda: {first: screen, "second": screen})
    desk.arrange()
    turn_to(qtbot, desk.operator)  # here a new window takes the keys whatever it asks for
    desk.tick(1.0)
    return desk


def turn_to(qtbot: QtBot, window: WallWindow) -> None:
    """Bring the keys to a monitor's tiles."""
    window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(window.view.hasFocus)


def test_the_next_monitor_takes_the_keys_and_what_is_chosen(two_screens: Desk, console: FakeConsole) -> None:
    two_screens.run("next-monitor")
    assert two_screens.active is two_screens.windows[2]
    two_screens.panel.chosen.emit("camera-12")
    assert console.dispatched == [AddCamera(2, CameraId("camera-12"))]
    two_screens.run("previous-monitor")
    assert two_screens.active is two_screens.windows[1]


def test_the_health_of_all_monitors_is_listed_and_leads_to_a_tile_on_any(
    qtbot: QtBot, two_screens: Desk, console: FakeConsole
) -> None:
    console.dispatch(AddCamera(2, CameraId("camera-12")))
    first, second = two_screens.windows[1], two_screens.windows[2]
    first.run("health")
    table = first.pages.health.table
    tiles = [item.text() for row in range(table.rowCount()) if (item := table.item(row, 0))]
    assert sorted(tiles) == ["1.1", "1.2", "1.3", "1.4", "2.1"]
    table.selectRow(tiles.index("2.1"))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(second.view.hasFocus)
    assert first.pages.health.isHidden() and two_screens.active is second
    assert console.wall.monitor(2).selected == 1


def test_the_list_marks_a_tile_with_its_monitor(qtbot: QtBot, two_screens: Desk, console: FakeConsole) -> None:
    console.dispatch(AddCamera(2, CameraId("camera-12")))
    list_all(two_screens, 2.0)
    two_screens.panel.search.setText(console.catalog.cameras[CameraId("camera-12")].code)
    index = two_screens.panel.model.index_of_camera(CameraId("camera-12"))
    assert "2.1" in str(index.data(TILES_ROLE))


def test_a_monitor_that_is_unplugged_gives_its_work_to_the_operators(
    two_screens: Desk, console: FakeConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_screens.run("next-monitor")
    (first, screen), _second = two_screens._screens.present().items()
    monkeypatch.setattr(two_screens._screens, "present", lambda: {first: screen})
    two_screens.arrange()
    assert [*two_screens.windows] == [1] and two_screens.active is two_screens.operator
    two_screens.tick(2.0)


# ---- language, theme and keys


@pytest.fixture
def looks(qapp: QApplication, desk: Desk) -> Iterator[Desk]:
    """The desk; afterwards the language and the theme are the tests' own again."""
    yield desk
    install(qapp, Language.ENGLISH)
    apply_theme(qapp, load_theme())


def test_another_language_makes_the_windows_anew_and_nothing_that_plays_stops(
    looks: Desk, console: FakeConsole
) -> None:
    slot, wall, old = console.make_live(1), console.wall, looks.operator
    looks.tick(1.0)
    press(Qt.Key.Key_I, ALT | SHIFT)
    looks.tick(2.0)
    assert current_language() is Language.INDONESIAN and looks.operator is not old and old.isHidden()
    assert looks.operator.windowTitle() == "Pantau – dinding 1"
    assert console.wall is wall and console.dispatched == [] and not slot.is_closed
    record = looks.operator.view.record(1)
    assert record is not None and record.look is not None and record.look.name


def test_windows_that_were_made_anew_show_the_figures_that_the_old_ones_showed(
    looks: Desk, console: FakeConsole
) -> None:
    def shown() -> list[bool]:
        return [record.figures is not None for record in looks.operator.view.records]

    for number in (1, 2):
        console.make_live(number)
    console.dispatch(SelectTile(1, 2))
    looks.tick(1.0)
    press(Qt.Key.Key_I)
    looks.tick(2.0)
    before = shown()
    press(Qt.Key.Key_C, ALT | SHIFT)
    looks.tick(3.0)
    assert shown() == before == [False, True, False, False]


def test_another_theme_makes_the_windows_anew(looks: Desk, qapp: QApplication) -> None:
    press(Qt.Key.Key_C, ALT | SHIFT)
    looks.tick(1.0)
    assert looks.preferences.theme.name is ThemeName.CONTRAST
    assert looks.operator.isVisible() and looks.panel.isVisible()


def test_windows_that_were_made_anew_lie_where_the_old_ones_lay(looks: Desk) -> None:
    looks.operator.setGeometry(QRect(30, 40, 720, 480))
    looks.operator.run("panel")
    looks.run("language id")
    assert looks.operator.geometry() == QRect(30, 40, 720, 480)
    assert looks.panel.isHidden(), "a list that was put away stays so"


def test_a_full_screen_stays_full_and_gives_back_what_was_before(looks: Desk) -> None:
    looks.operator.setGeometry(QRect(30, 40, 720, 480))
    looks.run("panel")
    looks.run("panel")
    looks.operator.run("full-screen")
    looks.run("theme contrast")
    assert looks.operator.isFullScreen() and looks.panel.isHidden()
    looks.operator.run("full-screen")
    assert not looks.operator.isFullScreen() and looks.panel.isVisible()


def test_the_lists_own_window_stays_where_it_is(looks: Desk) -> None:
    looks.run("operator-window")
    assert looks.operator_window is not None
    looks.operator_window.setGeometry(QRect(50, 60, 300, 500))
    looks.run("language id")
    assert looks.operator_window.geometry() == QRect(50, 60, 300, 500)
    assert looks.operator_window.windowTitle() == "Pantau – kamera"
    looks.operator_window.hide()
    looks.run("language en")
    assert looks.operator_window.isHidden()


def test_the_monitor_that_was_worked_in_still_is_so(looks: Desk, two_screens: Desk, qtbot: QtBot) -> None:
    two_screens.run("next-monitor")
    two_screens.run("language id")
    assert two_screens.active is two_screens.windows[2]
    qtbot.waitUntil(two_screens.windows[2].isActiveWindow)
    assert two_screens.windows[2].view.hasFocus()


def test_a_choice_that_cannot_be_kept_counts_and_is_said(
    qapp: QApplication, theme: Theme, console: FakeConsole, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    preferences = Preferences(qapp, load_keymap(console.layouts), console.layouts, folder)
    desk = Desk(qapp, console, preferences, DeskOptions(size=(900, 600)))
    desk.arrange()
    folder.write_text("a file where the folder should be", "utf-8")
    desk.run("language id")
    assert current_language() is Language.INDONESIAN and "settings.json" in desk.active.tray.message.text()
    desk.release()
    desk.close()
    install(qapp, Language.ENGLISH)


def test_what_an_administrator_has_set_is_barred_in_the_menus_with_the_reason(
    qapp: QApplication, theme: Theme, console: FakeConsole
) -> None:
    policy = Layer(Source.MACHINE_POLICY, "policy", {"look.language": "en"})
    book = SettingsBook(None, {}, lambda: (policy,))
    preferences = Preferences(qapp, load_keymap(console.layouts), console.layouts, None, book)
    desk = Desk(qapp, console, preferences, DeskOptions(size=(900, 600)))
    desk.arrange()
    why_not = desk.active._offers.why_not
    assert why_not("language id") == "It is managed by your organisation." and why_not("theme contrast") == ""
    desk.run("language id")
    assert current_language() is Language.ENGLISH
    assert desk.active.tray.message.text() == "Language: It is managed by your organisation."
    desk.release()
    desk.close()


def test_changed_keys_count_in_every_window(qtbot: QtBot, two_screens: Desk, console: FakeConsole) -> None:
    two_screens.run("operator-window")
    two_screens._activate_timer.stop()
    keymap = two_screens.preferences.keymap
    two_screens.active.keymap_changed.emit(Keymap({**keymap.by_chord, "F9": "layout 9"}))
    for number in (1, 2):
        turn_to(qtbot, two_screens.windows[number])
        press(Qt.Key.Key_F9)
        assert console.wall.monitor(number).layout == "9"


# ---- the camera list in a window of its own


@pytest.fixture
def apart(qtbot: QtBot, desk: Desk) -> Desk:
    desk.run("operator-window")
    assert desk.operator_window is not None
    desk.operator_window.activateWindow()
    desk.panel.focus_search()
    qtbot.waitUntil(desk.panel.search.hasFocus)
    desk._activate_timer.stop()
    return desk


def test_layout_keys_work_from_the_lists_window_and_typing_stays_typing(apart: Desk, console: FakeConsole) -> None:
    press(Qt.Key.Key_3, ALT)
    assert console.wall.monitors[0].layout == "9" and apart.panel.search.hasFocus()
    press(Qt.Key.Key_I)
    assert apart.panel.search.text() == "i"


def test_a_page_that_the_lists_window_opens_has_the_keys(qtbot: QtBot, apart: Desk) -> None:
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(apart.operator.pages.palette.search.hasFocus)


def test_a_key_docks_the_list_again(apart: Desk) -> None:
    press(Qt.Key.Key_D, CTRL)
    assert apart.operator_window is None and apart.operator.panel is apart.panel and apart.panel.isVisible()


# ---- what the console has to say


def test_what_could_not_be_read_at_the_start_is_said_one_after_the_other(
    qapp: QApplication, theme: Theme, console: FakeConsole
) -> None:
    console.book.problems = (Sentence("layouts.json, line 3: first"), Sentence("tours.json, line 5: second"))
    desk = a_desk(qapp, console, DeskOptions(size=(900, 600)))
    desk.arrange()
    said = []
    for now_s in (0.0, 1.0, 2.0):
        desk.tick(now_s)
        said.append(desk.active.tray.message.text())
        if now_s:
            desk.active.tray.message.show_sentence("")
    assert said == ["layouts.json, line 3: first"] * 2 + ["tours.json, line 5: second"]
    desk.release()
    desk.close()


def test_what_could_not_be_kept_later_is_said_once(desk: Desk, console: FakeConsole) -> None:
    console.book.problems = (*console.book.problems, Sentence("tours.json cannot be written: disk full"))
    desk.tick(1.0)
    assert desk.active.tray.message.text() == "tours.json cannot be written: disk full"
    desk.active.tray.message.show_sentence("")
    desk.tick(2.0)
    assert desk.active.tray.message.text() == ""


def test_what_happens_to_a_tour_is_said_where_the_officer_works(
    desk: Desk, console: FakeConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices = [TourNotice(1, "Malam", TourEvent.PAUSED)]
    monkeypatch.setattr(console.book.touring, "take_notices", lambda: [notices.pop()] if notices else [])
    desk.tick(1.0)
    assert "Malam" in desk.active.tray.message.text()


def test_what_a_salvo_could_not_show_is_said(desk: Desk, console: FakeConsole) -> None:
    console.book.touring.salvos = {"Alarm": Salvo("Alarm", {2: SavedScene("Pagi")})}
    console.dispatch(FireSalvo("Alarm"))
    desk.tick(1.0)
    assert desk.active.tray.message.text() == "Not there: monitor 2."


# ---- several cameras, and stars


def test_several_cameras_are_shown_together_until_esc(desk: Desk, console: FakeConsole) -> None:
    before = dict(console.wall.monitors[0].cameras)
    desk.panel.wanted_together.emit(["camera-20", "camera-21"])
    assert console.dispatched == [ShowCameras(1, (CameraId("camera-20"), CameraId("camera-21")))]
    assert [*console.shortlist.shortlist.recents] == ["camera-20", "camera-21"]
    desk.operator.view.setFocus()
    press(Qt.Key.Key_Escape)
    assert dict(console.wall.monitors[0].cameras) == before


def test_more_cameras_than_a_wall_takes_are_cut_and_said(desk: Desk, console: FakeConsole) -> None:
    desk.panel.wanted_together.emit([f"camera-{number}" for number in range(1, MAX_TILES + 5)])
    assert len(console.wall.monitors[0].cameras) == MAX_TILES
    assert desk.active.tray.message.text() == "The first 64 of 68 cameras are shown."


def test_a_star_is_kept_and_one_too_many_is_said(desk: Desk, console: FakeConsole) -> None:
    desk.panel.starred.emit(["camera-3"])
    assert console.shortlist.shortlist.favourites == ("camera-3",)
    desk.panel.starred.emit([f"other-{number}" for number in range(FAVOURITES_MAX)])
    assert console.shortlist.shortlist.favourites == ("camera-3",)
    assert str(FAVOURITES_MAX) in desk.active.tray.message.text()
