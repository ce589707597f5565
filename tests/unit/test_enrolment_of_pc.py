"""A PC becomes a post of a registry and knows it again: with a keyring, without one, and with obstacles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from app import enrolment
from app.config.settings import Layer, Source
from app.config.settings_book import SettingsBook
from app.config.settings_files import OwnSettings
from app.config.settings_table import CA_FILE, REGISTRY_URL
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
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def pc(own: Path) -> Enrolment:
    return started(own)


def started(own: Path, registry: str = "", policy: str = "") -> Enrolment:
    """A PC after a start.

    Args:
        own: the folder of the officer's own settings.
        registry: on the command line.
        policy: the registry that an organisation has set.
    """
    given = {REGISTRY_URL.key: registry} if registry else {}
    layer = Layer(Source.MACHINE_POLICY, "policy", {REGISTRY_URL.key: policy})
    return Enrolment(SettingsBook(own, given, lambda: (layer,)), None)


def remembered(own: Path) -> object:
    """The registry in the officer's own settings."""
    return OwnSettings(own).layer().values.get(REGISTRY_URL.key, "")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """The system's keyring, found open; without this fixture there is none."""
    store = MemoryStore()
    monkeypatch.setattr(enrolment, "open_key_store", lambda: store)
    return store


def test_a_real_registry_is_reached_enrolled_at_and_known_again(
    tmp_path: Path, own: Path, keyring: MemoryStore
) -> None:
    with running_registry(tmp_path) as registry:
        pc = started(own)
        pc.reach(registry.url)
        enrolled = pc.enrol(f"{registry.url}/", f" {registry.code.lower()} ")
        assert enrolled.post_id and not enrolled.why_not_kept
        with pytest.raises(RegistryError):
            pc.enrol(registry.url, registry.code)
        assert pc.known().post_id == enrolled.post_id, "a code that is used up takes nothing away"
    later = started(own)
    assert later.recall() and later.url == registry.url
    assert later.known() == pc.known() == keyring.load(registry.url)


def test_a_registry_that_does_not_answer_is_said(pc: Enrolment, peer: Peer) -> None:
    pc.reach(peer.url)
    assert [request.path for request in peer.requests] == ["/v1/meta"], "and nothing else is asked of it"
    with pytest.raises(RegistryError):
        pc.reach("http://127.0.0.1:1")
    with pytest.raises(ConfigError):
        pc.reach("gopher://registry")


def test_the_address_is_remembered_and_the_key_is_in_no_file(
    pc: Enrolment, peer: Peer, own: Path, keyring: MemoryStore
) -> None:
    pc.enrol(peer.url, CODE)
    assert remembered(own) == peer.url
    identity = keyring.load(peer.url)
    assert identity is not None and identity.post_id == "post_7"
    (path,) = own.iterdir()
    assert path.name == "settings.json" and "PRIVATE" not in path.read_text(encoding="utf-8")


def test_without_a_keyring_the_key_is_in_memory_and_the_next_start_is_told_where_to_enrol(
    pc: Enrolment, peer: Peer, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    enrolled = pc.enrol(peer.url, CODE)
    assert "no keyring" in str(enrolled.why_not_kept) and "no keyring" in caplog.text
    assert pc.known().post_id == "post_7"
    later = started(own)
    with pytest.raises(SecretError, match="no keyring"):
        later.recall()
    assert later.url == peer.url and later.identity is None


def test_a_refused_code_leaves_everything_as_it_was(
    pc: Enrolment, peer: Peer, own: Path, keyring: MemoryStore
) -> None:
    OwnSettings(own).save(REGISTRY_URL, "https://registry.example")
    peer.routes["/v1/enrolments"] = refuses
    with pytest.raises(RegistryError):
        pc.enrol(peer.url, CODE)
    assert keyring.load(peer.url) is None and (pc.url, pc.identity) == ("", None)
    assert remembered(own) == "https://registry.example"


def test_a_pc_that_belongs_to_no_registry_knows_nobody(pc: Enrolment, keyring: MemoryStore) -> None:
    assert not pc.recall()
    with pytest.raises(ConfigError, match="this PC is not enrolled: start it once with"):
        pc.known()


def test_a_registry_on_the_command_line_goes_before_the_one_that_is_remembered(
    pc: Enrolment, peer: Peer, own: Path, keyring: MemoryStore
) -> None:
    pc.enrol(peer.url, CODE)
    other = "https://registry.example"
    elsewhere = started(own, other)
    assert not elsewhere.recall() and elsewhere.url == other
    with pytest.raises(ConfigError, match=r"this PC is not enrolled at https://registry\.example"):
        elsewhere.known()
    keyring.save(other, identity := Identity("post_8", new_private_key()))
    assert elsewhere.recall() and elsewhere.known() == identity
    assert remembered(own) == peer.url, "what was said once is not remembered"


def test_a_broken_file_is_kept_until_the_pc_enrols_again(
    pc: Enrolment, peer: Peer, own: Path, keyring: MemoryStore
) -> None:
    own.mkdir()
    (own / "settings.json").write_text("{", encoding="utf-8")
    assert not pc.recall()
    pc.enrol(peer.url, CODE)
    assert remembered(own) == peer.url
    assert (own / "settings.broken-1.json").read_text(encoding="utf-8") == "{"


def test_a_code_is_not_used_up_at_another_registry_than_the_organisations(
    own: Path, peer: Peer, keyring: MemoryStore
) -> None:
    pc = started(own, policy="https://registry.example")
    with pytest.raises(ConfigError, match="managed by your organisation"):
        pc.enrol(peer.url, CODE)
    assert peer.requests == [] and keyring.load(peer.url) is None
    ours = started(own, policy=peer.url)
    assert ours.enrol(peer.url, CODE).post_id == "post_7"
    assert remembered(own) == "", "what the organisation says need not be remembered"


def test_whom_to_believe_is_remembered_with_the_registry(peer: Peer, own: Path, keyring: MemoryStore) -> None:
    authority = Path(certifi.where())
    book = SettingsBook(own, {CA_FILE.key: str(authority)}, lambda: ())
    Enrolment(book, authority).enrol(peer.url, CODE)
    assert SettingsBook(own, {}, lambda: ()).settings.get(CA_FILE) == str(authority)


def test_a_pc_that_is_another_post_than_its_settings_say_is_refused(
    pc: Enrolment, peer: Peer, keyring: MemoryStore
) -> None:
    pc.enrol(peer.url, CODE)
    pc.check_post("")
    pc.check_post("post_7")
    with pytest.raises(ConfigError, match="enrolled as post post_7, and its settings say post_8"):
        pc.check_post("post_8")
