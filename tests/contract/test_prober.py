"""The prober against real sockets: what answers RTSP is whole, whatever else happens is not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.core.model import Endpoint, StreamKey
from app.core.paths import PathProbed
from app.video.prober import PATIENCE_S, Prober, answers
from tests.support import odd_camera
from tests.support.odd_camera import OddCamera, Script, Talk
from tests.support.simulated_cameras import simulated_cameras
from tests.support.video_kit import Messages, stream_key
from tests.waiting import GENEROUS_S, until

SPARE_S = 4.0
"""What two busy cores may add to any limit."""
MANY = 64
"""Sites of a large wall."""
HEALTHY = odd_camera.describing(odd_camera.VIDEO_SDP)


def endpoint(port: int, scheme: str = "rtsp", host: str = odd_camera.LOOPBACK) -> Endpoint:
    return Endpoint(scheme, host, port, "/stream")


def silent(talk: Talk) -> None:
    """Takes requests and says nothing."""
    for _ in talk.requests():
        pass


def leaving(talk: Talk) -> None:
    """Says goodbye at the first request."""
    next(talk.requests(), None)


def babbling(talk: Talk) -> None:
    """Answers in another language, and goes on."""
    for _ in talk.requests():
        talk.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def stuttering(talk: Talk) -> None:
    """Answers a letter at a time."""
    next(talk.requests(), None)
    for letter in b"RTSP/1.0 200 OK\r\n\r\n":
        talk.send(bytes([letter]))
        time.sleep(0.01)


def refusing(talk: Talk) -> None:
    """Wants a login for everything: it is there all the same."""
    for request in talk.requests():
        talk.reply(request, "401 Unauthorized")


@contextmanager
def probing() -> Iterator[tuple[Prober, Messages]]:
    """A prober and its inbox; ended in the end."""
    inbox = Messages()
    prober = Prober(inbox)
    try:
        yield prober, inbox
    finally:
        prober.stop()


def told(inbox: Messages, key: StreamKey) -> bool:
    """What was said of a stream's path."""
    return until(lambda: inbox.of(PathProbed, key), what=f"an answer about {key}")[0][1].is_whole


# ---- what counts as whole


@pytest.mark.parametrize(
    ("script", "is_whole"),
    [
        (HEALTHY, True),
        (refusing, True),
        (stuttering, True),
        (silent, False),
        (leaving, False),
        (babbling, False),
        (odd_camera.greeting, False),
        (odd_camera.resetting, False),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_only_an_rtsp_answer_makes_a_path_whole(script: Script, is_whole: bool) -> None:
    with OddCamera(script) as camera:
        assert answers(endpoint(camera.port)) is is_whole


def test_a_simulated_camera_is_whole() -> None:
    with simulated_cameras() as cameras:
        assert answers(cameras.endpoint())


def test_a_closed_port_and_an_unknown_name_are_not_whole() -> None:
    with odd_camera.closed_port() as port:
        assert not answers(endpoint(port))
    assert not answers(endpoint(554, host="no-such-host.invalid"))
    assert not answers(endpoint(554, host="x" * 300))


def test_a_black_hole_is_given_up_within_the_patience() -> None:
    with odd_camera.black_hole() as port:
        asked_s = time.monotonic()
        assert not answers(endpoint(port))
        assert PATIENCE_S * 0.9 < time.monotonic() - asked_s < PATIENCE_S + SPARE_S


def test_over_tls_a_connection_has_to_do() -> None:
    with OddCamera(silent) as camera:
        assert answers(endpoint(camera.port, "rtsps"))
    with odd_camera.closed_port() as port:
        assert not answers(endpoint(port, "rtsps"))


def test_a_question_carries_no_login_and_no_address() -> None:
    heard: list[bytes] = []
    with socket.create_server((odd_camera.LOOPBACK, 0)) as listener:
        listening = threading.Thread(target=_hear, args=(listener, heard))
        listening.start()
        assert answers(endpoint(listener.getsockname()[1]))
        listening.join()
    (question,) = heard
    assert question.startswith(b"OPTIONS * RTSP/1.0\r\n") and question.endswith(b"\r\n\r\n")
    assert b"/stream" not in question and b"uthorization" not in question


def _hear(listener: socket.socket, heard: list[bytes]) -> None:
    connection, _ = listener.accept()
    with connection:
        heard.append(connection.recv(4096))
        connection.sendall(b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n")
        assert connection.recv(1) == b"", "it leaves after the answer"


# ---- many at once


def test_answers_come_for_each_that_was_asked() -> None:
    with OddCamera(HEALTHY) as camera, odd_camera.closed_port() as closed, probing() as (prober, inbox):
        for number, port in enumerate([camera.port, closed] * 4):
            prober.probe(stream_key(number), endpoint(port))
        assert [told(inbox, stream_key(number)) for number in range(8)] == [True, False] * 4


def test_asking_does_not_wait_and_dead_addresses_hold_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a patience that outlives the test, whoever waits for an answer waits until the address is let go."""
    monkeypatch.setattr("app.video.prober.PATIENCE_S", 2 * GENEROUS_S)
    with OddCamera(HEALTHY) as camera, probing() as (prober, inbox):
        with odd_camera.black_hole() as hole:
            for number in range(MANY - 1):
                prober.probe(stream_key(number), endpoint(hole))
                assert not inbox.of(PathProbed), "it was waited for"
            prober.probe(stream_key(99), endpoint(camera.port))
            assert told(inbox, stream_key(99))
            assert len(inbox.of(PathProbed)) == 1, "nor does anybody wait for the others"
        assert not any(told(inbox, stream_key(number)) for number in range(MANY - 1))


def test_a_path_that_comes_back_is_seen() -> None:
    with probing() as (prober, inbox), odd_camera.closed_port() as port:
        prober.probe(stream_key(1), endpoint(port))
        assert not told(inbox, stream_key(1))
        with OddCamera(HEALTHY) as camera:
            prober.probe(stream_key(2), endpoint(camera.port))
            assert told(inbox, stream_key(2))


# ---- the end


def test_the_end_leaves_no_thread_and_says_nothing_more() -> None:
    before = set(threading.enumerate())
    with odd_camera.black_hole() as hole:
        with probing() as (prober, inbox):
            prober.probe(stream_key(1), endpoint(hole))
        said = len(inbox.of(PathProbed))
        time.sleep(PATIENCE_S / 4)
        assert len(inbox.of(PathProbed)) == said
        assert set(threading.enumerate()) <= before


def test_a_question_that_is_answered_leaves_no_thread() -> None:
    """In a week there are thousands of them."""
    with OddCamera(HEALTHY) as camera, probing() as (prober, inbox):
        for number in range(8):
            prober.probe(stream_key(number), endpoint(camera.port))
        assert all(told(inbox, stream_key(number)) for number in range(8))
        until(lambda: not any(thread.name == "prober" for thread in threading.enumerate()), what="their end")


def test_a_question_for_which_there_is_no_thread_is_answered_with_no(monkeypatch: pytest.MonkeyPatch) -> None:
    with probing() as (prober, inbox):
        monkeypatch.setattr(threading.Thread, "start", _no_thread)
        prober.probe(stream_key(1), endpoint(1))
        assert not told(inbox, stream_key(1))


def _no_thread(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_the_end_does_not_wait_for_all_that_was_asked() -> None:
    with odd_camera.black_hole() as hole:
        with probing() as (prober, _):
            for number in range(MANY * 3):
                prober.probe(stream_key(number), endpoint(hole))
            asked_s = time.monotonic()
        assert time.monotonic() - asked_s < PATIENCE_S + SPARE_S
