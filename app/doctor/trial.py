"""Runs the wall on the preflight's cameras and measures what it costs. Runs on the main thread.

It is the product itself, with its own hosts, started as the demo is; only the cameras are the preflight's. What
counts is the wall's processor time and its hosts', read from the system while all pictures run.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from app.core.errors import ConsoleError
from app.doctor.cameras import Trial
from app.doctor.capacity import Run
from app.parts import Part, command_of

WALL_COMMAND = (*command_of(Part.COMMAND_LINE), "demo")
HOST_WORD = "app.video.host"
"""In the command line of a video host, whatever starts it."""
WARM_UP_S = 8.0
"""Opening streams costs more than playing them; the bench waits as long."""
MEASURED_S = 6.0
START_LIMIT_S = 60.0
START_LOOK_S = 0.2
AFTER_S = 2.0
END_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Way:
    """A way of playing.

    Attributes:
        name: for the table.
        words: of the wall's command line.
    """

    name: str
    words: tuple[str, ...]


def run_wall(trial: Trial, way: Way, cameras: Path, tiles: int, folder: Path) -> Run:
    """Show so many tiles and measure.

    Args:
        trial: what the cameras send.
        way: how it is played.
        cameras: the list of them.
        tiles: how many.
        folder: for this run's files.

    Raises:
        ConsoleError: the wall does not run.
    """
    report = folder / "report.json"
    words = ["--cameras", str(cameras), "--tiles", str(tiles), "--no-panel", "--size", "1920x1080"]
    words += ["--for", str(WARM_UP_S + MEASURED_S + AFTER_S), "--report", str(report)]
    words += ["--report-decoders", "--log-level", "error"]
    with subprocess.Popen([*WALL_COMMAND, *words, *way.words], stdin=subprocess.DEVNULL) as wall:
        try:
            use = _measured(wall)
            wall.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            raise ConsoleError("the wall of the preflight did not end") from None
        finally:
            _end(wall)
    return _run_of(_read(report), trial, tiles, use)


@dataclass(frozen=True, slots=True)
class _Use:
    """Processor seconds a second of the wall and its hosts, and the part of the PC that strangers used."""

    wall: float
    others: float


def _measured(wall: subprocess.Popen[bytes]) -> _Use:
    """What is used after the streams were opened."""
    try:
        _await_hosts(wall)
        time.sleep(WARM_UP_S)
        ours, all_ours = _processes(wall.pid), psutil.Process().children(recursive=True)
        started_s = time.monotonic()
        before = _cpu_s(ours), _cpu_s(all_ours), _busy_s()
        time.sleep(MEASURED_S)
        after = _cpu_s(ours), _cpu_s(all_ours), _busy_s()
    except psutil.Error as error:
        raise _ended(wall) from error
    if wall.poll() is not None:
        raise _ended(wall)
    passed_s = time.monotonic() - started_s
    wall_s, all_s, busy_s = (new - old for new, old in zip(after, before, strict=True))
    others = (busy_s - all_s) / passed_s / (psutil.cpu_count() or 1)
    return _Use(wall_s / passed_s, min(1.0, max(0.0, others)))


def _ended(wall: subprocess.Popen[bytes]) -> ConsoleError:
    return ConsoleError(f"the wall of the preflight ended with {wall.wait(END_LIMIT_S)} before it was measured")


def _await_hosts(wall: subprocess.Popen[bytes]) -> None:
    """Until the wall has started its hosts, which it does before it shows anything; a busy PC takes a while."""
    give_up_s = time.monotonic() + START_LIMIT_S
    while wall.poll() is None and time.monotonic() < give_up_s and len(_processes(wall.pid)) < 2:
        time.sleep(START_LOOK_S)


def _processes(pid: int) -> list[psutil.Process]:
    """The wall and its hosts; its registry is no part of what a post runs."""
    wall = psutil.Process(pid)
    children = wall.children(recursive=True)
    return [wall, *(child for child in children if HOST_WORD in " ".join(child.cmdline()))]


def _cpu_s(processes: Sequence[psutil.Process]) -> float:
    """What those have used that still run."""
    return sum(map(_cpu_s_of, processes))


def _cpu_s_of(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(used.user + used.system)


def _busy_s() -> float:
    """Processor time that all programs of this PC have used."""
    times = psutil.cpu_times()._asdict()
    waiting = ("idle", "iowait", "guest", "guest_nice", "steal")
    return float(sum(value for name, value in times.items() if name not in waiting))


def _end(wall: subprocess.Popen[bytes]) -> None:
    if wall.poll() is None:
        wall.terminate()
        try:
            wall.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            wall.kill()


def _read(report: Path) -> Mapping[str, Any]:
    try:
        document: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ConsoleError("the wall of the preflight did not say what it measured") from None
    report.unlink()
    return document


def _run_of(report: Mapping[str, Any], trial: Trial, tiles: int, use: _Use) -> Run:
    live = [tile for tile in report["tiles"] if tile["life"] == "live"]
    rates_fps = [tile["fps"] or 0.0 for tile in live]
    decoders = report["decoders"]
    return Run(
        tiles=tiles,
        live=len(live),
        fps=min(rates_fps, default=0.0),
        played=round(min(1.0, sum(rates_fps) / tiles / trial.rate_fps), 3),
        rate_fps=trial.rate_fps,
        cpu_s_per_stream_s=round(use.wall / tiles, 5),
        engine=report["engine"] or "",
        decoder=decoders[0] if len(decoders) == 1 else "mixed" if decoders else "",
        others=round(use.others, 3),
    )
