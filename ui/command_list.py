"""A list of commands with their keys: what the palette and the key editor show.

GUI thread. Rows are drawn, not made of widgets: hundreds of them change with every letter that is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.chord_texts import chord_words
from ui.theme import Theme

ROW_PX = 32
_TEXT_PX, _SMALL_PX = 13, 12
_EDGE_PX, _GAP_PX = 12, 12
_MARK_PX = 3
"""The bar before the current row: it can be told without its colour."""
_CAP_PX, _CAP_PAD_PX, _CAP_GAP_PX = 20, 7, 6
_SHORTEST_NOTE_PX = 60
_NOTE_PART = 0.44
"""Where notes begin, so that they stand below each other; a longer title pushes its own aside."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A line of the list.

    Attributes:
        command: its text.
        title: what it is called.
        note: its category, or what is to be known of it.
        chords: its keys in canonical spelling.
        is_possible: whether it can do anything now; grey otherwise.
        is_warning: whether the note is one.
    """

    command: str
    title: str
    note: str = ""
    chords: tuple[str, ...] = ()
    is_possible: bool = True
    is_warning: bool = False

    @property
    def words(self) -> str:
        """The line in words, for screen readers."""
        return ", ".join(filter(None, (self.title, *map(chord_words, self.chords), self.note)))


class CommandList(QListView):
    """The list.

    Args:
        theme: colours and fonts.
        name: what a screen reader calls it.

    Signals:
        moved: another row is the current one, or none.
        picked: a row was double-clicked.
    """

    moved = Signal()
    picked = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(ROW_PX * 2)
        self.selectionModel().currentChanged.connect(self.moved)
        self.doubleClicked.connect(self.picked)

    @property
    def rows(self) -> Sequence[CommandRow]:
        """What is listed."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[CommandRow], *, keeps_current: bool) -> None:
        """List other rows.

        Args:
            rows: from top to bottom.
            keeps_current: whether the current command stays the current one where it is still listed; the first
                is taken otherwise.
        """
        current = self.current() if keeps_current else None
        self._rows.show(rows)
        commands = [row.command for row in rows]
        place = commands.index(current.command) if current is not None and current.command in commands else 0
        self.setCurrentIndex(self._rows.index(place))
        self.scrollTo(self.currentIndex())
        self.moved.emit()

    def current(self) -> CommandRow | None:
        """The row that a key acts on."""
        place = self.currentIndex().row()
        return self._rows.rows[place] if 0 <= place < len(self._rows.rows) else None

    def step(self, rows: int) -> None:
        """Make the row that many further down (or up, if negative) the current one, the last or first at most."""
        place = max(0, min(self.currentIndex().row() + rows, len(self._rows.rows) - 1))
        self.setCurrentIndex(self._rows.index(place))

    def page_rows(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.viewport().height() // ROW_PX - 1)


class _Rows(QAbstractListModel):
    """The rows, for Qt."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[CommandRow] = ()

    def show(self, rows: Sequence[CommandRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class _RowPainter(QStyledItemDelegate):
    """Draws a row: title left, keys right, the note before them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title_font = theme.font(_TEXT_PX)
        self._note_font = theme.font(_SMALL_PX)
        self._cap_font = theme.font(_SMALL_PX, is_strong=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CommandRow = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            self._draw_current(painter, area)
        room = self._draw_caps(painter, row.chords, area.adjusted(_EDGE_PX, 0, -_EDGE_PX, 0))
        self._draw_texts(painter, row, room, area.left() + round(area.width() * _NOTE_PART))
        painter.restore()

    def _draw_current(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, self._theme.color("hovered"))
        painter.fillRect(QRect(area.topLeft(), QSize(_MARK_PX, area.height())), self._theme.color("accent"))

    def _draw_caps(self, painter: QPainter, chords: Sequence[str], room: QRect) -> QRect:
        """Draw the keys from the right, and give the room that is left."""
        metrics = QFontMetrics(self._cap_font)
        right = room.right() + 1
        for chord in reversed(chords):
            words = chord_words(chord)
            width = metrics.horizontalAdvance(words) + 2 * _CAP_PAD_PX
            top = room.top() + (room.height() - _CAP_PX) / 2
            cap = QRectF(right - width + 0.5, top + 0.5, width - 1, _CAP_PX - 1)
            self._draw_cap(painter, words, cap)
            right -= width + _CAP_GAP_PX
        return QRect(room.left(), room.top(), right - room.left(), room.height())

    def _draw_cap(self, painter: QPainter, words: str, cap: QRectF) -> None:
        painter.setPen(self._theme.color("faint"))
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._cap_font)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_texts(self, painter: QPainter, row: CommandRow, room: QRect, note_left: int) -> None:
        end = self._draw_text(painter, row.title, room, self._title_font, "text" if row.is_possible else "dim")
        left = max(end + _GAP_PX, note_left)
        note_room = QRect(left, room.top(), room.right() - _GAP_PX - left, room.height())
        if note_room.width() >= _SHORTEST_NOTE_PX:
            self._draw_text(painter, row.note, note_room, self._note_font, "amber" if row.is_warning else "dim")

    def _draw_text(self, painter: QPainter, text: str, room: QRect, font: QFont, color: str) -> int:
        """Draw a text from the left, shortened where it must be, and give its right end."""
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        painter.drawText(room, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
        return min(room.left() + metrics.horizontalAdvance(text), room.right())
