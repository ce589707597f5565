"""The view of the camera list: what its keys and the mouse mean.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTreeView, QWidget

from app.core.branch import Branch
from app.core.model import Camera, CameraId
from ui.camera_model import BranchKey, CameraModel
from ui.camera_rows import CameraRows
from ui.texts import tr
from ui.theme import Theme

_AnyIndex = QModelIndex | QPersistentModelIndex
_CHOOSES_MORE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Stay:
    """Where an officer is in the list.

    Attributes:
        current: the camera of the current row.
        selected: the cameras that are selected.
        rows: how many rows were listed on the top.
    """

    current: CameraId | None
    selected: tuple[CameraId, ...]
    rows: int


class CameraTree(QTreeView):
    """The list of cameras.

    Args:
        model: its rows.
        theme: colours and fonts.

    Signals:
        chosen: a camera (its id) was double-clicked, or Enter was pressed on it.
        wanted_together: several cameras (a list of ids, in the list's order) are to be shown at once: Enter on a
            selection of several, Ctrl+Enter on a branch.
        all_wanted: Ctrl+Enter was pressed on what a search found.
        starred: the selected cameras (a list of ids) are to become favourites, or none any more.
        left: Esc was pressed.
    """

    chosen = Signal(str)
    wanted_together = Signal(list)
    all_wanted = Signal()
    starred = Signal(list)
    left = Signal()

    def __init__(self, model: CameraModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(CameraRows(theme, model, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QTreeView.DragDropMode.DragOnly)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Panel", "Cameras"))

    def camera_at(self, index: _AnyIndex) -> Camera | None:
        """The camera of a row."""
        entry = self._rows.entry(index)
        return entry if isinstance(entry, Camera) else None

    def selected_cameras(self) -> list[CameraId]:
        """The selected cameras, in the order of the list; the current one where none is selected."""
        rows = sorted(self.selectionModel().selectedRows(), key=_place)
        cameras = [camera.id for camera in map(self.camera_at, rows) if camera is not None]
        current = self.camera_at(self.currentIndex())
        return cameras or ([current.id] if current is not None else [])

    @property
    def stay(self) -> Stay:
        """Where the officer is now."""
        current = self.camera_at(self.currentIndex())
        camera = current.id if current is not None else None
        return Stay(camera, tuple(self.selected_cameras()), self._rows.rowCount())

    def stay_at(self, stay: Stay) -> None:
        """Let the officer be where they were before the list was made anew, as far as that is still there."""
        while self._rows.rowCount() < stay.rows and self._rows.canFetchMore(QModelIndex()):
            self._rows.fetchMore(QModelIndex())
        if stay.current is not None:
            self.setCurrentIndex(self._rows.index_of_camera(stay.current))
        selection = QItemSelection()
        for place in self._rows.indexes_of_cameras(frozenset(stay.selected)).values():
            selection.select(place, place)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def open_branches(self) -> tuple[BranchKey, ...]:
        """The branches that are open, the outer ones first."""
        return tuple(self._open_in(QModelIndex()))

    def _open_in(self, parent: QModelIndex) -> Iterator[BranchKey]:
        for row in range(self._rows.rowCount(parent)):
            index = self._rows.index(row, 0, parent)
            branch = self._rows.entry(index)
            if not isinstance(branch, Branch):
                return  # a branch's cameras come after its branches
            if self.isExpanded(index):
                yield branch.level, branch.key
                yield from self._open_in(index)

    def open(self, branches: tuple[BranchKey, ...]) -> None:
        """Open branches, and the only one on the top if there is but one: it would be opened in any case."""
        for key in branches:
            self.expand(self._rows.index_of_branch(key))
        index = self._rows.index(0, 0)
        while self._rows.rowCount(index.parent()) == 1 and isinstance(self._rows.entry(index), Branch):
            self.expand(index)
            index = self._rows.index(0, 0, index)

    # ---- Qt

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = not event.modifiers() & _CHOOSES_MORE
        if event.button() is Qt.MouseButton.LeftButton and is_plain and self._is_branch(index):
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        camera = self.camera_at(self.indexAt(event.position().toPoint()))
        if camera is not None:
            self.chosen.emit(camera.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if is_control:
                self._choose_all(self.currentIndex())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.currentIndex())
            case Qt.Key.Key_F if not is_control and self.selected_cameras():
                self.starred.emit(self.selected_cameras())
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _is_branch(self, index: QModelIndex) -> bool:
        return not self._rows.is_flat and isinstance(self._rows.entry(index), Branch)

    def _choose(self, index: QModelIndex) -> None:
        cameras = self.selected_cameras()
        if len(cameras) > 1:
            self.wanted_together.emit(cameras)
        elif self._is_branch(index):
            self.setExpanded(index, not self.isExpanded(index))
        elif cameras:
            self.chosen.emit(cameras[0])

    def _choose_all(self, index: QModelIndex) -> None:
        entry = self._rows.entry(index)
        if self._rows.is_flat:
            self.all_wanted.emit()
        elif isinstance(entry, Branch):
            self.wanted_together.emit([camera.id for camera in entry.all_cameras()])
        elif entry is not None:
            self.wanted_together.emit(self.selected_cameras())


def _place(index: QModelIndex) -> list[int]:
    """Where a row stands in the whole list: the rows of its branches, from the outside in, and its own."""
    rows = []
    while index.isValid():
        rows.append(index.row())
        index = index.parent()
    return rows[::-1]
