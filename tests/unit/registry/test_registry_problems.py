from __future__ import annotations

import json
import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentence import Sentence
from app.registry.problems import RefusalError, bad_answer, http_error, no_answer

HOST = "registry.example:8443"


def wrapped(cause: Exception) -> Exception:
    """As HTTP libraries do it: an error in an error's arguments."""
    outer = RuntimeError("HTTPSConnectionPool(host='registry.example'): /v1/secret-path", cause)
    outer.__cause__ = cause
    return outer


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (socket.gaierror(-2, "Name or service not known"), "name-unknown"),
        (ConnectionRefusedError(111, "refused"), "refused"),
        (TimeoutError("timed out"), "timeout"),
        (ConnectionResetError(104, "reset"), "cut"),
        (ssl.SSLError(1, "wrong version number"), "tls"),
        (OSError(113, "No route to host"), "unreachable"),
    ],
)
def test_each_way_of_not_answering_is_a_sentence_of_its_own(cause: Exception, code: str) -> None:
    error = no_answer(HOST, wrapped(cause), 3.0)
    assert error.code == code and error.retryable
    assert HOST in str(error) and "secret-path" not in str(error) and str(error).count(".") <= 3
    assert not isinstance(error, RefusalError)


def test_the_sentences_differ() -> None:
    causes = [socket.gaierror(), ConnectionRefusedError(), TimeoutError(), ConnectionResetError(), ssl.SSLError()]
    assert len({str(no_answer(HOST, cause, 3.0)) for cause in [*causes, OSError()]}) == 6


def problem(**members: object) -> bytes:
    return json.dumps(members).encode()


def test_a_refusal_says_the_registrys_own_words_in_one_clean_line() -> None:
    body = problem(code="invalid-client", detail="No\u202e entry\nat rtsp://u:pw@10.0.0.1/x" + "!" * 500)
    error = http_error(HOST, 401, {}, body)
    assert isinstance(error, RefusalError) and not error.retryable and error.code == "invalid-client"
    assert "u:pw" not in str(error) and str(error).isprintable() and len(str(error)) < 300


@pytest.mark.parametrize("status", [500, 502, 503, 599])
def test_a_failing_server_may_be_asked_again(status: int) -> None:
    error = http_error(HOST, status, {}, b"<html>boom</html>")
    assert (error.code, error.retryable) == (f"http-{status}", True)
    assert str(status) in str(error) and "html" not in str(error) and not isinstance(error, RefusalError)


@pytest.mark.parametrize(
    ("header", "member", "wait_s"),
    [
        ("7", None, 7.0),
        (None, 2.5, 2.5),
        ("3", 9, 9.0),
        ("Fri, 20 Nov 2026 08:11:02 GMT", None, None),
        ("-5", -5, None),
        ("9" * 5_000, None, 3_600.0),
        ("²", "soon", None),
    ],
)
def test_retry_after_is_kept_within_an_hour(header: str | None, member: object, wait_s: float | None) -> None:
    headers = {} if header is None else {"Retry-After": header}
    error = http_error(HOST, 429, headers, problem(code="too-many-requests", retry_after_s=member))
    assert error.retry_after_s == wait_s and error.retryable


@pytest.mark.parametrize(
    ("until", "wait_s"),
    [
        ("Fri, 20 Nov 2026 08:11:32 GMT", 30.0),
        ("Friday, 20-Nov-26 08:11:32 GMT", 30.0),
        ("Fri Nov 20 08:11:32 2026", 30.0),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 0.0),
        ("Sat, 20 Nov 2027 08:11:02 GMT", 3_600.0),
        ("Fri, 32 Nov 2026 08:11:32 GMT", None),
        ("Fri, 20 Nov 99999 99:99:99 GMT", None),
        ("soon", None),
    ],
)
def test_retry_after_as_a_date_counts_from_the_answers_own(until: str, wait_s: float | None) -> None:
    headers = {"Retry-After": until, "Date": "Fri, 20 Nov 2026 08:11:02 GMT"}
    assert http_error(HOST, 503, headers, b"").retry_after_s == wait_s
    assert http_error(HOST, 503, {"Retry-After": until}, b"").retry_after_s is None


@given(st.text(), st.text())
def test_any_dates_are_a_wait_within_an_hour_or_none(until: str, now: str) -> None:
    wait_s = http_error(HOST, 503, {"Retry-After": until, "Date": now}, b"").retry_after_s
    assert wait_s is None or 0.0 <= wait_s <= 3_600.0


def test_a_redirect_is_not_followed_and_says_so() -> None:
    error = http_error(HOST, 302, {"Location": "https://evil.example/"}, b"")
    assert error.code == "redirect" and "evil" not in str(error)


@pytest.mark.parametrize("body", [b"", b"[" * 90_000, b"null", problem(code="../x", detail=5, title=[])])
def test_a_problem_that_is_none_is_known_by_its_status(body: bytes) -> None:
    assert http_error(HOST, 404, {}, body).code == "http-404"


def test_an_answer_that_cannot_be_used_names_the_host_and_what() -> None:
    error = bad_answer(HOST, Sentence("it is garbled"), "broken-body")
    assert str(error) == f"The registry at {HOST} sent an answer that cannot be used: it is garbled."
