"""What libVLC has been given and has not shown yet, told from counts alone: it says nothing of single packets.

Used on the session's thread. Pure: times come in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from app.video.engines.vlc_feed import QUEUED_PACKETS

SHOWN_WITHIN_S = 0.75
"""In which libVLC has surely shown what a burst of late packets held (0.5 s was seen)."""
DECODED_WITHIN_S = 4.0
"""What libVLC has not decoded by twice then, it has skipped."""
STEADY_WINDOW_S = 0.5
"""libVLC's own figures are up to 0.3 s old (measured): the least of each window is a fresh one."""
STEADY_LOOKS = 5
"""A window of a slow camera is longer: one look a packet is made at most."""


class Recent:
    """The worst or the best of a figure over the last moments, kept by two windows of `window_s`: it holds for one
    at least, and for two at most.

    Args:
        pick: `max` or `min`.
        window_s: see above.
    """

    def __init__(self, pick: Callable[[int, int], int], window_s: float) -> None:
        self._pick = pick
        self._window_s = window_s
        self._before: int | None = None
        self._now: int | None = None
        self._turn_s = 0.0

    def take(self, figure: int, now_s: float) -> int:
        """The extreme so far, with one more figure."""
        if now_s >= self._turn_s:
            self._before, self._now, self._turn_s = self._now, None, now_s + self._window_s
        self._now = figure if self._now is None else self._pick(self._now, figure)
        return self._now if self._before is None else self._pick(self._before, self._now)


class Backlog:
    """How long the packet has waited that libVLC has to decode next.

    A packet is a picture, but for those that libVLC skips for good: late ones of a burst, and pieces of pictures
    whose other packets were lost. They are told from a backlog by what follows. A backlog is worked off, or grows;
    and pictures that come out of it late are lost, not shown: libVLC drops what is more than a frame interval
    behind its stamp (src/video_output/video_output.c), which it got when it was fetched (`vlc_feed.py`). So where
    the number that is missing has not grown for a while and nothing was lost meanwhile, it was skipped. Of a burst
    of 100 packets 25 were, and made each picture pass for one 1.6 s old for seven seconds (seen).

    Attributes:
        fed: packets handed over so far.
    """

    def __init__(self) -> None:
        self.fed = 0
        self._arrivals: deque[float] = deque(maxlen=2 * QUEUED_PACKETS)
        self._never_decoded = Recent(min, DECODED_WITHIN_S)
        self._steady = _Steady()

    def add(self, now_s: float) -> None:
        """A packet is handed over."""
        self.fed += 1
        self._arrivals.append(now_s)

    def waiting_s(self, done: int, lost: int, now_s: float, queued_s: float = 0.0) -> float:
        """How long ago the packet came that libVLC has to decode next, 0.0 where it has decoded all.

        Args:
            done: packets that were decoded, or taken out of the queue, so far.
            lost: pictures that came too late to be shown, so far.
            now_s: monotonic.
            queued_s: how long the packet has waited that libVLC fetches next: that one was not skipped.
        """
        ahead = self.fed - done
        skipped = max(self._never_decoded.take(ahead, now_s), self._steady.take(ahead, lost, now_s))
        waiting = ahead - skipped
        if waiting <= 0 or not self._arrivals:
            return queued_s
        return max(queued_s, now_s - self._arrivals[-min(waiting, len(self._arrivals))])


class DecodedCount:
    """How many pictures a libVLC has decoded.

    3.0.24 counts each twice, which shows when it counts more than it was given, for a packet is a picture. Until
    then a decoder that is behind seems to be less so: what one player shows is known of all that follow.
    """

    def __init__(self) -> None:
        self._is_doubled = False

    def of(self, counted: int, fed: int) -> int:
        """How many really were.

        Args:
            counted: what libVLC says of a player.
            fed: packets that it was given.
        """
        self._is_doubled = self._is_doubled or counted > fed
        return counted // 2 if self._is_doubled else counted


class Painting:
    """Whether what libVLC decodes reaches the screen.

    It decodes up to twenty pictures ahead of an output that is held up, as by an X server or a GPU that does not
    answer: for 1.5 s an old picture passed for a live one (seen). What was displayed is no sign of life by itself:
    the last picture is, again and again, while nothing comes. But where nothing is displayed, nothing was painted.
    """

    def __init__(self) -> None:
        self._displayed: int | None = None
        self._held_since_s: float | None = None

    def take(self, displayed: int, now_s: float) -> float | None:
        """There are new pictures: for how long the output was held up before it painted one, seconds.

        None where it has painted none since the last time. The first one is believed as soon as it is decoded.

        Args:
            displayed: pictures that were displayed so far.
            now_s: monotonic.
        """
        if displayed == self._displayed:
            self._held_since_s = now_s if self._held_since_s is None else self._held_since_s
            return None
        held_s = 0.0 if self._held_since_s is None else now_s - self._held_since_s
        self._displayed, self._held_since_s = displayed, None
        return held_s


class _Steady:
    """The least of a figure, as soon as it is no greater in one window than in the one before."""

    def __init__(self) -> None:
        self._before: int | None = None
        self._least: int | None = None
        self._looks = 0
        self._agreed = 0
        self._lost = 0
        self._turn_s = 0.0

    def take(self, ahead: int, lost: int, now_s: float) -> int:
        """What was agreed on, with one more figure; pictures that were lost meanwhile make a window void."""
        if lost != self._lost:
            self._lost = lost
            self._begin(None, now_s)
        elif now_s >= self._turn_s and self._looks >= STEADY_LOOKS:
            if self._before is not None and self._least is not None and self._least <= self._before:
                self._agreed = self._least
            self._begin(self._least, now_s)
        self._looks += 1
        self._least = ahead if self._least is None else min(self._least, ahead)
        self._agreed = min(self._agreed, ahead)
        return self._agreed

    def _begin(self, before: int | None, now_s: float) -> None:
        self._before, self._least, self._looks, self._turn_s = before, None, 0, now_s + STEADY_WINDOW_S
