"""What a hostile stream is made of, and how it becomes bytes of an interleaved RTSP connection.

A stream starts as a healthy camera would; from a given moment on its faults change the frames, the RTP headers,
the reports, or what lies between the packets. Pure, but for the lots that a seeded `Random` draws: every client
of a stream gets the same. `hostile_camera` sends the bytes, `hostile_catalogue` lists the streams.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from app.core.model import Codec
from app.demo.simulator.clip import CLOCK_HZ, Clip, Payload, describe_media
from app.demo.simulator.rtp import rtp_header, sender_report
from app.demo.simulator.rtsp import Request, TcpTransport
from tests.support.made_streams import Form, MadeClip

FAULT_AFTER_S = 1.0
"""When mid-stream faults begin, seconds after PLAY: some healthy pictures have been seen by then."""
REPORT_EVERY_S = 1.0
SOURCE = 0x5EED_CA4E
TRACK = "track0"
PLAIN = Form()
FIRST_TIMESTAMP = 900_000
_WRAP_16, _WRAP_32 = 0xFFFF, 0xFFFF_FFFF
_FRAMING = struct.Struct(">cBH")


@dataclass(frozen=True, slots=True)
class Shot:
    """A coded picture that is about to be sent.

    Attributes:
        codec: of its payloads.
        at_s: when it is sent, seconds after PLAY.
        is_key: whether it is a key frame.
        timestamp: its RTP time, not yet wrapped.
        payloads: of its packets; none sends nothing.
    """

    codec: Codec
    at_s: float
    is_key: bool
    timestamp: int
    payloads: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a sender report tells: the present moment and what was sent so far.

    Attributes:
        at_s: seconds after PLAY.
        wall_s: the camera's true time, seconds since 1970.
        timestamp: the RTP time of that moment, wrapped.
        packets, octets: sent so far.
    """

    at_s: float
    wall_s: float
    timestamp: int
    packets: int
    octets: int


Descriptor = Callable[[Clip], bytes]
Answerer = Callable[[Request, bytes], Iterable[bytes]]
ShotFault = Callable[[Shot, Random], Shot]
HeaderFault = Callable[[bytes, Random], bytes]
Reporter = Callable[[Counts, Random], bytes]
Interjector = Callable[[TcpTransport, Random], Iterable[bytes]]


def described(clip: Clip) -> bytes:
    """The session description of a camera that has nothing to hide."""
    return description(describe_media(clip))


def description(media: str) -> bytes:
    """A session description with these lines about its one video track."""
    head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=hostile\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\n"
    return f"{head}m=video 0 RTP/AVP 96\r\n{media}a=control:{TRACK}\r\n".encode()


def answered(request: Request, answer: bytes) -> Iterable[bytes]:
    """The answer as it is."""
    return (answer,)


def untouched(shot: Shot, lots: Random) -> Shot:
    """The frame as it is."""
    return shot


def straight(header: bytes, lots: Random) -> bytes:
    """The RTP header as it is."""
    return header


def honest(counts: Counts, lots: Random) -> bytes:
    """A sender report that tells the camera's true time."""
    return report_of(counts, counts.wall_s)


def report_of(counts: Counts, wall_s: float) -> bytes:
    """A sender report that tells that time, seconds since 1970."""
    return sender_report(
        source=SOURCE,
        wall_s=wall_s,
        timestamp=counts.timestamp,
        packets=counts.packets,
        octets=counts.octets,
        name="hostile",
    )


def silent(channels: TcpTransport, lots: Random) -> Iterable[bytes]:
    """Nothing between the packets."""
    return ()


@dataclass(frozen=True, slots=True)
class HostileStream:
    """A camera's stream and what is wrong with it.

    Attributes:
        form: of the clip that is played.
        then: of the clip that takes its place when the fault begins; None plays on.
        slowness: how many times slower than the clip's own rate frames are sent.
        first_frame: of the loop, where every client begins.
        first_timestamp: RTP time at PLAY.
        describe: makes the answer to DESCRIBE.
        answer: changes any answer; one without bytes is never given.
        spoil: changes frames.
        head: changes RTP headers.
        report: makes RTCP packets.
        between: bytes that are sent before each frame.
        after_s: when the four above begin, seconds after PLAY; before that they are those of a good camera.
    """

    form: Form = PLAIN
    then: Form | None = None
    slowness: int = 1
    first_frame: int = 0
    first_timestamp: int = FIRST_TIMESTAMP
    describe: Descriptor = described
    answer: Answerer = answered
    spoil: ShotFault = untouched
    head: HeaderFault = straight
    report: Reporter = honest
    between: Interjector = silent
    after_s: float = FAULT_AFTER_S

    @property
    def forms(self) -> tuple[Form, ...]:
        """Of all its clips."""
        return (self.form, self.then) if self.then is not None else (self.form,)


class Performance:
    """A stream as one client gets it.

    Args:
        stream: what is played.
        clips: its clips, of `stream.forms`.
        channels: of the client's connection.
        seed: of the lots that the faults draw.
        wall_s: the camera's time at PLAY, seconds since 1970.
    """

    def __init__(
        self, stream: HostileStream, clips: tuple[MadeClip, ...], channels: TcpTransport, seed: str, wall_s: float
    ) -> None:
        self._stream = stream
        self._clips = clips
        self._channels = channels
        self._lots = Random(seed)
        self._wall_s = wall_s
        self._sequence = 1
        self._packets = 0
        self._octets = 0

    def moments(self) -> Iterator[tuple[float, Iterable[bytes]]]:
        """Without end: when to send, seconds after PLAY, and what."""
        next_report_s = 0.0
        for shot in self._shots():
            is_at_fault = shot.at_s >= self._stream.after_s
            if shot.at_s >= next_report_s:
                yield shot.at_s, self._report(shot.at_s, is_at_fault)
                next_report_s = shot.at_s + REPORT_EVERY_S
            if is_at_fault:
                yield shot.at_s, self._stream.between(self._channels, self._lots)
            yield shot.at_s, [self._media(shot, is_at_fault)]

    def _shots(self) -> Iterator[Shot]:
        stream = self._stream
        shots = self._run(self._clips[0], stream.first_frame, 0.0)
        if stream.then is None:
            return shots
        before = itertools.takewhile(lambda shot: shot.at_s < stream.after_s, shots)
        return itertools.chain(before, self._run(self._clips[1], 0, stream.after_s))

    def _run(self, made: MadeClip, first: int, started_s: float) -> Iterator[Shot]:
        """A clip in its loop; a frame's timestamp is of the moment at which it is to be shown."""
        frames = made.clip.frames
        interval_s = self._stream.slowness / made.clip.frame_rate_fps
        for number in itertools.count(first):
            loop, place = divmod(number, len(frames))
            shown_s = started_s + (loop * len(frames) + made.shown[place] - first) * interval_s
            at_s = started_s + (number - first) * interval_s
            yield Shot(
                made.clip.codec, at_s, frames[place].is_key, self._timestamp(shown_s), frames[place].payloads
            )

    def _timestamp(self, at_s: float) -> int:
        return self._stream.first_timestamp + round(at_s * CLOCK_HZ)

    def _media(self, shot: Shot, is_at_fault: bool) -> bytes:
        sent = self._stream.spoil(shot, self._lots) if is_at_fault else shot
        return b"".join(self._packet(sent, payload, is_at_fault) for payload in sent.payloads)

    def _packet(self, shot: Shot, payload: Payload, is_at_fault: bool) -> bytes:
        header = rtp_header(
            marker=payload.marker,
            sequence=self._sequence,
            timestamp=shot.timestamp & _WRAP_32,
            source=SOURCE,
        )
        self._sequence = self._sequence + 1 & _WRAP_16
        self._packets += 1
        self._octets += len(payload.data)
        if is_at_fault:
            header = self._stream.head(header, self._lots)
        return framed(self._channels.rtp_channel, header + payload.data)

    def _report(self, at_s: float, is_at_fault: bool) -> Iterator[bytes]:
        timestamp = self._timestamp(at_s) & _WRAP_32
        counts = Counts(at_s, self._wall_s + at_s, timestamp, self._packets, self._octets)
        report = self._stream.report if is_at_fault else honest
        yield framed(self._channels.rtcp_channel, report(counts, self._lots))


def framed(channel: int, packet: bytes) -> bytes:
    """A packet inside the RTSP connection (RFC 2326 section 10.12)."""
    return _FRAMING.pack(b"$", channel, len(packet)) + packet


def spoil_payloads(shot: Shot, change: Callable[[bytes], bytes]) -> Shot:
    """The frame with every payload changed."""
    return replace(shot, payloads=tuple(replace(each, data=change(each.data)) for each in shot.payloads))
