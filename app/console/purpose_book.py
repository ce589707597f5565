"""Which private cameras somebody may look at now, and why: purposes with an end. Owned by the console's thread."""

from __future__ import annotations

import math
from dataclasses import replace

from app.core.failure import Reason
from app.core.journal import Event, JournalPort, Kind
from app.core.model import Camera, CameraId
from app.core.purpose import (
    GRANT_S,
    Grant,
    LeasePurpose,
    Purpose,
    leased_for,
    needs_purpose,
    purpose_detail,
)


class PurposeBook:
    """The grants of this post's officer.

    Args:
        journal: is told of every grant and of its end.
    """

    def __init__(self, journal: JournalPort) -> None:
        self._journal = journal
        self._grants: dict[CameraId, Grant] = {}
        self._ended: set[CameraId] = set()
        """Whose grant has run out, which the journal knows by now."""

    def give(self, camera: CameraId, purpose: Purpose, now_s: float) -> Grant:
        """Let a camera be looked at for a while; a purpose given again begins anew."""
        self.check(now_s)
        grant = self._grants[camera] = Grant(camera, purpose, now_s, now_s + GRANT_S)
        self._ended.discard(camera)
        self._journal.write(Event(Kind.PURPOSE_GIVEN, purpose_detail(purpose), camera))
        return grant

    def withdraw(self, camera: CameraId, now_s: float) -> None:
        """End a grant before its time; nothing happens where none holds."""
        grant = self.grant(camera, now_s)
        if grant is not None:
            del self._grants[camera]
            self._tell_end(camera, "withdrawn")

    def withdraw_all(self, now_s: float) -> None:
        """End every grant: the officer goes, and the next one gives reasons of their own."""
        self.check(now_s)
        for camera in list(self._grants):
            self.withdraw(camera, now_s)
        self._grants.clear()
        self._ended.clear()

    def grant(self, camera: CameraId, now_s: float) -> Grant | None:
        """The grant by which a camera may be looked at now."""
        grant = self._grants.get(camera)
        return grant if grant is not None and grant.holds(now_s) else None

    def withheld(self, camera: Camera, now_s: float) -> Reason | None:
        """Why nobody may look at a camera now; None where somebody may."""
        if not needs_purpose(camera) or self.grant(camera.id, now_s) is not None:
            return None
        return Reason.PURPOSE_EXPIRED if camera.id in self._grants else Reason.PURPOSE_NEEDED

    def leased_for(self, camera: Camera, now_s: float) -> LeasePurpose | None:
        """What a camera's stream may be leased for now; None where nobody has said why they look."""
        return leased_for(camera, self.grant(camera.id, now_s))

    def next_end_s(self, now_s: float) -> float:
        """When the next grant runs out, monotonic seconds; infinite where none holds."""
        return min((grant.until_s for grant in self._grants.values() if grant.holds(now_s)), default=math.inf)

    def slept(self, slept_s: float) -> None:
        """The clock stood still for so long, and the grants' time went on."""
        self._grants = {
            camera: replace(grant, since_s=grant.since_s - slept_s, until_s=grant.until_s - slept_s)
            for camera, grant in self._grants.items()
        }

    def check(self, now_s: float) -> None:
        """Tell the journal of grants that have run out, each once."""
        for camera, grant in self._grants.items():
            if camera not in self._ended and not grant.holds(now_s):
                self._ended.add(camera)
                self._tell_end(camera, "expired")

    def _tell_end(self, camera: CameraId, how: str) -> None:
        self._journal.write(Event(Kind.PURPOSE_ENDED, {"how": how}, camera))
