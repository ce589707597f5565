"""The layout editor: by keyboard alone and by mouse, nothing kept before Save, nothing lost by a slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.camera_query import CameraQuery
from app.core.layout import Cell, uniform_layout
from app.core.model import Area, AreaCode, CameraId, Catalog
from app.core.saved_layout import SavedLayout
from tests.fakes.fake_console import a_camera
from tests.unit.core.drawn_grid import drawing
from ui.layout_editor import LayoutEditor
from ui.theme import Theme

KEY = Qt.Key
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
GAMBIR = AreaCode("31.71.01.1001")
CATALOG = Catalog(
    {each.id: each for each in (a_camera(number, f"Gate {number}", GAMBIR) for number in range(1, 13))},
    {GAMBIR: Area(GAMBIR, "Gambir")},
)


def ids(*numbers: int) -> dict[int, CameraId]:
    """Camera n on the n-th tile of these."""
    return {tile: CameraId(f"camera-{number}") for tile, number in enumerate(numbers, start=1)}


def a_layout(tiles: int = 9, **changes: object) -> SavedLayout:
    saved = SavedLayout(replace(uniform_layout(tiles), name="Pagi"), ids(*range(1, tiles + 1)))
    return replace(saved, **changes)


@pytest.fixture
def wall(qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    wall = QWidget()
    wall.resize(1024, 560)
    qtbot.addWidget(wall)
    wall.show()
    wall.activateWindow()
    yield wall
    wall.close()


@pytest.fixture
def editor(wall: QWidget, theme: Theme) -> Iterator[LayoutEditor]:
    editor = LayoutEditor(theme, lambda: CATALOG, wall)
    editor.begin(a_layout())
    editor.open(is_native=False)
    yield editor
    editor.put_away()


def press(editor: LayoutEditor, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(editor.preview, key, modifiers)


def grid(editor: LayoutEditor) -> str:
    return drawing(editor.draft.grid)


def names(editor: LayoutEditor) -> list[int]:
    """The numbers of the cameras, tile by tile, 0 where there is none."""
    shown = editor.shown_cameras()
    tiles = range(1, editor.draft.grid.tiles + 1)
    return [int(shown[number].removeprefix("camera-")) if number in shown else 0 for number in tiles]


def saved_by(qtbot: QtBot, editor: LayoutEditor) -> SavedLayout:
    with qtbot.waitSignal(editor.saved) as signal:
        press(editor, KEY.Key_S, modifiers=CONTROL)
    assert signal.args is not None
    saved = signal.args[0]
    assert isinstance(saved, SavedLayout)
    return saved


# ---- the grid by keyboard


def test_shift_and_arrows_select_and_m_merges_and_cameras_follow(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Right, KEY.Key_Down, modifiers=SHIFT)
    press(editor, KEY.Key_M)
    assert grid(editor) == "112 113 456"
    assert names(editor) == [1, 3, 6, 7, 8, 9]
    assert editor.preview.accessibleDescription() == "Tile 1, Gate 1"


def test_s_splits_into_fields_and_a_field_into_four(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Right, modifiers=SHIFT)
    press(editor, KEY.Key_M, KEY.Key_S)
    assert grid(editor) == "123 456 789"
    assert names(editor) == [1, 0, 3, 4, 5, 6, 7, 8, 9]
    editor.form.columns.setValue(1)
    editor.form.rows.setValue(1)
    press(editor, KEY.Key_S)
    assert grid(editor) == "12 34"
    press(editor, KEY.Key_3)
    assert editor.draft.grid.tiles == 12


def test_a_tile_is_removed_and_free_fields_become_one(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Delete, KEY.Key_Right, KEY.Key_Delete)
    assert grid(editor) == "..1 234 567"
    press(editor, KEY.Key_Left, modifiers=SHIFT)
    assert editor.preview.accessibleDescription() == "2 × 1 free fields"
    press(editor, KEY.Key_M)
    assert grid(editor) == "881 234 567"
    press(editor, KEY.Key_R)
    assert grid(editor) == "112 345 678"


def test_a_number_moves_with_its_camera_and_stays_selected(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Plus, KEY.Key_Plus)
    assert names(editor) == [2, 3, 1, 4, 5, 6, 7, 8, 9]
    assert editor.preview.selection.area(editor.draft.grid) == Cell(0, 0)
    press(editor, KEY.Key_Minus)
    assert names(editor) == [2, 1, 3, 4, 5, 6, 7, 8, 9]
    assert grid(editor) == "213 456 789"


def test_every_change_is_taken_back_and_made_again(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Delete)
    editor.form.columns.setValue(2)
    changed = editor.draft
    press(editor, KEY.Key_Z, KEY.Key_Z, modifiers=CONTROL)
    assert grid(editor) == "123 456 789" and editor.form.columns.value() == 3
    press(editor, KEY.Key_Y, modifiers=CONTROL)
    press(editor, KEY.Key_Z, modifiers=CONTROL | SHIFT)
    assert editor.draft == changed and editor.form.columns.value() == 2


def test_a_size_counts_when_it_is_complete(editor: LayoutEditor) -> None:
    editor.form.columns.setFocus()
    editor.form.columns.selectAll()
    QTest.keyClicks(editor.form.columns, "12")
    assert editor.draft.grid.columns == 3
    QTest.keyClick(editor.form.columns, KEY.Key_Return)
    assert editor.draft.grid.columns == 12
    assert editor.draft.grid.tiles == 36, "a full grid stays full"


def test_control_and_a_selects_everything(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_A, modifiers=CONTROL)
    assert editor.preview.accessibleDescription() == "3 × 3 fields with the tiles 1, 2, 3, 4, 5, 6, 7, 8, 9"
    press(editor, KEY.Key_M)
    assert grid(editor) == "111 111 111"


def test_what_cannot_be_is_said_in_a_sentence(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Minus)
    assert editor.form.warning.text() == "There is no tile 0"
    press(editor, KEY.Key_A, modifiers=CONTROL)
    press(editor, KEY.Key_S)
    assert editor.form.warning.text() == "Select one tile for this."
    press(editor, KEY.Key_M)
    assert editor.form.warning.text() == ""
    press(editor, KEY.Key_Delete)
    assert editor.form.warning.text() == "A layout needs at least one tile"
    assert grid(editor) == "111 111 111"


def test_tools_that_have_nothing_to_do_are_off(editor: LayoutEditor) -> None:
    form = editor.form
    assert [tool.isEnabled() for tool in (form.merge, form.split, form.undo, form.number_down)] == [
        *(False, True, False, False)
    ]
    press(editor, KEY.Key_Right, modifiers=SHIFT)
    assert [tool.isEnabled() for tool in (form.merge, form.split, form.remove)] == [True, False, False]


# ---- the grid by mouse


def center(editor: LayoutEditor, column: int, row: int) -> QPoint:
    return editor.preview.box(Cell(column, row)).center().toPoint()


def test_a_drag_selects_and_the_button_merges(editor: LayoutEditor) -> None:
    preview, left = editor.preview, Qt.MouseButton.LeftButton
    QTest.mousePress(preview, left, pos=center(editor, 2, 2))
    QTest.mouseMove(preview, center(editor, 1, 1))
    QTest.mouseRelease(preview, left, pos=center(editor, 1, 1))
    QTest.mouseClick(editor.form.merge, left)
    assert grid(editor) == "123 455 655"
    QTest.mouseClick(preview, left, pos=center(editor, 0, 0))
    QTest.mouseClick(preview, left, SHIFT, center(editor, 1, 0))
    QTest.mouseClick(editor.form.merge, left)
    assert grid(editor) == "112 344 544"
    QTest.mouseClick(preview, Qt.MouseButton.RightButton, pos=center(editor, 2, 2))
    assert preview.selection.area(editor.draft.grid) == Cell(0, 0, 2, 1), "the other button selects nothing"


# ---- the query


def test_a_query_says_how_many_it_finds_and_fills_the_tiles(qtbot: QtBot, editor: LayoutEditor) -> None:
    editor.form.query.line.setText("kelurahan Gambir, JKT-0000")
    qtbot.waitUntil(lambda: editor.form.query.note.text() == "9 cameras found")
    editor.form.query.line.setText("JKT-00012")
    qtbot.waitUntil(lambda: editor.form.query.note.text() == "1 camera found")
    assert names(editor) == [12, 0, 0, 0, 0, 0, 0, 0, 0]
    saved = saved_by(qtbot, editor)
    assert saved.query == CameraQuery("JKT-00012") and saved.cameras == {1: "camera-12"}


def test_a_query_that_is_not_understood_is_named_and_not_saved(qtbot: QtBot, editor: LayoutEditor) -> None:
    editor.form.query.line.setText("Harmoni")
    with qtbot.assertNotEmitted(editor.saved):
        press(editor, KEY.Key_S, modifiers=CONTROL)
    assert editor.form.query.note.text().startswith("The term ‘Harmoni’ is not understood")
    assert editor.form.warning.text() == "The query is not understood."
    assert editor.form.query.line.hasFocus()


def test_the_hotspot_is_named_and_takes_no_camera(qtbot: QtBot, editor: LayoutEditor) -> None:
    editor.begin(a_layout(4, hotspot=2, query=CameraQuery("kelurahan Gambir"), cameras={}))
    assert names(editor) == [1, 0, 2, 3]
    press(editor, KEY.Key_Right)
    assert editor.preview.accessibleDescription() == "Tile 2, Hotspot"
    assert saved_by(qtbot, editor).hotspot == 2


def test_a_camera_that_is_gone_is_told(editor: LayoutEditor) -> None:
    editor.begin(a_layout(1, cameras={1: CameraId("gone")}))
    assert editor.preview.accessibleDescription() == "Tile 1, unknown camera"


# ---- saving and leaving


def test_save_hands_the_layout_over_and_the_page_stays_until_it_is_kept(
    qtbot: QtBot, editor: LayoutEditor
) -> None:
    editor.form.name.setText(" Sore\u202e ")
    press(editor, KEY.Key_Delete)
    saved = saved_by(qtbot, editor)
    assert saved.name == "Sore" and saved.cameras == ids(*range(2, 10))
    assert editor.original == "Pagi" and editor.isVisible()
    editor.say("the disk is full")
    assert editor.form.warning.text() == "The disk is full"
    with qtbot.waitSignal(editor.closed):
        editor.leave()
    assert not editor.is_changed


def test_a_new_layout_asks_for_its_name_first(qtbot: QtBot, editor: LayoutEditor) -> None:
    editor.begin(a_layout(4), is_new=True)
    editor.open(is_native=False)
    assert editor.original == "" and editor.form.name.hasFocus()
    assert editor.form.name.selectedText() == "Pagi", "a proposal, to be typed over"
    assert not editor.is_changed, "nothing is lost by leaving it"
    for text, sentence in (("", "A layout needs a name"), ("1+5", "1+5 is the name of a built-in layout")):
        editor.form.name.setText(text)
        with qtbot.assertNotEmitted(editor.saved):
            QTest.keyClick(editor.form.name, KEY.Key_Return)
        assert editor.form.warning.text().startswith(sentence)
        assert editor.form.name.hasFocus()
    editor.form.name.setText("Baru")
    with qtbot.waitSignal(editor.saved):
        QTest.keyClick(editor.form.name, KEY.Key_Return)


def test_a_locked_layout_changes_after_the_padlock_is_taken_away(qtbot: QtBot, editor: LayoutEditor) -> None:
    editor.begin(a_layout(4, is_locked=True))
    press(editor, KEY.Key_Delete)
    assert editor.form.warning.text() == "This layout is locked: take the padlock away to change it."
    assert grid(editor) == "12 34" and not editor.form.name.isEnabled()
    press(editor, KEY.Key_L, modifiers=CONTROL)
    press(editor, KEY.Key_Delete)
    assert grid(editor) == ".1 23" and editor.form.lock.accessibleName() == "Not locked"
    press(editor, KEY.Key_L, modifiers=CONTROL)
    press(editor, KEY.Key_Z, modifiers=CONTROL)
    assert grid(editor) == ".1 23", "locked again"
    assert saved_by(qtbot, editor).is_locked


def test_escape_leaves_at_once_unless_something_would_be_lost(qtbot: QtBot, editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Delete)
    press(editor, KEY.Key_Escape)
    assert editor.isVisible() and editor.form.warning.text().startswith("There are changes.")
    press(editor, KEY.Key_Z, modifiers=CONTROL)
    assert not editor.is_changed
    with qtbot.waitSignal(editor.closed):
        press(editor, KEY.Key_Escape)
    editor.begin(a_layout())
    editor.open(is_native=False)
    editor.form.name.setText("Sore")
    QTest.keyClick(editor.form.name, KEY.Key_Escape)
    QTest.keyClicks(editor.form.name, "!")
    QTest.keyClick(editor.form.name, KEY.Key_Escape)
    assert editor.isVisible(), "who goes on writing is asked again"
    with qtbot.waitSignal(editor.closed):
        QTest.keyClick(editor.form.name, KEY.Key_Escape)


def test_cancel_asks_as_escape_does(qtbot: QtBot, editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Delete)
    editor.form.cancel.click()
    assert editor.isVisible() and editor.form.warning.text().startswith("There are changes.")
    with qtbot.waitSignal(editor.closed):
        editor.form.cancel.click()
    assert not editor.is_changed


def test_the_walls_shortcuts_of_the_same_chords_stay_quiet(wall: QWidget, editor: LayoutEditor) -> None:
    called: list[str] = []
    for chord in ("Ctrl+Z", "Ctrl+S", "Ctrl+L", "Ctrl+A"):
        shortcut = QShortcut(QKeySequence(chord), wall)
        shortcut.activated.connect(lambda chord=chord: called.append(chord))
    press(editor, KEY.Key_Delete)
    for key in (KEY.Key_Z, KEY.Key_L, KEY.Key_A):
        QTest.keyClick(wall.windowHandle(), key, CONTROL)
    assert called == []
    assert grid(editor) == "123 456 789" and editor.form.lock.isChecked()


def test_tab_reaches_everything_and_everything_has_a_name(editor: LayoutEditor) -> None:
    press(editor, KEY.Key_Right, modifiers=SHIFT)  # makes Merge possible
    reached = []
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        reached.append(QApplication.focusWidget())
    wanted = [widget for widget in (editor.preview, *editor.form.order) if widget.isEnabled()]
    assert set(wanted) <= set(reached)
    assert all(widget.accessibleName() for widget in (editor.preview, *editor.form.order))


def test_enter_presses_the_button_that_has_the_focus(editor: LayoutEditor) -> None:
    editor.form.remove.setFocus()
    QTest.keyClick(editor.form.remove, KEY.Key_Return)
    assert grid(editor) == ".12 345 678"


@pytest.mark.parametrize("size", [(1024, 560), (1920, 1000)])
def test_nothing_is_clipped(wall: QWidget, editor: LayoutEditor, size: tuple[int, int]) -> None:
    wall.resize(*size)
    editor.place()
    editor.layout().activate()
    assert wall.rect().contains(editor.geometry())
    for widget in editor.form.order:
        needed = widget.minimumSizeHint()
        assert widget.width() >= needed.width() and widget.height() >= needed.height(), widget.accessibleName()
