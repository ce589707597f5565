"""The registry's terms: the few that answer a question."""

from __future__ import annotations

from dataclasses import replace

from app.core.model import (
    EMPTY_CATALOG,
    Area,
    AreaCode,
    Camera,
    CameraId,
    Catalog,
    Codec,
    Endpoint,
    Jurisdiction,
    Lease,
    Login,
    Profile,
    StreamKey,
    StreamProfile,
)
from app.core.redact import Secret

GAMBIR = AreaCode("31.71.01.1001")
SUB = StreamProfile(Profile.SUB, Codec.H264, 640, 360)
CAMERA = Camera(CameraId("c"), 1, "C-1", "Simpang Harmoni", GAMBIR, Jurisdiction(), (SUB,))


def test_a_camera_gives_the_stream_of_a_profile() -> None:
    assert CAMERA.stream(Profile.SUB) is SUB
    assert CAMERA.stream(Profile.MAIN) is None


def test_a_relay_may_have_a_login_of_its_own() -> None:
    relay, camera = Endpoint("rtsp", "r", 554, "/", kind="relay"), Endpoint("rtsp", "c", 554, "/")
    lease = Lease(StreamKey(CAMERA.id, Profile.SUB), (relay, camera), "u", Secret("s"), 1, 0.0, 0.0)
    own, relays = Login("u", Secret("s")), Login("pos", Secret("r"))
    assert [lease.login(each) for each in lease.endpoints] == [own, own]
    assert [replace(lease, relay_login=relays).login(each) for each in lease.endpoints] == [relays, own]


def test_an_area_without_a_name_is_called_by_its_code() -> None:
    catalog = Catalog(cameras={}, areas={GAMBIR: Area(GAMBIR, "Gambir")})
    assert catalog.area_name(GAMBIR) == "Gambir"
    assert catalog.area_name(AreaCode("31.72")) == "31.72"
    assert EMPTY_CATALOG.area_name(GAMBIR) == GAMBIR


def test_a_stream_is_called_by_camera_and_profile() -> None:
    assert str(StreamKey(CameraId("abc"), Profile.MAIN)) == "abc/main"
