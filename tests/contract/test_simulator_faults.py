"""What each fault of a simulated camera looks like from outside, and how paths ask for it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest

from app.demo.scenes import Fault
from app.demo.simulator.auth import Scheme
from app.demo.simulator.faults import HEALTHY, Behaviour, Gap, behaviour_for, parse_options, parse_path
from app.demo.simulator.rtsp import Status
from app.demo.simulator.server import SimulatorThread
from tests.contract.simulator_kit import Client, simulator

_RTP, _RTCP = 0, 1
_GOODBYE = 203


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatorThread]:
    with simulator() as started:
        yield started


def test_a_silent_camera_never_answers_describe_and_keeps_the_connection(running: SimulatorThread) -> None:
    with Client(running, "/silent,noauth/sub/JKT-00001") as client:
        client.send(f"DESCRIBE {client.url} RTSP/1.0\r\nCSeq: 9\r\n\r\n".encode())
        assert client.packets_for(0.6) == []
        client.send(b"OPTIONS * RTSP/1.0\r\nCSeq: 10\r\n\r\n")
        assert client.reply().headers["cseq"] == "10"


def test_a_camera_without_data_answers_play_and_sends_nothing(running: SimulatorThread) -> None:
    with Client(running, "/nodata/sub/JKT-00001") as client:
        client.start()
        assert client.packets_for(0.6) == []


def test_a_stalled_camera_keeps_the_connection_and_answers(running: SimulatorThread) -> None:
    with Client(running, "/stall0.4/sub/JKT-00001") as client:
        client.start()
        assert client.packets_for(0.8)
        assert client.packets_for(0.4) == []
        assert client.ask("GET_PARAMETER", session=client.session).status == 200


def test_a_camera_in_a_gap_comes_back_by_itself(running: SimulatorThread) -> None:
    with Client(running, "/stale0.6of1/sub/JKT-00001") as client:
        client.start()
        seen = [len(client.packets_for(0.25)) > 0 for _ in range(9)]
    changes = sum(a != b for a, b in itertools.pairwise(seen))
    assert seen[0]
    assert changes >= 3


def test_an_ended_stream_says_goodbye_and_closes_in_order(running: SimulatorThread) -> None:
    with Client(running, "/eos0.4/sub/JKT-00001") as client:
        client.start()
        last = client.packet()
        with pytest.raises(EOFError):
            while True:
                last = client.packet()
    assert (last[0], last[1][1]) == (_RTCP, _GOODBYE)


def test_a_flapping_camera_breaks_the_connection_again_and_again(running: SimulatorThread) -> None:
    for _ in range(2):
        with Client(running, "/rst0.4/sub/JKT-00001") as client:
            client.start()
            with pytest.raises(ConnectionResetError):
                while True:
                    client.packet()


def test_a_slow_camera_answers_describe_late_and_then_plays(running: SimulatorThread) -> None:
    with Client(running, "/slow0.7/sub/JKT-00001") as client:
        started_s = time.monotonic()
        client.start()
        assert time.monotonic() - started_s >= 0.7
        assert client.packet()


@pytest.mark.parametrize(("option", "status"), [("busy", 453), ("busy503", 503)])
def test_a_busy_camera_refuses_to_describe(running: SimulatorThread, option: str, status: int) -> None:
    with Client(running, f"/{option}/sub/JKT-00001") as client:
        assert client.log_in().status == status


def test_the_known_faulty_codes_behave_so_without_options() -> None:
    assert behaviour_for("JKT-09992").is_silent
    assert behaviour_for("JKT-09993").stall_after_s == 0.0
    assert behaviour_for("JKT-09994").stall_after_s == 10.0
    assert behaviour_for("JKT-09995").reset_after_s == 8.0
    assert behaviour_for("JKT-09996").end_after_s == 10.0
    assert behaviour_for("JKT-09997").describe_delay_s == 2.0
    assert behaviour_for("JKT-09998").refusal is Status.NOT_ENOUGH_BANDWIDTH
    assert behaviour_for("JKT-09999").is_undecodable
    assert behaviour_for("JKT-10000").gap == Gap(lasts_s=6.0, every_s=20.0)


@pytest.mark.parametrize("number", range(4))
def test_faults_that_the_lease_plays_leave_the_camera_healthy(number: int) -> None:
    assert behaviour_for(f"JKT-{9_988 + number:05d}") == HEALTHY
    assert list(Fault)[number] in {Fault.REFUSED_PORT, Fault.BLACK_HOLE, Fault.WRONG_PASSWORD, Fault.NOT_FOUND}


def test_options_add_up_and_replace_the_codes_own_fault() -> None:
    path = parse_path("rtsp://127.0.0.1:1/stall5,basic,tcponly/main/JKT-10000/track0")
    assert path is not None
    assert path.behaviour == Behaviour(scheme=Scheme.BASIC, is_tcp_only=True, stall_after_s=5.0)


@pytest.mark.parametrize(
    "text", ["", "stall", "stallx", "flap", "stale5of0", "eos5of6", "stall5,,basic", "stall-1"]
)
def test_an_option_that_is_not_known_names_no_camera(text: str) -> None:
    assert parse_options(text) is None
