"""The post's identity: its private key, made here and kept in the system's keyring.

The only place that imports `keyring`. A keyring may ask the person in front of it, so its calls block: worker
threads or before the wall opens, never the GUI thread. The key is in the keyring or in memory, never in a file of
ours. Must import nothing of ours but the core.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

import keyring
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend

from app.core.errors import SecretError
from app.core.redact import Secret
from app.core.sentence import Sentence

SERVICE = "pantau"
ENTRY_MAX_BYTES = 2_560
"""What Windows' Credential Manager holds, and it counts UTF-16."""
_TRIAL = "trial"
_KEEPERS = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
)
"""The keyrings of systems. Others keep secrets in plain files, or nowhere."""
_COORDINATE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Identity:
    """A post that has enrolled: the registry's name for it and its P-256 key as PEM."""

    post_id: str
    private_key: Secret


class KeyStore(Protocol):
    """Where identities are kept, one for each registry. Every method may raise `SecretError`."""

    def load(self, registry_url: str) -> Identity | None:
        """The identity of that registry, None where there is none."""

    def save(self, registry_url: str, identity: Identity) -> None:
        """Keep an identity, in place of an older one."""

    def delete(self, registry_url: str) -> None:
        """Forget an identity; nothing happens where there is none."""

    def check(self) -> None:
        """Make sure that something can be kept now."""


class Enroller(Protocol):
    """The registry as enrolment needs it: `app.registry.client.RegistryApi` is one."""

    @property
    def url(self) -> str:
        """The registry's address."""

    def enrol(self, code: str, public_key: Mapping[str, str]) -> str:
        """Use an enrolment code up; returns the post's id."""


class MemoryStore:
    """Keeps identities until this process ends: for the demo, and where there is no keyring."""

    def __init__(self) -> None:
        self._held: dict[str, Identity] = {}

    def load(self, registry_url: str) -> Identity | None:
        """The identity of that registry, None where there is none."""
        return self._held.get(registry_url)

    def save(self, registry_url: str, identity: Identity) -> None:
        """Keep an identity, in place of an older one."""
        self._held[registry_url] = identity

    def delete(self, registry_url: str) -> None:
        """Forget an identity; nothing happens where there is none."""
        self._held.pop(registry_url, None)

    def check(self) -> None:
        """Memory can always keep something."""


class KeyringStore:
    """Keeps identities in a keyring of the system.

    Args:
        backend: the keyring; `open_key_store` finds it.
    """

    def __init__(self, backend: KeyringBackend) -> None:
        self._backend = backend

    def load(self, registry_url: str) -> Identity | None:
        """The identity of that registry, None where there is none.

        Raises:
            SecretError: the keyring is locked or does not answer, or the entry is broken.
        """
        with _translated(Sentence("read")):
            text = self._backend.get_password(SERVICE, registry_url)
        return None if text is None else _parse_entry(text)

    def save(self, registry_url: str, identity: Identity) -> None:
        """Keep an identity, in place of an older one.

        Raises:
            SecretError: the keyring is locked, does not answer or cannot hold so much.
        """
        entry = {"post_id": identity.post_id, "private_key": identity.private_key.reveal()}
        text = json.dumps(entry, separators=(",", ":"))
        if len(text.encode("utf-16-le")) > ENTRY_MAX_BYTES:
            raise SecretError("The post's key is too large for the system's keyring.")
        with _translated(Sentence("written")):
            self._backend.set_password(SERVICE, registry_url, text)

    def delete(self, registry_url: str) -> None:
        """Forget an identity; nothing happens where there is none.

        Raises:
            SecretError: the keyring is locked or does not answer.
        """
        with _translated(Sentence("written")):
            if self._backend.get_password(SERVICE, registry_url) is not None:
                self._backend.delete_password(SERVICE, registry_url)

    def check(self) -> None:
        """Keep something for a moment and take it out again.

        Raises:
            SecretError: the keyring is locked, does not answer or does not keep what it is given.
        """
        with _translated(Sentence("written")):
            self._backend.set_password(SERVICE, _TRIAL, _TRIAL)
            kept = self._backend.get_password(SERVICE, _TRIAL)
            self._backend.delete_password(SERVICE, _TRIAL)
        if kept != _TRIAL:
            raise SecretError("The system's keyring does not keep what it is given.")


def open_key_store() -> KeyringStore:
    """The system's keyring, found open.

    Raises:
        SecretError: there is none that keeps secrets safely, or it is locked.
    """
    with _translated(Sentence("opened")):
        backend = _keeper(keyring.get_keyring())
    if backend is None:
        raise SecretError(
            "This system has no keyring that could keep the post's key: start one "
            "(GNOME Keyring, KWallet, Windows Credential Manager), and nothing is written to a file instead."
        )
    if hasattr(backend, "persist"):
        backend.persist = "local machine"  # else Windows copies the key to every PC of a roaming profile
    store = KeyringStore(backend)
    store.check()
    return store


def enrol(client: Enroller, store: KeyStore, code: str) -> Identity:
    """Make this PC a post: a new key, whose public half the registry gets for a one-time code.

    Raises:
        RegistryError: the registry refused or did not answer; nothing is kept.
        SecretError: the key cannot be kept; the code is not used up if that can be known before.
    """
    store.check()
    private_key = new_private_key()
    identity = Identity(client.enrol(code, public_jwk(private_key)), private_key)
    store.save(client.url, identity)
    return identity


def load_identity(store: KeyStore, registry_url: str) -> Identity | None:
    """Who this PC is at that registry, None where it has not enrolled.

    Args:
        store: where identities are kept.
        registry_url: the address as the registry client spells it (`RegistryApi.url`).

    Raises:
        SecretError: the keyring is locked or does not answer, or the entry is broken.
    """
    return store.load(registry_url)


def new_private_key() -> Secret:
    """A new P-256 key as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Secret(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def public_jwk(private_key: Secret) -> dict[str, str]:
    """The public half of a P-256 key as a JWK (RFC 7517, RFC 7518 section 6.2).

    Raises:
        SecretError: it is no such key.
    """
    numbers = _p256(private_key).public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _base64url(numbers.x), "y": _base64url(numbers.y)}


def _base64url(coordinate: int) -> str:
    return base64.urlsafe_b64encode(coordinate.to_bytes(_COORDINATE_BYTES)).rstrip(b"=").decode()


def _p256(private_key: Secret) -> ec.EllipticCurvePrivateKey:
    key = None
    # Complained of below, where no context can keep the key's text.
    with suppress(ValueError, TypeError, UnsupportedAlgorithm):
        key = load_pem_private_key(private_key.reveal().encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SecretError("The post's key in the keyring is broken: enrol this PC again.")
    return key


def _parse_entry(text: str) -> Identity:
    entry: object = None
    # Complained of below, where no context can keep the entry's text.
    with suppress(ValueError, RecursionError):
        entry = json.loads(text)
    post_id = entry.get("post_id") if isinstance(entry, dict) else None
    private_key = entry.get("private_key") if isinstance(entry, dict) else None
    if not isinstance(post_id, str) or not post_id or not isinstance(private_key, str):
        raise SecretError("This PC's entry in the keyring is broken: enrol this PC again.")
    identity = Identity(post_id, Secret(private_key))
    _p256(identity.private_key)
    return identity


def _keeper(backend: KeyringBackend) -> KeyringBackend | None:
    """The system's keyring that a backend is, or the best of those it chains."""
    found = list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]
    return next((each for each in found if type(each).__module__ in _KEEPERS), None)


@contextmanager
def _translated(done: Sentence) -> Iterator[None]:
    """Any failure of a keyring as one sentence. Each backend raises what its system raises: none can be listed."""
    failure = ""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # see above
        failure = type(error).__name__
    if failure == "KeyringLocked":
        raise SecretError("The system's keyring is locked: unlock it and start again.")
    if failure:
        raise SecretError("The system's keyring could not be {0} ({1}): unlock or repair it.", done, failure)
