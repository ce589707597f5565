"""The registry's terms: the few that answer a question."""

from __future__ import annotations

from app.core.model import (
    EMPTY_CATALOG,
    Area,
    AreaCode,
    Camera,
    CameraId,
    Catalog,
    Codec,
    Jurisdiction,
    Profile,
    StreamKey,
    StreamProfile,
)

GAMBIR = AreaCode("31.71.01.1001")
SUB = StreamProfile(Profile.SUB, Codec.H264, 640, 360)
CAMERA = Camera(CameraId("c"), 1, "C-1", "Simpang Harmoni", GAMBIR, Jurisdiction(), (SUB,))


def test_a_camera_gives_the_stream_of_a_profile() -> None:
    assert CAMERA.stream(Profile.SUB) is SUB
    assert CAMERA.stream(Profile.MAIN) is None


def test_an_area_without_a_name_is_called_by_its_code() -> None:
    catalog = Catalog(cameras={}, areas={GAMBIR: Area(GAMBIR, "Gambir")})
    assert catalog.area_name(GAMBIR) == "Gambir"
    assert catalog.area_name(AreaCode("31.72")) == "31.72"
    assert EMPTY_CATALOG.area_name(GAMBIR) == GAMBIR


def test_a_stream_is_called_by_camera_and_profile() -> None:
    assert str(StreamKey(CameraId("abc"), Profile.MAIN)) == "abc/main"
