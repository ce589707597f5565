"""The shipped clips and their packing: complete, in the agreed form, alive at every moment, small enough."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.core.model import Codec, Profile
from app.demo import barcode
from app.demo.scenes import CLIP_FORMATS, SCENES, Scene
from app.demo.simulator.clip import Clip, ClipError, load_clip, pack_clip
from app.demo.simulator.server import shipped_clips

_MOST_BYTES = 20_000_000
_CASES = [pytest.param(scene, profile, id=scene.clip_file(profile)) for scene in SCENES for profile in Profile]
_SCENES = [pytest.param(scene, id=scene.name) for scene in SCENES]
_START = b"\x00\x00\x01"
_SPS, _PPS, _KEY = b"\x67\x64\x00\x1f", b"\x68\xee", b"\x65\x88"


@cache
def _clip(scene: Scene, profile: Profile) -> Clip:
    path = shipped_clips() / scene.clip_file(profile)
    return load_clip(path, scene.codec(profile), CLIP_FORMATS[profile].frame_rate_fps)


def test_all_clips_together_stay_small() -> None:
    files = list(shipped_clips().iterdir())
    assert {file.name for file in files} >= {scene.clip_file(profile) for scene in SCENES for profile in Profile}
    assert sum(file.stat().st_size for file in files) <= _MOST_BYTES


@pytest.mark.parametrize(("scene", "profile"), _CASES)
def test_a_clip_is_a_whole_loop_with_a_key_frame_each_second(scene: Scene, profile: Profile) -> None:
    measures = CLIP_FORMATS[profile]
    clip = _clip(scene, profile)
    keys = [number for number, frame in enumerate(clip.frames) if frame.is_key]
    assert len(clip.frames) == measures.frames
    assert keys == list(range(0, measures.frames, measures.frame_rate_fps * measures.gop_s))
    assert all(frame.payloads[-1].marker for frame in clip.frames)


@pytest.mark.parametrize(("scene", "profile"), _CASES)
def test_a_clip_decodes_from_its_packets_with_its_index_burnt_in(scene: Scene, profile: Profile) -> None:
    """One group of pictures from the middle of the loop, as a client that joins late gets it."""
    measures = CLIP_FORMATS[profile]
    gop = measures.frame_rate_fps
    first = 3 * gop
    pictures = _decode(_clip(scene, profile), range(first, first + gop))
    assert [barcode.read(_narrow(picture)) for picture in pictures] == list(range(first, first + gop))


@pytest.mark.parametrize("scene", _SCENES)
def test_something_moves_in_every_second_and_the_loop_has_no_seam(scene: Scene) -> None:
    measures = CLIP_FORMATS[Profile.SUB]
    pictures = _decode(_clip(scene, Profile.SUB), range(measures.frames))
    upper = [picture[: measures.height_px * 9 // 10, :].astype(np.int16) for picture in pictures]
    for second in range(measures.loop_s):
        now, later = upper[second * 15], upper[(second * 15 + 7) % measures.frames]
        assert np.mean(np.abs(now - later) > 24) > 0.001
    steps = [float(np.mean(np.abs(a - b))) for a, b in pairwise(upper)]
    to_key_frames = steps[measures.frame_rate_fps - 1 :: measures.frame_rate_fps]
    assert np.mean(np.abs(upper[-1] - upper[0])) < 2 * max(to_key_frames)


def test_the_scenes_look_different() -> None:
    pictures = [_narrow(_decode(_clip(scene, Profile.SUB), range(1))[0]).astype(np.int16) for scene in SCENES]
    for number, picture in enumerate(pictures):
        for other in pictures[number + 1 :]:
            assert np.mean(np.abs(picture - other)) > 8


@given(
    sizes=st.lists(st.integers(3, 6_000), min_size=1, max_size=6), codec=st.sampled_from([Codec.H264, Codec.H265])
)
def test_packing_loses_nothing(sizes: list[int], codec: Codec) -> None:
    sets, key = _parts(codec)
    slices = [key + bytes(1 + (size * 7 + at) % 255 for at in range(size)) for size in sizes]
    stream = _START.join([b"", *sets, *slices])
    clip = pack_clip(stream, codec, 15)
    assert len(clip.frames) == len(sizes)
    units = [unit for frame in clip.frames for unit in _unpacked([p.data for p in frame.payloads], codec)]
    assert units == [*sets, *slices]
    assert max(len(payload.data) for frame in clip.frames for payload in frame.payloads) <= 1_400


@pytest.mark.parametrize("stream", [b"", b"nothing", _START + _KEY + b"x" * 9, _START + _SPS + _START + _PPS])
def test_a_stream_without_pictures_or_parameter_sets_is_no_clip(stream: bytes) -> None:
    with pytest.raises(ClipError):
        pack_clip(stream, Codec.H264, 15)


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        load_clip(tmp_path / "none", Codec.H264, 15)


def test_a_picture_of_several_slices_is_one_frame() -> None:
    later_slice = b"\x41\x10" + b"y" * 40
    stream = _START.join(
        [b"", _SPS, _PPS, _KEY + b"x" * 40, b"\x65\x10" + b"x" * 40, b"\x09\xf0", b"\x41\x90y", later_slice]
    )
    clip = pack_clip(stream, Codec.H264, 15)
    assert [len(frame.payloads) for frame in clip.frames] == [4, 2]
    assert [frame.is_key for frame in clip.frames] == [True, False]


def _parts(codec: Codec) -> tuple[list[bytes], bytes]:
    """Parameter sets and the head of a key picture's first slice."""
    if codec is Codec.H264:
        return [_SPS, _PPS], _KEY
    return [b"\x40\x01\x0c", b"\x42\x01\x01", b"\x44\x01\xc1"], b"\x26\x01\xaf"


def _unpacked(payloads: list[bytes], codec: Codec) -> list[bytes]:
    """NAL units out of RTP payloads, written from the two RFCs and not from the packer."""
    units: list[bytes] = []
    for data in payloads:
        if codec is Codec.H264 and data[0] & 0x1F == 28:
            head = bytes([data[0] & 0xE0 | data[1] & 0x1F])
            units = _joined(units, head, data[2:], is_first=bool(data[1] & 0x80))
        elif codec is Codec.H265 and data[0] >> 1 & 0x3F == 49:
            head = bytes([data[0] & 0x81 | (data[2] & 0x3F) << 1, data[1]])
            units = _joined(units, head, data[3:], is_first=bool(data[2] & 0x80))
        else:
            units = [*units, data]
    return units


def _joined(units: list[bytes], head: bytes, body: bytes, *, is_first: bool) -> list[bytes]:
    return [*units, head + body] if is_first else [*units[:-1], units[-1] + body]


def _decode(clip: Clip, numbers: range) -> list[NDArray[np.uint8]]:
    """The luma of some frames, decoded from what would be sent for them."""
    decoder = av.CodecContext.create("hevc" if clip.codec is Codec.H265 else "h264", "r")
    decoder.thread_count = 1
    pictures = []
    for number in numbers:
        units = _unpacked([payload.data for payload in clip.frames[number].payloads], clip.codec)
        pictures += decoder.decode(av.Packet(b"".join(_START + unit for unit in units)))
    pictures += decoder.decode(None)
    return [_luma(picture) for picture in pictures]


def _luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width].copy()


def _narrow(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture as a small tile shows it: 240 pixels wide."""
    frame = av.VideoFrame.from_ndarray(luma, format="gray")
    return frame.reformat(width=240, height=135, format="gray").to_ndarray()
