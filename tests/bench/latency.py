"""Latency: from the moment a simulated camera's clock shows a frame to that frame in a picture slot.

Read from the pixels: each clip carries its frame index as a barcode, and the simulator follows the wall clock.
"""

from __future__ import annotations

import queue
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from app.core.budget import HardwareChoice
from app.core.model import CameraId, Endpoint, Lease, Profile, StreamKey
from app.core.ports import Output, PictureSlot
from app.demo import barcode
from app.demo.scenes import CLIP_FORMATS, phase_s
from app.video.supervisor import Supervisor
from tests.bench.world import USERNAME, BenchWorld

CAMERAS = 3
WARM_UP_S = 3.0
MEASURED_S = 8.0
SIZE_PX = {Profile.SUB: (480, 270), Profile.MAIN: (1280, 720)}


def measure_latency(world: BenchWorld) -> list[dict[str, Any]]:
    """A row a profile: median and 95th percentile, milliseconds."""
    return [_measure(world, profile) for profile in Profile]


def _measure(world: BenchWorld, profile: Profile) -> dict[str, Any]:
    supervisor = Supervisor([sys.executable, "-m", "app.video.host"], queue.SimpleQueue())
    try:
        slots = {code: _open(world, supervisor, profile, code) for code in world.codes[:CAMERAS]}
        time.sleep(WARM_UP_S)
        ages_s = _watch(slots, profile)
    finally:
        supervisor.stop()
    if not ages_s:
        raise RuntimeError(f"none of the pictures of {profile.value} had a code that could be read")
    p50, p95 = np.percentile(ages_s, (50, 95)) * 1000
    return {"profile": profile.value, "p50_ms": float(p50), "p95_ms": float(p95), "pictures": len(ages_s)}


def _open(world: BenchWorld, supervisor: Supervisor, profile: Profile, code: str) -> PictureSlot:
    address = urlsplit(world.streams)
    endpoint = Endpoint("rtsp", str(address.hostname), int(address.port or 0), f"/{profile.value}/{code}")
    key = StreamKey(CameraId(code), profile)
    slot = supervisor.new_slot(*SIZE_PX[profile])
    lease = Lease(key, (endpoint,), USERNAME, world.secret, 1, float("inf"), float("inf"))
    supervisor.open(lease, 1, [Output(slot, *SIZE_PX[profile])], HardwareChoice.NEVER)
    return slot


def _watch(slots: dict[str, PictureSlot], profile: Profile) -> list[float]:
    """The age of every picture at the moment it appears; looks every millisecond."""
    seen = {code: slot.sequence() for code, slot in slots.items()}
    ages_s = []
    end_s = time.monotonic() + MEASURED_S
    while time.monotonic() < end_s:
        for code, slot in slots.items():
            if slot.sequence() != seen[code]:
                seen[code] = slot.sequence()
                age_s = _age_s(slot, profile, code, time.time())
                ages_s += [age_s] if age_s is not None else []
        time.sleep(0.001)
    return ages_s


def _age_s(slot: PictureSlot, profile: Profile, code: str, now_s: float) -> float | None:
    picture = slot.picture()
    assert picture is not None
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height_px, picture.stride_bytes)
    green = rows[:, 1 : picture.width_px * 4 : 4]
    index = barcode.read(green)
    if index is None:
        return None
    clip = CLIP_FORMATS[profile]
    shown_s = index / clip.frame_rate_fps
    return (now_s + phase_s(code) - shown_s) % clip.loop_s
