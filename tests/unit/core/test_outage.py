"""Broken paths are asked after; those that answer again have their streams tried at once."""

from __future__ import annotations

import pytest

from app.core.model import CameraId, Profile, StreamKey
from app.core.outage import PROBE_PERIOD_S, OutageWatch


def key(name: str) -> StreamKey:
    return StreamKey(CameraId(name), Profile.SUB)


A, B, C = key("A"), key("B"), key("C")


@pytest.fixture
def watch() -> OutageWatch:
    made = OutageWatch()
    made.suffer([(A, "market"), (B, "market"), (C, "gate")])
    return made


def due(watch: OutageWatch, now_s: float) -> dict[str, StreamKey]:
    return dict(watch.due(now_s, draw=0.5))


def test_each_site_is_asked_once_a_second_its_cameras_in_turn(watch: OutageWatch) -> None:
    assert due(watch, 10.0) == {"market": A, "gate": C}
    assert due(watch, 10.5) == {}
    watch.answered(A, is_whole=False)
    assert due(watch, 10.0 + PROBE_PERIOD_S) == {"market": B}, "the gate's answer is still awaited"
    watch.answered(B, is_whole=False)
    assert due(watch, 12.0) == {"market": A}


def test_a_path_that_was_broken_and_answers_brings_its_whole_site_back(watch: OutageWatch) -> None:
    due(watch, 10.0)
    assert watch.answered(A, is_whole=False) == ()
    due(watch, 11.0)
    due(watch, 12.0)
    watch.answered(B, is_whole=False)
    due(watch, 13.0)
    assert set(watch.answered(A, is_whole=True)) == {A, B}


def test_a_camera_that_answers_all_along_keeps_its_own_wait(watch: OutageWatch) -> None:
    for second in range(5):
        due(watch, 10.0 + 2 * second)
        assert watch.answered(C, is_whole=True) == ()


def test_a_stream_that_waits_no_more_is_asked_no_more_and_its_answer_is_void(watch: OutageWatch) -> None:
    due(watch, 10.0)
    watch.suffer([(B, "market")])
    assert watch.answered(A, is_whole=True) == watch.answered(C, is_whole=True) == ()
    assert due(watch, 10.5) == {}, "the site was asked just now"
    assert due(watch, 12.0) == {"market": B}


def test_a_question_outlives_a_look_at_who_waits(watch: OutageWatch) -> None:
    due(watch, 10.0)
    watch.suffer([(A, "market"), (B, "market")])
    watch.answered(A, is_whole=False)
    due(watch, 12.0)
    watch.suffer([(A, "market"), (B, "market")])
    assert set(watch.answered(B, is_whole=True)) == {A, B}


def test_what_was_broken_is_forgotten_with_the_wait(watch: OutageWatch) -> None:
    due(watch, 10.0)
    watch.answered(A, is_whole=False)
    watch.suffer([])
    watch.suffer([(A, "market")])
    due(watch, 20.0)
    assert watch.answered(A, is_whole=True) == ()


def test_consoles_that_lost_the_same_site_do_not_ask_in_step() -> None:
    early, late = OutageWatch(), OutageWatch()
    for each, draw in ((early, 0.0), (late, 0.99)):
        each.suffer([(A, "market")])
        each.due(0.0, draw)
        each.answered(A, is_whole=False)
    assert early.due(0.8, 0.0) and not late.due(0.8, 0.0)


def test_a_site_that_may_not_be_connected_to_now_is_asked_when_it_may(watch: OutageWatch) -> None:
    assert [site for site, _ in watch.due(10.0, 0.5, lambda key, _: key == C)] == ["gate"]
    assert [site for site, _ in watch.due(10.1, 0.5)] == ["market"]


def test_a_dark_site_is_brought_back_by_whichever_camera_answers_first(watch: OutageWatch) -> None:
    due(watch, 10.0)
    watch.answered(A, is_whole=False)
    due(watch, 12.0)
    assert set(watch.answered(B, is_whole=True)) == {A, B}


def test_a_site_of_which_something_plays_was_never_dark(watch: OutageWatch) -> None:
    watch.suffer([(A, "market"), (B, "market")], lit={"market"})
    due(watch, 10.0)
    watch.answered(A, is_whole=False)
    due(watch, 12.0)
    assert watch.answered(B, is_whole=True) == (), "it fails for a reason of its own"
