"""The walls of posts that a chief directs: what is known of them, and what became of what the chief asked.

Owned by the console's thread; imports the pure core only. Nothing is known while no page looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.core.journal import Event, JournalPort, Json, Kind
from app.core.posts import (
    ChiefAnswered,
    ChiefMessage,
    ChiefPort,
    ChiefRequest,
    OrderWall,
    PostWall,
    TakeBack,
    WallSeen,
    WallsListed,
    WantedSeen,
)
from app.core.remote import CameraOnTile
from app.core.sentence import Sentence


class PostWalls:
    """Keeps them.

    Args:
        port: lists the walls and asks for what the chief asks.
        journal: is told what was ordered.
        is_chief: whether the officer on duty directs walls.

    Attributes:
        walls: by id; those of the last list that came.
        problem: why the walls are not known, or not any more.
        is_known: whether a list has come since somebody began to look.
        changes: rises with everything that comes.
    """

    def __init__(self, port: ChiefPort, journal: JournalPort, is_chief: Callable[[], bool]) -> None:
        self._port = port
        self._is_chief = is_chief
        self._journal = journal
        self.walls: Mapping[str, PostWall] = MappingProxyType({})
        self.problem: Sentence | None = None
        self.is_known = False
        self.changes = 0
        self._wanted: dict[str, WantedSeen] = {}
        self._pending: ChiefRequest | None = None
        self._answered: ChiefAnswered | None = None

    @property
    def may_direct(self) -> bool:
        """Whether the officer on duty is a chief."""
        return self._is_chief()

    def wanted(self, wall: str) -> WantedSeen | None:
        """What a wall is to show; None before that is known."""
        return self._wanted.get(wall)

    @property
    def pending(self) -> ChiefRequest | None:
        """What was asked and not answered yet."""
        return self._pending

    # ---- what a chief does

    def look(self, wall: str | None) -> None:
        """Look at the walls, and closely at one of them (empty for none yet); None looks no more."""
        self._port.look(wall)
        if wall is None:
            self.walls, self.is_known, self.problem = MappingProxyType({}), False, None
            self._wanted.clear()

    def ask(self, request: ChiefRequest) -> None:
        """Ask for something, one thing after another."""
        if self._pending is None:
            self._pending, self._answered = request, None
            self._port.send(request)

    def take_answer(self) -> ChiefAnswered | None:
        """What became of what was asked, once."""
        answered, self._answered = self._answered, None
        return answered

    # ---- what comes

    def take(self, message: ChiefMessage) -> None:
        """Take in what the registry says."""
        self.changes += 1
        match message:
            case WallsListed(walls, problem):
                self.problem = problem
                if problem is None:
                    self.walls, self.is_known = walls, True
            case WallSeen(wall):
                self.walls = {**self.walls, wall.id: wall}
            case WantedSeen(wall_id):
                self._wanted[wall_id] = message
            case ChiefAnswered():
                self._take_answer(message)

    def _take_answer(self, answered: ChiefAnswered) -> None:
        self._pending, self._answered = None, answered
        if answered.problem is None:
            wanted = self._wanted.get(answered.request.wall)
            revision = wanted.desired.revision if wanted is not None else None
            self._journal.write(Event(Kind.REMOTE_CONTROL, _detail(answered.request, revision), _camera(answered)))


def _detail(request: ChiefRequest, revision: int | None) -> dict[str, Json]:
    """What was asked, for the journal: the post's own names the same revision."""
    match request:
        case OrderWall():
            wanted = request.wanted
            shown: dict[str, Json] = (
                {"tile": wanted.tile} if isinstance(wanted, CameraOnTile) else {"layout": wanted.name}
            )
            what = {"event": "ordered", "monitor": request.monitor, **shown}
        case TakeBack():
            what = {"event": "taken-back"}
        case _:
            return {"event": "scheduled", "wall": request.wall, "entries": len(request.entries)}
    return {**what, "wall": request.wall, "revision": revision}


def _camera(answered: ChiefAnswered) -> str:
    request = answered.request
    if isinstance(request, OrderWall) and isinstance(request.wanted, CameraOnTile):
        return request.wanted.camera
    return ""
