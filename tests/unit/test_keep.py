"""A wall that ends by a fault comes back, later and later; one that was ended stays ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from app.core.backoff import RetryClass
from app.event_log import EventId
from app.keep import IN_ORDER, RESTART, Keeper
from tests.waiting import until

AT_ONCE = RetryClass(first_s=0.0, cap_s=0.0)
CODES_IN_TURN = """
import pathlib, sys
path = pathlib.Path(sys.argv[1])
codes = path.read_text().split()
path.write_text(" ".join(codes[1:]))
print("the wall says", codes[0], file=sys.stderr)
sys.exit(int(codes[0]))
"""
WAITS = "import sys, time; print('up', file=sys.stderr, flush=True); time.sleep(60)"


class Events(list[tuple[EventId, str]]):
    def __call__(self, event: EventId, text: str) -> None:
        self.append((event, text))


def keeper(tmp_path: Path, codes: str, restart: RetryClass = AT_ONCE) -> tuple[Keeper, Events]:
    (tmp_path / "codes").write_text(codes)
    events = Events()
    command = (sys.executable, "-c", CODES_IN_TURN, str(tmp_path / "codes"))
    return Keeper(command, command, events, restart=restart), events


@pytest.mark.parametrize("code", sorted(IN_ORDER))
def test_a_wall_that_was_ended_stays_ended(tmp_path: Path, code: int) -> None:
    kept, events = keeper(tmp_path, f"{code} 9")
    assert kept.run() == code and events == []


def test_a_fault_is_followed_by_a_start_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept, events = keeper(tmp_path, "1 70 0")
    assert kept.run() == 0
    assert [event for event, _ in events] == [EventId.RESTARTED] * 2
    assert events[1][1] == "the wall ended with 70, fault 2 in a row; it is started again in 0 s"
    assert capsys.readouterr().err.splitlines() == ["the wall says 1", "the wall says 70", "the wall says 0"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that takes nothing")
def test_a_disk_that_takes_no_more_words_ends_no_keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, events = keeper(tmp_path, "1 70 0")
    full = Path("/dev/full").open("w")  # noqa: SIM115  # its close fails, too
    monkeypatch.setattr(sys, "stderr", full)
    assert kept.run() == 0 and len(events) == 2
    with suppress(OSError):
        full.close()
    (tmp_path / "codes").write_text("1 0")
    assert kept.run() == 0, "nor one that was closed"


def test_after_a_fault_it_is_started_in_its_other_way(capsys: pytest.CaptureFixture[str]) -> None:
    first, again = (
        (sys.executable, "-c", f"import sys; print('{said}', file=sys.stderr); sys.exit({code})")
        for said, code in (("with a code", 1), ("without", 0))
    )
    assert Keeper(first, again, Events(), restart=AT_ONCE).run() == 0
    assert capsys.readouterr().err.splitlines() == ["with a code", "without"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such exit code")
def test_a_wall_that_was_killed_is_told_as_such(tmp_path: Path) -> None:
    events = Events()
    killed = (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    again = (sys.executable, "-c", "")
    assert Keeper(killed, again, events, restart=AT_ONCE).run() == 0
    assert events[0][1].startswith("the wall was killed (-9): by its watchdog because it stood still, or")


def test_faults_in_a_row_wait_longer_and_a_long_run_is_forgiven(tmp_path: Path) -> None:
    """The clock says how long each wall ran: briefly twice, then for an hour."""
    (tmp_path / "codes").write_text("1 1 1 0")
    times = iter((0.0, 1.0, 10.0, 11.0, 20.0, 3_620.0, 3_630.0))
    events = Events()
    command = (sys.executable, "-c", CODES_IN_TURN, str(tmp_path / "codes"))
    restart = RetryClass(first_s=0.01, cap_s=1.0)
    assert Keeper(command, command, events, lambda: next(times), restart).run() == 0
    assert [text.rpartition(" in ")[2] for _, text in events] == ["0.01 s", "0.02 s", "0.01 s"]


def test_the_wait_has_an_end() -> None:
    assert [RESTART.ceiling_s(faults) for faults in (1, 2, 3, 9, 10, 1_000)] == [1, 2, 4, 256, 300, 300]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_keeper_that_is_told_to_end_ends_its_wall_and_starts_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    events = Events()
    kept = Keeper((sys.executable, "-c", WAITS), (), events)

    def end() -> None:
        until(lambda: "up" in capsys.readouterr().err, what="the wall")
        os.kill(os.getpid(), signal.SIGTERM)

    teller = threading.Thread(target=end)
    teller.start()
    assert kept.run() == -signal.SIGTERM and events == []
    teller.join()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_keeper_that_waits_to_try_again_can_be_ended(tmp_path: Path) -> None:
    kept, events = keeper(tmp_path, "1 0", RetryClass(first_s=60.0, cap_s=60.0))

    def end() -> None:
        until(lambda: bool(events), what="the first fault")
        os.kill(os.getpid(), signal.SIGTERM)

    teller = threading.Thread(target=end)
    teller.start()
    assert kept.run() == 1
    teller.join()
