"""Where the post's key is kept: one suite over the memory store and a real Secret Service."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, fail, null
from keyring.errors import KeyringError, KeyringLocked

from app.core.errors import RegistryError, SecretError
from app.core.redact import Secret
from app.credentials import (
    ENTRY_MAX_BYTES,
    SERVICE,
    Identity,
    KeyringStore,
    KeyStore,
    MemoryStore,
    enrol,
    load_identity,
    new_private_key,
    public_jwk,
)
from tests.support.secret_service import Desktop, desktop, secret_service

URL = "https://registry.example:8443"
ROOT = Path(__file__).parents[2]
needs_secret_service = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-daemon")),
    reason="there is no Secret Service here (packages gnome-keyring and dbus)",
)


@pytest.fixture
def unlocked() -> Iterator[Desktop]:
    with desktop() as place, secret_service(place, is_unlocked=True):
        yield place


def secret_service_store(request: pytest.FixtureRequest) -> KeyStore:
    place: Desktop = request.getfixturevalue("unlocked")
    patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    patch.setenv("DBUS_SESSION_BUS_ADDRESS", place.environment["DBUS_SESSION_BUS_ADDRESS"])
    found = KeyringStore(SecretService.Keyring())  # type: ignore[no-untyped-call]
    found.delete(URL)
    return found


@pytest.fixture(
    params=[
        pytest.param(lambda _request: MemoryStore(), id="memory"),
        pytest.param(
            secret_service_store, id="secret-service", marks=[needs_secret_service, pytest.mark.real_keyring]
        ),
    ]
)
def store(request: pytest.FixtureRequest) -> KeyStore:
    make: Callable[[pytest.FixtureRequest], KeyStore] = request.param
    return make(request)


def make_identity(post_id: str = "post_5f1c0c8e") -> Identity:
    return Identity(post_id, new_private_key())


# ---- the suite


def test_what_was_saved_is_loaded(store: KeyStore) -> None:
    assert load_identity(store, URL) is None
    store.save(URL, identity := make_identity())
    assert load_identity(store, URL) == identity


def test_each_registry_has_its_own_identity(store: KeyStore) -> None:
    store.save(URL, first := make_identity("post_1"))
    store.save(URL + "/other", second := make_identity("post_2"))
    assert (store.load(URL), store.load(URL + "/other")) == (first, second)
    store.delete(URL + "/other")
    assert (store.load(URL), store.load(URL + "/other")) == (first, None)


def test_a_newer_identity_takes_the_place_of_the_older(store: KeyStore) -> None:
    store.save(URL, make_identity("post_1"))
    store.save(URL, newer := make_identity("post_2"))
    assert store.load(URL) == newer
    store.delete(URL)
    assert store.load(URL) is None


def test_forgetting_what_is_not_there_is_nothing(store: KeyStore) -> None:
    store.delete(URL)
    store.delete(URL)


def test_a_check_leaves_nothing_behind(store: KeyStore) -> None:
    store.check()
    assert store.load("trial") is None


class Registry:
    """An enrolment desk that remembers whom it has seen."""

    url = URL

    def __init__(self, error: RegistryError | None = None) -> None:
        self.keys: list[Mapping[str, str]] = []
        self._error = error

    def enrol(self, code: str, public_key: Mapping[str, str]) -> str:
        self.keys.append(public_key)
        if self._error is not None:
            raise self._error
        return f"post_{code}"


def test_enrolling_keeps_the_private_half_and_shows_the_public_one(store: KeyStore) -> None:
    registry = Registry()
    identity = enrol(registry, store, "7KQ2")
    assert identity.post_id == "post_7KQ2" and load_identity(store, URL) == identity
    assert registry.keys == [public_jwk(identity.private_key)]


def test_a_refused_code_changes_nothing(store: KeyStore) -> None:
    store.save(URL, before := make_identity())
    with pytest.raises(RegistryError):
        enrol(Registry(RegistryError("No.", code="enrolment-code-invalid")), store, "7KQ2")
    assert store.load(URL) == before


# ---- keys


def test_a_new_key_is_p256_and_its_jwk_its_public_half() -> None:
    private_key = new_private_key()
    jwk = public_jwk(private_key)
    assert set(jwk) == {"kty", "crv", "x", "y"} and (jwk["kty"], jwk["crv"]) == ("EC", "P-256")
    x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[part] + "=")) for part in "xy")
    key = load_pem_private_key(private_key.reveal().encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert key.public_key().public_numbers() == ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1())
    assert len(jwk["x"]) == len(jwk["y"]) == 43 and new_private_key() != private_key


def test_an_identity_does_not_print_its_key() -> None:
    identity = make_identity()
    assert "PRIVATE" not in repr(identity) and "PRIVATE" not in str(identity)


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> Secret:
    return Secret(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


@pytest.mark.parametrize(
    "private_key",
    [Secret(""), Secret("-----BEGIN PRIVATE KEY-----\nrahasia"), pem(ec.generate_private_key(ec.SECP384R1()))],
)
def test_a_key_of_another_kind_is_broken(private_key: Secret) -> None:
    with pytest.raises(SecretError, match="enrol this PC again") as caught:
        public_jwk(private_key)
    assert "rahasia" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__context__ is None


# ---- keyrings that do not work


class Shelf(KeyringBackend):
    """A keyring in memory that can be broken."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.forgets = False

    def _answer(self) -> None:
        if self.error is not None:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        if not self.forgets:
            self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        self.entries.pop((service, username), None)


def test_the_entry_fits_windows() -> None:
    shelf = Shelf()
    KeyringStore(shelf).save(URL, make_identity("p" * 64))
    ((place, text),) = shelf.entries.items()
    assert place == (SERVICE, URL) and set(json.loads(text)) == {"post_id", "private_key"}
    assert len(text.encode("utf-16-le")) <= ENTRY_MAX_BYTES // 2


def test_a_key_that_does_not_fit_is_refused_before_it_is_written() -> None:
    shelf = Shelf()
    with pytest.raises(SecretError, match="too large"):
        KeyringStore(shelf).save(URL, Identity("p", pem(rsa.generate_private_key(65537, 2048))))
    assert not shelf.entries


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyringLocked("no"), "is locked: unlock it"),
        (KeyringError("rahasia"), "KeyringError"),
        (RuntimeError("rahasia"), "RuntimeError"),
        (OSError("rahasia"), "OSError"),
    ],
)
def test_whatever_a_keyring_raises_is_one_sentence(error: Exception, words: str) -> None:
    shelf = Shelf()
    shelf.error = error
    store = KeyringStore(shelf)
    calls: list[Callable[[], object]] = [
        lambda: store.load(URL),
        lambda: store.save(URL, make_identity()),
        lambda: store.delete(URL),
        store.check,
    ]
    for call in calls:
        with pytest.raises(SecretError, match=words) as caught:
            call()
        assert "rahasia" not in str(caught.value)


def test_a_keyring_that_keeps_nothing_is_found_out_before_the_code_is_used() -> None:
    shelf, registry = Shelf(), Registry()
    shelf.forgets = True
    with pytest.raises(SecretError, match="does not keep"):
        enrol(registry, KeyringStore(shelf), "7KQ2")
    assert not registry.keys


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "5", "{}", '{"post_id": "", "private_key": "x"}', '{"post_id": "p", "private_key": "x"}'],
)
def test_a_broken_entry_says_so(text: str) -> None:
    shelf = Shelf()
    shelf.entries[SERVICE, URL] = text
    with pytest.raises(SecretError, match="enrol this PC again"):
        KeyringStore(shelf).load(URL)


OPEN = """
from app.core.errors import SecretError
from app.credentials import Identity, new_private_key, open_key_store
try:
    store = open_key_store()
    store.save("https://registry.example", Identity("post_1", new_private_key()))
    print("kept", store.load("https://registry.example").post_id)
except SecretError as error:
    print("SecretError", error)
"""


def opened(environment: Mapping[str, str]) -> str:
    """What a fresh process says of its system's keyring."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@needs_secret_service
def test_an_unlocked_secret_service_is_found_and_used(unlocked: Desktop) -> None:
    assert opened(unlocked.environment) == "kept post_1"


@needs_secret_service
def test_a_locked_secret_service_is_a_clear_sentence() -> None:
    with desktop() as place, secret_service(place, is_unlocked=False):
        told = opened(place.environment)
    assert told.startswith("SecretError The system's keyring") and "unlock" in told


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_no_keyring_is_a_clear_sentence(backend: type[KeyringBackend], tmp_path: Path) -> None:
    name = f"{backend.__module__}.{backend.__name__}"
    told = opened({"HOME": str(tmp_path), "PYTHON_KEYRING_BACKEND": name})
    assert told.startswith("SecretError This system has no keyring") and "nothing is written to a file" in told
    assert not list(tmp_path.rglob("*.cfg"))


def test_without_a_session_bus_there_is_no_keyring(tmp_path: Path) -> None:
    told = opened({"HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none"})
    assert told.startswith("SecretError") and told.count("\n") == 0
