"""The cameras that a benchmark measures: the simulator with clips of a real camera's bit rate, and a registry."""

from __future__ import annotations

import csv
import hashlib
import json
import secrets
import subprocess
import sys
from itertools import count, islice
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType

from app.core.model import Codec, Profile
from app.core.redact import Secret
from app.demo.scenes import SCENES, scene_for
from app.demo.world import DemoWorld, Registry

USERNAME = "pantau"
MOST_CAMERAS = 64
_ROOT = Path(__file__).parents[2]


class BenchWorld:
    """A simulator, and registries that list 64 of its H.264 cameras; a context manager.

    Args:
        folder: for this run's files.
        clips: where the noisy clips (400 kbps sub, 4 Mbps main) are kept between runs.
    """

    def __init__(self, folder: Path, clips: Path) -> None:
        self.folder = folder
        self._clips = clips
        self.secret = Secret(secrets.token_urlsafe(12))
        self.codes = list(islice(filter(_is_h264, map("JKT-{:05}".format, count(1))), MOST_CAMERAS))
        self.streams = ""
        self._registry_world: DemoWorld | None = None

    def __enter__(self) -> BenchWorld:
        served = self._link_clips()
        self._simulator = subprocess.Popen(
            [sys.executable, "-m", "app.demo.simulator", "--parent-pipe", "--clips", str(served)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._simulator.stdin is not None and self._simulator.stdout is not None
        told = json.dumps({"username": USERNAME, "secret": self.secret.reveal()})
        self._simulator.stdin.write(told.encode() + b"\n")
        self._simulator.stdin.flush()
        self.streams = json.loads(self._simulator.stdout.readline())["streams"]
        self._cameras = self._write_cameras()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end_registry()
        self._simulator.communicate(timeout=10)

    def url(self, profile: Profile, number: int) -> str:
        """The whole address of the number-th camera, login included: for the contenders that take one."""
        address = self.streams.removeprefix("rtsp://")
        return f"rtsp://{USERNAME}:{self.secret.reveal()}@{address}/{profile.value}/{self.codes[number]}"

    def new_registry(self) -> Registry:
        """A registry for one console: its enrolment code dies with its use."""
        self._registry_world = DemoWorld(Path(mkdtemp(dir=self.folder)), self._cameras)
        return self._registry_world.__enter__()

    def end_registry(self) -> None:
        """End the last one."""
        if self._registry_world is not None:
            self._registry_world.__exit__(None, None, None)
            self._registry_world = None

    def _link_clips(self) -> Path:
        """A folder in which every H.264 scene is the one noisy clip of its profile."""
        stamp, digest = self._clips / "sources.sha256", _clip_sources_digest()
        if not stamp.exists() or stamp.read_text("utf-8") != digest:
            print("making the benchmark's clips …", flush=True)
            command = [sys.executable, "-m", "tools.make_clips", "--bench-out", str(self._clips)]
            subprocess.run(command, check=True)
            stamp.write_text(digest, "utf-8")
        served = self.folder / "clips"
        served.mkdir()
        for profile in Profile:
            noisy = next(self._clips.glob(f"*.{profile.value}.h264")).resolve()
            for scene in SCENES:
                if scene.codec(profile) is Codec.H264:
                    (served / scene.clip_file(profile)).symlink_to(noisy)
        return served

    def _write_cameras(self) -> Path:
        path = self.folder / "cameras.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("code", "name", "kelurahan", "main_url", "sub_url", "username", "password"))
            for code in self.codes:
                urls = [f"{self.streams}/{profile.value}/{code}" for profile in (Profile.MAIN, Profile.SUB)]
                rows.writerow((code, f"Bench {code}", "31.71.01.1001", *urls, USERNAME, self.secret.reveal()))
        return path


def _clip_sources_digest() -> str:
    """Of all that clips are made with: ones with an older barcode could not be read."""
    sources = sorted([*(_ROOT / "tools").rglob("*.py"), *(_ROOT / "app" / "demo").glob("*.py")])
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _is_h264(code: str) -> bool:
    scene = scene_for(code)
    return scene.sub_codec is Codec.H264 and scene.main_codec is Codec.H264
