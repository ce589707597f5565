"""A trial: one video host, a healthy stream, and a group of hostile ones beside it until each has had its say.

It sees what the console sees: messages, counters, pictures, and the host's process. Several may run at once, each
on a thread of its own.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from app.core.budget import HardwareChoice
from app.core.failure import Failure
from app.core.lights import Lights
from app.core.ports import HostBeat, Output, StreamClosed, StreamFailed
from app.demo import barcode
from app.video.slots import ReadSlot
from tests.support.hostile_camera import HostileCameras
from tests.support.hostile_catalogue import HEALTHY
from tests.support.hostile_stream import FAULT_AFTER_S
from tests.support.video_kit import GENERATION, TILE_PX, Stream, Wall, lease_for, rgb, running_wall, stream_key
from tests.waiting import until

NEVER_SETTLES = "no-key-frame"
"""A camera may send its first key frame late: the host waits on, and the console's own limit ends it."""
SEEN_AFTER_FAULT_S = 2.0
"""A stream that shows pictures so long after its fault began goes on playing."""
_WATCH_LIMIT_S = 18.0
_FIRST_NUMBER = 100
_SPARE_ROWS = 8
_MEMORY_EVERY_S = 0.3
_PUTS_AWAY_WITHIN_S = 8.0


@dataclass(frozen=True, slots=True)
class End:
    """What became of a hostile stream.

    Attributes:
        failure: what the console was told, None while it plays.
        settled_s: how long after the open it had failed or was seen to play on; None where neither came.
        lights: its counters before it was closed.
        close_s: how long its close took, 0.0 for one that had failed.
        has_spilled: whether anything was written behind its slot.
    """

    failure: Failure | None
    settled_s: float | None
    lights: Lights
    close_s: float
    has_spilled: bool

    @property
    def is_playing(self) -> bool:
        """Whether it went on showing pictures."""
        return self.failure is None and self.settled_s is not None


@dataclass(frozen=True, slots=True)
class Trial:
    """What was seen.

    Attributes:
        group: of the hostile streams.
        ends: of each of them, by name.
        hosts_before, hosts_after: process ids.
        beats_after: beats of the host that came after all closes.
        longest_gap_s: the longest time without a new picture of the healthy stream.
        numbers: the frames that were seen of it, None for a picture without a readable number.
        growth_bytes: how much unshared memory the host had at most, above what it had with the healthy stream.
        threads_left: threads of the host beyond those that it had with the healthy stream.
    """

    group: str
    ends: Mapping[str, End]
    hosts_before: list[int]
    hosts_after: list[int]
    beats_after: int
    longest_gap_s: float
    numbers: list[int | None]
    growth_bytes: int
    threads_left: int


def run_trial(group: str, names: Iterable[str], cameras: HostileCameras) -> Trial:
    """Open a group beside a healthy stream, watch, close, and look at what is left."""
    with running_wall() as wall:
        wall.prepare(1)
        healthy = wall.open(cameras.endpoint(HEALTHY))
        wall.wait_pictures(healthy, more=3)
        hosts_before = wall.supervisor.pids()
        watch = _Watch(wall, healthy, psutil.Process(hosts_before[0]))
        hostile = {
            name: _open(wall, cameras, name, number) for number, name in enumerate(names, start=_FIRST_NUMBER)
        }
        watch.until_settled(hostile)
        ends = {name: watch.end(name, stream) for name, stream in hostile.items()}
        return watch.trial(group, ends, hosts_before)


def number_on(slot: ReadSlot) -> int | None:
    """The number of the frame that a slot shows, None where there is none to be read."""
    picture = slot.picture()
    return None if picture is None else barcode.read(rgb(picture)[..., 1])


def _open(wall: Wall, cameras: HostileCameras, name: str, number: int) -> Stream:
    """Open a stream into a slot that has some rows more than the host is told."""
    stream = Stream(stream_key(number), GENERATION, wall.slot(TILE_PX[0], TILE_PX[1] + _SPARE_ROWS))
    lease, outputs = lease_for(stream.key, cameras.endpoint(name)), [Output(stream.slot, *TILE_PX)]
    wall.supervisor.open(lease, GENERATION, outputs, HardwareChoice.NEVER, cameras.silence_s(name))
    return stream


def has_spilled(wall: Wall, stream: Stream) -> bool:
    """Whether anything stands behind the part of a slot's memory that the host was told of."""
    if sys.platform == "win32":
        return False  # its mappings have no file to look at
    told, whole = (_file_of(slot).read_bytes() for slot in (wall.slot(*TILE_PX), stream.slot))
    return any(whole[len(told) :])


def _file_of(slot: ReadSlot) -> Path:
    return Path(slot.handle.partition("#")[0])


@dataclass(slots=True)
class _Watch:
    """Eyes on one host."""

    wall: Wall
    healthy: Stream
    host: psutil.Process
    opened_s: float = field(default_factory=time.monotonic)
    settled_s: dict[str, float] = field(default_factory=dict)
    longest_gap_s: float = 0.0
    numbers: list[int | None] = field(default_factory=list)
    uss_bytes: list[int] = field(init=False)
    threads: int = field(init=False)
    _memory_due_s: float = 0.0

    def __post_init__(self) -> None:
        self.uss_bytes = [self.host.memory_full_info().uss]
        self.threads = self.host.num_threads()

    def until_settled(self, hostile: Mapping[str, Stream]) -> None:
        """Look at everything until each stream has failed or plays on, or has had all the time that there is."""
        self.opened_s = time.monotonic()
        give_up_s = self.opened_s + _WATCH_LIMIT_S
        until(lambda: self._look(hostile) or time.monotonic() > give_up_s, within_s=2 * _WATCH_LIMIT_S)

    def end(self, name: str, stream: Stream) -> End:
        """Close a stream that still plays; gives what became of it."""
        lights = stream.slot.lights(GENERATION)
        failure = self.failure(stream)
        close_s = 0.0 if failure else self._close(stream)
        return End(failure, self.settled_s.get(name), lights, close_s, has_spilled(self.wall, stream))

    def failure(self, stream: Stream) -> Failure | None:
        """Why a stream ended by itself."""
        failed = self.wall.messages_of(StreamFailed, stream.key)
        return failed[0].failure if failed else None

    def trial(self, group: str, ends: Mapping[str, End], hosts_before: list[int]) -> Trial:
        """What was seen, after giving the host time to put things away."""
        beats = self._beats()
        _wait_for(lambda: self._beats() > beats + 2 and self._threads_left() <= 0)
        self._look_at_healthy()
        return Trial(
            group=group,
            ends=ends,
            hosts_before=hosts_before,
            hosts_after=self.wall.supervisor.pids(),
            beats_after=self._beats() - beats,
            longest_gap_s=self.longest_gap_s,
            numbers=self.numbers,
            growth_bytes=max(self.uss_bytes) - self.uss_bytes[0],
            threads_left=self._threads_left(),
        )

    def _close(self, stream: Stream) -> float:
        asked_s = time.monotonic()
        self.wall.supervisor.close(stream.key, GENERATION)
        until(lambda: self._has_ended(stream), what=f"the end of {stream.key}")
        return time.monotonic() - asked_s

    def _has_ended(self, stream: Stream) -> bool:
        self._look_at_healthy()
        return bool(self.wall.messages_of(StreamClosed, stream.key)) or self.failure(stream) is not None

    def _beats(self) -> int:
        return len(self.wall.messages_of(HostBeat))

    def _threads_left(self) -> int:
        return self.host.num_threads() - self.threads if self.host.is_running() else 0

    def _look(self, hostile: Mapping[str, Stream]) -> bool:
        self._look_at_healthy()
        self._look_at_memory()
        after_s = time.monotonic() - self.opened_s
        for name, stream in hostile.items():
            if name not in self.settled_s and self._is_settled(stream):
                self.settled_s[name] = after_s
        return hostile.keys() - self.settled_s.keys() <= {NEVER_SETTLES}

    def _is_settled(self, stream: Stream) -> bool:
        plays_on_s = self.opened_s + FAULT_AFTER_S + SEEN_AFTER_FAULT_S
        has_shown = stream.slot.lights(GENERATION).last_picture_s > plays_on_s
        return has_shown or self.failure(stream) is not None

    def _look_at_healthy(self) -> None:
        gap_s = time.monotonic() - self.healthy.slot.lights(GENERATION).last_picture_s
        self.longest_gap_s = max(self.longest_gap_s, gap_s)
        self.numbers.append(number_on(self.healthy.slot))

    def _look_at_memory(self) -> None:
        if time.monotonic() < self._memory_due_s:
            return
        self._memory_due_s = time.monotonic() + _MEMORY_EVERY_S
        with contextlib.suppress(psutil.Error):  # a host that has died is told by its process id
            self.uss_bytes.append(self.host.memory_full_info().uss)


def _wait_for(condition: Callable[[], bool]) -> None:
    """Until it is true, or for as long as it may take: what is left then is the trial's result."""
    give_up_s = time.monotonic() + _PUTS_AWAY_WITHIN_S
    until(lambda: condition() or time.monotonic() > give_up_s)
