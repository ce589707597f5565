"""Takes in what hosts, leases and probes say of streams.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable

from app.console.figures import ENGINES
from app.console.health import Health
from app.console.recovery import Recovery
from app.console.streams import StreamBook
from app.console.tile_book import TileBook
from app.core.budget import Surface
from app.core.failure import Reason
from app.core.ports import (
    HARDWARE,
    LeaseDenied,
    LeaseGranted,
    Message,
    NetworkChanged,
    PathProbed,
    PictureSampled,
    StreamClosed,
    StreamDecoding,
    StreamFailed,
    StreamOpened,
)


class StreamNews:
    """Hands each message to whom it concerns.

    Args:
        streams: the streams.
        tiles: what tiles show of them.
        recovery: notices healed links.
        health: judges pictures.
        reconcile: gives every tile its output anew, now.
    """

    def __init__(
        self,
        streams: StreamBook,
        tiles: TileBook,
        recovery: Recovery,
        health: Health,
        reconcile: Callable[[], None],
    ) -> None:
        self._streams = streams
        self._tiles = tiles
        self._recovery = recovery
        self._health = health
        self._reconcile = reconcile

    def take(self, message: Message, now_s: float) -> bool:
        """Take a message in; whether tiles have to be given their outputs anew, soon."""
        match message:
            case LeaseGranted(lease):
                self._streams.lease_granted(lease, now_s)
            case LeaseDenied(key, failure):
                self._streams.lease_denied(key, failure, now_s)
            case StreamOpened():
                self._streams.host_opened(message, now_s)
            case StreamDecoding():
                return self._take_decoding(message)
            case PictureSampled(key, generation, sample):
                if self._streams.of_generation(key, generation):
                    self._health.sampled(key, sample, now_s)
            case StreamFailed():
                self._take_failure(message, now_s)
            case PathProbed(key, is_whole):
                self._recovery.answered(key, is_whole, now_s)
            case NetworkChanged():
                self._recovery.network_changed(now_s)
            case StreamClosed(key, generation):
                self._streams.host_closed(key, generation, now_s)
        return False

    def _take_decoding(self, message: StreamDecoding) -> bool:
        """A direct surface whose GPU does not decode costs more than it saves: all are shared from now on."""
        record = self._streams.host_decodes(message)
        is_dear = message.engine == ENGINES[Surface.DIRECT] and message.decoder != HARDWARE
        return record is not None and is_dear and self._tiles.end_trial()

    def _take_failure(self, failed: StreamFailed, now_s: float) -> None:
        """A stream ended; one that a direct surface did not play is shared at once."""
        is_direct = self._is_drawn_directly(failed)
        self._streams.host_failed(failed.key, failed.generation, failed.failure, now_s)
        if is_direct and self._tiles.end_trial():
            self._reconcile()
            self._streams.mend(failed.key, now_s)

    def _is_drawn_directly(self, failed: StreamFailed) -> bool:
        record = self._streams.get(failed.key)
        if record is None or failed.failure.reason not in (Reason.UNSUPPORTED, Reason.UNDECODABLE):
            return False
        is_present = self._streams.of_generation(failed.key, failed.generation)
        return is_present and any(output.output.surface is Surface.DIRECT for output in record.outputs)
