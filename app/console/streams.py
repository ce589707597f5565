"""The console's streams: each camera profile that some tile wants, from lease to pictures.

Owned by the console's thread. Imports the pure core only; hosts and registry are reached through ports.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from random import Random

from app.core.budget import HardwareChoice
from app.core.failure import Failure, Reason
from app.core.lights import Watch, observe, stale_after_s
from app.core.model import Lease, StreamKey, StreamProfile
from app.core.ports import Output, RegistryPort, StreamOpened, VideoPort
from app.core.stream_life import (
    Effect,
    Event,
    Failed,
    Life,
    StreamState,
    advance,
    is_held,
)
from app.core.tile_status import Sign, tile_sign

_log = logging.getLogger(__name__)

FPS_WINDOW = 20
"""Readings that a frame rate is measured over: two seconds of them."""


@dataclass(slots=True, eq=False)
class TileOutput:
    """One tile's share of a stream: where its pictures go, and what was seen of them."""

    key: StreamKey
    output: Output
    watch: Watch = field(default_factory=lambda: Watch(opened_s=0.0))
    readings: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=FPS_WINDOW))

    @property
    def has_picture(self) -> bool:
        """Whether anything was ever shown through it."""
        return self.watch.alive_s is not None

    def reopen(self, now_s: float) -> None:
        """A new generation begins; the age of the last picture goes on."""
        self.watch = Watch(opened_s=now_s, alive_s=self.watch.alive_s)
        self.readings.clear()

    def read(self, generation: int, now_s: float) -> bool:
        """Take a reading of the slot; whether there was a sign of life since the last one."""
        before = self.watch.alive_s
        self.watch = observe(self.watch, self.output.slot.lights(generation), now_s)
        self.readings.append((now_s, self.watch.lights.pictures))
        return self.watch.alive_s != before

    def fps(self) -> float | None:
        """Pictures a second over the last readings; None before there are two."""
        if len(self.readings) < 2:
            return None
        (start_s, start), (end_s, end) = self.readings[0], self.readings[-1]
        return (end - start) / (end_s - start_s) if end_s > start_s else None


@dataclass(slots=True, eq=False)
class StreamRecord:
    """A stream and all that the console holds for it."""

    key: StreamKey
    profile: StreamProfile
    state: StreamState = field(default_factory=StreamState)
    lease: Lease | None = None
    opened: StreamOpened | None = None
    outputs: list[TileOutput] = field(default_factory=list)
    awaits_lease: bool = False
    """Whether the registry still owes an answer: it is asked once, and what comes unasked is given back."""

    @property
    def stale_limit_s(self) -> float:
        """After how long without a picture it is stale: by the rate the stream declares, else the registry's."""
        declared = self.opened.frame_rate_fps if self.opened else None
        return stale_after_s(declared or self.profile.frame_rate_fps)


class StreamBook:
    """Drives every stream through its life.

    Args:
        registry: gives leases.
        video: opens and closes streams in hosts.
        hardware: the setting `video.hardware`.
        random: the source of retry jitter.
        may_use_offline: whether the registry cannot be reached now, so that an expired lease may still serve.
    """

    def __init__(
        self,
        registry: RegistryPort,
        video: VideoPort,
        hardware: HardwareChoice,
        random: Random,
        may_use_offline: Callable[[], bool],
    ) -> None:
        self._registry = registry
        self._video = video
        self._hardware = hardware
        self._random = random
        self._may_use_offline = may_use_offline
        self._records: dict[StreamKey, StreamRecord] = {}
        self._last_generation = 0
        """The highest that a forgotten stream had: a camera called up anew does not begin again at an old one."""

    def get(self, key: StreamKey) -> StreamRecord | None:
        """The record of a stream that is or was wanted."""
        return self._records.get(key)

    def want(self, wanted: dict[StreamKey, tuple[StreamProfile, list[TileOutput]]], now_s: float) -> None:
        """Make these the wanted streams, with these outputs; all others are closed."""
        for key, (profile, outputs) in wanted.items():
            record = self._record(key, profile)
            self._set_outputs(record, outputs, now_s)
            if not record.state.wanted:
                self._step(record, Event.WANTED, now_s)
        for record in list(self._records.values()):
            if record.key not in wanted and record.state.wanted:
                self._set_outputs(record, [], now_s)
                self._step(record, Event.UNWANTED, now_s)

    def _record(self, key: StreamKey, profile: StreamProfile) -> StreamRecord:
        record = self._records.get(key)
        if record is None:
            state = StreamState(generation=self._last_generation)
            record = self._records[key] = StreamRecord(key, profile, state)
        record.profile = profile
        return record

    def lease_granted(self, lease: Lease, now_s: float) -> None:
        """A lease came. One that nobody waits for any more is given back."""
        record = self._answered(lease.key)
        if record is None or not record.state.wanted:
            self._registry.release_lease(lease)
            return
        record.lease = lease
        self._step(record, Event.LEASED, now_s)

    def lease_denied(self, key: StreamKey, failure: Failure, now_s: float) -> None:
        """No lease is to be had now. One that is still good offline serves instead."""
        record = self._answered(key)
        if record is None:
            return
        if failure.reason is Reason.LEASE_UNAVAILABLE and record.lease and now_s < record.lease.offline_until_s:
            self._step(record, Event.LEASED, now_s)
        else:
            self._step(record, Failed(failure), now_s)

    def _answered(self, key: StreamKey) -> StreamRecord | None:
        """The record that waited for the answer which has come now."""
        record = self._records.get(key)
        if record is None or not record.awaits_lease:
            return None
        record.awaits_lease = False
        return record

    def host_opened(self, opened: StreamOpened) -> None:
        """A host described the stream."""
        record = self._of_generation(opened.key, opened.generation)
        if record is not None:
            record.opened = opened

    def host_failed(self, key: StreamKey, generation: int, failure: Failure, now_s: float) -> None:
        """A host reported that the stream ended by itself."""
        record = self._of_generation(key, generation)
        if record is None:
            return
        if failure.reason is Reason.UNAUTHORIZED:
            self._give_lease_back(record)  # the next try asks the registry, whose credential may be newer
        self._step(record, Failed(failure), now_s)

    def host_closed(self, key: StreamKey, generation: int, now_s: float) -> None:
        """A host acknowledged a close."""
        record = self._of_generation(key, generation)
        if record is not None:
            self._step(record, Event.CLOSED, now_s)

    def check(self, now_s: float) -> None:
        """Read every open stream's counters and let time pass."""
        for record in list(self._records.values()):
            self._read_lights(record, now_s)
            self._step(record, Event.TICK, now_s)
        self._forget_idle(now_s)

    def is_live(self, output: TileOutput, now_s: float) -> bool:
        """Whether the picture that an output holds is a live one."""
        record = self._records.get(output.key)
        if record is None:  # the registry lists no such stream of the camera any more
            return False
        return tile_sign(record.state, output.watch, record.stale_limit_s, now_s) is Sign.LIVE

    def _of_generation(self, key: StreamKey, generation: int) -> StreamRecord | None:
        record = self._records.get(key)
        return record if record is not None and record.state.generation == generation else None

    def _read_lights(self, record: StreamRecord, now_s: float) -> None:
        if record.state.life not in (Life.CONNECTING, Life.PLAYING, Life.STALLED):
            return
        readings = [output.read(record.state.generation, now_s) for output in record.outputs]
        lit = [output.watch for output in record.outputs if output.has_picture]
        if any(readings):
            self._step(record, Event.PROGRESS, now_s)
        elif lit and all(watch.is_stale(now_s, record.stale_limit_s) for watch in lit):
            self._step(record, Event.SILENCE, now_s)

    def _step(self, record: StreamRecord, event: Event | Failed, now_s: float) -> None:
        before = record.state.life
        record.state, effects = advance(record.state, event, now_s, self._random.random())
        if record.state.life is not before:
            _log_change(record)
        for effect in effects:
            self._carry_out(record, effect, now_s)

    def _carry_out(self, record: StreamRecord, effect: Effect, now_s: float) -> None:
        match effect:
            case Effect.ASK_LEASE:
                self._ask_lease(record, now_s)
            case Effect.OPEN:
                self._open(record, now_s)
            case Effect.CLOSE:
                self._video.close(record.key, record.state.generation)
            case Effect.KILL_HOST:
                self._video.kill_host_of(record.key)

    def _ask_lease(self, record: StreamRecord, now_s: float) -> None:
        lease = record.lease
        limit_s = 0.0 if lease is None else lease.expires_at_s
        if lease is not None and self._may_use_offline():
            limit_s = max(limit_s, lease.offline_until_s)
        if now_s < limit_s:
            self._step(record, Event.LEASED, now_s)
        elif not record.awaits_lease:
            record.awaits_lease = True
            self._registry.request_lease(record.key)

    def _open(self, record: StreamRecord, now_s: float) -> None:
        assert record.lease is not None
        for output in record.outputs:
            output.reopen(now_s)
        lease = _by_attempt(record.lease, record.state.attempt)
        self._video.open(lease, record.state.generation, _plain(record.outputs), self._hardware)

    def _set_outputs(self, record: StreamRecord, outputs: list[TileOutput], now_s: float) -> None:
        if record.outputs == outputs:
            return
        for output in outputs:
            if output not in record.outputs:
                output.reopen(now_s)
        record.outputs = outputs
        if outputs:
            self._video.set_outputs(record.key, _plain(outputs))

    def _forget_idle(self, now_s: float) -> None:
        """Drop what is closed and not wanted, but remember a camera that refused a password."""
        for record in list(self._records.values()):
            state = record.state
            if state.life is Life.IDLE and not state.wanted and not is_held(state, now_s):
                del self._records[record.key]
                self._last_generation = max(self._last_generation, state.generation)
                self._give_lease_back(record)

    def _give_lease_back(self, record: StreamRecord) -> None:
        if record.lease is not None:
            self._registry.release_lease(record.lease)
            record.lease = None


def _by_attempt(lease: Lease, attempt: int) -> Lease:
    """The lease with the endpoint first whose turn it is: the relay, after a failure the camera, and so on."""
    turn = attempt % len(lease.endpoints)
    return lease if not turn else replace(lease, endpoints=lease.endpoints[turn:] + lease.endpoints[:turn])


def _log_change(record: StreamRecord) -> None:
    state = record.state
    reason = state.failure.reason.value if state.failure else "-"
    _log.info("camera=%s gen=%d state=%s reason=%s", record.key, state.generation, state.life.value, reason)


def _plain(outputs: Iterable[TileOutput]) -> list[Output]:
    return [output.output for output in outputs]
