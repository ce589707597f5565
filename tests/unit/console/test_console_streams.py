"""One stream in the console: lease, open, life, failure, close."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from app.core.budget import HardwareChoice
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S, stale_after_s
from app.core.model import Codec, Profile, StreamProfile
from app.core.paths import NetworkChanged
from app.core.ports import CatalogSynced
from app.core.stream_life import CONNECT_LIMIT_S, STALL_LIMIT_S
from app.core.tile_status import Sign
from tests.unit.console.console_bench import (
    STEP_S,
    SUB,
    TILE_PX,
    Bench,
    camera,
    catalog,
    playing,
    sub,
    tile,
)

SLOW_SUB = StreamProfile(Profile.SUB, Codec.H264, 640, 360, frame_rate_fps=0.5)
WRONG_PASSWORD = Failure(Reason.UNAUTHORIZED)
FIN = Failure(Reason.ENDED)


def test_a_tile_gets_a_lease_and_its_stream_is_opened_into_a_slot_of_its_size() -> None:
    bench = Bench(hardware=HardwareChoice.NEVER)
    bench.assign(t1="A")
    assert bench.registry.requested == [sub("A")]
    (opening,) = bench.video.openings
    assert (opening.key, opening.generation, opening.hardware) == (sub("A"), 1, HardwareChoice.NEVER)
    assert opening.lease is bench.registry.granted[0]
    (output,) = opening.outputs
    assert (output.width_px, output.height_px, output.window_id) == (*TILE_PX, None)
    assert output.slot is bench.slot(1) and bench.slot(1).size_px == TILE_PX


def test_nothing_is_asked_for_while_the_tile_has_no_size() -> None:
    bench = Bench("9", cameras=[camera("A")], is_laid_out=False)
    bench.assign(t1="A")
    assert bench.registry.requested == [] and bench.status(1).sign is Sign.CONNECTING
    assert bench.console.slot(tile(1)) is None
    bench.size_tiles()
    bench.pump()
    assert bench.registry.requested == [sub("A")]


def test_nothing_is_asked_for_while_the_catalogue_has_not_come() -> None:
    bench = Bench(cameras=[])
    bench.assign(t1="A")
    status = bench.status(1)
    assert (status.sign, status.camera_id, status.camera) == (Sign.CONNECTING, "A", None)
    assert bench.registry.requested == []
    bench.pump(CatalogSynced(catalog([camera("A")])))
    assert bench.opened == [sub("A")]


# ---- what counts as live


def test_an_empty_tile_says_so() -> None:
    assert Bench().status(1).sign is Sign.EMPTY


def test_a_hosts_description_is_no_picture() -> None:
    bench = Bench()
    bench.assign(t1="A")
    bench.video.describe(sub("A"))
    bench.wait(1.0)
    status = bench.status(1)
    assert (status.sign, status.age_s, status.first_picture_s) == (Sign.CONNECTING, None, None)
    assert (status.engine, status.decoder) == ("", "")
    bench.video.decode(sub("A"))
    bench.pump()
    assert (bench.status(1).engine, bench.status(1).decoder) == ("av", "software")


def test_packets_without_pictures_are_not_live() -> None:
    bench = Bench()
    bench.assign(t1="A")
    for _ in range(16):
        bench.video.show(sub("A"), bench.now_s, pictures=0)
        bench.wait(STEP_S)
    assert bench.status(1).sign is Sign.CONNECTING


def test_pictures_that_rise_with_timestamps_that_advance_are_live() -> None:
    bench = Bench()
    bench.assign(t1="A")
    bench.play(2 * STEP_S)
    status = bench.status(1)
    assert (status.sign, status.age_s, status.first_picture_s) == (Sign.LIVE, 0.0, STEP_S)
    assert (status.pictures, status.profile, status.awaited, status.failure) == (2, Profile.SUB, None, None)


@pytest.mark.parametrize(("pictures", "pts_us"), [(1, 1_000_000), (0, None)], ids=["repeated pts", "packets only"])
def test_a_repeated_timestamp_or_a_packet_keeps_nothing_alive(pictures: int, pts_us: int | None) -> None:
    bench = Bench()
    bench.assign(t1="A")
    bench.video.show(sub("A"), bench.now_s, pts_us=1_000_000)
    bench.pump()
    bench.wait(STEP_S)
    assert bench.status(1).sign is Sign.LIVE
    for _ in range(16):
        bench.video.show(sub("A"), bench.now_s, pictures=pictures, pts_us=pts_us)
        bench.wait(STEP_S)
    assert bench.status(1).sign is Sign.STALE


def test_a_picture_is_stale_at_two_seconds_and_live_until_then() -> None:
    bench = playing(t1="A")
    bench.wait(2.0 - STEP_S)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.LIVE, 2.0 - STEP_S)
    assert bench.console.status(tile(1), bench.now_s + STEP_S).sign is Sign.STALE, "without a pump, too"
    bench.wait(STEP_S)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 2.0)
    assert bench.status(1).failure == Failure(Reason.STALLED)
    bench.play(STEP_S)
    assert (bench.status(1).sign, bench.status(1).failure) == (Sign.LIVE, None)


def test_a_slow_camera_by_the_registrys_word_has_three_intervals() -> None:
    bench = Bench(cameras=[camera("A", SLOW_SUB)])
    bench.assign(t1="A")
    bench.play(STEP_S)
    bench.wait(6.0 - STEP_S)
    assert bench.status(1).sign is Sign.LIVE
    bench.wait(STEP_S)
    assert bench.status(1).sign is Sign.STALE


def test_a_rate_of_the_registrys_that_cannot_be_meant_keeps_no_frozen_picture_live() -> None:
    bench = Bench(cameras=[camera("A", StreamProfile(Profile.SUB, Codec.H264, 640, 360, frame_rate_fps=0.01))])
    bench.assign(t1="A")
    bench.play(STEP_S)
    bench.wait(2.0)
    assert bench.status(1).sign is Sign.STALE


@pytest.mark.parametrize(
    ("listed", "declared_fps"), [(SLOW_SUB, 15.0), (SUB, 0.2)], ids=["the registry", "the camera"]
)
def test_whoever_says_too_few_pictures_a_second_keeps_no_frozen_one_live(
    listed: StreamProfile, declared_fps: float
) -> None:
    bench = Bench(cameras=[camera("A", listed)])
    bench.assign(t1="A")
    bench.video.describe(sub("A"), frame_rate_fps=declared_fps)
    bench.play(STEP_S)
    bench.wait(2.0)
    assert bench.status(1).sign is Sign.STALE


def test_a_slow_camera_that_the_registry_says_nothing_of_has_its_time_from_its_second_open_on() -> None:
    bench = Bench(cameras=[camera("A", replace(SUB, frame_rate_fps=None))])
    bench.assign(t1="A")
    assert bench.video.openings[-1].silence_s == STALE_AFTER_S
    bench.video.describe(sub("A"), frame_rate_fps=0.2)
    bench.fail(sub("A"), Failure(Reason.STALLED))
    bench.play(2.0)
    assert bench.video.openings[-1].silence_s == stale_after_s(0.2)


def test_a_picture_is_as_old_as_the_pc_has_slept() -> None:
    """The monotonic clock stood still meanwhile: what was shown before must not pass for live after it."""
    bench = playing(t1="A")
    bench.pump(NetworkChanged(slept_s=3.0))
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 3.0)
    bench.play(STEP_S)
    assert bench.status(1).sign is Sign.LIVE


def test_a_decoder_that_stands_is_not_called_a_camera_that_does_not_send() -> None:
    bench = playing(t1="A")
    (slot,) = bench.outputs_of(sub("A"))
    for _ in range(24):
        bench.now_s += STEP_S
        slot.show(1, bench.now_s, pictures=0)
        bench.pump()
    status = bench.status(1)
    assert status.sign is Sign.STALE and status.failure == Failure(Reason.UNDECODABLE)


def test_a_frame_rate_that_the_registry_corrects_is_used() -> None:
    bench = Bench(cameras=[camera("A", SLOW_SUB)])
    bench.assign(t1="A")
    bench.play(STEP_S)
    bench.pump(CatalogSynced(catalog([camera("A", StreamProfile(Profile.SUB, Codec.H264, 640, 360, 15.0))])))
    bench.wait(2.0)
    assert bench.status(1).sign is Sign.STALE


def test_the_frame_rate_is_what_was_measured() -> None:
    bench = playing(t1="A")
    assert bench.status(1).fps == pytest.approx(1 / STEP_S)
    for _ in range(16):
        bench.video.show(sub("A"), bench.now_s, pictures=2)
        bench.wait(STEP_S)
        bench.wait(STEP_S)
    assert bench.status(1).fps == pytest.approx(1 / STEP_S, rel=0.1)
    bench.wait(3.0)
    assert bench.status(1).fps == 0.0


def test_a_pause_of_the_window_leaves_the_frame_rate_known() -> None:
    bench = playing(t1="A")
    bench.now_s += 4.0
    bench.video.show(sub("A"), bench.now_s, pictures=32)
    bench.pump()
    assert bench.status(1).fps == pytest.approx(32 / 4.0)


def test_a_frame_rate_from_one_reading_is_unknown() -> None:
    bench = Bench()
    bench.assign(t1="A")
    assert bench.status(1).fps is None


# ---- failures


def test_a_stream_that_the_camera_ends_is_stale_at_once_and_a_card_after_thirty_seconds() -> None:
    bench = playing(t1="A", t2="B")
    bench.registry.failure = Failure(Reason.LEASE_UNAVAILABLE)
    bench.fail(sub("A"), FIN)
    status = bench.status(1)
    assert (status.sign, status.failure, status.age_s) == (Sign.STALE, FIN, 0.0)
    assert status.retry_in_s == 0.25, "half of the first half second"
    bench.dark.add(sub("A"))
    bench.play(30.0 - STEP_S)
    assert (bench.status(1).sign, bench.status(1).age_s) == (Sign.STALE, 30.0 - STEP_S)
    bench.play(STEP_S)
    assert bench.signs() == {1: Sign.LOST, 2: Sign.LIVE}
    assert bench.opened.count(sub("A")) > 2, "it was tried again all along"
    bench.dark.clear()
    bench.play(45.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}


def test_a_stream_that_ended_is_opened_anew_under_its_lease_into_the_same_slot() -> None:
    bench = playing(t1="A")
    before = bench.slot(1)
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert bench.status(1).sign is Sign.LIVE
    assert bench.generations() == {sub("A"): 2} and bench.slot(1) is before
    assert len(bench.registry.requested) == 1


def test_an_expired_lease_is_asked_for_anew_and_a_playing_stream_goes_on() -> None:
    bench = Bench()
    bench.registry.lifetime_s = 60.0
    bench.assign(t1="A")
    bench.play(61.0)
    assert bench.status(1).sign is Sign.LIVE and len(bench.registry.requested) == 1
    bench.fail(sub("A"), FIN)
    bench.play(1.0)
    assert len(bench.registry.requested) == 2
    assert bench.video.open_streams[sub("A")].lease is bench.registry.granted[1]


def test_the_counters_of_the_last_open_say_nothing_of_the_new_one() -> None:
    bench = playing(t1="A")
    bench.fail(sub("A"), FIN)
    bench.wait(1.0)
    assert bench.generations() == {sub("A"): 2}
    status = bench.status(1)
    assert (status.sign, status.pictures, status.first_picture_s) == (Sign.STALE, 0, None)
    assert status.age_s == 1.0, "the picture on the tile grows older all the same"


def test_a_stream_that_shows_nothing_is_given_up_and_tried_again() -> None:
    bench = Bench()
    bench.assign(t1="A")
    bench.wait(CONNECT_LIMIT_S)
    status = bench.status(1)
    assert (status.sign, status.failure) == (Sign.LOST, Failure(Reason.NO_PICTURES))
    assert bench.closed == [sub("A")]
    bench.wait(1.0)
    assert bench.opened == [sub("A")] * 2


def test_a_camera_of_rare_key_frames_is_waited_for() -> None:
    bench = Bench(cameras=[camera("A", replace(SUB, gop_s=26.0)), camera("B", replace(SUB, gop_s=None))])
    bench.assign(t1="A", t2="B")
    bench.wait(CONNECT_LIMIT_S)
    assert bench.closed == [sub("B")], "nobody says how rarely that one sends them"
    bench.wait(30.0 - CONNECT_LIMIT_S)
    assert bench.closed == [sub("B"), sub("A")]
    bench.wait(CONNECT_LIMIT_S)
    assert bench.closed == [sub("B"), sub("A"), sub("B")], "its second open had twice as long"


def test_a_stalled_stream_is_given_up_and_opened_anew() -> None:
    bench = playing(t1="A")
    bench.wait(2.0 + STALL_LIMIT_S + 1.0)
    assert bench.opened == [sub("A")] * 2 and bench.closed == [sub("A")]
    bench.play(STEP_S)
    assert bench.status(1).sign is Sign.LIVE


def test_a_stall_is_noticed_although_a_new_size_has_shown_nothing_yet() -> None:
    bench = playing(t1="A")
    bench.console.set_tile_size(tile(1), 640, 360)
    bench.wait(2.0)
    assert bench.status(1).failure == Failure(Reason.STALLED)
    bench.wait(STALL_LIMIT_S + 1.0)
    assert bench.opened == [sub("A")] * 2


def test_a_lost_hosts_streams_are_stale_at_once_and_back_within_a_second() -> None:
    bench = playing(t1="A", t2="B")
    slots = [bench.slot(1), bench.slot(2)]
    bench.video.lose_host()
    bench.pump()
    assert bench.signs() == {1: Sign.STALE, 2: Sign.STALE}
    assert bench.status(1).failure == Failure(Reason.HOST_LOST)
    bench.play(1.0)
    assert bench.signs() == {1: Sign.LIVE, 2: Sign.LIVE}
    assert [bench.slot(1), bench.slot(2)] == slots
    assert bench.opened == [sub("A"), sub("B")] * 2 or bench.opened == [sub("A"), sub("B"), sub("B"), sub("A")]


def test_one_cameras_failure_leaves_the_others_alone() -> None:
    bench = playing(t1="A", t2="B", t3="C")
    bench.fail(sub("B"), Failure(Reason.RESET))
    bench.play(0.125)
    assert bench.generations() == {sub("A"): 1, sub("C"): 1}
    assert [bench.signs()[number] for number in (1, 3)] == [Sign.LIVE] * 2


# ---- wrong passwords


def refused_login() -> Bench:
    bench = Bench()
    bench.assign(t1="A")
    bench.fail(sub("A"), WRONG_PASSWORD)
    return bench


UNDECODABLE = Failure(Reason.UNDECODABLE)


def opened_on(bench: Bench) -> list[HardwareChoice]:
    """What each open so far was told to decode on."""
    return [opening.hardware for opening in bench.video.openings]


def gpu_bench(setting: HardwareChoice = HardwareChoice.ALWAYS) -> Bench:
    """A live tile of a wall with that setting."""
    bench = Bench(hardware=setting)
    bench.assign(t1="A")
    bench.play(1.0)
    return bench


def test_what_does_not_decode_on_a_gpu_is_opened_in_software_until_it_is_called_up_anew() -> None:
    bench = gpu_bench()
    bench.fail(sub("A"), UNDECODABLE)
    bench.play(10.0)
    bench.fail(sub("A"), FIN)
    bench.play(10.0)
    assert opened_on(bench) == [HardwareChoice.ALWAYS, HardwareChoice.NEVER, HardwareChoice.NEVER]
    bench.clear(1)
    bench.assign(t1="A")
    bench.play(1.0)
    assert opened_on(bench)[-1] is HardwareChoice.ALWAYS


def test_what_does_not_decode_on_a_gpu_says_nothing_of_others() -> None:
    bench = gpu_bench()
    bench.fail(sub("A"), UNDECODABLE)
    bench.assign(t2="B")
    bench.play(1.0)
    assert [opening.hardware for opening in bench.video.openings if opening.key == sub("B")] == [
        HardwareChoice.ALWAYS
    ]


@pytest.mark.parametrize(
    "reason",
    [
        Reason.ENDED,
        Reason.RESET,
        Reason.STALLED,
        Reason.UNREACHABLE,
        Reason.BUSY,
        Reason.PROTOCOL,
        Reason.HOST_LOST,
    ],
)
def test_a_failure_of_the_network_keeps_nothing_off_the_gpu(reason: Reason) -> None:
    bench = gpu_bench()
    bench.fail(sub("A"), Failure(reason))
    bench.play(10.0)
    assert opened_on(bench) == [HardwareChoice.ALWAYS] * 2


def test_what_was_not_on_a_gpu_is_opened_as_before() -> None:
    """A shared surface decodes in software, as long as nobody wants more."""
    bench = gpu_bench(HardwareChoice.AUTO)
    bench.fail(sub("A"), UNDECODABLE)
    bench.play(10.0)
    assert opened_on(bench) == [HardwareChoice.AUTO] * 2


def test_a_wrong_password_waits_five_minutes_and_then_asks_for_a_new_lease() -> None:
    bench = refused_login()
    status = bench.status(1)
    assert (status.sign, status.failure, status.retry_in_s) == (Sign.LOST, WRONG_PASSWORD, 300.0)
    bench.wait(300.0 - STEP_S)
    assert bench.opened == [sub("A")]
    bench.wait(2 * STEP_S)
    assert bench.opened == [sub("A")] * 2
    assert len(bench.registry.requested) == 2
    assert bench.registry.held == [bench.registry.granted[1]], "the lease that did not open is given back"


def test_a_wrong_password_is_waited_out_even_if_an_officer_calls_the_camera_up_anew() -> None:
    bench = refused_login()
    for _ in range(20):
        bench.clear(1)
        bench.wait(5.0)
        bench.assign(t1="A")
        bench.wait(5.0)
        assert bench.status(1).failure == WRONG_PASSWORD
    assert bench.opened == [sub("A")]
    bench.wait(100.0)
    assert bench.opened == [sub("A")] * 2


def test_a_wrong_password_that_comes_while_the_tile_is_cleared_is_waited_out_too() -> None:
    bench = Bench()
    bench.assign(t1="A")
    bench.video.acknowledges = False
    bench.clear(1)
    bench.fail(sub("A"), WRONG_PASSWORD)
    bench.assign(t1="A")
    bench.wait(299.0)
    assert bench.opened == [sub("A")]


def test_a_refused_camera_that_nobody_calls_up_again_is_forgotten_after_its_wait() -> None:
    bench = refused_login()
    bench.clear(1)
    bench.wait(301.0)
    assert bench.registry.held == []
    bench.assign(t1="A")
    assert bench.opened == [sub("A")] * 2


# ---- the log


def test_each_change_of_a_life_is_logged_once_without_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench = playing(t1="A")
    bench.fail(sub("A"), FIN)
    messages = [record.getMessage() for record in caplog.records]
    assert messages == [
        "camera=A/sub gen=1 state=connecting reason=-",
        "camera=A/sub gen=1 state=playing reason=-",
        "camera=A/sub gen=1 state=backoff reason=ended",
    ]
    assert "canary" not in caplog.text
