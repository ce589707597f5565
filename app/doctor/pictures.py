"""A process of the preflight: decodes pictures of each codec, asks libVLC and the graphics card, makes clips.

`python -m app.doctor.pictures look` prints what was found as one line of JSON; `… clip 1280x720 25 3000 FILE`
writes a clip. It is a process of its own: a decoder or a driver that crashes must not take the preflight along.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.core.budget import HardwareChoice
from app.core.errors import VideoError
from app.doctor.cameras import TRIAL_PICTURES
from app.video.engines.av import hardware_decoder, is_on_gpu, usable_device

ENCODERS: Mapping[str, tuple[str, str]] = {
    "H.264": ("libx264", "h264"),
    "H.265": ("libx265", "hevc"),
    "MJPEG": ("mjpeg", "mjpeg"),
}
"""What makes pictures of each codec, and what decodes them."""
TRIAL_SIZE_PX = (640, 360)
CLIP_S = 2
"""The length of a clip's loop. A camera's noise never repeats; decoding does not notice."""
_NOISE = 4.0
"""Of a sensor at dusk, of 255: without it a moving gradient takes no bits, and decodes for nothing."""


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says."""
    if arguments[0] == "look":
        print(json.dumps(look()), flush=True)
    else:
        size, rate, kbps, target = arguments[1:]
        width_px, height_px = map(int, size.split("x"))
        make_clip(width_px, height_px, int(rate), int(kbps), Path(target))
    return 0


def look() -> Mapping[str, object]:
    """What is there."""
    versions = {name: ".".join(map(str, version)) for name, version in av.library_versions.items()}
    return {
        "python": platform.python_version(),
        "pyav": av.__version__,
        "ffmpeg": versions,
        "codecs": {name: decoded_pictures(name) for name in ENCODERS},
        "hardware": _hardware(),
        "vlc": _vlc(),
    }


def decoded_pictures(name: str, *, is_hardware: bool = False) -> int:
    """How many of `TRIAL_PICTURES` pictures of a codec come out of the decoder that the wall uses."""
    encoder, decoder = ENCODERS[name]
    packets = list(_packets(encoder, *TRIAL_SIZE_PX, 25, 500, TRIAL_PICTURES))
    accelerator = hardware_decoder(HardwareChoice.ALWAYS) if is_hardware else None
    try:
        context = av.CodecContext.create(decoder, "r", hwaccel=accelerator)
        if not isinstance(context, VideoCodecContext):
            return 0
        frames = [frame for packet in (*packets, None) for frame in context.decode(packet)]
    except (av.error.FFmpegError, ValueError, NotImplementedError):
        return 0
    return len(frames) if not is_hardware or is_on_gpu(context) else 0


def _hardware() -> Mapping[str, object]:
    """Which device decodes H.264 here, read back from the decoder; none where it is software."""
    device = usable_device() or ""
    is_used = bool(device) and decoded_pictures("H.264", is_hardware=True) == TRIAL_PICTURES
    return {"device": device, "is_used": is_used}


def _vlc() -> Mapping[str, object]:
    """The libVLC that direct surfaces use."""
    from app.video.engines.vlc import Library, library_version  # loaded last: it is foreign code

    try:
        Library().close()
        return {"version": library_version(), "why_not": ""}
    except VideoError as error:
        return {"version": "", "why_not": str(error)}


def make_clip(width_px: int, height_px: int, rate_fps: int, kbps: int, target: Path) -> None:
    """Write an H.264 clip as a camera sends it: that bit rate, a key frame a second, noise that costs bits."""
    packets = _packets("libx264", width_px, height_px, rate_fps, kbps, rate_fps * CLIP_S)
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_bytes(b"".join(bytes(packet) for packet in packets))
    unfinished.replace(target)


def _packets(
    encoder_name: str, width_px: int, height_px: int, rate_fps: int, kbps: int, pictures: int
) -> Iterator[Packet[VideoStream]]:
    encoder = av.CodecContext.create(encoder_name, "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height = width_px, height_px
    encoder.pix_fmt = "yuvj420p" if encoder_name == "mjpeg" else "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(rate_fps), Fraction(1, rate_fps)
    encoder.thread_count = 1
    encoder.options = _options(encoder_name, rate_fps, kbps)
    for number, picture in enumerate(_drawn(width_px, height_px, pictures)):
        frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=encoder.pix_fmt)
        frame.pts = number
        yield from encoder.encode(frame)
    yield from encoder.encode(None)


def _options(encoder_name: str, rate_fps: int, kbps: int) -> dict[str, str]:
    """As an IP camera encodes: one slice, no B-frames, closed groups of one second, a constant rate."""
    shared = f"keyint={rate_fps}:min-keyint={rate_fps}:scenecut=0:open-gop=0:repeat-headers=1:bframes=0"
    rated = f"{shared}:bitrate={kbps}:vbv-maxrate={kbps}:vbv-bufsize={kbps}"
    match encoder_name:
        case "libx264":
            words = {"preset": "faster", "profile": "high", "x264-params": f"{rated}:slices=1"}
        case "libx265":
            words = {"preset": "ultrafast", "x265-params": f"{rated}:pools=1:log-level=error"}
        case _:
            return {}
    return {"tune": "zerolatency", **words}


def _drawn(width_px: int, height_px: int, pictures: int) -> Iterator[NDArray[np.uint8]]:
    """Stripes that drift, and a sensor's noise."""
    random = np.random.default_rng(1)
    across = np.arange(width_px)[None, :]
    down = np.arange(height_px)[:, None]
    for number in range(pictures):
        stripes = 128 + 60 * np.sin((across + 5 * number) / 37) + 40 * np.sin((down - 3 * number) / 23)
        noisy = stripes[..., None] + random.normal(0, _NOISE, (height_px, width_px, 1)) + np.array([0, 8, -8])
        yield np.clip(noisy, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
