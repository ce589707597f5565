"""The preflight's cameras: a simulator that plays one clip of a real camera's bit rate, and their list.

Runs on the main thread. The cameras are the demo's simulated ones, on this machine and without a login: there is
no secret to keep. Clips are made once by a process of their own and kept among what can be made again.
"""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from app.core.errors import ConsoleError
from app.core.layout import MAX_TILES
from app.core.model import Codec, Profile
from app.core.tile_budget import SizeClass
from app.demo.scenes import CLIP_FORMATS, SCENES, scene_for
from app.parts import Part, command_of

PICTURES_COMMAND = command_of(Part.PICTURES)
SIMULATOR_COMMAND = (*command_of(Part.SIMULATOR), "--parent-pipe")
TRIAL_PICTURES = 10
"""How many pictures of each codec are decoded to see that it works."""
_COLUMNS = ("code", "name", "kelurahan", "main_url", "sub_url", "username", "password")
_KELURAHAN = "31.71.01.1001"
END_LIMIT_S = 5.0
MAKE_LIMIT_S = 300.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried.

    Attributes:
        size: of the streams.
        width_px: of a picture.
        height_px: of a picture.
        kbps: what such a camera sends; the bench's cameras send as much.
        profile: by which the simulator plays it, and so its frame rate.
        tiles: how many the cost is measured with.
    """

    size: SizeClass
    width_px: int
    height_px: int
    kbps: int
    profile: Profile
    tiles: int

    @property
    def rate_fps(self) -> int:
        """Of the cameras."""
        return CLIP_FORMATS[self.profile].frame_rate_fps


TRIALS = (
    Trial(SizeClass.SMALL, 640, 360, 400, Profile.SUB, 16),
    Trial(SizeClass.HD, 1280, 720, 2_000, Profile.MAIN, 9),
    Trial(SizeClass.FULL_HD, 1920, 1080, 4_000, Profile.MAIN, 4),
)


def make_clip(trial: Trial, folder: Path) -> Path:
    """The clip of a trial; made where it is not there yet.

    Raises:
        ConsoleError: it cannot be made.
    """
    path = folder / f"{trial.width_px}x{trial.height_px}-{trial.kbps}kbps.h264"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    words = (f"{trial.width_px}x{trial.height_px}", str(trial.rate_fps), str(trial.kbps), str(path))
    try:
        subprocess.run([*PICTURES_COMMAND, "clip", *words], check=True, timeout=MAKE_LIMIT_S)
    except subprocess.SubprocessError as error:
        raise ConsoleError(f"the trial pictures of {trial.size.value} cannot be made") from error
    return path


@contextmanager
def cameras_of(trial: Trial, clip: Path, folder: Path) -> Iterator[Path]:
    """A file that lists as many cameras as a wall has tiles, while they play.

    Args:
        trial: what they send.
        clip: what they all play.
        folder: for this run's files.

    Raises:
        ConsoleError: the simulator does not start.
    """
    served = folder / trial.size.value
    served.mkdir()
    for scene in SCENES:
        if scene.codec(trial.profile) is Codec.H264:
            (served / scene.clip_file(trial.profile)).write_bytes(clip.read_bytes())
    command = [*SIMULATOR_COMMAND, "--clips", str(served)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as simulator:
        try:
            yield _listed(_address_of(simulator), trial.profile, served / "cameras.csv")
        finally:
            assert simulator.stdin is not None
            simulator.stdin.close()
            _await_end(simulator)


def _address_of(simulator: subprocess.Popen[bytes]) -> str:
    assert simulator.stdin is not None and simulator.stdout is not None
    simulator.stdin.write(b'{"username": "", "secret": ""}\n')
    simulator.stdin.flush()
    line = simulator.stdout.readline()
    if not line:
        raise ConsoleError("the simulated cameras do not start")
    return str(json.loads(line)["streams"])


def _await_end(simulator: subprocess.Popen[bytes]) -> None:
    try:
        simulator.wait(END_LIMIT_S)
    except subprocess.TimeoutExpired:
        simulator.kill()


def _listed(streams: str, profile: Profile, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        for code in islice(_codes(profile), MAX_TILES):
            url = f"{streams}/noauth/{profile.value}/{code}"
            rows.writerow((code, code, _KELURAHAN, url, "", "", ""))
    return path


def _codes(profile: Profile) -> Iterator[str]:
    """Of cameras whose scene is an H.264 one."""
    return filter(lambda code: scene_for(code).codec(profile) is Codec.H264, map("JKT-{:05}".format, count(1)))
