"""Guessing PINs at the reference registry: slowed, locked, and never a way to lock others out."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from people_kit import PIN, WRONG_PIN, add_officer, serve, sign_in
from reference_registry_kit import PostClient, ServedRegistry, code_of

from app.demo.registry import limits

SARI, DIMAS, NOBODY = "86040317", "91110562", "99999999"


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path) as served:
        for number in (SARI, DIMAS):
            add_officer(served, number)
        yield served


@pytest.fixture
def post(registry: ServedRegistry) -> PostClient:
    return registry.post()


def wait(registry: ServedRegistry, post: PostClient, for_s: float) -> None:
    """Set the clock forward; the post fetches a new token."""
    registry.clock.ahead_s += for_s
    post.token = registry.services.access.issue_token(post.id)


def wrong_tries(registry: ServedRegistry, post: PostClient, number: str, count: int) -> list[float]:
    """Wrong tries, each as early as it is allowed; gives the waits between them."""
    waits_s = []
    wait(registry, post, 0)
    while count:
        answer = sign_in(post, number, WRONG_PIN)
        if answer.status_code == 401:
            count -= 1
        else:
            assert (answer.status_code, code_of(answer)) == (429, "too-many-requests")
            waits_s.append(float(answer.headers["Retry-After"]))
            wait(registry, post, waits_s[-1])
    return waits_s


def test_wrong_number_and_wrong_pin_have_the_same_answer(post: PostClient) -> None:
    answers = [sign_in(post, number, WRONG_PIN) for number in (SARI, NOBODY)]
    bodies = [answer.json() for answer in answers]
    for answer, body in zip(answers, bodies, strict=True):
        assert (answer.status_code, code_of(answer)) == (401, "sign-in-refused")
        assert answer.headers["WWW-Authenticate"] == "Pantau-Shift"
        assert not body["retryable"]
        del body["trace_id"]
    assert bodies[0] == bodies[1]


def test_number_that_nobody_has_costs_the_same_time(registry: ServedRegistry) -> None:
    desk = registry.services.people.desk

    def median_s(number: str) -> float:
        took_s = []
        for attempt in range(9):
            begun_s = time.perf_counter()
            desk.check(f"post_{attempt}", number, WRONG_PIN)
            took_s.append(time.perf_counter() - begun_s)
        return statistics.median(took_s)

    assert median_s(NOBODY) > median_s(SARI) / 3, "without the hash it would be a tenth"


def test_waits_double_from_the_fourth_try_on(registry: ServedRegistry, post: PostClient) -> None:
    assert wrong_tries(registry, post, SARI, 10) == [5, 10, 20, 40, 80, 160, 300]


def test_tenth_wrong_pin_in_a_row_locks_the_officer_at_that_post_for_fifteen_minutes(
    registry: ServedRegistry, post: PostClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        wrong_tries(registry, post, SARI, 10)
    assert [f"post={post.id}" in line and "sign-in-locked" in line for line in caplog.messages] == [True]
    assert SARI not in caplog.text
    locked = sign_in(post, SARI)
    assert (locked.status_code, code_of(locked)) == (423, "officer-locked")
    assert 0 < int(locked.headers["Retry-After"]) <= 900
    wait(registry, post, 901)
    assert sign_in(post, SARI).status_code == 201
    assert sign_in(post, SARI, WRONG_PIN).status_code == 401, "a right PIN begins a new count"


def test_each_further_wrong_pin_locks_again(registry: ServedRegistry, post: PostClient) -> None:
    wrong_tries(registry, post, SARI, 10)
    for _ in range(2):
        wait(registry, post, 901)
        assert sign_in(post, SARI, WRONG_PIN).status_code == 401
        assert sign_in(post, SARI).status_code == 423


def test_lock_tells_nothing_about_who_exists(registry: ServedRegistry, post: PostClient) -> None:
    others = [registry.post(), registry.post()]
    waits_s = [
        wrong_tries(registry, each, number, 10) for each, number in zip(others, (SARI, NOBODY), strict=True)
    ]
    assert waits_s[0] == waits_s[1]
    wrong_tries(registry, post, NOBODY, 10)
    assert code_of(sign_in(post, NOBODY)) == "officer-locked"


def test_post_that_guesses_locks_nobody_out_elsewhere(registry: ServedRegistry, post: PostClient) -> None:
    other = registry.post()
    wrong_tries(registry, post, SARI, 10)
    assert sign_in(post, SARI).status_code == 423
    wait(registry, other, 0)
    assert sign_in(other, SARI).status_code == 201


def test_post_that_tries_one_pin_with_many_numbers_is_slowed_as_a_whole(
    registry: ServedRegistry, post: PostClient
) -> None:
    for number in range(limits.POST_WRONG_PINS_FREE):
        assert sign_in(post, f"{70_000_000 + number}", WRONG_PIN).status_code == 401
    slowed = sign_in(post, DIMAS)
    assert (slowed.status_code, code_of(slowed)) == (429, "too-many-requests")
    assert int(slowed.headers["Retry-After"]) == 5
    assert sign_in(registry.post(), DIMAS).status_code == 201
    wait(registry, post, limits.POST_WRONG_PIN_FORGIVEN_S)
    assert sign_in(post, DIMAS).status_code == 201


def test_right_pins_do_not_count_for_the_post(post: PostClient) -> None:
    for _ in range(limits.POST_WRONG_PINS_FREE + 1):
        assert sign_in(post, SARI).status_code == 201


def test_many_tries_at_once_are_no_way_around_the_count(post: PostClient) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: sign_in(post, SARI, WRONG_PIN).status_code, range(20)))
    assert sorted(answers) == [401] * limits.WRONG_PINS_FREE + [429] * (20 - limits.WRONG_PINS_FREE)


def test_count_outlives_a_restart(registry: ServedRegistry, post: PostClient, tmp_path: Path) -> None:
    assert wrong_tries(registry, post, SARI, 3) == []
    with serve(tmp_path, data=registry.data) as restarted:
        post.url = restarted.url
        assert sign_in(post, SARI).status_code == 429


def test_account_that_it_locked_is_told_to_its_officer_alone(registry: ServedRegistry, post: PostClient) -> None:
    registry.services.people.officers.set_locked(SARI, is_locked=True)
    assert code_of(sign_in(post, SARI, WRONG_PIN)) == "sign-in-refused"
    locked = sign_in(post, SARI)
    assert (locked.status_code, code_of(locked)) == (423, "officer-locked")
    assert "Retry-After" not in locked.headers
    registry.services.people.officers.set_locked(SARI, is_locked=False)
    assert sign_in(post, SARI).status_code == 201


def test_account_out_of_use_looks_as_if_it_did_not_exist(registry: ServedRegistry, post: PostClient) -> None:
    registry.services.people.officers.retire(SARI)
    assert code_of(sign_in(post, SARI)) == "sign-in-refused"


@pytest.mark.parametrize("pin", ["12345", "1234567", "12a456", "", "１２３４５６"])
def test_pin_of_another_form_is_refused_and_not_repeated(post: PostClient, pin: str) -> None:
    answer = sign_in(post, SARI, pin)
    assert (answer.status_code, code_of(answer)) == (400, "invalid-request")
    assert not pin or pin not in answer.json()["errors"][0]["reason"]
    assert sign_in(post, SARI, PIN).status_code == 201
