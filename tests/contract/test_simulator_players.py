"""The simulator as a real player sees it: FFmpeg's RTSP client, through PyAV."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import av
import av.error
import pytest
from av.container import InputContainer

from app.core.model import Profile
from app.demo import barcode
from app.demo.scenes import CLIP_FORMATS, ClipFormat, phase_s
from app.demo.simulator.server import SimulatorThread
from tests.contract.simulator_kit import Client, player_url, simulator
from tests.waiting import until

_LATE_S = 1.0
"""Ours is 0.05 to 0.08 s; on busy cores the reader is late, not the camera."""


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatorThread]:
    with simulator() as started:
        yield started


@pytest.mark.parametrize(
    ("code", "profile", "transport"),
    [
        ("JKT-00001", Profile.SUB, "tcp"),  # H.264
        ("JKT-00003", Profile.MAIN, "udp"),  # H.264
        ("JKT-00001", Profile.MAIN, "tcp"),  # H.265
        ("JKT-00003", Profile.SUB, "udp"),  # H.265
    ],
)
def test_both_codecs_play_over_both_transports_on_time(
    running: SimulatorThread, code: str, profile: Profile, transport: str
) -> None:
    measures = CLIP_FORMATS[profile]
    with _open(running, f"/{profile.value}/{code}", transport=transport) as player:
        ages_s = []
        for frame in player.decode(video=0):
            assert (frame.width, frame.height) == (measures.width_px, measures.height_px)
            ages_s.append(_age_s(frame, code, measures))
            if len(ages_s) == 6:
                break
    assert min(ages_s) < _LATE_S


@pytest.mark.parametrize("scheme", ["digest", "digestqop", "basic"])
def test_a_password_with_reserved_characters_opens_every_scheme(running: SimulatorThread, scheme: str) -> None:
    with _open(running, f"/{scheme}/sub/JKT-00001") as player:
        assert next(player.demux(video=0)).size > 0


@pytest.mark.parametrize("scheme", ["digest", "digestqop", "basic"])
def test_a_wrong_password_is_named_so(running: SimulatorThread, scheme: str) -> None:
    with pytest.raises(av.error.HTTPUnauthorizedError):
        _open(running, f"/{scheme}/sub/JKT-00001", password="wrong")


def test_a_path_that_is_not_there_is_named_so(running: SimulatorThread) -> None:
    with pytest.raises(av.error.HTTPNotFoundError):
        _open(running, "/elsewhere/JKT-00001")


def test_packets_of_a_camera_without_pictures_never_decode() -> None:
    """Its own simulator, so that the reader ends when the stream does."""
    with simulator() as own:
        for code in ("JKT-00001", "JKT-00003"):
            with _open(own, f"/nopictures,eos1.8/sub/{code}") as player:
                packets, pictures = 0, 0
                for packet in player.demux(video=0):
                    packets += packet.size > 0
                    pictures += _decoded(packet)
            assert packets > 5
            assert pictures == 0


def test_two_clients_of_one_camera_see_the_same_moment(running: SimulatorThread) -> None:
    measures = CLIP_FORMATS[Profile.SUB]
    with _open(running, "/sub/JKT-00007") as first, _open(running, "/sub/JKT-00007") as second:
        ages = []
        for player in (first, second):
            for count, frame in enumerate(player.decode(video=0)):
                if count == 5:
                    ages.append(_age_s(frame, "JKT-00007", measures))
                    break
    assert max(ages) < _LATE_S


def test_twenty_clients_keep_the_full_rate_beside_one_that_never_reads(running: SimulatorThread) -> None:
    measures = CLIP_FORMATS[Profile.SUB]
    seconds_s = 2.5
    counts: dict[str, int] = {}

    def count(code: str) -> None:
        with Client(running, f"/sub/{code}") as client:
            client.start()
            client.packets_for(0.5)
            got = client.packets_for(seconds_s)
        counts[code] = sum(1 for channel, packet in got if channel == 0 and packet[1] & 0x80)

    with Client(running, "/main/JKT-00001") as stuck:
        stuck.start()
        readers = [threading.Thread(target=count, args=(f"JKT-{n:05d}",)) for n in range(1, 21)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    wanted = measures.frame_rate_fps * seconds_s
    assert len(counts) == 20
    assert min(counts.values()) >= wanted * 0.9


def test_nothing_is_left_when_players_close(running: SimulatorThread) -> None:
    with _open(running, "/sub/JKT-00001") as player:
        next(player.demux(video=0))
    until(lambda: running.connections == 0, what="all connections closed")


def _open(running: SimulatorThread, path: str, *, transport: str = "tcp", password: str = "") -> InputContainer:
    url = player_url(running, path, password) if password else player_url(running, path)
    options = {
        "rtsp_transport": transport,
        "fflags": "nobuffer",
        "analyzeduration": "500000",
        "probesize": "200000",
    }
    return av.open(url, options=options, timeout=(10.0, 10.0))


def _age_s(frame: av.VideoFrame, code: str, measures: ClipFormat) -> float:
    """How long ago the camera saw this frame, by its burnt-in index."""
    now_s = time.time()
    index = barcode.read(frame.to_ndarray(format="gray"))
    assert index is not None
    return ((now_s + phase_s(code)) * measures.frame_rate_fps - index) % measures.frames / measures.frame_rate_fps


def _decoded(packet: av.Packet) -> int:
    try:
        return len(packet.decode())
    except av.error.InvalidDataError:
        return 0
