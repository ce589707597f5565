"""This PC's own network: what comes up is told, what goes down is not."""

from __future__ import annotations

import errno
import ipaddress
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from app import network
from app.core.paths import NetworkChanged
from app.core.ports import Message
from app.network import NetworkWatch, Snapshot, addresses
from tests.waiting import until

LOOPBACK = ("lo", "127.0.0.1")
CABLE, OTHER_ADDRESS, RADIO = ("eth0", "10.0.0.5"), ("eth0", "10.0.0.9"), ("wlan0", "10.0.0.5")
TOLD = NetworkChanged()


class Interfaces:
    """What the system lists; the test changes it between two looks of the watch."""

    def __init__(self, *present: tuple[str, str]) -> None:
        self._lock = threading.Lock()
        self._present = frozenset(present)
        self._looks = 0

    def __call__(self) -> Snapshot:
        with self._lock:
            self._looks += 1
            return self._present

    def become(self, *present: tuple[str, str]) -> None:
        """Change, and wait until the watch has seen it."""
        with self._lock:
            self._present, seen = frozenset(present), self._looks
        until(lambda: self._looks >= seen + 2, what="two more looks")

    def wait_for_first_look(self) -> None:
        """Until the watch knows what there was at its start."""
        until(lambda: self._looks, what="the first look")


@contextmanager
def watched(
    monkeypatch: pytest.MonkeyPatch, *present: tuple[str, str]
) -> Iterator[tuple[Interfaces, list[Message]]]:
    """A watch over invented interfaces, and what it says."""
    interfaces, inbox = Interfaces(*present), queue.SimpleQueue[Message]()
    monkeypatch.setattr(network, "PERIOD_S", 0.01)
    monkeypatch.setattr(network, "addresses", interfaces)
    watch = NetworkWatch(inbox)
    told: list[Message] = []
    try:
        interfaces.wait_for_first_look()
        yield interfaces, told
    finally:
        watch.stop()
        told += [inbox.get_nowait() for _ in range(inbox.qsize())]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((LOOPBACK,), (LOOPBACK, CABLE)),
        ((CABLE,), (OTHER_ADDRESS,)),
        ((CABLE,), (RADIO,)),
        ((CABLE,), (CABLE, RADIO)),
    ],
    ids=["a cable", "another address", "the same address elsewhere", "one more"],
)
def test_what_comes_up_is_told_once(
    monkeypatch: pytest.MonkeyPatch, before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]
) -> None:
    with watched(monkeypatch, *before) as (interfaces, told):
        interfaces.become(*after)
        interfaces.become(*after)
    assert told == [TOLD]


def test_what_goes_down_is_not_told_and_its_return_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(monkeypatch, LOOPBACK, CABLE) as (interfaces, told):
        interfaces.become(LOOPBACK)
        interfaces.become(LOOPBACK, CABLE)
    assert told == [TOLD]


def test_a_network_that_stays_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(monkeypatch, LOOPBACK, CABLE) as (interfaces, told):
        interfaces.become(CABLE, LOOPBACK)
    assert told == []


def test_a_stopped_watch_is_silent_and_its_thread_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(threading.enumerate())
    with watched(monkeypatch, LOOPBACK):
        assert set(threading.enumerate()) > before
    assert set(threading.enumerate()) <= before


def test_stopping_does_not_wait_for_the_next_look() -> None:
    watch = NetworkWatch(queue.SimpleQueue())
    watch.stop()
    assert "network watch" not in {thread.name for thread in threading.enumerate()}


def test_this_pcs_own_loopback_is_listed() -> None:
    listed = {address.partition("%")[0] for _, address in addresses()}
    assert any(_is_loopback(address) for address in listed)


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False  # a hardware address


class Clock:
    """Seconds since the start, which the test lets jump."""

    def __init__(self) -> None:
        self.now_s, self.looks = 0.0, 0

    def __call__(self) -> float:
        self.looks += 1
        return self.now_s

    def jump(self, seconds: float) -> None:
        """Let time pass, and wait until the watch has seen it."""
        self.now_s, seen = self.now_s + seconds, self.looks
        until(lambda: self.looks >= seen + 2, what="two more looks")


def test_a_pc_that_has_slept_tries_everything_anew_and_a_busy_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network, "PERIOD_S", 0.01)
    monkeypatch.setattr(network, "addresses", frozenset)
    inbox, clock = queue.SimpleQueue[Message](), Clock()
    watch = NetworkWatch(inbox, clock)
    try:
        until(lambda: clock.looks, what="the first look")
        clock.jump(9.0)
        assert inbox.empty()
        clock.jump(3_600.0)
        assert isinstance(inbox.get_nowait(), NetworkChanged) and inbox.empty()
    finally:
        watch.stop()


@pytest.mark.parametrize("error", [OSError(errno.EMFILE, "too many open files"), psutil.AccessDenied()])
def test_a_sleep_is_noticed_where_the_system_does_not_say_what_is_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def refuse() -> Snapshot:
        raise error

    monkeypatch.setattr(network, "PERIOD_S", 0.01)
    monkeypatch.setattr(network, "addresses", refuse)
    inbox, clock = queue.SimpleQueue[Message](), Clock()
    watch = NetworkWatch(inbox, clock)
    try:
        until(lambda: clock.looks > 2, what="looks in vain")
        assert inbox.empty()
        clock.jump(3_600.0)
        assert isinstance(inbox.get_nowait(), NetworkChanged)
    finally:
        watch.stop()
    assert [record.getMessage() for record in caplog.records] == [f"network=unknown: {type(error).__name__}"]


def test_the_clock_of_a_sleep_goes_on() -> None:
    assert network.since_boot_s() <= network.since_boot_s()


@pytest.mark.parametrize(("stood_still_s", "told_s"), [(3_600.0, 3_600.0), (0.0, 0.0)])
def test_how_long_the_monotonic_clock_stood_still_is_told(
    monkeypatch: pytest.MonkeyPatch, stood_still_s: float, told_s: float
) -> None:
    """On Linux it does while the PC sleeps, on Windows it goes on."""
    monkeypatch.setattr(network, "PERIOD_S", 0.01)
    monkeypatch.setattr(network, "addresses", frozenset)
    inbox, clock, monotonic = queue.SimpleQueue[Message](), Clock(), Clock()
    watch = NetworkWatch(inbox, clock, monotonic)
    try:
        until(lambda: monotonic.looks, what="the first look")
        monotonic.now_s += 3_600.0 - stood_still_s
        clock.jump(3_600.0)
        told = inbox.get_nowait()
    finally:
        watch.stop()
    assert isinstance(told, NetworkChanged) and told.slept_s == told_s
