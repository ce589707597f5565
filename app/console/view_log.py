"""Writes down who sees what: cameras that come onto the wall and leave it, layouts, lost pictures.

Owned by the console's thread; imports the pure core only. A camera is *seen* while a tile shows a picture of it,
live, late or stale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol

from app.console.purpose_book import PurposeBook
from app.core.commands import TileId
from app.core.failure import Reason
from app.core.journal import Event, JournalPort, Kind
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.purpose import Purpose, purpose_detail
from app.core.remote import given_back
from app.core.snapshot import Answer, Pixels, SnapshotFacts, SnapshotPort
from app.core.tile_status import PICTURE_SIGNS, Sign, TileStatus
from app.core.wall import WallState, visible_tiles

CAMERAS_AN_ENTRY = 100
"""An entry has a longest line; a wall of several monitors may change hundreds of cameras at once."""


class Screen(Protocol):
    """What the wall shows, as the console says it."""

    @property
    def wall(self) -> WallState:
        """What is assigned."""

    @property
    def layouts(self) -> Layouts:
        """All layouts."""

    def sign(self, tile: TileId, now_s: float) -> Sign:
        """The sign of a tile."""

    def status(self, tile: TileId, now_s: float) -> TileStatus:
        """All that a tile says of itself."""


class ViewLog:
    """Compares what is seen now with what was seen, and journals the difference.

    Args:
        journal: takes it.
        purposes: by which private cameras are looked at; None where no purpose is asked for.
    """

    def __init__(self, journal: JournalPort, purposes: PurposeBook | None = None) -> None:
        self._journal = journal
        self._purposes = purposes
        self._seen: Mapping[CameraId, Purpose | None] = {}

    def look(self, screen: Screen, now_s: float) -> None:
        """Look at the wall; call it several times a second."""
        visible = visible_tiles(screen.wall, screen.layouts)
        seen = {camera for tile, camera in visible.items() if screen.sign(tile, now_s) in PICTURE_SIGNS}
        tiles = {camera: tile for tile, camera in visible.items()}

        def why_not(camera: CameraId) -> Reason | None:
            failure = screen.status(tiles[camera], now_s).failure if camera in tiles else None
            return failure.reason if failure is not None else None

        self.check({camera: self._purpose(camera, now_s) for camera in seen}, why_not)

    def _purpose(self, camera: CameraId, now_s: float) -> Purpose | None:
        """What a camera is seen for: a view that began with a purpose ends as one, though that is over by then."""
        if camera in self._seen:
            return self._seen[camera]
        grant = self._purposes.grant(camera, now_s) if self._purposes is not None else None
        return grant.purpose if grant is not None else None

    def check(self, seen: Mapping[CameraId, Purpose | None], why_not: Callable[[CameraId], Reason | None]) -> None:
        """Take in what is seen now.

        Args:
            seen: every camera of which a picture is shown; private ones with the purpose.
            why_not: why a camera that the wall still shows has no picture; None for one that has left it.
        """
        gone = [camera for camera in self._seen if camera not in seen]
        come = [camera for camera in seen if camera not in self._seen]
        for camera in gone:
            reason = why_not(camera)
            if reason is not None:
                self._journal.write(Event(Kind.FAILURE, {"reason": reason.value}, camera))
        self._tell_private(gone, come, seen)
        public_gone = [camera for camera in gone if self._seen[camera] is None]
        public_come = [camera for camera in come if seen[camera] is None]
        self._tell_public(public_gone, public_come)
        self._seen = dict(seen)

    def end(self) -> None:
        """The wall ends: nothing is seen any more."""
        self.check({}, lambda _camera: None)

    def _tell_private(
        self, gone: Collection[CameraId], come: Collection[CameraId], seen: Mapping[CameraId, Purpose | None]
    ) -> None:
        for camera in gone:
            if self._seen[camera] is not None:
                self._journal.write(Event(Kind.VIEW_ENDED, {}, camera))
        for camera in come:
            purpose = seen[camera]
            if purpose is not None:
                self._journal.write(Event(Kind.VIEW_STARTED, purpose_detail(purpose), camera))

    def _tell_public(self, gone: Sequence[CameraId], come: Sequence[CameraId]) -> None:
        for some in _batched(gone):
            self._journal.write(Event(Kind.VIEWS_CHANGED, {"ended": some, "started": []}))
        for some in _batched(come):
            self._journal.write(Event(Kind.VIEWS_CHANGED, {"ended": [], "started": some}))

    def wall_changed(self, before: WallState, after: WallState, touring: Collection[int]) -> None:
        """Write down which layouts are others now; those of a running tour are nobody's doing.

        Args:
            touring: the numbers of the monitors that show a tour.
        """
        layouts = [_layout(monitor) for monitor in before.monitors]
        for number, monitor in enumerate(after.monitors, start=1):
            known = layouts[number - 1] if number <= len(layouts) else ""
            if _layout(monitor) != known and number not in touring:
                self._journal.write(Event(Kind.LAYOUT_CHANGED, {"monitor": number, "layout": _layout(monitor)}))


def _layout(monitor: MonitorState) -> str:
    """What its officer made of it: orders from elsewhere have entries of their own."""
    own = given_back(monitor)
    return own.saved.name if own.saved is not None else own.layout


def _batched(cameras: Sequence[CameraId]) -> Iterator[list[str]]:
    starts = range(0, len(cameras), CAMERAS_AN_ENTRY)
    return ([*cameras[start : start + CAMERAS_AN_ENTRY]] for start in starts)


class JournaledSnapshots:
    """A `SnapshotPort` that writes down each snapshot that is taken.

    Args:
        port: takes them.
        journal: is told.
    """

    def __init__(self, port: SnapshotPort, journal: JournalPort) -> None:
        self._port = port
        self._journal = journal

    def take(self, pixels: Pixels, facts: SnapshotFacts, answer: Answer) -> None:
        """Take one; see `SnapshotPort`."""
        self._port.take(pixels, facts, answer)
        purpose = purpose_detail(facts.purpose) if facts.purpose is not None else {}
        self._journal.write(Event(Kind.SNAPSHOT, {"sign": facts.status.sign.value, **purpose}, facts.camera.id))
