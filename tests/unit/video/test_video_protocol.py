"""The messages between console and host: every one comes back as it was, and errors quote nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.budget import HardwareChoice
from app.core.failure import Failure, Reason
from app.core.model import CameraId, Codec, Endpoint, Profile, StreamKey
from app.core.picture import PictureSample
from app.core.redact import Secret
from app.core.zoom import Zoom
from app.video import protocol
from app.video.protocol import (
    Beat,
    Close,
    Closed,
    Command,
    Decoding,
    Failed,
    Hello,
    HostEvent,
    Open,
    Opened,
    OutputSpec,
    Refused,
    Sampled,
    SetOutputs,
    Thin,
    decode_command,
    decode_event,
    encode,
)

texts = st.text(max_size=40)
numbers = st.integers(0, 2**53)
seconds = st.floats(0, 1e9)
keys = st.builds(StreamKey, texts.map(CameraId), st.sampled_from(Profile))
crops = st.builds(lambda scale, x, y: Zoom(scale).moved(x, y).crop, st.floats(1, 16), seconds, seconds)
specs = st.builds(OutputSpec, texts, numbers, numbers, st.none() | numbers, crops)
outputs = st.lists(specs, max_size=3).map(tuple)
endpoints = st.builds(Endpoint, texts, texts, st.integers(0, 65535), texts, texts, texts)
failures = st.builds(Failure, st.sampled_from(Reason), texts, st.none() | seconds, st.booleans())

commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        Open,
        keys,
        numbers,
        endpoints,
        texts,
        texts.map(Secret),
        outputs,
        st.sampled_from(HardwareChoice),
        seconds,
        st.booleans(),
    ),
    st.builds(SetOutputs, keys, outputs),
    st.builds(Thin, keys, st.booleans()),
    st.builds(Close, keys, numbers),
)
samples = st.builds(
    PictureSample, numbers, numbers, seconds, seconds, seconds, st.none() | seconds, st.binary(max_size=40)
)
events: st.SearchStrategy[HostEvent] = st.one_of(
    st.builds(Hello, numbers),
    st.builds(
        Opened,
        keys,
        numbers,
        st.sampled_from(Codec),
        numbers,
        numbers,
        st.none() | seconds,
    ),
    st.builds(Decoding, keys, numbers, texts, texts),
    st.builds(Sampled, keys, numbers, samples),
    st.builds(Failed, keys, numbers, failures),
    st.builds(Closed, keys, numbers),
    st.builds(Refused, keys, numbers),
    st.builds(Beat, seconds, numbers, numbers),
)
KEY = StreamKey(CameraId("camera"), Profile.SUB)
OPEN = Open(KEY, 1, Endpoint("rtsp", "10.0.0.1", 554, "/s"), "post", Secret("c4nary"), (), HardwareChoice.NEVER)


@given(commands)
def test_command_comes_back_as_it_was(command: Command) -> None:
    assert decode_command(encode(command)) == command


@given(events)
def test_event_comes_back_as_it_was(event: HostEvent) -> None:
    assert decode_event(encode(event)) == event


@given(st.one_of(commands, events))
def test_message_is_one_line(message: Command | HostEvent) -> None:
    line = encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert b"\r" not in line


def test_password_survives_the_pipe_and_shows_nowhere_else() -> None:
    assert "c4nary" not in repr(OPEN)
    returned = decode_command(encode(OPEN))
    assert isinstance(returned, Open)
    assert returned.secret.reveal() == "c4nary"
    assert "c4nary" not in repr(returned)


@pytest.mark.parametrize("event", [Hello(1), Closed(KEY, 1), Beat(0.0, 0, 0)])
def test_event_is_no_command(event: HostEvent) -> None:
    with pytest.raises(ValueError, match="is no command"):
        decode_command(encode(event))


def test_command_is_no_event() -> None:
    with pytest.raises(ValueError, match="is no event"):
        decode_event(encode(OPEN))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_order(line: bytes) -> None:
    for decode in (decode_command, decode_event):
        with pytest.raises(ValueError):
            decode(line)


def test_bottomless_message_is_refused() -> None:
    with pytest.raises(ValueError, match="RecursionError"):
        decode_event(b'{"kind":' + b"[" * 100_000)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "no-such-message"},
        {"kind": ["open"]},
        {"key": None},
        {"key": {"camera": "x"}},
        {"endpoint": "rtsp://post:c4nary@10.0.0.1/"},
        {"outputs": [{}]},
        {"outputs": [{"handle": "x", "width_px": 1, "height_px": 1, "window_id": None, "crop": {"x": 0.9}}]},
        {"hardware": "perhaps"},
        {"more": 1},
    ],
    ids=str,
)
def test_message_of_a_wrong_form_is_refused_without_quoting_it(change: dict[str, object]) -> None:
    document = {**json.loads(encode(OPEN)), **change}
    with pytest.raises(ValueError) as refused:
        decode_command(json.dumps(document).encode())
    assert "c4nary" not in str(refused.value)
    assert refused.value.__cause__ is None


SAMPLE = PictureSample(1, 2, 0.5, 0.5, 0.5, None, b"edges")
FAILURE = Failure(Reason.RESET, "", 1.0)


@pytest.mark.parametrize(
    ("event", "change"),
    [
        (Beat(1.0, 2, 3), {"cpu_s": None}),
        (Beat(1.0, 2, 3), {"rss_bytes": "much"}),
        (Opened(KEY, 1, Codec.H264, 640, 360, None), {"frame_rate_fps": "25"}),
        (Opened(KEY, 1, Codec.H264, 640, 360, None), {"generation": None}),
        (Opened(KEY, 1, Codec.H264, 640, 360, None), {"key": {"camera": ["x"], "profile": "sub"}}),
        (Failed(KEY, 1, FAILURE), {"failure": {"reason": "reset", "detail": "", "retry_after_s": "soon"}}),
        (Failed(KEY, 1, FAILURE), {"failure": {"reason": "reset", "detail": ["x"], "retry_after_s": None}}),
    ],
)
def test_event_with_a_field_of_a_wrong_type_is_told_from_nonsense(
    event: HostEvent, change: dict[str, object]
) -> None:
    """What is not found here breaks the wall itself, where it counts with the value."""
    document = {**json.loads(encode(event)), **change}
    with pytest.raises(TypeError, match=type(event).__name__):
        decode_event(json.dumps(document).encode())


def test_whole_number_serves_where_a_fraction_may_stand() -> None:
    assert decode_event(encode(Beat(2, 0, 0))) == Beat(2.0, 0, 0)
    assert decode_event(encode(Opened(KEY, 1, Codec.H264, 640, 360, 25))).frame_rate_fps == 25.0


def test_missing_field_is_refused() -> None:
    document = json.loads(encode(OPEN))
    del document["secret"]
    with pytest.raises(ValueError, match="not understood"):
        decode_command(json.dumps(document).encode())


def test_version_is_what_a_host_says_first() -> None:
    assert decode_event(encode(Hello(protocol.VERSION))) == Hello(protocol.VERSION)
