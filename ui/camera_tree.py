"""The view of the camera list: rows drawn by hand, so that a camera's kind and tile are seen at a glance.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from app.core.model import AreaCode, Camera, Lifecycle, PrivacyClass
from ui.camera_model import CODE_ROLE, COUNT_ROLE, TILES_ROLE, CameraModel
from ui.icons import draw_camera, draw_chevron, draw_lock, draw_planned, draw_wrench, icon_pixmap
from ui.plain_text import plain
from ui.texts import tr
from ui.theme import Theme

ROW_PX = 28
_ICON_PX = 16
_LEFT_PX = 12
_INDENT_PX = 18

_AnyIndex = QModelIndex | QPersistentModelIndex


class CameraTree(QTreeView):
    """The list of cameras.

    Args:
        model: its rows.
        theme: colours and fonts.

    Signals:
        chosen: a camera (its id) was double-clicked, or Enter was pressed on it.
        left: Esc was pressed.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, model: CameraModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QTreeView.DragDropMode.DragOnly)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Panel", "Cameras"))

    def camera_at(self, index: _AnyIndex) -> Camera | None:
        """The camera of a row."""
        entry = self._rows.entry(index)
        return entry if isinstance(entry, Camera) else None

    def open_areas(self) -> tuple[AreaCode, ...]:
        """The kelurahan that are open."""
        rows = (self.model().index(row, 0) for row in range(self.model().rowCount()))
        return tuple(index.data(CODE_ROLE) for index in rows if self.isExpanded(index))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and self.camera_at(index) is None:
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        camera = self.camera_at(self.indexAt(event.position().toPoint()))
        if camera is not None:
            self.chosen.emit(camera.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        camera = self.camera_at(index)
        if camera is not None:
            self.chosen.emit(camera.id)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))


class _RowDelegate(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, theme: Theme, tree: CameraTree) -> None:
        super().__init__(tree)
        self._theme = theme
        self._tree = tree
        self._name_font = theme.font(13)
        self._area_font = theme.font(13, True)
        self._small_font = theme.font(11)
        self._chip_font = theme.font(11, True)
        self._icons: dict[tuple[Lifecycle, PrivacyClass, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        camera = self._tree.camera_at(index)
        self._paint_ground(painter, rect, state, camera is not None)
        if camera is not None:
            self._paint_camera(painter, rect, camera, str(index.data(TILES_ROLE)))
        else:
            self._paint_area(painter, rect, index)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, is_camera: bool) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hovered" if is_selected else "raised"))
        if is_selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.color("accent"))

    def _paint_area(self, painter: QPainter, rect: QRect, index: _AnyIndex) -> None:
        is_flat = self._tree.model().is_flat  # type: ignore[attr-defined]
        left = rect.left() + _LEFT_PX
        if not is_flat:
            chevron = QRectF(left - 2, rect.center().y() - 5, 12, 12)
            is_open = self._tree.isExpanded(index)
            draw_chevron(painter, chevron, self._theme.color("dim"), is_open)
            left += _INDENT_PX
        right = self._paint_right(painter, rect, f"{index.data(COUNT_ROLE):,}")
        painter.setPen(self._theme.color("dim" if is_flat else "text"))
        self._paint_text(painter, QRect(left, rect.top(), right - left, rect.height()), str(index.data()), True)

    def _paint_camera(self, painter: QPainter, rect: QRect, camera: Camera, tiles: str) -> None:
        left = rect.left() + _LEFT_PX + _INDENT_PX
        painter.drawPixmap(left, rect.center().y() - _ICON_PX // 2 + 1, self._kind_icon(camera))
        right = self._paint_chip(painter, rect, tiles) if tiles else rect.right() - 8
        is_usable = camera.lifecycle is Lifecycle.ACTIVE
        painter.setPen(self._theme.color("text" if is_usable else "dim"))
        text_left = left + _ICON_PX + 7
        name = plain(camera.name) or plain(camera.code)
        self._paint_text(painter, QRect(text_left, rect.top(), right - text_left, rect.height()), name, False)

    def _kind_icon(self, camera: Camera) -> QPixmap:
        """The icon of a kind of camera; drawn once, since a list is painted with every keystroke."""
        key = (camera.lifecycle, camera.privacy, self._tree.devicePixelRatioF())
        if key not in self._icons:
            pixmap = icon_pixmap(_ICON_PX, self._tree.devicePixelRatioF())
            painter = QPainter(pixmap)
            self._paint_kind(painter, QRectF(0, 0, _ICON_PX, _ICON_PX), camera)
            painter.end()
            self._icons[key] = pixmap
        return self._icons[key]

    def _paint_kind(self, painter: QPainter, box: QRectF, camera: Camera) -> None:
        color = self._theme.color("dim")
        if camera.lifecycle is Lifecycle.MAINTENANCE:
            draw_wrench(painter, box, self._theme.color("amber"))
        elif camera.lifecycle is Lifecycle.PLANNED:
            draw_planned(painter, box, color)
        elif camera.privacy is PrivacyClass.PRIVATE_OFFICE:
            draw_lock(painter, box, color)
        else:
            draw_camera(painter, box, color)

    def _paint_text(self, painter: QPainter, box: QRect, text: str, is_area: bool) -> None:
        font = self._area_font if is_area else self._name_font
        elided = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 6)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def _paint_right(self, painter: QPainter, rect: QRect, text: str) -> int:
        """Small text at the row's end; returns where it begins."""
        width_px = round(QFontMetricsF(self._small_font).horizontalAdvance(text))
        painter.setFont(self._small_font)
        painter.setPen(self._theme.color("dim"))
        box = rect.adjusted(0, 0, -12, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return box.right() - width_px - 6

    def _paint_chip(self, painter: QPainter, rect: QRect, tiles: str) -> int:
        """The numbers of the tiles that show this camera; returns where the chip begins."""
        width_px = round(QFontMetricsF(self._chip_font).horizontalAdvance(tiles)) + 12
        chip = QRectF(rect.right() - 8 - width_px, rect.center().y() - 8, width_px, 18)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("accent"))
        painter.drawRoundedRect(chip.translated(QPointF(0.5, 0.5)), 4, 4)
        painter.restore()
        painter.setFont(self._chip_font)
        painter.setPen(self._theme.color("accent"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, tiles)
        return round(chip.left()) - 4
