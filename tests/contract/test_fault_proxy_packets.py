"""What the fault proxy does to bytes and packets, exactly: in front of a camera that follows a script."""

from __future__ import annotations

import dataclasses
import json
import random
import time
from collections.abc import Iterator, Sequence

import pytest

from tests.contract.fault_proxy_kit import (
    PAYLOAD_BYTES,
    RTCP,
    Scripted,
    asked,
    framed,
    received,
    rtp,
    scripted,
)
from tests.support import fault_proxy
from tests.support.fault_proxy import (
    HEALTHY,
    HELD,
    STALL,
    Ending,
    Fault,
    FaultNet,
    PacketFault,
    Where,
    capped,
    corrupting,
    dropping,
    duplicating,
    reordering,
    slow,
    trickle,
)
from tests.support.fault_proxy.interleaved import Kind, Splitter, packet_kind, payload_at
from tests.waiting import until

COUNT = 200
ANSWER = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\n$\r\n$"
LAST = b"RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n"
REPORT = framed(bytes([0x80, 200, 0, 6]) + bytes(24), RTCP)
PACKETS = [framed(rtp(number)) for number in range(COUNT)]
STREAM = ANSWER + b"".join(PACKETS) + REPORT + LAST
FRAMED_BYTES = len(PACKETS[0])
HEADER_BYTES = FRAMED_BYTES - PAYLOAD_BYTES
MANY_BYTES = 100_000_000


@pytest.fixture(scope="module")
def net() -> Iterator[FaultNet]:
    with FaultNet() as running:
        yield running


def through(net: FaultNet, fault: Fault, says: bytes = STREAM) -> bytes:
    """What a console gets of a camera that says this and leaves."""
    with scripted(Scripted(says, ends=Ending.FINISH)) as camera:
        proxy = net.proxy(camera)
        proxy.set(fault)
        with asked(proxy.port) as console:
            return received(console)


def packets_in(data: bytes) -> list[bytes]:
    """The RTP packets of a stream, framed."""
    return [unit.data for unit in Splitter().feed(data) if unit.kind is Kind.MEDIA]


def numbers(packets: Sequence[bytes]) -> list[int]:
    """The sequence numbers of framed packets."""
    return [int.from_bytes(packet[6:8]) for packet in packets]


# --- bytes ---


@pytest.mark.parametrize("says", [STREAM, random.Random(1).randbytes(300_000), b"SSH-2.0-x\r\n" + STREAM, b""])
def test_bytes_pass_unchanged_whatever_they_are(net: FaultNet, says: bytes) -> None:
    assert through(net, HEALTHY, says) == says


@pytest.mark.parametrize("fault", [slow(0.3), capped(1_000), PacketFault(seed=5)])
def test_lateness_changes_no_byte(net: FaultNet, fault: Fault | PacketFault) -> None:
    wrong = fault if isinstance(fault, Fault) else Fault(packets=fault)
    assert through(net, wrong) == STREAM


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_a_stream_is_cut_where_its_units_end(size: int) -> None:
    splitter = Splitter()
    pieces = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    units = [unit for piece in pieces for unit in splitter.feed(piece)]
    assert [unit.data for unit in units] == [ANSWER, *PACKETS, REPORT, LAST]
    kinds = [Kind.TEXT, *[Kind.MEDIA] * COUNT, Kind.CONTROL, Kind.TEXT]
    assert [unit.kind for unit in units] == kinds
    assert splitter.rest() == []


def test_headers_with_sources_and_extensions_are_measured() -> None:
    plain = rtp(1)
    extended = bytes([0x92]) + plain[1:12] + bytes(8) + bytes([0, 0, 0, 2]) + bytes(8) + b"x"
    assert payload_at(plain) == 12
    assert payload_at(extended) == len(extended) - 1
    assert packet_kind(plain) is Kind.MEDIA
    assert packet_kind(bytes([0x80, 201]) + bytes(30)) is Kind.CONTROL


# --- packets ---


def test_dropped_packets_are_missing_whole(net: FaultNet) -> None:
    got = packets_in(through(net, dropping(0.3, seed=1)))
    assert 0.5 * COUNT < len(got) < 0.9 * COUNT
    assert got == [PACKETS[number] for number in numbers(got)]


def test_duplicated_packets_come_twice_in_place(net: FaultNet) -> None:
    got = packets_in(through(net, duplicating(0.3, seed=1)))
    assert 1.1 * COUNT < len(got) < 1.5 * COUNT
    assert got == sorted(got, key=lambda packet: numbers([packet]))
    assert set(got) == set(PACKETS)


def test_reordered_packets_change_places_with_a_neighbour(net: FaultNet) -> None:
    got = numbers(packets_in(through(net, reordering(0.3, seed=1))))
    assert sorted(got) == list(range(COUNT))
    assert got != sorted(got)
    assert max(abs(place - number) for place, number in enumerate(got)) == 1


def test_a_packet_that_waits_for_a_neighbour_comes_before_the_end(net: FaultNet) -> None:
    assert numbers(packets_in(through(net, reordering(1.0), ANSWER + PACKETS[0]))) == [0]


@pytest.mark.parametrize(
    ("where", "first", "last"),
    [(Where.PAYLOAD, HEADER_BYTES, FRAMED_BYTES - 1), (Where.HEADER, 4, HEADER_BYTES - 1)],
)
def test_corrupted_packets_differ_where_they_should(net: FaultNet, where: Where, first: int, last: int) -> None:
    got = packets_in(through(net, corrupting(0.3, where, bits=3, seed=1)))
    pairs = list(zip(PACKETS, got, strict=True))
    harmed = [(a, b) for a, b in pairs if a != b]
    assert 0.1 * COUNT < len(harmed) < 0.5 * COUNT
    changed = [at for a, b in harmed for at in range(FRAMED_BYTES) if a[at] != b[at]]
    assert first <= min(changed) <= max(changed) <= last
    assert all((int.from_bytes(a) ^ int.from_bytes(b)).bit_count() == 3 for a, b in harmed)


def test_corruption_anywhere_also_hits_the_framing(net: FaultNet) -> None:
    got = through(net, corrupting(1.0, Where.ANYWHERE, bits=40, seed=1))
    assert len(got) == len(STREAM)
    at = len(ANSWER)
    framings = [got[each : each + 4] for each in range(at, at + COUNT * FRAMED_BYTES, FRAMED_BYTES)]
    assert any(each != PACKETS[0][:4] for each in framings)


def test_the_same_seed_does_the_same_harm(net: FaultNet) -> None:
    def harm(seed: int) -> bytes:
        shares = PacketFault(0.1, 0.1, 0.1, 0.1, seed=seed)
        return through(net, Fault(packets=shares))

    assert harm(3) == harm(3)
    assert harm(3) != harm(4)


def test_reports_and_answers_are_never_harmed(net: FaultNet) -> None:
    assert through(net, dropping(1.0)) == ANSWER + REPORT + LAST


# --- time ---


def test_a_trickle_gives_so_many_bytes_a_second_and_heals_whole(net: FaultNet) -> None:
    with scripted(Scripted(STREAM)) as camera:
        proxy = net.proxy(camera)
        proxy.set(trickle(bytes_per_s=2_000))
        begun_s = time.monotonic()
        with asked(proxy.port) as console:
            got = received(console, 1_000)
            assert time.monotonic() - begun_s > 0.4
            proxy.heal()
            assert got + received(console, len(STREAM) - len(got)) == STREAM


def test_a_bounded_queue_loses_media_and_nothing_else(net: FaultNet) -> None:
    got = through(net, capped(rate_kbps=80, queue_bytes=5_000))
    assert got.startswith(ANSWER)
    assert got.endswith(REPORT + LAST)
    assert 20 < len(packets_in(got)) < 100


def test_a_stall_lets_a_packet_that_has_begun_end(net: FaultNet) -> None:
    with scripted(Scripted(STREAM)) as camera:
        proxy = net.proxy(camera)
        proxy.set(trickle(bytes_per_s=2_000))
        with asked(proxy.port) as console:
            got = received(console, len(ANSWER) + FRAMED_BYTES + 5)
            proxy.set(STALL)
            got += received(console, len(ANSWER) + 2 * FRAMED_BYTES - len(got))
            console.settimeout(0.3)
            with pytest.raises(TimeoutError):
                got += console.recv(1)
    assert packets_in(got) == PACKETS[: len(packets_in(got))]


@pytest.mark.parametrize(("ends", "error"), [(Ending.FINISH, None), (Ending.RESET, ConnectionResetError)])
@pytest.mark.parametrize("fault", [STALL, HELD])
def test_a_camera_that_leaves_behind_a_cut_link_is_noticed_when_it_heals(
    net: FaultNet, fault: Fault, ends: Ending, error: type[Exception] | None
) -> None:
    script = Scripted(b"", ends=ends)
    with scripted(script) as camera:
        proxy = net.proxy(camera)
        proxy.set(fault)
        with asked(proxy.port) as console:
            until(lambda: script.heard)
            console.settimeout(0.3)
            with pytest.raises(TimeoutError):
                console.recv(1)
            console.settimeout(20.0)
            proxy.heal()
            if error is None:
                assert console.recv(1) == b""
            else:
                with pytest.raises(error):
                    console.recv(1)


def test_a_console_that_does_not_read_slows_its_camera(net: FaultNet) -> None:
    script = Scripted(bytes(MANY_BYTES))
    with scripted(script) as camera:
        proxy = net.proxy(camera)
        with asked(proxy.port):
            until(lambda: script.sent_bytes)
            sent = -1
            while sent != script.sent_bytes:
                sent = script.sent_bytes
                time.sleep(0.3)
            assert sent < MANY_BYTES / 2


# --- data ---


def ready_faults() -> list[Fault]:
    """Every fault of the package that is one without arguments, and one with everything."""
    ready = [each for name in fault_proxy.__all__ if isinstance(each := getattr(fault_proxy, name), Fault)]
    packets = PacketFault(0.1, 0.2, 0.3, 0.4, Where.ANYWHERE, 2, 9)
    return [*ready, Fault(ends=Ending.RESET, rate_kbps=1.5, queue_bytes=7, delay_s=0.5, packets=packets)]


@pytest.mark.parametrize("fault", ready_faults())
def test_a_fault_survives_json(fault: Fault) -> None:
    assert Fault.from_json(json.loads(json.dumps(fault.as_json()))) == fault


def test_a_fault_of_few_words_is_enough() -> None:
    assert Fault.from_json({"packets": {"drop_share": 0.5}}) == dropping(0.5)
    with pytest.raises(TypeError):
        Fault.from_json({"drop_chair": 0.5})


def test_a_line_that_carries_nothing_is_no_rate() -> None:
    with pytest.raises(ValueError, match="stalled or held"):
        dataclasses.replace(HEALTHY, rate_kbps=0.0)
