"""An RTSP server on loopback whose cameras are hostile or odd; a thread with an event loop of its own.

Each stream has a name and is played, in real time, to any number of clients over RTSP/TCP: `rtsp://…/NAME`. What
is wrong with them stands in `hostile_catalogue`; this module knows none of them. For cameras that never get to
a picture because they cannot speak RTSP at all see `odd_camera`.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from app.core.lights import stale_after_s
from app.core.model import Endpoint
from app.demo.simulator import rtsp
from app.demo.simulator.rtsp import MalformedRequestError, Request, Status, TcpTransport
from tests.support.hostile_stream import HostileStream, Performance
from tests.support.made_streams import MadeClip, MadeStreams

LOOPBACK = "127.0.0.1"
_ENDS_WITHIN_S = 10.0
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"
_PIECE_PAUSE_S = 0.01
"""Between the pieces of an answer: one without end stays below 7 MB/s and leaves the processor to the others."""


@dataclass(frozen=True, slots=True)
class _Camera:
    """A stream, its clips, and the name that its URL and its lots come from."""

    name: str
    stream: HostileStream
    clips: tuple[MadeClip, ...]


class HostileCameras:
    """Plays hostile streams; a context manager.

    Args:
        streams: by name.
        made: encodes their clips, at once.
    """

    def __init__(self, streams: Mapping[str, HostileStream], made: MadeStreams) -> None:
        self._cameras = {
            name: _Camera(name, stream, tuple(made.clip(form) for form in stream.forms))
            for name, stream in streams.items()
        }
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hostile cameras", daemon=True)
        self._talks: set[asyncio.Task[None]] = set()
        self._errors: list[BaseException] = []
        self._server: asyncio.Server | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_ENDS_WITHIN_S)
        self._loop.close()
        assert not self._errors, self._errors

    def endpoint(self, name: str) -> Endpoint:
        """Where a stream is.

        Raises:
            KeyError: there is none of that name.
        """
        return Endpoint("rtsp", LOOPBACK, self.port, f"/{self._cameras[name].name}")

    def silence_s(self, name: str) -> float:
        """After how long without a packet the console takes a stream for stalled, by its rate in the registry."""
        return stale_after_s(self._cameras[name].stream.form.frame_rate_fps)

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_ENDS_WITHIN_S)

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client. It runs in a task of ours: asyncio reports a cancelled callback as an error."""
        talk = asyncio.ensure_future(_Talk(self._cameras, reader, writer).run())
        self._talks.add(talk)
        talk.add_done_callback(self._note_end)

    def _note_end(self, talk: asyncio.Task[None]) -> None:
        self._talks.discard(talk)
        if not talk.cancelled() and (error := talk.exception()) is not None:
            self._errors.append(error)


class _Talk:
    """One client's connection."""

    def __init__(
        self, cameras: Mapping[str, _Camera], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._cameras = cameras
        self._reader = reader
        self._writer = writer
        self._camera: _Camera | None = None
        self._channels: TcpTransport | None = None
        self._playing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Answer until the client leaves."""
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                while True:
                    await self._read()
        finally:
            self._writer.transport.abort()
            if self._playing is not None:
                self._playing.cancel()
                for end in await asyncio.gather(self._playing, return_exceptions=True):
                    if isinstance(end, Exception):
                        raise end  # a fault that is at fault itself

    async def _read(self) -> None:
        with contextlib.suppress(MalformedRequestError):  # an answer to a request that one of the streams makes
            message = await rtsp.read_message(self._reader)
            if isinstance(message, Request):
                await self._take(message)

    async def _take(self, request: Request) -> None:
        self._camera = self._camera or self._cameras.get(_name_in(request.url))
        if self._camera is None:
            await self._send((self._answer(request, Status.NOT_FOUND),))
            return
        await self._send(self._camera.stream.answer(request, self._plain_answer(request, self._camera)))
        if request.method == "PLAY" and self._playing is None and self._channels is not None:
            self._playing = asyncio.ensure_future(self._play(self._camera, self._channels))

    def _plain_answer(self, request: Request, camera: _Camera) -> bytes:
        match request.method:
            case "DESCRIBE":
                body = camera.stream.describe(camera.clips[0].clip)
                length = {"Content-Type": "application/sdp", "Content-Length": str(len(body))}
                return self._answer(request, Status.OK, length) + body
            case "SETUP":
                return self._set_up(request)
            case _:
                return self._answer(request, Status.OK, {"Session": "1", "Public": _METHODS})

    def _set_up(self, request: Request) -> bytes:
        wanted = rtsp.parse_transport(request.header("transport"))
        if not isinstance(wanted, TcpTransport):
            return self._answer(request, Status.UNSUPPORTED_TRANSPORT)
        self._channels = self._channels or wanted  # the first track is the one that plays
        channels = f"{wanted.rtp_channel}-{wanted.rtcp_channel}"
        transport = f"RTP/AVP/TCP;unicast;interleaved={channels}"
        return self._answer(request, Status.OK, {"Session": "1", "Transport": transport})

    def _answer(self, request: Request, status: Status, headers: Mapping[str, str] | None = None) -> bytes:
        return rtsp.answer(request.header("cseq"), status, headers or {})

    async def _send(self, pieces: Iterable[bytes]) -> None:
        for number, piece in enumerate(pieces):
            if number:
                await asyncio.sleep(_PIECE_PAUSE_S)
            self._writer.write(piece)
            await self._writer.drain()

    async def _play(self, camera: _Camera, channels: TcpTransport) -> None:
        started_s = time.monotonic()
        moments = Performance(camera.stream, camera.clips, channels, camera.name, time.time()).moments()
        with contextlib.suppress(OSError):  # the client has left
            for at_s, pieces in moments:
                await asyncio.sleep(max(0.0, started_s + at_s - time.monotonic()))
                for piece in pieces:
                    self._writer.write(piece)
                await self._writer.drain()


def _name_in(url: str) -> str:
    return urlsplit(url).path.strip("/").partition("/")[0]
