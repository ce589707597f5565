"""What a tile showed before, so that an officer can go back to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.model import CameraId

DEPTH = 8
"""Cameras that a tile remembers (operator.md)."""


@dataclass(frozen=True, slots=True)
class TileMemory:
    """The last cameras of a tile, the oldest first, and which of them is the present one.

    `at` is one past the last while the tile is empty: one step back brings the last camera back.
    """

    cameras: tuple[CameraId, ...] = ()
    at: int = 0

    @property
    def present(self) -> CameraId | None:
        """What the tile shows by this memory."""
        return self.cameras[self.at] if self.at < len(self.cameras) else None

    def showing(self, camera: CameraId | None) -> TileMemory:
        """The memory after the tile was given a camera, or cleared: what lay ahead is forgotten."""
        if camera == self.present:
            return self
        past = self.cameras[: self.at + 1]
        if camera is None:
            return TileMemory(past, len(past))
        kept = (*past, camera)[-DEPTH:]
        return TileMemory(kept, len(kept) - 1)

    def stepped(self, step: int) -> TileMemory:
        """The memory one step back (-1) or forward (+1); the same at either end."""
        at = self.at + step
        return TileMemory(self.cameras, at) if 0 <= at < len(self.cameras) else self
