"""Looks for paths that are whole again, and has their cameras tried at once. Owned by the console's thread."""

from __future__ import annotations

from random import Random

from app.console.streams import StreamBook, StreamRecord
from app.core.model import StreamKey
from app.core.outage import PATH_REASONS, OutageWatch
from app.core.ports import PathPort
from app.core.stream_life import Life

WORTH_S = 0.3
"""A wait that is over sooner is not shortened by asking."""


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

    def check(self, now_s: float) -> None:
        """Ask who is due; within the pace that their site allows."""
        waiting = {record.key: record for record in self._streams.records() if _waits(record, now_s)}
        self._watch.waits((key, record.site) for key, record in waiting.items())
        for site, key in self._watch.due(now_s, self._random.random()):
            endpoint = waiting[key].endpoint
            if endpoint is not None:
                self._streams.pace.take(site, now_s)
                self._paths.probe(key, endpoint)

    def answered(self, key: StreamKey, is_whole: bool, now_s: float) -> None:
        """A camera was asked."""
        self._streams.hurry(self._watch.answered(key, is_whole), now_s)

    def network_changed(self, now_s: float) -> None:
        """This PC's network came or changed: everything that failed by its path is tried."""
        failed = [record.key for record in self._streams.records() if _failed_by_path(record)]
        self._streams.hurry(failed, now_s)


def _failed_by_path(record: StreamRecord) -> bool:
    failure = record.state.failure
    return record.state.life is Life.BACKOFF and failure is not None and failure.reason in PATH_REASONS


def _waits(record: StreamRecord, now_s: float) -> bool:
    retry_at_s = record.state.retry_at_s
    if record.endpoint is None or retry_at_s is None or not _failed_by_path(record):
        return False
    return retry_at_s - now_s > WORTH_S
