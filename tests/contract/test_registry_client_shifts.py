"""Shifts through the client against the real registry: in, over, off; without it; and what is never kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from people_kit import PIN, WRONG_PIN, add_officer, serve
from reference_registry_kit import EVERYTHING, ServedRegistry
from registry_client_parts import Messages

from app.core.duty import (
    HandoverItem,
    Role,
    ShiftEnd,
    ShiftOver,
    ShiftStarted,
    SignInRefused,
    Unlocked,
)
from app.core.errors import RegistryError
from app.core.redact import Secret
from app.credentials import MemoryStore, enrol
from app.known_officers import KnownOfficers
from app.registry import shifts
from app.registry.client import RegistryApi
from app.registry.link import Link
from app.registry.shifts import SHIFT_HEADER, ShiftDesk, ShiftHolder

NUMBER, NEXT_NUMBER = "86040317", "91110562"
CAMERA = "0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001"


@dataclass(frozen=True)
class Post:
    """A post's shift desk and what it says."""

    desk: ShiftDesk
    holder: ShiftHolder
    inbox: Messages
    api: RegistryApi
    folder: Path

    def sign_in(self, number: str = NUMBER, pin: str = PIN) -> ShiftStarted:
        self.desk.sign_in(number, Secret(pin))
        return self.inbox.take(ShiftStarted)

    def refused(self, number: str = NUMBER, pin: str = WRONG_PIN) -> SignInRefused:
        self.desk.sign_in(number, Secret(pin))
        return self.inbox.take(SignInRefused)


@contextmanager
def _post(registry: ServedRegistry, folder: Path, name: str) -> Iterator[Post]:
    stranger = RegistryApi(registry.url)
    identity = enrol(stranger, MemoryStore(), registry.services.access.issue_code(name, EVERYTHING))
    stranger.close()
    api, inbox, holder = RegistryApi(registry.url, identity), Messages(), ShiftHolder()
    officers = KnownOfficers(folder / name / "officers.json", identity.private_key)
    desk = ShiftDesk(api, Link(inbox), holder, officers)
    desk.thread.start()
    try:
        yield Post(desk, holder, inbox, api, folder / name)
    finally:
        desk.stop()
        api.close()
        desk.thread.join()


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path) as served:
        add_officer(served, NUMBER)
        add_officer(served, NEXT_NUMBER, Role.CHIEF)
        yield served


@pytest.fixture
def post(registry: ServedRegistry, tmp_path: Path) -> Iterator[Post]:
    with _post(registry, tmp_path, "post-a") as made:
        yield made


def test_an_officer_signs_in_and_calls_carry_the_shift(post: Post) -> None:
    started = post.sign_in()
    assert (started.officer.service_number, started.officer.role) == (NUMBER, Role.OFFICER)
    assert not started.is_offline
    assert started.lasts_s == 16 * 3600
    assert set(post.holder.headers()) == {SHIFT_HEADER}
    beat = {"version": "0.1.0", "tiles": 1, "live": 1, "uptime_s": 1.0, "audit_seq": 0}
    post.api.call("POST", "/v1/heartbeats", lambda _nothing: None, headers=post.holder.headers(), json=beat)


def test_a_wrong_pin_and_an_unknown_number_are_told_apart_by_nobody(post: Post) -> None:
    wrong, unknown = post.refused(), post.refused("99999999")
    assert wrong == unknown
    assert str(wrong.sentence) == "The service number or the PIN is wrong."
    assert not wrong.cannot_ask


def test_wrong_pins_are_slowed_by_the_registry_and_the_wait_is_said(post: Post) -> None:
    for _ in range(3):
        assert post.refused().wait_s is None
    post.refused()
    slowed = post.refused()
    assert slowed.wait_s is not None
    assert str(slowed.sentence).startswith("Too many wrong PINs: wait")
    assert not slowed.cannot_ask, "a registry that wants a pause is there"


def test_an_officer_whom_it_has_locked_is_said_to_be_and_forgotten_here(
    post: Post, registry: ServedRegistry
) -> None:
    post.sign_in()
    registry.services.people.officers.set_locked(NUMBER, is_locked=True)
    refused = post.refused(pin=PIN)
    assert "only IT can unlock" in str(refused.sentence)
    registry.stop()
    assert post.refused(pin=PIN).code == "unknown-here"


def test_the_next_officer_takes_over_with_the_list(post: Post, registry: ServedRegistry) -> None:
    post.sign_in()
    items = [
        HandoverItem("1.2", CAMERA, "lost", 61.25, ""),
        HandoverItem("1.3", CAMERA, "incident", 5.0, "Api" * 100),
    ]
    post.desk.hand_over(NEXT_NUMBER, Secret(PIN), "Semua tenang", items)
    taken = post.inbox.take(ShiftStarted)
    assert taken.is_handover
    assert taken.officer.role is Role.CHIEF
    (kept,) = registry.services.people.handovers.last(post.api.post_id, 5)
    assert (kept.note, kept.from_officer.service_number) == ("Semua tenang", NUMBER)
    assert [(item.tile, item.state) for item in kept.items] == [("1.2", "lost"), ("1.3", "incident")]


def test_a_handover_with_a_wrong_pin_leaves_the_wall_with_its_officer(post: Post) -> None:
    post.sign_in()
    before = post.holder.headers()
    post.desk.hand_over(NEXT_NUMBER, Secret(WRONG_PIN), "", [])
    assert post.inbox.take(SignInRefused).code == "sign-in-refused"
    assert post.holder.headers() == before


def test_the_pin_of_the_officer_on_duty_unlocks_without_the_registry(post: Post, registry: ServedRegistry) -> None:
    officer = post.sign_in().officer
    registry.stop()
    post.desk.unlock(officer, Secret(WRONG_PIN))
    assert post.inbox.take(SignInRefused).code == "sign-in-refused"
    post.desk.unlock(officer, Secret(PIN))
    post.inbox.take(Unlocked)


def test_wrong_pins_at_locked_controls_are_slowed_and_in_the_end_end_the_shift(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shifts, "WAIT_CAP_S", 0.0)
    officer = post.sign_in().officer
    for _ in range(shifts.WRONG_MAX - 1):
        post.desk.unlock(officer, Secret(WRONG_PIN))
        post.inbox.take(SignInRefused)
    post.desk.unlock(officer, Secret(WRONG_PIN))
    assert post.inbox.take(ShiftOver) == ShiftOver(ShiftEnd.WRONG_PINS)
    assert post.holder.headers() == {}


def test_without_the_registry_a_known_officer_is_verified_here_and_another_is_not(
    post: Post, registry: ServedRegistry
) -> None:
    post.sign_in()
    post.desk.sign_off()
    registry.stop()
    offline = post.sign_in()
    assert offline.is_offline
    assert post.holder.headers() == {}
    refused = post.refused(NEXT_NUMBER, PIN)
    assert refused.cannot_ask
    assert "not verified this officer" in str(refused.sentence)


def test_signing_off_ends_the_shift_at_the_registry(post: Post) -> None:
    post.sign_in()
    headers = post.holder.headers()
    post.desk.sign_off()
    post.refused()  # the desk has done everything that was asked before
    with pytest.raises(RegistryError) as caught:
        post.api.call("GET", "/v1/walls", lambda value: value, headers=headers)
    assert caught.value.code == "shift-ended"
    assert post.holder.headers() == {}


def test_a_shift_that_went_on_elsewhere_is_over_here_with_the_reason(
    post: Post, registry: ServedRegistry, tmp_path: Path
) -> None:
    post.sign_in()
    headers = post.holder.headers()
    with _post(registry, tmp_path, "post-b") as other:
        other.sign_in()
    with pytest.raises(RegistryError) as caught:
        post.api.call("GET", "/v1/walls", lambda value: value, headers=headers)
    assert post.desk.lost(caught.value, headers)
    assert post.inbox.take(ShiftOver) == ShiftOver(ShiftEnd.ELSEWHERE)
    assert post.holder.headers() == {}


def test_a_late_word_of_the_shift_before_ends_no_other_one(post: Post) -> None:
    post.sign_in()
    headers = post.holder.headers()
    post.desk.hand_over(NEXT_NUMBER, Secret(PIN), "", [])
    post.inbox.take(ShiftStarted)
    with pytest.raises(RegistryError) as caught:
        post.api.call("GET", "/v1/walls", lambda value: value, headers=headers)
    now = post.holder.headers()
    assert post.desk.lost(caught.value, headers), "it is no trouble of the post's"
    assert post.holder.headers() == now and not any(isinstance(each, ShiftOver) for each in post.inbox.all)
    assert post.desk.lost(caught.value, now)
    assert post.inbox.take(ShiftOver) and post.holder.headers() == {}


def test_neither_pin_nor_token_is_written_anywhere(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    started = post.sign_in()
    grant = post.holder.grant
    assert grant is not None
    token = grant.token.reveal()
    post.refused(pin=PIN[::-1])
    texts = [path.read_text(encoding="utf-8") for path in post.folder.rglob("*") if path.is_file()]
    assert texts
    for text in [*texts, caplog.text, repr(started), repr(grant), repr(post.holder)]:
        assert PIN not in text.replace(started.officer.id, "")
        assert token not in text
