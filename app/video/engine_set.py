"""The engines that one stream's outputs need, side by side: one ingest feeds them all.

Used on the session's thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.core.budget import Surface
from app.core.errors import VideoError
from app.video.engines.base import Engine
from app.video.protocol import OutputSpec
from app.video.timing import Timing

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

Kind = Surface | None
"""None: outputs that only keep the stream warm."""


class EngineSet:
    """Engines by the kind of surface that they serve, each made when its first output comes.

    Args:
        make: makes the engine of a kind.
    """

    def __init__(self, make: Callable[[Kind], Engine]) -> None:
        self._make = make
        self._engines: dict[Kind, Engine] = {}
        self._outputs: dict[Kind, tuple[OutputSpec, ...]] = {}

    @property
    def at_work(self) -> Sequence[Engine]:
        """Its engines."""
        return tuple(self._engines.values())

    @property
    def pictures(self) -> int:
        """Pictures decoded so far by the engines at work."""
        return sum(engine.pictures for engine in self._engines.values())

    def has(self, kind: Kind) -> bool:
        """Whether an engine of that kind is at work."""
        return kind in self._engines

    def set_outputs(self, outputs: Sequence[OutputSpec], ring: Sequence[Packet[VideoStream]]) -> None:
        """Show the pictures there; an engine that begins catches up with the packets since the last key frame.

        Raises:
            VideoError: an engine cannot serve its outputs; the others do.
        """
        error: VideoError | None = None
        for kind in (Surface.SHARED, Surface.DIRECT, None):
            of_kind = tuple(output for output in outputs if output.surface is kind)
            try:
                self._serve(kind, of_kind, ring)
            except VideoError as refused:
                error = error or refused
        if error is not None:
            raise error

    def _serve(self, kind: Kind, outputs: tuple[OutputSpec, ...], ring: Sequence[Packet[VideoStream]]) -> None:
        served = self._outputs.pop(kind, ())
        if not outputs:
            self._end(kind)
            return
        if kind not in self._engines:
            self._engines[kind] = self._make(kind)
        engine = self._engines[kind]
        if served != outputs:
            engine.set_outputs(outputs)
        # Another native window makes libVLC begin anew; into shared memory the present picture goes by itself.
        if not served or (kind is Surface.DIRECT and served != outputs):
            engine.replay(ring)
        self._outputs[kind] = outputs

    def _end(self, kind: Kind) -> None:
        engine = self._engines.pop(kind, None)
        if engine is not None:
            engine.close()

    def feed(self, packet: Packet[VideoStream], timing: Timing) -> None:
        """Give a packet to every engine."""
        for engine in self._engines.values():
            engine.feed(packet, timing)

    def skip(self, packet: Packet[VideoStream]) -> None:
        """Let every engine count a packet that is not to be decoded."""
        for engine in self._engines.values():
            engine.skip(packet)

    def note(self, timing: Timing) -> None:
        """Let every engine publish what is known of the stream's time."""
        for engine in self._engines.values():
            engine.note(timing)

    def close(self) -> None:
        """Let every engine go."""
        engines, self._engines, self._outputs = self._engines, {}, {}
        for engine in engines.values():
            engine.close()
