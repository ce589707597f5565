"""One camera session in a host: a thread that reads, decodes and publishes until it is closed or fails."""

from __future__ import annotations

import contextlib
import math
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.core.budget import HardwareChoice, Surface
from app.core.errors import VideoError
from app.core.failure import Failure, Reason
from app.core.model import StreamKey
from app.core.picture import PictureSample
from app.video import protocol
from app.video.engine_set import EngineSet, Kind
from app.video.engines.av import AvEngine, hardware_decoder
from app.video.engines.base import Engine
from app.video.engines.vlc_place import load_engine
from app.video.engines.warm import WarmEngine
from app.video.ingest import Complaints, Ingest, IngestError, camera_time_s
from app.video.protocol import OutputSpec
from app.video.ring import PacketRing
from app.video.run_clock import RunClock
from app.video.sampling import Sampler
from app.video.slots import SlotGoneError
from app.video.timing import PacketTimer

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

    from app.video.engines.vlc import Library

DIRECT_ENGINE = "vlc"
NO_PICTURE_LIMIT_S = 6.0
"""A stream that sent a key frame and gives no picture for so long will not give one. Before the first key frame
there is nothing to decode: some cameras send one in 10 s only, and the console's own limit covers that."""

Emit = Callable[[protocol.HostEvent], None]


@dataclass(frozen=True, slots=True)
class EngineMaker:
    """Makes the engine for a kind of surface.

    Args:
        library: gives the process's libVLC, made on first use.
    """

    library: Callable[[], Library]

    def make(self, kind: Kind, ingest: Ingest, command: protocol.Open) -> Engine:
        """An engine for outputs of that kind.

        Raises:
            VideoError: none serves them here.
        """
        if kind is None:
            return WarmEngine(command.generation)
        if kind is Surface.SHARED:
            return AvEngine(ingest.stream, command.generation)
        load_engine()
        from app.video.engines.vlc import VlcEngine  # libVLC is loaded only where it is used

        hardware = command.hardware is not HardwareChoice.NEVER
        return VlcEngine(ingest.stream, ingest.codec, command.generation, self.library, hardware)


class Session(threading.Thread):
    """Plays one stream; says `Opened`, then `Failed` or `Closed` once as its last word on it.

    One that was let go while it logged in says after that if the camera refused the login.

    Args:
        command: what to open.
        maker: makes the engines.
        emit: takes events; safe from any thread.
        ca_file: whom to believe over RTSPS, as PEM; None believes whom the system believes.
        clock: of the process; one of its own never stands.
    """

    def __init__(
        self,
        command: protocol.Open,
        maker: EngineMaker,
        emit: Emit,
        ca_file: str | None = None,
        clock: RunClock | None = None,
    ) -> None:
        super().__init__(name=f"session {command.key}", daemon=True)
        self._command = command
        self._maker = maker
        self._emit = emit
        self._ca_file = ca_file
        self._clock = clock
        self._outputs = command.outputs
        self._is_thin = False
        self._lock = threading.Lock()
        self._must_close = False
        self._is_open = False
        self._has_said_last = False

    @property
    def key(self) -> StreamKey:
        """Which stream it plays."""
        return self._command.key

    @property
    def generation(self) -> int:
        """Of the open that it serves."""
        return self._command.generation

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        """Show the pictures there; taken up with the next packet."""
        self._outputs = outputs

    def set_thin(self, is_thin: bool) -> None:
        """Decode key frames only, or everything again."""
        self._is_thin = is_thin

    def close(self) -> None:
        """End soon: with the next packet or when a pending read times out.

        One that is still being opened is let go at once: it has written nothing yet, and never will.
        """
        with self._lock:
            self._must_close = True
            has_begun = self._is_open
        if not has_begun:
            self._say_closed()

    def run(self) -> None:
        """The thread's life."""
        try:
            self._play()
        except IngestError as error:
            self._say_failed(error.failure)
        except VideoError as error:
            self._say_failed(Failure(Reason.UNSUPPORTED, str(error)))
        except Exception as error:  # noqa: BLE001 - a poison stream may break anything: it costs its tile only
            self._say_failed(Failure(Reason.UNDECODABLE, type(error).__name__))
        else:
            self._say_closed()

    def _say_failed(self, failure: Failure) -> None:
        command = self._command
        if not self._must_close and self._say_last(protocol.Failed(command.key, command.generation, failure)):
            return
        self._say_closed()
        if failure.reason is Reason.UNAUTHORIZED:  # nobody waits for it, but the camera has counted it
            self._emit(protocol.Refused(command.key, command.generation))

    def _say_closed(self) -> None:
        self._say_last(protocol.Closed(self._command.key, self._command.generation))

    def _say_last(self, event: protocol.Failed | protocol.Closed) -> bool:
        """Say the last word; whether nothing else had been it."""
        with self._lock:
            if self._has_said_last:
                return False
            self._has_said_last = True
        self._emit(event)
        return True

    def _begin(self) -> bool:
        """Whether the opened stream is still wanted; from now on the session writes into its outputs."""
        with self._lock:
            self._is_open = not self._must_close
            return self._is_open

    def _play(self) -> None:
        command = self._command
        hwaccel = hardware_decoder(command.hardware)
        ingest = Ingest(
            command.endpoint,
            command.username,
            command.secret,
            hwaccel,
            self._ca_file,
            command.silence_s,
            command.is_unproved,
            self._clock,
        )
        try:
            if self._begin():
                self._show(ingest)
        finally:
            ingest.close()

    def _show(self, ingest: Ingest) -> None:
        outputs = self._outputs
        engines = EngineSet(lambda kind: self._maker.make(kind, ingest, self._command))
        try:
            with contextlib.suppress(SlotGoneError):  # the tile changed while the camera was being opened
                engines.set_outputs(outputs, ())
            self._say_opened(ingest)
            self._feed(ingest, engines, outputs)
        finally:
            engines.close()

    def _say_opened(self, ingest: Ingest) -> None:
        command = self._command
        self._emit(
            protocol.Opened(command.key, command.generation, ingest.codec, *ingest.size_px, ingest.frame_rate_fps)
        )

    def _feed(self, ingest: Ingest, engines: EngineSet, outputs: tuple[OutputSpec, ...]) -> None:
        timer, ring, thinner, verdict = PacketTimer(ingest.held_s), PacketRing(), _Thinner(), _Verdict()
        sampler = Sampler(self._say_sampled, _sampling_phase_s(self.key))
        said: dict[str, str] = {}
        with Complaints() as complaints:
            is_damaged = partial(_is_damaged, timer, complaints)
            for packet in ingest.packets():
                if self._must_close:
                    return
                came_s = time.monotonic()
                stamp_s = ingest.stamp_s(packet)
                timer.arrived(stamp_s, came_s)
                if timer.is_clock_due(came_s):
                    timer.camera_says(camera_time_s(packet), time.time(), stamp_s)
                    engines.note(timer.timing)
                timer.complained(complaints.heard(), packet.is_keyframe)
                if self._outputs is not outputs:
                    outputs = self._outputs
                    self._move(engines, outputs, ring)
                ring.push(packet)
                is_fed = thinner.passes(packet, self._is_thin)
                if not is_fed:
                    engines.skip(packet)
                    verdict.skip(came_s)
                else:
                    engines.feed(packet, timer.timing)
                    sampler.look(packet, engines, came_s, is_damaged)
                now_s = time.monotonic()
                is_second_over = timer.worked(came_s, now_s)
                if is_second_over or not said:
                    self._say_decoders(engines, said)
                if is_fed and (is_second_over or packet.is_keyframe):
                    verdict.judge(packet, engines.pictures, now_s)

    def _move(self, engines: EngineSet, outputs: tuple[OutputSpec, ...], ring: PacketRing) -> None:
        """Show the pictures elsewhere. A direct surface that cannot be is told, the others go on."""
        try:
            engines.set_outputs(outputs, ring.packets)
        except SlotGoneError:
            pass
        except VideoError:
            if any(output.surface is Surface.DIRECT for output in outputs):
                self._emit(protocol.Decoding(self.key, self.generation, DIRECT_ENGINE, ""))

    def _say_sampled(self, sample: PictureSample) -> None:
        self._emit(protocol.Sampled(self._command.key, self._command.generation, sample))

    def _say_decoders(self, engines: EngineSet, said: dict[str, str]) -> None:
        """Report each engine's decoder as soon as it is known, and again when it is another one."""
        for engine in engines.at_work:
            decoder = engine.decoder
            if decoder and said.get(engine.name) != decoder:
                said[engine.name] = decoder
                self._emit(protocol.Decoding(self.key, self.generation, engine.name, decoder))


def _is_damaged(timer: PacketTimer, complaints: Complaints) -> bool:
    """Whether anything is missing in what was decoded up to now."""
    timer.complained(complaints.heard(), is_key_frame=False)
    return timer.timing.is_damaged


class _Thinner:
    """Lets all packets pass, or key frames only; after that all again from a key frame on."""

    def __init__(self) -> None:
        self._waits = False

    def passes(self, packet: Packet[VideoStream], is_thin: bool) -> bool:
        """Whether the packet is to be decoded."""
        if packet.is_keyframe:
            self._waits = is_thin
            return True
        self._waits = self._waits or is_thin
        return not self._waits


class _Verdict:
    """Ends a stream whose packets give no picture. What is skipped cannot give one: its time does not count."""

    def __init__(self) -> None:
        self._pictures = 0
        self._hopeless_s = math.inf
        self._skips_since_s: float | None = None

    def skip(self, now_s: float) -> None:
        """A packet is not decoded."""
        if self._skips_since_s is None:
            self._skips_since_s = now_s

    def judge(self, packet: Packet[VideoStream], pictures: int, now_s: float) -> None:
        """Look at the count of pictures after a packet that was decoded.

        Raises:
            IngestError: there was none for too long.
        """
        if self._skips_since_s is not None:
            self._hopeless_s += now_s - self._skips_since_s
            self._skips_since_s = None
        if pictures != self._pictures or (packet.is_keyframe and self._hopeless_s == math.inf):
            self._pictures, self._hopeless_s = pictures, now_s + NO_PICTURE_LIMIT_S
        elif now_s > self._hopeless_s:
            raise IngestError(Failure(Reason.UNDECODABLE, f"no picture in {NO_PICTURE_LIMIT_S:g} s of packets"))


def _sampling_phase_s(key: StreamKey) -> float:
    """Streams are measured one after the other, spread over a second by their names."""
    return zlib.crc32(str(key).encode()) % 1000 / 1000
