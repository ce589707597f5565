"""Reads what the product's processes hold: memory of their own, descriptors, threads, shared memory, zombies.

Linux only: it reads `/proc`. Used on the bench's own thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import psutil

from tests.support.product import shared_memory

BYTES_PER_MB = 2**20
_MEMORY_FILES = ("/memfd:", "/dev/shm/", "/SYSV")
"""How mappings of shared memory are called in `/proc/PID/maps`."""


class Kind(Enum):
    """Which process of the product."""

    CONSOLE = "console"
    HOST = "host"
    WATCHDOG = "watchdog"
    OTHER = "other"


_MODULES = (("app.video.host", Kind.HOST), ("ui.watchdog", Kind.WATCHDOG))


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """One process at one moment."""

    pid: int
    kind: Kind
    started_s: float
    """Wall clock; the same as long as it is the same process."""
    uss_mb: float
    """Memory that it shares with nobody."""
    fds: int
    threads: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All processes at one moment."""

    processes: tuple[ProcessReading, ...]
    zombies: int
    segments: int
    """Different pieces of shared memory that any of them maps or has open."""
    leftovers: int
    """Named entries of shared memory that could be the product's."""

    def of(self, *kinds: Kind) -> list[ProcessReading]:
        """The processes of these kinds; of all where none is given."""
        return [each for each in self.processes if not kinds or each.kind in kinds]


class Probe:
    """Reads a console and everything that descends from it.

    Args:
        pid: the console's process.
    """

    def __init__(self, pid: int) -> None:
        self._console = psutil.Process(pid)

    def family(self) -> list[psutil.Process]:
        """The console and all of its descendants."""
        return [self._console, *self._console.children(recursive=True)]

    def hosts(self) -> Sequence[psutil.Process]:
        """The video hosts, the oldest first."""
        hosts = [each for each in self._console.children() if _kind(each) is Kind.HOST]
        return sorted(hosts, key=lambda host: (host.create_time(), host.pid))

    def read(self) -> Reading:
        """Take a reading; processes that end meanwhile are left out."""
        family = self.family()
        zombies = [each for each in family if _is_zombie(each)]
        living = [each for each in family if each not in zombies]
        segments = {segment for each in living for segment in _segments(each.pid)}
        readings = [reading for each in living for reading in self._read_process(each)]
        return Reading(tuple(readings), len(zombies), len(segments), len(shared_memory()))

    def _read_process(self, process: psutil.Process) -> Iterator[ProcessReading]:
        with suppress(psutil.NoSuchProcess):
            kind = Kind.CONSOLE if process == self._console else _kind(process)
            yield ProcessReading(
                process.pid,
                kind,
                process.create_time(),
                process.memory_full_info().uss / BYTES_PER_MB,
                process.num_fds(),
                process.num_threads(),
            )


def _kind(process: psutil.Process) -> Kind:
    """What a child of the console is; just forked, it is still nothing of its own."""
    with suppress(psutil.NoSuchProcess):
        words = process.cmdline()
        return next((kind for module, kind in _MODULES if module in words), Kind.OTHER)
    return Kind.OTHER


def _is_zombie(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    return False


def _segments(pid: int) -> set[tuple[str, int]]:
    """The shared memory of a process: what kind, and its inode. It may be mapped, open, or both."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return _mapped(pid) | _open(pid)
    return set()


def _mapped(pid: int) -> set[tuple[str, int]]:
    found = set()
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split(maxsplit=5)
        if len(words) == 6:
            found |= {(mark, int(words[4])) for mark in _MEMORY_FILES if words[5].startswith(mark)}
    return found


def _open(pid: int) -> set[tuple[str, int]]:
    found = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            if str(entry.readlink()).startswith("/memfd:"):
                found.add(("/memfd:", entry.stat().st_ino))
    return found
