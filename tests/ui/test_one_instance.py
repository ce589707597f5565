"""A second start finds the first one's wall and has it shown; strangers and dead walls are not taken for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from ui.one_instance import OneInstance, name_of

SECOND_START = """
import sys
from ui import one_instance
one_instance.ANSWER_LIMIT_MS = int(sys.argv[2])
sys.exit(0 if one_instance.show_running(sys.argv[1]) else 7)
"""


class Shows(list[str]):
    def __call__(self) -> None:
        self.append("shown")


@pytest.fixture
def shows() -> Shows:
    return Shows()


@pytest.fixture
def first(qapp: object, shows: Shows) -> Iterator[OneInstance]:
    instance = OneInstance("post_7", shows)
    assert instance.is_listening
    yield instance
    instance.close()


def asked(qtbot: QtBot, post_id: str, limit_ms: int = 20_000) -> bool:
    """A second start, as a process of its own; whether it has found a wall and had it shown."""
    with subprocess.Popen([sys.executable, "-c", SECOND_START, post_id, str(limit_ms)]) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=60_000)
        return process.returncode == 0


def test_a_second_start_has_the_first_one_shown(qtbot: QtBot, first: OneInstance, shows: Shows) -> None:
    assert asked(qtbot, "post_7") and shows == ["shown"]
    assert asked(qtbot, "post_7") and shows == ["shown"] * 2


def test_another_post_has_a_wall_of_its_own(qtbot: QtBot, first: OneInstance, shows: Shows) -> None:
    assert not asked(qtbot, "post_8") and shows == []


def test_a_wall_that_was_closed_is_not_found(qtbot: QtBot, first: OneInstance, shows: Shows) -> None:
    first.close()
    assert not asked(qtbot, "post_7") and shows == []


def test_what_a_killed_wall_has_left_is_taken_over(qtbot: QtBot, qapp: object, shows: Shows) -> None:
    dead = QLocalServer()
    assert dead.listen(name_of("post_7"))
    instance = OneInstance("post_7", shows)
    assert instance.is_listening and asked(qtbot, "post_7")
    instance.close()
    dead.close()


def test_only_one_word_is_understood(qtbot: QtBot, first: OneInstance, shows: Shows) -> None:
    socket = QLocalSocket()
    socket.connectToServer(name_of("post_7"))
    socket.write(b"quit\n")
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert shows == []


def test_a_wall_that_does_not_answer_is_not_waited_for(qtbot: QtBot, qapp: object) -> None:
    hung = QLocalServer()
    assert hung.listen(name_of("post_7"))
    assert not asked(qtbot, "post_7", limit_ms=50)
    hung.close()


def test_the_name_tells_nobody_which_post_it_is() -> None:
    assert "post_7" not in name_of("post_7") and name_of("post_7") != name_of("post_8")
