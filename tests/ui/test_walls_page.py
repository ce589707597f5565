"""The chief's page: which walls it lists, what it shows of one, and what its keys ask of the registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from app.core.branch import Branch, Level
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.posts import (
    ChiefAnswered,
    Conflict,
    Day,
    Hours,
    OrderWall,
    PostWall,
    SetWeek,
    TakeBack,
    WallsListed,
    WantedSeen,
    Week,
)
from app.core.remote import (
    Author,
    CameraOnTile,
    MonitorReport,
    OrderAnswer,
    Outcome,
    RemoteOrder,
    Source,
    TileReport,
    WallDesired,
    WallReport,
)
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_stores import FakeLayoutStore
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import CTRL, SHIFT, press, write
from ui.post_texts import days_words
from ui.wall_window import WallWindow
from ui.walls_page import WallsPage

KEY = Qt.Key
SARI = Author("officer-1", "Kompol Sari")
BUDI = Author("officer-2", "AKP Budi")
SIGNS = (Sign.LIVE, Sign.STALE, Sign.LOST, Sign.EMPTY)
PAGI = SavedLayout(replace(uniform_layout(4), name="Pagi"), {1: CameraId("camera-1")})
NOW_S = 1000.0


def wall(wall_id: str, name: str, told_s: float = NOW_S - 3.0, answer: OrderAnswer | None = None) -> PostWall:
    """A wall of four tiles and one of one tile beside it."""
    tiles = tuple(
        TileReport(number, CameraId(f"camera-{number}") if sign is not Sign.EMPTY else None, sign, 0.2)
        for number, sign in enumerate(SIGNS, start=1)
    )
    other = TileReport(1, CameraId("camera-9"), Sign.LIVE, 0.1)
    monitors = MonitorReport(1, "Pagi", tiles), MonitorReport(2, "1", (other,))
    return PostWall(wall_id, name, "", 4, WallReport(monitors, answer or OrderAnswer()), told_s)


WALLS = {each.id: each for each in (wall("post_1", "Pos Gambir"), wall("post_2", "Pos Harmoni", NOW_S - 400.0))}
HOURS = Hours((Day.MON, Day.TUE, Day.WED), "07:00", "09:00", 1, PAGI)


@pytest.fixture
def console() -> FakeConsole:
    made = a_console("4", tiles=4, store=FakeLayoutStore({"Pagi": PAGI}))
    made.is_chief = True
    made.pump(NOW_S)
    return made


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    made = make_window(console)
    cameras = tuple(console.catalog.cameras.values())[:3]
    made.pages._find = lambda _query: [Branch(Level.LIST, "x", "x", cameras)]
    return made


@pytest.fixture
def page(window: WallWindow, console: FakeConsole) -> WallsPage:
    """The page, open, with two walls of which the first is chosen."""
    press(KEY.Key_P, CTRL | SHIFT)
    console.posts.take(WallsListed(WALLS))
    window.pages.walls.refresh(NOW_S)
    want(console, None)
    window.pages.walls.refresh(NOW_S)
    return window.pages.walls


def want(console: FakeConsole, order: RemoteOrder | None, revision: int = 3, week: Week | None = None) -> None:
    """What the first wall is to show."""
    console.posts.take(WantedSeen("post_1", WallDesired(revision, order), week or Week(2, (HOURS,), SARI)))


def answer(page: WallsPage, console: FakeConsole, **fields: object) -> None:
    """What becomes of what was asked last."""
    console.posts.take(ChiefAnswered(console.chief.requests[-1], **fields))  # type: ignore[arg-type]
    page.refresh(NOW_S)


def listed(page: WallsPage) -> list[str]:
    """The names in the list."""
    items = (page.walls.item(row, 0) for row in range(page.walls.rowCount()))
    return [item.text() for item in items if item is not None]


def test_only_a_chief_gets_it(window: WallWindow, console: FakeConsole) -> None:
    console.is_chief = False
    press(KEY.Key_P, CTRL | SHIFT)
    assert not window.pages.is_open and window.tray.message.text().startswith("Only a chief directs")
    assert console.chief.looks == []


def test_it_looks_while_it_is_open_and_no_longer(page: WallsPage, console: FakeConsole) -> None:
    assert console.chief.looks == ["", "post_1"]
    press(KEY.Key_Escape)
    assert console.chief.looks[-1] is None and page.isHidden()


def test_walls_are_listed_by_name_with_what_plays_and_how_old_that_is(page: WallsPage) -> None:
    assert listed(page) == ["Pos Gambir", "Pos Harmoni"]
    cells = [[page.walls.item(row, column).text() for column in (1, 2)] for row in (0, 1)]  # type: ignore[union-attr]
    assert cells == [["2 of 4", "3 s"], ["2 of 4", "⚠ 6 min"]]


def test_a_search_finds_a_post_and_chooses_it(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F, CTRL)
    write("harm")
    assert listed(page) == ["Pos Harmoni"] and console.chief.looks[-1] == "post_2"
    assert page.detail.name.text() == "Pos Harmoni"
    assert page.detail.report.text().startswith("No report for 6 min 40 s")
    assert page.detail.report.objectName() == "pageWarning"


def test_arrows_say_what_each_tile_shows(page: WallsPage) -> None:
    press(KEY.Key_Return)
    said = [page.detail.tile.text()]
    for key in (KEY.Key_Right, KEY.Key_Down):
        press(key)
        said.append(page.detail.tile.text())
    assert said[0].startswith("Tile 1.1  ·  ") and said[0].endswith("LIVE 0.2 s")
    assert said[1].endswith("STALE 0.2 s") and said[2] == "Tile 1.4  ·  EMPTY"
    assert page.detail.minis[0].accessibleDescription() == said[2]


def test_what_is_wanted_and_what_came_of_it_is_said(page: WallsPage, console: FakeConsole) -> None:
    assert page.detail.wanted.text() == "The post shows what it likes." and not page.back_button.isEnabled()
    want(console, RemoteOrder(Source.CHIEF, 1, PAGI, SARI))
    page.refresh(NOW_S)
    assert page.detail.wanted.text() == "Wanted by Kompol Sari (chief): the layout ‘Pagi’ on monitor 1"
    assert page.detail.outcome.text() == "The post has not answered yet…" and page.back_button.isEnabled()
    for outcome, words in (
        (OrderAnswer(3, Outcome.APPLIED), "It is on the wall."),
        (OrderAnswer(3, Outcome.RELEASED), "The officer at the post has released it."),
        (OrderAnswer(3, Outcome.REFUSED, Sentence("No.")), "The post could not show it: No."),
    ):
        console.posts.take(WallsListed({"post_1": wall("post_1", "Pos Gambir", answer=outcome)}))
        page.refresh(NOW_S)
        assert page.detail.outcome.text() == words


def test_a_layout_is_ordered_by_keys_alone(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F2)
    assert page.order.what.currentText() == "Pagi"
    press(KEY.Key_Tab)
    page.order.message.setText("Unjuk rasa")
    press(KEY.Key_Return, CTRL)
    assert console.chief.requests == [OrderWall("post_1", 3, 1, PAGI, 3600, "Unjuk rasa")]
    assert not page.main_button.isEnabled()
    answer(page, console)
    assert page.note.text().startswith("Ordered:") and page.detail.isVisible() and page.main_button.isEnabled()


def test_what_this_wall_shows_can_be_ordered(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F2)
    press(KEY.Key_Up)
    assert page.order.what.currentText() == "What monitor 1 shows here"
    press(KEY.Key_Return, CTRL)
    (request,) = console.chief.requests
    assert isinstance(request, OrderWall) and isinstance(request.wanted, SavedLayout)
    assert (request.wanted.name, len(request.wanted.cameras)) == ("Monitor 1", 4)


def test_a_camera_goes_onto_the_tile_that_was_chosen(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_Return)
    press(KEY.Key_Right)
    press(KEY.Key_Return)
    press(KEY.Key_Down)
    assert page.order.is_camera and page.order.tile.value() == 2
    press(KEY.Key_Return, CTRL)
    assert page.warning.text().startswith("Choose a camera first") and console.chief.requests == []
    page.order.query.setFocus()
    write("sim")
    press(KEY.Key_Return, CTRL)
    (request,) = console.chief.requests
    first = next(iter(console.catalog.cameras))
    assert isinstance(request, OrderWall) and request.wanted == CameraOnTile(first, 2)


def test_an_order_is_taken_back(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F3)
    assert page.warning.text() == "Nothing is ordered there." and console.chief.requests == []
    want(console, RemoteOrder(Source.CHIEF, 1, PAGI, SARI))
    press(KEY.Key_F3)
    assert console.chief.requests == [TakeBack("post_1", 3)]


def test_a_conflict_says_who_and_the_same_once_more_replaces_it(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F2)
    press(KEY.Key_Return, CTRL)
    at_s = datetime(2026, 11, 26, 14, 5).timestamp()
    want(console, RemoteOrder(Source.CHIEF, 1, CameraOnTile(CameraId("camera-3"), 1), BUDI), revision=4)
    answer(page, console, problem=Sentence("x"), conflict=Conflict(4, BUDI, at_s))
    assert page.warning.text().startswith("AKP Budi changed it at 14:05.")
    assert page.order.isVisible(), "what was about to be sent is still there"
    press(KEY.Key_Return, CTRL)
    assert [request.seen for request in console.chief.requests] == [3, 4]


def test_hours_are_made_changed_and_deleted_by_keys(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F4)
    assert [page.week.table.item(0, column).text() for column in range(5)] == [  # type: ignore[union-attr]
        "Mon–Wed", "07:00", "09:00", "1", "Pagi",
    ]  # fmt: skip
    press(KEY.Key_Insert)
    page.week.starts.setText("20:00")
    page.week.ends.setText("04:00")
    page.week.days[Day.MON].click()
    press(KEY.Key_S, CTRL)
    (request,) = console.chief.requests
    assert isinstance(request, SetWeek) and request.seen == 2 and request.entries[0] == HOURS
    assert (request.entries[1].starts, request.entries[1].ends) == ("20:00", "04:00")
    assert request.entries[1].days == (Day.TUE, Day.WED, Day.THU, Day.FRI)
    answer(page, console, problem=Sentence("Entries 1 and 2 overlap on tue at 07:00."))
    assert page.warning.text().startswith("Entries 1 and 2 overlap") and page.week.isVisible()
    page.week.table.setFocus()
    press(KEY.Key_Delete)
    assert page.week.made() == (HOURS,)


def test_hours_that_overlap_are_named_and_not_sent(page: WallsPage, console: FakeConsole) -> None:
    """Monday to Wednesday from seven to nine, and the working week from eight to four."""
    press(KEY.Key_F4)
    press(KEY.Key_Insert)
    page.week.table.setCurrentCell(0, 0)
    press(KEY.Key_S, CTRL)
    assert page.warning.text() == "Hours overlap on Mon at 08:00: Mon–Wed 07:00–09:00 and Mon–Fri 08:00–16:00."
    assert not console.chief.requests and page.week.isVisible()
    assert page.week.table.currentRow() == 1 and page.week.starts.text() == "08:00"
    page.week.starts.setText("09:00")
    press(KEY.Key_S, CTRL)
    assert len(console.chief.requests) == 1


def test_hours_that_were_changed_are_not_lost_by_one_slip(page: WallsPage) -> None:
    press(KEY.Key_F4)
    press(KEY.Key_Insert)
    press(KEY.Key_Escape)
    assert page.week.isVisible() and "not saved" in page.warning.text()
    press(KEY.Key_Escape)
    assert page.detail.isVisible()
    press(KEY.Key_Escape)
    assert page.isHidden()


def test_what_a_form_holds_is_not_lost_by_leaving_it_another_way(page: WallsPage) -> None:
    press(KEY.Key_F4)
    press(KEY.Key_Insert)
    for key in (KEY.Key_F2, KEY.Key_F4):
        press(key)
        assert page.week.isVisible() and len(page.week.entries) == 2
        page.week.changed.emit()
    page.walls.setCurrentCell(1, 0)
    assert page.week.isVisible() and page.walls.currentRow() == 0 and "not saved" in page.warning.text()
    page.walls.setCurrentCell(1, 0)
    assert page.detail.isVisible() and page.detail.name.text() == "Pos Harmoni"


def test_a_search_leaves_an_open_form_to_its_wall(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F2)
    press(KEY.Key_F, CTRL)
    write("harm")
    console.posts.take(WallsListed({"post_2": WALLS["post_2"]}))
    page.refresh(NOW_S)
    assert listed(page) == ["Pos Harmoni"] and page.order.isVisible()
    press(KEY.Key_Return, CTRL)
    (request,) = console.chief.requests
    assert request.wall == "post_1"


def test_a_message_that_was_typed_is_not_lost_by_one_slip(page: WallsPage) -> None:
    press(KEY.Key_F2)
    page.order.message.setFocus()
    write("Kejar")
    press(KEY.Key_Escape)
    press(KEY.Key_F2)
    assert page.order.message.text() == "Kejar" and "not sent" in page.warning.text()
    page.order.message.setFocus()
    write("!")
    press(KEY.Key_Escape)
    assert page.order.isVisible(), "whoever has gone on is asked again"
    press(KEY.Key_F4)
    assert page.week.isVisible() and page.warning.isHidden()


def test_the_registry_is_away_only_as_long_as_it_is(page: WallsPage, console: FakeConsole) -> None:
    console.posts.take(WallsListed({}, Sentence("Nobody answers.")))
    page.refresh(NOW_S)
    assert page.warning.text() == "Nobody answers."
    console.posts.take(WallsListed(WALLS))
    page.refresh(NOW_S)
    assert page.warning.isHidden()


def test_what_the_page_asks_stands_while_the_registry_is_away(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F4)
    press(KEY.Key_Insert)
    console.posts.take(WallsListed({}, Sentence("Nobody answers.")))
    press(KEY.Key_Escape)
    page.refresh(NOW_S)
    assert "not saved" in page.warning.text()
    press(KEY.Key_Escape)
    assert page.detail.isVisible() and page.warning.text() == "Nobody answers."


def test_an_answer_closes_only_the_form_that_asked(page: WallsPage, console: FakeConsole) -> None:
    want(console, RemoteOrder(Source.CHIEF, 1, PAGI, SARI))
    press(KEY.Key_F3)
    press(KEY.Key_F4)
    press(KEY.Key_Insert)
    answer(page, console)
    assert page.note.text().startswith("Taken back") and page.week.isVisible()
    press(KEY.Key_S, CTRL)
    page.week.monitor.setValue(2)
    answer(page, console)
    assert page.week.isVisible() and page.week.entries[1].monitor == 2, "what was changed since then is not sent"


def test_what_cannot_be_asked_yet_is_not_said_to_be_sent(page: WallsPage, console: FakeConsole) -> None:
    want(console, RemoteOrder(Source.CHIEF, 1, PAGI, SARI))
    press(KEY.Key_F3)
    press(KEY.Key_F2)
    press(KEY.Key_Return, CTRL)
    assert len(console.chief.requests) == 1 and page.note.text() == "Taking it back…"


def test_enter_in_the_search_goes_to_the_list_and_no_further(page: WallsPage) -> None:
    press(KEY.Key_F, CTRL)
    press(KEY.Key_Return)
    assert page.walls.hasFocus()


def test_hours_ask_for_a_layout_only_as_long_as_there_is_none(page: WallsPage, console: FakeConsole) -> None:
    console.book.delete_layout("Pagi")
    press(KEY.Key_F4)
    assert page.week.hint.text().startswith("Save a layout first") and not page.week.new_button.isEnabled()
    console.book.save_layout(1, "Sore")
    press(KEY.Key_F4)
    assert page.week.hint.text().startswith("Hours of Jakarta") and page.week.new_button.isEnabled()


def test_hours_without_a_day_or_a_time_are_not_sent(page: WallsPage, console: FakeConsole) -> None:
    press(KEY.Key_F4)
    page.week.starts.setText("77:00")
    page.week.starts.editingFinished.emit()
    press(KEY.Key_S, CTRL)
    assert page.warning.text() == "A time is written like 08:00." and page.week.starts.hasFocus()
    page.week.starts.setText("07:30")
    for day in (Day.MON, Day.TUE, Day.WED):
        page.week.days[day].click()
    press(KEY.Key_S, CTRL)
    assert page.warning.text() == "Hours need at least one day." and console.chief.requests == []


def test_without_walls_it_says_why(window: WallWindow, console: FakeConsole) -> None:
    press(KEY.Key_P, CTRL | SHIFT)
    page = window.pages.walls
    assert page.note.text() == "Asking the registry…"
    console.posts.take(WallsListed({}))
    page.refresh(NOW_S)
    assert page.note.text() == "No post in your jurisdiction has reported a wall yet."
    console.posts.take(WallsListed({}, Sentence("Nobody answers.")))
    page.refresh(NOW_S)
    assert page.warning.text() == "Nobody answers." and not page.main_button.isEnabled()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((Day.MON,), "Mon"),
        ((Day.SAT, Day.SUN), "Sat, Sun"),
        (tuple(Day), "Mon–Sun"),
        ((Day.MON, Day.WED, Day.FRI), "Mon, Wed, Fri"),
    ],
)
def test_days_in_a_row_are_a_span(days: tuple[Day, ...], words: str) -> None:
    assert days_words(days) == words
