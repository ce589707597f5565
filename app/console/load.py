"""Sheds decoding work when this PC falls behind, the least important tiles first. Console's thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.console.stream_record import StreamRecord
from app.console.streams import StreamBook
from app.core.due import Due
from app.core.model import StreamKey
from app.core.shedding import Shedding, is_behind, shed
from app.core.stream_life import Life

PERIOD_S = 0.5
"""Half of a host's own window (`timing.BUSY_WINDOW_S`): more often there is nothing new."""


class Load:
    """Keeps the shedding, and tells the hosts.

    Args:
        streams: what plays.
    """

    def __init__(self, streams: StreamBook) -> None:
        self._streams = streams
        self._shedding = Shedding()
        self._due = Due(PERIOD_S)

    def check(self, least_important_first: Callable[[], Sequence[StreamKey]], now_s: float) -> None:
        """Look at every stream if it is time.

        Args:
            least_important_first: gives what the wall shows, the least important first.
            now_s: monotonic seconds.
        """
        if self._due.is_due(now_s):
            self._due.done(now_s)
            self._look(least_important_first(), now_s)

    def _look(self, least_important_first: Sequence[StreamKey], now_s: float) -> None:
        records = (self._streams.get(key) for key in least_important_first)
        playing = {
            record.key: record for record in records if record is not None and record.state.life is Life.PLAYING
        }
        order = [key for key in least_important_first if key in playing]
        behind = [key for key, record in playing.items() if _is_behind(record)]
        self._shedding = shed(self._shedding, order, behind, now_s)
        self._streams.set_thin(self._shedding.thin)


def _is_behind(record: StreamRecord) -> bool:
    return any(is_behind(output.watch.lights) for output in record.outputs)
