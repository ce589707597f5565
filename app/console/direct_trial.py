"""Whether direct surfaces are worth it on this PC: given up for all tiles as soon as one is seen not to be, and
for a single stream whose pictures do not appear on one.

Console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable

from app.console.figures import ENGINES
from app.console.outputs import TileOutput
from app.console.stream_record import USUAL_GOP_S, StreamRecord
from app.console.streams import StreamBook
from app.console.surface_book import SurfaceBook
from app.core.budget import Surface
from app.core.failure import Reason
from app.core.ports import HARDWARE, StreamDecoding, StreamFailed


class DirectTrial:
    """Watches what hosts say of direct surfaces.

    Args:
        streams: what is open.
        surfaces: hears of it.
        reconcile: gives every tile the surface that it should have, now.
    """

    def __init__(self, streams: StreamBook, surfaces: SurfaceBook, reconcile: Callable[[], None]) -> None:
        self._streams = streams
        self._surfaces = surfaces
        self._reconcile = reconcile

    def decodes(self, message: StreamDecoding) -> None:
        """A direct surface whose GPU does not decode costs more than it saves: all are shared from now on.

        One that is kept off the GPU tells nothing of it.
        """
        record = self._streams.host_decodes(message)
        may_tell = record is not None and not record.is_kept_off_gpu
        is_direct = may_tell and message.engine == ENGINES[Surface.DIRECT]
        if is_direct and message.decoder != HARDWARE and self._surfaces.end_trial():
            self._reconcile()

    def failed(self, failed: StreamFailed, now_s: float) -> None:
        """A stream ended; one that a direct surface did not play is shared at once."""
        is_direct = self._is_drawn_directly(failed)
        self._streams.host_failed(failed.key, failed.generation, failed.failure, now_s)
        if is_direct and self._surfaces.unplayed(failed.key):
            self._reconcile()
            self._streams.mend(failed.key, now_s)

    def check(self, now_s: float) -> None:
        """What comes and does not appear on its direct surface is shared, as after the end of a GPU's driver."""
        blind = [record.key for record in self._streams.records() if _is_fed_in_vain(record, now_s)]
        if blind and self._surfaces.unseen(blind):
            self._reconcile()

    def _is_drawn_directly(self, failed: StreamFailed) -> bool:
        record = self._streams.get(failed.key)
        if record is None or failed.failure.reason not in (Reason.UNSUPPORTED, Reason.UNDECODABLE):
            return False
        return self._streams.of_generation(failed.key, failed.generation) and any(_direct_outputs(record))


def _is_fed_in_vain(record: StreamRecord, now_s: float) -> bool:
    """Whether a direct output has got packets for longer than to the next key frame, and shows no picture."""
    limit_s = record.stale_limit_s + (record.profile.gop_s or USUAL_GOP_S)
    return record.is_open and any(output.is_fed_in_vain(now_s, limit_s) for output in _direct_outputs(record))


def _direct_outputs(record: StreamRecord) -> list[TileOutput]:
    return [output for output in record.outputs if output.output.surface is Surface.DIRECT]
