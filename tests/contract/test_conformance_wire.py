"""The suite's own HTTP: patient with a busy registry, and never held up or fooled by a strange one."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from conformance_kit import checked_registry

from app.conformance.wire import TRIES_MAX, WAIT_MAX_S, Answer, Wire
from app.core.errors import RegistryError
from tests.support.wrong_registry import Break, Change, Exchange, on

META = "GET /v1/meta"


def answer_to(folder: Path, change: Change, pauses_s: list[float] | None = None, **options: Any) -> Answer:
    """What the suite reads where the registry answers like that."""
    slept_s = [] if pauses_s is None else pauses_s
    with checked_registry(folder, Break("", "", on(META, change))) as registry:
        return Wire(registry.url, sleep=slept_s.append).ask(META, "/v1/meta", {}, **options)


def busy(times: int, retry_after: str) -> Change:
    """Too busy so many times."""

    def change(exchange: Exchange) -> None:
        exchange.before["asked"] = exchange.before.get("asked", 0) + 1
        if exchange.before["asked"] <= times:
            exchange.says(503, "unavailable")
            exchange.headers["retry-after"] = retry_after

    return change


def test_a_busy_registry_is_asked_again_when_it_says(tmp_path: Path) -> None:
    pauses_s: list[float] = []
    answer = answer_to(tmp_path, busy(2, "7"), pauses_s)
    assert answer.status == 200 and pauses_s == [7.0, 7.0]


def test_a_registry_that_stays_busy_is_left_alone(tmp_path: Path) -> None:
    pauses_s: list[float] = []
    answer = answer_to(tmp_path, busy(99, "1"), pauses_s)
    assert (answer.status, answer.code) == (503, "unavailable") and len(pauses_s) == TRIES_MAX - 1


@pytest.mark.parametrize("retry_after", [f"{WAIT_MAX_S + 1:.0f}", "Fri, 27 Nov 2026 00:00:00 GMT", "-1", ""])
def test_nobody_waits_long_or_for_what_is_no_number(tmp_path: Path, retry_after: str) -> None:
    pauses_s: list[float] = []
    assert answer_to(tmp_path, busy(1, retry_after), pauses_s).status == 503 and not pauses_s


def test_being_asked_to_wait_can_be_the_answer(tmp_path: Path) -> None:
    pauses_s: list[float] = []
    assert answer_to(tmp_path, busy(1, "1"), pauses_s, is_patient=False).status == 503 and not pauses_s


def redirects(exchange: Exchange) -> None:
    exchange.status, exchange.body = 302, b""
    exchange.headers["location"] = "http://192.0.2.1/"


def test_no_redirect_is_followed(tmp_path: Path) -> None:
    assert answer_to(tmp_path, redirects).status == 302


def packed(body: bytes) -> Change:
    """An answer that is said to be gzip."""

    def change(exchange: Exchange) -> None:
        exchange.body = body
        exchange.headers["content-encoding"] = "gzip"

    return change


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"no gzip", "broken-body"),
        (gzip.compress(b"{}" * 1000)[:-12], "torn-body"),
        (gzip.compress(bytes(257 * 1024 * 1024), 1), "too-large-body"),
    ],
    ids=["garbled", "torn", "bomb"],
)
def test_a_body_that_cannot_be_read_is_no_answer(tmp_path: Path, body: bytes, code: str) -> None:
    with pytest.raises(RegistryError) as caught:
        answer_to(tmp_path, packed(body))
    assert caught.value.code == code


def test_an_answer_does_not_print_its_body(tmp_path: Path) -> None:
    answer = answer_to(tmp_path, lambda exchange: exchange.answers(200, {"secret": "rahasia-7301"}))
    assert b"rahasia-7301" in answer.body and "rahasia" not in repr(answer)


@pytest.mark.parametrize("code", ["Rahasia 7301", 7, None, "\x1b[31mred"])
def test_only_a_code_of_the_contracts_form_is_one(tmp_path: Path, code: object) -> None:
    answer = answer_to(tmp_path, lambda exchange: exchange.says(404, code))  # type: ignore[arg-type]
    assert answer.code == "" and answer.said == "404"
