"""The page with the map of all cameras: find one by place, see how it fares, call it up.

GUI thread. It draws what the registry says of positions; there is no map material and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.core.branch import Branch
from app.core.chart import chart_of
from app.core.model import EMPTY_CATALOG, Camera, CameraId, Catalog
from app.core.tile_status import Sign
from ui.icons import icon_pixmap
from ui.map_canvas import MapCanvas
from ui.map_dots import SIDE_PX, Mark, draw_mark, mark_color, mark_words
from ui.numbers import whole
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.search_box import search_box
from ui.texts import tr
from ui.theme import Theme

PART = 0.94
"""Of the wall's width and height."""


class CameraMap(Overlay):
    """The page.

    Args:
        theme: colours and fonts.
        find: the cameras that a query finds, the best first.
        parent: the wall view it lies over.

    Signals:
        chosen: a camera (its id) is to go onto the wall; the page stays.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, find: Callable[[str], Iterable[Branch]], parent: QWidget) -> None:
        super().__init__(tr("Map", "Map of the cameras"), parent)
        self._theme = theme
        self._find = find
        self._catalog = EMPTY_CATALOG
        self._found: list[Camera] = []
        self._shown = 0
        self.canvas = MapCanvas(theme)
        self.search = search_box(theme.color("dim"), tr("Map", "Jump to a camera, site or kelurahan"))
        self.search.setFixedWidth(340)
        self.found = plain_label("pageHint")
        self.unplaced = plain_label("pageHint")
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.canvas.chosen.connect(self.chosen)
        self.canvas.typed.connect(self._type)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search)
        top.addWidget(self.found)
        top.addStretch()
        hint = plain_label("pageHint", wraps=True)
        hint.setText(
            tr(
                "Map",
                "Arrows or dragging move · + − zoom · Home: all · Tab: next one · Enter: show it · Esc closes",
            )
        )
        bottom = QHBoxLayout()
        bottom.setSpacing(20)
        bottom.addWidget(hint, 1)
        bottom.addWidget(self.unplaced, 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(top)
        self.box.addLayout(self._legend())
        self.box.addWidget(self.canvas, 1)
        self.box.addLayout(bottom)

    def _legend(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        for mark in Mark:
            words = plain_label("pageHint")
            words.setText(mark_words(mark))
            line.addWidget(self._legend_mark(mark))
            line.addWidget(words)
            line.addSpacing(10)
        line.addStretch()
        return line

    def _legend_mark(self, mark: Mark) -> QLabel:
        pixmap = icon_pixmap(SIDE_PX, self.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            draw_mark(painter, mark, QPointF(SIDE_PX / 2, SIDE_PX / 2), mark_color(mark, self._theme))
        label = QLabel()
        label.setPixmap(pixmap)
        label.setAccessibleName(mark_words(mark))
        return label

    # ---- what the console knows

    def show_catalog(self, catalog: Catalog) -> None:
        """Draw these cameras; call it when the page opens and while it is open: an unchanged one costs nothing."""
        if catalog is self._catalog:
            return
        self._catalog = catalog
        chart = chart_of(catalog)
        self.canvas.set_chart(chart)
        self.unplaced.setText(
            tr("Map", "Without a position: {0}", whole(chart.unplaced)) if chart.unplaced else ""
        )

    def show_signs(self, signs: Mapping[CameraId, Sign]) -> None:
        """Say what the tiles of the cameras on the wall show."""
        self.canvas.set_signs(signs)

    # ---- searching

    def _type(self, text: str) -> None:
        """Letters typed on the map begin a search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _search(self, query: str) -> None:
        groups = self._find(query) if query.strip() else ()
        self._found = [camera for group in groups for camera in group.cameras if camera.location is not None]
        self._show_found(0)

    def _show_found(self, number: int) -> None:
        """Jump to one of those that were found; after the last comes the first."""
        count = len(self._found)
        self._shown = number % count if count else 0
        self.canvas.point_out(self._found[self._shown].id if count else None, jumps=True)
        is_searching = bool(self.search.text().strip())
        words = tr("Map", "{0} of {1}", whole(self._shown + 1), whole(count)) if count else tr("Map", "none found")
        self.found.setText(words if is_searching else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the search box that are the map's: the next and previous find, Enter to it, Esc back to it."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._show_found(self._shown + 1)
            case Qt.Key.Key_Up:
                self._show_found(self._shown - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Escape if self.search.text():
                self.search.clear()
            case Qt.Key.Key_Escape:
                self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            case _:
                return False
        return True

    # ---- Qt

    def open(self, is_native: bool) -> None:
        """Show the page, the keys on the map."""
        super().open(is_native)
        self.canvas.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Take nearly all of the wall."""
        area = self._view.rect()
        self.take_middle(round(area.width() * PART), round(area.height() * PART))
