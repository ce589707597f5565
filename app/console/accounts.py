"""Cameras that refused a login: none is asked again with the same password before its time, by whatever stream.

Owned by the console's thread; pure core only.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.backoff import REFUSED_LOGIN
from app.core.model import CameraId


@dataclass(frozen=True, slots=True)
class _Refusal:
    credential_version: int
    until_s: float


class Accounts:
    """Remembers refusals by camera: its two streams share one account, and the camera counts both."""

    def __init__(self) -> None:
        self._refusals: dict[CameraId, _Refusal] = {}

    def refused(self, camera: CameraId, credential_version: int, now_s: float) -> None:
        """The camera refused that version of its password. What is said late of an older one changes nothing."""
        known = self._refusals.get(camera)
        if known is None or known.credential_version <= credential_version:
            self._refusals[camera] = _Refusal(credential_version, now_s + REFUSED_LOGIN.floor_s)

    def tries(self, camera: CameraId, credential_version: int, now_s: float) -> None:
        """A refused version is tried once more: no other stream of the camera does the same at the same time."""
        known = self._refusals.get(camera)
        if known is not None and known.credential_version == credential_version:
            self.refused(camera, credential_version, now_s)

    def accepted(self, camera: CameraId) -> None:
        """The camera let somebody in."""
        self._refusals.pop(camera, None)

    def wait_s(self, camera: CameraId, credential_version: int, now_s: float) -> float:
        """How long that version of the password must not be tried yet, seconds; 0.0 when it may."""
        refusal = self._refusals.get(camera)
        if refusal is None or credential_version > refusal.credential_version:
            return 0.0
        return max(0.0, refusal.until_s - now_s)

    def is_mended(self, camera: CameraId, credential_version: int) -> bool:
        """Whether the registry has a newer password than the refused one."""
        refusal = self._refusals.get(camera)
        return refusal is not None and credential_version > refusal.credential_version
