"""The list of this wall's cameras: the worst first, with what was measured; a key opens and leaves it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.failure import Reason
from app.core.hints import Finding, Hint
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from ui.wall_window import WallWindow

FOUND = 3
"""The column of what was found."""


@pytest.fixture
def console() -> FakeConsole:
    made = a_console("4", tiles=4)
    made.set_sign(1, Sign.LIVE, age_s=0.1)
    made.set_sign(2, Sign.LIVE, age_s=0.1, findings=(Finding(Hint.CLOCK_OFFSET, 3.2, 2.0, 0.0),))
    made.set_sign(3, Sign.LOST, reason=Reason.UNAUTHORIZED, retry_in_s=290)
    made.set_sign(4, Sign.LATE, age_s=4.0)
    return made


@pytest.fixture
def window(make_window: WindowMaker, console: FakeConsole) -> WallWindow:
    made = make_window(console)
    QTest.keyClick(made.view, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    return made


def rows(window: WallWindow) -> list[list[str]]:
    table = window.pages.health.table
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def test_the_worst_camera_stands_first_and_says_why(window: WallWindow) -> None:
    assert window.pages.health.isVisible()
    assert [row[0] for row in rows(window)] == ["3", "4", "2", "1"]
    assert [row[2] for row in rows(window)] == ["NO PICTURE", "LATE", "LIVE", "LIVE"]
    lost, late, hinted, healthy = (row[FOUND] for row in rows(window))
    assert lost == "The camera refuses the user name or password. Next try in 4 min 50 s."
    assert late == "The picture is 4 s old."
    assert hinted == "The camera's clock is off by +3 s, or its pictures come late."
    assert healthy == "–"
    assert "2 of 4 cameras live · 1 with a hint" in window.pages.health.summary.text()


def test_the_table_follows_the_cameras_and_keeps_the_chosen_one(console: FakeConsole, window: WallWindow) -> None:
    window.pages.health.table.selectRow(2)
    console.set_sign(3, Sign.LIVE, age_s=0.1)
    window.refresh(5.0)
    assert [row[0] for row in rows(window)] == ["4", "2", "1", "3"]
    assert window.pages.health.table.currentRow() == 1, "tile 2 is still the chosen one"


def test_enter_selects_the_tile_and_gives_the_wall_back(console: FakeConsole, window: WallWindow) -> None:
    QTest.keyClick(window.pages.health.table, Qt.Key.Key_Return)
    assert window.pages.health.isHidden() and window.view.hasFocus()
    assert console.wall.monitor(1).selected == 3


def test_escape_leaves_the_page_and_another_page_replaces_it(window: WallWindow) -> None:
    QTest.keyClick(window.pages.health.table, Qt.Key.Key_Escape)
    assert window.pages.health.isHidden() and window.view.hasFocus()
    window.run("health")
    window.run("help")
    assert window.pages.health.isHidden() and window.pages.help.isVisible()


def test_an_empty_wall_says_so(make_window: WindowMaker) -> None:
    window = make_window(a_console("4", tiles=0))
    window.run("health")
    assert window.pages.health.summary.text() == "No camera is on this wall yet."


CAMERA = 1
"""The column of names."""


def column_px(window: WallWindow, column: int) -> tuple[int, int]:
    """A column's width, and what its widest text takes."""
    table = window.pages.health.table
    texts = [row[column] for row in rows(window)]
    return table.columnWidth(column), max(map(table.fontMetrics().horizontalAdvance, texts))


def test_names_are_whole_where_nothing_long_was_found(console: FakeConsole, make_window: WindowMaker) -> None:
    for number in (2, 3, 4):
        console.set_sign(number, Sign.LIVE, age_s=0.1)
    window = make_window(console)
    window.run("health")
    width_px, text_px = column_px(window, CAMERA)
    assert width_px > text_px


def test_names_leave_room_for_what_was_found(window: WallWindow) -> None:
    names_px, _ = column_px(window, CAMERA)
    found_px, _ = column_px(window, FOUND)
    assert 0.35 < found_px / (names_px + found_px) < 0.7


def test_what_has_no_room_is_whole_in_a_tooltip(window: WallWindow) -> None:
    table = window.pages.health.table
    for column in (CAMERA, FOUND):
        item = table.item(0, column)
        assert item is not None and item.text()[-9:] in item.toolTip()


def test_tab_does_not_go_through_the_cells(window: WallWindow) -> None:
    table = window.pages.health.table
    assert table.hasFocus()
    place = table.currentRow(), table.currentColumn()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert (table.currentRow(), table.currentColumn()) == place
