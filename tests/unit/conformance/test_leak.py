"""What a record may hold, and what would let a stolen catalogue map or open something."""

from __future__ import annotations

from typing import Any

import pytest

from app.conformance.leak import first_leak
from tests.contract.reference_registry_kit import CONTRACT


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"name": "rtsp://10.0.0.1/live"}, "name"),
        ({"device": {"model": "http://kamera.example"}}, "device.model"),
        ({"name": "Simpang (10.20.31.7)"}, "name"),
        ({"name": "10.20.31.7:554"}, "name"),
        ({"aliases": ["x", "fd00::12"]}, "aliases[1]"),
        ({"site": {"name": "[fe80::1]"}}, "site.name"),
        ({"password": "x"}, "password"),
        ({"device": {"cameraPassword": "x"}}, "device.cameraPassword"),
        ({"device": {"host_name": "kamera-1", "host": "kamera-1"}}, "device.host_name"),
        ({"profiles": [{"stream_url": "/live"}]}, "profiles[0].stream_url"),
        ({"device": {"rtsp_port": 554}}, "device.rtsp_port"),
    ],
)
def test_what_names_a_host_or_a_secret_is_found(record: Any, field: str) -> None:
    found = first_leak(record)
    assert found is not None and found[0] == field


@pytest.mark.parametrize(
    "record",
    [
        *CONTRACT["components"]["schemas"]["Camera"]["examples"],
        {"jurisdiction": {"kelurahan_code": "31.71.1.104"}},
        {"updated_at": "2026-11-20T08:11:02Z", "name": "Pos 1.2.3", "code": "JKT:04:11"},
        {"device": {"model": "v5.7.3.1204", "onvif_uuid": "urn:uuid:5d0e8a52-0f3e-5b6c-8d11-7c1f6f0a2b90"}},
        {"name": "Gerbang 12:30", "privacy": {"export_allowed": False}, "credential": {"version": 7}},
        {"note": {"user": None, "password": ""}},
    ],
)
def test_what_a_record_may_hold_is_no_leak(record: Any) -> None:
    assert first_leak(record) is None


def test_a_place_is_told_without_what_a_server_may_put_into_its_name() -> None:
    found = first_leak({"\x1b]0;password": "x"})
    assert found is not None and found[0] == "?]0?password"
