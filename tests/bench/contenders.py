"""What is measured against what: the wall, the bare decoder (the floor), and one mpv a camera."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.model import Profile
from tests.bench.world import BenchWorld
from tests.support.product import bare_environment

WALL_PX = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Running:
    """A started contender: its root processes, and how to end it and read what it measured of itself."""

    processes: Sequence[subprocess.Popen[bytes]]
    end: Callable[[], Mapping[str, Any]]


Start = Callable[[BenchWorld, Profile, int, float, str], Running]
"""(world, profile, tiles, seconds that it will be measured for, display) → running"""


def start_floor(world: BenchWorld, profile: Profile, tiles: int, _seconds: float, _display: str) -> Running:
    """`ffmpeg -threads 1 -f null` of the same streams, a process each."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "quiet", "-rtsp_transport", "tcp", "-threads", "1"]
    return _many(
        ([*command, "-i", world.url(profile, number), "-an", "-f", "null", "-"] for number in range(tiles)),
        {},
    )


def start_mpv(world: BenchWorld, profile: Profile, tiles: int, _seconds: float, display: str) -> Running:
    """One mpv a camera, in windows of the tiles' size."""
    columns = math.ceil(math.sqrt(tiles))
    width_px, height_px = WALL_PX[0] // columns, WALL_PX[1] // columns
    command = ["mpv", "--no-config", "--really-quiet", "--no-audio", "--vo=x11", "--hwdec=no", "--no-osc"]
    command += ["--vd-lavc-threads=1", "--rtsp-transport=tcp", "--profile=low-latency", "--no-border"]
    return _many(
        (
            [
                *command,
                f"--geometry={width_px}x{height_px}+{number % columns * width_px}+{number // columns * height_px}",
                world.url(profile, number),
            ]
            for number in range(tiles)
        ),
        {"DISPLAY": display},
    )


def start_wall(world: BenchWorld, profile: Profile, tiles: int, seconds: float, display: str) -> Running:
    """The product, on the same X server as mpv."""
    return _start_wall(world, profile, tiles, seconds, ["--surface", "shared"], {"DISPLAY": display})


def start_headless(world: BenchWorld, profile: Profile, tiles: int, seconds: float, _display: str) -> Running:
    """The product without a display."""
    return _start_wall(world, profile, tiles, seconds, ["--headless"], {})


def _start_wall(
    world: BenchWorld,
    profile: Profile,
    tiles: int,
    seconds: float,
    more: Sequence[str],
    environment: Mapping[str, str],
) -> Running:
    registry = world.new_registry()
    report = world.folder / "report.json"
    command = [sys.executable, "-m", "ui.main", "run", "--registry", registry.url]
    command += ["--enrol", registry.enrolment_code, "--tiles", str(tiles), "--profile", profile.value]
    command += ["--size", "{}x{}".format(*WALL_PX), "--no-panel", "--for", str(seconds), "--report", str(report)]
    command += ["--log-level", "error"]  # a test machine without a keyring is warned of at every start
    process = subprocess.Popen([*command, *more], env={**environment_of(world), **environment})

    def end() -> Mapping[str, Any]:
        process.wait(60)
        world.end_registry()
        measured: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        live = measured["wall"]["live"]
        if live != tiles:
            raise RuntimeError(f"{live} of {tiles} tiles were live: what they cost is no wall's cost")
        return measured

    return Running([process], end)


def environment_of(world: BenchWorld) -> dict[str, str]:
    """Of a PC that knows nothing: no settings, and no preflight's tile budget, which would leave tiles empty."""
    return {**bare_environment(), "HOME": str(world.folder)}


def _many(commands: Iterable[Sequence[str]], environment: Mapping[str, str]) -> Running:
    processes = [
        subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]

    def end() -> Mapping[str, Any]:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()
        return {}

    return Running(processes, end)


CONTENDERS: Mapping[str, Start] = {
    "floor": start_floor,
    "wall": start_wall,
    "headless": start_headless,
    "mpv": start_mpv,
}
