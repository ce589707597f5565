"""Which stream, which surface, which host."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.budget import (
    STREAMS_PER_HOST,
    DirectVerdict,
    HostId,
    Surface,
    SurfaceChoice,
    choose_profile,
    choose_surface,
    hosts_for,
    place,
)
from app.core.model import AreaCode, Camera, CameraId, Codec, Jurisdiction, Profile, StreamProfile

MAIN = StreamProfile(Profile.MAIN, Codec.H264, 1920, 1080)
SUB = StreamProfile(Profile.SUB, Codec.H264, 640, 360)
SUB_OF_UNKNOWN_SIZE = StreamProfile(Profile.SUB, Codec.H264)
LARGE_SUB = StreamProfile(Profile.SUB, Codec.H264, 1280, 720)


def camera(*profiles: StreamProfile) -> Camera:
    return Camera(CameraId("c"), 1, "C-1", "C", AreaCode("31.71.01.1001"), Jurisdiction(), profiles)


@pytest.mark.parametrize(
    ("profiles", "height_px", "forced", "profile"),
    [
        ((MAIN, SUB), 360, None, Profile.SUB),
        ((MAIN, SUB), 450, None, Profile.SUB),  # 1.25 × 360: enlarged just so far
        ((MAIN, SUB), 451, None, Profile.MAIN),
        ((SUB, MAIN), 1080, None, Profile.MAIN),
        ((MAIN, LARGE_SUB), 900, None, Profile.SUB),
        ((MAIN, LARGE_SUB), 901, None, Profile.MAIN),
        ((MAIN, SUB_OF_UNKNOWN_SIZE), 450, None, Profile.SUB),
        ((MAIN, SUB_OF_UNKNOWN_SIZE), 451, None, Profile.MAIN),
        ((MAIN, SUB), 1080, Profile.SUB, Profile.SUB),
        ((MAIN, SUB), 90, Profile.MAIN, Profile.MAIN),
        ((MAIN,), 90, None, Profile.MAIN),
        ((MAIN,), 90, Profile.SUB, Profile.MAIN),
        ((SUB,), 1080, None, Profile.SUB),
        ((SUB,), 1080, Profile.MAIN, Profile.SUB),
        ((SUB,), 1080, Profile.SUB, Profile.SUB),
        ((), 360, None, None),
        ((), 360, Profile.MAIN, None),
    ],
)
def test_the_profile_for_a_tile(
    profiles: tuple[StreamProfile, ...], height_px: int, forced: Profile | None, profile: Profile | None
) -> None:
    assert choose_profile(camera(*profiles), height_px, forced) is profile


@pytest.mark.parametrize(
    ("present", "height_px", "profile"),
    [
        (Profile.SUB, 450, Profile.SUB),
        (Profile.SUB, 451, Profile.MAIN),
        (Profile.MAIN, 450, Profile.MAIN),
        (Profile.MAIN, 361, Profile.MAIN),
        (Profile.MAIN, 360, Profile.SUB),
    ],
)
def test_between_its_two_limits_a_tile_keeps_its_stream(
    present: Profile, height_px: int, profile: Profile
) -> None:
    assert choose_profile(camera(MAIN, SUB), height_px, present=present) is profile


@pytest.mark.parametrize(
    ("setting", "verdict", "stream", "height_px", "surface"),
    [
        (SurfaceChoice.AUTO, DirectVerdict.OPEN, MAIN, 360, Surface.DIRECT),
        (SurfaceChoice.AUTO, DirectVerdict.OPEN, MAIN, 359, Surface.SHARED),
        (SurfaceChoice.AUTO, DirectVerdict.OPEN, SUB, 1080, Surface.SHARED),
        (SurfaceChoice.AUTO, DirectVerdict.OPEN, None, 1080, Surface.SHARED),
        (SurfaceChoice.AUTO, DirectVerdict.OPEN, SUB_OF_UNKNOWN_SIZE, 1080, Surface.SHARED),
        (SurfaceChoice.AUTO, DirectVerdict.FAILED, MAIN, 1080, Surface.SHARED),
        (SurfaceChoice.AUTO, DirectVerdict.UNWANTED, MAIN, 1080, Surface.SHARED),
        (SurfaceChoice.SHARED, DirectVerdict.OPEN, MAIN, 1080, Surface.SHARED),
        (SurfaceChoice.DIRECT, DirectVerdict.FAILED, SUB, 90, Surface.DIRECT),
    ],
)
def test_the_surface_of_a_tile(
    setting: SurfaceChoice, verdict: DirectVerdict, stream: StreamProfile | None, height_px: int, surface: Surface
) -> None:
    assert choose_surface(setting, verdict, stream, height_px) is surface


@pytest.mark.parametrize(("streams", "hosts"), [(0, 0), (1, 1), (16, 1), (17, 2), (64, 4), (65, 5)])
def test_how_many_hosts_so_many_streams_need(streams: int, hosts: int) -> None:
    assert hosts_for(streams) == hosts


@pytest.mark.parametrize(
    ("load", "streams", "host"),
    [
        ({}, 1, None),
        ({1: 0}, 1, 1),
        ({1: 15}, 16, 1),
        ({1: 16}, 17, None),
        ({1: 16, 2: 3}, 20, 2),
        ({3: 5, 2: 5, 1: 6}, 17, 2),  # the least busy, the oldest of equals
        ({1: 2, 2: 1}, 4, 2),  # prepared ahead: used though one would do
        ({}, 0, None),
    ],
)
def test_where_the_next_stream_goes(load: dict[HostId, int], streams: int, host: HostId | None) -> None:
    assert place(load, streams) == host


@given(st.integers(1, 200))
def test_streams_opened_one_by_one_are_spread_over_as_many_hosts_as_needed(streams: int) -> None:
    load: dict[HostId, int] = {}
    for count in range(1, streams + 1):
        host = place(load, count)
        chosen = HostId(len(load) + 1) if host is None else host
        load[chosen] = load.get(chosen, 0) + 1
    assert len(load) == hosts_for(streams)
    assert max(load.values()) <= STREAMS_PER_HOST
