"""Shared layouts in the window: the picker names their owners, keys change them for everybody, conflicts ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from app.console.duty_book import DutyBook
from app.core.branch import Level
from app.core.commands import AssignTile, TileId
from app.core.duty import SignInRule
from app.core.layout import uniform_layout
from app.core.model import CameraId, Jurisdiction
from app.core.posts import Conflict
from app.core.remote import Author
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.sentence import Sentence
from app.core.shared import DeleteShared, ShareAnswered, SharedListed, ShareLayout, Unit
from tests.fakes.fake_console import NEW_ID, FakeConsole, a_console
from tests.fakes.fake_duty import FakeDutyPort
from tests.fakes.fake_journal import FakeJournal
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import CTRL, SHIFT, press, write
from ui.branch_texts import unit_words
from ui.wall_window import WallWindow

KEY = Qt.Key
MARK = SharedMark(NEW_ID, 3, "Pagi", "officer-1", "Bripka Dewi", "PMJ-0101", ("PMJ-0101",))
PAGI = SavedLayout(replace(uniform_layout(4), name="Pagi"), {1: CameraId("camera-1")}, shared=MARK)
AT_S = datetime(2026, 11, 26, 14, 5).timestamp()


@pytest.fixture
def console() -> FakeConsole:
    """A console whose cameras belong to two subsectors of one polsek."""
    made = a_console("4", tiles=4)
    cameras = {
        key: replace(camera, jurisdiction=Jurisdiction("PMJ", "PMJ-01", "PMJ-0101", f"PMJ-0101-{place % 2 + 1}"))
        for place, (key, camera) in enumerate(made.catalog.cameras.items())
    }
    made.catalog = replace(made.catalog, cameras=cameras)
    return made


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    return make_window(console)


def with_shared(
    window: WallWindow, console: FakeConsole, layout: SavedLayout = PAGI, is_fresh: bool = True
) -> None:
    """The registry lists a layout, and the monitor shows it."""
    console.shared.take(SharedListed((layout,)))
    window.run(f"open {next(iter(console.layouts.saved))}")
    window.refresh(console.now_s + 1.0)


def answer(window: WallWindow, console: FakeConsole, **fields: object) -> None:
    """What becomes of what was asked last."""
    console.shared.take(ShareAnswered(console.sharing.requests[-1], **fields))  # type: ignore[arg-type]
    window.say_notices()


def offered(window: WallWindow) -> list[str]:
    """The layout picker's entries."""
    menu = window.tray.picker.menu()
    menu.aboutToShow.emit()
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def test_the_picker_says_whose_a_layout_is_and_its_lock(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console, replace(PAGI, is_locked=True))
    assert offered(window)[-2:] == ["Shared layouts", "Pagi · Bripka Dewi (locked)"]
    assert window.tray.lock.isVisible()
    console.shared.take(SharedListed((PAGI,), is_fresh=False))
    window.refresh(console.now_s + 5.0)
    assert offered(window)[-1] == "Pagi · Bripka Dewi, as last known"


def test_a_layout_is_shared_with_the_units_that_are_ticked(window: WallWindow, console: FakeConsole) -> None:
    console.book.save_layout(1, "Malam")
    press(KEY.Key_L, CTRL | SHIFT)
    page = window.pages.share
    assert page.isVisible() and page.ticked == {"PMJ-0101"}
    rows = [page.rows.item(row, 1).text() for row in range(page.rows.rowCount())]  # type: ignore[union-attr]
    assert rows == ["Polsek PMJ-0101", "Subsector PMJ-0101-1", "Subsector PMJ-0101-2"]
    press(KEY.Key_Space)
    press(KEY.Key_Down)
    press(KEY.Key_Space)
    press(KEY.Key_Return)
    (request,) = console.sharing.requests
    assert isinstance(request, ShareLayout) and request.is_new and request.layout.name == "Malam"
    assert (request.mark.unit, request.mark.readers) == ("PMJ-0101", ("PMJ-0101-1",))
    assert page.isHidden() and window.tray.message.text() == "Sharing ‘Malam’…"
    console.shared.take(SharedListed((replace(PAGI, shared=replace(MARK, name="Malam")),)))
    answer(window, console)
    assert window.tray.message.text() == "Layout ‘Malam’ is shared."


def test_nothing_is_shared_without_a_saved_layout_or_a_unit(window: WallWindow, console: FakeConsole) -> None:
    window.run("share-layout")
    assert window.tray.message.text() == "This monitor shows no saved layout."
    console.book.save_layout(1, "Malam")
    console.catalog = replace(console.catalog, cameras={})
    window.run("share-layout")
    assert window.tray.message.text().startswith("No police unit is known")


def test_a_name_that_looks_like_an_address_is_not_shared(window: WallWindow, console: FakeConsole) -> None:
    console.book.save_layout(1, "rtsp://gate")
    window.run("share-layout")
    assert "looks like an address" in window.tray.message.text()
    assert not window.pages.is_open and console.sharing.requests == []


def test_a_shared_layout_is_not_renamed_to_what_looks_like_an_address(
    window: WallWindow, console: FakeConsole
) -> None:
    with_shared(window, console)
    window.run("rename")
    write("rtsp://gate")
    press(KEY.Key_Return)
    assert "looks like an address" in window.pages.ask.problem.text()
    assert window.pages.ask.isVisible() and console.sharing.requests == []


def test_the_readers_of_a_shared_layout_are_changed(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    window.run("share-layout")
    press(KEY.Key_Down)
    press(KEY.Key_Space)
    press(KEY.Key_Return)
    (request,) = console.sharing.requests
    assert isinstance(request, ShareLayout) and request.mark.readers == ("PMJ-0101", "PMJ-0101-1")


def test_saving_changes_it_for_everybody(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    console.dispatch(AssignTile(TileId(1, 2), CameraId("camera-7")))
    press(KEY.Key_S, CTRL)
    (request,) = console.sharing.requests
    assert isinstance(request, ShareLayout) and request.mark == MARK
    assert request.layout.cameras == {1: CameraId("camera-1"), 2: CameraId("camera-7")}
    answer(window, console)
    assert window.tray.message.text() == "The shared layout ‘Pagi’ is changed."


def test_renaming_locking_and_editing_go_to_the_registry(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    press(KEY.Key_F2)
    write("Siang")
    press(KEY.Key_Return)
    press(KEY.Key_L, CTRL)
    window.run("edit-layout")
    window.pages.editor.saved.emit(replace(PAGI, is_locked=True))
    names = [(request.mark.name, request.layout.is_locked) for request in console.sharing.requests]  # type: ignore[union-attr]
    assert names == [("Siang", False), ("Pagi", True), ("Pagi", True)]


def test_deleting_asks_first(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    window.run("delete-layout")
    assert "for everybody" in window.pages.ask.title.text() and console.sharing.requests == []
    window.pages.ask.yes.click()
    assert console.sharing.requests == [DeleteShared(MARK)]
    answer(window, console)
    assert window.tray.message.text() == "The shared layout ‘Pagi’ is deleted."


@pytest.mark.parametrize("command", ["save-layout", "delete-layout"])
def test_a_conflict_says_who_and_asks_whether_it_is_meant(
    window: WallWindow, console: FakeConsole, command: str
) -> None:
    with_shared(window, console)
    window.run(command)
    if command == "delete-layout":
        window.pages.ask.yes.click()
    console.shared.take(SharedListed((replace(PAGI, shared=replace(MARK, revision=9)),)))
    answer(window, console, problem=Sentence("x"), conflict=Conflict(9, Author("b", "AKP Budi"), AT_S))
    assert window.pages.ask.isVisible() and "AKP Budi changed it at 14:05." in window.pages.ask.title.text()
    window.pages.ask.yes.click()
    assert [request.mark.revision for request in console.sharing.requests] == [3, 9]


def test_a_conflict_waits_until_nothing_else_is_open(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    window.run("save-layout")
    window.pages.ask.ask_for_text("What happens?", "", "Note it", lambda _text: None)
    window.pages.open(window.pages.ask)
    window.pages.ask.text.setText("Truk mog")
    answer(window, console, problem=Sentence("x"), conflict=Conflict(9, Author("b", "AKP Budi"), AT_S))
    assert window.pages.ask.text.text() == "Truk mog" and window.pages.ask.title.text() == "What happens?"
    window.pages.put_away()
    window.say_notices()
    assert "AKP Budi changed it" in window.pages.ask.title.text()


def test_a_conflict_waits_for_the_controls(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    window.run("save-layout")
    console.duty = DutyBook(SignInRule.REQUIRED, FakeDutyPort(), FakeJournal(), None, idle_s=60.0)
    answer(window, console, problem=Sentence("x"), conflict=Conflict(9, Author("b", "AKP Budi"), AT_S))
    assert not window.pages.is_open


def test_a_refusal_is_said(window: WallWindow, console: FakeConsole) -> None:
    with_shared(window, console)
    window.run("save-layout")
    answer(window, console, problem=Sentence("Only its owner changes it."))
    assert window.tray.message.text() == "Only its owner changes it."


def test_units_are_called_by_their_level() -> None:
    assert unit_words(Unit(Level.SUBSECTOR, "PMJ-0101-1")) == "Subsector PMJ-0101-1"
