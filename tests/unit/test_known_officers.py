"""Officers whom this PC verifies by itself: for a while, slowly, and never by a stolen file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import known_officers
from app.core.duty import Officer, Role, SignInRefused
from app.core.redact import Secret
from app.known_officers import FILE_NAME, KNOWN_MAX, WRONG_MAX, KnownOfficers

SARI = Officer("0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001", "86040317", "Sari", Role.OFFICER)
PIN, WRONG = Secret("204817"), Secret("000000")
KEY = Secret("the post's private key")
HOURS_72_S = 72 * 3600.0
NOW_S = 1_764_000_000.0


class Clock:
    """This PC's clock, set by the test."""

    def __init__(self) -> None:
        self.now_s = NOW_S

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many passes as the product's take a tenth of a second each."""
    monkeypatch.setattr(known_officers, "_MEMORY_KIB", 64)
    monkeypatch.setattr(known_officers, "_PASSES", 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


def _code(answer: Officer | SignInRefused) -> str:
    return answer.code if isinstance(answer, SignInRefused) else "let in"


def test_an_officer_is_verified_until_the_registrys_time_is_over(path: Path, clock: Clock) -> None:
    officers = KnownOfficers(path, KEY, clock)
    officers.remember(SARI, PIN, HOURS_72_S)
    clock.now_s += HOURS_72_S - 1
    assert officers.check("86040317", PIN) == SARI
    clock.now_s += 1
    refused = officers.check("86040317", PIN)
    assert _code(refused) == "offline-too-long"
    assert isinstance(refused, SignInRefused)
    assert refused.cannot_ask
    assert "72 hours" in str(refused.sentence)


def test_a_restart_forgets_neither_officers_nor_wrong_pins(path: Path, clock: Clock) -> None:
    KnownOfficers(path, KEY, clock).remember(SARI, PIN, HOURS_72_S)
    for _ in range(WRONG_MAX - 1):
        assert _code(KnownOfficers(path, KEY, clock).check("86040317", WRONG)) == "sign-in-refused"
    assert _code(KnownOfficers(path, KEY, clock).check("86040317", WRONG)) == "forgotten"
    assert _code(KnownOfficers(path, KEY, clock).check("86040317", PIN)) == "unknown-here"


def test_a_right_pin_starts_the_count_anew(path: Path, clock: Clock) -> None:
    officers = KnownOfficers(path, KEY, clock)
    officers.remember(SARI, PIN, HOURS_72_S)
    for _ in range(3):
        for _ in range(WRONG_MAX - 1):
            officers.check("86040317", WRONG)
        assert officers.check("86040317", PIN) == SARI


def test_a_stolen_file_verifies_nobody_on_another_pc(path: Path, clock: Clock) -> None:
    KnownOfficers(path, KEY, clock).remember(SARI, PIN, HOURS_72_S)
    stolen = KnownOfficers(path, Secret("another post's key"), clock)
    assert _code(stolen.check("86040317", PIN)) == "sign-in-refused"


def test_no_pin_is_in_the_file(path: Path, clock: Clock) -> None:
    KnownOfficers(path, KEY, clock).remember(SARI, PIN, HOURS_72_S)
    (kept,) = json.loads(path.read_text(encoding="utf-8"))["officers"]
    assert kept.pop("pin_hash").startswith("$argon2id$")
    assert kept == {
        "id": SARI.id,
        "service_number": "86040317",
        "name": "Sari",
        "role": "officer",
        "verified_at_s": int(NOW_S),
        "until_s": int(NOW_S + HOURS_72_S),
        "wrong": 0,
    }


@pytest.mark.parametrize("days", [-400, -1])
def test_a_clock_that_was_set_back_lets_nobody_in(path: Path, clock: Clock, days: int) -> None:
    officers = KnownOfficers(path, KEY, clock)
    officers.remember(SARI, PIN, HOURS_72_S)
    clock.now_s += days * 86_400
    assert _code(officers.check("86040317", PIN)) == "clock-set-back"


def test_an_officer_whom_the_registry_has_locked_is_forgotten(path: Path, clock: Clock) -> None:
    officers = KnownOfficers(path, KEY, clock)
    officers.remember(SARI, PIN, HOURS_72_S)
    officers.forget("86040317")
    officers.forget("86040317")
    assert _code(KnownOfficers(path, KEY, clock).check("86040317", PIN)) == "unknown-here"


def test_who_signed_in_longest_ago_is_forgotten_first(path: Path, clock: Clock) -> None:
    officers = KnownOfficers(path, KEY, clock)
    for number in range(KNOWN_MAX + 1):
        officers.remember(Officer(SARI.id, f"9000{number:04}", "x", Role.CHIEF), PIN, HOURS_72_S)
    assert _code(officers.check("90000000", PIN)) == "unknown-here"
    assert _code(officers.check("90000001", PIN)) == "let in"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"version": 1, "officers": [1]}',
        '{"version": 1, "officers": [{}]}',
        '{"version": 1, "officers": [{"id": "a", "service_number": "86040317", "name": "x", "role": "boss",'
        ' "pin_hash": "x", "verified_at_s": 1, "until_s": 2, "wrong": 0}]}',
        '{"version": 1, "officers": [{"id": "a", "service_number": "86040317", "name": "x", "role": "it",'
        ' "pin_hash": "x", "verified_at_s": true, "until_s": 2, "wrong": 0}]}',
    ],
)
def test_a_file_that_cannot_be_understood_verifies_nobody_and_is_put_aside(
    path: Path, clock: Clock, text: str
) -> None:
    path.write_text(text, encoding="utf-8")
    officers = KnownOfficers(path, KEY, clock)
    assert _code(officers.check("86040317", PIN)) == "unknown-here"
    officers.remember(SARI, PIN, HOURS_72_S)
    assert officers.check("86040317", PIN) == SARI
    assert path.with_name("officers.broken-1.json").read_text(encoding="utf-8") == text
