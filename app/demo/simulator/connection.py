"""One client's RTSP connection: requests in, answers out, at most one session playing.

Runs as one task of the simulator's event loop; everything it holds ends with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from app.core.model import Codec
from app.demo.scenes import CLIP_FORMATS, phase_s, scene_for
from app.demo.simulator import rtsp
from app.demo.simulator.auth import Challenge, Credentials, Scheme
from app.demo.simulator.clip import Clip, ClipError, describe_media
from app.demo.simulator.faults import TRACK, StreamPath, parse_path
from app.demo.simulator.journal import Event, Journal
from app.demo.simulator.rtsp import Request, Status
from app.demo.simulator.session import Ending, Playback, Programme, WallClock
from app.demo.simulator.sinks import Sink, TcpSink, open_udp_sink
from app.demo.simulator.store import ClipStore

_PUBLIC = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
_HANG_UP_WITHIN_S = 2.0
_SEND_BUFFER_BYTES = 256 * 1024
"""A camera's socket holds little; a large buffer here would hide a slow reader behind seconds of video."""
_RESET_ON_CLOSE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""SO_LINGER with no time: close sends RST. Windows keeps it in shorts."""


@dataclass(frozen=True, slots=True)
class Services:
    """What all connections of one simulator share."""

    credentials: Credentials
    store: ClipStore
    clock: WallClock
    journal: Journal
    session_timeout_s: float


@dataclass(frozen=True, slots=True)
class _Session:
    """A set-up stream."""

    name: str
    path: StreamPath
    playback: Playback


class Connection:
    """Serves one client until it leaves, a fault ends it, or it gives no sign of life for too long."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, services: Services) -> None:
        self._reader = reader
        self._writer = writer
        self._services = services
        self._challenges: dict[Scheme, Challenge] = {}
        self._session: _Session | None = None
        self._attempted: StreamPath | None = None
        self._deadline: asyncio.Timeout | None = None
        self._methods: Mapping[str, Callable[[Request, StreamPath], Awaitable[None]]] = {
            "DESCRIBE": self._describe,
            "SETUP": self._setup,
            "PLAY": self._play,
            "PAUSE": self._pause,
            "TEARDOWN": self._teardown,
            "GET_PARAMETER": self._keep_alive,
            "SET_PARAMETER": self._keep_alive,
        }

    async def serve(self) -> None:
        """Answer requests until the connection ends. Expected endings raise nothing."""
        self._tune_socket()
        gone = (TimeoutError, asyncio.IncompleteReadError, ConnectionError)
        try:
            with contextlib.suppress(*gone):
                async with asyncio.timeout(self._services.session_timeout_s) as self._deadline:
                    await self._serve_requests()
        finally:
            self._close_session()
            await self._hang_up()

    async def _hang_up(self) -> None:
        """Close in order; a client that takes nothing any more is cut off."""
        self._writer.close()
        try:
            async with asyncio.timeout(_HANG_UP_WITHIN_S):
                await self._writer.wait_closed()
        except (TimeoutError, ConnectionError):
            self._writer.transport.abort()

    async def _serve_requests(self) -> None:
        while True:
            try:
                message = await rtsp.read_message(self._reader)
            except rtsp.MalformedRequestError:
                self._write(rtsp.answer("0", Status.BAD_REQUEST))
                return
            self._note_life()
            if isinstance(message, Request):
                await self._answer(message)
                await self._writer.drain()

    async def _answer(self, request: Request) -> None:
        path = parse_path(request.url)
        if request.version != rtsp.VERSION:
            self._reply(request, Status.VERSION_NOT_SUPPORTED)
        elif not request.header("cseq"):
            self._reply(request, Status.BAD_REQUEST)
        elif request.method == "OPTIONS":
            self._note_attempt(path)
            self._reply(request, Status.OK, {"Public": _PUBLIC, **self._session_header()})
        elif request.method not in self._methods:
            self._reply(request, Status.NOT_IMPLEMENTED, {"Public": _PUBLIC})
        elif path is None:
            self._reply(request, Status.NOT_FOUND)
        elif self._is_allowed(request, path):
            await self._methods[request.method](request, path)

    def _is_allowed(self, request: Request, path: StreamPath) -> bool:
        self._note_attempt(path)
        scheme = path.behaviour.scheme
        if scheme not in self._challenges:
            self._challenges[scheme] = Challenge(self._services.credentials, scheme)
        challenge = self._challenges[scheme]
        authorization = request.header("authorization")
        if challenge.accepts(request.method, request.url, authorization):
            return True
        if authorization:
            self._services.journal.note(path.code, path.profile, Event.UNAUTHORIZED)
        self._reply(request, Status.UNAUTHORIZED, {"WWW-Authenticate": challenge.header()})
        return False

    async def _describe(self, request: Request, path: StreamPath) -> None:
        behaviour = path.behaviour
        if behaviour.is_silent:
            return
        await asyncio.sleep(behaviour.describe_delay_s)
        if behaviour.refusal is not None:
            self._reply(request, behaviour.refusal)
            return
        clip = await self._clip(path)
        if clip is None:
            self._reply(request, Status.UNAVAILABLE)
            return
        headers = {"Content-Base": request.url.rstrip("/") + "/", "Content-Type": "application/sdp"}
        self._reply(request, Status.OK, headers, _description(path, clip))

    async def _setup(self, request: Request, path: StreamPath) -> None:
        transport = rtsp.parse_transport(request.header("transport"))
        is_udp_refused = path.behaviour.is_tcp_only and isinstance(transport, rtsp.UdpTransport)
        if not request.url.rstrip("/").endswith("/" + TRACK):
            self._reply(request, Status.NOT_FOUND)
        elif transport is None or is_udp_refused:
            self._reply(request, Status.UNSUPPORTED_TRANSPORT)
        elif self._session is not None:
            self._reply(request, Status.NOT_VALID_IN_STATE)
        elif request.header("session"):
            self._reply(request, Status.SESSION_NOT_FOUND)
        else:
            await self._open_session(request, path, transport)

    async def _open_session(self, request: Request, path: StreamPath, transport: rtsp.Transport) -> None:
        clip = await self._clip(path)
        if clip is None:
            self._reply(request, Status.UNAVAILABLE)
            return
        try:
            sink, answer = await self._open_sink(transport)
        except OSError:  # no free UDP ports
            self._reply(request, Status.UNAVAILABLE)
            return
        programme = Programme(clip, phase_s(path.code), path.behaviour, path.code)
        playback = Playback(programme, sink, self._services.clock, self._end)
        self._session = _Session(secrets.token_hex(8), path, playback)
        headers = {"Transport": f"{answer};ssrc={playback.source:08X}", **self._session_header()}
        self._reply(request, Status.OK, headers)

    async def _open_sink(self, transport: rtsp.Transport) -> tuple[Sink, str]:
        """The way to the client, and the transport line of the answer."""
        if isinstance(transport, rtsp.TcpTransport):
            channels = f"{transport.rtp_channel}-{transport.rtcp_channel}"
            sink = TcpSink(self._writer.transport, transport)
            return sink, f"RTP/AVP/TCP;unicast;interleaved={channels}"
        host = str(self._writer.get_extra_info("peername")[0])
        udp = await open_udp_sink((host, transport.rtp_port, transport.rtcp_port), self._note_life)
        ours = "-".join(str(port) for port in udp.server_ports)
        return udp, f"RTP/AVP;unicast;client_port={transport.rtp_port}-{transport.rtcp_port};server_port={ours}"

    async def _play(self, request: Request, path: StreamPath) -> None:
        session = self._session_of(request)
        if session is None:
            return
        playback = session.playback
        timestamp = playback.timestamp(self._services.clock.wall_s())
        track = f"{_aggregate(request.url)}/{TRACK}"
        info = f"url={track};seq={playback.sequence};rtptime={timestamp}"
        self._reply(request, Status.OK, {**self._session_header(), "Range": "npt=now-", "RTP-Info": info})
        playback.start()
        self._services.journal.note(path.code, path.profile, Event.PLAY)

    async def _pause(self, request: Request, path: StreamPath) -> None:
        session = self._session_of(request)
        if session is not None:
            session.playback.pause()
            self._reply(request, Status.OK, self._session_header())

    async def _teardown(self, request: Request, path: StreamPath) -> None:
        session = self._session_of(request)
        if session is not None:
            self._close_session()
            self._reply(request, Status.OK, {"Session": session.name})

    async def _keep_alive(self, request: Request, path: StreamPath) -> None:
        named = request.header("session")
        if not named or self._session_of(request) is not None:
            self._reply(request, Status.OK, self._session_header())

    def _session_of(self, request: Request) -> _Session | None:
        """The session that a request names; where it names none of ours the request is answered here."""
        named = request.header("session").partition(";")[0].strip()
        if self._session is not None and named == self._session.name:
            return self._session
        is_before_setup = self._session is None and not named
        self._reply(request, Status.NOT_VALID_IN_STATE if is_before_setup else Status.SESSION_NOT_FOUND)
        return None

    def _session_header(self) -> dict[str, str]:
        if self._session is None:
            return {}
        timeout_s = max(1, int(self._services.session_timeout_s))
        return {"Session": f"{self._session.name};timeout={timeout_s}"}

    async def _clip(self, path: StreamPath) -> Clip | None:
        scene = scene_for(path.code)
        try:
            return await self._services.store.clip(
                scene, path.profile, is_undecodable=path.behaviour.is_undecodable
            )
        except (OSError, ClipError):  # the clips are not installed: answered as a camera that is not ready
            return None

    def _note_attempt(self, path: StreamPath | None) -> None:
        if path is not None and self._attempted != path:
            self._attempted = path
            self._services.journal.note(path.code, path.profile, Event.ATTEMPT)

    def _note_life(self) -> None:
        if self._deadline is not None and not self._deadline.expired():
            loop = asyncio.get_running_loop()
            self._deadline.reschedule(loop.time() + self._services.session_timeout_s)

    def _end(self, ending: Ending) -> None:
        """A fault ends the stream: in order with FIN, or as a cut link with RST."""
        if ending is Ending.RESET:
            connection = self._writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self._writer.transport.abort()
        else:
            self._writer.close()

    def _close_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.playback.close()
            self._services.journal.note(session.path.code, session.path.profile, Event.END)

    def _reply(
        self, request: Request, status: Status, headers: Mapping[str, str] | None = None, body: str = ""
    ) -> None:
        self._write(rtsp.answer(request.header("cseq"), status, headers or {}, body))

    def _write(self, data: bytes) -> None:
        if not self._writer.is_closing():
            self._writer.write(data)

    def _tune_socket(self) -> None:
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)


def _aggregate(url: str) -> str:
    """The URL of the whole stream, whether the request named it or its track."""
    return re.sub(rf"/({TRACK})?/?$", "", url)


def _description(path: StreamPath, clip: Clip) -> str:
    """The session description (RFC 4566) of a camera's one video track."""
    measures = CLIP_FORMATS[path.profile]
    name = "H.265" if clip.codec is Codec.H265 else "H.264"
    return (
        "v=0\r\n"
        "o=- 1 1 IN IP4 127.0.0.1\r\n"
        f"s={path.code} {path.profile.value} {name}\r\n"
        "c=IN IP4 0.0.0.0\r\n"
        "t=0 0\r\n"
        "a=type:broadcast\r\n"
        "a=range:npt=now-\r\n"
        "a=control:*\r\n"
        "m=video 0 RTP/AVP 96\r\n"
        f"{describe_media(clip)}"
        f"a=framesize:96 {measures.width_px}-{measures.height_px}\r\n"
        "a=recvonly\r\n"
        f"a=control:{TRACK}\r\n"
    )
