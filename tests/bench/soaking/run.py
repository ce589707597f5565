"""Runs a compressed week: the cameras, their proxies, the registry, the console; outages and samples meanwhile.

The bench's own thread, and one that reads what the console tells.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import psutil

from app.demo.world import DemoWorld
from tests.bench.soaking.figures import Sample
from tests.bench.soaking.outages import Outages
from tests.bench.soaking.plan import OutageKind, Week
from tests.bench.soaking.probe import Probe
from tests.bench.soaking.table import print_progress
from tests.support.camera_files import Row, cameras_with_login, write_cameras
from tests.support.canary import found_in_files, found_in_processes, new_canary
from tests.support.fault_proxy import FaultProcess, RemoteProxy
from tests.support.product import KEYRING_THAT_REFUSES, ROOT
from tests.xdisplay import open_display

CAMERAS = 40
"""More than the largest layout shows, so that there is always another one."""
USERNAME = "post"
PLACE = "31.71.01.1004"
SILENT_LIMIT_S = 120.0
"""A console that says nothing for so long has failed."""
ENDS_WITHIN_S = 30.0
LOOK_S = 0.1
PRINT_S = 30.0

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Options:
    """How a week is run; see the command line."""

    seed: int
    every_s: float
    limit_s: float
    at_once: int
    is_headless: bool
    is_traced: bool


@dataclass(slots=True)
class Soaked:
    """What came of it."""

    is_complete: bool = False
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)
    outages: Counter[OutageKind] = field(default_factory=Counter)
    ended: Told = field(default_factory=dict)
    """What the console said at its end."""
    errors: str = ""
    """What it wrote to standard error."""
    leaks: set[str] = field(default_factory=set)
    """Where the cameras' password was found: files, arguments, environments."""


@dataclass(frozen=True, slots=True)
class _World:
    """What the console is started against."""

    proxies: list[RemoteProxy]
    registry_url: str
    enrolment_code: str
    registry_pid: int
    password: str
    """Of every camera; it occurs nowhere else."""


def soak(week: Week, options: Options, folder: Path) -> Soaked:
    """Run a week.

    Args:
        week: how much.
        options: how.
        folder: for this run's files.
    """
    with _world(folder) as world, _environment(folder, options.is_headless) as environment:
        task = {
            "registry_url": world.registry_url,
            "enrolment_code": world.enrolment_code,
            "week": (week.play_stops, week.outages, week.layout_changes),
            "seed": options.seed,
            "at_once": options.at_once,
            "is_headless": options.is_headless,
            "is_traced": options.is_traced,
        }
        with (folder / "stderr").open("wb") as errors:
            wall = _Wall(task, environment, errors.fileno())
            try:
                soaked = _Soak(week, options, world, wall).run()
            finally:
                wall.end()
    soaked.ended = wall.last("ended")
    soaked.errors = (folder / "stderr").read_text(encoding="utf-8")
    soaked.leaks.update(found_in_files([world.password], folder))
    return soaked


@contextmanager
def _world(folder: Path) -> Iterator[_World]:
    password = new_canary()
    with cameras_with_login(USERNAME, password) as url, FaultProcess() as faults:
        port = urlsplit(url).port
        assert port is not None
        codes = [f"JKT-{number:05}" for number in range(1, CAMERAS + 1)]
        proxies = [faults.proxy(port) for _ in codes]
        rows = [_row(code, proxy, password) for code, proxy in zip(codes, proxies, strict=True)]
        world = DemoWorld(folder, write_cameras(folder / "cameras.csv", rows))
        with world as registry:
            yield _World(proxies, registry.url, registry.enrolment_code, world.registry_pid, password)


def _row(code: str, proxy: RemoteProxy, password: str) -> Row:
    url = f"rtsp://127.0.0.1:{proxy.port}"
    return Row(code, f"Soak {code}", PLACE, f"{url}/main/{code}", f"{url}/sub/{code}", USERNAME, password)


@contextmanager
def _environment(folder: Path, is_headless: bool) -> Iterator[dict[str, str]]:
    """A user's, in an empty home and without a keyring."""
    own = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "TMPDIR": str(folder)}
    own["PYTHON_KEYRING_BACKEND"] = KEYRING_THAT_REFUSES
    if is_headless:
        yield {**os.environ, **own}
        return
    with open_display() as display:
        yield display.env(**own)


class _Wall:
    """The console's process, and what it tells.

    Args:
        task: what `wall.Task` takes.
        environment: of the process.
        errors: the descriptor of the file for its standard error.
    """

    def __init__(self, task: Told, environment: dict[str, str], errors: int) -> None:
        argv = [sys.executable, "-m", "tests.bench.soaking.wall"]
        self._process = subprocess.Popen(
            argv,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        self.pid = self._process.pid
        self.told: queue.SimpleQueue[Told] = queue.SimpleQueue()
        self._last: dict[str, Told] = {}
        self._reader = threading.Thread(target=self._read, name="soak reader", daemon=True)
        self._reader.start()
        self.say(json.dumps(task))

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            self._last[told["what"]] = told
            self.told.put(told)

    def last(self, what: str) -> Told:
        """The last that it told of that kind."""
        return self._last.get(what, {})

    def say(self, line: str) -> None:
        """Give it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def is_running(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.poll() is None

    def end(self) -> None:
        """Close it as its service manager would, and wait."""
        self._process.terminate()
        try:
            self._process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()


class _Soak:
    """One run: waits for what the wall tells, makes outages, takes samples."""

    def __init__(self, week: Week, options: Options, world: _World, wall: _Wall) -> None:
        self._week = week
        self._options = options
        self._wall = wall
        self._password = world.password
        self._probe = Probe(wall.pid)
        self._outages = Outages(world.proxies, self._probe.hosts, world.registry_pid, Random(options.seed))
        self._soaked = Soaked(outages=self._outages.counts)
        self._rests_left = len(week.rests())
        self._progress: Told = {}
        self._heard_s = time.monotonic()
        self._next_print_s = self._heard_s

    def run(self) -> Soaked:
        """Until the last rest, the time limit, or the console's end."""
        began_s = time.monotonic()
        with suppress(psutil.NoSuchProcess):  # the console has ended by itself: the week is not complete
            self._go_on(began_s)
        self._outages.end_all()
        self._soaked.seconds = time.monotonic() - began_s
        self._soaked.is_complete = not self._rests_left
        return self._soaked

    def _go_on(self, began_s: float) -> None:
        next_sample_s = began_s
        while self._rests_left and self._is_going(now_s := time.monotonic(), began_s):
            self._hear(now_s, began_s)
            if not self._progress:
                continue
            self._make_outages(now_s)
            self._print(now_s, began_s)
            if now_s >= next_sample_s:
                next_sample_s = now_s + self._options.every_s
                self._sample(now_s - began_s, self._progress, is_rest=False)

    def _is_going(self, now_s: float, began_s: float) -> bool:
        is_silent = now_s - self._heard_s > SILENT_LIMIT_S
        return self._wall.is_running() and not is_silent and now_s - began_s < self._options.limit_s

    def _hear(self, now_s: float, began_s: float) -> None:
        try:
            told = self._wall.told.get(timeout=LOOK_S)
        except queue.Empty:
            return
        self._heard_s = now_s
        self._progress = told
        if told["what"] == "rested":
            self._rests_left -= 1
            self._sample(now_s - began_s, told, is_rest=bool(told["is_steady"]))
            self._soaked.leaks.update(found_in_processes([self._password], self._probe.family()))
            self._wall.say("measured")

    def _make_outages(self, now_s: float) -> None:
        if self._progress["is_resting"]:
            self._outages.end_all()
        else:
            self._outages.step(self._week.outages_due(self._progress["play_stops"]), now_s)

    def _sample(self, at_s: float, told: Told, is_rest: bool) -> None:
        outages = self._outages.counts.total()
        self._soaked.samples.append(Sample(at_s, told, is_rest, self._probe.read(), outages))

    def _print(self, now_s: float, began_s: float) -> None:
        if now_s >= self._next_print_s and self._soaked.samples:
            self._next_print_s = now_s + PRINT_S
            print_progress(self._soaked.samples[-1], now_s - began_s)
