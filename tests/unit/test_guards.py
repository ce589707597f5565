"""The rules that every test is held to do catch what breaks them."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import keyring
import keyring.errors
import psutil
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.log import start_files
from tests import guards
from tests.waiting import until
from tests.xdisplay import XDisplay


@pytest.mark.parametrize(
    ("address", "black_hole", "allowed"),
    [
        (("127.0.0.1", 80), False, True),
        (("127.5.5.5", 80), False, True),
        (("::1", 80, 0, 0), False, True),
        (("::ffff:127.0.0.1", 80, 0, 0), False, True),
        (("0.0.0.0", 80), False, True),
        (("localhost", 80), False, True),
        ("/run/bus", False, True),
        (("10.0.0.1", 80), True, False),
        (("8.8.8.8", 53), False, False),
        (("example.org", 80), False, False),
        (("192.0.2.1", 554), False, False),
        (("192.0.2.1", 554), True, True),
        (("2001:db8::1", 554, 0, 0), True, True),
    ],
)
def test_only_loopback_and_marked_black_holes_are_allowed(
    address: object, black_hole: bool, allowed: bool
) -> None:
    assert guards.is_allowed(address, black_hole=black_hole) is allowed


def test_leaving_the_machine_fails_even_where_the_error_is_swallowed() -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(AssertionError, match=r"192\.0\.2\.7"),
        guards.loopback_only(patch, black_hole=False),
        socket.socket() as plain,
        contextlib.suppress(guards.NetworkForbiddenError),
    ):
        plain.connect(("192.0.2.7", 9))


def test_loopback_works_under_the_guard() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_thread_left_behind_is_named_with_the_place_of_its_start() -> None:
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="forgotten", daemon=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guards, "SETTLE_S", 0.05)
        expected = pytest.raises(AssertionError, match=r"(?s)forgotten.*test_guards\.py")
        with expected, guards.no_leaked_thread(patch):
            thread.start()
    release.set()
    thread.join()


@pytest.mark.parametrize(("was_there", "is_told"), [(True, False), (False, True)])
def test_a_pool_that_was_there_before_may_get_another_worker(
    monkeypatch: pytest.MonkeyPatch, was_there: bool, is_told: bool
) -> None:
    monkeypatch.setattr(guards, "SETTLE_S", 0.05)
    release = threading.Event()
    first, second = (threading.Thread(target=release.wait, name=f"asyncio_{number}") for number in range(2))
    if was_there:
        first.start()
    outcome = pytest.raises(AssertionError, match="asyncio_1") if is_told else nullcontext()
    try:
        with pytest.MonkeyPatch.context() as patch, outcome, guards.no_leaked_thread(patch):
            second.start()
    finally:
        release.set()
        for thread in filter(threading.Thread.is_alive, (first, second)):
            thread.join()


def test_the_products_log_ends_with_its_test(tmp_path: Path) -> None:
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)
    with guards.log_as_before():
        start_files(tmp_path, file_mb=1, files=2)
        assert len(root.handlers) == len(before) + 1
    assert (root.level, root.handlers) == (level, before)


def test_a_child_process_left_behind_is_reported_and_ended() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guards, "SETTLE_S", 0.5)
        with pytest.raises(AssertionError, match=r"sys\.stdin\.read"), guards.no_leaked_process():
            child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.close()
    assert not psutil.pid_exists(child.pid)
    child.wait()


def test_an_open_window_and_a_running_timer_are_reported(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    timer = QTimer(window)
    timer.start(60_000)
    with pytest.raises(AssertionError, match="timers"):
        guards.assert_no_qt_leftovers(set())
    timer.stop()
    window.show()
    with pytest.raises(AssertionError, match="windows"):
        guards.assert_no_qt_leftovers(set())
    window.close()
    guards.assert_no_qt_leftovers(set())


def test_every_test_has_a_home_of_its_own(fresh_home: Path) -> None:
    assert Path.home() == fresh_home
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(fresh_home)
    assert not list(fresh_home.iterdir())


def test_the_keyring_refuses() -> None:
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("pantau", "post")


def test_waiting_gives_up_with_the_last_answer() -> None:
    with pytest.raises(AssertionError, match=r"the moon.*last: 0"):
        until(lambda: 0, within_s=0.01, what="the moon")


def test_the_private_x_server_shows_what_a_process_draws(xvfb: XDisplay) -> None:
    code = (
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "app = QApplication([]); window = QWidget(); window.setStyleSheet('background: rgb(200, 100, 50)')\n"
        "window.setGeometry(100, 100, 300, 200); window.show(); app.exec()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env=xvfb.env())
    try:
        until(lambda: xvfb.grab()[150, 200].tolist() == [200, 100, 50], what="the window on the screen")
        assert xvfb.grab().shape == (1080, 1920, 3)
    finally:
        process.kill()
        process.wait()
