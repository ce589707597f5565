"""Long-polls are woken by what they wait for, and by nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from app.demo.registry.watch import ChangeWatch

POLL_S = 0.001
LONG_S = 30.0


class Data:
    """A version and marks that a test changes."""

    def __init__(self) -> None:
        self.version = 0
        self.marks: dict[str, object] = {}
        self.readings = 0
        self.is_broken = False

    def change(self, subject: str) -> None:
        self.version += 1
        self.marks = {**self.marks, subject: self.version}

    def read_version(self) -> int:
        if self.is_broken:
            raise RuntimeError("no database")
        return self.version

    def read_marks(self) -> dict[str, object]:
        self.readings += 1
        return self.marks


def with_watch(scene: Callable[[ChangeWatch, Data], Awaitable[None]]) -> None:
    """Play a scene in an event loop."""
    data = Data()

    async def play() -> None:
        await asyncio.wait_for(scene(ChangeWatch(data.read_version, data.read_marks, POLL_S), data), LONG_S)

    asyncio.run(play())


async def polled(data: Data, times: int = 2) -> None:
    """Until the watch has read the marks so often again."""
    before = data.readings
    while data.readings < before + times:
        data.version += 1
        await asyncio.sleep(POLL_S)


def test_change_wakes_those_who_wait_for_its_subject_alone() -> None:
    async def scene(watch: ChangeWatch, data: Data) -> None:
        one, other = (
            asyncio.create_task(watch.wait(subject, watch.mark(subject), LONG_S)) for subject in ("one", "other")
        )
        while watch.waiting < 2:
            await asyncio.sleep(0)
        data.change("one")
        await one
        await polled(data)
        assert not other.done()
        data.change("other")
        await other

    with_watch(scene)


def test_change_between_the_look_and_the_wait_is_not_missed() -> None:
    async def scene(watch: ChangeWatch, data: Data) -> None:
        seen = watch.mark("one")
        data.change("one")
        await watch.wait("one", seen, LONG_S)
        assert watch.waiting == 0

    with_watch(scene)


def test_marks_are_read_only_when_something_was_committed() -> None:
    async def scene(watch: ChangeWatch, data: Data) -> None:
        waits = asyncio.create_task(watch.wait("one", watch.mark("one"), LONG_S))
        for _ in range(5):
            await asyncio.sleep(POLL_S)
        assert data.readings == 1
        data.change("one")
        await waits
        assert data.readings == 2

    with_watch(scene)


def test_database_that_fails_leaves_nobody_waiting_for_ever() -> None:
    async def scene(watch: ChangeWatch, data: Data) -> None:
        first = asyncio.create_task(watch.wait("one", watch.mark("one"), LONG_S))
        while not watch.is_polling:
            await asyncio.sleep(0)
        data.is_broken = True
        while watch.is_polling:
            await asyncio.sleep(POLL_S)
        data.is_broken = False
        second = asyncio.create_task(watch.wait("one", watch.mark("one"), LONG_S))
        while watch.waiting < 2:
            await asyncio.sleep(0)
        data.change("one")
        await asyncio.gather(first, second)

    with_watch(scene)
