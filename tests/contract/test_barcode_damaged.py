"""The barcode in pictures that a real decoder has made of damaged packets: it is read rightly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import av
import pytest
from av.error import FFmpegError

from app.core.model import Codec, Profile
from app.demo import barcode
from app.demo.scenes import CLIP_FORMATS, SCENES, Scene
from app.demo.simulator.server import shipped_clips

DAMAGED_PART = 0.3
"""Of the packets."""
WHOLE = 16
"""Frames before the first damage."""
TILE_PX = (312, 176)
RECENT = 45
"""Three seconds: what a decoder pieces pictures together from is no older than two key frames."""
_FRAMES = CLIP_FORMATS[Profile.SUB].frames
_DECODERS = {Codec.H264: "h264", Codec.H265: "hevc"}
_SCENES = [
    next(each for each in SCENES if each.codec(Profile.SUB) is codec) for codec in Codec if codec in _DECODERS
]


def damaged(packet: bytes, lots: Random) -> bytes:
    """One to three bytes of it are others, or a piece of it is missing."""
    data = bytearray(packet)
    for _ in range(lots.randrange(1, 4)):
        at = lots.randrange(min(len(data) - 1, 60), len(data))
        if lots.random() < 0.5:
            data[at] = lots.randrange(256)
        else:
            del data[at : at + lots.randrange(1, 400)]
        if len(data) < 80:
            break
    return bytes(data)


def read_numbers(scene: Scene) -> Iterator[tuple[int, int | None]]:
    """The number that was due and the one that was read, of every picture that the decoder made."""
    lots = Random(1)
    decoder = av.CodecContext.create(_DECODERS[scene.codec(Profile.SUB)], "r")
    decoder.thread_count = 1
    with av.open(str(shipped_clips() / scene.clip_file(Profile.SUB))) as clip:
        packets = [bytes(packet) for packet in clip.demux(video=0) if packet.size]
    for number, packet in enumerate(packets):
        is_damaged = number > WHOLE and lots.random() < DAMAGED_PART
        try:
            pictures = decoder.decode(av.Packet(damaged(packet, lots) if is_damaged else packet))
        except FFmpegError:
            continue
        for picture in pictures:
            small = picture.reformat(*TILE_PX, format="gray", interpolation="BICUBIC")
            yield number, barcode.read(small.to_ndarray())


@pytest.mark.parametrize("scene", _SCENES, ids=lambda scene: scene.codec(Profile.SUB).value)
def test_pictures_of_damaged_packets_show_numbers_of_the_last_seconds_or_none(scene: Scene) -> None:
    readings = list(read_numbers(scene))
    read = [(due, number) for due, number in readings if number is not None]
    wrong = [each for each in read if not 0 <= (each[0] - each[1]) % _FRAMES <= RECENT or each[1] >= _FRAMES]
    print(f"\n{len(readings)} pictures, {len(read)} read, {len(wrong)} wrong")
    assert len(read) > len(readings) / 10 and len(read) < len(readings), "some are whole, some are not"
    assert not wrong
