"""What a chief orders onto a post's monitor: which layout or camera, where, for how long, with which words.

GUI thread. It holds fields and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.console import Console
from app.core.branch import Branch
from app.core.commands import TileId
from app.core.errors import ConfigError
from app.core.layout import MAX_TILES
from app.core.model import Camera
from app.core.posts import OrderWall, PostWall
from app.core.remote import MESSAGE_MAX_LENGTH, CameraOnTile, Wanted
from app.core.saved_layout import SavedLayout
from app.core.shared import handed_out
from ui.choice_field import ChoiceField
from ui.page_parts import PageRows, caption, spin_box, text_field
from ui.plain_text import plain
from ui.texts import coarse_duration, tr

LASTS_S: tuple[int | None, ...] = (15 * 60, 30 * 60, 3600, 2 * 3600, 4 * 3600, 8 * 3600, None)
"""For how long; None until it is taken back."""
USUAL_LASTS = 2
"""The place of what is chosen at first: an hour."""
FOUND_MOST = 8
QUERY_MAX_LENGTH = 100
MOST_MONITORS = 16


class OrderForm(QWidget):
    """The fields.

    Args:
        console: whose layouts, wall and cameras are offered.
        find: finds cameras by what is typed, the best first.
    """

    def __init__(self, console: Console, find: Callable[[str], Iterable[Branch]]) -> None:
        super().__init__()
        self._console = console
        self._find = find
        self._offers: tuple[SavedLayout | None, ...] = ()
        self._found: tuple[Camera, ...] = ()
        self.what = ChoiceField(tr("Posts", "What is shown"))
        self.query = text_field(tr("Posts", "Search for a camera"), QUERY_MAX_LENGTH)
        self.query.setPlaceholderText(tr("Posts", "Name, code or kelurahan"))
        self.cameras = PageRows(tr("Posts", "Cameras that were found"), ("", ""), wide=1, has_header=False)
        self.monitor = spin_box(tr("Posts", "Monitor"), 1, MOST_MONITORS)
        self.tile = spin_box(tr("Posts", "Tile"), 1, MAX_TILES)
        self.lasts = ChoiceField(tr("Posts", "For how long"))
        self.message = text_field(tr("Posts", "Words to the officer at the post"), MESSAGE_MAX_LENGTH)
        self.message.setPlaceholderText(tr("Posts", "Words to the officer at the post, if need be"))
        self._camera_part = self._made_camera_part()
        self._lay_out()
        self.what.picked.connect(lambda _row: self._show_parts())
        self.query.textEdited.connect(self._search)

    def _made_camera_part(self) -> QWidget:
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for widget in (caption(tr("Posts", "Camera")), self.query, self.cameras):
            box.addWidget(widget)
        return part

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(caption(tr("Posts", "What is shown")))
        box.addWidget(self.what)
        box.addWidget(self._camera_part, 1)
        places = QHBoxLayout()
        places.setSpacing(12)
        self._tile_caption = caption(tr("Posts", "Tile"))
        pairs = (
            (caption(tr("Posts", "Monitor")), self.monitor),
            (self._tile_caption, self.tile),
            (caption(tr("Posts", "For how long")), self.lasts),
        )
        for label, field in pairs:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(field)
            places.addLayout(column, 1)
        box.addLayout(places)
        box.addWidget(caption(tr("Posts", "Message")))
        box.addWidget(self.message)
        box.addStretch(0)

    # ---- what is offered

    def begin(self, wall: PostWall, place: TileId) -> None:
        """Offer what there is now, for that wall.

        Args:
            place: the tile that was chosen.
        """
        monitors = [each.number for each in wall.report.monitors]
        self.monitor.setRange(1, max(monitors, default=MOST_MONITORS))
        self.monitor.setValue(place.monitor)
        self.tile.setValue(place.number)
        self._offer_layouts()
        with QSignalBlocker(self.lasts):
            self.lasts.clear()
            self.lasts.addItems([_lasts_words(each) for each in LASTS_S])
            self.lasts.setCurrentIndex(USUAL_LASTS)
        self.message.clear()
        self.query.clear()
        self._search("")
        self._show_parts()

    def _offer_layouts(self) -> None:
        """What this wall shows, the saved layouts, and one camera."""
        here = tuple(_shown_here(self._console, number) for number in self._present())
        layouts = self._console.layouts.saved
        saved = tuple(handed_out(layouts[name]) for name in sorted(layouts))
        self._offers = (*here, *saved, None)
        names = [tr("Posts", "What monitor {0} shows here", number) for number in self._present()]
        names += [plain(name) for name in sorted(layouts)]
        names.append(tr("Posts", "One camera on one tile"))
        with QSignalBlocker(self.what):
            self.what.clear()
            self.what.addItems(names)
            self.what.setCurrentIndex(len(here) if saved else 0)

    def _present(self) -> list[int]:
        monitors = enumerate(self._console.wall.monitors, start=1)
        return [number for number, monitor in monitors if monitor.is_present]

    @property
    def is_camera(self) -> bool:
        """Whether one camera is to be shown."""
        return self._offers[self.what.currentIndex()] is None if self._offers else False

    @property
    def question(self) -> str:
        """What is asked before the form is left; empty where that loses nothing that was typed."""
        if not self.message.text().strip():
            return ""
        return tr("Posts", "The order is not sent: do it once more to drop its message.")

    def _show_parts(self) -> None:
        for part in (self._camera_part, self.tile, self._tile_caption):
            part.setVisible(self.is_camera)

    def _search(self, text: str) -> None:
        groups = self._find(text) if text.strip() else ()
        found = [camera for group in groups for camera in group.all_cameras()]
        self._found = tuple(found[:FOUND_MOST])
        rows = [(plain(camera.code), plain(camera.name)) for camera in self._found]
        self.cameras.show_rows(rows, 0 if rows else -1)

    # ---- what is ordered

    def made(self, wall: str, seen: int) -> OrderWall:
        """The order that the fields make.

        Args:
            wall: for that wall.
            seen: the revision that the chief has seen.

        Raises:
            ConfigError: no camera is chosen.
        """
        lasts_s = LASTS_S[self.lasts.currentIndex()]
        return OrderWall(wall, seen, self.monitor.value(), self._wanted(), lasts_s, self.message.text().strip())

    def _wanted(self) -> Wanted:
        layout = self._offers[self.what.currentIndex()]
        if layout is not None:
            return layout
        row = self.cameras.currentRow()
        if not 0 <= row < len(self._found):
            raise ConfigError("Choose a camera first: type a part of its name or code.")
        return CameraOnTile(self._found[row].id, self.tile.value())


def _shown_here(console: Console, number: int) -> SavedLayout:
    """What a monitor of this console's own wall shows, as a layout."""
    state = console.wall.monitor(number)
    name = state.saved.name if state.saved is not None else tr("Posts", "Monitor {0}", number)
    grid = replace(console.layouts.get(state.layout), name=name)
    cameras = {tile: camera for tile, camera in state.content.items() if tile <= grid.tiles}
    return SavedLayout(grid, cameras, hotspot=state.hotspot)


def _lasts_words(lasts_s: int | None) -> str:
    return coarse_duration(lasts_s) if lasts_s is not None else tr("Posts", "until taken back")
