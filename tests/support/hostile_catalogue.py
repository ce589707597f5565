"""The hostile and odd streams by name, in groups that fit one video host each. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.core.model import Codec
from app.demo.simulator.clip import CLOCK_HZ
from tests.support import hostile_frames as frames
from tests.support import hostile_wire as wire
from tests.support.hostile_stream import HostileStream
from tests.support.made_streams import Form

HEALTHY = "healthy"

HEVC = Form(codec=Codec.H265)
LONG_GOP = Form(frames=100, gop_frames=100)
ALL_KEYS = Form(frames=10, gop_frames=1)
SLOW = Form(frame_rate_fps=1, frames=10, gop_frames=1)
UHD = Form(width_px=3840, height_px=2160, frame_rate_fps=3, frames=6, gop_frames=3)
LARGER = Form(width_px=640, height_px=480)
STILL = Form(frames=1, gop_frames=1)

_HOUR_S = 3_600.0
_YEAR_2106_S = float((1 << 32) - 1)
"""The last second that 32 bits since 1970 can hold; NTP's own, from 1900, have wrapped long before."""

CODINGS = {
    "long-gop": HostileStream(form=LONG_GOP),
    "long-gop-joined-late": HostileStream(form=LONG_GOP, first_frame=45),
    "one-fps": HostileStream(form=SLOW),
    "fifth-fps": HostileStream(form=SLOW, slowness=5, describe=wire.with_frame_rate(0.2)),
    "uhd": HostileStream(form=UHD),
    "odd-size": HostileStream(form=Form(width_px=354, height_px=290)),
    "portrait": HostileStream(form=Form(width_px=360, height_px=640)),
    "b-frames": HostileStream(form=Form(b_frames=2)),
    "slices": HostileStream(form=Form(slices=4)),
    "hevc": HostileStream(form=HEVC),
    "size-change": HostileStream(then=LARGER),
    "codec-change": HostileStream(then=HEVC),
    "frozen-encoder": HostileStream(then=STILL),
    "sets-in-description-only": HostileStream(spoil=frames.without_parameters, after_s=0.0),
    "sets-in-stream-only": HostileStream(describe=wire.without_sets),
}
BITS = {
    "flips-some": HostileStream(spoil=frames.flips(0.1)),
    "flips-all": HostileStream(spoil=frames.flips()),
    "flips-all-hevc": HostileStream(form=HEVC, spoil=frames.flips()),
    "flips-from-the-start": HostileStream(spoil=frames.flips(), after_s=0.0),
    "flips-in-key-frames": HostileStream(spoil=frames.flips_in_key_frames),
    "flips-in-sets": HostileStream(form=ALL_KEYS, spoil=frames.flips_in_parameters),
    "flips-in-sets-hevc": HostileStream(form=HEVC, spoil=frames.flips_in_parameters),
    "truncated": HostileStream(spoil=frames.truncated),
    "packets-lost": HostileStream(spoil=frames.without_some),
    "noise": HostileStream(spoil=frames.noise),
    "noise-hevc": HostileStream(form=HEVC, spoil=frames.noise),
    "lying-aggregates": HostileStream(spoil=frames.lying_aggregates),
    "sets-never": HostileStream(spoil=frames.without_parameters, describe=wire.without_sets, after_s=0.0),
    "no-key-frame": HostileStream(spoil=frames.without_key_frames, after_s=0.0),
    "key-frames-cease": HostileStream(spoil=frames.without_key_frames),
}
PACKETS = {
    "random-headers": HostileStream(head=frames.random_header),
    "wrong-version": HostileStream(head=frames.wrong_version),
    "wrong-payload-type": HostileStream(head=frames.wrong_payload_type),
    "jumping-sequence": HostileStream(head=frames.jumping_sequence),
    "changing-source": HostileStream(head=frames.changing_source),
    "lying-flags": HostileStream(head=frames.lying_flags),
    "garbage": HostileStream(between=wire.garbage),
    "empty-packets": HostileStream(between=wire.empty_packets),
    "other-channels": HostileStream(between=wire.other_channels),
    "requests": HostileStream(between=wire.requests),
    "answers-to-nothing": HostileStream(between=wire.answers_to_nothing),
    "goodbye": HostileStream(report=wire.leaving),
    "random-reports": HostileStream(report=wire.random_report),
    "lying-report": HostileStream(report=wire.lying_report),
    "teardown-unanswered": HostileStream(answer=wire.unanswered("TEARDOWN")),
}
CLOCKS = {
    "clock-stands": HostileStream(spoil=frames.clock(frames.clock_stands)),
    "clock-jumps-forward": HostileStream(spoil=frames.clock_jumps(_HOUR_S)),
    "clock-jumps-back": HostileStream(spoil=frames.clock_jumps(-_HOUR_S)),
    "clock-runs-backwards": HostileStream(spoil=frames.clock(frames.clock_runs_backwards)),
    "clock-is-random": HostileStream(spoil=frames.clock(frames.clock_is_random)),
    "clock-wraps": HostileStream(first_timestamp=(1 << 32) - 2 * CLOCK_HZ),
    "reports-1970": HostileStream(report=wire.at_time(0.0)),
    "reports-2106": HostileStream(report=wire.at_time(_YEAR_2106_S)),
    "reports-ahead": HostileStream(report=wire.at_offset(3.0)),
    "reports-behind": HostileStream(report=wire.at_offset(-3.0)),
    "reports-gain": HostileStream(report=wire.at_rate(1.2)),
    "reports-frozen": HostileStream(report=wire.frozen_clock),
    "reports-random": HostileStream(report=wire.any_clock),
}
SIZES = {
    "giant-length": HostileStream(between=wire.giant_length),
    "giant-packets": HostileStream(between=wire.giant_packet),
    "giant-request-body": HostileStream(between=wire.request_with_giant_body),
    "endless-unit": HostileStream(spoil=frames.endless_unit),
    "endless-text": HostileStream(between=wire.endless_text),
    "endless-headers": HostileStream(answer=wire.changed("DESCRIBE", wire.headers_without_end)),
    "endless-header-line": HostileStream(answer=wire.changed("DESCRIBE", wire.line_without_end)),
    "endless-body": HostileStream(answer=wire.changed("DESCRIBE", wire.body_without_end)),
    "giant-body-length": HostileStream(answer=wire.changed("DESCRIBE", wire.claiming("2000000000"))),
    "overflowing-body-length": HostileStream(answer=wire.changed("DESCRIBE", wire.claiming("99999999999"))),
    "negative-body-length": HostileStream(answer=wire.changed("DESCRIBE", wire.claiming("-1"))),
    "huge-description": HostileStream(describe=wire.with_more("a=x:and more of it\r\n" * 100_000)),
    "huge-description-line": HostileStream(describe=wire.with_more("a=x:" + "y" * 2_000_000 + "\r\n")),
    "hundred-videos": HostileStream(describe=wire.many_media("video", 100)),  # each is set up, in the time to open
}
BOMBS = {
    "giant-picture": HostileStream(spoil=frames.promising(frames.sequence_set(16_384, 16_000))),
}
"""Just below the greatest size that FFmpeg lets pass by default: each picture takes 390 MB."""
DESCRIPTIONS = {
    "thousand-sounds": HostileStream(describe=wire.many_media("audio")),
    "binary-description": HostileStream(describe=wire.binary),
    "no-control": HostileStream(describe=wire.with_control("")),
    "control-elsewhere": HostileStream(describe=wire.with_control("rtsp://127.0.0.1:1/elsewhere")),
    "sets-no-base64": HostileStream(describe=wire.with_sets("%%%%,====,\xff")),
    "sets-without-end": HostileStream(describe=wire.with_sets("Z0LAHukDwKMgAAADACAAAAZB,aM48gA==" * 1_000)),
    "clock-rate-zero": HostileStream(describe=wire.with_rtpmap("H264/0")),
    "clock-rate-negative": HostileStream(describe=wire.with_rtpmap("H264/-90000")),
    "no-media-type": HostileStream(describe=wire.without_media_type),
    "impossible-measures": HostileStream(
        describe=wire.with_more("a=framerate:1e308\r\na=framesize:96 999999999-999999999\r\n")
    ),
    **{f"fuzzed-description-{seed}": HostileStream(describe=wire.fuzzed(seed)) for seed in range(4)},
    "redirect-loop": HostileStream(answer=wire.redirecting()),
}
ANSWERS = {
    "foreign-letters": HostileStream(describe=wire.with_title("Kamera Café".encode("latin-1"))),
    "nothing-but-reports": HostileStream(spoil=frames.without_anything),
    "nothing-but-other-channels": HostileStream(spoil=frames.without_anything, between=wire.other_channels),
    "redirect-elsewhere": HostileStream(answer=wire.redirecting("rtsp://127.0.0.1:1/elsewhere")),
    "random-answer": HostileStream(answer=wire.changed("DESCRIBE", wire.random_answer)),
    "unanswered-setup": HostileStream(answer=wire.unanswered("SETUP")),
    "unanswered-play": HostileStream(answer=wire.unanswered("PLAY")),
    "lying-rtp-info": HostileStream(
        answer=wire.changed("PLAY", wire.with_header("RTP-Info: url=track0;seq=99999999;rtptime=4294967295"))
    ),
    "lying-range": HostileStream(answer=wire.changed("PLAY", wire.with_header("Range: npt=99999999999-0.000001"))),
    "giant-session": HostileStream(answer=wire.changed("SETUP", wire.with_header("Session: " + "7" * 60_000))),
    "giant-transport": HostileStream(
        answer=wire.changed("SETUP", wire.with_header("Transport: " + "RTP/AVP/TCP;" * 5_000))
    ),
}

GROUPS: Mapping[str, Mapping[str, HostileStream]] = MappingProxyType(
    {
        "bombs": BOMBS,
        "codings": CODINGS,
        "bits": BITS,
        "packets": PACKETS,
        "clocks": CLOCKS,
        "sizes": SIZES,
        "descriptions": DESCRIPTIONS,
        "answers": ANSWERS,
    }
)
"""The streams by name, in groups of at most fifteen: with a healthy one beside them they fill one host."""
STREAMS: Mapping[str, HostileStream] = MappingProxyType(
    {HEALTHY: HostileStream(), **{name: each for group in GROUPS.values() for name, each in group.items()}}
)
