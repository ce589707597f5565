"""Snapshots: what may be taken, and what a manifest says of it: measured or given, else said to be unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from app.core.errors import ConsoleError
from app.core.figures import StreamFigures
from app.core.lights import STALE_AFTER_S
from app.core.model import Camera
from app.core.purpose import Purpose, needs_purpose
from app.core.tile_status import PICTURE_SIGNS, Sign, TileStatus
from app.core.utc import rfc3339
from app.core.zoom import Crop


class SnapshotError(ConsoleError):
    """A snapshot that may not be taken or cannot be written."""


class Refusal(Enum):
    """Why no snapshot may be taken."""

    NO_PICTURE = "no-picture"
    MASKS_UNREADABLE = "masks-unreadable"
    PURPOSE_NEEDED = "purpose-needed"


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as the screen holds it: rows of BGRX bytes without gaps."""

    width_px: int
    height_px: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """A snapshot that lies in its folder: the names of its two files."""

    picture: str
    manifest: str


Answer = Callable[[Written | SnapshotError], None]
"""What is told when a snapshot is written, or could not be; called on a worker thread."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes a snapshot, and with what."""

    officer: str
    post: str
    software: str
    """Name and version."""


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """All that is known of a picture when it is taken."""

    camera: Camera
    status: TileStatus
    taken_at_s: float
    """This PC's clock, seconds since 1970."""
    taker: Taker
    crop: Crop
    purpose: Purpose | None = None
    clock_offset_s: float | None = None
    """This PC's clock minus the camera's as its last sender report told it, the way here included."""

    @property
    def refusal(self) -> Refusal | None:
        """Why no snapshot may be taken; None where one may."""
        if self.status.sign not in PICTURE_SIGNS:
            return Refusal.NO_PICTURE
        if self.camera.masks is None:
            return Refusal.MASKS_UNREADABLE
        is_missing = needs_purpose(self.camera) and self.purpose is None
        return Refusal.PURPOSE_NEEDED if is_missing else None

    def document(self) -> Mapping[str, object]:
        """The facts as the manifest has them; null is unknown."""
        status, camera = self.status, self.camera
        return {
            "taken_at": rfc3339(self.taken_at_s),
            "camera": {"id": camera.id, "code": camera.code, "name": camera.name},
            "profile": status.profile.value if status.profile else None,
            "picture": {
                "sign": status.sign.value,
                "age_s": _rounded(status.age_s),
                "is_stale": _is_old(status),
                "crop": [self.crop.x, self.crop.y, self.crop.width, self.crop.height],
                "masks": len(camera.masks or ()),
            },
            "camera_clock": {"time": self._camera_time(), "pc_minus_camera_s": _rounded(self.clock_offset_s)},
            "officer": self.taker.officer or None,
            "post": self.taker.post or None,
            "purpose": _purpose(self.purpose),
            "software": self.taker.software,
        }

    def _camera_time(self) -> str | None:
        """What the camera's own clock said when the picture came, None where it does not tell."""
        if self.clock_offset_s is None or self.status.age_s is None:
            return None
        return rfc3339(self.taken_at_s - self.status.age_s - self.clock_offset_s)


class SnapshotPort(Protocol):
    """Where snapshots are written."""

    def take(self, pixels: Pixels, facts: SnapshotFacts, answer: Answer) -> None:
        """Write one soon; never blocks.

        Raises:
            SnapshotError: it may not be taken (`SnapshotFacts.refusal`); nothing is written.
        """


def clock_offset_s(figures: StreamFigures | None) -> float | None:
    """How far this PC's clock is ahead of the camera's, the way here included."""
    return figures.latency_s if figures is not None else None


def _is_old(status: TileStatus) -> bool:
    return status.sign is not Sign.LIVE or (status.age_s or 0.0) >= STALE_AFTER_S


def _purpose(purpose: Purpose | None) -> Mapping[str, str] | None:
    return None if purpose is None else {"kind": purpose.kind.value, "text": purpose.text}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
