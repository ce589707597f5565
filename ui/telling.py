"""What a monitor's window tells in words: in its tray, to screen readers, and of what has happened by itself.

GUI thread.
"""

from __future__ import annotations

from app.console import Console
from app.core.tile_status import Sign
from app.core.wall import assigned_tiles
from ui.layout_actions import LayoutActions
from ui.remote_banner import RemoteView
from ui.texts import sign_word, tr
from ui.tour_texts import notice_sentence, salvo_sentence
from ui.tray import Tray
from ui.wall_view import WallView


class Telling:
    """Tells it.

    Args:
        console: knows it.
        view: the monitor's tiles.
        tray: below them.
        remote: what is told of remote control.
        layouts: what is told of shared layouts.
    """

    def __init__(
        self, console: Console, view: WallView, tray: Tray, remote: RemoteView, layouts: LayoutActions
    ) -> None:
        self._console = console
        self._view = view
        self._tray = tray
        self._remote = remote
        self._layouts = layouts

    def refresh(self, now_s: float) -> None:
        """Tell what is so now; call it twice a second."""
        self._show_tray(now_s)
        self._tell_selection()
        self._remote.refresh(now_s)

    def wall_changed(self, now_s: float) -> None:
        """Another layout, or another order, is shown."""
        self._remote.refresh(now_s)
        self._tray.show_layout(self._view.state, self._console.layouts)

    def say_notices(self) -> None:
        """Say what has happened by itself or could not be done, of tours, salvos, orders and shared layouts."""
        self._remote.say_notices()
        self._layouts.tell()
        for notice in self._console.book.touring.take_notices():
            self._tray.say(notice_sentence(notice))
        for plan in self._console.book.take_salvo_plans():
            self._tray.say(salvo_sentence(plan))

    def _tell_selection(self) -> None:
        """Say the selected tile in words, for screen readers."""
        number = self._view.state.selected
        look = next((record.look for record in self._view.records if record.tile.number == number), None)
        words = tr("Window", "Tile {0}, {1}, {2}", number, look.name, sign_word(look.sign)) if look else ""
        if self._view.accessibleDescription() != words:
            self._view.setAccessibleDescription(words)

    def _show_tray(self, now_s: float) -> None:
        console = self._console
        every = assigned_tiles(console.wall, console.layouts)
        tiles = [tile for tile in every if tile.monitor == self._view.monitor]
        live = sum(console.sign(tile, now_s) is Sign.LIVE for tile in tiles)
        self._tray.show_live(live, len(tiles))
        self._tray.show_sharing(console.shared.is_fresh)
        self._tray.show_registry(console.registry, now_s)
        self._tray.tick_clock()
