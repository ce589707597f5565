"""Measures one picture a second of a stream, for the frame checks.

Used on the session's thread only. On shared surfaces the picture is there; for a direct one a key frame is
decoded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.budget import Surface
from app.core.picture import PictureSample, Thumbnail, measure
from app.video.engine_set import EngineSet
from app.video.engines.av import key_frame_brightness
from app.video.engines.base import Brightness

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

PERIOD_S = 1.0
CALM_S = 2.0
"""Without damage for so long, two groups of pictures of a usual camera, before one is measured again."""
_LEAST_SIDE_PX = 48
"""A smaller picture tells nothing."""


class Sampler:
    """Says what a picture looks like, once a second.

    Args:
        emit: takes the measures.
        phase_s: seconds from the first picture to the first measuring: streams of a host differ in it.
    """

    def __init__(self, emit: Callable[[PictureSample], None], phase_s: float) -> None:
        self._emit = emit
        self._phase_s = phase_s
        self._next_s: float | None = None
        self._previous: Thumbnail | None = None
        self._held: PictureSample | None = None

    def look(
        self, packet: Packet[VideoStream], engines: EngineSet, now_s: float, is_damaged: Callable[[], bool]
    ) -> None:
        """Measure the present picture if it is time and it is whole.

        A damaged one must never be learnt as usual: of broken blocks it may be fifty times as sharp, and every
        sound picture after it would be called blurred. FFmpeg's H.265 decoder finds nothing wrong with nine broken
        key frames in ten, and its receiver may notice a loss one packet late: so a stream has to be calm for a
        while, and a measure is held back until the next packet.

        Args:
            packet: the one that has been fed.
            engines: where its picture is.
            now_s: monotonic seconds.
            is_damaged: whether something is missing in what was decoded until now; asked again after a decoding.
        """
        if self._next_s is None:
            self._next_s = now_s + self._phase_s
        if is_damaged():
            self._wait_for_calm(now_s)
            return
        self._let_go()
        if now_s < self._next_s:
            return
        seen = _brightness(packet, engines)
        if seen is None or min(seen.luma.shape) < _LEAST_SIDE_PX:
            return
        if is_damaged():
            self._wait_for_calm(now_s)
            return
        self._next_s = now_s + PERIOD_S
        self._held, self._previous = measure(seen.luma, self._previous, is_full_range=seen.is_full_range)

    def _wait_for_calm(self, now_s: float) -> None:
        self._held = None
        self._next_s = now_s + CALM_S

    def _let_go(self) -> None:
        """The picture that was measured last has turned out to be whole."""
        if self._held is not None:
            held, self._held = self._held, None
            self._emit(held)


def _brightness(packet: Packet[VideoStream], engines: EngineSet) -> Brightness | None:
    seen = next((seen for engine in engines.at_work if (seen := engine.brightness()) is not None), None)
    if seen is None and packet.is_keyframe and engines.has(Surface.DIRECT):
        return key_frame_brightness(packet)
    return seen
