"""What one tour is made of: saved layouts in turn, or pages of all cameras that a query finds.

GUI thread. It changes its own draft only; whoever holds it keeps the tour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import ConfigError
from app.core.layout import MAX_TILES
from app.core.layouts import Layouts
from app.core.model import Catalog
from app.core.tour import PagedTour, Tour, TourPlan
from ui.page_parts import caption, spin_box
from ui.plain_label import plain_label
from ui.query_field import QueryField
from ui.segments import Segments
from ui.texts import duration, tr
from ui.theme import Theme
from ui.tour_steps import TourSteps, dwell_box

BLANK = PagedTour("", None)
"""What a query tour begins with."""


class TourForm(QWidget):
    """Both kinds of tour, of which one is shown.

    Args:
        theme: colours and fonts.
        catalog: gives the cameras in this post's scope.

    Attributes:
        kinds: which of the two it is.
        steps: the saved layouts in turn.
        pages: the query.

    Signals:
        changed: an officer changed something.
    """

    changed = Signal()

    def __init__(self, theme: Theme, catalog: Callable[[], Catalog]) -> None:
        super().__init__()
        texts = (tr("TourEditor", "Saved layouts"), tr("TourEditor", "Cameras of a query"))
        self.kinds = Segments(tr("TourEditor", "What the tour shows"), texts, theme)
        self.steps = TourSteps()
        self.pages = QueryPages(catalog)
        self._stack = QStackedWidget()
        self._begun: object = self._draft()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.kinds)
        box.addWidget(self._stack, 1)
        for part in (self.steps, self.pages):
            self._stack.addWidget(part)
            part.changed.connect(self.changed)
        self.kinds.switched.connect(self._switch)

    def begin(self, tour: TourPlan | None, layouts: Layouts) -> None:
        """Take a tour to be changed; None begins a new one."""
        paged = tour if isinstance(tour, PagedTour) else None
        with QSignalBlocker(self):
            self.kinds.switch(0 if paged is None else 1)
            self.steps.begin(tour.steps if isinstance(tour, Tour) else (), layouts)
            self.pages.begin(paged or BLANK)
        self._begun = self._draft()

    def made(self, name: str) -> TourPlan:
        """The tour as it is now, under that name.

        Raises:
            ConfigError: it has no step, or its query is not understood.
        """
        return self.pages.made(name) if self._is_paged else Tour(name, self.steps.steps)

    def finish_typing(self) -> None:
        """Have the numbers that are being typed count now."""
        for box in (self.steps.dwell, self.pages.tiles, self.pages.dwell):
            box.interpretText()

    @property
    def is_changed(self) -> bool:
        """Whether it is another tour than it was at the beginning."""
        return self._draft() != self._begun

    @property
    def _is_paged(self) -> bool:
        return self.kinds.current == 1

    def _draft(self) -> object:
        return self.pages.draft if self._is_paged else self.steps.steps

    def _switch(self, kind: int) -> None:
        self._stack.setCurrentIndex(kind)
        self.changed.emit()


class QueryPages(QWidget):
    """A query, how many of its cameras are shown at a time, and for how long.

    Args:
        catalog: gives the cameras in this post's scope.

    Signals:
        changed: an officer changed something.
    """

    changed = Signal()

    def __init__(self, catalog: Callable[[], Catalog]) -> None:
        super().__init__()
        self._tour = BLANK
        self.query = QueryField(catalog)
        self.tiles = spin_box(tr("TourEditor", "Tiles at a time"), 1, MAX_TILES)
        self.dwell = dwell_box(tr("TourEditor", "How long a page is shown"))
        self.total = plain_label("pageHint", wraps=True)
        self._lay_out()
        self.query.line.textEdited.connect(lambda _: self.changed.emit())
        self.query.asked.connect(self._show_total)
        for box in (self.tiles, self.dwell):
            box.valueChanged.connect(self._number_changed)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        named = (
            (tr("TourEditor", "Tiles at a time"), self.tiles),
            (tr("TourEditor", "Shown for"), self.dwell),
        )
        for column, (text, number) in enumerate(named):
            grid.addWidget(caption(text), 0, column)
            grid.addWidget(number, 1, column)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(caption(tr("Editor", "Cameras by a query")))
        box.addWidget(self.query)
        box.addLayout(grid)
        box.addWidget(self.total)
        box.addStretch()

    def begin(self, tour: PagedTour) -> None:
        """Take a tour to be changed."""
        self._tour = tour
        with QSignalBlocker(self):
            self.tiles.setValue(tour.tiles)
            self.dwell.setValue(round(tour.dwell_s))
            self.query.begin(tour.query)

    @property
    def draft(self) -> tuple[str, int, int]:
        """The query's text, the tiles, the dwell in seconds."""
        return self.query.text, self.tiles.value(), self.dwell.value()

    def made(self, name: str) -> PagedTour:
        """The tour as it is now; its order and its grid stay as they were.

        Raises:
            ConfigError: the query is not understood.
        """
        self.query.ask()
        if self.query.problem:
            raise ConfigError("The query is not understood.")
        was, tiles, dwell_s = self._tour, self.tiles.value(), self.dwell.value()
        grid = was.grid if tiles == was.tiles else ""
        kept_s = was.dwell_s if dwell_s == round(was.dwell_s) else float(dwell_s)
        return replace(was, name=name, query=self.query.query, tiles=tiles, dwell_s=kept_s, grid=grid)

    def _number_changed(self) -> None:
        self._show_total()
        self.changed.emit()

    def _show_total(self) -> None:
        """Say how long a round takes; without a query, which cameras it shows."""
        field = self.query
        if field.query is None and not field.problem:
            field.note.setText(tr("TourEditor", "Without a query: all active cameras that need no purpose."))
        pages = -(-len(field.found) // self.tiles.value())
        text = tr("TourEditor", "One round takes {0}.", duration(pages * self.dwell.value())) if pages else ""
        self.total.setText(text)
