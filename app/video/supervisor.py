"""The console's side of the hosts: starts them, places streams, notices the dead and the hung.

Its methods are called on the console's thread and never block. Each host's own threads (`host_process.py`) and one
watchdog do the rest; they share the placement under one lock and leave messages in the console's inbox.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import psutil

from app.core.budget import HardwareChoice, HostId, hosts_for, place
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S
from app.core.login import LoginRefused
from app.core.model import Lease, StreamKey
from app.core.ports import (
    HARDWARE,
    HostBeat,
    HostEnded,
    Inbox,
    Output,
    PictureSampled,
    StreamClosed,
    StreamDecoding,
    StreamFailed,
    StreamOpened,
)
from app.core.sentence import Sentence
from app.video import protocol
from app.video.host_process import HostProcess
from app.video.slots import ReadSlot, SlotMaker

FIRST_BEAT_LIMIT_S = 20.0
"""A host that starts on a busy PC loads its libraries for a while."""
BEAT_LIMIT_S = 2.0
"""Eight beats missed: a hung host, or a stopped one. Shorter, and a starved PC kills hosts that only wait."""
STOPPED_LIMIT_S = 0.75
"""Three beats missed by a process that the system says is stopped."""
STAND_IN_AFTER_S = 0.3
"""One beat missed by such a process: another one gets ready meanwhile, for its streams to find it loaded."""
MEMORY_LIMIT_BYTES = 1_500_000_000
"""Resident, of one host. Sixteen main streams take a fifth of it; what takes more has gone wrong, and would take
the whole PC with it."""
GPU_STREAM_BYTES = 100_000_000
"""What a host may take beyond that for each stream that a GPU decodes, or may: the driver's own memory counts in a
process, about 50 MB for a stream of 1080p (sixteen of them with NVDEC, all in one context)."""
DEATH_LIMIT_S = 2.0
"""For a killed host to be gone. One whose thread a driver does not let go of stays for as long as that likes."""
WATCH_PERIOD_S = 0.25
STOP_LIMIT_S = 2.0

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Host:
    """A host and what it was given."""

    id: HostId
    beat_s: float
    """When it has last beaten, or was started: monotonic seconds."""
    beat_limit_s: float
    """Until when it must have beaten again, monotonic seconds."""
    process: HostProcess = field(init=False)
    killed_s: float | None = None
    """When it was told to end: nothing is placed on it any more."""
    streams: dict[StreamKey, int] = field(default_factory=dict)
    """Generation of each stream placed there."""
    closing: set[StreamKey] = field(default_factory=set)
    """Those of them that are on their way out: they hold no place against new ones."""
    on_gpu: set[StreamKey] = field(default_factory=set)
    """Those of them that a GPU decodes as was read back, or is to decode while nothing was."""

    @property
    def memory_limit_bytes(self) -> int:
        """What it may take."""
        return MEMORY_LIMIT_BYTES + len(self.on_gpu) * GPU_STREAM_BYTES

    def note_decoder(self, key: StreamKey, decoder: str) -> None:
        """It was read back what decodes a stream, or that nothing does."""
        if decoder == HARDWARE and key in self.streams:
            self.on_gpu.add(key)
        elif decoder != HARDWARE:
            self.on_gpu.discard(key)

    def forget(self, key: StreamKey) -> None:
        """A stream is not in it any more."""
        del self.streams[key]
        self.closing.discard(key)
        self.on_gpu.discard(key)


class Supervisor:
    """Implements `app.core.ports.VideoPort` over host processes.

    Args:
        command_line: starts a host.
        inbox: where the hosts' events go.
    """

    def __init__(self, command_line: Sequence[str], inbox: Inbox) -> None:
        self._command_line = list(command_line)
        self._inbox = inbox
        self._slots = SlotMaker()
        self._lock = threading.Lock()
        self._hosts: dict[HostId, _Host] = {}
        self._numbers = itertools.count(1)
        self._stopping = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="host watchdog", daemon=True)
        self._watchdog.start()

    # ---- VideoPort

    def new_slot(self, width_px: int, height_px: int) -> ReadSlot:
        """Shared memory for pictures of at most that size."""
        return self._slots.new(width_px, height_px)

    def prepare(self, streams: int) -> None:
        """Start the hosts that so many streams will need."""
        with self._lock:
            while len(self._serving()) < hosts_for(streams):
                self._start()

    def open(
        self,
        lease: Lease,
        generation: int,
        outputs: Sequence[Output],
        hardware: HardwareChoice,
        silence_s: float = STALE_AFTER_S,
        is_unproved: bool = False,
    ) -> None:
        """Open a stream in the least busy host."""
        endpoint = lease.endpoints[0]
        login = lease.login(endpoint)
        command = protocol.Open(
            lease.key,
            generation,
            endpoint,
            login.username,
            login.secret,
            _specs(outputs),
            hardware,
            silence_s,
            is_unproved,
        )
        with self._lock:
            host = self._place()
            host.streams[lease.key] = generation
            host.closing.discard(lease.key)
            if hardware is HardwareChoice.ALWAYS:
                host.on_gpu.add(lease.key)
            host.process.send(protocol.encode(command))

    def set_outputs(self, key: StreamKey, outputs: Sequence[Output]) -> None:
        """Change where an open stream's pictures go."""
        with self._lock:
            host = self._host_of(key)
            if host is not None:
                host.process.send(protocol.encode(protocol.SetOutputs(key, _specs(outputs))))

    def set_thin(self, key: StreamKey, is_thin: bool) -> None:
        """Have an open stream's key frames decoded only, or everything again."""
        with self._lock:
            host = self._host_of(key)
            if host is not None:
                host.process.send(protocol.encode(protocol.Thin(key, is_thin)))

    def close(self, key: StreamKey, generation: int) -> None:
        """Close a stream; one that is nowhere open is closed already."""
        with self._lock:
            host = self._host_of(key)
            if host is not None:
                host.closing.add(key)
                host.process.send(protocol.encode(protocol.Close(key, generation)))
        if host is None:
            self._inbox.put(StreamClosed(key, generation))

    def kill_host_of(self, key: StreamKey) -> None:
        """End the host that a stream is placed on."""
        with self._lock:
            host = self._host_of(key)
        if host is not None:
            _log.warning("host=%d killed: it does not close a stream", host.id)
            self._kill(host)

    def stop(self) -> None:
        """End every host and every thread, and wait for them."""
        self._stopping.set()
        with self._lock:
            hosts = list(self._hosts.values())
        for host in hosts:
            host.process.let_go()
        give_up_s = time.monotonic() + STOP_LIMIT_S
        for host in hosts:
            host.process.end(give_up_s)
        self._watchdog.join()

    def pids(self) -> list[int]:
        """Process ids of the running hosts."""
        with self._lock:
            pids = [host.process.pid for host in self._hosts.values()]
        return [pid for pid in pids if pid is not None]

    # ---- hosts; all with the lock held

    def _host_of(self, key: StreamKey) -> _Host | None:
        return next((host for host in self._hosts.values() if key in host.streams), None)

    def _serving(self) -> list[_Host]:
        return [host for host in self._hosts.values() if host.killed_s is None]

    def _place(self) -> _Host:
        load = {host.id: len(host.streams.keys() - host.closing) for host in self._serving()}
        chosen = place(load, sum(load.values()) + 1)
        return self._hosts[chosen] if chosen is not None else self._start()

    def _start(self) -> _Host:
        now_s = time.monotonic()
        host = _Host(HostId(next(self._numbers)), now_s, now_s + FIRST_BEAT_LIMIT_S)
        self._hosts[host.id] = host
        heard, buried = partial(self._hear, host), partial(self._bury, host)
        host.process = HostProcess(self._command_line, f"host={host.id}", heard, buried)
        host.process.start()
        return host

    # ---- the hosts' threads

    def _hear(self, host: _Host, line: bytes) -> None:
        if host.id not in self._hosts:
            return  # it was given up, its streams are elsewhere
        try:
            self._pass_on(host, protocol.decode_event(line))
        except ValueError as error:
            _log.warning("host=%d said %s", host.id, error)

    def _pass_on(self, host: _Host, event: protocol.HostEvent) -> None:
        match event:
            case protocol.Hello(version) if version != protocol.VERSION:
                _log.error("host=%d speaks version %d, not %d", host.id, version, protocol.VERSION)
                self._kill(host)
            case protocol.Beat():
                self._take_beat(host, event)
            case protocol.Opened():
                self._inbox.put(_opened(event))
            case protocol.Decoding(key, generation, engine, decoder):
                with self._lock:
                    host.note_decoder(key, decoder)
                self._inbox.put(StreamDecoding(key, generation, engine, decoder))
            case protocol.Sampled(key, generation, sample):
                self._inbox.put(PictureSampled(key, generation, sample))
            case protocol.Failed(key, generation, failure):
                self._forget(host, key, generation)
                self._inbox.put(StreamFailed(key, generation, failure))
            case protocol.Closed(key, generation):
                self._forget(host, key, generation)
                self._inbox.put(StreamClosed(key, generation))
            case protocol.Refused(key, generation):
                self._inbox.put(LoginRefused(key, generation))

    def _take_beat(self, host: _Host, beat: protocol.Beat) -> None:
        host.beat_s = time.monotonic()
        host.beat_limit_s = host.beat_s + BEAT_LIMIT_S
        self._inbox.put(HostBeat(host.id, beat.cpu_s, beat.uss_bytes))
        with self._lock:
            limit_bytes = host.memory_limit_bytes
        if beat.rss_bytes > limit_bytes:
            _log.warning("host=%d killed: it uses %d MB of memory", host.id, beat.rss_bytes >> 20)
            self._kill(host)

    def _forget(self, host: _Host, key: StreamKey, generation: int) -> None:
        with self._lock:
            if host.streams.get(key) == generation:
                host.forget(key)

    def _kill(self, host: _Host) -> None:
        """End a host; on any thread, without the lock."""
        with self._lock:
            host.killed_s = host.killed_s or time.monotonic()
        host.process.kill()

    def _bury(self, host: _Host, end: int | OSError | None) -> None:
        """Say what was lost with a host, once; None: it does not end."""
        with self._lock:
            is_known = self._hosts.pop(host.id, None) is not None
            lost, host.streams = host.streams, {}
        if self._stopping.is_set() or not is_known:
            return
        self._inbox.put(HostEnded(host.id))
        _log.warning("host=%d ended with %s and %d streams", host.id, end, len(lost))
        for key, generation in lost.items():
            self._inbox.put(StreamFailed(key, generation, _why_lost(end)))

    # ---- the watchdog's thread

    def _watch(self) -> None:
        """Kill hosts that have stopped beating."""
        watched_s = time.monotonic()
        while not self._stopping.wait(WATCH_PERIOD_S):
            late_s = time.monotonic() - watched_s - WATCH_PERIOD_S
            watched_s = time.monotonic()
            with self._lock:
                if late_s > WATCH_PERIOD_S:  # this process stood still, and the beats of the meantime lie unread
                    self._forgive(late_s)
                serving = self._serving()
                undead = [host for host in self._hosts.values() if _is_undead(host, watched_s)]
            if any(host.streams and _has_stopped(host, watched_s, STAND_IN_AFTER_S) for host in serving):
                self._stand_in()
            for host in serving:
                if _is_hung(host, watched_s):
                    _log.warning("host=%d killed: it has stopped beating", host.id)
                    self._kill(host)
            for host in undead:
                self._bury(host, None)

    def _stand_in(self) -> None:
        """Have a host to spare; one that nobody needs after all is the next ones' stand-in."""
        with self._lock:
            streams = sum(len(host.streams) for host in self._hosts.values())
            if not self._stopping.is_set() and len(self._serving()) <= hosts_for(streams):
                self._start()

    def _forgive(self, late_s: float) -> None:
        for host in self._hosts.values():
            host.beat_s += late_s
            host.beat_limit_s += late_s


def _specs(outputs: Sequence[Output]) -> tuple[protocol.OutputSpec, ...]:
    return tuple(
        protocol.OutputSpec(output.slot.handle, output.width_px, output.height_px, output.window_id, output.crop)
        for output in outputs
    )


def _opened(event: protocol.Opened) -> StreamOpened:
    return StreamOpened(
        event.key,
        event.generation,
        event.codec,
        event.width_px,
        event.height_px,
        event.frame_rate_fps,
    )


def _why_lost(end: int | OSError | None) -> Failure:
    if isinstance(end, OSError):
        why = Sentence("a video process cannot be started: {0}", end.strerror or str(end))
        return Failure(Reason.NO_HOST, why)
    return Failure(Reason.HOST_LOST)


def _is_undead(host: _Host, now_s: float) -> bool:
    """Whether a host was killed and is there all the same."""
    return host.killed_s is not None and now_s > host.killed_s + DEATH_LIMIT_S


def _is_hung(host: _Host, now_s: float) -> bool:
    """Whether a host does not beat any more, and not only because this PC is busy.

    A stopped process says so itself: it need not be waited for as long as one that may merely be starved.
    """
    return now_s > host.beat_limit_s or _has_stopped(host, now_s, STOPPED_LIMIT_S)


def _has_stopped(host: _Host, now_s: float, silent_s: float) -> bool:
    """Whether it has been silent for so long, and the system says why."""
    pid = host.process.pid
    if pid is None or now_s <= host.beat_s + silent_s:
        return False
    try:
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    except (psutil.Error, OSError):
        return False  # that it has ended its reader notices; what the system does not tell is no reason to end it
