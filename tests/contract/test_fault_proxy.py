"""The fault proxy between real simulated cameras and clients: each fault does what it says, and heals."""

from __future__ import annotations

import contextlib
import itertools
import socket
import time
from collections.abc import Callable, Iterator

import av
import psutil
import pytest

from tests.contract.fault_proxy_kit import STREAM, asked, client_of, media, next_media, playing, steps
from tests.contract.simulator_kit import Client
from tests.support.fault_proxy import (
    BLACK_HOLE,
    HALF_OPEN,
    HELD,
    NO_MEDIA,
    REFUSING,
    SILENT,
    STALL,
    Connect,
    Doorway,
    Fault,
    FaultNet,
    FaultProcess,
    FaultProxy,
    capped,
    dropping,
    finishing,
    most_in_a_second,
    resetting,
    slow,
)
from tests.support.odd_camera import LOOPBACK
from tests.support.simulated_cameras import Cameras, simulated_cameras
from tests.waiting import until

PICTURES = 20
WIDTH_PX = 640
STREAMS = 32
QUIET_S = 0.5
"""As long as several pictures last: nothing within it means that nothing comes."""
SOON_S = 1.0
UDP_PACKETS = 10


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as started:
        yield started


@pytest.fixture(scope="module")
def net() -> Iterator[FaultNet]:
    with FaultNet() as running:
        yield running


@pytest.fixture
def proxy(net: FaultNet, cameras: Cameras) -> FaultProxy:
    return net.proxy(cameras.port)


def is_quiet(client: Client) -> bool:
    """Whether nothing comes once that which was under way has been read, however long a busy machine takes."""
    return any(client.packets_for(QUIET_S) == [] for _ in range(5))


def ask(client: Client) -> None:
    """Send a request without waiting for its answer."""
    client.send(f"GET_PARAMETER {client.url} RTSP/1.0\r\nCSeq: 99\r\nSession: {client.session}\r\n\r\n".encode())


# --- nothing wrong ---


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_healthy_link_shows_pictures(proxy: FaultProxy, transport: str) -> None:
    url = f"rtsp://{LOOPBACK}:{proxy.port}{STREAM}"
    with av.open(url, options={"rtsp_transport": transport}, timeout=(20.0, 20.0)) as container:
        pictures = [picture.width for picture in itertools.islice(container.decode(video=0), PICTURES)]
    assert pictures == [WIDTH_PX] * PICTURES


def test_a_healthy_link_loses_nothing(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        assert set(steps(next_media(client, PICTURES))) == {1}
        assert client.ask("GET_PARAMETER", session=client.session).status == 200


def test_many_streams_play_through_one_process(cameras: Cameras) -> None:
    with FaultProcess() as process, contextlib.ExitStack() as opened:
        proxies = [process.proxy(cameras.port) for _ in range(STREAMS)]
        clients = [opened.enter_context(playing(each.port)) for each in proxies]
        for client in clients:
            assert set(steps(next_media(client, PICTURES))) == {1}
        for each in proxies[::2]:
            each.set(STALL)
        assert is_quiet(clients[0])  # by now the others' last packets are here, too
        for client in clients[::2]:
            client.packets_for(0.02)
        assert all(client.packets_for(0.02) == [] for client in clients[::2])
        assert all(next_media(client, PICTURES) for client in clients[1::2])
        assert [each.connections for each in proxies] == [1] * STREAMS
        assert [len(each.log) for each in proxies] == [1] * STREAMS


# --- nothing comes ---


def test_a_stalled_link_loses_what_comes_meanwhile(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        proxy.set(STALL)
        before = media(client.packets_for(0.05))
        assert is_quiet(client)
        proxy.heal()
        after = next_media(client, 20)
    assert set(steps(after)) == {1}
    assert not before or steps([before[-1], after[0]])[0] > 1


def test_a_held_link_gives_everything_in_a_burst(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        proxy.set(HELD)
        before = media(client.packets_for(0.05))
        assert is_quiet(client)
        proxy.heal()
        burst = media(client.packets_for(0.1))
    assert set(steps(before + burst)) == {1}
    assert len(burst) > 5


def test_a_silent_link_shows_pictures_and_answers_nothing(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client, client_of(proxy.port) as other:
        proxy.set(SILENT)
        ask(client)
        assert next_media(client, 20)  # an answer would not parse as a packet
        ask(other)
        assert is_quiet(other)
        proxy.heal()
        assert client.ask("GET_PARAMETER", session=client.session).status == 200


def test_a_link_without_media_still_answers(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        proxy.set(NO_MEDIA)
        assert is_quiet(client)
        assert client.ask("GET_PARAMETER", session=client.session).status == 200


def test_a_half_open_link_swallows_both_ways(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        proxy.set(HALF_OPEN)
        with asked(proxy.port) as other:
            other.settimeout(QUIET_S)
            with pytest.raises(TimeoutError):
                other.recv(1)
            proxy.heal()
            with pytest.raises(TimeoutError):  # nobody behind it knows of it
                other.recv(1)
        assert next_media(client, 20)
        assert client.ask("GET_PARAMETER", session=client.session).status == 200


# --- it comes late ---


def test_a_slow_link_delays_and_heals_without_loss(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        set_s = proxy.set(slow(SOON_S))
        early = client.packets_for(SOON_S / 2)
        late = [*early, client.packet()]
        assert time.monotonic() - set_s >= SOON_S * 0.9
        late += client.packets_for(QUIET_S)
        proxy.heal()
        late += client.packets_for(0.1)
    assert set(steps(media(late))) == {1}


def test_pictures_of_a_capped_link_come_later_and_later(proxy: FaultProxy) -> None:
    with playing(proxy.port) as client:
        set_s = proxy.set(capped(rate_kbps=64))
        client.packets_for(0.1)  # what was under way before
        packets = [data for _, data in client.packets_for(1.5)]
        took_s = time.monotonic() - set_s
        assert sum(map(len, packets)) * 8 <= 64_000 * took_s * 1.5
        proxy.heal()
        after = next_media(client, 40)
    assert set(steps(after)) == {1}


# --- it ends ---


@pytest.mark.parametrize(
    ("make", "error"), [(resetting, ConnectionResetError), (finishing, EOFError)], ids=["RST", "FIN"]
)
def test_a_cut_link_ends_live_connections_and_takes_new_ones(
    proxy: FaultProxy, make: Callable[..., Fault], error: type[Exception]
) -> None:
    with playing(proxy.port) as client:
        proxy.set(make())
        with pytest.raises(error):
            while True:
                client.packet()
    with playing(proxy.port):
        until(lambda: proxy.connections == 1, what="the old connection's end")


@pytest.mark.parametrize(
    ("then", "error"),
    [
        (Doorway.CLOSED, ConnectionRefusedError),
        (Doorway.RESETS, ConnectionResetError),
        (Doorway.FINISHES, EOFError),
    ],
)
def test_a_cut_link_treats_new_connections_as_told(
    proxy: FaultProxy, then: Doorway, error: type[Exception]
) -> None:
    with playing(proxy.port) as client:
        proxy.set(resetting(then))
        with pytest.raises(ConnectionResetError):
            while True:
                client.packet()
    for _ in range(2):
        with pytest.raises(error), client_of(proxy.port) as other:
            other.reply()
    proxy.heal()
    with playing(proxy.port):
        pass


@pytest.mark.parametrize(("fault", "error"), [(REFUSING, ConnectionRefusedError), (BLACK_HOLE, TimeoutError)])
def test_a_shut_port_leaves_live_streams_and_opens_again(
    proxy: FaultProxy, fault: Fault, error: type[Exception]
) -> None:
    with playing(proxy.port) as client:
        proxy.set(fault)
        with pytest.raises(error):
            socket.create_connection((LOOPBACK, proxy.port), timeout=QUIET_S)
        assert set(steps(next_media(client, 20))) == {1}
        proxy.heal()
        with playing(proxy.port):
            assert proxy.connections == 2


def test_a_camera_that_is_not_there_is_a_broken_connection(net: FaultNet) -> None:
    with socket.socket() as nobody:
        nobody.bind((LOOPBACK, 0))
        proxy = net.proxy(nobody.getsockname()[1])
        with pytest.raises(ConnectionResetError), client_of(proxy.port) as client:
            client.reply()


# --- datagrams ---


@contextlib.contextmanager
def udp_playing(port: int) -> Iterator[socket.socket]:
    """The socket on which a stream's RTP arrives."""
    with socket.socket(type=socket.SOCK_DGRAM) as bound, client_of(port) as client:
        bound.bind((LOOPBACK, 0))
        bound.settimeout(20.0)
        ours = bound.getsockname()[1]
        answer = client.set_up(f"RTP/AVP;unicast;client_port={ours}-{ours + 1}")
        assert f"client_port={ours}-{ours + 1}" in answer.headers["transport"]
        assert client.play().status == 200
        yield bound


def datagrams(bound: socket.socket, count: int = UDP_PACKETS) -> list[int]:
    """The steps between the sequence numbers of the next packets."""
    return steps(media([(0, bound.recv(65_536)) for _ in range(count)]))


def test_datagrams_pass_and_suffer_the_same_faults(proxy: FaultProxy) -> None:
    with udp_playing(proxy.port) as bound:
        assert set(datagrams(bound)) == {1}
        proxy.set(dropping(0.5))
        assert max(datagrams(bound)) > 1
        proxy.set(STALL)
        bound.settimeout(QUIET_S)
        with pytest.raises(TimeoutError):
            datagrams(bound, 1000)
        proxy.heal()
        assert set(datagrams(bound)) == {1}


# --- the net itself ---


def test_every_connect_is_on_record(proxy: FaultProxy) -> None:
    begun_s = time.monotonic()
    for _ in range(3):
        socket.create_connection((LOOPBACK, proxy.port)).close()
    until(lambda: len(proxy.log) == 3)
    proxy.set(resetting(Doorway.RESETS))
    socket.create_connection((LOOPBACK, proxy.port)).close()
    until(lambda: len(proxy.log) == 4)
    assert [each.met for each in proxy.log] == [Doorway.OPEN] * 3 + [Doorway.RESETS]
    assert all(begun_s <= each.at_s <= time.monotonic() for each in proxy.log)


@pytest.mark.parametrize(
    ("times_s", "most"), [([], 0), ([5.0], 1), ([0.0, 0.9, 1.0, 1.8], 3), ([3.0, 0.0, 1.0, 2.0], 1)]
)
def test_the_busiest_second_is_found(times_s: list[float], most: int) -> None:
    assert most_in_a_second(Connect(at_s, Doorway.OPEN) for at_s in times_s) == most


@pytest.mark.parametrize("fault", [slow(10.0), BLACK_HOLE, HALF_OPEN, finishing(), capped(1.0)])
def test_a_net_leaves_nothing_open(cameras: Cameras, fault: Fault) -> None:
    before = psutil.Process().num_fds()
    with contextlib.ExitStack() as clients, FaultNet() as net:  # the net ends first
        proxy = net.proxy(cameras.port)
        for each in (playing(proxy.port), client_of(proxy.port), udp_playing(proxy.port)):
            clients.enter_context(each)
        proxy.set(fault)
        with contextlib.suppress(TimeoutError):
            socket.create_connection((LOOPBACK, proxy.port), timeout=QUIET_S).close()
    assert psutil.Process().num_fds() == before
