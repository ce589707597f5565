"""What clients did to the simulated cameras: counted, and written as JSON lines on request.

It exists to prove that the console does not hammer cameras. Lives in the simulator's event loop; reading a
count from another thread is safe. Never given a URL, a header or a secret.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from enum import Enum
from typing import TextIO

from app.core.model import Profile


class Event(Enum):
    """What is counted. An attempt is a connection's first request for a camera."""

    ATTEMPT = "attempt"
    UNAUTHORIZED = "unauthorized"
    PLAY = "play"
    END = "end"


class Journal:
    """Counts by camera and event.

    Args:
        file: where each event goes as one line `{"t_s","camera","profile","event"}`, None for nowhere;
            `t_s` is seconds since 1970. The journal does not close it.
    """

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file
        self._counts: Counter[tuple[str, Event]] = Counter()

    def note(self, camera: str, profile: Profile, event: Event) -> None:
        """Count one event, and write its line."""
        self._counts[camera, event] += 1
        if self._file is not None:
            line = {
                "t_s": round(time.time(), 3),
                "camera": camera,
                "profile": profile.value,
                "event": event.value,
            }
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()

    def count(self, camera: str, event: Event) -> int:
        """How often that happened to a camera."""
        return self._counts[camera, event]
