"""How a row of the camera list is painted: a camera's kind, name, star and tiles, or a branch with its count.

GUI thread.
"""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from app.core.branch import Branch
from app.core.model import Camera, Lifecycle, PrivacyClass
from ui.branch_texts import branch_words
from ui.camera_model import CameraModel
from ui.icons import draw_camera, draw_chevron, draw_lock, draw_planned, draw_wrench, icon_pixmap
from ui.numbers import whole
from ui.plain_text import plain
from ui.theme import Theme

ROW_PX = 28
_ICON_PX = 16
_STAR_PX = 12
_LEFT_PX = 12
_INDENT_PX = 16
_CHEVRON_PX = 18

_ELIDED_KEPT = 1024
_MARKED = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

_AnyIndex = QModelIndex | QPersistentModelIndex


class CameraRows(QStyledItemDelegate):
    """Paints the rows of a camera list.

    Args:
        theme: colours and fonts.
        rows: what the rows stand for.
        tree: the view, which is also the parent.
    """

    def __init__(self, theme: Theme, rows: CameraModel, tree: QTreeView) -> None:
        super().__init__(tree)
        self._theme = theme
        self._rows = rows
        self._tree = tree
        self._name_font = theme.font(13)
        self._branch_font = theme.font(13, True)
        self._small_font = theme.font(11)
        self._chip_font = theme.font(11, True)
        self._icons: dict[tuple[Lifecycle, PrivacyClass, float], QPixmap] = {}
        self._elided = lru_cache(_ELIDED_KEPT)(self._elide)

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & _MARKED:  # type: ignore[attr-defined]
            self._paint_mark(painter, rect, option.state)  # type: ignore[attr-defined]
        entry = self._rows.entry(index)
        if isinstance(entry, Camera):
            self._paint_camera(painter, rect, entry, index)
        elif entry is not None:
            self._paint_branch(painter, rect, entry, index)

    def _paint_mark(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hovered" if is_selected else "raised"))
        if is_selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._theme.color("accent"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_branch(self, painter: QPainter, rect: QRect, branch: Branch, index: _AnyIndex) -> None:
        is_flat = self._rows.is_flat
        left = rect.left() + _LEFT_PX + self._indent_px(index)
        if not is_flat:
            chevron = QRectF(left - 2, rect.center().y() - 5, 12, 12)
            draw_chevron(painter, chevron, self._theme.color("dim"), self._tree.isExpanded(index))
            left += _CHEVRON_PX
        right = self._paint_right(painter, rect, whole(branch.count))
        painter.setPen(self._theme.color("dim" if is_flat else "text"))
        self._paint_text(painter, QRect(left, rect.top(), right - left, rect.height()), branch_words(branch), True)

    def _paint_camera(self, painter: QPainter, rect: QRect, camera: Camera, index: _AnyIndex) -> None:
        is_top = self._rows.is_flat or not index.parent().isValid()
        left = rect.left() + _LEFT_PX + (0 if is_top else self._indent_px(index))
        painter.drawPixmap(left, rect.center().y() - _ICON_PX // 2 + 1, self._kind_icon(camera))
        tiles = self._rows.tiles_of(camera)
        right = self._paint_chip(painter, rect, tiles) if tiles else rect.right() - 8
        right = self._paint_star(painter, rect, right) if self._rows.is_favourite(camera) else right
        is_usable = camera.lifecycle is Lifecycle.ACTIVE
        painter.setPen(self._theme.color("text" if is_usable else "dim"))
        text_left = left + _ICON_PX + 7
        name = plain(camera.name) or plain(camera.code)
        self._paint_text(painter, QRect(text_left, rect.top(), right - text_left, rect.height()), name, False)

    def _indent_px(self, index: _AnyIndex) -> int:
        depth, parent = 0, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        return depth * _INDENT_PX

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

    def _paint_text(self, painter: QPainter, box: QRect, text: str, is_branch: bool) -> None:
        painter.setFont(self._branch_font if is_branch else self._name_font)
        painter.drawText(box, _LEFT, self._elided(text, box.width() - 6, is_branch))

    def _elide(self, text: str, width_px: int, is_branch: bool) -> str:
        metrics = QFontMetricsF(self._branch_font if is_branch else self._name_font)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width_px)

    def _paint_right(self, painter: QPainter, rect: QRect, text: str) -> int:
        """Small text at the row's end; returns where it begins."""
        width_px = round(QFontMetricsF(self._small_font).horizontalAdvance(text))
        painter.setFont(self._small_font)
        painter.setPen(self._theme.color("dim"))
        box = rect.adjusted(0, 0, -12, 0)
        painter.drawText(box, _RIGHT, text)
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

    def _paint_star(self, painter: QPainter, rect: QRect, right: int) -> int:
        """The mark of a favourite; returns where it begins."""
        box = QRectF(right - _STAR_PX - 2, rect.center().y() - _STAR_PX / 2 + 1, _STAR_PX, _STAR_PX)
        draw_star(painter, box, self._theme.color("selection"))
        return round(box.left()) - 4


def draw_star(painter: QPainter, box: QRectF, color: QColor) -> None:
    """A star of five points: a favourite."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 0))
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([_star_point(box, corner) for corner in range(10)]))
    painter.restore()


def _star_point(box: QRectF, corner: int) -> QPointF:
    radius_px = box.width() / 2 * (0.45 if corner % 2 else 1.0)
    angle_rad = math.pi * (corner / 5 - 0.5)
    return box.center() + QPointF(radius_px * math.cos(angle_rad), radius_px * math.sin(angle_rad))
