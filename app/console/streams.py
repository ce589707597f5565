"""The console's streams: each camera profile that some tile wants, from lease to pictures.

Owned by the console's thread. Imports the pure core only; hosts and registry are reached through ports.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from app.console.accounts import Accounts
from app.console.admission import Admission
from app.console.outputs import TileOutput
from app.console.stream_record import StreamRecord, Wanted
from app.core.budget import HardwareChoice
from app.core.failure import Failure, Reason
from app.core.lights import stale_after_s
from app.core.login import LOGIN_REASONS
from app.core.model import Camera, CameraId, Lease, StreamKey
from app.core.ports import Output, RegistryPort, StreamDecoding, StreamOpened, VideoPort
from app.core.purpose import LeasePurpose
from app.core.stream_life import Effect, Event, Failed, Life, StreamState, advance, is_held, patience_s
from app.core.tile_status import Sign, tile_sign

ARRIVES_S = 1.2
"""How long an attempt that hung is given once its path is whole: the system repeats it about once a second."""

_log = logging.getLogger(__name__)


class StreamBook:
    """Drives every stream through its life.

    Args:
        registry: gives leases.
        video: opens and closes streams in hosts.
        hardware: the setting `video.hardware`.
        random: the source of retry jitter.
        may_use_offline: whether the registry cannot be reached now, so that an expired lease may still serve.
        leased_for: what a camera's stream may be leased for at a moment; None for nothing.
        accounts: the logins that were refused; None begins without any.
    """

    def __init__(
        self,
        registry: RegistryPort,
        video: VideoPort,
        hardware: HardwareChoice,
        random: Random,
        may_use_offline: Callable[[], bool],
        leased_for: Callable[[Camera, float], LeasePurpose | None],
        accounts: Accounts | None = None,
    ) -> None:
        self._registry = registry
        self._video = video
        self._hardware = hardware
        self._random = random
        self._may_use_offline = may_use_offline
        self._leased_for = leased_for
        self._records: dict[StreamKey, StreamRecord] = {}
        self._accounts = accounts or Accounts()
        self.admission = Admission(self._accounts, self._records.values)
        self._last_generation = 0
        """The highest that a forgotten stream had: a camera called up anew does not begin again at an old one."""

    def get(self, key: StreamKey) -> StreamRecord | None:
        """The record of a stream that is or was wanted."""
        return self._records.get(key)

    def records(self) -> Sequence[StreamRecord]:
        """Every stream that is or was wanted."""
        return tuple(self._records.values())

    def want(self, wanted: Mapping[StreamKey, Wanted], now_s: float) -> None:
        """Make these the wanted streams, with these outputs; all others are closed."""
        for record in list(self._records.values()):  # first: what leaves makes room for what comes
            if record.key not in wanted and record.state.wanted:
                self._set_outputs(record, [], now_s)
                self._step(record, Event.UNWANTED, now_s)
        for key, wish in wanted.items():
            record, version = self._record(key, wish), wish.camera.credential_version
            is_newer = version > record.camera.credential_version
            record.camera, record.profile = wish.camera, wish.profile
            self._set_outputs(record, wish.outputs, now_s)
            if self._accounts.is_mended(key.camera, version):
                self._mend(record, LOGIN_REASONS, now_s)
            if is_newer:
                record.forbidden.clear()
                self._mend(record, {Reason.FORBIDDEN}, now_s)
            if not record.state.wanted:
                self._step(record, Event.WANTED, now_s)

    def _record(self, key: StreamKey, wish: Wanted) -> StreamRecord:
        record = self._records.get(key)
        if record is None:
            state = StreamState(generation=self._last_generation)
            record = self._records[key] = StreamRecord(key, wish.camera, wish.profile, state)
        return record

    def _mend(self, record: StreamRecord, refusals: Collection[Reason], now_s: float) -> None:
        """A password is good again: what waits because the one before was refused in that way need not."""
        failure = record.state.failure
        is_away = record.state.life in (Life.BACKOFF, Life.IDLE)
        if is_away and failure is not None and failure.reason in refusals:
            self._give_lease_back(record)
            self._step(record, Event.MENDED, now_s)

    def mend(self, key: StreamKey, now_s: float) -> None:
        """What a stream failed by is over, whatever it was."""
        record = self._records.get(key)
        if record is not None:
            self._step(record, Event.MENDED, now_s)

    def hurry(self, keys: Iterable[StreamKey], now_s: float, arrives: bool) -> None:
        """Try these at once: what they failed by seems to be over. One that its camera answers already goes on.

        Args:
            arrives: whether what hangs in the network arrives just now: it goes on for a while, too, as to call
                anew would be two connects at once. From an address that this PC has no more, nothing arrives.
        """
        waiting = [record for key in keys if (record := self._records.get(key)) and not record.is_described]
        called = [record for record in waiting if arrives and record.is_called]
        for record in called:
            self.admission.connect_ended(record, now_s)
            record.tried_s, record.answer_due_s = now_s, now_s + ARRIVES_S
            self._step(record, Event.ARRIVES, now_s)
        for record in waiting:
            if record not in called:
                self._step(record, Event.HURRY, now_s)

    def _hurry_overdue(self, record: StreamRecord, now_s: float) -> None:
        """Call anew what should have arrived and did not, or was given up by its host meanwhile."""
        if record.answer_due_s is None:
            return
        if record.is_described or (record.is_called and now_s < record.answer_due_s):
            return
        record.answer_due_s = None
        self._step(record, Event.HURRY, now_s)

    def awaits_pictures(self) -> bool:
        """Whether an open stream has an output that has shown nothing yet."""
        open_lives = (Life.CONNECTING, Life.PLAYING)
        return any(
            not output.has_picture
            for record in self._records.values()
            if record.state.life in open_lives
            for output in record.outputs
        )

    def set_thin(self, thin: Collection[StreamKey]) -> None:
        """Have these streams, and no others, decoded by key frames only."""
        for record in self._records.values():
            is_thin = record.key in thin
            if is_thin != record.is_thin:
                record.thin_out(is_thin)
                self._video.set_thin(record.key, is_thin)
                _log.info("camera=%s decodes=%s", record.key, "key-frames" if is_thin else "everything")

    def slept(self, slept_s: float) -> None:
        """The monotonic clock stood still for so long; leases ran on, and pictures became older."""
        for record in self._records.values():
            record.slept_s += slept_s
            for output in record.outputs:
                output.slept(slept_s)

    def lease_granted(self, lease: Lease, now_s: float) -> None:
        """A lease came. One that nobody waits for any more is given back; of two for one stream, the older one."""
        record, is_due = self._records.get(lease.key), self._answered(lease.key) is not None
        if record is None or not record.state.wanted or not (is_due or record.lease):
            self._registry.release_lease(lease)
            return
        self._give_lease_back(record)
        record.take_lease(lease, now_s)
        if is_due and record.state.life is Life.BACKOFF:  # it was waited for no longer
            self._step(record, Event.MENDED, now_s)
        elif is_due:
            self._line_up(record, now_s)

    def lease_denied(self, key: StreamKey, failure: Failure, now_s: float) -> None:
        """No lease is to be had now. One that is still good offline serves instead, until another was refused."""
        record = self._answered(key)
        if record is None:
            return
        if failure.reason not in (Reason.LEASE_UNAVAILABLE, Reason.INTERNAL):
            self._give_lease_back(record)
        if record.holds_lease(now_s, offline=True):
            self._line_up(record, now_s)
        else:
            self._step(record, Failed(failure), now_s)

    def _answered(self, key: StreamKey) -> StreamRecord | None:
        """The record that waited for the answer which has come now."""
        record = self._records.get(key)
        if record is None or not record.awaits_lease:
            return None
        record.awaits_lease = False
        return record

    def host_opened(self, opened: StreamOpened, now_s: float) -> None:
        """A host described the stream."""
        record = self._of_generation(opened.key, opened.generation)
        if record is not None:
            self.admission.connect_ended(record, now_s)
            record.opened, record.answer_due_s = opened, None
            for waiting in self.admission.let_in(record):
                self._mend(waiting, LOGIN_REASONS, now_s)
            self._take_turns(record.key.camera, now_s)

    def host_decodes(self, decoding: StreamDecoding) -> StreamRecord | None:
        """A host read back which decoder is in use; gives the stream that it is about."""
        record = self._of_generation(decoding.key, decoding.generation)
        if record is not None:
            record.decoders[decoding.engine] = decoding.decoder
        return record

    def of_generation(self, key: StreamKey, generation: int) -> bool:
        """Whether that is the stream's present open."""
        return self._of_generation(key, generation) is not None

    def host_failed(self, key: StreamKey, generation: int, failure: Failure, now_s: float) -> None:
        """A host reported that the stream ended by itself."""
        record = self._of_generation(key, generation)
        if record is None:
            return
        if record.is_unanswered:  # it may have arrived in its last moment
            self.admission.connect_ended(record, now_s)
        failed = self.admission.failed(record, failure, now_s)
        if self.admission.is_shut(record, now_s):
            self._give_lease_back(record)
        self._step(record, failed, now_s)
        self._take_turns(key.camera, now_s)
        if self._accounts.is_mended(key.camera, record.camera.credential_version):
            self._mend(record, LOGIN_REASONS, now_s)

    def login_refused(self, key: StreamKey, generation: int, now_s: float) -> None:
        """The login of a stream that was let go was refused."""
        self.admission.refused_late(key, generation, now_s)

    def host_closed(self, key: StreamKey, generation: int, now_s: float) -> None:
        """A host acknowledged a close."""
        record = self._of_generation(key, generation)
        if record is not None:
            self._step(record, Event.CLOSED, now_s)

    def check(self, now_s: float) -> None:
        """Read every open stream's counters and let time pass."""
        for record in sorted(self._records.values(), key=lambda each: each.precedence):
            self._read_lights(record, now_s)
            self._hurry_overdue(record, now_s)
            if record.awaits_turn and not record.holds_lease(now_s, offline=self._may_use_offline()):
                record.awaits_turn = False  # its lease ran out while its camera's account or site had others first
                self._ask_lease(record, now_s)
            elif record.awaits_turn:
                self._take_turn(record, now_s)
            elif record.is_left_without(now_s):
                self._step(record, Failed(Failure(Reason.LEASE_UNAVAILABLE)), now_s)
            else:
                self._step(record, Event.TICK, now_s)
        self._forget_idle(now_s)

    def sign_of(self, output: TileOutput, now_s: float) -> Sign:
        """What the picture that an output holds passes for."""
        record = self._records.get(output.key)
        if record is None:  # the registry lists no such stream of the camera any more
            return Sign.LOST
        return tile_sign(record.state, output.watch, record.stale_limit_s, now_s)

    def _of_generation(self, key: StreamKey, generation: int) -> StreamRecord | None:
        record = self._records.get(key)
        return record if record is not None and record.state.generation == generation else None

    def _read_lights(self, record: StreamRecord, now_s: float) -> None:
        if not record.is_open:
            return
        readings = [output.read(record.state.generation, now_s, record.stale_limit_s) for output in record.outputs]
        lit = [output.watch for output in record.outputs if output.has_picture]
        if any(readings):
            record.gave_sign()
            self._step(record, Event.PROGRESS, now_s)
        elif lit and all(watch.is_silent(now_s, record.stale_limit_s) for watch in lit):
            is_fed = any(now_s - watch.lights.last_packet_s < record.stale_limit_s / 2 for watch in lit)
            self._step(record, Event.UNDECODED if is_fed else Event.SILENCE, now_s)

    def _step(self, record: StreamRecord, event: Event | Failed, now_s: float) -> None:
        before = record.state.life
        state, effects = advance(record.state, event, now_s, self._random.random())
        record.become(state)
        if record.state.life is not before:
            record.awaits_turn = record.awaits_turn and record.state.life is Life.CONNECTING
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
        purpose = self._leased_for(record.camera, now_s)
        may_use_offline = self._may_use_offline()
        is_outdated = not may_use_offline and self.admission.is_outdated(record, now_s)
        if purpose is not record.purpose or is_outdated:  # a lease is good for what it was asked for
            self._give_lease_back(record)
        if record.holds_lease(now_s, offline=may_use_offline):
            self._line_up(record, now_s)
        elif purpose is None:
            self._step(record, Failed(Failure(Reason.PURPOSE_NEEDED)), now_s)
        elif not record.awaits_lease:
            record.awaits_lease, record.purpose = True, purpose
            self._registry.request_lease(record.key, purpose)

    def _line_up(self, record: StreamRecord, now_s: float) -> None:
        """Open a leased stream as soon as its camera's account and its site's pace allow."""
        record.awaits_turn = record.state.life is Life.CONNECTING
        if record.awaits_turn:
            self._take_turn(record, now_s)

    def _take_turns(self, camera: CameraId, now_s: float) -> None:
        """One stream of a camera was let in or failed: the other one, which waits for that, need not."""
        for record in self._records.values():
            if record.key.camera == camera and record.awaits_turn:
                self._take_turn(record, now_s)

    def _take_turn(self, record: StreamRecord, now_s: float) -> None:
        event = self.admission.turn(record, now_s)
        if event is not None:
            self._step(record, event, now_s)

    def _open(self, record: StreamRecord, now_s: float) -> None:
        for output in record.outputs:
            output.reopen(now_s)
        lease = record.turned_lease
        record.opens += 1
        record.decoders.clear()
        silence_s = stale_after_s(record.frame_rate_fps)
        limit_s = patience_s(record.state, record.profile.gop_s)
        record.state = replace(record.state, silence_s=silence_s, connect_limit_s=limit_s)
        outputs, is_unproved = _plain(record.outputs), self.admission.is_unproved(record)
        hardware = record.choose_hardware(self._hardware)
        self._video.open(lease, record.state.generation, outputs, hardware, silence_s, is_unproved)
        if record.is_thin:
            self._video.set_thin(record.key, True)

    def _set_outputs(self, record: StreamRecord, outputs: list[TileOutput], now_s: float) -> None:
        told = _plain(outputs)
        if record.outputs == outputs and record.told == told:
            return
        for output in outputs:
            if output not in record.outputs:
                output.reopen(now_s)
        record.outputs, record.told = outputs, told
        if outputs:
            self._video.set_outputs(record.key, told)

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


def _log_change(record: StreamRecord) -> None:
    state = record.state
    reason = state.failure.reason.value if state.failure else "-"
    _log.info("camera=%s gen=%d state=%s reason=%s", record.key, state.generation, state.life.value, reason)


def _plain(outputs: Iterable[TileOutput]) -> list[Output]:
    return [output.output for output in outputs]
