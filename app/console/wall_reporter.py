"""Says what the wall shows: looks at every tile once a second, and at once when an order was answered.

Owned by the console's thread; imports the pure core only. Which reports are sent, and when, is the registry
client's business.
"""

from __future__ import annotations

from app.console.view_log import Screen
from app.core.commands import TileId
from app.core.due import Due
from app.core.layouts import called
from app.core.ports import RegistryPort
from app.core.remote import MonitorReport, OrderAnswer, TileReport, WallReport

PERIOD_S = 1.0
"""As often as a post may report a change."""


class WallReporter:
    """Makes the reports.

    Args:
        registry: takes them.
    """

    def __init__(self, registry: RegistryPort) -> None:
        self._registry = registry
        self._answer = OrderAnswer()
        self._due = Due(PERIOD_S)

    def look(self, screen: Screen, answer: OrderAnswer, now_s: float) -> None:
        """Look at the wall if it is time; call it several times a second."""
        if answer == self._answer and not self._due.is_due(now_s):
            return
        self._answer = answer
        self._due.done(now_s)
        self._registry.report_wall(wall_report(screen, answer, now_s))


def wall_report(screen: Screen, answer: OrderAnswer, now_s: float) -> WallReport:
    """What the wall shows now, on the monitors that are plugged in."""
    numbers = [number for number, each in enumerate(screen.wall.monitors, start=1) if each.is_present]
    return WallReport(tuple(_monitor(screen, number, now_s) for number in numbers), answer)


def _monitor(screen: Screen, number: int, now_s: float) -> MonitorReport:
    state = screen.wall.monitor(number)
    tiles = range(1, screen.layouts.get(state.layout).tiles + 1)
    name = state.saved.name if state.saved is not None else called(state.layout)
    return MonitorReport(number, name, tuple(_tile(screen, TileId(number, tile), now_s) for tile in tiles))


def _tile(screen: Screen, tile: TileId, now_s: float) -> TileReport:
    status = screen.status(tile, now_s)
    return TileReport(tile.number, status.camera_id, status.sign, status.age_s)
