"""Direct surfaces: per tile a native window that a host draws into, its bar, and the cover that hides it.

GUI thread. A host's last picture stays in its window when the host stalls or dies, so the window is covered the
moment its tile is not live. Bar and cover are native sibling widgets: only those can lie over a native window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from app.core.commands import TileId
from app.core.tile_status import PLAYING_SIGNS
from ui.theme import Theme
from ui.tile_painter import PaintedTile, TilePainter


class _NativeChild(QWidget):
    """A child with a window of its own; mouse events go on to the wall, as nothing here accepts them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class _Video(_NativeChild):
    """The host's canvas. Qt never paints here: it would wipe the picture away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_PaintOnScreen)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEngine(self) -> QPaintEngine:
        return None  # type: ignore[return-value]  # Qt's own word for "paints itself"


class _Cover(_NativeChild):
    """Hides the video and shows what a shared tile of that look would show."""

    def __init__(self, parent: QWidget, painter: TilePainter, record: PaintedTile) -> None:
        super().__init__(parent)
        self._painter = painter
        self.record = record

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            _to_tile(painter, self, self.record)
            self._painter.paint(painter, self.record)


class _Bar(_NativeChild):
    """The name bar (and the figures) above the video; opaque, since nothing shines through a native window."""

    def __init__(self, parent: QWidget, painter: TilePainter, theme: Theme, record: PaintedTile) -> None:
        super().__init__(parent)
        self._painter = painter
        self._ground = theme.color("bar")
        self.record = record

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            _to_tile(painter, self, self.record)
            painter.fillRect(self.record.rect, self._ground)
            self._painter.paint_overlays(painter, self.record)


def _to_tile(painter: QPainter, widget: QWidget, record: PaintedTile) -> None:
    """Let the painter count device pixels of the wall view, as everything of a tile does."""
    ratio = widget.devicePixelRatioF()
    painter.scale(1 / ratio, 1 / ratio)
    painter.translate(-record.rect.topLeft())


class _DirectTile:
    """The three native widgets of one tile, each made above the one before.

    None is ever raised again: whatever the window lays over the wall stays on top.
    """

    def __init__(self, parent: QWidget, painter: TilePainter, theme: Theme, record: PaintedTile) -> None:
        self.video = _Video(parent)
        self.bar = _Bar(parent, painter, theme, record)
        self.cover = _Cover(parent, painter, record)
        self.record = record
        self._placed: tuple[QRect, float] | None = None

    def place(self, record: PaintedTile) -> None:
        """Take the tile's rect; the window keeps its id.

        One that is there already stays untouched: a host's end moves many tiles one after the other, and each time
        all of them are looked at.
        """
        self.record = self.bar.record = self.cover.record = record
        ratio = self.video.devicePixelRatioF()
        if self._placed == (record.rect, ratio):
            return
        self._placed = QRect(record.rect), ratio
        rect = _logical(record.rect, ratio)
        self.video.setGeometry(rect)
        self.cover.setGeometry(rect)
        self._place_bar(ratio)
        self.video.show()
        self.bar.show()
        self.show_look()

    def show_look(self) -> None:
        """Cover the video at once unless it is what the tile shows, and pictures come."""
        look = self.record.look
        if look is not None and look.sign in PLAYING_SIGNS and self.record.is_direct:
            self.cover.hide()
            self._place_bar(self.video.devicePixelRatioF())
            self.bar.update()
            return
        self.cover.show()
        self.cover.repaint()  # now, not with the next round of paints

    def _place_bar(self, ratio: float) -> None:
        rect, figures = self.record.rect, self.record.figures
        bar_px = self.record.metrics.bar_px
        shape = QRegion(_logical(QRect(0, 0, rect.width(), bar_px), ratio))
        if figures is not None:
            shape += _logical(QRect(0, bar_px, figures.width(), figures.height()), ratio)
        self.bar.setGeometry(shape.boundingRect().translated(_logical(rect, ratio).topLeft()))
        self.bar.setMask(shape)

    def update_marks(self) -> None:
        """Paint what runs (an age) anew."""
        (self.bar if self.cover.isHidden() else self.cover).update()

    def hide(self) -> None:
        """Take the tile off the screen; its window stays, hidden."""
        self._placed = None
        for widget in (self.cover, self.bar, self.video):
            widget.hide()


class DirectSurfaces:
    """The native windows of a wall view's direct tiles.

    Args:
        view: the wall view that the windows are children of.
        painter: paints covers and bars.
        theme: for the bar's ground.
        set_window: tells the console a tile's window id, None where it is gone.
    """

    def __init__(
        self,
        view: QWidget,
        painter: TilePainter,
        theme: Theme,
        set_window: Callable[[TileId, int | None], None],
    ) -> None:
        self._view = view
        self._painter = painter
        self._theme = theme
        self._set_window = set_window
        self._tiles: dict[TileId, _DirectTile] = {}

    def __bool__(self) -> bool:
        return bool(self._tiles)

    def reconcile(self, records: Iterable[PaintedTile]) -> None:
        """Give each direct tile among the visible ones its window and place; hide the windows of the others.

        A window lives as long as the wall view: a host may still be drawing into it when its tile goes.
        """
        visible = {record.tile: record for record in records if record.has_window}
        for tile, direct in self._tiles.items():
            if tile not in visible:
                direct.hide()
        for tile, record in visible.items():
            if tile not in self._tiles:
                self._tiles[tile] = _DirectTile(self._view, self._painter, self._theme, record)
                self._set_window(tile, int(self._tiles[tile].video.winId()))
            self._tiles[tile].place(record)

    def show_look(self, record: PaintedTile) -> None:
        """The record was dressed anew: cover or uncover its window at once."""
        if record.tile in self._tiles:
            self._tiles[record.tile].show_look()

    def update_marks(self, record: PaintedTile) -> None:
        """The record's running mark has changed."""
        if record.tile in self._tiles:
            self._tiles[record.tile].update_marks()

    def close(self) -> None:
        """Take every window back from the console."""
        for tile, direct in self._tiles.items():
            self._set_window(tile, None)
            direct.hide()
        self._tiles.clear()


def _logical(rect: QRect, ratio: float) -> QRect:
    """A rect of device pixels in the widget's own coordinates."""
    corner = QPoint(round(rect.left() / ratio), round(rect.top() / ratio))
    return QRect(corner.x(), corner.y(), round(rect.width() / ratio), round(rect.height() / ratio))
