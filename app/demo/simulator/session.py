"""Playing a clip to one client in step with the wall clock, as a camera would.

Runs in the simulator's event loop, as timer callbacks: no task and no thread for a stream. Which frame is
shown when follows from the clock and the camera's phase alone, so a reader of the burnt-in frame index can
tell how old a picture is; a client that joins gets the stream from the current moment on, mid-GOP.
"""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.demo.simulator.clip import CLOCK_HZ, Clip, Frame
from app.demo.simulator.faults import Behaviour
from app.demo.simulator.rtp import goodbye, rtp_header, sender_report
from app.demo.simulator.sinks import Packet, Sink

REPORT_EVERY_S = 5.0
"""The least interval that RFC 3550 section 6.2 recommends between RTCP packets."""
BACKLOG_LIMIT_BYTES = 2_000_000
"""What a slow reader may cost: above it whole frames are dropped until a key frame fits again."""
_LATE_S = 0.5
"""Frames that are later than this (the process was suspended) are skipped, as a camera would lose them."""
_WRAP_16, _WRAP_32 = 0xFFFF, 0xFFFFFFFF


class Ending(Enum):
    """How a session ends by itself."""

    IN_ORDER = "eos"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class WallClock:
    """Wall time made from monotonic time, so that a changed system clock never stalls a stream."""

    offset_s: float

    @classmethod
    def now(cls) -> WallClock:
        """The clock as the system's two clocks stand at this moment."""
        return cls(time.time() - time.monotonic())

    def wall_s(self) -> float:
        """Seconds since 1970."""
        return time.monotonic() + self.offset_s


@dataclass(frozen=True, slots=True)
class Programme:
    """What one camera plays: a clip, its phase, its faults, and its name in RTCP."""

    clip: Clip
    phase_s: float
    behaviour: Behaviour
    name: str


class Playback:
    """The push loop of one session; `on_end` is told when a fault ends the stream."""

    def __init__(
        self, programme: Programme, sink: Sink, clock: WallClock, on_end: Callable[[Ending], None]
    ) -> None:
        self.source = secrets.randbits(32)
        self.frames_dropped = 0
        self._programme = programme
        self._sink = sink
        self._clock = clock
        self._on_end = on_end
        self._sequence = secrets.randbits(16)
        self._timestamp_base = secrets.randbits(32)
        self._packets = 0
        self._octets = 0
        self._is_dropping = False
        self._started_s = 0.0
        self._next_report_s = 0.0
        self._frame_number = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def sequence(self) -> int:
        """The sequence number that the next packet gets, for `RTP-Info`."""
        return self._sequence

    def timestamp(self, wall_s: float) -> int:
        """The RTP time of a moment."""
        return self._timestamp_base + int(wall_s * CLOCK_HZ) & _WRAP_32

    def start(self) -> None:
        """Play from the next frame that is due; a paused session plays on."""
        if self._timer is not None:
            return
        self._started_s = self._next_report_s = self._clock.wall_s()
        self._frame_number = self._frame_at(self._started_s) + 1
        self._schedule()

    def pause(self) -> None:
        """Send nothing more until the next start."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def close(self) -> None:
        """Stop for good and give back the sink."""
        self.pause()
        self._sink.close()

    def _frame_at(self, wall_s: float) -> int:
        return math.floor((wall_s + self._programme.phase_s) * self._programme.clip.frame_rate_fps)

    def _due_s(self) -> float:
        return self._frame_number / self._programme.clip.frame_rate_fps - self._programme.phase_s

    def _schedule(self) -> None:
        due_monotonic_s = self._due_s() - self._clock.offset_s
        self._timer = asyncio.get_running_loop().call_at(due_monotonic_s, self._tick)

    def _tick(self) -> None:
        self._timer = None
        now_s = self._clock.wall_s()
        ending = self._ending(now_s - self._started_s)
        if ending is not None:
            self._end(ending)
            return
        if not self._programme.behaviour.is_quiet(now_s - self._started_s):
            self._report(now_s)
            self._send_frame()
        self._frame_number += 1
        if now_s - self._due_s() > _LATE_S:
            self._frame_number = self._frame_at(now_s) + 1
        self._schedule()

    def _ending(self, playing_s: float) -> Ending | None:
        behaviour = self._programme.behaviour
        if behaviour.end_after_s is not None and playing_s >= behaviour.end_after_s:
            return Ending.IN_ORDER
        if behaviour.reset_after_s is not None and playing_s >= behaviour.reset_after_s:
            return Ending.RESET
        return None

    def _end(self, ending: Ending) -> None:
        if ending is Ending.IN_ORDER:
            self._sink.send_control(goodbye(self.source))
        self._on_end(ending)

    def _report(self, now_s: float) -> None:
        if now_s < self._next_report_s:
            return
        self._next_report_s = now_s + REPORT_EVERY_S
        self._sink.send_control(
            sender_report(
                source=self.source,
                wall_s=now_s,
                timestamp=self.timestamp(now_s),
                packets=self._packets,
                octets=self._octets,
                name=self._programme.name,
            )
        )

    def _send_frame(self) -> None:
        frames = self._programme.clip.frames
        frame = frames[self._frame_number % len(frames)]
        if self._must_drop(frame):
            self.frames_dropped += 1
            return
        self._sink.send_media(self._packets_of(frame))

    def _must_drop(self, frame: Frame) -> bool:
        """Drop from a full backlog on until a key frame fits: a picture never refers to a dropped one."""
        is_full = self._sink.backlog_bytes() > BACKLOG_LIMIT_BYTES
        self._is_dropping = is_full or (self._is_dropping and not frame.is_key)
        return self._is_dropping

    def _packets_of(self, frame: Frame) -> list[Packet]:
        timestamp = self.timestamp(self._due_s())
        packets: list[Packet] = []
        for payload in frame.payloads:
            header = rtp_header(
                marker=payload.marker, sequence=self._sequence, timestamp=timestamp, source=self.source
            )
            packets.append((header, payload.data))
            self._octets += len(payload.data)
            self._sequence = self._sequence + 1 & _WRAP_16
        self._packets += len(packets)
        return packets
