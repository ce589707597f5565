"""The coverage report as a page: what it claims, whom it lists first, and that keys alone do everything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.coverage import WINDOW_S, Coverage, CoverageReport, Missed
from app.core.model import CameraId
from tests.fakes.fake_console import a_catalog
from ui.coverage_page import ROWS_MOST, CoveragePage
from ui.theme import Theme

CATALOG = a_catalog(8)
ONE, TWO, THREE, FOUR = (CameraId(f"camera-{number}") for number in range(1, 5))
NOW_S = 10_000.0
KNOWN = Coverage(
    seen_s={ONE: NOW_S - 60.0, TWO: NOW_S - WINDOW_S - 120.0},
    tried_s={THREE: NOW_S - 75.0},
    begun_s=NOW_S - 5400.0,
)
REPORT = KNOWN.report((ONE, TWO, THREE, FOUR), NOW_S)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 600)
    made.show()
    return made


@pytest.fixture
def page(view: QWidget, theme: Theme) -> CoveragePage:
    made = CoveragePage(theme, view)
    made.show_report(REPORT, CATALOG)
    made.open(is_native=False)
    return made


def rows(page: CoveragePage) -> list[list[str]]:
    cells = [[page.table.item(row, column) for column in range(3)] for row in range(page.table.rowCount())]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


# ---- what it claims


def test_it_tells_how_many_were_seen_and_who_was_not(page: CoveragePage) -> None:
    assert page.headline.text() == "1 of 4 cameras were seen within 30 min (25%)"
    name = CATALOG.cameras[TWO].name
    assert page.lines.text() == (
        f"Longest unseen: {name} (32 min 0 s). Not seen at all: 2. On the wall without a live picture: 1."
    )
    assert page.scope.text() == "All active cameras of this post that need no purpose"


def test_those_never_seen_stand_first(page: CoveragePage) -> None:
    three, four, two = (CATALOG.cameras[camera] for camera in (THREE, FOUR, TWO))
    assert rows(page) == [
        [f"{three.name}  ·  {three.code}", "not at all", "1 min 15 s ago"],
        [f"{four.name}  ·  {four.code}", "not at all", "–"],
        [f"{two.name}  ·  {two.code}", "32 min 0 s ago", "–"],
    ]


def test_that_every_camera_was_seen_it_says_only_when_it_is_true(page: CoveragePage) -> None:
    page.show_report(KNOWN.report((ONE,), NOW_S), CATALOG)
    assert page.headline.text() == "Every camera was seen within 30 min."
    assert page.table.isHidden() and page.lines.isHidden()
    page.show_report(CoverageReport(0, (), 0.0), CATALOG)
    assert page.headline.text() == "There is no camera to watch."


def test_all_but_one_of_many_is_no_hundred_percent(page: CoveragePage) -> None:
    page.show_report(CoverageReport(10_000, (Missed(ONE, None),), 0.0), CATALOG)
    assert page.headline.text() == "9,999 of 10,000 cameras were seen within 30 min (99%)"


def test_a_console_that_has_just_started_says_so(page: CoveragePage) -> None:
    page.show_report(CoverageReport(1, (Missed(ONE, None),), 75.0, "polsek Gambir"), CATALOG)
    assert page.scope.text() == "polsek Gambir  ·  counted for 1 min 15 s, since this console was started"


def test_of_many_only_the_first_are_listed_and_the_rest_is_counted(page: CoveragePage) -> None:
    missed = tuple(Missed(CameraId(f"other-{number}"), None) for number in range(ROWS_MOST + 41))
    page.show_report(CoverageReport(len(missed), missed, WINDOW_S), CATALOG)
    assert page.table.rowCount() == ROWS_MOST and page.more.text() == "and 41 more"
    assert rows(page)[0][0] == "Unknown camera"
    page.show_report(REPORT, CATALOG)
    assert page.more.isHidden()


# ---- an officer's hands


def test_enter_and_double_click_show_the_camera(page: CoveragePage, qtbot: QtBot) -> None:
    assert page.table.hasFocus() and page.table.currentRow() == 0
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.chosen) as chosen:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert chosen.args == [FOUR] and page.isHidden()
    with qtbot.waitSignal(page.chosen) as chosen:
        page.table.cellDoubleClicked.emit(2, 1)
    assert chosen.args == [TWO]


def test_the_chosen_camera_stays_chosen_when_its_row_moves(page: CoveragePage) -> None:
    page.table.selectRow(2)
    page.show_report(KNOWN.report((ONE, TWO), NOW_S), CATALOG)
    assert page.table.currentRow() == 0


def test_a_key_and_the_button_start_the_tour(page: CoveragePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.tour_wanted):
        QTest.keyClick(page.table, Qt.Key.Key_T)
    assert page.isHidden()
    page.open(is_native=False)
    QTest.keyClick(page.table, Qt.Key.Key_Tab)
    assert page.tour_button.hasFocus()
    with qtbot.waitSignal(page.tour_wanted):
        QTest.keyClick(page.tour_button, Qt.Key.Key_Space)


def test_escape_closes_it_also_with_nothing_to_list(page: CoveragePage, qtbot: QtBot) -> None:
    page.put_away()
    page.show_report(CoverageReport(0, (), 0.0), CATALOG)
    page.open(is_native=False)
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page, Qt.Key.Key_Escape)


@pytest.mark.parametrize("size_px", [(1024, 600), (640, 400), (1920, 1080)])
def test_it_stays_within_the_wall_and_cuts_no_sentence_off(
    page: CoveragePage, view: QWidget, qtbot: QtBot, size_px: tuple[int, int]
) -> None:
    view.resize(*size_px)
    page.place()
    assert view.rect().contains(page.geometry())
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    assert labels
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))


def test_everything_has_a_name_for_screen_readers(page: CoveragePage) -> None:
    assert page.accessibleName() == "Coverage"
    assert page.table.accessibleName() and page.tour_button.accessibleName()
    assert page.meter.accessibleName() == page.headline.text()
