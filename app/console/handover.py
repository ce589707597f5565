"""What the next officer has to know: tiles without a live picture and since when, and open incidents.

Owned by the console's thread; imports the pure core and the files that keep incidents only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from app.console.view_log import Screen
from app.core.commands import TileId
from app.core.duty import ITEMS_MAX, HandoverItem
from app.core.errors import ConfigError
from app.core.incident import OPEN_MAX, Incident
from app.core.journal import Event, JournalPort, Kind
from app.core.model import CameraId
from app.core.tile_status import Sign
from app.core.wall import assigned_tiles

INCIDENT = "incident"
"""The state of a handover's line that is about an incident."""


class IncidentStore(Protocol):
    """Where open incidents are kept; its calls wait for the disk and raise a ConfigError where it fails."""

    def load(self) -> Sequence[Incident]:
        """Those that were kept."""

    def save(self, incidents: Sequence[Incident]) -> None:
        """Keep these instead."""


class Handover:
    """The list.

    Args:
        journal: is told of incidents.
        store: keeps the open ones; None keeps them for this run.
        wall_clock: this PC's clock, seconds since 1970.

    Attributes:
        problem: why those of the last run are not known; None where they are.
    """

    def __init__(
        self,
        journal: JournalPort,
        store: IncidentStore | None = None,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._journal = journal
        self._store = store
        self._wall_clock = wall_clock
        self._dead: Mapping[CameraId, tuple[TileId, Sign, float]] = {}
        self._incidents: list[Incident] = []
        self.problem: ConfigError | None = None
        try:
            self._incidents += store.load() if store is not None else ()
        except ConfigError as error:
            self.problem = error

    @property
    def incidents(self) -> Sequence[Incident]:
        """The open ones, the oldest first."""
        return tuple(self._incidents)

    def look(self, screen: Screen, now_s: float) -> None:
        """Look at the wall; call it about once a second."""
        dead: dict[CameraId, tuple[TileId, Sign, float]] = {}
        for tile, camera in assigned_tiles(screen.wall, screen.layouts).items():
            sign = screen.sign(tile, now_s)
            if sign is not Sign.LIVE:
                known = self._dead.get(camera)
                dead[camera] = (tile, sign, known[2] if known is not None else now_s)
        self._dead = dead

    def items(self, now_s: float) -> list[HandoverItem]:
        """All there is to be known, incidents first, as the contract takes it."""
        now_at_s = self._wall_clock()
        noted = [
            HandoverItem(each.tile, each.camera, INCIDENT, max(0.0, now_at_s - each.noted_at_s), each.text)
            for each in self._incidents
        ]
        dead = [
            HandoverItem(str(tile), camera, sign.value, now_s - since_s)
            for camera, (tile, sign, since_s) in self._dead.items()
        ]
        return [*noted, *dead][:ITEMS_MAX]

    def note(self, tile: TileId, camera: CameraId, text: str, officer: str) -> None:
        """Note an incident at a camera.

        Raises:
            ConfigError: no words, too many, or too many are open; or it cannot be kept, and is not.
        """
        if len(self._incidents) >= OPEN_MAX:
            raise ConfigError("{0} incidents are open: close one first", OPEN_MAX)
        incident = Incident(camera, str(tile), text.strip(), officer, self._wall_clock())
        self._keep([*self._incidents, incident])
        self._journal.write(Event(Kind.INCIDENT, {"what": "opened", "text": incident.text}, camera))

    def close(self, incident: Incident) -> None:
        """An incident is over.

        Raises:
            ConfigError: that cannot be kept; it is open still.
        """
        self._keep([each for each in self._incidents if each is not incident])
        self._journal.write(Event(Kind.INCIDENT, {"what": "closed", "text": incident.text}, incident.camera))

    def _keep(self, incidents: list[Incident]) -> None:
        if self._store is not None:
            self._store.save(incidents)
        self._incidents = incidents
