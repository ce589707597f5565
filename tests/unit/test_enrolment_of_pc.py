"""A PC becomes a post of a registry and knows it again: with a keyring, without one, and with obstacles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import enrolment
from app.config.post_file import PostFile
from app.core.errors import ConfigError, RegistryError, SecretError
from app.credentials import Identity, MemoryStore, new_private_key
from app.enrolment import Enrolment
from tests.contract.registry_client_parts import Exchange, Peer, Request, running_peer, running_registry

CODE = "7KQ2-M4XD"


def enrols(exchange: Exchange, _request: Request) -> None:
    """A route that takes every code."""
    exchange.json({"post_id": "post_7"}, 201)


def refuses(exchange: Exchange, _request: Request) -> None:
    """A route that takes none."""
    exchange.problem(400, "enrolment-code-invalid")


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as found:
        found.routes["/v1/enrolments"] = enrols
        yield found


@pytest.fixture
def post_json(tmp_path: Path) -> Path:
    return tmp_path / "post.json"


@pytest.fixture
def pc(post_json: Path) -> Enrolment:
    return started(post_json)


def started(post_json: Path) -> Enrolment:
    """A PC after a start."""
    return Enrolment(PostFile(post_json), None)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """The system's keyring, found open; without this fixture there is none."""
    store = MemoryStore()
    monkeypatch.setattr(enrolment, "open_key_store", lambda: store)
    return store


def test_a_real_registry_is_reached_enrolled_at_and_known_again(
    tmp_path: Path, post_json: Path, keyring: MemoryStore
) -> None:
    with running_registry(tmp_path) as registry:
        pc = started(post_json)
        pc.reach(registry.url)
        enrolled = pc.enrol(f"{registry.url}/", f" {registry.code.lower()} ")
        assert enrolled.post_id and not enrolled.why_not_kept
        with pytest.raises(RegistryError):
            pc.enrol(registry.url, registry.code)
        assert pc.known().post_id == enrolled.post_id, "a code that is used up takes nothing away"
    later = started(post_json)
    assert later.recall("") and later.url == registry.url
    assert later.known() == pc.known() == keyring.load(registry.url)


def test_a_registry_that_does_not_answer_is_said(pc: Enrolment, peer: Peer) -> None:
    pc.reach(peer.url)
    assert [request.path for request in peer.requests] == ["/v1/meta"], "and nothing else is asked of it"
    with pytest.raises(RegistryError):
        pc.reach("http://127.0.0.1:1")
    with pytest.raises(ConfigError):
        pc.reach("gopher://registry")


def test_the_address_is_remembered_and_the_key_is_in_no_file(
    pc: Enrolment, peer: Peer, post_json: Path, keyring: MemoryStore
) -> None:
    pc.enrol(peer.url, CODE)
    assert PostFile(post_json).load() == peer.url
    identity = keyring.load(peer.url)
    assert identity is not None and identity.post_id == "post_7"
    assert "PRIVATE" not in post_json.read_text(encoding="utf-8")
    assert [path.name for path in post_json.parent.iterdir()] == ["post.json"]


def test_without_a_keyring_the_key_is_in_memory_and_the_next_start_is_told_where_to_enrol(
    pc: Enrolment, peer: Peer, post_json: Path, caplog: pytest.LogCaptureFixture
) -> None:
    enrolled = pc.enrol(peer.url, CODE)
    assert "no keyring" in str(enrolled.why_not_kept) and "no keyring" in caplog.text
    assert pc.known().post_id == "post_7"
    later = started(post_json)
    with pytest.raises(SecretError, match="no keyring"):
        later.recall("")
    assert later.url == peer.url and later.identity is None


def test_a_refused_code_leaves_everything_as_it_was(
    pc: Enrolment, peer: Peer, post_json: Path, keyring: MemoryStore
) -> None:
    PostFile(post_json).save("https://registry.example")
    peer.routes["/v1/enrolments"] = refuses
    with pytest.raises(RegistryError):
        pc.enrol(peer.url, CODE)
    assert keyring.load(peer.url) is None and (pc.url, pc.identity) == ("", None)
    assert PostFile(post_json).load() == "https://registry.example"


def test_a_pc_that_belongs_to_no_registry_knows_nobody(pc: Enrolment, keyring: MemoryStore) -> None:
    assert not pc.recall("")
    with pytest.raises(ConfigError, match="this PC is not enrolled: start it once with"):
        pc.known()


def test_a_registry_on_the_command_line_goes_before_the_one_that_is_remembered(
    pc: Enrolment, peer: Peer, keyring: MemoryStore
) -> None:
    pc.enrol(peer.url, CODE)
    other = "https://registry.example"
    assert not pc.recall(other) and pc.url == other
    with pytest.raises(ConfigError, match=r"this PC is not enrolled at https://registry\.example"):
        pc.known()
    keyring.save(other, identity := Identity("post_8", new_private_key()))
    assert pc.recall(other) and pc.known() == identity


def test_a_broken_file_is_said_and_kept_until_the_pc_enrols_again(
    pc: Enrolment, peer: Peer, post_json: Path, keyring: MemoryStore
) -> None:
    post_json.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"post\.json, line 1"):
        pc.recall("")
    pc.enrol(peer.url, CODE)
    assert PostFile(post_json).load() == peer.url
    assert post_json.with_name("post.broken-1.json").read_text(encoding="utf-8") == "{"
