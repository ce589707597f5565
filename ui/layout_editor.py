"""The page on which a layout's grid is edited: merge, split, resize, number, and which cameras fill it.

GUI thread. Nothing is kept before Save: the page hands the layout over and stays until its owner leaves it. What
is not saved stays on it while other pages take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.core.camera_query import placed
from app.core.errors import ConfigError
from app.core.grid_edit import GridEdit, merged, moved, numbered_as_read, removed, resized, split, touched
from app.core.layout import Cell, Layout, uniform_layout
from app.core.layout_draft import DraftHistory, LayoutDraft
from app.core.model import CameraId, Catalog
from app.core.names import layout_name
from app.core.saved_layout import SavedLayout
from ui.editor_form import EditorForm
from ui.grid_preview import GridPreview
from ui.overlay import KeyedOverlay
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import sentence, tr
from ui.theme import Theme

WIDTH_PART, HEIGHT_PART = 0.92, 0.9
"""Of the wall, at most."""
WIDEST_PX, HIGHEST_PX = 1080, 620
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class LayoutEditor(KeyedOverlay):
    """The editor.

    Args:
        theme: colours and fonts.
        catalog: gives the cameras in this post's scope.
        parent: the wall view it lies over.

    Attributes:
        original: the name of the layout that is edited; empty for a new one.

    Signals:
        saved: the layout (a `SavedLayout`) is to be kept. Whoever keeps it calls `leave`, or `say` why not.
    """

    saved = Signal(object)

    def __init__(self, theme: Theme, catalog: Callable[[], Catalog], parent: QWidget) -> None:
        super().__init__(tr("Editor", "Edit the layout"), parent)
        self._catalog = catalog
        self.original = ""
        self._begun = SavedLayout(uniform_layout(1))
        self._history = DraftHistory(LayoutDraft(self._begun.grid))
        self._is_editing = False
        self._is_leaving = False
        self.preview = GridPreview(theme)
        self.form = EditorForm(theme, catalog)
        self._lay_out()
        self._connect()
        self._keys = self._make_keys()

    def _lay_out(self) -> None:
        hint = plain_label("pageHint", wraps=True)
        hint.setText(
            tr(
                "Editor",
                "Drag or Shift + arrows select fields · 2, 3, 4 split a tile into 2 × 2, 3 × 3, 4 × 4 · "
                "M on free fields makes a tile of them",
            )
        )
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.preview, 1)
        middle.addWidget(self.form)
        foot = (
            QVBoxLayout()
        )  # as wide as the page: beside the form the tools' words have no room on a small screen
        foot.setSpacing(8)
        foot.addWidget(hint)
        foot.addLayout(self.form.tool_grid())
        self.box.addLayout(middle, 1)
        self.box.addLayout(foot)
        widgets = (self.preview, *self.form.order)
        for first, second in pairwise(widgets):
            self.setTabOrder(first, second)

    def _connect(self) -> None:
        form = self.form
        form.columns.valueChanged.connect(self._resize_grid)
        form.rows.valueChanged.connect(self._resize_grid)
        form.query.asked.connect(self._show)
        form.name.returnPressed.connect(self.save)
        form.name.textEdited.connect(lambda _: self._show_tools())
        form.lock.toggled.connect(lambda _: self._show())
        self.preview.selected.connect(self._show_tools)
        for button, run in (
            (form.merge, self.merge),
            (form.split, self.split),
            (form.remove, self.remove),
            (form.as_read, self.renumber),
            (form.number_down, lambda: self.renumber_tile(-1)),
            (form.number_up, lambda: self.renumber_tile(1)),
            (form.undo, self.undo),
            (form.redo, self.redo),
            (form.save, self.save),
            (form.cancel, self.cancel),
        ):
            button.clicked.connect(lambda _checked=False, run=run: run())

    def _make_keys(self) -> Mapping[tuple[int, Qt.KeyboardModifier], Callable[[], None]]:
        """What the page's own keys do, the wall's shortcuts of the same chords notwithstanding."""
        plain_keys = {
            Qt.Key.Key_M: self.merge,
            Qt.Key.Key_S: self.split,
            Qt.Key.Key_R: self.renumber,
            Qt.Key.Key_Delete: self.remove,
            Qt.Key.Key_Minus: lambda: self.renumber_tile(-1),
            Qt.Key.Key_Plus: lambda: self.renumber_tile(1),
            Qt.Key.Key_2: lambda: self.split(2),
            Qt.Key.Key_3: lambda: self.split(3),
            Qt.Key.Key_4: lambda: self.split(4),
        }
        return MappingProxyType(
            {
                **{(key, Qt.KeyboardModifier.NoModifier): run for key, run in plain_keys.items()},
                (Qt.Key.Key_Plus, _SHIFT): lambda: self.renumber_tile(1),
                (Qt.Key.Key_A, _CONTROL): self.preview.select_all,
                (Qt.Key.Key_Z, _CONTROL): self.undo,
                (Qt.Key.Key_Y, _CONTROL): self.redo,
                (Qt.Key.Key_Z, _CONTROL | _SHIFT): self.redo,
                (Qt.Key.Key_S, _CONTROL): self.save,
                (Qt.Key.Key_L, _CONTROL): self.form.lock.toggle,
            }
        )

    # ---- what is edited

    def begin(self, saved: SavedLayout, *, is_new: bool = False) -> None:
        """Take a layout to be edited; then `open` the page.

        Args:
            saved: the layout; of a new one, the grid, the cameras and the name to begin with.
            is_new: whether it is none that there is already.
        """
        self.original = "" if is_new else saved.name
        self._begun = saved
        self._is_editing = True
        self._history = DraftHistory(LayoutDraft(saved.grid, saved.cameras, saved.hotspot))
        self._is_leaving = False
        self.form.name.setText(saved.name)
        self.form.lock.setChecked(saved.is_locked)
        self.preview.select(saved.grid.cells[0])
        self.say("")
        self.form.query.begin(saved.query)

    def go_on(self) -> None:
        """Stay with changes that are not saved; then `open` the page."""
        self._is_leaving = False
        self.say(tr("Editor", "These changes are not saved yet. Esc twice leaves without saving them."))

    @property
    def draft(self) -> LayoutDraft:
        """The grid and cameras as they are now."""
        return self._history.present

    def shown_cameras(self) -> Mapping[int, CameraId]:
        """What stands on the tiles: the cameras of the query, or those that were there."""
        draft = self.draft
        query = self.form.query
        if query.query is None:
            return draft.cameras
        return placed(draft.cameras, query.found, draft.grid.tiles, draft.hotspot)

    @property
    def is_changed(self) -> bool:
        """Whether leaving loses anything."""
        begun = self._begun
        form = self.form
        is_same_grid = self.draft == LayoutDraft(begun.grid, begun.cameras, begun.hotspot)
        is_same_query = form.query.text == (begun.query.text if begun.query is not None else "")
        is_same_lock = form.lock.isChecked() == begun.is_locked
        is_same_name = form.name.text() == begun.name
        return self._is_editing and not (is_same_grid and is_same_query and is_same_lock and is_same_name)

    def say(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence says that nothing is."""
        text = plain(sentence)
        self.form.warning.setText(text[:1].upper() + text[1:])

    # ---- the grid

    def merge(self) -> None:
        """Make one tile of what is selected."""
        area = self.preview.selection.area(self.draft.grid)
        self._edit(lambda grid: merged(grid, area))

    def split(self, pieces: int = 0) -> None:
        """Split the selected tile into its fields, or into so many pieces across and down."""
        self._edit_tile(lambda grid, number: split(grid, number, *_pieces(grid.cells[number - 1], pieces)))

    def remove(self) -> None:
        """Take the selected tile away; its fields are free then."""
        self._edit_tile(removed)

    def renumber(self) -> None:
        """Number the tiles from left to right, row by row."""
        self._edit(numbered_as_read)

    def renumber_tile(self, step: int) -> None:
        """Give the selected tile the next (+1) or previous (-1) number."""
        self._edit_tile(lambda grid, number: moved(grid, number, number + step))

    def _resize_grid(self) -> None:
        columns, rows = self.form.columns.value(), self.form.rows.value()
        self._edit(lambda grid: resized(grid, columns, rows))

    def _edit_tile(self, edit: Callable[[Layout, int], GridEdit]) -> None:
        """Change the grid at the selected tile."""
        number = self._selected_tile()
        if number is None:
            self.say(tr("Editor", "Select one tile for this."))
        else:
            self._edit(lambda grid: edit(grid, number))

    def _edit(self, edit: Callable[[Layout], GridEdit]) -> None:
        """Change the grid, or say why that cannot be."""
        number = self._selected_tile()
        try:
            self._check_open()
            change = edit(self.draft.grid)
        except ConfigError as error:
            self.say(sentence(error))
            self._show()  # a size that cannot be leaves its box again
            return
        self._turn_to(self._history.changed_to(self.draft.after(change)))
        after = change.numbers.get(number) if number is not None else None
        if after is not None:
            self.preview.select(self.draft.grid.cells[after - 1])

    def _check_open(self) -> None:
        if self.form.lock.isChecked():
            raise ConfigError("This layout is locked: take the padlock away to change it.")

    def undo(self) -> None:
        """Take the last change of the grid back."""
        if self.form.undo.isEnabled():
            self._turn_to(self._history.undone())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self.form.redo.isEnabled():
            self._turn_to(self._history.redone())

    def _turn_to(self, history: DraftHistory) -> None:
        self.say("")
        self._history = history
        self._show()

    def _selected_tile(self) -> int | None:
        """The tile that is selected, if it is one."""
        grid = self.draft.grid
        numbers = touched(grid, self.preview.selection.within(grid).area(grid))
        return numbers[0] if len(numbers) == 1 else None

    # ---- saving and leaving

    def save(self) -> None:
        """Hand the layout over, or say what is missing."""
        self.form.query.ask()
        try:
            name = layout_name(self.form.name.text())
        except ConfigError as error:
            self._complain(sentence(error), self.form.name)
            return
        query = self.form.query
        if query.problem:
            self._complain(tr("Editor", "The query is not understood."), query)
            return
        self.say("")
        grid = replace(self.draft.grid, name=name)
        cameras, is_locked = dict(self.shown_cameras()), self.form.lock.isChecked()
        self.saved.emit(SavedLayout(grid, cameras, query.query, self.draft.hotspot, is_locked))

    def cancel(self) -> None:
        """Leave without saving; where that loses changes, once it was asked for twice."""
        if self.is_changed and not self._is_leaving:
            self._is_leaving = True
            self.say(tr("Editor", "There are changes. Esc once more leaves without saving them."))
        else:
            self.leave()

    def leave(self) -> None:
        """Put the page away for good: what was edited is saved, or dropped."""
        self._is_editing = False
        self.put_away()

    def _complain(self, sentence: str, where: QWidget) -> None:
        self.say(sentence)
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what is shown

    def _show(self) -> None:
        """Show the draft, and what can be done with it."""
        draft = self.draft
        cameras = self._catalog().cameras
        names = {
            number: plain(cameras[camera].name) if camera in cameras else tr("Editor", "unknown camera")
            for number, camera in self.shown_cameras().items()
        }
        if draft.hotspot is not None:
            names[draft.hotspot] = tr("Editor", "Hotspot")
        for box, value in ((self.form.columns, draft.grid.columns), (self.form.rows, draft.grid.rows)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self.preview.show_grid(draft.grid, names)
        self._show_tools()

    def _show_tools(self) -> None:
        self._is_leaving = False  # whoever goes on editing is asked again
        form, grid = self.form, self.draft.grid
        is_open = not form.lock.isChecked()
        number = self._selected_tile()
        area = self.preview.selection.within(grid).area(grid)
        form.merge.setEnabled(is_open and area not in grid.cells)
        for button in (form.split, form.remove):
            button.setEnabled(is_open and number is not None)
        form.number_down.setEnabled(is_open and number is not None and number > 1)
        form.number_up.setEnabled(is_open and number is not None and number < grid.tiles)
        form.undo.setEnabled(is_open and bool(self._history.past))
        form.redo.setEnabled(is_open and bool(self._history.future))
        for widget in (form.name, form.columns, form.rows, form.as_read, form.query):
            widget.setEnabled(is_open)

    # ---- Qt

    def open(self, is_native: bool) -> None:
        """Show the page, the cursor in the grid; in the name, ready to be replaced, where the layout is new."""
        super().open(is_native)
        first = self.preview if self.original else self.form.name
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        self.form.name.selectAll()

    def place(self) -> None:
        """Take the middle of the wall."""
        area = self._view.rect()
        self.take_middle(
            min(round(area.width() * WIDTH_PART), WIDEST_PX), min(round(area.height() * HEIGHT_PART), HIGHEST_PX)
        )

    def put_away(self) -> None:
        """Hide the page; what was changed stays on it until it is opened again."""
        self.form.query.stop()
        super().put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._key(event)
        if run is not None:
            run()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press_focused()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        event.accept()

    def _press_focused(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()


def _pieces(cell: Cell, wanted: int) -> tuple[int, int]:
    """How many columns and rows a cell is split into: 0, its fields, unless it is one field: then 2 × 2."""
    is_one_field = (cell.column_span, cell.row_span) == (1, 1)
    pieces = wanted or (2 if is_one_field else 0)
    return pieces, pieces
