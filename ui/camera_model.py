"""The camera list as Qt reads it: kelurahan → cameras, or a flat list of what a search found.

GUI thread. Nothing is made before the view asks for it: a branch's rows when it is opened, a result's rows in
portions as the list is scrolled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.core.model import AreaCode, Camera, CameraId, Lifecycle, PrivacyClass
from app.core.search import AreaGroup
from ui.drags import CAMERA_MIME, camera_drag
from ui.plain_text import plain, plain_tooltip
from ui.texts import tr

COUNT_ROLE = int(Qt.ItemDataRole.UserRole)
"""How many cameras a kelurahan's row stands for."""
TILES_ROLE = COUNT_ROLE + 1
"""The numbers of the tiles that show a row's camera, as text."""
CODE_ROLE = COUNT_ROLE + 2
"""The area code of a kelurahan's row."""

PORTION = 64
"""Rows that a flat list grows by: more than a screen shows."""

# Combined once: PySide's flags are Python enums, and a view asks for them thousands of times.
_CAMERA_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_BRANCH_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

_Index = QModelIndex | QPersistentModelIndex
_TOP = 0
"""The internal id of a row without a parent; a camera in a branch carries its branch's row + 1."""


class CameraModel(QAbstractItemModel):
    """Rows of an index's groups.

    As a tree, top rows are kelurahan and their children cameras. As a flat list, top rows are kelurahan headings,
    each followed by its cameras, `PORTION` of them at a time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[AreaGroup] = ()
        self._flat: list[AreaGroup | Camera] | None = None
        self._unfetched: Iterator[AreaGroup | Camera] = iter(())
        self._flat_rows = 0
        self._tiles: Mapping[CameraId, str] = {}

    @property
    def is_flat(self) -> bool:
        """Whether it shows what a search found."""
        return self._flat is not None

    def show_tree(self, groups: Sequence[AreaGroup]) -> None:
        """Show kelurahan that can be opened."""
        self.beginResetModel()
        self._groups, self._flat = groups, None
        self.endResetModel()

    def show_flat(self, groups: Sequence[AreaGroup]) -> None:
        """Show every camera of the groups below its kelurahan's heading."""
        self.beginResetModel()
        self._groups = groups
        self._unfetched = _flattened(groups)
        self._flat_rows = sum(1 + len(group.cameras) for group in groups)
        self._flat = list(islice(self._unfetched, PORTION))
        self.endResetModel()

    def mark_tiles(self, tiles: Mapping[CameraId, str]) -> None:
        """Say which tiles show which cameras; the view is to repaint itself."""
        self._tiles = tiles

    def index_of_group(self, code: AreaCode) -> QModelIndex:
        """The row of a kelurahan in the tree; an invalid index where it has none."""
        rows = (row for row, group in enumerate(self._groups) if group.code == code)
        row = next(rows, None) if not self.is_flat else None
        return QModelIndex() if row is None else self.index(row, 0)

    def index_of_camera(self, camera: CameraId) -> QModelIndex:
        """The row of a camera; an invalid index where it has none (yet)."""
        if self._flat is not None:
            ids = [entry.id if isinstance(entry, Camera) else None for entry in self._flat]
            return self.index(ids.index(camera), 0) if camera in ids else QModelIndex()
        for branch, group in enumerate(self._groups):
            row = next((row for row, entry in enumerate(group.cameras) if entry.id == camera), None)
            if row is not None:
                return self.index(row, 0, self.index(branch, 0))
        return QModelIndex()

    # ---- structure

    def index(self, row: int, column: int, parent: _Index | None = None) -> QModelIndex:
        if parent is None or not parent.isValid():
            return self.createIndex(row, column, _TOP)
        return self.createIndex(row, column, parent.row() + 1)

    def parent(self, index: _Index | None = None) -> Any:  # also QObject.parent(), without an index
        if index is None:
            return super().parent()
        group = index.internalId()
        return QModelIndex() if group == _TOP else self.createIndex(group - 1, 0, _TOP)

    def rowCount(self, parent: _Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._groups) if self._flat is None else len(self._flat)
        if self.is_flat or parent.internalId() != _TOP:
            return 0
        return len(self._groups[parent.row()].cameras)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 1

    def hasChildren(self, parent: _Index | None = None) -> bool:
        if parent is None or not parent.isValid():
            return bool(self._groups)
        return not self.is_flat and parent.internalId() == _TOP

    def canFetchMore(self, parent: _Index) -> bool:
        return self._flat is not None and not parent.isValid() and len(self._flat) < self._flat_rows

    def fetchMore(self, parent: _Index) -> None:
        if self._flat is None:
            return
        more = list(islice(self._unfetched, PORTION))
        first = len(self._flat)
        self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
        self._flat += more
        self.endInsertRows()

    # ---- contents

    def entry(self, index: _Index) -> AreaGroup | Camera | None:
        """What a row stands for."""
        if not index.isValid():
            return None
        if self._flat is not None:
            return self._flat[index.row()]
        group = index.internalId()
        return self._groups[index.row()] if group == _TOP else self._groups[group - 1].cameras[index.row()]

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        entry = self.entry(index)
        if isinstance(entry, Camera):
            return self._camera_data(entry, role)
        return self._group_data(entry, role) if entry is not None else None

    def _camera_data(self, camera: Camera, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return plain(camera.name) or plain(camera.code)
            case Qt.ItemDataRole.ToolTipRole:
                return _tooltip(camera)
            case _ if role == TILES_ROLE:
                return self._tiles.get(camera.id, "")
        return None

    def _group_data(self, group: AreaGroup, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return plain(group.name)
            case _ if role == COUNT_ROLE:
                return len(group.cameras)
            case _ if role == CODE_ROLE:
                return group.code
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        entry = self.entry(index)
        if isinstance(entry, Camera):
            return _CAMERA_FLAGS
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        return _HEADING_FLAGS if self.is_flat else _BRANCH_FLAGS

    # ---- dragging

    def mimeTypes(self) -> list[str]:
        return [CAMERA_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        camera = next((entry for entry in map(self.entry, indexes) if isinstance(entry, Camera)), None)
        return camera_drag(camera.id) if camera is not None else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def _flattened(groups: Sequence[AreaGroup]) -> Iterator[AreaGroup | Camera]:
    for group in groups:
        yield group
        yield from group.cameras


def _tooltip(camera: Camera) -> str:
    """The whole name, the code, and what its icon means."""
    kinds = {
        Lifecycle.MAINTENANCE: tr("Panel", "Under maintenance"),
        Lifecycle.PLANNED: tr("Panel", "Planned, not there yet"),
    }
    is_private = camera.privacy is PrivacyClass.PRIVATE_OFFICE
    lines = [camera.name, camera.code, kinds.get(camera.lifecycle, "")]
    lines.append(tr("Panel", "Private place") if is_private else "")
    return plain_tooltip([line for line in lines if line])
