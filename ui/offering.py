"""What commands can be told just now, and what they find there.

GUI thread. Must not import Qt: it asks the console alone.
"""

from __future__ import annotations

from app.console import Console
from app.core.command_table import Need, Offers


def offers_of(console: Console) -> Offers:
    """The names that commands can be told now."""
    layouts, touring = console.layouts, console.book.touring
    return Offers(layouts.order, tuple(sorted(layouts.saved)), tuple(touring.tours), tuple(touring.salvos))


def met_needs(console: Console, monitor: int, now_s: float) -> frozenset[Need]:
    """What is there for commands that are given on a monitor."""
    state, book = console.wall.monitor(monitor), console.book
    met = {
        Need.TILE: state.selected is not None,
        Need.CAMERA: state.selected in state.cameras,
        Need.SAVED_LAYOUT: state.saved is not None,
        Need.HOTSPOT: state.hotspot is not None,
        Need.CHANGE: book.can_undo,
        Need.TOUR: book.touring.status(monitor, now_s) is not None,
        Need.MONITORS: sum(each.is_present for each in console.wall.monitors) > 1,
        Need.CHIEF: console.posts.may_direct,
        Need.REMOTE: console.remote.status is not None,
    }
    return frozenset(need for need, is_met in met.items() if is_met)
