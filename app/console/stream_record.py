"""A stream as the console holds it: state, lease, outputs, its host's word. Console's thread; pure core only."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

from app.console.outputs import TileOutput
from app.core.budget import HardwareChoice, Surface
from app.core.connect_pace import WINDOW_S
from app.core.failure import ENDPOINT_REASONS, Failure, Reason
from app.core.lights import LEAST_FPS, stale_after_s
from app.core.login import LoginTry
from app.core.model import Camera, Endpoint, Lease, StreamKey, StreamProfile
from app.core.ports import Output, StreamOpened
from app.core.purpose import LeasePurpose
from app.core.stream_life import CONNECT_LIMIT_S, Life, StreamState

USUAL_GOP_S = 4.0
"""Between two key frames, where the registry does not say: long for a camera, so that none is stale too early."""
SIGNS_OF_WHOLE = 2
"""Signs of life that show a stream whole again. The first may be a key frame that came just before its host was
told, after which the host waits for the next one."""

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class StreamRecord:
    """A stream and all that the console holds for it."""

    key: StreamKey
    camera: Camera
    profile: StreamProfile
    state: StreamState = field(default_factory=StreamState)
    lease: Lease | None = None
    leased_s: float = 0.0
    """When that was granted, monotonic seconds."""
    slept_s: float = 0.0
    """For how long the monotonic clock has stood still since that was granted: its time has not."""
    purpose: LeasePurpose | None = None
    """What the lease was asked for."""
    endpoint: Endpoint | None = None
    """Where it was last opened."""
    tried: LoginTry | None = None
    """The login that was last shown there, or may not be shown yet."""
    failed: dict[Endpoint, Reason] = field(default_factory=dict)
    """Why endpoints have failed in this row, the latest last."""
    forbidden: dict[Endpoint, float] = field(default_factory=dict)
    """Until when those that forbade the stream are not asked again, monotonic seconds."""
    opened: StreamOpened | None = None
    decoders: dict[str, str] = field(default_factory=dict)
    """The decoder really in use, by engine, as its host read it back."""
    outputs: list[TileOutput] = field(default_factory=list)
    told: list[Output] = field(default_factory=list)
    """The outputs as its host knows them: what one shows of the picture may have changed since."""
    awaits_lease: bool = False
    """Whether the registry still owes an answer: it is asked once, and what comes unasked is given back."""
    awaits_turn: bool = False
    """Whether it has a lease and waits until its site may be connected to again."""
    tried_s: float = 0.0
    """When the camera was last called, monotonic seconds."""
    answer_due_s: float | None = None
    """When an attempt that hung is given up, its path being whole again; None where there is none."""
    is_thin: bool = False
    """Whether its host shall decode key frames only, to spare this PC."""
    signs_until_whole: int = 0
    """How many signs of life it takes until everything is known to be decoded again, and not key frames only."""
    opens: int = 0
    """How often it was opened."""
    hardware: HardwareChoice = HardwareChoice.NEVER
    """What it was last opened with."""
    is_kept_off_gpu: bool = False
    """Whether it is decoded in software for as long as it is wanted: on a GPU it did not decode."""

    def become(self, state: StreamState) -> None:
        """Take its next state; an endpoint that failed gives way to the next, a new row begins with the first."""
        opened_at = None if self.awaits_turn or self.awaits_lease else self.endpoint
        if opened_at is not None and state.failure is not self.state.failure:
            state = replace(state, failure=_found_at(opened_at, state.failure))
        reason = state.failure.reason if state.failure is not None else None
        if not state.attempt:
            self.failed.clear()
        has_failed = state.attempt > self.state.attempt
        if has_failed and opened_at and reason in ENDPOINT_REASONS:
            self.failed.pop(opened_at, None)
            self.failed[opened_at] = reason
        if state.generation != self.state.generation:
            self.signs_until_whole = 0
        if not state.wanted:
            self.is_kept_off_gpu = False
        elif has_failed and reason is Reason.UNDECODABLE and self._may_be_on_gpu:
            _log.warning("camera=%s decodes=software: it does not decode, and the GPU may be why", self.key)
            self.is_kept_off_gpu = True
        self.state = state

    def choose_hardware(self, setting: HardwareChoice) -> HardwareChoice:
        """What it is opened with now."""
        self.hardware = HardwareChoice.NEVER if self.is_kept_off_gpu else setting
        return self.hardware

    @property
    def _may_be_on_gpu(self) -> bool:
        """Whether its present open may decode on a GPU: where that is set, and libVLC unless it is barred."""
        if self.hardware is HardwareChoice.AUTO:
            return any(output.output.surface is Surface.DIRECT for output in self.outputs)
        return self.hardware is HardwareChoice.ALWAYS

    def thin_out(self, is_thin: bool) -> None:
        """Its host is told to decode key frames only, or everything again from the next key frame on."""
        self.is_thin = is_thin
        self.signs_until_whole = SIGNS_OF_WHOLE if self.is_open and not is_thin else 0

    def gave_sign(self) -> None:
        """It has given a sign of life."""
        self.signs_until_whole = max(0, self.signs_until_whole - 1)

    def take_lease(self, lease: Lease, now_s: float) -> None:
        """It may be opened by that one from now on."""
        self.lease, self.leased_s, self.slept_s = lease, now_s, 0.0

    def holds_lease(self, now_s: float, *, offline: bool) -> bool:
        """Whether it may be opened now; `offline` by what a lease allows while the registry is not reached."""
        if self.lease is None:
            return False
        until_s = max(self.lease.expires_at_s, self.lease.offline_until_s) if offline else self.lease.expires_at_s
        return now_s + self.slept_s < until_s

    @property
    def ends_in_turn(self) -> list[Endpoint]:
        """The lease's endpoints: those that have not failed in this row, then the one that failed longest ago."""
        assert self.lease is not None
        order = list(self.failed)
        return sorted(self.lease.endpoints, key=lambda end: order.index(end) if end in order else -1)

    @property
    def turned_lease(self) -> Lease:
        """The lease with the endpoint first whose turn it is."""
        assert self.lease is not None and self.endpoint is not None
        others = [end for end in self.lease.endpoints if end != self.endpoint]
        return replace(self.lease, endpoints=(self.endpoint, *others)) if others else self.lease

    @property
    def precedence(self) -> tuple[bool, int, float]:
        """Whose turn comes first at its site, the least first: those that fail all the time let good ones pass."""
        return not self.awaits_turn, self.state.attempt, self.state.since_s

    def paced(self, endpoint: Endpoint | None) -> str | None:
        """The site whose pace a connect has to keep; None for a relay, which is a server."""
        return None if endpoint is None or endpoint.is_relay else self.site

    def is_left_without(self, now_s: float) -> bool:
        """Whether the registry has owed it a lease for as long as a connection may take."""
        is_waiting = self.awaits_lease and self.state.life is Life.CONNECTING
        return is_waiting and now_s - self.state.since_s >= CONNECT_LIMIT_S

    def is_hanging(self, now_s: float) -> bool:
        """Whether its camera was called longer ago than its site's pace counts, and has not answered."""
        return self.is_unanswered and now_s - self.tried_s >= WINDOW_S

    @property
    def is_open(self) -> bool:
        """Whether a host works on it, or is about to."""
        return self.state.life in (Life.CONNECTING, Life.PLAYING, Life.STALLED)

    @property
    def is_called(self) -> bool:
        """Whether its camera was called and it shows nothing yet."""
        return self.state.life is Life.CONNECTING and not (self.awaits_turn or self.awaits_lease)

    @property
    def is_unanswered(self) -> bool:
        """Whether its camera was called and has not answered yet."""
        return self.is_called and not self.is_described

    @property
    def is_described(self) -> bool:
        """Whether it is open and the camera has answered that open."""
        return self.is_open and self.opened is not None and self.opened.generation == self.state.generation

    @property
    def reconnects(self) -> int:
        """How often it was opened again since it was called up."""
        return max(0, self.opens - 1)

    @property
    def site(self) -> str:
        """The place whose uplink it shares; a camera whose site is not known is one of its own."""
        return self.camera.site.id if self.camera.site else self.camera.id

    @property
    def shows_key_frames_only(self) -> bool:
        """Whether its pictures may be as far apart as its key frames."""
        return self.is_thin or self.signs_until_whole > 0

    @property
    def stale_limit_s(self) -> float:
        """After how long without a picture it is stale."""
        if self.shows_key_frames_only:
            return stale_after_s(max(LEAST_FPS, 1.0 / (self.profile.gop_s or USUAL_GOP_S)))
        return stale_after_s(self.frame_rate_fps)

    @property
    def frame_rate_fps(self) -> float | None:
        """How many pictures a second it is said to send; where registry and camera differ, the more: whoever says
        too few would keep a frozen picture live."""
        declared = self.opened.frame_rate_fps if self.opened else None
        return max((rate for rate in (self.profile.frame_rate_fps, declared) if rate), default=None)


def _found_at(endpoint: Endpoint, failure: Failure | None) -> Failure | None:
    """What went wrong, and whether it was a relay that was asked."""
    if failure is None or failure.reason not in ENDPOINT_REASONS:
        return failure
    return replace(failure, at_relay=endpoint.is_relay)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stream that something wants, and where its pictures shall go."""

    camera: Camera
    profile: StreamProfile
    outputs: list[TileOutput]
