"""No stream, however odd or hostile, costs more than its own tile: the host lives, its other streams play on.

Each group of `hostile_catalogue` has a trial and a host of its own, once; the tests look at what was seen in it.
The last tests watch single streams.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest

from app.core.failure import Reason
from app.core.ports import StreamFailed
from app.core.redact import Secret
from app.core.stream_life import CLOSE_LIMIT_S
from app.video.ingest import Ingest, IngestError
from app.video.run_clock import RunClock
from tests.contract.hostile_trial import NEVER_SETTLES, Trial, number_on, run_trial
from tests.support import hostile_catalogue as catalogue
from tests.support import hostile_wire as wire
from tests.support.hostile_camera import HostileCameras
from tests.support.hostile_stream import HostileStream
from tests.support.made_streams import Form, MadeStreams
from tests.support.video_kit import Stream, Wall, running_wall
from tests.waiting import until

TRIALS_AT_ONCE = 3
SETTLED_WITHIN_S = 12.0
SPARE_S = 4.0
"""What two busy cores may add to any limit."""
AGE_TOLERANCE_S = 0.3
GROWTH_LIMIT_BYTES = 150_000_000
HALF_AN_INTERVAL_S = 0.5
"""Of the camera that sends a picture a second."""
LEAST_NUMBERS = 15
"""Of the healthy loop's twenty frames, that must have been seen in some seconds."""

MUST_PLAY = (
    *(name for name in catalogue.CODINGS if name not in {"codec-change", "fifth-fps"}),
    *catalogue.CLOCKS,
    *("flips-some", "flips-in-key-frames", "changing-source", "other-channels", "requests", "answers-to-nothing"),
    *("random-reports", "lying-report", "teardown-unanswered"),
    *("huge-description", "huge-description-line", "hundred-videos", "thousand-sounds"),
    *("no-control", "control-elsewhere", "sets-no-base64", "sets-without-end", "impossible-measures"),
    *("lying-rtp-info", "lying-range", "giant-session", "giant-transport"),
)
"""Odd, or hostile around good pictures: what an officer could see must be seen."""
NAMED = {
    "fifth-fps": Reason.STALLED,  # slower than the read time-out
    "codec-change": Reason.UNDECODABLE,
    "sets-never": Reason.UNDECODABLE,
    "wrong-version": Reason.STALLED,
    "wrong-payload-type": Reason.STALLED,
    "nothing-but-reports": Reason.STALLED,
    "nothing-but-other-channels": Reason.STALLED,
    "giant-length": Reason.STALLED,
    "giant-request-body": Reason.STALLED,
    "endless-unit": Reason.STALLED,
    "endless-text": Reason.STALLED,
    "endless-headers": Reason.NO_ANSWER,
    "endless-header-line": Reason.NO_ANSWER,
    "endless-body": Reason.NO_ANSWER,
    "giant-body-length": Reason.NO_ANSWER,
    "negative-body-length": Reason.PROTOCOL,
    "binary-description": Reason.PROTOCOL,
    "random-answer": Reason.NO_ANSWER,
    "no-media-type": Reason.UNSUPPORTED,
    "redirect-loop": Reason.NO_ANSWER,
    "unanswered-setup": Reason.NO_ANSWER,
}


@pytest.fixture(scope="module")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileCameras]:
    with HostileCameras(catalogue.STREAMS, MadeStreams.of_session(tmp_path_factory)) as running:
        yield running


@pytest.fixture(scope="module")
def trials(cameras: HostileCameras) -> Mapping[str, Future[Trial]]:
    """The trials of all groups, some at a time: most of their time is waiting."""
    with ThreadPoolExecutor(TRIALS_AT_ONCE) as pool:
        return {group: pool.submit(run_trial, group, names, cameras) for group, names in catalogue.GROUPS.items()}


@pytest.fixture(params=list(catalogue.GROUPS))
def trial(request: pytest.FixtureRequest, trials: Mapping[str, Future[Trial]]) -> Trial:
    """What was seen of one group."""
    return trials[request.param].result()


@pytest.fixture(scope="module")
def wall() -> Iterator[Wall]:
    """One host for all single streams: they leave each other alone."""
    with running_wall() as running:
        running.prepare(1)
        yield running


# --- groups of hostile streams beside a healthy one ---


def test_host_lives_and_beats(trial: Trial) -> None:
    assert trial.hosts_after == trial.hosts_before
    assert trial.beats_after > 0


def test_healthy_neighbour_keeps_showing_its_own_pictures(trial: Trial) -> None:
    assert trial.longest_gap_s < SPARE_S
    assert None not in trial.numbers
    assert len(set(trial.numbers)) >= LEAST_NUMBERS
    assert set(trial.numbers) <= set(range(catalogue.STREAMS[catalogue.HEALTHY].form.frames))


def test_each_stream_plays_or_is_named_in_time(trial: Trial) -> None:
    late = {
        name: end
        for name, end in trial.ends.items()
        if end.settled_s is None or end.settled_s > SETTLED_WITHIN_S + SPARE_S
    }
    assert late.keys() <= {NEVER_SETTLES}, late


def test_good_pictures_in_odd_wrapping_are_shown(trial: Trial) -> None:
    missing = {name: end for name, end in trial.ends.items() if name in MUST_PLAY and not end.is_playing}
    assert not missing


def test_failures_have_the_right_name(trial: Trial) -> None:
    named = {name: end.failure and end.failure.reason for name, end in trial.ends.items() if name in NAMED}
    assert named == {name: NAMED[name] for name in named}


def test_closes_are_acknowledged(trial: Trial) -> None:
    slow = {name: end.close_s for name, end in trial.ends.items() if end.close_s > CLOSE_LIMIT_S}
    assert not slow


def test_nothing_is_written_outside_a_slot(trial: Trial) -> None:
    assert not [name for name, end in trial.ends.items() if end.has_spilled]


def test_no_thread_of_the_host_is_left(trial: Trial) -> None:
    assert trial.threads_left <= 0


def test_memory_of_the_host_is_bounded(trial: Trial) -> None:
    assert trial.growth_bytes < GROWTH_LIMIT_BYTES


# --- single streams ---


def test_camera_that_sends_no_key_frame_shows_nothing(wall: Wall, cameras: HostileCameras) -> None:
    """The host goes on waiting: the console's own limit (`stream_life.CONNECT_LIMIT_S`) ends it."""
    stream = wall.open(cameras.endpoint(NEVER_SETTLES))
    until(lambda: stream.slot.lights(stream.generation).packets > 20, what="packets")
    assert stream.pictures == 0


def test_pictures_are_shown_in_their_order(wall: Wall, cameras: HostileCameras) -> None:
    numbers = numbers_shown(wall, wall.open(cameras.endpoint("b-frames")))
    steps = {(later - earlier) % Form().frames for earlier, later in itertools.pairwise(numbers)}
    assert max(steps) < Form().frames // 2, numbers


def test_picture_of_a_slow_camera_is_as_old_as_its_camera_says(wall: Wall, cameras: HostileCameras) -> None:
    """FFmpeg gives a picture away when the next one begins: a second later."""
    stream = wall.open(cameras.endpoint("one-fps"), silence_s=cameras.silence_s("one-fps"))
    wall.wait_pictures(stream, more=4)
    lights = stream.slot.lights(stream.generation)
    assert lights.camera_age_s == pytest.approx(1.0, abs=AGE_TOLERANCE_S)
    assert lights.late_s == pytest.approx(lights.camera_age_s, abs=AGE_TOLERANCE_S)


class StandingClock(RunClock):
    """Of a process that does not run."""

    def now_s(self) -> float:
        return 0.0


@pytest.mark.parametrize("stands", [False, True], ids=["silent camera", "process that stood still"])
def test_silence_counts_only_while_this_process_runs(cameras: HostileCameras, stands: bool) -> None:
    """FFmpeg's own time-out forgives nothing: it is asked again."""
    clock = StandingClock() if stands else RunClock()
    endpoint = cameras.endpoint("one-fps")
    with closing(Ingest(endpoint, "", Secret(""), None, silence_s=HALF_AN_INTERVAL_S, clock=clock)) as ingest:
        packets = ingest.packets()
        if stands:
            assert all(next(packets).size for _ in range(4))
        else:
            with pytest.raises(IngestError) as ended:
                list(packets)
            assert ended.value.failure.detail == f"no packet for {HALF_AN_INTERVAL_S:g} s"


def test_picture_of_another_size_is_shown_whole(wall: Wall, cameras: HostileCameras) -> None:
    stream = wall.open(cameras.endpoint("size-change"), size_px=(640, 480))
    until(lambda: _height_px(stream) == catalogue.LARGER.height_px, what="the larger pictures")
    assert len(set(numbers_shown(wall, stream))) > 1


def test_frozen_encoder_delivers_one_picture_with_rising_counters(wall: Wall, cameras: HostileCameras) -> None:
    stream = wall.open(cameras.endpoint("frozen-encoder"))
    wall.wait_pictures(stream, more=25)
    before = stream.slot.lights(stream.generation)
    assert set(numbers_shown(wall, stream)) == {0}
    after = stream.slot.lights(stream.generation)
    assert after.pictures > before.pictures and after.pts_us > before.pts_us


def test_one_stream_plays_to_many_clients(wall: Wall, cameras: HostileCameras) -> None:
    streams = [wall.open(cameras.endpoint(catalogue.HEALTHY)) for _ in range(4)]
    for stream in streams:
        wall.wait_pictures(stream, more=5)


def test_camera_with_a_title_in_latin_letters_plays(wall: Wall, cameras: HostileCameras) -> None:
    wall.wait_pictures(wall.open(cameras.endpoint("foreign-letters")))


def test_failed_opens_leave_no_connection(wall: Wall, cameras: HostileCameras) -> None:
    wall.wait_pictures(wall.open(cameras.endpoint(catalogue.HEALTHY)))
    host = psutil.Process(wall.supervisor.pids()[0])
    before = len(host.net_connections("tcp"))
    for _ in range(5):
        tried = [wall.open(cameras.endpoint(name)) for name in ("foreign-letters", "binary-description")]
        for stream in tried:
            _wait_done(wall, stream)
            wall.supervisor.close(stream.key, stream.generation)
            wall.wait_closed(stream)
    until(lambda: len(host.net_connections("tcp")) <= before, within_s=SPARE_S, what="the end of the connections")


@pytest.mark.xfail(reason="FFmpeg follows redirects and takes the login along", strict=True)
def test_password_is_not_taken_to_where_a_camera_redirects(
    wall: Wall, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = MadeStreams.of_session(tmp_path_factory)
    seen: list[str] = []
    with HostileCameras({"stranger": HostileStream(answer=wire.asking_for_login(seen))}, made) as strangers:
        location = f"rtsp://{strangers.endpoint('stranger').host}:{strangers.port}/stranger"
        with HostileCameras({"camera": HostileStream(answer=wire.redirecting(location))}, made) as cameras:
            wall.wait_failed(wall.open(cameras.endpoint("camera"), "officer", Secret("a password")))
    assert not any(seen)


# --- parts ---


def numbers_shown(wall: Wall, stream: Stream, pictures: int = 15) -> list[int]:
    """The frames that a slot shows one after the other."""
    numbers: list[int] = []
    for _ in range(pictures):
        wall.wait_pictures(stream)
        number = number_on(stream.slot)
        assert number is not None, "a picture without a readable number"
        numbers.append(number)
    return numbers


def _wait_done(wall: Wall, stream: Stream) -> None:
    """Until it plays or has failed."""
    until(lambda: stream.pictures or wall.messages_of(StreamFailed, stream.key), what=f"word of {stream.key}")


def _height_px(stream: Stream) -> int:
    picture = stream.slot.picture()
    return picture.height_px if picture else 0
