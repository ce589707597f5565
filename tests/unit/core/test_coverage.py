"""Which cameras were seen lately: what counts, whose turn is next, and what may be said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.coverage import WINDOW_S, Coverage, Missed, routine_cameras
from app.core.model import AreaCode, Camera, CameraId, Catalog, Jurisdiction, Lifecycle, PrivacyClass
from app.core.tile_status import Sign

A, B, C, D = CAMERAS = tuple(CameraId(name) for name in "ABCD")
E = CameraId("E")
STREET = PrivacyClass.PUBLIC_STREET
LOOK_S = 0.5


def watching(coverage: Coverage, begin_s: float, lasts_s: float, **signs: Sign) -> Coverage:
    """The coverage after a time in which these cameras were on the wall, looked at twice a second."""
    named = {CameraId(name): sign for name, sign in signs.items()}
    for look in range(round(lasts_s / LOOK_S) + 1):
        coverage = coverage.looked(named, begin_s + look * LOOK_S)
    return coverage


# ---- what counts as seen, and as tried


def test_a_camera_is_seen_once_it_was_live_for_two_seconds() -> None:
    assert watching(Coverage(), 100.0, 1.5, A=Sign.LIVE).seen_s == {}
    assert watching(Coverage(), 100.0, 2.0, A=Sign.LIVE).seen_s == {A: 102.0}
    assert watching(Coverage(), 100.0, 9.0, A=Sign.LIVE).seen_s == {A: 109.0}


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign is not Sign.LIVE])
def test_no_other_sign_counts_as_seen_and_after_four_seconds_it_was_tried(sign: Sign) -> None:
    assert watching(Coverage(), 100.0, 3.5, A=sign).tried_s == {}
    after = watching(Coverage(), 100.0, 4.0, A=sign)
    assert (after.seen_s, after.tried_s) == ({}, {A: 104.0})


def test_a_break_in_being_live_begins_it_anew() -> None:
    coverage = watching(Coverage(), 100.0, 1.5, A=Sign.LIVE)
    coverage = watching(coverage, 102.0, 0.0, A=Sign.STALE)
    assert watching(coverage, 102.5, 1.5, A=Sign.LIVE).seen_s == {}
    assert watching(coverage, 102.5, 2.0, A=Sign.LIVE).seen_s == {A: 104.5}


def test_a_camera_that_left_the_wall_begins_anew() -> None:
    coverage = watching(Coverage(), 100.0, 1.5, A=Sign.LIVE)
    coverage = watching(coverage, 102.0, 0.0, B=Sign.LIVE)
    assert watching(coverage, 102.5, 1.5, A=Sign.LIVE).seen_s == {}


@pytest.mark.parametrize("later_s", [3600.0, -400.0])
def test_time_in_which_nobody_looked_vouches_for_nothing(later_s: float) -> None:
    """A PC that slept, or a clock that jumped."""
    coverage = watching(Coverage(), 1000.0, 1.0, A=Sign.LIVE)
    assert watching(coverage, 1000.0 + later_s, 1.5, A=Sign.LIVE).seen_s == {}
    assert watching(coverage, 1000.0 + later_s, 2.0, A=Sign.LIVE).seen_s == {A: 1002.0 + later_s}


def test_on_a_wall_that_is_looked_at_too_rarely_cameras_are_at_least_tried() -> None:
    coverage = Coverage()
    for look in range(4):
        coverage = coverage.looked({A: Sign.LIVE}, 2.0 * look)
    assert (coverage.seen_s, coverage.tried_s) == ({}, {A: 6.0})


# ---- whose turn is next


def test_the_least_recently_seen_have_their_turn_and_those_never_seen_first() -> None:
    coverage = Coverage(seen_s={A: 10.0, B: 30.0, C: 20.0})
    assert coverage.least_recent(CAMERAS, 1) == (D,)
    assert coverage.least_recent(CAMERAS, 3) == (A, C, D), "in their own order, so that they keep their tiles"
    assert coverage.least_recent(CAMERAS, 9) == CAMERAS
    assert coverage.least_recent((), 4) == ()


def test_one_that_was_tried_goes_to_the_back() -> None:
    coverage = Coverage(seen_s={A: 10.0, B: 30.0, C: 20.0}, tried_s={D: 40.0, A: 25.0})
    assert coverage.least_recent(CAMERAS, 1) == (C,)
    assert coverage.least_recent(CAMERAS, 3) == (A, B, C)


def test_those_on_the_wall_come_last() -> None:
    coverage = Coverage(seen_s={A: 10.0, B: 30.0})
    assert coverage.least_recent(CAMERAS, 2, last=frozenset({C, D})) == (A, B)
    assert coverage.least_recent(CAMERAS, 3, last=frozenset({C, D})) == (A, B, C)


@given(
    cameras=st.integers(1, 30),
    tiles=st.integers(1, 9),
    dead=st.sets(st.integers(0, 29)),
    dwell_s=st.sampled_from([5.0, 15.0]),
)
def test_dead_cameras_starve_nobody(cameras: int, tiles: int, dead: set[int], dwell_s: float) -> None:
    """After as many steps as there are pages every camera was either seen or tried."""
    names = tuple(CameraId(f"{number:02}") for number in range(cameras))
    signs = {name: Sign.LOST if number in dead else Sign.LIVE for number, name in enumerate(names)}
    coverage, now_s = Coverage(), 0.0
    for _ in range(-(-cameras // tiles)):
        shown = coverage.least_recent(names, tiles)
        for _ in range(round(dwell_s / LOOK_S)):
            coverage = coverage.looked({name: signs[name] for name in shown}, now_s)
            now_s += LOOK_S
    report = coverage.report(names, now_s)
    gone = [name for number, name in enumerate(names) if number in dead]
    assert {each.camera for each in report.missed} == set(gone)
    assert report.tried == len(gone) and report.is_complete is (not gone)


# ---- what may be said


def test_the_report_tells_what_was_seen_and_what_was_not() -> None:
    now_s = 10_000.0
    coverage = Coverage(
        seen_s={A: now_s - WINDOW_S, B: now_s - WINDOW_S - 1.0}, tried_s={B: now_s - 60.0}, begun_s=1000.0
    )
    report = coverage.report(CAMERAS, now_s, "polsek Gambir")
    assert (report.cameras, report.seen, report.part) == (4, 1, 0.25)
    assert report.missed == (Missed(C, None), Missed(D, None), Missed(B, WINDOW_S + 1.0, 60.0))
    assert (report.never_seen, report.tried) == (2, 1)
    assert report.longest == Missed(B, WINDOW_S + 1.0, 60.0)
    assert (report.watched_s, report.scope, report.is_complete) == (9000.0, "polsek Gambir", False)


def test_that_every_camera_was_seen_is_said_only_when_it_is_true() -> None:
    coverage = Coverage(seen_s={A: 100.0, B: 200.0})
    assert coverage.report((A, B), 100.0 + WINDOW_S).is_complete
    assert not coverage.report((A, B), 100.1 + WINDOW_S).is_complete
    assert not coverage.report((A, B, C), 200.0).is_complete


def test_of_no_cameras_nothing_is_claimed() -> None:
    report = Coverage().report((), 100.0)
    assert not report.is_complete and (report.part, report.longest, report.watched_s) == (0.0, None, 0.0)


def test_a_try_of_long_ago_is_not_told() -> None:
    report = Coverage(tried_s={A: 0.0}).report((A,), WINDOW_S + 1.0)
    assert report.missed == (Missed(A, None),)


def test_only_cameras_that_are_meant_to_work_and_need_no_purpose_are_watched_by_routine() -> None:
    plain = Camera(A, 1, "JKT-9", "Gate", AreaCode("31.71.01.1001"), Jurisdiction(), (), privacy=STREET)
    states = [state for state in Lifecycle if state is not Lifecycle.ACTIVE]
    idle = [replace(plain, id=CameraId(state.value), lifecycle=state) for state in states]
    private = [
        replace(plain, id=CameraId(each.value), privacy=each) for each in PrivacyClass if each is not STREET
    ]
    listed = [plain, *idle, *private, replace(plain, id=E, code="JKT-1")]
    assert routine_cameras(Catalog({camera.id: camera for camera in listed}, {})) == (E, A)
