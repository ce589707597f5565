"""What commands can be told on a monitor just now, and why some of them would do nothing.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from app.console import Console
from app.core.command_table import Need, Offers, missing_need
from ui.command_texts import need_sentence
from ui.wall_view import WallView


class CommandOffers:
    """Looks it up.

    Args:
        console: what the wall shows.
        view: the monitor's tiles.
        why_locked: why an administrator leaves a command nothing to choose; empty where it does.
    """

    def __init__(self, console: Console, view: WallView, why_locked: Callable[[str], str]) -> None:
        self._console = console
        self._view = view
        self._why_locked = why_locked

    def names(self) -> Offers:
        """The names that commands can be told now."""
        layouts, touring = self._console.layouts, self._console.book.touring
        return Offers(layouts.order, tuple(sorted(layouts.saved)), tuple(touring.tours), tuple(touring.salvos))

    def why_not(self, text: str) -> str:
        """Why a command does nothing just now; empty where it does something."""
        return need_sentence(missing_need(text, self._met())) or self._why_locked(text)

    def _met(self) -> frozenset[Need]:
        console, state = self._console, self._view.state
        met = {
            Need.TILE: state.selected is not None,
            Need.CAMERA: state.selected in state.cameras,
            Need.SAVED_LAYOUT: state.saved is not None,
            Need.HOTSPOT: state.hotspot is not None,
            Need.CHANGE: console.book.can_undo,
            Need.TOUR: console.book.touring.status(self._view.monitor, console.now_s) is not None,
            Need.MONITORS: sum(monitor.is_present for monitor in console.wall.monitors) > 1,
            Need.HELD_LIST: console.registry.held is not None,
            Need.SHIFTS: console.duty.has_shifts,
            Need.CHIEF: console.posts.may_direct,
            Need.REMOTE: console.remote.status is not None,
            Need.OFFICER: console.duty.state.officer is not None,
        }
        return frozenset(need for need, is_met in met.items() if is_met)
