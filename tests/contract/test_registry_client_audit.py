"""The journal on its way to the registry: in order, once, again after every trouble, and signed for."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from people_kit import serve
from reference_registry_kit import EVERYTHING, ServedRegistry
from registry_client_parts import Exchange, Messages, Peer, QuickRandom, Request, make_identity, meta, running_peer

from app.audit import regaining
from app.audit.checkpoint import load_checkpoint
from app.audit.spool import Spool
from app.audit.verifying import verify
from app.audit.writer import Journal
from app.core.journal import Head
from app.core.ports import JournalTaken
from app.credentials import Identity, MemoryStore, enrol
from app.demo.registry.audit_chain import Link as ChainHead
from app.demo.registry.checkpoints import CheckpointSigner, make_key
from app.registry import audit_sender
from app.registry.audit_sender import AuditSender
from app.registry.client import RegistryApi
from app.registry.link import Link
from tests.support.journal_kit import an_event, lines, nothing_lost
from tests.waiting import until


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path) as served:
        yield served


@pytest.fixture
def identity(registry: ServedRegistry) -> Identity:
    api = RegistryApi(registry.url)
    found = enrol(api, MemoryStore(), registry.services.access.issue_code("post", EVERYTHING))
    api.close()
    return found


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_sender, "COLLECT_S", 0.02)


@contextmanager
def sending(
    url: str,
    identity: Identity,
    folder: Path,
    go_on_after: Callable[[Head, str], None] = nothing_lost,
    random: Random | None = None,
) -> Iterator[tuple[AuditSender, Messages]]:
    """A sender at work on a journal."""
    api, inbox = RegistryApi(url, identity), Messages()
    sender = AuditSender(api, Spool(folder, go_on_after), Link(inbox), random or QuickRandom())
    sender.thread.start()
    try:
        yield sender, inbox
    finally:
        sender.stop()
        api.close()
        sender.thread.join()


def acknowledged(folder: Path) -> int:
    known = load_checkpoint(folder)
    return known.head.seq if known is not None else 0


def write(folder: Path, count: int, sender: AuditSender | None = None) -> None:
    journal = Journal(folder, on_written=sender.written if sender is not None else lambda: None)
    for number in range(count):
        journal.write(an_event(number))
    journal.close()


def kept(registry: ServedRegistry, identity: Identity) -> list[dict[str, object]]:
    return list(registry.services.people.journal.page(identity.post_id, 0, 1000).events)


def test_what_was_and_is_written_reaches_the_registry(
    registry: ServedRegistry, identity: Identity, tmp_path: Path
) -> None:
    folder = tmp_path / "journal"
    write(folder, 3)
    with sending(registry.url, identity, folder) as (sender, _):
        until(lambda: acknowledged(folder) == 3, what="the three entries")
        write(folder, 4, sender)
        until(lambda: acknowledged(folder) == 7, what="the seven entries")
    assert kept(registry, identity) == [json.loads(line) for line in lines(folder)]
    known = load_checkpoint(folder)
    assert known is not None and known.signature.count(".") == 2 and verify(folder).acknowledged == 7


def test_many_entries_go_in_several_batches(
    registry: ServedRegistry, identity: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_sender, "LINES_MAX", 7)
    folder = tmp_path / "journal"
    write(folder, 40)
    with sending(registry.url, identity, folder):
        until(lambda: acknowledged(folder) == 40, what="all entries")
    assert len(kept(registry, identity)) == 40


def test_a_restart_goes_on_and_sends_nothing_twice(
    registry: ServedRegistry, identity: Identity, tmp_path: Path
) -> None:
    folder = tmp_path / "journal"
    for written in (2, 5):
        write(folder, written)
        total = len(lines(folder))
        with sending(registry.url, identity, folder):
            until(lambda total=total: acknowledged(folder) == total, what="the entries")  # type: ignore[misc]
    assert [event["seq"] for event in kept(registry, identity)] == list(range(1, 8))


def test_an_answer_that_was_lost_is_no_trouble(
    registry: ServedRegistry, identity: Identity, tmp_path: Path
) -> None:
    """The registry took the entries, and the PC lost its power before it knew."""
    folder = tmp_path / "journal"
    write(folder, 3)
    with sending(registry.url, identity, folder):
        until(lambda: acknowledged(folder) == 3, what="the entries")
    (folder / "acknowledged.json").unlink()
    write(folder, 1)
    with sending(registry.url, identity, folder) as (_, inbox):
        until(lambda: acknowledged(folder) == 4, what="the entries")
    assert inbox.all == [JournalTaken(None)] and len(kept(registry, identity)) == 4


def test_a_second_pc_under_the_same_name_is_told_and_its_entries_stay_on_the_disk(
    registry: ServedRegistry, identity: Identity, tmp_path: Path
) -> None:
    first, copy = tmp_path / "first", tmp_path / "copy"
    write(first, 2)
    with sending(registry.url, identity, first):
        until(lambda: acknowledged(first) == 2, what="the entries")
    shutil.copytree(first, copy)
    write(first, 1)
    with sending(registry.url, identity, first):
        until(lambda: acknowledged(first) == 3, what="the entries")
    write(copy, 3)
    with sending(registry.url, identity, copy) as (_, inbox):
        taken = inbox.take(JournalTaken)
    assert str(taken.sentence) == (
        "The registry does not take entry 3 of the journal: the registry has another entry of that number."
    )
    assert len(kept(registry, identity)) == 3 and len(lines(copy)) == 5 and acknowledged(copy) == 2


def test_a_lost_journal_goes_on_after_what_the_registry_has_and_says_so(
    registry: ServedRegistry, identity: Identity, tmp_path: Path
) -> None:
    folder = tmp_path / "journal"
    write(folder, 4)
    with sending(registry.url, identity, folder):
        until(lambda: acknowledged(folder) == 4, what="the entries")
    shutil.rmtree(folder)
    journal = Journal(folder)
    for number in (10, 11):
        journal.write(an_event(number))
    with sending(registry.url, identity, folder, journal.go_on_after) as (sender, inbox):
        journal.on_written = sender.written
        until(lambda: acknowledged(folder) == 7, what="the entries, and the word that others are lost")
        journal.write(an_event(12))
        until(lambda: acknowledged(folder) == 8, what="what is written from then on")
    journal.close()
    events = kept(registry, identity)
    assert [event["seq"] for event in events] == list(range(1, 9))
    assert (events[4]["kind"], events[4]["detail"]) == (
        "journal-lost",
        {"reason": "the journal of this PC was lost", "after": 4, "kept": 2},
    )
    assert [event["detail"]["layout"] for event in events[5:]] == ["10", "11", "12"]  # type: ignore[index]
    assert inbox.all == [JournalTaken(None)]
    assert [json.loads(line) for line in lines(folder)] == events[4:]
    verdict = verify(folder)
    assert (verdict.fault, verdict.first, verdict.head.seq, verdict.acknowledged) == ("", 5, 8, 8)
    assert len(list(folder.glob("aside-*"))) == 1, "nothing is deleted"


@pytest.mark.parametrize("killed_after", ["the new file", "the old files"])
def test_a_kill_while_a_lost_journal_is_gone_on_with_loses_nothing(
    registry: ServedRegistry,
    identity: Identity,
    tmp_path: Path,
    killed_after: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "journal"
    write(folder, 2)
    with sending(registry.url, identity, folder):
        until(lambda: acknowledged(folder) == 2, what="the entries")
    shutil.rmtree(folder)
    write(folder, 3)
    next_step = "put_aside" if killed_after == "the new file" else "save_checkpoint"
    with monkeypatch.context() as patch:
        patch.setattr(regaining, next_step, killed)
        journal = Journal(folder)
        with sending(registry.url, identity, folder, journal.go_on_after):
            until(lambda: list(folder.glob("journal-000000000003.ndjson")), what="the first step")
        journal.close()
    journal = Journal(folder)
    with sending(registry.url, identity, folder, journal.go_on_after) as (sender, _):
        journal.on_written = sender.written
        until(lambda: acknowledged(folder) == journal.head.seq > 5, what="everything")
    journal.close()
    assert verify(folder).fault == ""
    said = [event["detail"].get("layout") for event in kept(registry, identity)]  # type: ignore[attr-defined]
    assert [layout for layout in said[2:] if layout is not None] == ["0", "1", "2"]


def killed(*_: object) -> None:
    raise OSError(5, "killed")


# --- a registry in trouble, or a false one ---


@contextmanager
def a_peer(route: Callable[[Exchange, Request], None], key: object = None) -> Iterator[Peer]:
    with running_peer() as peer:
        peer.routes["/v1/meta"] = lambda exchange, _: exchange.json(meta(audit_key=key or {}))
        peer.routes["/v1/audit-events"] = route
        yield peer


@pytest.mark.parametrize("checkpoint", ["", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzZXEiOjN9."])
def test_what_is_not_signed_by_the_registry_is_not_believed(tmp_path: Path, checkpoint: str) -> None:
    def lie(exchange: Exchange, _: Request) -> None:
        exchange.json({"acknowledged_seq": 3, "checkpoint": checkpoint})

    write(tmp_path, 3)
    with a_peer(lie) as peer, sending(peer.url, make_identity(), tmp_path):
        until(lambda: len(peer.asked("/v1/audit-events")) >= 2, what="another try")
    assert acknowledged(tmp_path) == 0


def test_a_registry_that_is_busy_is_asked_again_when_it_says(tmp_path: Path) -> None:
    def busy(exchange: Exchange, _: Request) -> None:
        exchange.problem(503, "unavailable", {"Retry-After": "3600"})

    write(tmp_path, 3)
    with a_peer(busy) as peer, sending(peer.url, make_identity(), tmp_path) as (sender, _):
        until(lambda: peer.asked("/v1/audit-events"), what="the first try")
        write(tmp_path, 1, sender)
        time.sleep(0.5)  # ten times what another try would take here
        assert len(peer.asked("/v1/audit-events")) == 1, "an hour was asked for"
    assert len(Spool(tmp_path, nothing_lost).batch(10, 100_000)) == 4


class Taker:
    """A registry that takes what it is sent, within limits, and signs for it with a key that can be changed."""

    def __init__(self, **limits: int) -> None:
        self.renew_key()
        self.limits = {"request_body_max_bytes": 262_144, **limits}

    def renew_key(self) -> None:
        self.signer = CheckpointSigner(make_key(), time.time)

    def meta(self, exchange: Exchange, _: Request) -> None:
        said = meta(audit_key=self.signer.public_key())
        exchange.json({**said, "limits": {**said["limits"], **self.limits}})  # type: ignore[dict-item]

    def take(self, exchange: Exchange, request: Request) -> None:
        sent = request.body.splitlines()
        most_bytes = self.limits.get("audit_body_max_bytes", self.limits["request_body_max_bytes"])
        if len(request.body) > most_bytes:
            exchange.problem(413, "body-too-large")
        elif len(sent) > self.limits.get("audit_batch_max", 1_000):
            exchange.problem(400, "invalid-request")
        else:
            last = json.loads(sent[-1])
            self.sign(exchange, Head(last["seq"], last["hash"]))

    def sign(self, exchange: Exchange, head: Head) -> None:
        checkpoint = self.signer.sign("post_1", ChainHead(head.seq, head.hash))
        exchange.json({"acknowledged_seq": head.seq, "checkpoint": checkpoint, "refused": None})


@contextmanager
def taking(taker: Taker) -> Iterator[Peer]:
    with running_peer() as peer:
        peer.routes |= {"/v1/meta": taker.meta, "/v1/audit-events": taker.take}
        yield peer


@pytest.mark.parametrize(
    "limits", [{"audit_batch_max": 30}, {"audit_body_max_bytes": 8_000}, {"request_body_max_bytes": 8_000}]
)
def test_a_journal_goes_in_bodies_that_the_registry_takes(tmp_path: Path, limits: dict[str, int]) -> None:
    write(tmp_path, 100)
    with taking(Taker(**limits)) as peer, sending(peer.url, make_identity(), tmp_path):
        until(lambda: acknowledged(tmp_path) == 100, what="all entries")
    assert all(len(each.body) <= 262_144 for each in peer.asked("/v1/audit-events"))


def test_bodies_that_are_too_large_all_the_same_grow_smaller(tmp_path: Path) -> None:
    def narrow(exchange: Exchange, request: Request) -> None:
        if len(request.body) > 8_000:
            exchange.problem(413, "body-too-large")
        else:
            taker.take(exchange, request)

    taker = Taker()
    write(tmp_path, 100)
    with taking(taker) as peer:
        peer.routes["/v1/audit-events"] = narrow
        with sending(peer.url, make_identity(), tmp_path):
            until(lambda: acknowledged(tmp_path) == 100, what="all entries")


def test_a_registry_that_signs_with_a_new_key_is_believed_once_it_has_named_it(tmp_path: Path) -> None:
    taker = Taker()
    write(tmp_path, 1)
    with taking(taker) as peer, sending(peer.url, make_identity(), tmp_path) as (sender, _):
        until(lambda: acknowledged(tmp_path) == 1, what="the first entry")
        taker.renew_key()
        write(tmp_path, 1, sender)
        until(lambda: acknowledged(tmp_path) == 2, what="the second entry")


def test_a_registry_that_takes_nothing_and_refuses_nothing_is_not_hammered(tmp_path: Path) -> None:
    taker = Taker()
    write(tmp_path, 3)
    with taking(taker) as peer:
        peer.routes["/v1/audit-events"] = lambda exchange, _: taker.sign(exchange, Head())
        with sending(peer.url, make_identity(), tmp_path, random=LongestWaits()):
            until(lambda: peer.asked("/v1/audit-events"), what="the first try")
            time.sleep(0.5)  # a quarter of the first wait
            assert len(peer.asked("/v1/audit-events")) == 1
    assert acknowledged(tmp_path) == 0


class LongestWaits(Random):
    """Draws the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b


def test_a_sender_without_a_registry_ends_at_once(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with sending("http://127.0.0.1:9", make_identity(), tmp_path) as (sender, _):
        sender.stop()
        sender.thread.join(10.0)
        assert not sender.thread.is_alive()
