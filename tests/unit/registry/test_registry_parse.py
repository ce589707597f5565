from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import (
    Camera,
    Codec,
    Jurisdiction,
    Lifecycle,
    Location,
    PrivacyClass,
    Profile,
    Reject,
    Site,
    SiteId,
    StreamProfile,
)
from app.core.sentence import Sentence
from app.registry.fields import FieldError
from app.registry.parse import CameraParser, parse_areas, parse_changes, parse_head, parse_meta

FULL: dict[str, Any] = {
    "id": "0d1f8d7e-2f5b-5c0e-9a39-3b7f0f4a6c11",
    "rev": 184223,
    "code": "JKT-04211",
    "name": "Simpang Harmoni N2",
    "aliases": ["Bangjo Harmoni", "Pos 4"],
    "owner": {"kind": "provider", "id": "own_0031"},
    "jurisdiction": {
        "polda": "PMJ",
        "polres": "PMJ-01",
        "polsek": "PMJ-0101",
        "subsector": "PMJ-0101-2",
        "kelurahan_code": "31.71.01.1004",
    },
    "site": {"id": "site_00731", "name": "Simpang Harmoni"},
    "location": {"lat_deg": -6.166012, "lon_deg": 106.820331, "azimuth_deg": 210, "hfov_deg": 78},
    "device": {"onvif_uuid": "urn:uuid:5d0e8a52", "model": "PTK-2360", "max_sessions": 6},
    "profiles": [
        {"id": "sub", "role": "sub", "codec": "h264", "width_px": 640, "height_px": 360, "frame_rate_fps": 15},
        {"id": "main", "role": "main", "codec": "h265", "bitrate_kbps": 4096, "gop_s": 2},
    ],
    "credential": {"version": 7},
    "status": {"lifecycle": "active"},
    "privacy": {"class": "private_office", "purposes": ["security"], "masks_norm": [], "export_allowed": False},
    "updated_at": "2026-11-20T08:11:02Z",
}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def changed(path: str, value: object) -> dict[str, Any]:
    """The full record with one member replaced; `…` takes it out."""
    record = copy.deepcopy(FULL)
    *parents, last = path.split(".")
    place: Any = record
    for part in parents:
        place = place[int(part)] if part.isdigit() else place[part]
    if value is ...:
        del place[last]
    else:
        place[int(last) if last.isdigit() else last] = value
    return record


def parsed(record: object) -> Camera:
    found = CameraParser().record(1, record)
    assert isinstance(found, Camera), found
    return found


def rejected(record: object) -> Reject:
    found = CameraParser().record(1, record)
    assert isinstance(found, Reject), found
    return found


def test_a_full_record_becomes_a_camera() -> None:
    camera = parsed(FULL)
    assert camera == Camera(
        id=camera.id,
        rev=184223,
        code="JKT-04211",
        name="Simpang Harmoni N2",
        kelurahan_code=camera.kelurahan_code,
        jurisdiction=Jurisdiction("PMJ", "PMJ-01", "PMJ-0101", "PMJ-0101-2"),
        profiles=(
            StreamProfile(Profile.SUB, Codec.H264, 640, 360, 15.0),
            StreamProfile(Profile.MAIN, Codec.H265, bitrate_kbps=4096, gop_s=2.0),
        ),
        site=Site(SiteId("site_00731"), "Simpang Harmoni"),
        location=Location(-6.166012, 106.820331, 210.0, 78.0),
        credential_version=7,
        lifecycle=Lifecycle.ACTIVE,
        privacy=PrivacyClass.PRIVATE_OFFICE,
        max_sessions=6,
        aliases=("Bangjo Harmoni", "Pos 4"),
    )
    assert (camera.id, camera.kelurahan_code) == (FULL["id"], "31.71.01.1004")


@pytest.mark.parametrize("path", ["site", "location", "device", "privacy", "owner", "aliases"])
@pytest.mark.parametrize("value", [None, ...])
def test_what_may_be_absent_is_unknown(path: str, value: object) -> None:
    assert isinstance(parsed(changed(path, value)), Camera)


def test_a_sites_name_is_cleaned_like_every_name() -> None:
    site = parsed(changed("site", {"id": "A-z_9", "name": "Simpang\n\u202eDamai\x07 ", "lanes": 4})).site
    assert site == Site(SiteId("A-z_9"), "Simpang Damai")


def test_unknown_members_words_and_roles_are_ignored() -> None:
    record = changed("profiles.0.codec", "av2")
    record["status"] = {"lifecycle": "resting", "since": 5}
    record["privacy"] = {"class": "harbour"}
    record["novelty"] = {"deep": [1, {}]}
    record["profiles"].append({"id": "x", "role": "thermal", "codec": 7})
    camera = parsed(record)
    assert (camera.lifecycle, camera.privacy) == (Lifecycle.UNKNOWN, PrivacyClass.UNKNOWN)
    assert [stream.codec for stream in camera.profiles] == [Codec.UNKNOWN, Codec.H265]


def test_of_two_profiles_of_one_role_the_first_counts() -> None:
    record = changed("profiles.1.role", "sub")
    assert [(stream.profile, stream.codec) for stream in parsed(record).profiles] == [(Profile.SUB, Codec.H264)]


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("id", "JKT-04211", "id"),
        ("id", ..., "id"),
        ("rev", 0, "rev"),
        ("rev", True, "rev"),
        ("code", "", "code"),
        ("code", "x" * 65, "code"),
        ("name", "\u202e", "name"),
        ("name", "rtsp://admin:pw@10.0.0.1/", "name"),
        ("name", ["x"], "name"),
        ("aliases", "Bangjo", "aliases"),
        ("aliases", ["x"] * 9, "aliases"),
        ("aliases", ["Bangjo", ""], "aliases.1"),
        ("aliases", ["rtsp://10.0.0.1/"], "aliases.0"),
        ("jurisdiction", ..., "jurisdiction"),
        ("jurisdiction.kelurahan_code", "../31", "jurisdiction.kelurahan_code"),
        ("jurisdiction.kelurahan_code", [31], "jurisdiction.kelurahan_code"),
        ("jurisdiction.polres", "pmj 01", "jurisdiction.polres"),
        ("profiles", None, "profiles"),
        ("profiles", [{}] * 17, "profiles"),
        ("profiles.0", "sub", "profiles.0"),
        ("profiles.0.codec", None, "profiles.0.codec"),
        ("profiles.1.codec", ["h264"], "profiles.1.codec"),
        ("profiles.0.width_px", 0, "profiles.0.width_px"),
        ("profiles.0.frame_rate_fps", "15", "profiles.0.frame_rate_fps"),
        ("profiles.1.gop_s", float("nan"), "profiles.1.gop_s"),
        ("site", "site_00731", "site"),
        ("site", [], "site"),
        ("site", {}, "site.id"),
        ("site.id", "", "site.id"),
        ("site.id", 731, "site.id"),
        ("site.id", ["x"], "site.id"),
        ("site.id", "x" * 65, "site.id"),
        ("site.id", "10.0.0.1", "site.id"),
        ("site.id", "site_1\n", "site.id"),
        ("site.id", "s\u0131te", "site.id"),
        ("site.name", ..., "site.name"),
        ("site.name", "", "site.name"),
        ("site.name", "\x00\u202e", "site.name"),
        ("site.name", "x" * 201, "site.name"),
        ("site.name", {}, "site.name"),
        ("site.name", "rtsp://admin:pw@10.0.0.1/", "site.name"),
        ("location.lat_deg", 91, "location.lat_deg"),
        ("location.lon_deg", 10**400, "location.lon_deg"),
        ("credential", {}, "credential.version"),
        ("status.lifecycle", 5, "status.lifecycle"),
        ("privacy.class", 5, "privacy.class"),
        ("device.max_sessions", -1, "device.max_sessions"),
    ],
)
def test_a_bad_record_is_rejected_by_its_field(path: str, value: object, field: str) -> None:
    reject = rejected(changed(path, value))
    assert (reject.row, reject.field) == (1, field)
    assert "10.0.0.1" not in str(reject.reason)


def test_a_line_that_is_no_record_is_rejected_by_its_row() -> None:
    parser = CameraParser()
    for text in (b"", b"null", b"[]", b"{", b"[" * 50_000, b'"x"', b"\xff"):
        found = parser.line(7, text)
        assert isinstance(found, Reject) and found.row == 7


def test_a_bad_record_changes_nothing_for_the_next_one() -> None:
    parser = CameraParser()
    good = json.dumps(FULL).encode()
    bad = json.dumps(changed("profiles.0.width_px", {})).encode()
    found = [parser.line(row, text) for row, text in enumerate((good, bad, good), start=2)]
    assert found[0] == found[2] == parsed(FULL)
    assert found[1] == Reject(3, "profiles.0.width_px", Sentence("is no whole number"))


def test_cameras_share_what_they_have_in_common() -> None:
    parser = CameraParser()
    first, second = parser.record(1, FULL), parser.record(2, copy.deepcopy(FULL))
    assert isinstance(first, Camera) and isinstance(second, Camera)
    assert first.profiles is second.profiles and first.jurisdiction is second.jurisdiction
    assert first.site is second.site


@given(ANY_JSON)
def test_any_json_is_a_camera_or_a_reject(value: object) -> None:
    assert isinstance(CameraParser().record(1, value), Camera | Reject)


@given(st.sampled_from(sorted(FULL)), ANY_JSON)
def test_any_member_may_be_anything(name: str, value: object) -> None:
    assert isinstance(CameraParser().record(1, {**FULL, name: value}), Camera | Reject)


@given(st.binary())
def test_any_bytes_are_a_camera_or_a_reject(text: bytes) -> None:
    assert isinstance(CameraParser().line(1, text), Camera | Reject)


META: dict[str, Any] = {
    "contract": "1.4",
    "epoch": "3f0d2f9c",
    "server_time": "2026-11-20T08:11:02Z",
    "min_client_version": "0.1.0",
    "limits": {
        "lease_batch_max": 64,
        "changes_limit_max": 1000,
        "changes_wait_max_s": 25,
        "request_body_max_bytes": 262144,
    },
    "stream_zones": ["10.20.0.0/16", 5],
}


def test_meta_is_read() -> None:
    meta = parse_meta(META)
    assert (meta.epoch, meta.server_time_s, meta.min_client_version) == ("3f0d2f9c", 1795162262.0, (0, 1, 0))
    assert meta.zones.admits("10.20.3.4") and meta.changes_wait_max_s == 25


def test_a_server_may_allow_more_than_the_client_asks_for() -> None:
    limits = {"lease_batch_max": 500, "changes_limit_max": 10**6, "changes_wait_max_s": 600}
    meta = parse_meta({**META, "limits": limits})
    assert (meta.lease_batch_max, meta.changes_limit_max, meta.changes_wait_max_s) == (64, 1_000, 25)


@pytest.mark.parametrize(
    ("limits", "lines", "size_bytes"),
    [
        ({}, 1_000, 262_144),
        ({"audit_batch_max": 100, "audit_body_max_bytes": 1_048_576}, 100, 1_048_576),
        ({"audit_batch_max": 5_000}, 1_000, 262_144),
    ],
)
def test_a_journal_is_sent_in_bodies_that_the_server_takes(
    limits: dict[str, int], lines: int, size_bytes: int
) -> None:
    meta = parse_meta({**META, "limits": {**META["limits"], **limits}})
    assert (meta.audit_batch_max, meta.audit_body_max_bytes) == (lines, size_bytes)


@pytest.mark.parametrize(
    "change",
    [
        {"contract": "2.0"},
        {"server_time": "yesterday"},
        {"min_client_version": "new"},
        {"limits": None},
        {"stream_zones": {}},
        {"epoch": "a b"},
    ],
)
def test_meta_of_another_contract_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(FieldError):
        parse_meta({**META, **change})


@given(st.sampled_from(sorted(META)), ANY_JSON)
def test_no_meta_raises_anything_else(name: str, value: object) -> None:
    with suppress(FieldError):
        parse_meta({**META, name: value})


def test_a_snapshot_of_more_cameras_than_any_city_has_is_refused() -> None:
    assert parse_head(b'{"cursor":"c","epoch":"e","count":200000}').count == 200_000
    with pytest.raises(FieldError, match="count"):
        parse_head(b'{"cursor":"c","epoch":"e","count":200001}')


def test_a_bad_area_is_left_out_alone() -> None:
    items = [{"code": "31", "name": "Jakarta"}, {"code": "31.71"}, 5, {"code": "31.72", "name": "Utara\u202e"}]
    areas, rejects = parse_areas({"areas": items})
    assert {code: area.name for code, area in areas.items()} == {"31": "Jakarta", "31.72": "Utara"}
    assert [(reject.row, reject.field) for reject in rejects] == [(2, "area.name"), (3, "area.area")]


def test_changes_keep_the_last_word_on_each_camera() -> None:
    gone = {"op": "delete", "id": "7B0c5a0e-93f1-5d4f-8e52-58a7ab0e4c01", "rev": 2}
    items = [
        {"op": "upsert", "camera": changed("name", "Lama")},
        {"op": "upsert", "camera": FULL},
        gone,
        {"op": "repaint"},
        {"op": "upsert", "camera": changed("rev", "x")},
        {"op": "delete"},
        5,
    ]
    changes = parse_changes({"cursor": "c2", "more": False, "changes": items})
    assert changes.upserts == {FULL["id"]: parsed(FULL), gone["id"].lower(): None}  # type: ignore[attr-defined]
    assert [reject.field for reject in changes.rejects] == ["rev", "id", "change"]


@given(ANY_JSON)
def test_no_changes_raise_anything_else(value: object) -> None:
    with suppress(FieldError):
        parse_changes({"cursor": "c", "more": False, "changes": value})
    parse_changes({"cursor": "c", "more": False, "changes": [value, {"op": "upsert", "camera": value}]})
