"""The simulator's RTSP, word by word, over real sockets."""

from __future__ import annotations

import itertools
import socket
import struct
import time
from collections.abc import Iterator

import pytest

from app.demo.simulator.journal import Event
from app.demo.simulator.server import SimulatorThread
from tests.contract.simulator_kit import GENEROUS_S, Client, Packet, simulator
from tests.waiting import until

_RTP, _RTCP = 0, 1
_SENDER_REPORT = 200
_NTP_EPOCH_OFFSET_S = 2_208_988_800


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatorThread]:
    with simulator() as started:
        yield started


def test_options_needs_no_password_and_lists_the_methods(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        reply = client.ask("OPTIONS")
    assert reply.status == 200
    assert {"DESCRIBE", "SETUP", "PLAY", "TEARDOWN", "GET_PARAMETER"} <= set(reply.headers["public"].split(", "))


@pytest.mark.parametrize("scheme", ["digest", "digestqop", "basic"])
def test_describe_asks_for_the_password_and_then_describes(running: SimulatorThread, scheme: str) -> None:
    with Client(running, f"/{scheme}/sub/JKT-00001") as client:
        assert client.ask("DESCRIBE").status == 401
        described = client.log_in()
    assert described.status == 200
    assert described.headers["content-base"].endswith("/sub/JKT-00001/")
    assert "sprop-parameter-sets=" in described.body
    assert "a=framerate:15" in described.body


def test_an_h265_camera_describes_all_three_parameter_sets(running: SimulatorThread) -> None:
    with Client(running, "/main/JKT-00001") as client:
        body = client.log_in().body
    assert "H265/90000" in body
    assert all(f"sprop-{kind}=" in body for kind in ("vps", "sps", "pps"))


@pytest.mark.parametrize("scheme", ["digest", "digestqop", "basic"])
def test_a_wrong_password_is_refused_and_counted(running: SimulatorThread, scheme: str) -> None:
    code = f"JKT-REFUSED-{scheme}"
    with Client(running, f"/{scheme}/sub/{code}", password="guess") as client:
        assert client.log_in().status == 401
    assert running.count(code, Event.UNAUTHORIZED) == 1
    assert running.count(code, Event.ATTEMPT) == 1


def test_a_nonce_is_good_for_its_own_connection_only(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as first, Client(running, "/sub/JKT-00001") as second:
        first.log_in()
        second.challenge = first.challenge
        assert second.ask("DESCRIBE").status == 401


def test_a_digest_made_for_another_url_is_refused(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.log_in()
        stolen = client.authorization("DESCRIBE", running.url("/sub/JKT-00002"))
        assert client.ask("DESCRIBE", authorized=False, authorization=stolen).status == 401


@pytest.mark.parametrize("method", ["SETUP", "PLAY", "TEARDOWN", "GET_PARAMETER"])
def test_every_later_request_needs_the_password_too(running: SimulatorThread, method: str) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.log_in()
        assert client.ask(method, authorized=False).status == 401


@pytest.mark.parametrize(
    "path",
    ["/", "/sub", "/third/JKT-00001", "/unheard-of/sub/JKT-00001", "/sub/no/such/JKT-00001", "/sub/a%20b"],
)
def test_a_path_that_no_camera_has_is_not_found(running: SimulatorThread, path: str) -> None:
    with Client(running, path) as client:
        assert client.ask("DESCRIBE").status == 404


def test_setup_of_another_track_is_not_found(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.log_in()
        assert client.ask("SETUP", transport="RTP/AVP/TCP;interleaved=0-1").status == 404


@pytest.mark.parametrize(
    ("path", "transport"),
    [
        ("/sub/JKT-00001", "RTP/AVP;multicast;client_port=6000-6001"),
        ("/sub/JKT-00001", "RTP/SAVP;unicast;client_port=6000-6001"),
        ("/sub/JKT-00001", "RTP/AVP;unicast;client_port=70000-70001"),
        ("/tcponly/sub/JKT-00001", "RTP/AVP;unicast;client_port=6000-6001"),
    ],
)
def test_a_transport_that_cannot_be_had_is_refused(running: SimulatorThread, path: str, transport: str) -> None:
    with Client(running, path) as client:
        client.log_in()
        assert client.set_up(transport).status == 461


def test_play_before_setup_is_not_valid_in_that_state(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.log_in()
        assert client.ask("PLAY").status == 455


def test_a_session_of_somebody_else_is_not_found(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as first, Client(running, "/sub/JKT-00001") as second:
        first.start()
        second.log_in()
        assert second.ask("PLAY", session=first.session).status == 454


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        ("nonsense\r\n\r\n", 400),
        ("DESCRIBE rtsp://h/sub/JKT-00001 RTSP/1.0\r\nno colon\r\n\r\n", 400),
        ("DESCRIBE rtsp://h/sub/JKT-00001 RTSP/1.0\r\n\r\n", 400),
        ("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: -5\r\n\r\n", 400),
        ("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 999999999\r\n\r\n", 400),
        ("DESCRIBE rtsp://h/sub/JKT-00001 RTSP/2.0\r\nCSeq: 1\r\n\r\n", 505),
        ("RECORD rtsp://h/sub/JKT-00001 RTSP/1.0\r\nCSeq: 1\r\n\r\n", 501),
    ],
)
def test_requests_out_of_form_get_the_answer_of_the_standard(
    running: SimulatorThread, request_text: str, status: int
) -> None:
    with Client(running, "/") as client:
        client.send(request_text.encode())
        assert client.reply().status == status


def test_a_head_without_end_is_cut_off(running: SimulatorThread) -> None:
    with Client(running, "/") as client:
        client.send(b"OPTIONS * RTSP/1.0\r\nX: " + b"x" * 100_000)
        assert client.reply().status == 400


def test_packets_come_in_order_with_a_marker_on_each_frames_last(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.start()
        packets = [Packet.parse(data) for channel, data in client.packets_for(1.5) if channel == _RTP]
    assert all(b.sequence == a.sequence + 1 & 0xFFFF for a, b in itertools.pairwise(packets))
    ends = [packet.timestamp for packet in packets if packet.marker]
    steps = {b - a & 0xFFFFFFFF for a, b in itertools.pairwise(ends)}
    assert len(ends) >= 15
    assert steps <= {6_000, 5_999, 6_001}


def test_sender_reports_count_packets_and_octets(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00002") as client:
        client.start()
        got = client.packets_for(5.6)
    reports = [(place, data) for place, (channel, data) in enumerate(got) if channel == _RTCP]
    assert [data[1] for _, data in reports] == [_SENDER_REPORT, _SENDER_REPORT]
    for place, data in reports:
        sent = [packet for channel, packet in got[:place] if channel == _RTP]
        assert struct.unpack(">II", data[20:28]) == (len(sent), sum(len(packet) - 12 for packet in sent))


def test_a_sender_report_ties_the_streams_clock_to_the_wall(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.start()
        got = client.packets_for(0.5)
    report = next(data for channel, data in got if channel == _RTCP)
    seconds, fraction, timestamp = struct.unpack(">III", report[8:20])
    reported_s = seconds - _NTP_EPOCH_OFFSET_S + fraction / 2**32
    first = next(Packet.parse(data) for channel, data in got if channel == _RTP)
    behind = (timestamp - first.timestamp + 2**31) % 2**32 - 2**31
    assert abs(time.time() - reported_s) < GENEROUS_S
    assert abs(behind) / 90_000 < 1.0


def test_datagrams_go_to_the_ports_the_client_named(running: SimulatorThread) -> None:
    with _udp_port() as media, _udp_port() as control, Client(running, "/sub/JKT-00001") as client:
        ports = f"{media.getsockname()[1]}-{control.getsockname()[1]}"
        client.start(f"RTP/AVP;unicast;client_port={ports}")
        assert control.recv(2_000)[1] == _SENDER_REPORT
        assert Packet.parse(media.recv(2_000)).payload


def test_a_pair_of_udp_ports_begins_with_an_even_one(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.log_in()
        transport = client.set_up("RTP/AVP/UDP;unicast;client_port=40000-40001").headers["transport"]
    first, second = transport.split("server_port=")[1].split(";")[0].split("-")
    assert (int(first) % 2, int(second)) == (0, int(first) + 1)


def test_pause_holds_the_packets_and_play_goes_on(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.start()
        assert client.ask("PAUSE", session=client.session).status == 200
        client.packets.clear()
        assert client.packets_for(0.4) == []
        client.play()
        assert client.packet()


def test_teardown_stops_the_stream_and_the_session_is_gone(running: SimulatorThread) -> None:
    with Client(running, "/sub/JKT-00001") as client:
        client.start()
        assert client.ask("TEARDOWN", session=client.session).status == 200
        client.packets.clear()
        assert client.packets_for(0.4) == []
        assert client.ask("PLAY", session=client.session).status == 454


def test_a_client_that_gives_no_sign_of_life_is_dropped_and_a_keep_alive_is_one() -> None:
    with simulator(session_timeout_s=1.0) as impatient, Client(impatient, "/sub/JKT-00001") as client:
        client.start()
        assert client.ask("GET_PARAMETER", session=client.session).headers["session"].endswith(";timeout=1")
        for _ in range(3):
            client.packets_for(0.5)
            assert client.ask("GET_PARAMETER", session=client.session).status == 200
        with pytest.raises(EOFError):
            while True:
                client.packet()


def test_receiver_reports_over_udp_keep_a_session_alive() -> None:
    with (
        simulator(session_timeout_s=1.0) as impatient,
        _udp_port() as media,
        _udp_port() as control,
        Client(impatient, "/sub/JKT-00001") as client,
    ):
        ports = f"{media.getsockname()[1]}-{control.getsockname()[1]}"
        client.log_in()
        transport = client.set_up(f"RTP/AVP;unicast;client_port={ports}").headers["transport"]
        server = int(transport.split("server_port=")[1].split(";")[0].split("-")[1])
        client.play()
        for _ in range(30):
            assert media.recv(2_000)
            control.sendto(b"\x80\xc9\x00\x01" + b"\0" * 4, ("127.0.0.1", server))
        assert client.ask("OPTIONS").status == 200


def test_connections_that_end_leave_nothing_behind() -> None:
    with simulator() as fresh:
        with Client(fresh, "/sub/JKT-00001") as client:
            client.start()
            assert fresh.connections == 1
        until(lambda: fresh.connections == 0, within_s=GENEROUS_S)
        assert fresh.count("JKT-00001", Event.PLAY) == fresh.count("JKT-00001", Event.END) == 1


def _udp_port() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind(("127.0.0.1", 0))
    opened.settimeout(GENEROUS_S)
    return opened
