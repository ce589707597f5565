"""An incident: what an officer noted of a camera, open until somebody closes it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import ConfigError
from app.core.model import CameraId

TEXT_MAX_LENGTH = 200
"""What a line of a handover takes (contract, HandoverItem)."""
OPEN_MAX = 100
"""More open ones than that nobody reads at a handover."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happens at a camera.

    Attributes:
        camera: its id.
        tile: where it was shown when that was noted, as an officer calls it: `2.5`.
        text: in the officer's words.
        officer: who noted it; empty where nobody had signed in.
        noted_at_s: when, this PC's clock, seconds since 1970.

    Raises:
        ConfigError: there are no words, or too many.
    """

    camera: CameraId
    tile: str
    text: str
    officer: str
    noted_at_s: float

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ConfigError("an incident needs words")
        if len(self.text) > TEXT_MAX_LENGTH:
            raise ConfigError("an incident is noted in {0} characters at most", TEXT_MAX_LENGTH)
