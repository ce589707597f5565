"""The camera list as Qt reads it: branches down to cameras, or a flat list of what a search found.

GUI thread. No row is made before the view asks for it; a long result comes in portions as the list is scrolled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.core.branch import Branch, Level
from app.core.model import Camera, CameraId, Lifecycle, PrivacyClass
from app.core.search import Found
from ui.branch_texts import branch_words
from ui.drags import CAMERA_MIME, camera_drag
from ui.numbers import whole
from ui.plain_text import plain, plain_tooltip
from ui.texts import tr

COUNT_ROLE = int(Qt.ItemDataRole.UserRole)
"""How many cameras a branch's row stands for."""
TILES_ROLE = COUNT_ROLE + 1
"""The numbers of the tiles that show a row's camera, as text."""
STAR_ROLE = COUNT_ROLE + 2
"""Whether a row's camera is a favourite."""

PORTION = 64
"""Rows that a flat list grows by: more than a screen shows."""

BranchKey = tuple[Level, str]
"""What a branch is known by after the list has been made anew."""

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
"""The number of the root. A row's internal id is the number of the branch that it lies in."""
_EMPTY = Branch(Level.LIST, "", "")


class CameraModel(QAbstractItemModel):
    """Rows of branches and cameras.

    As a tree, a branch's rows are its own branches and then its cameras. As a flat list, all rows are at the top:
    headings, each followed by its cameras, `PORTION` of them at a time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbered = _Numbered(_EMPTY)
        self._flat: list[Branch | Camera] | None = None
        self._unfetched: Iterator[Branch | Camera] = iter(())
        self._flat_rows = 0
        self._tiles: Mapping[CameraId, str] = {}
        self._favourites: Collection[CameraId] = frozenset()

    @property
    def is_flat(self) -> bool:
        """Whether it shows what a search found."""
        return self._flat is not None

    def show_tree(self, branches: Sequence[Branch], cameras: Sequence[Camera] = ()) -> None:
        """Show branches that can be opened, and cameras below them that lie in none."""
        self.beginResetModel()
        self._numbered = _Numbered(Branch(Level.LIST, "", "", tuple(cameras), tuple(branches)))
        self._flat = None
        self.endResetModel()

    def show_flat(self, found: Found) -> None:
        """Show every camera of what was found, below its group's heading."""
        self.beginResetModel()
        self._unfetched = _flattened(found)
        self._flat_rows = len(found) + found.count
        self._flat = list(islice(self._unfetched, PORTION))
        self.endResetModel()

    def mark_tiles(self, tiles: Mapping[CameraId, str]) -> None:
        """Say which tiles show which cameras; the view is to repaint itself."""
        self._tiles = tiles

    def mark_favourites(self, favourites: Collection[CameraId]) -> None:
        """Say which cameras are favourites; the view is to repaint itself."""
        self._favourites = favourites

    def index_of_branch(self, key: BranchKey) -> QModelIndex:
        """The row of a branch in the tree; an invalid index where it has none."""
        number = None if self.is_flat else self._numbered.find(key)
        return self._index_of_number(number) if number else QModelIndex()

    def index_of_camera(self, camera: CameraId) -> QModelIndex:
        """The row of a camera; an invalid index where it has none (yet)."""
        return self.indexes_of_cameras({camera}).get(camera, QModelIndex())

    def indexes_of_cameras(self, cameras: Collection[CameraId]) -> Mapping[CameraId, QModelIndex]:
        """The rows of those of these cameras that have one (yet)."""
        if self._flat is not None:
            return {
                entry.id: self.index(row, 0)
                for row, entry in enumerate(self._flat)
                if isinstance(entry, Camera) and entry.id in cameras
            }
        return {
            camera.id: self.createIndex(row, 0, number)
            for number, branch in enumerate(self._numbered.branches)
            for row, camera in enumerate(branch.cameras, start=len(branch.branches))
            if camera.id in cameras
        }

    # ---- structure

    def index(self, row: int, column: int, parent: _Index | None = None) -> QModelIndex:
        number = self._number(parent)
        return self.createIndex(row, column, number) if number is not None else QModelIndex()

    def parent(self, index: _Index | None = None) -> Any:  # also QObject.parent(), without an index
        if index is None:
            return super().parent()
        number = index.internalId()
        return QModelIndex() if number == _TOP else self._index_of_number(number)

    def _index_of_number(self, number: int) -> QModelIndex:
        return self.createIndex(self._numbered.rows[number], 0, self._numbered.parents[number])

    def _number(self, index: _Index | None) -> int | None:
        """The number of the branch that a row stands for, the root's without a row; None for a camera."""
        if index is None or not index.isValid():
            return _TOP
        number = index.internalId()
        is_branch = not self.is_flat and index.row() < len(self._numbered.branches[number].branches)
        return self._numbered.first_children[number] + index.row() if is_branch else None

    def rowCount(self, parent: _Index | None = None) -> int:
        number = self._number(parent)
        if number is None:
            return 0
        return _rows(self._numbered.branches[number]) if self._flat is None else len(self._flat)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 1

    def hasChildren(self, parent: _Index | None = None) -> bool:
        return self.rowCount(parent) > 0

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

    def entry(self, index: _Index) -> Branch | Camera | None:
        """What a row stands for."""
        if not index.isValid():
            return None
        if self._flat is not None:
            return self._flat[index.row()]
        branch, row = self._numbered.branches[index.internalId()], index.row()
        return branch.branches[row] if row < len(branch.branches) else branch.cameras[row - len(branch.branches)]

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        entry = self.entry(index)
        if isinstance(entry, Camera):
            return self._camera_data(entry, role)
        return _branch_data(entry, role) if entry is not None else None

    def tiles_of(self, camera: Camera) -> str:
        """The numbers of the tiles that show it, as text."""
        return self._tiles.get(camera.id, "")

    def is_favourite(self, camera: Camera) -> bool:
        """Whether it has a star."""
        return camera.id in self._favourites

    def _camera_data(self, camera: Camera, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain(camera.name) or plain(camera.code)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(camera)
            case Qt.ItemDataRole.ToolTipRole:
                return _tooltip(camera)
            case _ if role == TILES_ROLE:
                return self.tiles_of(camera)
            case _ if role == STAR_ROLE:
                return self.is_favourite(camera)
        return None

    def _spoken(self, camera: Camera) -> str:
        """What a screen reader says: also what the row shows by signs."""
        tiles = self.tiles_of(camera)
        words = [plain(camera.name) or plain(camera.code)]
        words.append(tr("Panel", "favourite") if self.is_favourite(camera) else "")
        words.append(tr("Panel", "on tile {0}", tiles) if tiles else "")
        return ", ".join(filter(None, words))

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
        cameras = [entry.id for entry in map(self.entry, indexes) if isinstance(entry, Camera)]
        return camera_drag(*cameras) if cameras else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


class _Numbered:
    """Every branch of a tree with a number, so that a row can name the one it lies in.

    Numbers go level by level: the branches within one branch follow each other.
    """

    def __init__(self, root: Branch) -> None:
        self.branches, self.parents, self.rows = [root], [_TOP], [0]
        self.first_children: list[int] = []
        for number, branch in enumerate(self.branches):  # which grows on the way
            self.first_children.append(len(self.branches))
            self.branches.extend(branch.branches)
            self.parents.extend([number] * len(branch.branches))
            self.rows.extend(range(len(branch.branches)))

    def find(self, key: BranchKey) -> int | None:
        """The number of the first branch of that level and key."""
        keys = ((branch.level, branch.key) for branch in self.branches)
        return next((number for number, found in enumerate(keys) if found == key), None)


def _rows(branch: Branch) -> int:
    return len(branch.branches) + len(branch.cameras)


def _flattened(groups: Iterable[Branch]) -> Iterator[Branch | Camera]:
    for group in groups:
        yield group
        yield from group.cameras


def _branch_data(branch: Branch, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return branch_words(branch)
        case Qt.ItemDataRole.AccessibleTextRole:
            return tr("Panel", "{0}, cameras: {1}", branch_words(branch), whole(branch.count))
        case _ if role == COUNT_ROLE:
            return branch.count
    return None


def _tooltip(camera: Camera) -> str:
    """The whole name, the code, what else it is called, and what its icon means."""
    kinds = {
        Lifecycle.MAINTENANCE: tr("Panel", "Under maintenance"),
        Lifecycle.PLANNED: tr("Panel", "Planned, not there yet"),
    }
    is_private = camera.privacy is PrivacyClass.PRIVATE_OFFICE
    lines = [camera.name, camera.code, *camera.aliases, kinds.get(camera.lifecycle, "")]
    lines.append(tr("Panel", "Private place") if is_private else "")
    return plain_tooltip([line for line in lines if line])
