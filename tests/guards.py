"""What every test is held to: no network beyond loopback, and nothing left running behind it.

`conftest.py` makes fixtures of these. They see this process: a child process's connections are its own, and so are
those that C libraries (FFmpeg, libVLC) open without Python.
"""

from __future__ import annotations

import gc
import ipaddress
import logging
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest

T = TypeVar("T")

SETTLE_S = 5.0
"""How long a thread or process that was told to end may take; beyond that it counts as left behind."""
DOCUMENTATION_NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")  # RFC 5737, RFC 3849
)
OWN_HELPERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Python's own helper processes: started once, ended with this process."""


class NetworkForbiddenError(AssertionError):
    """A test tried to leave this machine."""


# --- network ---


def is_allowed(address: object, *, black_hole: bool) -> bool:
    """Whether a test may send to this address.

    Args:
        address: what the socket was given: a pair or quadruple for IP, anything else for another family.
        black_hole: whether the documentation networks are allowed.
    """
    if not isinstance(address, tuple) or not address or not isinstance(address[0], str):
        return True
    host = address[0].partition("%")[0]
    if host in {"", "localhost"}:
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    in_black_hole = any(ip.version == net.version and ip in net for net in DOCUMENTATION_NETWORKS)
    return ip.is_loopback or ip.is_unspecified or (black_hole and in_black_hole)


@contextmanager
def loopback_only(patch: pytest.MonkeyPatch, *, black_hole: bool) -> Iterator[None]:
    """Fails what connects or sends beyond loopback, also where the product swallows the error."""
    attempts: list[str] = []

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1] if arguments else None
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_allowed(address, black_hole=black_hole):
                attempts.append(str(address))
                raise NetworkForbiddenError(f"a test may not leave this machine: {address}")
            return original(self, *arguments)

        return method

    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    yield
    assert not attempts, f"this test tried to leave this machine: {attempts}"


# --- threads ---


@contextmanager
def no_leaked_thread(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails when a thread of the test outlives it, and says where it was started."""
    origins: dict[threading.Thread, str] = {}
    start = threading.Thread.start

    def remembering_start(self: threading.Thread) -> None:
        origins[self] = "".join(traceback.format_stack(sys._getframe(1), limit=6))
        start(self)

    patch.setattr(threading.Thread, "start", remembering_start)
    before = set(threading.enumerate())
    yield
    left = _settle(lambda: [thread for thread in threading.enumerate() if _is_leak(thread, before)])
    told = "\n".join(f"{thread.name}, started at:\n{origins.get(thread, '  unknown')}" for thread in left)
    assert not left, f"threads left behind: {told}"


def _is_leak(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    # a dummy stands for a thread of a C library that called Python once; it never goes away
    is_new = thread not in before and thread.is_alive() and not isinstance(thread, threading._DummyThread)
    return is_new and not _joined_a_pool(thread, before)


def _joined_a_pool(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    """Whether it works in an event loop's pool that was there before: one of a fixture that outlives the test."""
    pool, _, number = thread.name.rpartition("_")
    return pool == "asyncio" and number.isdigit() and any(each.name.startswith("asyncio_") for each in before)


def _settle(left: Callable[[], list[T]]) -> list[T]:
    give_up_s = time.monotonic() + SETTLE_S
    while (items := left()) and time.monotonic() < give_up_s:
        time.sleep(0.02)
    return items


# --- the log ---


@contextmanager
def log_as_before() -> Iterator[None]:
    """Takes the product's log handlers away again: they write to a standard error that ends with its test."""
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)
    yield
    for handler in [each for each in root.handlers if each not in before and type(each).__module__ == "app.log"]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


# --- processes ---


@contextmanager
def no_leaked_process() -> Iterator[None]:
    """Fails when a child process of the test outlives it, and ends it."""
    before = _child_ids()
    yield
    left = _settle(lambda: [pid for pid in _child_ids() - before if not _is_helper(pid)])
    told = [f"{pid}: {_command_line(pid)}" for pid in left]
    for pid in left:
        _kill(pid)
    assert not left, f"child processes left behind: {told}"


def _child_ids() -> set[int]:
    lists = list(Path("/proc/self/task").glob("*/children"))  # 50 times quicker than asking about every process
    if lists:
        return {int(pid) for each in lists for pid in _read(each).split()}
    return {child.pid for child in psutil.Process().children()}


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread has just ended
        return ""


def _is_helper(pid: int) -> bool:
    return any(name in _command_line(pid) for name in OWN_HELPERS)


def _command_line(pid: int) -> str:
    try:
        process = psutil.Process(pid)
        return " ".join(process.cmdline()) or process.status()
    except psutil.Error:
        return "gone"


def _kill(pid: int) -> None:
    try:
        process = psutil.Process(pid)
        process.kill()
        process.wait(timeout=SETTLE_S)
    except psutil.Error:
        return


# --- Qt ---


def assert_no_qt_leftovers(known_windows: set[int]) -> None:
    """Fails when a window is still shown or a timer still runs after a test.

    Args:
        known_windows: ids of the windows that were there before it.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    windows = [w for w in app.topLevelWidgets() if id(w) not in known_windows and w.isVisible()]
    assert not windows, f"windows left open: {windows}"
    timers = [item for item in gc.get_objects() if isinstance(item, QTimer) and _is_running(item)]
    assert not timers, f"timers left running: {[(t.objectName(), t.parent(), t.interval()) for t in timers]}"


def _is_running(timer: Any) -> bool:
    from shiboken6 import isValid

    return bool(isValid(timer) and timer.isActive())
