"""Takes a wall's cameras away and gives them back, several times; what the wall and the cameras saw of it.

The bench's own thread, besides those of the registry and of the wall's reader.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.core.redact import Secret
from tests.bench.staged.process import StagedWall
from tests.bench.staged.switches import share_s
from tests.support.canary import new_canary
from tests.support.fault_proxy import Doorway, Fault, FaultProcess, RemoteProxy
from tests.support.site_cameras import SiteCameras
from tests.support.site_registry import SiteRegistry, SiteStreams, by_site, sited_cameras

POWER, BLACK_HOLE = KINDS = ("power", "black-hole")
BACK_GOAL_S = 15.0
CONNECTS_GOAL = 4
SIZE_PX = (1280, 720)
USERNAME = "post"
UP_WITHIN_S = 90.0
BACK_WITHIN_S = 60.0
STEADY_S = 3.0
"""Of all tiles, before the next outage."""
_NOTHING_PASSES = Fault(doorway=Doorway.BLACK_HOLE, loses_requests=True, loses_answers=True, loses_media=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done; see the command line of `power_cut`."""

    kind: str
    cameras: int
    a_site: int
    rounds: int
    dark_s: float


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage.

    Attributes:
        kind: of `KINDS`.
        back_s: from the return of the last camera until each tile was live for good, by its number; infinite if it
            never was.
        connects_s: when each site was connected to, against that return, from the outage to all tiles' being live.
    """

    kind: str
    back_s: Mapping[int, float]
    connects_s: Sequence[Sequence[float]]

    @property
    def all_live_s(self) -> float:
        """Until the last tile was."""
        return max(self.back_s.values())

    @property
    def connects(self) -> int:
        """How many connections there were."""
        return sum(map(len, self.connects_s))

    @property
    def is_kept(self) -> bool:
        """Whether both goals were."""
        return self.all_live_s <= BACK_GOAL_S and self.most_connects() <= CONNECTS_GOAL

    def most_connects(self, span_s: float = 1.0) -> int:
        """The most that any site took in any span of that length."""
        return max(_most(site, span_s) for site in self.connects_s)

    def tile_s(self, part: float) -> float:
        """Until so large a part of the tiles was."""
        return share_s(self.back_s.values(), part)

    def as_json(self) -> dict[str, Any]:
        """Every figure."""
        return {**asdict(self), "all_live_s": self.all_live_s, "most_connects": self.most_connects()}


def _most(times_s: Sequence[float], span_s: float) -> int:
    """The most of these moments, which are in order, that any span of that length holds."""
    return max((bisect_left(times_s, at_s + span_s) - at for at, at_s in enumerate(times_s)), default=0)


@dataclass(frozen=True, slots=True)
class Sector:
    """The cameras, and how they go and come.

    Attributes:
        take: takes them away.
        give: gives them back; tells when the last one is up, monotonic seconds.
        connects: when each site was connected to, monotonic seconds.
    """

    registry: SiteRegistry
    take: Callable[[], object]
    give: Callable[[], float]
    connects: Callable[[], list[list[float]]]


def outage_rounds(plan: Plan, folder: Path) -> list[Outage]:
    """Run a plan.

    Args:
        plan: see there.
        folder: for the run's files.
    """
    with sector(plan, folder) as cameras:
        task = {
            "registry_url": cameras.registry.url,
            "enrolment_code": cameras.registry.enrolment_code,
            "tiles": plan.cameras,
            "size_px": SIZE_PX,
            "script": "watch",
            "words": {},
        }
        with StagedWall(folder, task) as wall:
            run = _Run(plan, cameras, wall)
            return [run.outage() for _ in range(plan.rounds)]


@contextmanager
def sector(plan: Plan, folder: Path) -> Iterator[Sector]:
    """Start the cameras and a registry that lists them."""
    cameras = sited_cameras(plan.cameras, plan.a_site)
    sites = by_site(cameras)
    password = new_canary()
    with ExitStack() as stack:
        simulated = SiteCameras([*sites.values()], USERNAME, password, folder / "connects.jsonl")
        stack.enter_context(simulated)
        ports, doors = simulated.ports, list[RemoteProxy]()
        if plan.kind == BLACK_HOLE:
            faults = stack.enter_context(FaultProcess())
            doors = [faults.proxy(port) for port in simulated.ports]
            ports = [door.port for door in doors]
        bases = {
            code: f"rtsp://127.0.0.1:{port}"
            for port, codes in zip(ports, sites.values(), strict=True)
            for code in codes
        }
        streams = SiteStreams(bases, USERNAME, Secret(password))
        registry = stack.enter_context(SiteRegistry(folder, cameras, streams))
        yield _behind(doors, registry) if doors else _powered(simulated, registry)


def _powered(simulated: SiteCameras, registry: SiteRegistry) -> Sector:
    return Sector(registry, simulated.cut, simulated.start, simulated.connects)


def _behind(doors: Sequence[RemoteProxy], registry: SiteRegistry) -> Sector:
    return Sector(
        registry,
        take=lambda: [door.set(_NOTHING_PASSES) for door in doors],
        give=lambda: max(door.heal() for door in doors),
        connects=lambda: [[each.at_s for each in door.log] for door in doors],
    )


class _Run:
    """The outages of one wall."""

    def __init__(self, plan: Plan, cameras: Sector, wall: StagedWall) -> None:
        self._plan = plan
        self._cameras = cameras
        self._wall = wall
        self._live_s: dict[int, float] = {}
        """Since when each live tile is."""

    def outage(self) -> Outage:
        """Wait for a steady wall, take the cameras away, give them back, wait for the wall."""
        self._until_steady()
        taken_s = time.monotonic()
        self._cameras.take()
        self._hear_until(taken_s + self._plan.dark_s, lambda: False)
        returned_s = self._cameras.give()
        self._hear_until(returned_s + BACK_WITHIN_S, self._is_all_live)
        back_s = {tile: self._live_s.get(tile, math.inf) - returned_s for tile in self._tiles}
        return Outage(self._plan.kind, back_s, self._connects_s(taken_s, returned_s))

    @property
    def _tiles(self) -> range:
        return range(1, self._plan.cameras + 1)

    def _connects_s(self, taken_s: float, returned_s: float) -> list[list[float]]:
        sites = self._cameras.connects()
        return [[round(at_s - returned_s, 3) for at_s in site if at_s >= taken_s] for site in sites]

    def _until_steady(self) -> None:
        self._hear_until(time.monotonic() + UP_WITHIN_S, self._is_all_live)
        assert self._is_all_live(), f"{len(self._live_s)} of {self._plan.cameras} tiles live in {UP_WITHIN_S:g} s"
        self._hear_until(time.monotonic() + STEADY_S, lambda: False)

    def _is_all_live(self) -> bool:
        return len(self._live_s) == self._plan.cameras

    def _hear_until(self, until_s: float, is_over: Callable[[], bool]) -> None:
        """Take in what the wall tells, until that is true or the time is up."""
        while not is_over() and (left_s := until_s - time.monotonic()) > 0:
            told = self._wall.hear(left_s)
            if told is not None:
                self._live_s.update(dict.fromkeys(told["come"], told["at_s"]))
                for tile in told["gone"]:
                    self._live_s.pop(tile, None)
