"""The left panel: search, the camera list in its four orders, what is known of the registry.

GUI thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.console import RegistryStatus
from app.core.model import EMPTY_CATALOG, Camera, CameraId, Catalog
from app.core.search import CameraIndex, Found, index_in_steps
from app.core.shortlist import Shortlist
from ui.camera_model import BranchKey, CameraModel
from ui.camera_tree import CameraTree
from ui.icons import search_icon
from ui.numbers import whole
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.registry_notes import RegistryNotes
from ui.segments import Segments
from ui.texts import sentence, tr
from ui.theme import Theme

WIDTH_PX = 300
INDEX_SLICE_S = 0.004
"""What a tick may spend on a new catalogue."""
_KEYS_OF_THE_RESULT = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Listing(Enum):
    """How the cameras are listed while nothing is searched for, in the order of the choices."""

    KELURAHAN = 0
    UNITS = 1
    FAVOURITES = 2
    RECENTS = 3


class SidePanel(QFrame):
    """Search box and camera list.

    Args:
        theme: colours and fonts.

    Signals:
        chosen: a camera (its id) is to go onto the wall.
        wanted_together: several cameras (a list of ids) are to be shown at once.
        starred: these cameras (a list of ids) are to become favourites, or none any more.
        left: the officer wants back to the wall (Esc).
    """

    chosen = Signal(str)
    wanted_together = Signal(list)
    starred = Signal(list)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName(tr("Panel", "Camera list"))
        self._catalog = EMPTY_CATALOG
        self._shortlist = Shortlist()
        self._registry: RegistryStatus | None = None
        self._index = CameraIndex()
        self._steps: Iterator[None] | None = None
        self._result: Found | None = None
        self._is_search_due = False
        self._shown: Listing | None = None
        """What the list shows; None: what a search found."""
        self._open: dict[Listing, tuple[BranchKey, ...]] = {}
        self.model = CameraModel(self)
        self.search = self._make_search(theme)
        self.listings = Segments(tr("Panel", "How cameras are listed"), _listing_words(), theme)
        self.tree = CameraTree(self.model, theme)
        self.count = plain_label("count")
        self.list_state = plain_label("listState", wraps=True)
        self.list_state.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.banner = QFrame()
        self.banner.setObjectName("banner")
        self.banner_text = plain_label("bannerText", wraps=True)
        self.search_note = plain_label("note", wraps=True)
        self.search_note.setText(tr("Panel", "Enter shows the first, Ctrl+Enter all of them"))
        self.notes = RegistryNotes()
        self._lay_out()
        self._connect()
        self._listing = Listing.KELURAHAN
        self._show_state()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._want_search)
        self.search.installEventFilter(self)
        self.tree.installEventFilter(self)
        self.listings.switched.connect(self._switch)
        self.tree.chosen.connect(self.chosen)
        self.tree.wanted_together.connect(self.wanted_together)
        self.tree.all_wanted.connect(self._want_all)
        self.tree.starred.connect(self.starred)
        self.tree.left.connect(self.left)

    def _make_search(self, theme: Theme) -> QLineEdit:
        box = QLineEdit()
        box.setObjectName("search")
        box.setPlaceholderText(tr("Panel", "Name, code, site or kelurahan"))
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
        top.addWidget(self.listings)
        top.addWidget(self.banner)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.list_state)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 6)
        foot.setSpacing(0)
        foot.addWidget(self.search_note)
        foot.addLayout(self.notes)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addLayout(self._stack, 1)
        box.addLayout(foot)

    # ---- what the console knows

    def show_catalog(self, catalog: Catalog, registry: RegistryStatus) -> None:
        """Take the catalogue, which is then made ready by `work_on`, and the registry's state."""
        if catalog is not self._catalog:
            self._catalog = catalog
            self._steps = self._make_ready(catalog)
        if registry != self._registry:
            self._registry = registry
            self._show_registry(registry)
            self._show_state()

    @property
    def index(self) -> CameraIndex:
        """What the list searches; another object after each change of the catalogue."""
        return self._index

    @property
    def is_indexing(self) -> bool:
        """Whether a new catalogue is still being made ready, a slice with each `work_on`."""
        return self._steps is not None

    def work_on(self) -> None:
        """Do a slice of what is to be done: search for what was typed, make a catalogue ready.

        Call it with each tick that has time, after the wall was looked at.
        """
        self.search_if_due()
        give_up_s = time.perf_counter() + INDEX_SLICE_S
        while self._steps is not None and time.perf_counter() < give_up_s:
            next(self._steps, None)

    def _make_ready(self, catalog: Catalog) -> Iterator[None]:
        """Make a catalogue ready in small steps, of which the last lists it."""
        for index in index_in_steps(catalog, self._index):
            yield
            if index is not None:
                self._index = index
        self._steps = None
        self._list_anew()

    def mark_tiles(self, tiles: Mapping[CameraId, str]) -> None:
        """Mark the cameras that are on the wall with their tiles' numbers."""
        self.model.mark_tiles(tiles)
        self.tree.viewport().update()

    def show_shortlist(self, shortlist: Shortlist) -> None:
        """Mark the favourites, and list them and what was used last where they are looked at."""
        if shortlist == self._shortlist:
            return
        self._shortlist = shortlist
        self.model.mark_favourites(frozenset(shortlist.favourites))
        self.tree.viewport().update()
        if self._listing in (Listing.FAVOURITES, Listing.RECENTS) and not self.model.is_flat:
            self._list_anew()

    def _show_registry(self, registry: RegistryStatus) -> None:
        is_lost = not registry.is_reachable and registry.sentence is not None
        self.banner_text.setText(plain(sentence(registry.sentence)))
        self.banner.setVisible(is_lost)
        self.notes.show_registry(registry)

    def _show_state(self) -> None:
        """The list, or why there is none."""
        query = self.search.text().strip()
        if not len(self._index):
            self._show_instead(self._why_empty())
        elif query and not self._result:
            self._show_instead(tr("Panel", "No camera matches ‘{0}’", plain(query)))
        elif self.model.rowCount() == 0:
            self._show_instead(self._why_short())
        else:
            self._stack.setCurrentWidget(self.tree)
        self.search_note.setVisible(bool(query and self._result))
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

    def _why_short(self) -> str:
        if self._listing is Listing.FAVOURITES:
            return tr("Panel", "No favourites yet. Press F on a camera in the list to keep it here.")
        return tr("Panel", "The cameras that you show on the wall are listed here, the last one first.")

    def _count_text(self, query: str) -> str:
        if not len(self._index):
            return ""
        if query:
            return tr("Panel", "{0} found", whole(self._found))
        if self._listing in (Listing.FAVOURITES, Listing.RECENTS):
            return tr("Panel", "{0} listed", whole(self.model.rowCount()))
        if len(self._index) == 1:
            return tr("Panel", "1 camera · 1 kelurahan")
        return tr("Panel", "{0} cameras · {1} kelurahan", whole(len(self._index)), whole(len(self._index.groups)))

    # ---- searching

    @property
    def _found(self) -> int:
        """How many cameras the search found."""
        return self._result.count if self._result is not None else 0

    def _want_search(self) -> None:
        self._is_search_due = True

    def search_if_due(self) -> None:
        """Search for what was typed since the last call: several keys between two ticks cost one search."""
        if self._is_search_due:
            self._search(self.search.text())

    def _search(self, text: str) -> None:
        self._is_search_due = False
        if self._shown is not None:
            self._open[self._shown] = self.tree.open_branches()
        if text.strip():
            self._result, self._shown = self._index.find(text), None
            self.model.show_flat(self._result)
        else:
            self._result = None
            self._show_listing()
        self._show_state()

    def _show_listing(self) -> None:
        self._shown = self._listing
        match self._listing:
            case Listing.KELURAHAN:
                self.model.show_tree(self._index.groups)
            case Listing.UNITS:
                self.model.show_tree(self._index.units)
            case Listing.FAVOURITES:
                self.model.show_tree((), self._known(reversed(self._shortlist.favourites)))
            case Listing.RECENTS:
                self.model.show_tree((), self._known(self._shortlist.recents))
        self.tree.open(self._open.get(self._listing, ()))

    def _known(self, cameras: Iterable[CameraId]) -> list[Camera]:
        """Those that the registry lists for this post at present."""
        known = self._catalog.cameras
        return [known[camera] for camera in cameras if camera in known]

    def _switch(self, number: int) -> None:
        """List the cameras in another order; what was searched for is left."""
        self._listing = Listing(number)
        self.search.clear()
        self._search("")

    def _list_anew(self) -> None:
        """List a changed catalogue; where the officer was in the list, the officer stays."""
        bar = self.tree.verticalScrollBar()
        scrolled_px = bar.value()
        stay = self.tree.stay
        self._search(self.search.text())
        self.tree.stay_at(stay)
        bar.setValue(scrolled_px)

    def focus_search(self) -> None:
        """Put the cursor into the search box, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that are the panel's own, whether the search box or the list has them."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.listings.step(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return True
        return watched is self.search and self._search_key(event.key(), is_control)

    def _search_key(self, key: int, is_control: bool) -> bool:
        """Keys of the search box that belong to the list: down into it, Enter for what it found, Esc out."""
        if key in _KEYS_OF_THE_RESULT:
            self.search_if_due()
        match key:
            case Qt.Key.Key_Down:
                self._enter_list()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if is_control:
                self._want_all()
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
        if self._result:
            self.chosen.emit(next(iter(self._result)).cameras[0].id)

    def _want_all(self) -> None:
        """Show all that the search found; how many the wall can take is its own matter."""
        if self._result:
            self.wanted_together.emit([camera.id for group in self._result for camera in group.cameras])


def _listing_words() -> Sequence[str]:
    return (tr("Panel", "Kelurahan"), tr("Panel", "Units"), tr("Panel", "Favourites"), tr("Panel", "Recent"))
