"""How late a stream's packets are, and what a camera's own clock says. Pure; times are seconds, and come in.

Two independent questions. *Late* compares a packet's timestamp with those of the same session: a link that jams
and then delivers what it held shows old pictures, and the packets themselves say so. *Camera time* compares the
camera's clock, as its RTCP sender reports give it (RFC 3550, 6.4.1), with this PC's: it knows how old a picture is
on a link that was slow from the first packet on, provided that both clocks are right.
"""

from __future__ import annotations

JUMP_S = 0.5
"""A packet cannot become later by more than was waited for it; beyond this its timestamps have jumped."""
CREEP = 0.005
"""How fast the best delay is forgotten, a part of the time that passes: crystals differ by 0.0001, but cameras
that count frames instead of time are off by up to a few thousandths."""
CREEP_BELOW_S = 0.5
"""A stream that is later than this is late: its best delay is kept, or it would pass for punctual one day."""
JITTER_GAIN = 1 / 16
"""Of the running mean, RFC 3550, 6.4.1 and A.8."""
RATE_BASE_S = 30.0
"""The camera time that a rate is taken from. Between two reports, 5 s apart, the wall clock is extrapolated by the
media clock itself: over so long that is a small part."""


class DelayMeter:
    """Measures how late each packet of one session is, against the most punctual one so far.

    Attributes:
        late_s: how late the last packet was, seconds, never below 0.
        jitter_s: mean difference in delay between neighbouring packets, seconds (RFC 3550, A.8).
    """

    __slots__ = ("_best_s", "_delay_s", "_has_begun", "_now_s", "jitter_s", "late_s")

    def __init__(self) -> None:
        self.late_s = 0.0
        self.jitter_s = 0.0
        self._best_s = 0.0
        self._delay_s = 0.0
        self._now_s = 0.0
        self._has_begun = False

    def take(self, stamp_s: float, now_s: float) -> None:
        """Take a packet in.

        Args:
            stamp_s: its timestamp; only differences count.
            now_s: when it came, monotonic.
        """
        delay_s = now_s - stamp_s
        if not self._has_begun:
            self._has_begun = True
            self._best_s = delay_s
        else:
            self._compare(delay_s - self._delay_s, now_s - self._now_s)
        self._delay_s, self._now_s = delay_s, now_s
        self._best_s = min(self._best_s, delay_s)
        self.late_s = delay_s - self._best_s

    def _compare(self, moved_s: float, waited_s: float) -> None:
        """Learn from a packet whose delay is longer than the one's before by `moved_s`."""
        if moved_s > waited_s + JUMP_S or moved_s < -self.late_s - JUMP_S:
            self._best_s += moved_s  # the timestamps have jumped: the packet is as late as the one before
            return
        self.jitter_s += (abs(moved_s) - self.jitter_s) * JITTER_GAIN
        if self.late_s < CREEP_BELOW_S:
            self._best_s += CREEP * waited_s


class CameraClock:
    """What a camera's sender reports tell of its clock.

    Attributes:
        rate: how fast its media clock runs against its own wall clock, 1.0 when right; None before it is known.
    """

    __slots__ = ("_first", "rate")

    def __init__(self) -> None:
        self.rate: float | None = None
        self._first: tuple[float, float] | None = None

    def report(self, wall_s: float, media_s: float) -> None:
        """Take one moment on the camera's two clocks in.

        Args:
            wall_s: its wall clock, seconds, as the last sender report before it tells.
            media_s: its media clock, seconds. After a wrap or a jump back it measures anew.
        """
        if self._first is None or wall_s < self._first[0] or media_s < self._first[1]:
            self._first = (wall_s, media_s)
            return
        passed_s = wall_s - self._first[0]
        if passed_s >= RATE_BASE_S:
            self.rate = (media_s - self._first[1]) / passed_s
            self._first = (wall_s, media_s)
