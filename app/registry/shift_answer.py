"""The registry's answers about shifts: which officer works here now, and why nobody does. Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.core.duty import NUMBER_MAX_LENGTH, WRONG_SIGN_IN, Officer, Role, ShiftEnd, SignInRefused
from app.core.errors import RegistryError
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.registry.fields import mapping, token, uuid, whole, words
from app.registry.problems import RefusalError

LASTS_MAX_S = 7 * 24 * 3600
OFFLINE_MAX_S = 72 * 3600
"""However long a registry allows it: after that nobody is verified without it (registry-contract.md)."""
SHIFT_ENDED = ("shift-ended", "shift-unknown", "shift-invalid")
"""The problems that say that a shift is not one any more."""
TOO_MANY = ("too-many-requests", "http-429")
_ROLES: Mapping[str, Role] = MappingProxyType({each.value: each for each in Role})
"""Whoever has another one may do what an officer may (contract)."""


@dataclass(frozen=True, slots=True)
class ShiftGrant:
    """A shift that has begun.

    Attributes:
        id: the registry's.
        officer: who works.
        token: what calls in the officer's name carry.
        lasts_s: how long it lasts at most, seconds.
        offline_s: how long the officer may be verified without the registry, seconds.
    """

    id: str
    officer: Officer
    token: Secret
    lasts_s: float
    offline_s: float


def parse_shift(value: object) -> ShiftGrant:
    """Read the answer to a sign-in or a handover.

    Raises:
        FieldError: it is not of the contract's form.
    """
    record = mapping(value, "shift")
    offline_s = whole(record.get("offline_s"), "offline_s", 0, 2**53)
    lasts_s = whole(record.get("expires_in_s"), "expires_in_s", 1, 2**53)
    return ShiftGrant(
        uuid(record.get("shift_id"), "shift_id"),
        _officer(mapping(record.get("officer"), "officer")),
        Secret(token(record.get("token"), "token", 4096)),
        min(lasts_s, LASTS_MAX_S),
        min(offline_s, OFFLINE_MAX_S),
    )


def _officer(record: Mapping[str, object]) -> Officer:
    role = _ROLES.get(token(record.get("role"), "officer.role", 32), Role.OFFICER)
    number = token(record.get("service_number"), "officer.service_number", NUMBER_MAX_LENGTH)
    name = words(record.get("name"), "officer.name")
    return Officer(uuid(record.get("id"), "officer.id"), number, name, role)


def cannot_ask(error: RegistryError) -> bool:
    """Whether an error says that nobody was there who knows; a server that wants a pause is there."""
    return not isinstance(error, RefusalError) and error.code not in TOO_MANY


def shift_end(error: RegistryError) -> ShiftEnd | None:
    """Why a shift is over, where an error says so."""
    if not isinstance(error, RefusalError) or error.code not in SHIFT_ENDED:
        return None
    return _ENDS.get(error.reason, ShiftEnd.UNKNOWN)


_ENDS: Mapping[str, ShiftEnd] = MappingProxyType({each.value: each for each in ShiftEnd})


def refusal(error: RegistryError) -> SignInRefused:
    """Why nobody was let in, in our own words where the contract has a code for it."""
    wait_s = error.retry_after_s
    minutes = math.ceil((wait_s or 0.0) / 60)
    said = error.sentence
    if error.code == "sign-in-refused":
        said = WRONG_SIGN_IN
    elif error.code == "officer-locked" and wait_s is None:
        said = Sentence("IT has locked this officer, and only IT can unlock them.")
    elif error.code == "officer-locked":
        said = Sentence("Too many wrong PINs: this officer is locked at this post for {0} minutes.", minutes)
    elif error.code in TOO_MANY and wait_s is not None:
        said = too_many(wait_s)
    return SignInRefused(said, error.code, wait_s)


def too_many(wait_s: float) -> Sentence:
    """That wrong PINs were so many that the next one has to wait."""
    return Sentence("Too many wrong PINs: wait {0} seconds before the next try.", math.ceil(wait_s))
