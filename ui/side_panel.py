"""The left panel: search, camera list, what is known of the registry.

GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.console import RegistryStatus
from app.core.model import AreaCode, CameraId, Catalog, Reject
from app.core.search import CameraIndex, index_in_steps
from ui.camera_model import CameraModel
from ui.camera_tree import CameraTree
from ui.icons import search_icon
from ui.plain_text import plain, plain_tooltip
from ui.texts import tr
from ui.theme import Theme

WIDTH_PX = 300
INDEX_SLICE_S = 0.004
"""What a tick may spend on a new catalogue; 10,000 cameras are listed within a quarter of a second."""
_REJECTS_SHOWN = 12


def plain_label(name: str, *, wraps: bool = False) -> QLabel:
    """A label that shows text as it is, whatever markup it looks like."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label


class SidePanel(QFrame):
    """Search box and camera list.

    Args:
        theme: colours and fonts.

    Signals:
        chosen: a camera (its id) is to go onto the wall.
        left: the officer wants back to the wall (Esc).
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName(tr("Panel", "Camera list"))
        self._catalog: Catalog | None = None
        self._registry: RegistryStatus | None = None
        self._index = CameraIndex()
        self._steps: Iterator[CameraIndex | None] | None = None
        self._found = 0
        self._open_areas: tuple[AreaCode, ...] = ()
        self.model = CameraModel(self)
        self.search = self._make_search(theme)
        self.tree = CameraTree(self.model, theme)
        self.count = plain_label("count")
        self.list_state = plain_label("listState", wraps=True)
        self.list_state.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.banner = QFrame()
        self.banner.setObjectName("banner")
        self.banner_text = plain_label("bannerText", wraps=True)
        self.cache_note = plain_label("note", wraps=True)
        self.rejects_note = plain_label("note", wraps=True)
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.tree.chosen.connect(self.chosen)
        self.tree.left.connect(self.left)

    def _make_search(self, theme: Theme) -> QLineEdit:
        box = QLineEdit()
        box.setObjectName("search")
        box.setPlaceholderText(tr("Panel", "Search name, code or kelurahan"))
        box.setClearButtonEnabled(True)
        box.setMaxLength(100)
        box.addAction(search_icon(theme.color("dim")), QLineEdit.ActionPosition.LeadingPosition)
        box.setAccessibleName(tr("Panel", "Search for a camera"))
        return box

    def _lay_out(self) -> None:
        title = plain_label("panelTitle")
        title.setText(tr("Panel", "Cameras"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self.count)
        banner_box = QVBoxLayout(self.banner)
        banner_box.setContentsMargins(10, 8, 10, 8)
        banner_box.addWidget(self.banner_text)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.search)
        top.addWidget(self.banner)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.list_state)
        notes = QVBoxLayout()
        notes.setContentsMargins(12, 4, 12, 6)
        notes.setSpacing(0)
        notes.addWidget(self.cache_note)
        notes.addWidget(self.rejects_note)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addLayout(self._stack, 1)
        box.addLayout(notes)

    # ---- what the console knows

    def show_catalog(self, catalog: Catalog, registry: RegistryStatus) -> None:
        """Take the catalogue and the registry's state; call it with each tick until nothing is being indexed."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._steps = index_in_steps(catalog, self._index)
        if self._steps is not None:
            self._index_on(self._steps)
        if registry != self._registry:
            self._registry = registry
            self._show_registry(registry)
            self._show_state()

    @property
    def is_indexing(self) -> bool:
        """Whether a new catalogue is still being made ready, a slice with each `show_catalog`."""
        return self._steps is not None

    def _index_on(self, steps: Iterator[CameraIndex | None]) -> None:
        give_up_s = time.perf_counter() + INDEX_SLICE_S
        while time.perf_counter() < give_up_s:
            index = next(steps)
            if index is not None:
                self._index, self._steps = index, None
                self._list_anew()
                return

    def mark_tiles(self, tiles: Mapping[CameraId, str]) -> None:
        """Mark the cameras that are on the wall with their tiles' numbers."""
        self.model.mark_tiles(tiles)
        self.tree.viewport().update()

    def _show_registry(self, registry: RegistryStatus) -> None:
        is_lost = not registry.is_reachable and bool(registry.sentence)
        self.banner_text.setText(plain(registry.sentence))
        self.banner.setVisible(is_lost)
        self.cache_note.setText(tr("Panel", "The list is this PC's last good copy."))
        self.cache_note.setVisible(registry.from_cache)
        rejected = len(registry.rejected)
        one = tr("Panel", "1 record of the registry was left out")
        many = tr("Panel", "{0} records of the registry were left out", f"{rejected:,}")
        self.rejects_note.setText(one if rejected == 1 else many)
        self.rejects_note.setToolTip(plain_tooltip(_reject_lines(registry.rejected)))
        self.rejects_note.setVisible(rejected > 0)

    def _show_state(self) -> None:
        """The list, or why there is none."""
        query = self.search.text().strip()
        if not len(self._index):
            self._show_instead(self._why_empty())
        elif query and self.model.rowCount() == 0:
            self._show_instead(tr("Panel", "No camera matches ‘{0}’", plain(query)))
        else:
            self._stack.setCurrentWidget(self.tree)
        self.count.setText(self._count_text(query))

    def _show_instead(self, text: str) -> None:
        self.list_state.setText(text)
        self._stack.setCurrentWidget(self.list_state)

    def _why_empty(self) -> str:
        registry = self._registry
        if self.is_indexing:
            return tr("Panel", "Loading the camera list…")
        if registry is not None and registry.sentence and not registry.is_reachable:
            return tr("Panel", "There is no camera list yet: the registry cannot be reached.")
        if registry is not None and registry.sync_s is not None:
            return tr("Panel", "The registry lists no camera for this post.")
        return tr("Panel", "Loading the camera list…")

    def _count_text(self, query: str) -> str:
        if not len(self._index):
            return ""
        if query:
            return tr("Panel", "{0} found", f"{self._found:,}")
        return tr("Panel", "{0} cameras · {1} kelurahan", f"{len(self._index):,}", f"{len(self._index.groups):,}")

    # ---- searching

    def _search(self, text: str) -> None:
        if not self.model.is_flat:
            self._open_areas = self.tree.open_areas()
        groups = self._index.find(text)
        self._found = sum(len(group.cameras) for group in groups)
        if text.strip():
            self.model.show_flat(groups)
        else:
            self.model.show_tree(groups)
            for code in self._open_areas:
                self.tree.expand(self.model.index_of_group(code))
        self._show_state()

    def _list_anew(self) -> None:
        """List a changed catalogue; where the officer was in the list, the officer stays."""
        bar = self.tree.verticalScrollBar()
        scrolled_px = bar.value()
        camera = self.tree.camera_at(self.tree.currentIndex())
        self._search(self.search.text())
        if camera is not None:
            self.tree.setCurrentIndex(self.model.index_of_camera(camera.id))
        bar.setValue(scrolled_px)

    def focus_search(self) -> None:
        """Put the cursor into the search box, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the search box that belong to the list: down into it, Enter for its first camera, Esc out."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._enter_list()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose_first()
            case Qt.Key.Key_Escape if self.search.text():
                self.search.clear()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                return False
        return True

    def _enter_list(self) -> None:
        """Into the list: onto its first camera where it has headings, which cannot be chosen."""
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.is_flat and self.tree.camera_at(self.tree.currentIndex()) is None:
            self.tree.setCurrentIndex(self.model.index(1, 0))

    def _choose_first(self) -> None:
        """The first row of a result is a heading, the second its first camera."""
        camera = self.tree.camera_at(self.model.index(1, 0)) if self.model.is_flat and self._found else None
        if camera is not None:
            self.chosen.emit(camera.id)


def _reject_lines(rejected: tuple[Reject, ...]) -> list[str]:
    lines = [
        tr("Panel", "Row {0}, {1}: {2}", reject.row, reject.field, reject.reason)
        if reject.row
        else tr("Panel", "{0}: {1}", reject.field, reject.reason)
        for reject in rejected[:_REJECTS_SHOWN]
    ]
    if len(rejected) > _REJECTS_SHOWN:
        lines.append(tr("Panel", "… and {0} more", len(rejected) - _REJECTS_SHOWN))
    return lines
