"""The coverage report: which cameras were seen lately, and which were not, the longest unseen first.

GUI thread. Whoever opens it gives it a report every few seconds.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.core.coverage import CoverageReport, Missed
from app.core.model import CameraId, Catalog
from ui.numbers import whole
from ui.overlay import Overlay
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.texts import duration, tr
from ui.theme import Theme
from ui.tour_texts import coverage_headline, coverage_lines, coverage_scope

WIDTH_PART, HEIGHT_PART = 0.8, 0.8
"""Of the wall, at most."""
WIDEST_PX = 900
ROW_PX = 30
METER_PX = 6
ROWS_MOST = 200
"""More than anybody reads; the rest is told as a number."""


class CoveragePage(Overlay):
    """The report.

    Args:
        theme: colours and fonts.
        parent: the wall view it lies over.

    Signals:
        chosen: the camera of that id is to be shown.
        tour_wanted: the coverage tour is to be started on this monitor.
    """

    chosen = Signal(str)
    tour_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("Coverage", "Coverage"), parent)
        self._missed: tuple[Missed, ...] = ()
        self.headline = plain_label("pageHeadline", wraps=True)
        self.headline.setFont(theme.font(15, True))
        self.meter = Meter(theme)
        self.lines = plain_label("pageText", wraps=True)
        self.scope = plain_label("pageHint", wraps=True)
        self.table = self._table()
        self.more = plain_label("pageHint")
        for widget in (self.headline, self.meter, self.lines, self.scope, self.table, self.more):
            self.box.addWidget(widget)
        self.box.setStretchFactor(self.table, 1)
        self.box.addLayout(self._foot())

    def _table(self) -> QTableWidget:
        titles = (tr("Coverage", "Camera"), tr("Coverage", "Last seen"), tr("Coverage", "Last tried in vain"))
        table = _Rows(0, len(titles))
        table.setHorizontalHeaderLabels(list(titles))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAccessibleName(tr("Coverage", "Cameras not seen lately, the longest unseen first"))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.cellDoubleClicked.connect(lambda row, _column: self._choose(row))
        return table

    def _foot(self) -> QHBoxLayout:
        self.tour_button = QPushButton(tr("Coverage", "Start the coverage tour (T)"))
        self.tour_button.setAccessibleName(tr("Coverage", "Start the coverage tour"))
        self.tour_button.clicked.connect(self._want_tour)
        self.hint = plain_label("pageHint", wraps=True)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.tour_button)
        return foot

    # ---- what it tells

    def show_report(self, report: CoverageReport, catalog: Catalog) -> None:
        """Fill the page, keeping the chosen camera chosen: its row may have moved.

        Args:
            report: what is to be told.
            catalog: has the cameras' names.
        """
        chosen = self._chosen_camera()
        self._missed = report.missed[:ROWS_MOST]
        longest = catalog.cameras.get(report.longest.camera) if report.longest is not None else None
        self.headline.setText(coverage_headline(report))
        self.meter.show_part(report.part, self.headline.text())
        self.lines.setText(" ".join(coverage_lines(report, plain(longest.name) if longest else "")))
        self.lines.setVisible(bool(self.lines.text()))
        self.scope.setText(coverage_scope(report))
        self._fill(catalog, chosen)
        hidden = len(report.missed) - len(self._missed)
        self.more.setText(tr("Coverage", "and {0} more", whole(hidden)))
        self.more.setVisible(hidden > 0)

    def _fill(self, catalog: Catalog, chosen: CameraId | None) -> None:
        self.table.setVisible(bool(self._missed))
        self.hint.setText(
            tr("Coverage", "Enter or double-click shows the camera · Esc closes this page")
            if self._missed
            else tr("Coverage", "Esc closes this page")
        )
        self.table.setRowCount(len(self._missed))
        for row, missed in enumerate(self._missed):
            for column, text in enumerate((_name(missed.camera, catalog), _seen(missed), _tried(missed))):
                self._write(row, column, text)
            if missed.camera == chosen:
                self.table.selectRow(row)

    def _write(self, row: int, column: int, text: str) -> None:
        item = self.table.item(row, column)
        if item is None:
            self.table.setItem(row, column, QTableWidgetItem(text))
        elif item.text() != text:
            item.setText(text)

    def _chosen_camera(self) -> CameraId | None:
        row = self.table.currentRow()
        return self._missed[row].camera if 0 <= row < len(self._missed) else None

    # ---- what an officer does with it

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._missed):
            self.chosen.emit(self._missed[row].camera)
            self.put_away()

    def _want_tour(self) -> None:
        self.tour_wanted.emit()
        self.put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.table.currentRow())
        elif event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._want_tour()
        else:
            super().keyPressEvent(event)

    # ---- its place

    def open(self, is_native: bool) -> None:
        """Show the page with its first row chosen."""
        super().open(is_native)
        if self._missed:
            self.table.setFocus(Qt.FocusReason.PopupFocusReason)
            if self.table.currentRow() < 0:
                self.table.selectRow(0)

    def place(self) -> None:
        """Take the middle of the wall, as high as the rows need."""
        area = self._view.rect()
        width_px = min(round(area.width() * WIDTH_PART), WIDEST_PX)
        head_px = self.box.heightForWidth(width_px) if self.box.hasHeightForWidth() else self.sizeHint().height()
        rows_px = ROW_PX * self.table.rowCount() + self.table.horizontalHeader().sizeHint().height() + 4
        spare_px = rows_px - self.table.sizeHint().height() if self._missed else 0
        self.take_middle(width_px, min(head_px + spare_px, round(area.height() * HEIGHT_PART)))


class Meter(QWidget):
    """A bar that is filled to a part.

    Args:
        theme: colours.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._part = 0.0
        self.setFixedHeight(METER_PX)

    def show_part(self, part: float, words: str) -> None:
        """Fill it to a part, 0 to 1, and say in words what that is."""
        self._part = part
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, METER_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for part, color in ((1.0, "line"), (self._part, "accent")):
                painter.setBrush(self._theme.color(color))
                if part > 0.0:
                    width_px = max(METER_PX, self.width() * part)
                    painter.drawRoundedRect(QRectF(0, 0, width_px, METER_PX), METER_PX / 2, METER_PX / 2)


class _Rows(QTableWidget):
    """A table that leaves letters to its page: by itself it would look for a row that begins so."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)


def _name(camera_id: CameraId, catalog: Catalog) -> str:
    camera = catalog.cameras.get(camera_id)
    if camera is None:
        return tr("Tile", "Unknown camera")
    name, code = plain(camera.name), plain(camera.code)
    return f"{name}  ·  {code}" if name and name != code else code


def _seen(missed: Missed) -> str:
    if missed.seen_ago_s is None:
        return tr("Coverage", "not at all")
    return tr("Coverage", "{0} ago", duration(missed.seen_ago_s))


def _tried(missed: Missed) -> str:
    return "–" if missed.tried_ago_s is None else tr("Coverage", "{0} ago", duration(missed.tried_ago_s))
