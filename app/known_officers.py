"""The officers that this PC can verify by itself for a while when the registry is not reached.

Any thread; every call waits for the disk or computes. Of a PIN there is an Argon2id hash only (RFC 9106), made
with a key that is derived from the post's own key in the keyring: a stolen file alone opens nothing, though a PIN
has no more than six digits. Wrong tries are counted in the file before a PIN is checked: no restart forgets them.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.config.json_object import JsonObject
from app.config.own_file import OwnFile
from app.core.duty import WRONG_SIGN_IN, Officer, Role, SignInRefused
from app.core.errors import ConfigError
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.derived_key import derived_key

FILE_NAME = "officers.json"
VERSION = 1
KNOWN_MAX = 64
"""Officers of one post; who signed in longest ago is forgotten first."""
WRONG_MAX = 10
"""So many wrong PINs in a row, and an officer is forgotten here: the registry knows them still."""
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 1
"""RFC 9106's second recommendation is 64 MiB and three passes: some 100 ms, once for each sign-in."""
_SALT_BYTES, _HASH_BYTES = 16, 32
_PURPOSE = b"pantau: verify officers without the registry"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of an officer.

    Attributes:
        officer: who.
        pin_hash: in the PHC string format.
        verified_at_s: when the registry let them in, this PC's clock, seconds since 1970.
        until_s: how long that counts.
        wrong: PINs in a row that were wrong since.
    """

    officer: Officer
    pin_hash: str
    verified_at_s: float
    until_s: float
    wrong: int = 0


class KnownOfficers:
    """The officers of one post.

    Args:
        path: the file; made when the first officer signs in.
        post_key: the post's private key.
        clock: this PC's clock, seconds since 1970.
    """

    def __init__(self, path: Path, post_key: Secret, clock: Callable[[], float] = time.time) -> None:
        self._file = OwnFile(path)
        self._clock = clock
        self._lock = threading.Lock()
        self._key = derived_key(post_key, _PURPOSE)
        self._known = self._load()

    def remember(self, officer: Officer, pin: Secret, offline_s: float) -> None:
        """The registry has let an officer in; may they be verified without it for that long."""
        now_s = self._clock()
        known = Known(officer, self._hash(pin), now_s, now_s + offline_s)
        with self._lock:
            self._known.pop(officer.service_number, None)
            self._known[officer.service_number] = known
            while len(self._known) > KNOWN_MAX:
                del self._known[next(iter(self._known))]
            self._save()

    def forget(self, service_number: str) -> None:
        """The registry does not let an officer in any more."""
        with self._lock:
            if self._known.pop(service_number, None) is not None:
                self._save()

    def check(self, service_number: str, pin: Secret) -> Officer | SignInRefused:
        """The officer of a number and PIN, or why they cannot be verified here."""
        with self._lock:
            known = self._known.get(service_number)
            refused = self._why_not(known)
            if known is None or refused is not None:
                return refused or _UNKNOWN
            known = self._known[service_number] = replace(known, wrong=known.wrong + 1)
            self._save()
            if self._is_right(known, pin):
                self._known[service_number] = replace(known, wrong=0)
                self._save()
                return known.officer
            return self._wrong(known)

    def _why_not(self, known: Known | None) -> SignInRefused | None:
        now_s = self._clock()
        if known is None:
            return _UNKNOWN
        if now_s < known.verified_at_s:
            said = Sentence("This PC's clock was set back: nobody can be verified without the registry.")
            return SignInRefused(said, "clock-set-back", cannot_ask=True)
        if now_s >= known.until_s:
            hours = round((known.until_s - known.verified_at_s) / 3600)
            said = Sentence(
                "The registry verified this officer more than {0} hours ago and cannot be asked.", hours
            )
            return SignInRefused(said, "offline-too-long", cannot_ask=True)
        return None

    def _wrong(self, known: Known) -> SignInRefused:
        if known.wrong < WRONG_MAX:
            return SignInRefused(WRONG_SIGN_IN, "sign-in-refused")
        _log.warning("officer=%s state=forgotten: too many wrong PINs", known.officer.id)
        del self._known[known.officer.service_number]
        self._save()
        said = Sentence("Too many wrong PINs: only the registry can verify this officer now.")
        return SignInRefused(said, "forgotten", cannot_ask=True)

    def _hash(self, pin: Secret) -> str:
        kdf = Argon2id(
            salt=secrets.token_bytes(_SALT_BYTES),
            length=_HASH_BYTES,
            iterations=_PASSES,
            lanes=_LANES,
            memory_cost=_MEMORY_KIB,
            secret=self._key,
        )
        return kdf.derive_phc_encoded(pin.reveal().encode())

    def _is_right(self, known: Known, pin: Secret) -> bool:
        try:
            Argon2id.verify_phc_encoded(pin.reveal().encode(), known.pin_hash, secret=self._key)
        except (InvalidKey, ValueError):
            return False
        return True

    def _load(self) -> dict[str, Known]:
        try:
            return self._file.load(_known_from_text) or {}
        except ConfigError as error:
            _log.warning("officers cannot be verified without the registry: %s", error)
            return {}

    def _save(self) -> None:
        """Keep them; where that fails they are known until this process ends."""
        officers = [_record(known) for known in self._known.values()]
        try:
            self._file.write(json.dumps({"version": VERSION, "officers": officers}, indent=2) + "\n")
        except ConfigError as error:
            _log.warning("officers are not kept: %s", error)


_UNKNOWN = SignInRefused(
    Sentence("The registry cannot be asked, and it has not verified this officer at this post of late."),
    "unknown-here",
    cannot_ask=True,
)


def _record(known: Known) -> dict[str, object]:
    return {
        "id": known.officer.id,
        "service_number": known.officer.service_number,
        "name": known.officer.name,
        "role": known.officer.role.value,
        "pin_hash": known.pin_hash,
        "verified_at_s": int(known.verified_at_s),
        "until_s": int(known.until_s),
        "wrong": known.wrong,
    }


def _known_from_text(file: str, text: str) -> dict[str, Known]:
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(("version", "officers"))
    found = document.records("officers", _known, Sentence("has an entry that is no officer"))
    return {known.officer.service_number: known for known in found}


def _known(entry: object) -> Known | None:
    """An officer of the file; None for an entry that has not the form that `_record` gives."""
    if not isinstance(entry, dict):
        return None
    try:
        id_, number, name = (_text(entry[key]) for key in ("id", "service_number", "name"))
        officer = Officer(id_, number, name, Role(entry["role"]))
        verified_at_s, until_s, wrong = (_whole(entry[key]) for key in ("verified_at_s", "until_s", "wrong"))
        return Known(officer, _text(entry["pin_hash"]), verified_at_s, until_s, wrong)
    except (KeyError, ValueError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError
    return value
