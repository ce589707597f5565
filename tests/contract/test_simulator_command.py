"""The simulator as a process: how it is told its secret, says where it listens, and ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import psutil
import pytest

from app.demo.simulator.command import read_credentials

_ROOT = Path(__file__).resolve().parents[2]
_SECRET = "canary-9f3b"
_LINE = json.dumps({"username": "pantau", "secret": _SECRET})
_END_WITHIN_S = 20.0


@contextmanager
def _process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", "app.demo.simulator", "--port", "0", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        text=True,
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _streams(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return str(json.loads(process.stdout.readline())["streams"])


def test_it_plays_after_one_line_and_ends_with_its_parents_pipe(tmp_path: Path) -> None:
    log = tmp_path / "events.jsonl"
    with _process("--parent-pipe", "--log", str(log)) as process:
        _tell(process, _LINE)
        address = _streams(process)
        assert address.startswith("rtsp://127.0.0.1:")
        url = address.replace("//", f"//pantau:{_SECRET}@") + "/sub/JKT-00001"
        with av.open(url, options={"rtsp_transport": "tcp"}, timeout=(10.0, 10.0)) as player:
            assert next(player.demux(video=0)).size > 0
        command_line = " ".join(psutil.Process(process.pid).cmdline())
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(_END_WITHIN_S) == 0
        assert process.stderr is not None
        complaints = process.stderr.read()
        process.stdin = None
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["event"] for event in events] == ["attempt", "play", "end"]
    assert {event["camera"] for event in events} == {"JKT-00001"}
    assert _SECRET not in log.read_text() + command_line + complaints
    assert complaints == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to ask a process to end")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_on_a_signal(number: signal.Signals) -> None:
    with _process("--parent-pipe") as process:
        _tell(process, _LINE)
        _streams(process)
        process.send_signal(number)
        assert process.wait(_END_WITHIN_S) == 0


def test_it_listens_on_loopback_only() -> None:
    with _process("--parent-pipe") as process:
        _tell(process, _LINE)
        _streams(process)
        listening = [
            c for c in psutil.Process(process.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN
        ]
    assert [connection.laddr.ip for connection in listening] == ["127.0.0.1"]


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with _process("--parent-pipe") as first:
        _tell(first, _LINE)
        port = _streams(first).rpartition(":")[2]
        with _process("--parent-pipe", "--port", port) as second:
            _tell(second, _LINE)
            assert second.wait(_END_WITHIN_S) == 2
            assert second.stderr is not None
            complaint = second.stderr.read()
    assert complaint.count("\n") == 1
    assert complaint.startswith("camera simulator: ")


@pytest.mark.parametrize("line", ["", "not json", "[]", '{"username":"x"}', '{"username":1,"secret":"s3cret"}'])
def test_a_bad_first_line_is_refused_without_repeating_it(line: str) -> None:
    with pytest.raises(ValueError, match=r"standard input|texts") as refusal:
        read_credentials(line)
    assert "s3cret" not in str(refusal.value)


def test_credentials_do_not_print() -> None:
    assert _SECRET not in repr(read_credentials(_LINE))
