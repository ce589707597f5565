"""Looks for paths that are whole again, and has what failed by them tried at once.

Owned by the console's thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from random import Random

from app.console.stream_record import StreamRecord
from app.console.streams import StreamBook
from app.core.failure import Reason
from app.core.model import CameraId, StreamKey
from app.core.outage import PATH_REASONS, OutageWatch
from app.core.paths import PathPort
from app.core.stream_life import Life

_WITHOUT_LEASE = frozenset({Reason.LEASE_UNAVAILABLE, Reason.LEASE_REFUSED})


class Recovery:
    """Asks the cameras of broken paths, one a second and site, and hurries those that answer again.

    Args:
        streams: what waits.
        paths: asks.
        random: the source of jitter.
    """

    def __init__(self, streams: StreamBook, paths: PathPort, random: Random) -> None:
        self._streams = streams
        self._paths = paths
        self._random = random
        self._watch = OutageWatch()
        self._asked: dict[StreamKey, tuple[str | None, float]] = {}
        """The site whose pace each question counts in, and since when it is out."""

    def check(self, now_s: float) -> None:
        """Ask who is due; within the pace that their site allows."""
        suffering = {record.key: record for record in self._streams.records() if _suffers(record)}
        lit = {record.site for record in self._streams.records() if record.state.life is Life.PLAYING}
        self._watch.suffer(((key, record.site) for key, record in suffering.items()), lit)
        for _, key in self._watch.due(now_s, self._random.random(), self._may_ask):
            record = suffering[key]
            if record.endpoint is not None:
                site = record.paced(record.endpoint)
                self._streams.admission.pace.take(site, now_s)
                self._asked[key] = site, now_s
                self._paths.probe(key, record.endpoint)

    def _may_ask(self, key: StreamKey, now_s: float) -> bool:
        record = self._streams.get(key)
        site = record.paced(record.endpoint) if record is not None else None
        return self._streams.admission.pace.may_ask(site, now_s, self._streams.admission.hanging(site, now_s))

    def answered(self, key: StreamKey, is_whole: bool, now_s: float) -> None:
        """A camera was asked."""
        asked = self._asked.pop(key, None)
        if asked is not None and is_whole:
            self._streams.admission.pace.answered(*asked, now_s)
        self._streams.hurry(self._watch.answered(key, is_whole), now_s, arrives=True)

    def network_changed(self, now_s: float) -> None:
        """This PC's network came or changed: everything that failed by its path is tried."""
        suffering = [record.key for record in self._streams.records() if _suffers(record)]
        self._streams.hurry(suffering, now_s, arrives=False)

    def registry_reached(self, now_s: float) -> None:
        """The registry is back: whoever had no lease asks again, as often as its client lets them."""
        self._mend(self._streams.records(), _WITHOUT_LEASE, now_s)

    def purpose_given(self, camera: CameraId, now_s: float) -> None:
        """A camera may be looked at for another reason: what was refused for the one before is asked for again."""
        records = (record for record in self._streams.records() if record.key.camera == camera)
        self._mend(records, {Reason.LEASE_REFUSED}, now_s)

    def _mend(self, records: Iterable[StreamRecord], reasons: Collection[Reason], now_s: float) -> None:
        """What these failed by, if it was one of those reasons, is over."""
        for record in records:
            failure = record.state.failure
            if failure is not None and failure.reason in reasons:
                self._streams.mend(record.key, now_s)


def _suffers(record: StreamRecord) -> bool:
    """Whether it failed by its path and is not back: it waits, or tries once more."""
    failure = record.state.failure
    is_away = record.state.life in (Life.BACKOFF, Life.CONNECTING) and record.endpoint is not None
    return is_away and failure is not None and failure.reason in PATH_REASONS
