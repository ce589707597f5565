"""Calling a camera up by numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.commands import AddCamera, Asker, AssignTile, TileId
from app.core.keypad import (
    MAX_LENGTH,
    TIMEOUT_S,
    CallUp,
    Fault,
    Keypad,
    KeypadFault,
    call_up,
    camera_number,
    cameras_numbered,
)
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts
from app.core.model import AreaCode, Camera, CameraId, Catalog, Jurisdiction
from app.core.monitor import MonitorState
from app.core.wall import WallState

LAYOUTS = Layouts(layouts_from_data([]))
WALL = WallState((MonitorState("4"), MonitorState("9"), MonitorState("4", is_present=False)))


def camera(code: str) -> Camera:
    return Camera(CameraId(f"id-{code}"), 1, code, code, AreaCode("31"), Jurisdiction(), ())


CODES = ("JKT-04211", "JKT-14211", "JKT-00007", "JKT-00123", "BDG-00123", "GERBANG", "JKT-00000")
CATALOG = Catalog({entry.id: entry for entry in map(camera, CODES)}, {})


def typed(*keys: str) -> Keypad:
    keypad = Keypad()
    for position, key in enumerate(keys):
        keypad = keypad.pressed(key, float(position))
    return keypad


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("2", ".", "5", ".", "4", "2", "1", "1"), "2.5.4211"),
        (("4", "Backspace", "5"), "5"),
        (("Backspace",), ""),
        (("4", "2", "Escape"), ""),
        (("4", "a", "F5", "2"), "42"),
        (("1",) * (MAX_LENGTH + 3), "1" * MAX_LENGTH),
    ],
)
def test_keys_edit_the_number(keys: tuple[str, ...], text: str) -> None:
    assert typed(*keys).text == text


def test_a_number_is_forgotten_some_time_after_its_last_key() -> None:
    keypad = typed("4", "2")
    assert keypad.at(1.0 + TIMEOUT_S - 0.1) is keypad
    assert keypad.at(1.0 + TIMEOUT_S) == Keypad()
    assert Keypad().at(1e9) == Keypad()


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("2.5.4211", CallUp(2, 5, CameraId("id-JKT-04211"))),
        ("5.7", KeypadFault(Fault.NO_TILE, "5")),
        ("4.7", CallUp(1, 4, CameraId("id-JKT-00007"))),
        ("4211", CallUp(1, 3, CameraId("id-JKT-04211"))),
        ("004211", CallUp(1, 3, CameraId("id-JKT-04211"))),
        ("14211", CallUp(1, 3, CameraId("id-JKT-14211"))),
        ("0", CallUp(1, 3, CameraId("id-JKT-00000"))),
        ("211", KeypadFault(Fault.NO_CAMERA, "211")),
        ("123", KeypadFault(Fault.SEVERAL_CAMERAS, "123")),
        ("4.1.7", KeypadFault(Fault.NO_MONITOR, "4")),
        ("0.1.7", KeypadFault(Fault.NO_MONITOR, "0")),
        ("3.1.7", KeypadFault(Fault.MONITOR_AWAY, "3")),
        ("2.10.7", KeypadFault(Fault.NO_TILE, "10")),
        ("2.0.7", KeypadFault(Fault.NO_TILE, "0")),
        ("", KeypadFault(Fault.FORM, "")),
        ("2.", KeypadFault(Fault.FORM, "2.")),
        ("..7", KeypadFault(Fault.FORM, "..7")),
        ("1.2.3.4", KeypadFault(Fault.FORM, "1.2.3.4")),
        ("٧", KeypadFault(Fault.FORM, "٧")),
    ],
)
def test_a_number_means_monitor_tile_and_camera(text: str, called: CallUp | KeypadFault) -> None:
    assert call_up(text, Asker(1, 3), WALL, LAYOUTS, CATALOG) == called


def test_without_a_tile_the_camera_goes_where_an_added_one_goes() -> None:
    called = call_up("7", Asker(1), WALL, LAYOUTS, CATALOG)
    assert called == CallUp(1, None, CameraId("id-JKT-00007"))
    assert isinstance(called, CallUp) and called.command == AddCamera(1, called.camera)


def test_with_a_tile_the_camera_is_put_onto_it() -> None:
    camera_id = CameraId("id-JKT-00007")
    assert CallUp(2, 5, camera_id).command == AssignTile(TileId(2, 5), camera_id)


def test_a_cameras_number_is_the_digits_at_the_end_of_its_code() -> None:
    assert [camera_number(each) for each in CATALOG.cameras.values()] == [
        "4211", "14211", "7", "123", "123", None, "",
    ]  # fmt: skip
    assert camera_number(replace(camera("x"), code="3 KM 12B")) is None


def test_cameras_of_a_number_are_found_with_or_without_zeros() -> None:
    assert [each.code for each in cameras_numbered("00123", CATALOG)] == ["JKT-00123", "BDG-00123"]
