"""What a session knows of its packets' time: how late they are, the camera's clock, and whether this PC keeps up.

Used on the session's thread. Imports the pure core only.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.delay import CameraClock, DelayMeter

BUSY_WINDOW_S = 1.0
CLOCK_PERIOD_S = 0.25
"""Asking each packet would cost more than all the other counting."""
_US_PER_S = 1_000_000
OLD_US = _US_PER_S
"""A picture that is so old by its camera's clock may soon have to be marked: then each packet is asked."""


@dataclass(slots=True)
class Timing:
    """What is known at a packet, in the whole numbers that a picture slot holds (`slots.py`)."""

    late_us: int = 0
    jitter_us: int = 0
    camera_age_us: int | None = None
    clock_rate_ppm: int = 0
    busy_permille: int = 0
    is_damaged: bool = False
    """Whether packets were lost, or did not decode, since the last key frame."""


UNTIMED = Timing()
"""Nothing is known. Nobody changes it."""


class PacketTimer:
    """Keeps a session's `timing` up to date; one per session.

    Args:
        held_s: how long a packet is held back until the next one begins to come, as far as that is known before it
            is seen; None where packets come as they are (`Ingest.held_s`).
    """

    def __init__(self, held_s: float | None = None) -> None:
        self.timing = Timing(late_us=int((held_s or 0.0) * _US_PER_S))
        self._held_s = held_s
        self._given_s: float | None = None
        self._delay = DelayMeter()
        self._camera_clock = CameraClock()
        self._window_began_s = 0.0
        self._worked_s = 0.0
        self._next_clock_s = 0.0

    def arrived(self, stamp_s: float | None, now_s: float) -> None:
        """A packet was given to the session; without a timestamp nothing is learnt of its delay."""
        came_s = self._came_s(now_s)
        if stamp_s is None:
            return
        self._delay.take(stamp_s, came_s)
        self.timing.late_us = int((self._delay.late_s + now_s - came_s) * _US_PER_S)
        self.timing.jitter_us = int(self._delay.jitter_s * _US_PER_S)

    def _came_s(self, now_s: float) -> float:
        """When the packet that is given now began to come: of those held back, it brought the last one out."""
        before_s, self._given_s = self._given_s, now_s
        if self._held_s is None:
            return now_s
        return now_s - self._held_s if before_s is None else before_s

    def is_clock_due(self, now_s: float) -> bool:
        """Whether it is time to look at the camera's clock again; at every packet while pictures grow old."""
        if now_s < self._next_clock_s:
            return False
        age_us = self.timing.camera_age_us
        is_aging = age_us is not None and age_us > OLD_US
        self._next_clock_s = now_s + (0.0 if is_aging else CLOCK_PERIOD_S)
        return True

    def camera_says(self, camera_time_s: float | None, wall_s: float, stamp_s: float | None) -> None:
        """What the camera's clock says of a packet.

        Args:
            camera_time_s: when the camera took the picture, by its own clock, seconds since 1970; None where it
                sends no reports.
            wall_s: now by this PC's clock, likewise.
            stamp_s: the packet's timestamp.
        """
        if camera_time_s is None:
            return
        self.timing.camera_age_us = int((wall_s - camera_time_s) * _US_PER_S)
        if stamp_s is not None:
            self._camera_clock.report(camera_time_s, stamp_s)
        rate = self._camera_clock.rate
        self.timing.clock_rate_ppm = min(max(int(rate * _US_PER_S), 1), 1 << 40) if rate is not None else 0

    def complained(self, is_so: bool, is_key_frame: bool) -> None:
        """Whether FFmpeg complained of the stream; what was damaged is whole again from a clean key frame on."""
        self.timing.is_damaged = is_so or (self.timing.is_damaged and not is_key_frame)

    def worked(self, began_s: float, ended_s: float) -> bool:
        """The packet is dealt with: it took from `began_s` to `ended_s`, monotonic seconds.

        Returns:
            whether another window is over: about once a second.
        """
        self._worked_s += ended_s - began_s
        passed_s = ended_s - self._window_began_s
        if passed_s < BUSY_WINDOW_S:
            return False
        self.timing.busy_permille = min(1000, int(1000 * self._worked_s / passed_s))
        self._window_began_s, self._worked_s = ended_s, 0.0
        return True
