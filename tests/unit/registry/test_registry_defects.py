"""A defect of our own ends no thread of the registry client, and whoever waits for an answer gets one."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, cast

import pytest

from app.core.duty import SignInRefused
from app.core.errors import RegistryError
from app.core.failure import Reason
from app.core.model import CameraId, Profile, StreamKey
from app.core.ports import LeaseDenied, Message, RegistryLost
from app.core.posts import ChiefAnswered, TakeBack
from app.core.purpose import LeasePurpose
from app.core.redact import Secret
from app.core.remote import WallReport
from app.core.saved_layout import SharedMark
from app.core.shared import DeleteShared, ShareAnswered
from app.registry import defects, sync
from app.registry.audit_sender import AuditSender
from app.registry.chief_desk import ChiefDesk
from app.registry.client import RegistryApi
from app.registry.leasing import LeaseDesk
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.order_watch import OrderWatch
from app.registry.report_sender import ReportSender, Vitals
from app.registry.sharing import SharingDesk
from app.registry.shifts import ShiftDesk, ShiftHolder, Verifier
from app.registry.sync import CatalogSync
from app.registry.wall_follower import WallFollower
from tests.waiting import GENEROUS_S, until

CANARY = "rtsp://officer:canary-7c1f@10.0.0.1/"
FAILED = str(defects.CLIENT_FAILED)
KEY = StreamKey(CameraId("A"), Profile.SUB)
OTHER = StreamKey(CameraId("B"), Profile.SUB)


class DefectError(Exception):
    """What nobody foresaw."""


class BrokenApi:
    """A registry whose every call raises what none should; it counts them."""

    host, post_id = "registry", "post"

    def __init__(self) -> None:
        self.calls = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*_: Any, **__: Any) -> Any:
            self.calls += 1
            raise DefectError(CANARY)

        return call


class BrokenOfficers:
    """Officers who cannot be looked up."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*_: Any, **__: Any) -> Any:
            raise DefectError(CANARY)

        return call


class BrokenSpool:
    """A journal that cannot be read, for a reason that nobody foresaw."""

    def __init__(self, api: BrokenApi) -> None:
        self._api = api

    def batch(self, *_: int) -> list[bytes]:
        return cast(list[bytes], self._api.read())


class QuickRandom(Random):
    """Draws the shortest waits."""

    def uniform(self, a: float, b: float) -> float:
        return min(b, 0.02)


Inbox = queue.SimpleQueue[Message]


@contextmanager
def at_work(worker: Any) -> Iterator[None]:
    """A worker's thread, ended afterwards."""
    worker.thread.start()
    try:
        yield
        assert worker.thread.is_alive()
    finally:
        worker.stop()
        worker.thread.join(GENEROUS_S)


def parts() -> tuple[BrokenApi, RegistryApi, Inbox, Link]:
    broken, inbox = BrokenApi(), Inbox()
    return broken, cast(RegistryApi, broken), inbox, Link(inbox)


def next_of(inbox: Inbox, kind: type[Any]) -> Any:
    """The next message of a kind."""
    while not isinstance(message := inbox.get(timeout=GENEROUS_S), kind):
        pass
    return message


# ---- those who are waited for


def test_a_lease_is_denied_for_a_defect_and_the_next_one_is_answered_too(caplog: pytest.LogCaptureFixture) -> None:
    _, api, inbox, link = parts()
    desk = LeaseDesk(api, link, QuickRandom(), time.monotonic)
    with caplog.at_level(logging.DEBUG), at_work(desk):
        for key in (KEY, OTHER):
            desk.request(key, LeasePurpose.SECURITY)
            denied = next_of(inbox, LeaseDenied)
            assert (denied.key, denied.failure.reason) == (key, Reason.INTERNAL)
    assert "DefectError in call (test_registry_defects.py:" in caplog.text
    assert CANARY not in caplog.text and "canary" not in str(denied.failure.detail)


def test_a_lease_that_cannot_be_given_back_delays_no_other() -> None:
    broken, api, inbox, link = parts()
    desk = LeaseDesk(api, link, QuickRandom(), time.monotonic)
    desk._returned.append("lease-1")
    with at_work(desk):
        until(lambda: broken.calls, what="the return")
        desk.request(KEY, LeasePurpose.SECURITY)
        next_of(inbox, LeaseDenied)


def test_a_sign_in_is_refused_for_a_defect() -> None:
    _, _, inbox, link = parts()
    desk = ShiftDesk(cast(RegistryApi, BrokenApi()), link, ShiftHolder(), cast(Verifier, BrokenOfficers()))
    with at_work(desk):
        for _ in range(2):
            desk.sign_in("4711", Secret("123456"))
            refused = next_of(inbox, SignInRefused)
            assert str(refused.sentence) == FAILED


def test_a_chief_is_answered() -> None:
    _, api, inbox, link = parts()
    desk = ChiefDesk(api, link, OnDuty(), QuickRandom(), time.monotonic)
    with at_work(desk):
        for _ in range(2):
            desk.send(TakeBack("wall", 1))
            assert str(next_of(inbox, ChiefAnswered).problem) == FAILED


def test_an_officer_who_shares_is_answered() -> None:
    _, api, inbox, link = parts()
    desk = SharingDesk(api, link, OnDuty(), None, QuickRandom(), time.monotonic)
    with at_work(desk):
        for _ in range(2):
            desk.send(DeleteShared(SharedMark("id", 1, "Pagi", "", "", "unit")))
            assert str(next_of(inbox, ShareAnswered).problem) == FAILED


# ---- those who go on by themselves


def sync_worker(api: RegistryApi, link: Link) -> Any:
    return CatalogSync(api, link, QuickRandom(), None, time.monotonic, 0.0, None)


def audit_worker(api: RegistryApi, link: Link) -> Any:
    return AuditSender(api, cast(Any, BrokenSpool(cast(Any, api))), link, QuickRandom())


def order_worker(api: RegistryApi, link: Link) -> Any:
    return OrderWatch(api, link, QuickRandom(), time.monotonic)


def follow_worker(api: RegistryApi, link: Link) -> Any:
    follower = WallFollower(api, link, OnDuty(), QuickRandom(), time.monotonic)
    follower.look("wall")
    return follower


def report_worker(api: RegistryApi, link: Link) -> Any:
    sender = ReportSender(api, Vitals("1.0", lambda: 0), OnDuty(), QuickRandom(), time.monotonic)
    sender.begin()
    sender.report(WallReport())
    return sender


def chief_worker(api: RegistryApi, link: Link) -> Any:
    desk = ChiefDesk(api, link, OnDuty(), QuickRandom(), time.monotonic)
    desk.look("wall")
    return desk


def sharing_worker(api: RegistryApi, link: Link) -> Any:
    return SharingDesk(api, link, OnDuty(), None, QuickRandom(), time.monotonic)


@pytest.mark.parametrize(
    "make",
    [sync_worker, audit_worker, order_worker, follow_worker, report_worker, chief_worker, sharing_worker],
)
def test_a_worker_tries_again(make: Callable[[RegistryApi, Link], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "DEFECT_RETRY_S", 0.1)
    broken, api, _, link = parts()
    with at_work(make(api, link)):
        until(lambda: broken.calls >= 2, what="the second try")


def test_the_catalogue_that_cannot_be_had_for_a_defect_is_told() -> None:
    _, api, inbox, link = parts()
    with at_work(sync_worker(api, link)):
        assert str(next_of(inbox, RegistryLost).sentence) == FAILED


# ---- the word itself


def test_an_error_of_the_registrys_stays_what_it_is() -> None:
    error = RegistryError("Closed.", code="http-503")
    assert defects.understood(error) is error


def test_what_is_outlived_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with defects.outlived():
        raise ValueError(CANARY)
    assert "ValueError in test_what_is_outlived" in caplog.text and CANARY not in caplog.text
