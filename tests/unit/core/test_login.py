"""Whose account a login counts in."""

from __future__ import annotations

from dataclasses import replace

from app.core.login import Account, LoginTry, login_try
from app.core.model import CameraId, Endpoint, Lease, Login, Profile, StreamKey
from app.core.redact import Secret

CAMERA, RELAY = Endpoint("rtsp", "c", 554, "/a"), Endpoint("rtsp", "r", 554, "/a", kind="relay")
PLAIN = Lease(StreamKey(CameraId("A"), Profile.SUB), (RELAY, CAMERA), "u", Secret("s"), 7, 0.0, 0.0)
RELAYED = replace(PLAIN, relay_login=Login("pos", Secret("relai")))
KEY = b"key"


def test_the_cameras_login_counts_for_the_camera_whoever_is_shown_it() -> None:
    assert login_try(RELAYED, CAMERA, KEY) == LoginTry(Account("A"), 7, at_relay=False)
    assert login_try(PLAIN, RELAY, KEY) == LoginTry(Account("A"), 7, at_relay=True)


def test_a_relays_own_login_counts_for_its_host() -> None:
    tried = login_try(RELAYED, RELAY, KEY)
    assert tried.account.is_relays and tried.at_relay
    assert login_try(RELAYED, replace(RELAY, host="other"), KEY).account != tried.account
    other_path = replace(RELAYED, key=StreamKey(CameraId("B"), Profile.MAIN))
    assert login_try(other_path, replace(RELAY, path="/b", port=8554), KEY) == tried


def test_each_login_of_a_relay_has_a_mark_of_its_own_that_tells_nothing() -> None:
    logins = [Login("pos", Secret("relai")), Login("pos", Secret("baru")), Login("posrelai", Secret(""))]
    tries = [login_try(replace(PLAIN, relay_login=login), RELAY, key) for login in logins for key in (KEY, b"")]
    marks = [tried.account.name for tried in tries]
    assert len(set(marks)) == len(marks)
    assert all(mark and "relai" not in mark for mark in marks)
    assert len(tries[0].account.name) == 32


def test_a_login_is_the_same_whoever_is_shown_it() -> None:
    at_relay, at_camera = login_try(PLAIN, RELAY, KEY), login_try(PLAIN, CAMERA, KEY)
    assert at_relay.shows(at_camera) and at_relay != at_camera
    assert not at_camera.shows(login_try(replace(PLAIN, credential_version=8), CAMERA, KEY))
    assert not at_camera.shows(login_try(RELAYED, RELAY, KEY))
