"""Faults around the pictures: reports that lie, bytes between the packets, answers and descriptions of nonsense.

Each is a function of the stream's parts or makes one; `hostile_catalogue` puts them together. Pure.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from app.core.model import Codec
from app.demo.simulator import rtsp
from app.demo.simulator.clip import CLOCK_HZ, Clip
from app.demo.simulator.rtp import goodbye
from app.demo.simulator.rtsp import Request, Status, TcpTransport
from tests.support.hostile_stream import (
    FAULT_AFTER_S,
    SOURCE,
    TRACK,
    Answerer,
    Counts,
    Descriptor,
    Reporter,
    described,
    description,
    framed,
    report_of,
)

_PIECE_BYTES = 65_536
_ERA_S = 1 << 32
_MARK = b"$"

# --- reports (RFC 3550 section 6.4) ---


def at_time(wall_s: float) -> Reporter:
    """Always the same time, seconds since 1970."""
    return lambda counts, lots: report_of(counts, wall_s)


def at_offset(offset_s: float) -> Reporter:
    """A camera clock that is ahead by so much."""
    return lambda counts, lots: report_of(counts, counts.wall_s + offset_s)


def at_rate(rate: float) -> Reporter:
    """A camera clock that gains: `rate` seconds in a second."""
    return lambda counts, lots: report_of(counts, counts.wall_s + (rate - 1.0) * counts.at_s)


def frozen_clock(counts: Counts, lots: Random) -> bytes:
    """The time of the fault's beginning for ever, beside timestamps that go on."""
    return report_of(counts, counts.wall_s - counts.at_s + FAULT_AFTER_S)


def any_clock(counts: Counts, lots: Random) -> bytes:
    """Any time and any timestamp."""
    return report_of(replace(counts, timestamp=lots.randrange(_ERA_S)), lots.uniform(0.0, _ERA_S))


def random_report(counts: Counts, lots: Random) -> bytes:
    """Random bytes on the channel of reports."""
    return lots.randbytes(lots.randrange(1, 1_400))


def lying_report(counts: Counts, lots: Random) -> bytes:
    """A sender report that says it has 31 blocks and 65,535 words, and has neither."""
    return struct.pack(">BBH", 0x80 | 31, 200, 0xFFFF) + report_of(counts, counts.wall_s)[4:12]


def leaving(counts: Counts, lots: Random) -> bytes:
    """The report and a goodbye, though packets go on."""
    return report_of(counts, counts.wall_s) + goodbye(SOURCE)


# --- between the packets ---


def garbage(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Bytes that belong to no packet, with and without the mark of one."""
    return (lots.randbytes(lots.randrange(1, 300)),)


def giant_length(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """A packet that claims all that its length field can say, and swallows what follows."""
    return (_MARK + bytes([channels.rtp_channel]) + b"\xff\xff",)


def giant_packet(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Real packets of the greatest length, forty a frame."""
    packet = framed(channels.rtp_channel, b"\x80\x60" + lots.randbytes(0xFFFF - 2))
    return itertools.repeat(packet, 40)


def empty_packets(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Packets shorter than their own headers."""
    return (framed(channels.rtp_channel, lots.randbytes(size)) for size in range(12))


def other_channels(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Packets on channels that nobody has asked for."""
    return (framed(channel, lots.randbytes(200)) for channel in (2, 77, 255))


def requests(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Requests of the server's own, as RTSP allows and few clients expect; one claims a body that never comes."""
    yield b"OPTIONS * RTSP/1.0\r\nCSeq: 7\r\n\r\n"
    yield b"ANNOUNCE rtsp://127.0.0.1/ RTSP/1.0\r\nCSeq: 8\r\nContent-Length: 4\r\n\r\nv=0\n"
    yield b"REDIRECT rtsp://127.0.0.1/ RTSP/1.0\r\nCSeq: 9\r\nLocation: rtsp://127.0.0.1:1/\r\n\r\n"


def request_with_giant_body(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """A request that claims two gigabytes of body."""
    return (b"ANNOUNCE * RTSP/1.0\r\nCSeq: 8\r\nContent-Length: 2000000000\r\n\r\n",)


def answers_to_nothing(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Answers that nobody has asked for, some of another protocol."""
    yield b"RTSP/1.0 401 Unauthorized\r\nCSeq: 99\r\n\r\n"
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    yield b"RTSP/9.9 -1 \xff\xfe\r\n\r\n"


def endless_text(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """A line of half a megabyte and more, a new piece with each frame and never an end."""
    return itertools.repeat(b"R" * _PIECE_BYTES, 8)


# --- answers ---


def changed(method: str, change: Callable[[bytes], Iterable[bytes]]) -> Answerer:
    """Another answer to one kind of request."""

    def answer(request: Request, plain: bytes) -> Iterable[bytes]:
        return change(plain) if request.method == method else (plain,)

    return answer


def unanswered(method: str) -> Answerer:
    """No answer to one kind of request."""
    return changed(method, lambda plain: ())


def headers_without_end(plain: bytes) -> Iterable[bytes]:
    """A head that goes on for ever, line by line."""
    line = b"X-Filler: " + b"a" * 1_000 + b"\r\n"
    return itertools.chain((_head(plain) + b"\r\n",), itertools.repeat(line * (_PIECE_BYTES // len(line))))


def line_without_end(plain: bytes) -> Iterable[bytes]:
    """A head whose last line goes on for ever."""
    return itertools.chain((_head(plain) + b"\r\nX-Filler: ",), itertools.repeat(b"a" * _PIECE_BYTES))


def body_without_end(plain: bytes) -> Iterable[bytes]:
    """A description that claims two gigabytes, and does not stop coming."""
    head = b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: 2000000000\r\n\r\n"
    return itertools.chain((head,), itertools.repeat(b"a=x:" + b"y" * (_PIECE_BYTES - 6) + b"\r\n"))


def claiming(length: str) -> Callable[[bytes], Iterable[bytes]]:
    """An answer whose body is said to be so long."""

    def change(plain: bytes) -> Iterable[bytes]:
        lines = [line for line in _head(plain).split(b"\r\n") if not line.startswith(b"Content-Length")]
        head = b"\r\n".join([*lines, b"Content-Length: " + length.encode()])
        return (head + plain[len(_head(plain)) :],)

    return change


def with_header(line: str) -> Callable[[bytes], Iterable[bytes]]:
    """An answer with one more header, before all others."""
    return lambda plain: (plain.replace(b"\r\n", b"\r\n" + line.encode() + b"\r\n", 1),)


def redirecting(location: str = "") -> Answerer:
    """Sends the client elsewhere; without a location to where it comes from, for ever."""

    def answer(request: Request, plain: bytes) -> Iterable[bytes]:
        if request.method != "DESCRIBE":
            return (plain,)
        moved = f"RTSP/1.0 302 Found\r\nCSeq: {request.header('cseq')}\r\nLocation: {location or request.url}"
        return (moved.encode() + b"\r\n\r\n",)

    return answer


def asking_for_login(seen: list[str]) -> Answerer:
    """Takes no login, and notes each that it is sent; the password can be read in it."""

    def answer(request: Request, plain: bytes) -> Iterable[bytes]:
        seen.append(request.header("authorization"))
        challenge = {"WWW-Authenticate": 'Basic realm="elsewhere"'}
        return (rtsp.answer(request.header("cseq"), Status.UNAUTHORIZED, challenge),)

    return answer


def random_answer(plain: bytes) -> Iterable[bytes]:
    """Random bytes with a blank line among them."""
    return (Random(len(plain)).randbytes(4_096) + b"\r\n\r\n",)


def _head(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[0]


# --- descriptions (RFC 4566) ---


def without_sets(clip: Clip) -> bytes:
    """No parameter sets, as cameras do that send them with every key frame."""
    return description(f"a=rtpmap:96 {_encoding(clip)}/{CLOCK_HZ}\r\n")


def with_rtpmap(text: str) -> Descriptor:
    """Another line about the payload type."""
    return lambda clip: description(f"a=rtpmap:96 {text}\r\n")


def with_sets(text: str) -> Descriptor:
    """Parameter sets that are none."""
    parameters = f"a=fmtp:96 packetization-mode=1;sprop-parameter-sets={text}\r\n"
    return lambda clip: description(f"a=rtpmap:96 {_encoding(clip)}/{CLOCK_HZ}\r\n{parameters}")


def with_more(text: str) -> Descriptor:
    """The true description, and more lines."""
    return lambda clip: described(clip) + text.encode()


def with_frame_rate(rate_fps: float) -> Descriptor:
    """The true description, but for its frame rate."""
    return lambda clip: re.sub(rb"a=framerate:\d+", f"a=framerate:{rate_fps:g}".encode(), described(clip))


def with_title(title: bytes) -> Descriptor:
    """The true description under another title."""
    return lambda clip: described(clip).replace(b"s=hostile", b"s=" + title)


def with_control(text: str) -> Descriptor:
    """The track lies elsewhere; without a text, nowhere."""
    line = f"a=control:{text}\r\n" if text else ""
    return lambda clip: described(clip).replace(f"a=control:{TRACK}\r\n".encode(), line.encode())


def without_media_type(clip: Clip) -> bytes:
    """Nothing says what payload type 96 is."""
    return description("")


def many_media(kind: str, number: int = 1_000) -> Descriptor:
    """So many more tracks of a kind than a camera has."""
    return with_more("".join(f"m={kind} 0 RTP/AVP 96\r\na=control:more{track}\r\n" for track in range(number)))


def fuzzed(seed: int) -> Descriptor:
    """The true description with some of its bytes replaced."""

    def describe(clip: Clip) -> bytes:
        lots = Random(seed)
        text = bytearray(described(clip))
        for place in lots.sample(range(len(text)), 12):
            text[place] = lots.randrange(256)
        return bytes(text)

    return describe


def binary(clip: Clip) -> bytes:
    """Random bytes."""
    return Random(0).randbytes(8_192)


def _encoding(clip: Clip) -> str:
    return "H265" if clip.codec is Codec.H265 else "H264"
