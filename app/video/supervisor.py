"""The console's side of the hosts: starts them, places streams, notices the dead and the hung.

Its methods are called on the console's thread and never block. A reader and a writer thread per host and one
watchdog do the rest; they share the placement under one lock and leave messages in the console's inbox.
"""

from __future__ import annotations

import itertools
import logging
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import psutil

from app.core.budget import HardwareChoice, HostId, hosts_for, place
from app.core.errors import VideoError
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S
from app.core.model import Lease, StreamKey
from app.core.ports import (
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
from app.video import protocol
from app.video.slots import ReadSlot, SlotMaker

FIRST_BEAT_LIMIT_S = 20.0
"""A host that starts on a busy PC loads its libraries for a while."""
BEAT_LIMIT_S = 2.0
"""Eight beats missed: a hung host, or a stopped one. Shorter, and a starved PC kills hosts that only wait."""
STOPPED_LIMIT_S = 0.75
"""Three beats missed by a process that the system says is stopped."""
MEMORY_LIMIT_BYTES = 1_500_000_000
"""Resident, of one host. Sixteen main streams take a fifth of it; what takes more has gone wrong, and would take
the whole PC with it."""
HOST_ENVIRONMENT = MappingProxyType({"MALLOC_ARENA_MAX": "2"})
"""glibc gives every session's thread an arena of its own: over a week of opened and closed streams most of a
host's memory was free, in pieces (measured)."""
WATCH_PERIOD_S = 0.25
STOP_LIMIT_S = 2.0

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Host:
    """A running host process and what it was given."""

    id: HostId
    process: subprocess.Popen[bytes]
    commands: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue)
    streams: dict[StreamKey, int] = field(default_factory=dict)
    """Generation of each stream placed there."""
    closing: set[StreamKey] = field(default_factory=set)
    """Those of them that are on their way out: they hold no place against new ones."""
    beat_s: float = 0.0
    """When it has last beaten, monotonic seconds."""
    beat_limit_s: float = 0.0
    """Until when it must have beaten again, monotonic seconds."""


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
        self._threads: list[threading.Thread] = []
        self._run(self._watch, "host watchdog")

    # ---- VideoPort

    def new_slot(self, width_px: int, height_px: int) -> ReadSlot:
        """Shared memory for pictures of at most that size."""
        return self._slots.new(width_px, height_px)

    def prepare(self, streams: int) -> None:
        """Start the hosts that so many streams will need."""
        try:
            with self._lock:
                while len(self._hosts) < hosts_for(streams):
                    self._start()
        except VideoError as error:
            _log.warning("%s", error)  # each stream that is opened says so too

    def open(
        self,
        lease: Lease,
        generation: int,
        outputs: Sequence[Output],
        hardware: HardwareChoice,
        silence_s: float = STALE_AFTER_S,
    ) -> None:
        """Open a stream in the least busy host."""
        endpoint = lease.endpoints[0]
        command = protocol.Open(
            lease.key, generation, endpoint, lease.username, lease.secret, _specs(outputs), hardware, silence_s
        )
        try:
            with self._lock:
                host = self._place()
                host.streams[lease.key] = generation
                host.closing.discard(lease.key)
                host.commands.put(protocol.encode(command))
        except VideoError as error:
            failure = Failure(Reason.NO_HOST, error.sentence)
            self._inbox.put(StreamFailed(lease.key, generation, failure))

    def set_outputs(self, key: StreamKey, outputs: Sequence[Output]) -> None:
        """Change where an open stream's pictures go."""
        with self._lock:
            host = self._host_of(key)
            if host is not None:
                host.commands.put(protocol.encode(protocol.SetOutputs(key, _specs(outputs))))

    def set_thin(self, key: StreamKey, is_thin: bool) -> None:
        """Have an open stream's key frames decoded only, or everything again."""
        with self._lock:
            host = self._host_of(key)
            if host is not None:
                host.commands.put(protocol.encode(protocol.Thin(key, is_thin)))

    def close(self, key: StreamKey, generation: int) -> None:
        """Close a stream; one that is nowhere open is closed already."""
        with self._lock:
            host = self._host_of(key)
            if host is not None:
                host.closing.add(key)
                host.commands.put(protocol.encode(protocol.Close(key, generation)))
        if host is None:
            self._inbox.put(StreamClosed(key, generation))

    def kill_host_of(self, key: StreamKey) -> None:
        """End the host that a stream is placed on."""
        with self._lock:
            host = self._host_of(key)
        if host is not None:
            _log.warning("host=%d killed: it does not close a stream", host.id)
            host.process.kill()

    def stop(self) -> None:
        """End every host and every thread, and wait for them."""
        self._stopping.set()
        with self._lock:
            hosts = list(self._hosts.values())
        for host in hosts:
            host.commands.put(None)
        give_up_s = time.monotonic() + STOP_LIMIT_S
        for host in hosts:
            _end(host.process, give_up_s)
        for thread in self._threads:
            thread.join()

    def pids(self) -> list[int]:
        """Process ids of the running hosts."""
        with self._lock:
            return [host.process.pid for host in self._hosts.values()]

    # ---- hosts; all with the lock held

    def _host_of(self, key: StreamKey) -> _Host | None:
        return next((host for host in self._hosts.values() if key in host.streams), None)

    def _place(self) -> _Host:
        load = {host.id: len(host.streams.keys() - host.closing) for host in self._hosts.values()}
        chosen = place(load, sum(load.values()) + 1)
        return self._hosts[chosen] if chosen is not None else self._start()

    def _start(self) -> _Host:
        try:
            process = subprocess.Popen(
                self._command_line,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **HOST_ENVIRONMENT},
            )
        except OSError as error:
            raise VideoError("a video process cannot be started: {0}", error.strerror or str(error)) from error
        host = _Host(HostId(next(self._numbers)), process)
        host.beat_s = time.monotonic()
        host.beat_limit_s = host.beat_s + FIRST_BEAT_LIMIT_S
        self._hosts[host.id] = host
        self._run(lambda: self._write(host), f"host {host.id} writer")
        self._run(lambda: self._read(host), f"host {host.id} reader")
        _log.info("host=%d started pid=%d", host.id, process.pid)
        return host

    # ---- threads

    def _run(self, work: Callable[[], None], name: str) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _write(self, host: _Host) -> None:
        """Pass commands on; a host that does not read blocks this thread only."""
        assert host.process.stdin is not None
        try:
            with host.process.stdin as commands:
                while (line := host.commands.get()) is not None:
                    commands.write(line)
                    commands.flush()
        except OSError:
            _log.info("host=%d takes no commands any more", host.id)

    def _read(self, host: _Host) -> None:
        """Pass events on until the host is gone, then say what was lost with it."""
        assert host.process.stdout is not None
        with host.process.stdout as events:
            for line in events:
                try:
                    self._pass_on(host, protocol.decode_event(line))
                except ValueError as error:
                    _log.warning("host=%d said %s", host.id, error)
        host.process.wait()
        self._bury(host)

    def _pass_on(self, host: _Host, event: protocol.HostEvent) -> None:
        match event:
            case protocol.Hello(version) if version != protocol.VERSION:
                _log.error("host=%d speaks version %d, not %d", host.id, version, protocol.VERSION)
                host.process.kill()
            case protocol.Beat():
                self._take_beat(host, event)
            case protocol.Opened():
                self._inbox.put(_opened(event))
            case protocol.Decoding(key, generation, engine, decoder):
                self._inbox.put(StreamDecoding(key, generation, engine, decoder))
            case protocol.Sampled(key, generation, sample):
                self._inbox.put(PictureSampled(key, generation, sample))
            case protocol.Failed(key, generation, failure):
                self._forget(host, key, generation)
                self._inbox.put(StreamFailed(key, generation, failure))
            case protocol.Closed(key, generation):
                self._forget(host, key, generation)
                self._inbox.put(StreamClosed(key, generation))

    def _take_beat(self, host: _Host, beat: protocol.Beat) -> None:
        host.beat_s = time.monotonic()
        host.beat_limit_s = host.beat_s + BEAT_LIMIT_S
        self._inbox.put(HostBeat(host.id, beat.cpu_s, beat.uss_bytes))
        if beat.rss_bytes > MEMORY_LIMIT_BYTES:
            _log.warning("host=%d killed: it uses %d MB of memory", host.id, beat.rss_bytes >> 20)
            host.process.kill()

    def _forget(self, host: _Host, key: StreamKey, generation: int) -> None:
        with self._lock:
            if host.streams.get(key) == generation:
                del host.streams[key]
                host.closing.discard(key)

    def _bury(self, host: _Host) -> None:
        with self._lock:
            self._hosts.pop(host.id, None)
            lost, host.streams = host.streams, {}
        host.commands.put(None)
        if self._stopping.is_set():
            return
        self._inbox.put(HostEnded(host.id))
        _log.warning("host=%d ended with %s and %d streams", host.id, host.process.returncode, len(lost))
        for key, generation in lost.items():
            self._inbox.put(StreamFailed(key, generation, Failure(Reason.HOST_LOST)))

    def _watch(self) -> None:
        """Kill hosts that have stopped beating."""
        watched_s = time.monotonic()
        while not self._stopping.wait(WATCH_PERIOD_S):
            late_s = time.monotonic() - watched_s - WATCH_PERIOD_S
            watched_s = time.monotonic()
            with self._lock:
                if late_s > WATCH_PERIOD_S:  # this process stood still, and the beats of the meantime lie unread
                    self._forgive(late_s)
                hung = [host for host in self._hosts.values() if _is_hung(host, watched_s)]
            for host in hung:
                _log.warning("host=%d killed: it has stopped beating", host.id)
                host.process.kill()

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


def _is_hung(host: _Host, now_s: float) -> bool:
    """Whether a host does not beat any more, and not only because this PC is busy.

    A stopped process says so itself: it need not be waited for as long as one that may merely be starved.
    """
    if now_s > host.beat_limit_s:
        return True
    return now_s > host.beat_s + STOPPED_LIMIT_S and _is_stopped(host.process.pid)


def _is_stopped(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return False  # its reader notices the end


def _end(process: subprocess.Popen[bytes], give_up_s: float) -> None:
    """Wait for a process whose stdin was closed; kill one that does not end."""
    try:
        process.wait(max(0.0, give_up_s - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
