"""The supervisor over real host processes: streams open, move and close; hosts die, hang and end."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.core.budget import STREAMS_PER_HOST, HardwareChoice
from app.core.failure import Failure, Reason
from app.core.login import LoginRefused
from app.core.model import Endpoint
from app.core.ports import (
    HostBeat,
    HostEnded,
    Output,
    StreamClosed,
    StreamDecoding,
    StreamFailed,
    StreamOpened,
)
from app.core.redact import Secret
from app.core.stream_life import CLOSE_LIMIT_S
from app.video import protocol, supervisor
from app.video.engines.av import hardware_decoder
from app.video.host_process import HostProcess
from app.video.priority import FIRST_TO_GO, niceness_below_own
from app.video.supervisor import (
    BEAT_LIMIT_S,
    GPU_STREAM_BYTES,
    MEMORY_LIMIT_BYTES,
    STOP_LIMIT_S,
    STOPPED_LIMIT_S,
    WATCH_PERIOD_S,
)
from tests.support import odd_camera
from tests.support.simulated_cameras import FRAME_RATE_FPS, H265_CODE, Cameras, simulated_cameras
from tests.support.video_kit import TILE_PX, Stream, Wall, lease_for, running_wall, stream_key
from tests.waiting import until

SPARE_S = 4.0
"""What two busy cores may add to any limit."""
NEVER_S = 3600.0
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture(scope="module")
def cameras() -> Iterator[Cameras]:
    with simulated_cameras() as running:
        yield running


@pytest.fixture
def wall() -> Iterator[Wall]:
    with running_wall() as running:
        yield running


def open_healthy(wall: Wall, cameras: Cameras, transport: str = "tcp") -> Stream:
    return wall.open(cameras.endpoint(transport=transport), cameras.username, cameras.secret)


# --- a stream's life ---


def test_stream_is_described_then_shows_pictures_at_its_rate(wall: Wall, cameras: Cameras) -> None:
    stream = wall.open(cameras.endpoint(H265_CODE), cameras.username, cameras.secret)
    opened = wall.wait_opened(stream)
    assert (opened.codec.value, opened.width_px, opened.height_px) == ("h265", 640, 360)
    assert opened.frame_rate_fps == FRAME_RATE_FPS
    wall.wait_pictures(stream)
    decoding = wall.wait_for(StreamDecoding, stream)
    assert (decoding.engine, decoding.decoder) == ("av", "software")
    first = stream.slot.lights(stream.generation)
    wall.wait_pictures(stream, more=20)
    last = stream.slot.lights(stream.generation)
    fps = (last.pictures - first.pictures) / (last.last_picture_s - first.last_picture_s)
    assert fps == pytest.approx(FRAME_RATE_FPS, rel=0.3)


def test_stream_over_udp_plays(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras, transport="udp")
    wall.wait_pictures(stream, more=10)


def test_closed_stream_writes_no_more(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    wall.supervisor.close(stream.key, stream.generation)
    assert wall.wait_closed(stream) == StreamClosed(stream.key, stream.generation)
    after_close = stream.slot.lights(stream.generation)
    other = open_healthy(wall, cameras)
    wall.wait_pictures(other, more=3)
    assert stream.slot.lights(stream.generation) == after_close
    assert not wall.messages_of(StreamFailed)


def test_close_of_what_is_not_open_is_acknowledged(wall: Wall) -> None:
    stream = Stream(key=stream_key(99), generation=7, slot=wall.slot())
    wall.supervisor.close(stream.key, stream.generation)
    assert wall.wait_closed(stream).generation == stream.generation


def test_same_camera_opens_again_after_its_close(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    wall.supervisor.close(stream.key, stream.generation)
    wall.wait_closed(stream)
    again = Stream(stream.key, stream.generation + 1, stream.slot)
    _open_again(wall, cameras, again)
    wall.wait_pictures(again, more=3)
    assert stream.pictures == 0, "counters of the older open are void"


def test_outputs_change_while_the_stream_plays(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    larger = Stream(stream.key, stream.generation, wall.slot(640, 360))
    both = [Output(stream.slot, *TILE_PX), Output(larger.slot, 640, 360)]
    wall.supervisor.set_outputs(stream.key, both)
    wall.wait_pictures(larger, more=3)
    wall.wait_pictures(stream, more=3)
    wall.supervisor.set_outputs(stream.key, both[1:])
    wall.wait_pictures(larger, more=3)
    left_behind = stream.pictures
    wall.wait_pictures(larger, more=3)
    assert stream.pictures == left_behind
    picture = larger.slot.picture()
    assert picture is not None and (picture.width_px, picture.height_px) == (640, 360)
    assert len(wall.messages_of(StreamOpened, stream.key)) == 1, "the camera was not opened anew"


def test_output_that_is_gone_before_it_is_used_costs_nothing(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    gone = wall.supervisor.new_slot(*TILE_PX)
    gone.close()
    wall.supervisor.set_outputs(stream.key, [Output(gone, *TILE_PX)])
    wall.wait_pictures(stream, more=3)
    assert not wall.messages_of(StreamFailed)


def test_gpu_that_is_not_there_is_done_without(wall: Wall, cameras: Cameras) -> None:
    stream = wall.open(cameras.endpoint(), cameras.username, cameras.secret, HardwareChoice.ALWAYS)
    wall.wait_pictures(stream, more=3)
    assert wall.wait_for(StreamDecoding, stream).decoder == "software" or _has_gpu()


# --- closing what does not answer ---


def test_stream_still_connecting_is_let_go_at_once(wall: Wall) -> None:
    with odd_camera.black_hole() as port:
        stream = wall.open(_at_port(port))
        until(lambda: wall.messages_of(HostBeat), what="a host")
        time.sleep(0.2)  # the host takes the open up; without that the test would still be right, and prove less
        asked_s = time.monotonic()
        wall.supervisor.close(stream.key, stream.generation)
        wall.wait_closed(stream)
        assert time.monotonic() - asked_s < CLOSE_LIMIT_S / 2
    assert not wall.messages_of(StreamFailed)


@pytest.mark.parametrize("is_unproved", [True, False])
def test_camera_that_falls_silent_at_a_login_that_it_never_took_is_told(wall: Wall, is_unproved: bool) -> None:
    with odd_camera.OddCamera(odd_camera.asking(odd_camera.Talk.reset)) as camera:
        stream = wall.open(_at_port(camera.port), "post", Secret("wrong"), is_unproved=is_unproved)
        failure = wall.wait_failed(stream).failure
    assert failure == Failure(Reason.PROTOCOL, login_unheard=is_unproved)


def test_login_that_is_refused_after_its_stream_was_let_go_is_told(wall: Wall) -> None:
    may_answer = threading.Event()
    with odd_camera.OddCamera(odd_camera.refusing(may_answer)) as camera:
        stream = wall.open(_at_port(camera.port), "post", Secret("wrong"))
        until(lambda: wall.messages_of(HostBeat), what="a host")
        wall.supervisor.close(stream.key, stream.generation)
        wall.wait_closed(stream)
        may_answer.set()
        assert wall.wait_for(LoginRefused, stream) == LoginRefused(stream.key, stream.generation)
    assert not wall.messages_of(StreamFailed)


def test_stalled_stream_closes_within_the_limit(wall: Wall, cameras: Cameras) -> None:
    stream = wall.open(cameras.endpoint(options="stall2"), cameras.username, cameras.secret)
    wall.wait_pictures(stream)
    until(lambda: time.monotonic() - stream.slot.lights(stream.generation).last_packet_s > 0.5, what="a stall")
    asked_s = time.monotonic()
    wall.supervisor.close(stream.key, stream.generation)
    wall.wait_closed(stream)
    assert time.monotonic() - asked_s < CLOSE_LIMIT_S


# --- hosts ---


@posix_only
def test_killed_host_is_told_for_each_of_its_streams_and_no_other(wall: Wall, cameras: Cameras) -> None:
    wall.prepare(STREAMS_PER_HOST + 1)
    streams = [open_healthy(wall, cameras) for _ in range(4)]
    for stream in streams:
        wall.wait_pictures(stream)
    victim = wall.supervisor.pids()[0]
    killed_s = time.monotonic()
    os.kill(victim, signal.SIGKILL)
    until(lambda: wall.messages_of(StreamFailed), what="the loss of a host")
    told_s = time.monotonic() - killed_s
    failed = {message.key: message.failure.reason for message in wall.messages_of(StreamFailed)}
    assert told_s < SPARE_S
    assert set(failed.values()) == {Reason.HOST_LOST}
    assert len(failed) == len(streams) / 2
    for stream in streams:
        if stream.key not in failed:
            wall.wait_pictures(stream, more=5)
    assert victim not in wall.supervisor.pids()


@posix_only
def test_streams_of_a_lost_host_open_again_in_another(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    wall.supervisor.kill_host_of(stream.key)
    assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
    again = Stream(stream.key, stream.generation + 1, stream.slot)
    _open_again(wall, cameras, again)
    until(lambda: again.pictures, what="a picture from the new host")


@posix_only
def test_host_that_stands_still_is_killed_and_told(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    pid = wall.supervisor.pids()[0]
    stopped_s = time.monotonic()
    os.kill(pid, signal.SIGSTOP)
    assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
    assert time.monotonic() - stopped_s < BEAT_LIMIT_S + SPARE_S
    assert not psutil.pid_exists(pid)


@posix_only
def test_host_that_the_system_stopped_is_found_sooner_than_one_that_may_be_starved(
    wall: Wall, cameras: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "BEAT_LIMIT_S", NEVER_S)
    stream, other = open_healthy(wall, cameras), open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    _wait_for_beat(wall)
    stopped_s = time.monotonic()
    os.kill(wall.supervisor.pids()[0], signal.SIGSTOP)
    reasons = {wall.wait_failed(each).failure.reason for each in (stream, other)}
    assert reasons == {Reason.HOST_LOST} and time.monotonic() - stopped_s < STOPPED_LIMIT_S + SPARE_S


@posix_only
def test_host_that_stood_still_for_a_moment_is_left_alone(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    pid = wall.supervisor.pids()[0]
    os.kill(pid, signal.SIGSTOP)
    time.sleep(STOPPED_LIMIT_S / 5)
    os.kill(pid, signal.SIGCONT)
    wall.wait_pictures(stream, more=5)
    assert wall.supervisor.pids()[0] == pid and not wall.messages_of(HostEnded)


@pytest.fixture
def patient_watchdog(monkeypatch: pytest.MonkeyPatch) -> None:
    """It kills no host for being stopped, or silent."""
    monkeypatch.setattr(supervisor, "STOPPED_LIMIT_S", NEVER_S)
    monkeypatch.setattr(supervisor, "BEAT_LIMIT_S", NEVER_S)


@posix_only
@pytest.mark.usefixtures("patient_watchdog")
def test_standstill_of_a_host_is_not_taken_for_silence_of_its_cameras(wall: Wall, cameras: Cameras) -> None:
    silence_s = 0.5
    stream = wall.open(cameras.endpoint(), cameras.username, cameras.secret, silence_s=silence_s)
    wall.wait_pictures(stream)
    _wait_for_beat(wall)
    (pid,) = wall.supervisor.pids()
    os.kill(pid, signal.SIGSTOP)
    time.sleep(3 * silence_s)
    os.kill(pid, signal.SIGCONT)
    wall.wait_pictures(stream, more=2 * round(FRAME_RATE_FPS))


@posix_only
@pytest.mark.usefixtures("patient_watchdog")
def test_another_host_gets_ready_while_one_is_stopped(wall: Wall, cameras: Cameras) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    _wait_for_beat(wall)
    (stopped,) = wall.supervisor.pids()
    os.kill(stopped, signal.SIGSTOP)
    try:
        _, ready = until(lambda: two(wall.supervisor.pids()), what="the second host")
        os.kill(stopped, signal.SIGKILL)
        assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
        again = Stream(stream.key, stream.generation + 1, stream.slot)
        _open_again(wall, cameras, again)
        until(lambda: again.pictures, what="a picture from the new host")
        assert wall.supervisor.pids() == [ready], "no third one was started"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(stopped, signal.SIGCONT)


def two(pids: list[int]) -> list[int] | None:
    """The process ids once there are two."""
    return pids if len(pids) == 2 else None


def test_host_that_takes_too_much_memory_is_killed_and_told(
    wall: Wall, cameras: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = open_healthy(wall, cameras)
    wall.wait_pictures(stream)
    pid = wall.supervisor.pids()[0]
    monkeypatch.setattr(supervisor, "MEMORY_LIMIT_BYTES", psutil.Process(pid).memory_info().rss // 2)
    assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
    until(lambda: pid not in wall.supervisor.pids(), what="the end of the host")
    monkeypatch.undo()
    again = Stream(stream.key, stream.generation + 1, stream.slot)
    _open_again(wall, cameras, again)
    until(lambda: again.pictures, what="a picture from the new host")


@pytest.mark.parametrize(
    ("asked", "decoders", "is_killed"),
    [
        (HardwareChoice.ALWAYS, ["hardware"], False),
        (HardwareChoice.ALWAYS, ["software"], True),
        (HardwareChoice.AUTO, ["hardware"], False),
        (HardwareChoice.ALWAYS, ["software", "hardware"], False),
    ],
)
def test_host_whose_gpu_decodes_may_take_more_memory(
    cameras: Cameras, asked: HardwareChoice, decoders: list[str], is_killed: bool
) -> None:
    """What a graphics driver takes counts in the process; what goes on in software is held to the usual limit."""
    large = protocol.Beat(1.0, 0, MEMORY_LIMIT_BYTES + GPU_STREAM_BYTES // 2)
    said = [protocol.Decoding(stream_key(1), 1, "av", decoder) for decoder in decoders]
    lines = b"".join(map(protocol.encode, [*said, large, large]))
    closed = protocol.encode(protocol.Closed(stream_key(1), 1))
    with running_wall(_speaking(lines, "sys.stdin.readline()", answer=closed)) as wall:
        stream = Stream(stream_key(1), 1, wall.slot())
        lease = lease_for(stream.key, cameras.endpoint(), cameras.username, cameras.secret)
        wall.supervisor.open(lease, 1, [], asked)
        until(lambda: len(wall.messages_of(HostBeat)) == 2, what="the beats")  # so the first one was judged
        if is_killed:
            assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
        else:
            wall.supervisor.close(stream.key, 1)
            until(lambda: wall.messages_of(StreamClosed) or wall.messages_of(StreamFailed), what="its answer")
            assert not wall.messages_of(StreamFailed), "one that was killed answers nothing"
            assert wall.supervisor.pids() and not wall.messages_of(HostEnded)


def test_host_of_usual_size_is_far_below_the_limit(wall: Wall, cameras: Cameras) -> None:
    wall.wait_pictures(open_healthy(wall, cameras), more=3)
    (pid,) = wall.supervisor.pids()
    assert psutil.Process(pid).memory_info().rss < MEMORY_LIMIT_BYTES / 4


@posix_only
def test_stop_ends_a_host_that_stands_still(cameras: Cameras) -> None:
    before = set(threading.enumerate())
    with running_wall() as wall:
        stream = open_healthy(wall, cameras)
        wall.wait_pictures(stream)
        pids = wall.supervisor.pids()
        os.kill(pids[0], signal.SIGSTOP)
        asked_s = time.monotonic()
        wall.supervisor.stop()
        assert time.monotonic() - asked_s < STOP_LIMIT_S + SPARE_S
    assert not any(map(psutil.pid_exists, pids))
    assert set(threading.enumerate()) <= before
    assert not wall.messages_of(StreamFailed), "an end that was asked for is no failure"


def test_host_that_cannot_be_started_is_told(cameras: Cameras) -> None:
    with running_wall(("/no/such/program",)) as wall:
        wall.supervisor.prepare(1)
        stream = open_healthy(wall, cameras)
        assert wall.wait_failed(stream).failure.reason is Reason.NO_HOST


def test_host_that_fails_at_once_is_told_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its threads take turns as often as they can: one may end before the other has begun."""
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(300):
            ends: queue.SimpleQueue[int | OSError] = queue.SimpleQueue()
            HostProcess(("/no/such/program",), "host", bytes, ends.put).start()
            assert isinstance(ends.get(timeout=SPARE_S), FileNotFoundError)
    finally:
        sys.setswitchinterval(usual_s)


@posix_only
def test_host_runs_below_the_wall_in_each_of_its_threads(wall: Wall, cameras: Cameras) -> None:
    wall.wait_pictures(open_healthy(wall, cameras))
    (host,) = map(psutil.Process, wall.supervisor.pids())
    assert len(host.threads()) > 2
    assert os.getpriority(os.PRIO_PROCESS, 0) < niceness_below_own()
    until(lambda: _nicenesses(host) == {niceness_below_own()}, what="the niceness of each thread")


def _nicenesses(process: psutil.Process) -> set[int]:
    found = set()
    for thread in process.threads():
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            found.add(os.getpriority(os.PRIO_PROCESS, thread.id))
    return found


@posix_only
def test_host_gives_way_before_it_has_loaded_anything() -> None:
    ends: queue.SimpleQueue[int | OSError] = queue.SimpleQueue()
    process = HostProcess(("/bin/sleep", "60"), "host", bytes, ends.put)
    process.start()
    try:
        host = psutil.Process(until(lambda: process.pid, what="the process"))
        until(lambda: host.nice() == niceness_below_own(), what="its niceness")
        if sys.platform == "linux":
            assert Path(f"/proc/{host.pid}/oom_score_adj").read_text(encoding="ascii").strip() == FIRST_TO_GO
    finally:
        process.kill()
    assert ends.get(timeout=SPARE_S) == -signal.SIGKILL


@pytest.fixture
def may_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """While it is not set, processes take for ever to start, as under a virus scanner that thinks."""
    allowed = threading.Event()
    start = subprocess.Popen

    def slow(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        allowed.wait(NEVER_S)
        return start(*words, **options)

    monkeypatch.setattr("app.video.host_process.subprocess.Popen", slow)
    yield allowed
    allowed.set()


def test_host_that_is_slow_to_start_holds_nobody_up(
    wall: Wall, cameras: Cameras, may_start: threading.Event
) -> None:
    stream = open_healthy(wall, cameras)
    assert wall.supervisor.pids() == []
    may_start.set()
    wall.wait_pictures(stream)


def test_host_that_is_given_up_while_it_starts_is_ended(
    wall: Wall, cameras: Cameras, may_start: threading.Event
) -> None:
    stream = open_healthy(wall, cameras)
    wall.supervisor.kill_host_of(stream.key)
    may_start.set()
    assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
    assert wall.supervisor.pids() == [] and not wall.messages_of(StreamOpened)


def test_stop_waits_for_a_host_that_is_still_starting(cameras: Cameras, may_start: threading.Event) -> None:
    before = set(threading.enumerate())
    with running_wall() as wall:
        open_healthy(wall, cameras)
        threading.Timer(STOP_LIMIT_S + 0.5, may_start.set).start()
        wall.supervisor.stop()
    assert set(threading.enumerate()) <= before
    assert not wall.supervisor.pids()


def test_host_of_another_version_is_not_used(cameras: Cameras) -> None:
    with running_wall(_speaking(protocol.encode(protocol.Hello(protocol.VERSION + 1)))) as wall:
        stream = open_healthy(wall, cameras)
        assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST


def test_nonsense_from_a_host_is_passed_over() -> None:
    lines = b"\xff\xfe nonsense\n" + b'{"kind":"open"}\n' + protocol.encode(protocol.Beat(1.5, 4096, 8192))
    with running_wall(_speaking(lines)) as wall:
        wall.supervisor.prepare(1)
        until(lambda: wall.messages_of(HostBeat), what="the beat after the nonsense")
        beat = wall.messages_of(HostBeat)[0]
    assert (beat.cpu_s, beat.uss_bytes) == (1.5, 4096)


@pytest.mark.parametrize("field", ["cpu_s", "rss_bytes"])
def test_host_that_says_something_of_a_wrong_type_is_ended_and_told(cameras: Cameras, field: str) -> None:
    beat = {"kind": "beat", "cpu_s": 1.0, "uss_bytes": 1, "rss_bytes": 1, field: None}
    line = json.dumps(beat).encode() + b"\n"
    with running_wall(_speaking(line, "sys.stdin.readline()")) as wall:
        stream = open_healthy(wall, cameras)
        assert wall.wait_failed(stream).failure.reason is Reason.HOST_LOST
        assert wall.supervisor.pids() == []
        assert not wall.messages_of(HostBeat)


# --- the console's own end ---


@contextmanager
def console_process(*words: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A console with one host: its process, and the host's id."""
    argv = [sys.executable, "-m", "tests.support.console_process", *words]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        if process.poll() is None:
            process.communicate(timeout=STOP_LIMIT_S + SPARE_S)


@posix_only
def test_host_ends_when_its_console_is_killed() -> None:
    with console_process() as (console, host):
        console.kill()
        console.wait()
        until(lambda: not psutil.pid_exists(host), what="the end of the host")


@posix_only
def test_pc_that_stood_still_keeps_its_hosts() -> None:
    """A suspended or overloaded PC: when it goes on, the console is there before its hosts have beaten again.

    Nothing is asked of this machine: what is forgiven leaves up to half a second of silence, and a host may be
    stopped for as long as it may be silent; what is not forgiven is longer than both.
    """
    with console_process(str(BEAT_LIMIT_S)) as (console, host):
        os.kill(host, signal.SIGSTOP)
        console.send_signal(signal.SIGSTOP)
        time.sleep(BEAT_LIMIT_S + 1.0)
        console.send_signal(signal.SIGCONT)
        time.sleep(WATCH_PERIOD_S)  # a round of its watchdog: the one that was due all the time
        assert "HostEnded" not in _news(console)  # beats from before are taken in with that, too
        os.kill(host, signal.SIGCONT)
        assert "HostEnded" not in until(lambda: _news(console), what="a beat")
        assert psutil.pid_exists(host)


def _news(console: subprocess.Popen[bytes]) -> list[str]:
    """The kinds of the messages that a console got since it was asked last."""
    assert console.stdin is not None and console.stdout is not None
    console.stdin.write(b"\n")
    console.stdin.flush()
    return console.stdout.readline().decode().split()


# --- parts ---


def _wait_for_beat(wall: Wall) -> None:
    """A new one: the host's limits are those of now."""
    beats = len(wall.messages_of(HostBeat))
    until(lambda: len(wall.messages_of(HostBeat)) > beats, what="a beat under the new limits")


def _open_again(wall: Wall, cameras: Cameras, stream: Stream) -> None:
    lease = lease_for(stream.key, cameras.endpoint(), cameras.username, cameras.secret)
    wall.supervisor.open(lease, stream.generation, [Output(stream.slot, *TILE_PX)], HardwareChoice.NEVER)


def _at_port(port: int) -> Endpoint:
    return Endpoint("rtsp", odd_camera.LOOPBACK, port, "/stream")


def _speaking(lines: bytes, first: str = "", answer: bytes = b"") -> tuple[str, ...]:
    """A host that does something first, says these lines, answers what it is told next, and waits for its end."""
    say = "sys.stdout.buffer.write({!r}); sys.stdout.flush()".format
    after = f"sys.stdin.readline(); {say(answer)}" if answer else "pass"
    return (sys.executable, "-c", f"import sys; {first or 'pass'}; {say(lines)}; {after}; sys.stdin.read()")


def _has_gpu() -> bool:
    return hardware_decoder(HardwareChoice.ALWAYS) is not None
