"""One run: a crowd of posts against one registry, phase by phase."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random

from app.demo.catalogue.record import Camera
from app.demo.registry.access import AccessStore
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.store import CatalogueStore
from tests.bench.crowd.ledger import Ledger
from tests.bench.crowd.post import STREAMS, Post
from tests.bench.crowd.server import CrowdServer

CITY = Scope(units=("PMJ",))
"""Every post sees everything: the most that there is to send, and every change is everybody's."""
DELTA_LIMIT_S = 30.0
STORM_DOWN_S = 5.0
STORM_LIMIT_S = 90.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does.

    Attributes:
        posts: how many.
        changes: how many changes of the catalogue, one a second.
        spread_s: over which time the first syncs are drawn; walls draw from a minute.
        steady_s: how long heartbeats alone are watched.
    """

    posts: int
    changes: int
    spread_s: float
    steady_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run showed.

    Attributes:
        ledger: how long what took.
        lost: changes that a post was never told.
        steady_cores: what the server spent while nothing but heartbeats and long-polls happened.
        memory_mb: what it had for itself then.
        recovered_s: from the moment that it listens again until the last post was answered; NaN if one never was.
    """

    ledger: Ledger
    lost: int
    steady_cores: float
    memory_mb: float
    recovered_s: float


class Crowd:
    """The posts of one run.

    Args:
        server: whom they ask.
        database: its data, which the run changes.
        plan: what is done.
    """

    def __init__(self, server: CrowdServer, database: Database, plan: Plan) -> None:
        self._server = server
        self._catalogue = CatalogueStore(database)
        self._plan = plan
        self._ledger = Ledger()
        self._random = Random(plan.posts)
        access = AccessStore(database, time.time)
        codes = [access.issue_code(f"Pos {number:03}", CITY) for number in range(plan.posts)]
        self._posts = [Post(server.port, code, self._ledger, Random(code)) for code in codes]
        self._changed: dict[str, float] = {}
        """When each change was made, by the camera's new name."""

    async def run(self) -> Outcome:
        """Everything in turn."""
        cameras = await asyncio.to_thread(self._cameras)
        await self._each(Post.enrol, 5.0)
        await self._each(Post.sync, self._plan.spread_s)
        running = [asyncio.create_task(each) for post in self._posts for each in (post.follow(), post.beat())]
        ids = [str(camera.id) for camera in cameras]
        await self._each(lambda post: post.lease(self._random.sample(ids, STREAMS)), 5.0)
        await self._each(Post.write_journal, 5.0)
        await self._change(cameras[: self._plan.changes])
        cores = await self._steady_cores()
        memory_mb = await asyncio.to_thread(self._server.memory_mb)
        recovered_s = await self._storm(cameras[self._plan.changes])
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for post in self._posts:
            post.close()
        return Outcome(self._ledger, self._lost(), cores, memory_mb, recovered_s)

    def _cameras(self) -> Sequence[Camera]:
        found = self._catalogue.snapshot(CITY).records[:: max(1, 10_000 // 200)]
        return [Camera.model_validate_json(record) for record in found]

    async def _each(self, work: Callable[[Post], Awaitable[None]], spread_s: float) -> None:
        """All posts do one thing, each at a moment of its own within that time."""

        async def at_its_time(post: Post) -> None:
            await asyncio.sleep(self._random.uniform(0.0, spread_s))
            await work(post)

        await asyncio.gather(*(at_its_time(post) for post in self._posts))

    async def _change(self, cameras: Sequence[Camera]) -> None:
        for number, camera in enumerate(cameras):
            await asyncio.to_thread(self._rename, camera, f"Perubahan {number}")
            await asyncio.sleep(1.0)
        await self._until(lambda: self._lost() == 0, DELTA_LIMIT_S)
        for name, changed_s in self._changed.items():
            for post in self._posts:
                if name in post.seen:
                    self._ledger.note("change", post.seen[name] - changed_s)

    def _rename(self, camera: Camera, name: str) -> None:
        self._catalogue.upsert(camera.model_copy(update={"name": name}))
        self._changed[name] = time.monotonic()

    async def _steady_cores(self) -> float:
        before_s, began_s = self._server.cpu_s(), time.monotonic()
        await asyncio.sleep(self._plan.steady_s)
        return (self._server.cpu_s() - before_s) / (time.monotonic() - began_s)

    async def _storm(self, camera: Camera) -> float:
        """Kill the registry under all of its posts, change something meanwhile, and start it again."""
        await asyncio.to_thread(self._server.kill)
        await asyncio.to_thread(self._rename, camera, "Perubahan selama padam")
        await asyncio.sleep(STORM_DOWN_S)
        await asyncio.to_thread(self._server.start)
        listens_s = time.monotonic()
        await self._until(lambda: self._lost() == 0, STORM_LIMIT_S)
        return max(self._ledger.returns_s) - listens_s if self._lost() == 0 else float("nan")

    async def _until(self, condition: Callable[[], bool], limit_s: float) -> None:
        """Wait until it is so, or the time is up."""
        end_s = time.monotonic() + limit_s
        while not condition() and time.monotonic() < end_s:
            await asyncio.sleep(0.1)

    def _lost(self) -> int:
        return sum(name not in post.seen for name in self._changed for post in self._posts)


def run_crowd(server: CrowdServer, database: Database, plan: Plan) -> Outcome:
    """One run."""
    with closing(database):
        return asyncio.run(Crowd(server, database, plan).run())
