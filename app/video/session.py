"""One camera session in a host: a thread that reads, decodes and publishes until it is closed or fails."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.budget import HardwareChoice
from app.core.errors import VideoError
from app.core.failure import Failure, Reason
from app.core.model import StreamKey
from app.video import protocol
from app.video.engines.av import AvEngine, hardware_decoder
from app.video.engines.base import Engine
from app.video.ingest import Ingest, IngestError
from app.video.protocol import OutputSpec

NO_PICTURE_LIMIT_S = 6.0
"""A stream that sent a key frame and gives no picture for so long will not give one. Before the first key frame
there is nothing to decode: some cameras send one in 10 s only, and the console's own limit covers that."""

Emit = Callable[[protocol.HostEvent], None]


@dataclass(frozen=True, slots=True)
class EngineMaker:
    """Makes the engine that a stream's outputs need.

    Args:
        vlc_instance: gives the process's libVLC, made on first use.
    """

    vlc_instance: Callable[[], Any]

    def make(self, ingest: Ingest, command: protocol.Open, outputs: tuple[OutputSpec, ...]) -> Engine:
        """An engine for these outputs.

        Raises:
            VideoError: no engine serves them here.
        """
        if any(output.window_id is not None for output in outputs):
            from app.video.engines.vlc import VlcEngine  # libVLC is loaded only where it is used

            hardware = command.hardware is not HardwareChoice.NEVER
            return VlcEngine(ingest.stream, ingest.codec, command.generation, self.vlc_instance, hardware)
        return AvEngine(ingest.stream, command.generation)


class Session(threading.Thread):
    """Plays one stream; says `Opened`, then `Failed` or `Closed` once as its last word.

    Args:
        command: what to open.
        engines: makes the engine.
        emit: takes events; safe from any thread.
        ca_file: whom to believe over RTSPS, as PEM; None believes whom the system believes.
    """

    def __init__(
        self, command: protocol.Open, engines: EngineMaker, emit: Emit, ca_file: str | None = None
    ) -> None:
        super().__init__(name=f"session {command.key}", daemon=True)
        self._command = command
        self._engines = engines
        self._emit = emit
        self._ca_file = ca_file
        self._outputs = command.outputs
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
        if self._must_close:
            self._say_closed()
        else:
            self._say_last(protocol.Failed(self._command.key, self._command.generation, failure))

    def _say_closed(self) -> None:
        self._say_last(protocol.Closed(self._command.key, self._command.generation))

    def _say_last(self, event: protocol.Failed | protocol.Closed) -> None:
        with self._lock:
            if self._has_said_last:
                return
            self._has_said_last = True
        self._emit(event)

    def _begin(self) -> bool:
        """Whether the opened stream is still wanted; from now on the session writes into its outputs."""
        with self._lock:
            self._is_open = not self._must_close
            return self._is_open

    def _play(self) -> None:
        command = self._command
        hwaccel = hardware_decoder(command.hardware)
        ingest = Ingest(command.endpoint, command.username, command.secret, hwaccel, self._ca_file)
        try:
            if self._begin():
                self._show(ingest, self._engines.make(ingest, command, self._outputs))
        finally:
            ingest.close()

    def _show(self, ingest: Ingest, engine: Engine) -> None:
        outputs = self._outputs
        try:
            engine.set_outputs(outputs)
            self._say_opened(ingest, engine)
            self._feed(ingest, engine, outputs)
        finally:
            engine.close()

    def _say_opened(self, ingest: Ingest, engine: Engine) -> None:
        command = self._command
        self._emit(
            protocol.Opened(
                command.key,
                command.generation,
                ingest.codec,
                *ingest.size_px,
                ingest.frame_rate_fps,
                engine.name,
                engine.decoder,
            )
        )

    def _feed(self, ingest: Ingest, engine: Engine, outputs: tuple[OutputSpec, ...]) -> None:
        pictures, hopeless_s = 0, math.inf
        for packet in ingest.packets():
            if self._must_close:
                return
            if self._outputs is not outputs:
                outputs = self._outputs
                _move(engine, outputs)
            engine.feed(packet)
            now_s = time.monotonic()
            if engine.pictures != pictures or (packet.is_keyframe and hopeless_s == math.inf):
                pictures, hopeless_s = engine.pictures, now_s + NO_PICTURE_LIMIT_S
            elif now_s > hopeless_s:
                raise IngestError(
                    Failure(Reason.UNDECODABLE, f"no picture in {NO_PICTURE_LIMIT_S:g} s of packets")
                )


def _move(engine: Engine, outputs: tuple[OutputSpec, ...]) -> None:
    """Show the pictures elsewhere. A slot may be gone already: then word of the next one is on its way."""
    with contextlib.suppress(VideoError):
        engine.set_outputs(outputs)
