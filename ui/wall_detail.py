"""One post's wall as a chief sees it: how fresh, what is wanted, what became of it, every tile in small.

GUI thread. It shows what it is given and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.commands import TileId
from app.core.model import CameraId, Catalog
from app.core.posts import PostWall, WantedSeen
from app.core.remote import MonitorReport
from ui.mini_wall import MiniWall
from ui.page_parts import caption
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.post_texts import outcome_words, report_words, tile_words, wanted_words
from ui.texts import tr
from ui.theme import Theme


class WallDetail(QWidget):
    """The wall.

    Args:
        theme: colours and fonts.
        catalog: gives the cameras' names.
        local_time: what the clock on the wall says.

    Signals:
        moved: another tile is chosen.
    """

    moved = Signal()

    def __init__(
        self,
        theme: Theme,
        catalog: Callable[[], Catalog],
        local_time: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._catalog = catalog
        self._local_time = local_time
        self._wall: PostWall | None = None
        self._current = 0
        self.minis: list[MiniWall] = []
        self._captions: list[QWidget] = []
        self.name = plain_label("pageHeadline", wraps=True)
        self.name.setFont(theme.font(15, True))
        self.report = plain_label("pageHint", wraps=True)
        self.wanted = plain_label("pageText", wraps=True)
        self.outcome = plain_label("pageHint", wraps=True)
        self.tile = plain_label("pageText", wraps=True)
        self._monitors = QHBoxLayout()
        self._monitors.setSpacing(12)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for label in (self.name, self.report, self.wanted, self.outcome):
            box.addWidget(label)
        box.addLayout(self._monitors, 1)
        box.addWidget(self.tile)

    @property
    def place(self) -> TileId:
        """The chosen tile."""
        mini = self.minis[self._current] if self._current < len(self.minis) else None
        if mini is None or mini.monitor is None:
            return TileId(1, 1)
        return TileId(mini.monitor.number, mini.chosen)

    def show_wall(self, wall: PostWall | None, wanted: WantedSeen | None, now_s: float) -> None:
        """Show a wall's last report; nothing where none is chosen."""
        is_other = wall is None or self._wall is None or wall.id != self._wall.id
        self._wall = wall
        self.name.setText(plain(wall.title) if wall is not None else tr("Posts", "Choose a wall on the left."))
        for label in (self.report, self.wanted, self.outcome, self.tile):
            label.setVisible(wall is not None)
        if wall is None:
            self._show_monitors((), is_lost=False)
            return
        self.report.setText(report_words(wall, now_s))
        _mark(self.report, wall.is_lost(now_s))
        self.wanted.setText(wanted_words(wanted, now_s, self._local_time()))
        outcome = outcome_words(wall, wanted, now_s)
        self.outcome.setText(outcome)
        self.outcome.setVisible(bool(outcome))
        self._current = 0 if is_other else self._current
        self._show_monitors(wall.report.monitors, is_lost=wall.is_lost(now_s))
        self._show_tile()

    def _show_monitors(self, monitors: tuple[MonitorReport, ...], *, is_lost: bool) -> None:
        if len(monitors) != len(self.minis):
            self._make_minis(len(monitors))
        for mini, monitor in zip(self.minis, monitors, strict=True):
            mini.show_monitor(monitor, is_lost)
            mini.setAccessibleName(tr("Posts", "Monitor {0}: {1}", monitor.number, plain(monitor.layout)))

    def _make_minis(self, count: int) -> None:
        """As many small monitors as there are."""
        while self._monitors.count():
            item = self._monitors.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.minis = [MiniWall(self._theme) for _ in range(count)]
        for number, mini in enumerate(self.minis):
            mini.moved.connect(lambda number=number: self._move(number))
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(caption(tr("Posts", "Monitor {0}", number + 1)))
            column.addWidget(mini, 1)
            self._monitors.addWidget(holder, 1)

    def _move(self, number: int) -> None:
        self._current = number
        self._show_tile()
        self.moved.emit()

    def _show_tile(self) -> None:
        """Say in words what the chosen tile shows."""
        mini = self.minis[self._current] if self._current < len(self.minis) else None
        tile = mini.tile if mini is not None else None
        if mini is None or mini.monitor is None or tile is None:
            self.tile.setText("")
            return
        words = tile_words(mini.monitor.number, tile, self._camera(tile.camera))
        self.tile.setText(words)
        mini.setAccessibleDescription(words)

    def _camera(self, camera_id: CameraId | None) -> str:
        if camera_id is None:
            return ""
        camera = self._catalog().cameras.get(camera_id)
        return plain(camera.name) if camera is not None else tr("Tile", "Unknown camera")


def _mark(label: QWidget, is_warning: bool) -> None:
    """Let the style sheet colour a label; polishing anew is what makes it look again."""
    name = "pageWarning" if is_warning else "pageHint"
    if label.objectName() != name:
        label.setObjectName(name)
        label.style().unpolish(label)
        label.style().polish(label)
