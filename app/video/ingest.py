"""One camera session: opens the stream, hands out packets, says precisely why it ended.

Runs on the session's own thread inside a host. The only module besides `engines/av.py` that imports `av`. The
camera's password is put into a URL here, in memory, and into nothing else: PyAV's exceptions carry that URL, so
none of them leaves this module.
"""

from __future__ import annotations

import errno
import logging
import socket
import ssl
import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from types import TracebackType
from typing import Self
from urllib.parse import quote

import av
import av.error
import av.logging
from av.codec.context import CodecContext, Flags, ThreadType
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from app.core.failure import Failure, Reason
from app.core.lights import LEAST_FPS, STALE_AFTER_S
from app.core.model import Codec, Endpoint
from app.core.redact import Secret
from app.video.run_clock import RunClock

OPEN_TIMEOUT_S = 3.0
PROBE_TIMEOUT_S = 1.0
ASK_TIMEOUT_S = 0.5
"""For a camera to say that it wants a login: it need not look for anything."""
_MOST_FPS = 240.0
_MOST_PIXELS = 8192 * 4608
"""8K. A parameter set of thirty bytes can promise a picture of gigabytes."""
_USUAL_TICK = Fraction(1, 90_000)
"""Of video over RTP (RFC 3551)."""
_US_PER_S = 1_000_000
_STATUS_MAX_BYTES = 256
_PRODUCER_TIME = struct.Struct("=q")
"""The wall clock in microseconds: the first field of FFmpeg's AVProducerReferenceTime."""

_OPTIONS = {
    "allowed_media_types": "video",
    # The first packet ends the probing: what the stream is stands in its description. "nobuffer" must not be set:
    # with it, packets that were probed are lost, and often the key frame with them (measured: the first picture
    # came after 1.0–1.2 s instead of 0.6 s at a group of pictures of 1 s).
    "analyzeduration": "0",
    "probesize": "32",
    "tls_verify": "1",  # FFmpeg's default is not to verify
}
_OVER_TCP = {"reorder_queue_size": "4"}
"""TCP loses nothing, but a relay before it may have: FFmpeg looks for gaps in the packets' numbers only where it
has a queue to put them in order. Over UDP it has one anyway."""
_NOT_VIDEO = {"allowed_media_types": "audio+subtitle+data"}
_CODECS = {"h264": Codec.H264, "hevc": Codec.H265, "mjpeg": Codec.MJPEG}

_BY_CLASS: tuple[tuple[type[Exception], Reason], ...] = (
    (av.error.HTTPUnauthorizedError, Reason.UNAUTHORIZED),
    (av.error.HTTPForbiddenError, Reason.FORBIDDEN),
    (av.error.HTTPNotFoundError, Reason.NOT_FOUND),
    (av.error.HTTPServerError, Reason.BUSY),
    (av.error.HTTPTooManyRequestsError, Reason.BUSY),
    (av.error.HTTPOtherClientError, Reason.BUSY),  # 453 not enough bandwidth, 454 session not found
    (av.error.HTTPBadRequestError, Reason.PROTOCOL),
    (av.error.ConnectionRefusedError, Reason.REFUSED),
    (av.error.ConnectionResetError, Reason.RESET),
    (av.error.BrokenPipeError, Reason.RESET),
    (av.error.EOFError, Reason.ENDED),
    (av.error.ProtocolNotFoundError, Reason.UNSUPPORTED),
    (av.error.DecoderNotFoundError, Reason.UNSUPPORTED),
    (av.error.InvalidDataError, Reason.PROTOCOL),
)
_DECODERS = frozenset(_CODECS)
_LOSSES = ("RTP:", "max delay reached", "jitter buffer full")
"""How FFmpeg's RTP receiver begins to tell of packets that are missing or out of order (rtpdec.c)."""
_NETWORK_ERRNOS = frozenset({errno.EIO, errno.ENOTCONN, errno.ENETRESET, errno.EADDRNOTAVAIL})
"""Of a connection that broke, beyond those that have a name."""
_NOT_ANSWERED = frozenset({Reason.NO_ANSWER, Reason.PROTOCOL, Reason.RESET, Reason.ENDED})
"""How an open ends whose last request got no answer: FFmpeg does not say how far it came."""
_UNREACHABLE_ERRNOS = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN})


class IngestError(Exception):
    """The session ended; `failure` says why, without a URL or a secret."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason.value)
        self.failure = failure


class Ingest:
    """An open camera session.

    Args:
        endpoint: where the stream is.
        username, secret: empty for a camera without a login.
        hwaccel: decode on the GPU where it can; None decodes in software.
        ca_file: whom to believe over RTSPS, as PEM; None believes whom the system believes.
        silence_s: after how long without a packet the stream has stalled.
        is_unproved: whether the camera never took that login: it is looked whether it hears it.
        clock: that silence is measured by; one of its own never stands.

    Raises:
        IngestError: it could not be opened.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        username: str,
        secret: Secret,
        hwaccel: HWAccel | None,
        ca_file: str | None = None,
        silence_s: float = STALE_AFTER_S,
        is_unproved: bool = False,
        clock: RunClock | None = None,
    ) -> None:
        _resolve(endpoint)
        url = _url(endpoint, username, secret)
        in_order = _OVER_TCP if endpoint.transport == "tcp" else {}
        options = {**_OPTIONS, "rtsp_transport": endpoint.transport, **in_order, **_trust(ca_file)}
        self._silence_s = silence_s
        self._clock = clock or RunClock()
        self._container = _open(endpoint, url, options, hwaccel, silence_s, is_unproved=is_unproved)
        streams = self._container.streams.video
        if not streams:
            self.close()
            raise IngestError(_no_video(endpoint, url, options))
        self.stream: VideoStream = streams[0]
        if not _is_decodable(self.stream):
            self.close()
            raise IngestError(Failure(Reason.UNSUPPORTED, "a codec that nothing here decodes"))
        _prepare(self.stream)
        self._tick_s = float(self.stream.time_base or _USUAL_TICK)

    @property
    def codec(self) -> Codec:
        """What the camera sends."""
        return _CODECS.get(self.stream.codec_context.name, Codec.UNKNOWN)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height that the stream declares, 0 × 0 where it does not."""
        return self.stream.codec_context.width or 0, self.stream.codec_context.height or 0

    @property
    def frame_rate_fps(self) -> float | None:
        """The frame rate that the stream declares, None where it does not or cannot be meant."""
        rate_fps = float(self.stream.average_rate or 0.0)  # FFmpeg's guess is its clock rate, or that of fields
        return rate_fps if LEAST_FPS <= rate_fps <= _MOST_FPS else None

    @property
    def held_s(self) -> float | None:
        """How long a packet is held back, by the rate that the stream declares, 0.0 where it declares none.

        FFmpeg's parser knows that a picture is whole when the next one begins, so that each is a whole interval
        old when it is given away: 67 ms at 15 fps, a second at 1 fps (measured). Of MJPEG the receiver knows the
        end by itself: None.
        """
        if self.codec is Codec.MJPEG:
            return None
        return 1.0 / self.frame_rate_fps if self.frame_rate_fps else 0.0

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Packets as they come.

        Raises:
            IngestError: the stream ended or failed; iteration never ends otherwise.
        """
        has_begun = False
        asked_s = self._clock.now_s()
        while self._clock.now_s() - asked_s < self._silence_s:  # FFmpeg's own time-out forgives no standstill
            try:
                for packet in self._container.demux(self.stream):
                    if self._clock.now_s() - asked_s >= self._silence_s:
                        break  # FFmpeg's parser gives away the last, old picture before the time-out is reported
                    if packet.size:
                        yield packet
                        has_begun = True
                    asked_s = self._clock.now_s()
                else:
                    raise IngestError(Failure(Reason.ENDED))
            except (av.error.FFmpegError, OSError) as error:
                if not _is_timeout(error):
                    raise IngestError(_known_failure(error, Reason.RESET)) from None
        reason = Reason.STALLED if has_begun else Reason.NO_PICTURES
        raise IngestError(Failure(reason, f"no packet for {self._silence_s:g} s"))

    def stamp_s(self, packet: Packet[VideoStream]) -> float | None:
        """A packet's own time in the stream, in the order of sending; None where it has none."""
        ticks = packet.dts if packet.dts is not None else packet.pts
        return None if ticks is None else ticks * self._tick_s

    def close(self) -> None:
        """Say goodbye to the camera and let the connection go."""
        self._container.close()


def listen_to_ffmpeg() -> None:
    """Let FFmpeg's warnings reach `Complaints`, and nothing else: they quote URLs. Once a process."""
    av.logging.set_level(av.logging.WARNING)
    av.logging.set_skip_repeated(False)
    library_log = logging.getLogger("libav")
    library_log.addHandler(logging.NullHandler())
    library_log.propagate = False


class Complaints:
    """What FFmpeg says against a stream while this thread plays it: lost packets, pictures that do not decode.

    A context manager, entered on the session's thread. FFmpeg tells these things nowhere but in its log.
    """

    def __init__(self) -> None:
        self._capture = av.logging.Capture(True)
        self._said: list[tuple[int, str, str]] = []

    def __enter__(self) -> Self:
        self._said = self._capture.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._capture.__exit__(None, None, None)

    def heard(self) -> bool:
        """Whether anything was said since it was last asked."""
        if not self._said:
            return False
        is_of_stream = any(source in _DECODERS or text.startswith(_LOSSES) for _, source, text in self._said)
        self._said.clear()
        return is_of_stream


def camera_time_s(packet: Packet[VideoStream]) -> float | None:
    """When the camera took the picture by its own clock, seconds since 1970; None without sender reports.

    FFmpeg works it out for each packet from the last report and attaches it as a "producer reference time".
    """
    if not packet.has_sidedata("prft"):
        return None
    microseconds: int = _PRODUCER_TIME.unpack_from(bytes(packet.get_sidedata("prft")))[0]
    return microseconds / _US_PER_S


def _open(
    endpoint: Endpoint,
    url: str,
    options: dict[str, str],
    hwaccel: HWAccel | None = None,
    silence_s: float = STALE_AFTER_S,
    *,
    is_unproved: bool = False,
) -> InputContainer:
    asked_s = time.monotonic()
    try:
        return av.open(
            url,
            options=options,
            timeout=(OPEN_TIMEOUT_S, silence_s),
            hwaccel=hwaccel,
            metadata_errors="replace",  # a title in any other alphabet's bytes
        )
    except (av.error.FFmpegError, OSError, ValueError) as error:
        took_s = time.monotonic() - asked_s
        failure = _opening_failure(error, took_s, endpoint, hwaccel is not None)
        may_be_unheard = failure.reason in _NOT_ANSWERED and not isinstance(error, PermissionError)  # that is PLAY
        is_unheard = is_unproved and may_be_unheard and _asks_for_login(endpoint)
        raise IngestError(replace(failure, login_unheard=is_unheard)) from None


def _is_decodable(stream: VideoStream) -> bool:
    # PyAV's types do not say so, but it gives a stream without a decoder no context.
    context: CodecContext | None = stream.codec_context
    return context is not None


def _prepare(stream: VideoStream) -> None:
    """Set the decoder up, before anybody opens it: one thread, no delay, no picture beyond reason."""
    context = stream.codec_context
    context.thread_count = 1
    context.thread_type = ThreadType.SLICE
    context.flags |= Flags.low_delay
    context.options = {"max_pixels": str(_MOST_PIXELS)}


def _no_video(endpoint: Endpoint, url: str, options: dict[str, str]) -> Failure:
    """Why no video was described: FFmpeg passes over media that were not asked for, and over nonsense alike."""
    other = _open(endpoint, url, {**options, **_NOT_VIDEO})
    has_other = len(other.streams) > 0
    other.close()
    if has_other:
        return Failure(Reason.UNSUPPORTED, "no video in the stream")
    return Failure(Reason.PROTOCOL, "a description without streams")


def _url(endpoint: Endpoint, username: str, secret: Secret) -> str:
    login = f"{quote(username, safe='')}:{quote(secret.reveal(), safe='')}@" if username else ""
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return f"{endpoint.scheme}://{login}{host}:{endpoint.port}{endpoint.path}"


def _trust(ca_file: str | None) -> dict[str, str]:
    # FFmpeg itself believes nobody by default, when it verifies.
    believed = ca_file or ssl.get_default_verify_paths().cafile
    return {"ca_file": believed} if believed else {}


def _resolve(endpoint: Endpoint) -> None:
    """Tell a name that does not resolve from other input errors, which FFmpeg does not."""
    try:
        socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # UnicodeError: a label longer than names may be
        raise IngestError(Failure(Reason.NAME_UNKNOWN, endpoint.host)) from error


def _opening_failure(error: Exception, took_s: float, endpoint: Endpoint, is_on_gpu: bool) -> Failure:
    # A DESCRIBE that is never answered ends as invalid data, a PLAY as forbidden, a handshake as an untrusted one:
    # only the time tells what it was.
    is_of_tls = endpoint.scheme == "rtsps" and getattr(error, "errno", None) == errno.EIO
    may_be_unanswered = is_of_tls or isinstance(error, av.error.InvalidDataError | PermissionError)
    has_waited = may_be_unanswered and took_s >= OPEN_TIMEOUT_S
    if has_waited or _is_timeout(error):
        return Failure(Reason.NO_ANSWER if _accepts(endpoint) else Reason.UNREACHABLE)
    if is_of_tls:
        return Failure(Reason.TLS)  # a certificate that is not believed, or no TLS at all
    # A GPU that is full, or whose driver has gone, says so in as many ways as there are drivers.
    may_be_gpu = is_on_gpu and not (
        isinstance(error, ConnectionError) or getattr(error, "errno", None) in _NETWORK_ERRNOS
    )
    return _known_failure(error, Reason.UNDECODABLE if may_be_gpu else Reason.PROTOCOL)


def _is_timeout(error: Exception) -> bool:
    # PyAV interrupts a blocked call with AVERROR_EXIT; the system's own time-out is ETIMEDOUT.
    return isinstance(error, av.error.ExitError | TimeoutError)


def _known_failure(error: Exception, otherwise: Reason) -> Failure:
    for kind, reason in _BY_CLASS:
        if isinstance(error, kind):
            return Failure(reason)
    number = getattr(error, "errno", None)
    if number in _UNREACHABLE_ERRNOS:
        return Failure(Reason.UNREACHABLE)
    return Failure(otherwise, f"{type(error).__name__} {number or ''}".strip())


def _asks_for_login(endpoint: Endpoint) -> bool:
    """Whether a camera that has not answered a login answers at once where it is shown none.

    That tells a wrong login from a broken path, a dead camera and one that is just starting. Not asked over TLS.
    """
    if endpoint.scheme != "rtsp":
        return False
    url = _url(endpoint, "", Secret(""))
    request = f"DESCRIBE {url} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n"
    try:
        with socket.create_connection((endpoint.host, endpoint.port), ASK_TIMEOUT_S) as connection:
            connection.sendall(request.encode())
            return connection.recv(_STATUS_MAX_BYTES).split()[1:2] == [b"401"]
    except (OSError, UnicodeError):
        return False


def _accepts(endpoint: Endpoint) -> bool:
    """Whether anything accepts connections there: tells a silent camera from a dead address."""
    try:
        socket.create_connection((endpoint.host, endpoint.port), PROBE_TIMEOUT_S).close()
    except OSError:
        return False
    return True
