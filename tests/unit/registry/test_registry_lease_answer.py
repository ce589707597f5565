from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.failure import Failure, Reason
from app.core.model import CameraId, Profile, StreamKey
from app.registry.address import parse_zones
from app.registry.lease_answer import LEASE_MAX_S, Granted, parse_leases

CANARY = "k4nari-Rahasia:@/%"
KEY = StreamKey(CameraId("0d1f8d7e-2f5b-5c0e-9a39-3b7f0f4a6c11"), Profile.SUB)
ZONES = parse_zones(["10.20.0.0/16", "*.registry.example"])
ENDPOINT = {"kind": "camera", "url": "rtsp://10.20.31.7/live", "transport": "tcp"}
ITEM: dict[str, Any] = {
    "lease_id": "5e9f4c1b-7d0a-4f0e-8c6a-2f4f1d3c9a77",
    "camera_id": KEY.camera,
    "profile": "sub",
    "endpoints": [{"kind": "relay", "url": "rtsps://r.registry.example:8322/x", "transport": "udp"}, ENDPOINT],
    "username": "pantau",
    "secret": CANARY,
    "credential_version": 7,
    "expires_in_s": 3600,
    "offline_use_s": 7200,
}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def answer(item: object) -> Granted | Failure:
    (found,) = parse_leases({"items": [item]}, [KEY], ZONES, now_s=100.0)
    return found


def test_a_lease_names_its_endpoints_by_priority_and_ends_on_our_clock() -> None:
    found = answer(ITEM)
    assert isinstance(found, Granted)
    lease = found.lease
    assert [(each.kind, each.scheme, each.port, each.transport) for each in lease.endpoints] == [
        ("relay", "rtsps", 8322, "udp"),
        ("camera", "rtsp", 554, "tcp"),
    ]
    assert (lease.expires_at_s, lease.offline_until_s) == (3700.0, 7300.0)
    assert lease.secret.reveal() == CANARY and CANARY not in repr(found)


def test_a_relay_is_opened_with_its_own_login_and_the_camera_with_the_leases() -> None:
    found = answer({**ITEM, "relay_login": {"username": "pos", "secret": "relai"}})
    assert isinstance(found, Granted)
    logins = [found.lease.login(each) for each in found.lease.endpoints]
    assert [(each.username, each.secret.reveal()) for each in logins] == [("pos", "relai"), ("pantau", CANARY)]
    assert "relai" not in repr(found)


def test_a_relay_without_a_login_is_opened_with_the_leases() -> None:
    found = answer(ITEM)
    assert isinstance(found, Granted)
    assert {found.lease.login(each).secret.reveal() for each in found.lease.endpoints} == {CANARY}


def test_a_lease_is_counted_for_thirty_days_at_most() -> None:
    found = answer({**ITEM, "expires_in_s": 2**52, "offline_use_s": 0})
    assert isinstance(found, Granted)
    assert (found.lease.expires_at_s, found.lease.offline_until_s) == (100.0 + LEASE_MAX_S, 100.0)


def test_an_endpoint_outside_the_zones_is_left_out_and_the_others_serve() -> None:
    found = answer({**ITEM, "endpoints": [{**ENDPOINT, "url": "rtsp://8.8.8.8/x"}, ENDPOINT]})
    assert isinstance(found, Granted) and [each.host for each in found.lease.endpoints] == ["10.20.31.7"]


@pytest.mark.parametrize("url", ["rtsp://8.8.8.8/x", "file:///etc/passwd", "rtsp://169.254.169.254/x", 5])
def test_a_lease_of_bad_addresses_alone_is_a_bad_address(url: object) -> None:
    found = answer({**ITEM, "endpoints": [{**ENDPOINT, "url": url}]})
    assert isinstance(found, Failure) and found.reason is Reason.BAD_ADDRESS
    assert "://" not in str(found.detail) and CANARY not in str(found.detail)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("camera-unknown", Reason.WITHDRAWN),
        ("profile-unknown", Reason.NO_PROFILE),
        ("camera-busy", Reason.BUSY),
        ("purpose-not-allowed", Reason.LEASE_REFUSED),
        ("something-new", Reason.LEASE_REFUSED),
        (5, Reason.LEASE_REFUSED),
    ],
)
def test_a_refused_item_has_a_reason_and_the_registrys_words(code: object, reason: Reason) -> None:
    problem = {"code": code, "detail": "Tidak\u202e boleh.\n", "retry_after_s": 30}
    assert answer({"camera_id": KEY.camera, "profile": "sub", "problem": problem}) == Failure(
        reason, "Tidak boleh.", 30.0
    )


@pytest.mark.parametrize(
    ("code", "status"), [("stream-unavailable", 503), ("internal", 500), ("something-new", 502), ("slowly", 429)]
)
def test_an_item_that_the_registry_failed_at_does_not_count_as_a_refusal(code: str, status: int) -> None:
    problem = {"code": code, "status": status, "detail": "Relai mati.", "retry_after_s": 5}
    assert answer({"problem": problem}) == Failure(Reason.LEASE_UNAVAILABLE, "Relai mati.", 5.0)


@pytest.mark.parametrize(
    "change",
    [
        {"camera_id": "other"},
        {"profile": "main"},
        {"lease_id": "x"},
        {"expires_in_s": 0},
        {"expires_in_s": True},
        {"offline_use_s": -1},
        {"secret": CANARY + "\n"},
        {"secret": CANARY + "\ud800"},
        {"secret": [CANARY]},
        {"username": "u" * 257},
        {"relay_login": CANARY},
        {"relay_login": {"username": "pos"}},
        {"relay_login": {"username": "pos", "secret": CANARY + "\n"}},
        {"endpoints": "none"},
        {"problem": CANARY},
    ],
)
def test_an_item_that_cannot_be_read_does_not_count_as_a_refusal(change: dict[str, object]) -> None:
    found = answer({**ITEM, **change})
    assert isinstance(found, Failure) and found.reason is Reason.LEASE_UNAVAILABLE
    assert CANARY not in str(found.detail)


def test_streams_that_were_not_answered_for_are_told_so() -> None:
    found = parse_leases({"items": [ITEM]}, [KEY, KEY], ZONES, now_s=0.0)
    assert isinstance(found[0], Granted) and isinstance(found[1], Failure)
    for value in (None, {}, {"items": 5}, {"items": [ITEM] * 65}):
        (alone,) = parse_leases(value, [KEY], ZONES, now_s=0.0)
        assert isinstance(alone, Failure) and alone.reason is Reason.LEASE_UNAVAILABLE


def test_one_bad_item_never_sinks_the_others() -> None:
    found = parse_leases({"items": [5, ITEM, {}]}, [KEY] * 3, ZONES, now_s=0.0)
    assert [type(each) for each in found] == [Failure, Granted, Failure]


@given(ANY_JSON)
def test_any_json_is_one_answer_for_each_stream(value: object) -> None:
    assert len(parse_leases(value, [KEY, KEY], ZONES, now_s=0.0)) == 2
    assert len(parse_leases({"items": [value]}, [KEY], ZONES, now_s=0.0)) == 1


@given(st.sampled_from(sorted(ITEM)), ANY_JSON)
def test_any_member_may_be_anything(name: str, value: object) -> None:
    assert isinstance(answer({**ITEM, name: value}), Granted | Failure)


@given(ANY_JSON)
def test_a_problem_and_an_endpoint_may_be_anything(value: object) -> None:
    assert isinstance(answer({"problem": value}), Failure)
    assert isinstance(answer({"problem": {"detail": value, "code": value, "retry_after_s": value}}), Failure)
    assert isinstance(answer({**ITEM, "endpoints": [value]}), Failure)
