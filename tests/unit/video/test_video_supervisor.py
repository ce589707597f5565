"""A host that nothing ends is given up like a dead one: a driver may hold its thread for as long as it likes.

Such a process cannot be made here: a stand-in does not die.
"""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from app.core.budget import HardwareChoice
from app.core.failure import Reason
from app.core.model import Endpoint, StreamKey
from app.core.ports import HostBeat, HostEnded, Message, StreamFailed
from app.video import host_process, protocol, supervisor
from app.video.host_process import HostProcess
from app.video.supervisor import Supervisor
from tests.support.video_kit import Messages, lease_for, stream_key
from tests.waiting import until

ENDPOINT = Endpoint("rtsp", "127.0.0.1", 554, "/stream")
DEATH_LIMIT_S = 0.5
SPARE_S = 4.0
"""What two busy cores may add to any limit."""


class Undying:
    """A process that takes commands, and that no kill ends until the test ends it.

    Attributes:
        kills: how often it was killed.
        opened: the streams that it was told to open.
    """

    pid = None

    def __init__(
        self,
        command_line: Sequence[str],
        name: str,
        on_line: Callable[[bytes], None],
        on_end: Callable[[int | OSError], None],
    ) -> None:
        self.say = on_line
        self.die = on_end
        self.kills = 0
        self.opened: list[StreamKey] = []

    def start(self) -> None:
        """It is there."""

    def send(self, line: bytes) -> None:
        command = protocol.decode_command(line)
        if isinstance(command, protocol.Open):
            self.opened.append(command.key)

    def let_go(self) -> None:
        """It does not listen."""

    def kill(self) -> None:
        self.kills += 1

    def end(self, give_up_s: float) -> None:
        """It does not end."""


class Desk:
    """A supervisor of such hosts."""

    def __init__(self) -> None:
        self.hosts: list[Undying] = []
        self.messages = Messages()
        self.supervisor = Supervisor((), self.messages)

    def open(self, number: int) -> StreamKey:
        key = stream_key(number)
        self.supervisor.open(lease_for(key, ENDPOINT), 1, [], HardwareChoice.NEVER)
        return key

    def said(self, kind: type[Message]) -> list[Message]:
        return [message for _, message in self.messages.of(kind)]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(supervisor, "DEATH_LIMIT_S", DEATH_LIMIT_S)

    def make(*arguments: object) -> Undying:
        made.hosts.append(Undying(*arguments))  # type: ignore[arg-type]
        return made.hosts[-1]

    monkeypatch.setattr(supervisor, "HostProcess", make)
    made = Desk()
    yield made
    made.supervisor.stop()


def test_streams_of_a_host_that_does_not_die_are_given_up(desk: Desk) -> None:
    keys = [desk.open(1), desk.open(2)]
    killed_s = time.monotonic()
    desk.supervisor.kill_host_of(keys[0])
    failed = until(
        lambda: desk.said(StreamFailed), within_s=DEATH_LIMIT_S + SPARE_S, what="the loss of its streams"
    )
    assert time.monotonic() - killed_s >= DEATH_LIMIT_S
    assert [(each.key, each.failure.reason) for each in failed if isinstance(each, StreamFailed)] == [
        (key, Reason.HOST_LOST) for key in keys
    ]
    assert len(desk.said(HostEnded)) == 1


def test_nothing_is_placed_on_a_host_that_was_killed(desk: Desk) -> None:
    key = desk.open(1)
    desk.supervisor.kill_host_of(key)
    other = desk.open(2)
    assert [host.opened for host in desk.hosts] == [[key], [other]]


def test_hosts_that_were_killed_are_not_counted_among_those_made_ready(desk: Desk) -> None:
    desk.supervisor.kill_host_of(desk.open(1))
    desk.supervisor.prepare(1)
    assert len(desk.hosts) == 2


def test_host_that_was_given_up_is_heard_no_more_and_is_not_lost_twice(desk: Desk) -> None:
    key = desk.open(1)
    (host,) = desk.hosts
    desk.supervisor.kill_host_of(key)
    until(lambda: desk.said(HostEnded), within_s=DEATH_LIMIT_S + SPARE_S, what="its end")
    host.say(protocol.encode(protocol.Beat(1.0, 1, 1)))
    host.die(-9)
    assert desk.said(HostBeat) == [] and len(desk.said(HostEnded)) == len(desk.said(StreamFailed)) == 1


def test_hung_host_is_killed_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_BEAT_LIMIT_S", 0.0)
    desk.open(1)
    (host,) = desk.hosts
    until(lambda: desk.said(StreamFailed), within_s=DEATH_LIMIT_S + SPARE_S, what="the loss of its stream")
    assert host.kills == 1


def test_the_end_of_a_process_that_does_not_die_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_process, "END_LIMIT_S", 0.2)
    ends: queue.SimpleQueue[int | OSError] = queue.SimpleQueue()
    sleeper = (sys.executable, "-c", "import time; time.sleep(600)")
    process = HostProcess(sleeper, "sleeper", lambda _: None, ends.put)
    process.start()
    until(lambda: process.pid, what="the process")
    kill = process.kill
    monkeypatch.setattr(process, "kill", lambda: None)
    asked_s = time.monotonic()
    try:
        process.end(asked_s)
        assert time.monotonic() - asked_s < SPARE_S
        assert ends.empty()
    finally:
        kill()
    ends.get(timeout=SPARE_S)
