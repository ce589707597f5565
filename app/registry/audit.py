"""The registry's answer to a batch of the journal: how far it keeps it, in its own signature. Any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import jwt

from app.core.journal import Head, canonical_line
from app.core.sentence import Sentence
from app.registry.fields import FieldError, array, mapping, token, whole

ALGORITHM = "ES256"
SIGNATURE_MAX_LENGTH = 4096
PAGE_MAX = 1_000
SEQUENCE_MAX = 2**53 - 1
_REASONS: Mapping[str, Sentence] = MappingProxyType(
    {
        "audit-gap": Sentence("entries before it are missing"),
        "audit-chain-broken": Sentence("it does not follow on what the registry has"),
        "audit-contradiction": Sentence("the registry has another entry of that number"),
        "audit-hash-wrong": Sentence("it was changed after it was written"),
    }
)
_CONTRADICTION = "audit-contradiction"
_OTHER = Sentence("it is not of the contract's form")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch.

    Attributes:
        head: the last entry that the registry has.
        signature: its word for that, a compact JWS that was found to be good.
        refused: why the next entry was not taken; None where all were.
    """

    head: Head
    signature: str
    refused: Sentence | None = None
    is_contradicted: bool = False
    """Whether the registry has another entry in the place of the one that it did not take."""


def parse_taken(value: object, post_id: str, key: Mapping[str, object]) -> Taken:
    """Read an answer, and believe it only by its signature.

    Args:
        value: the body.
        post_id: whose journal it is.
        key: the registry's, as a JWK.

    Raises:
        FieldError: it is not of the contract's form, or the signature is not the registry's.
    """
    record = mapping(value, "answer")
    head = _signed_head(record, post_id, key)
    signature = token(record.get("checkpoint"), "checkpoint", SIGNATURE_MAX_LENGTH)
    refused = record.get("refused")
    if refused is None:
        return Taken(head, signature)
    code, said = _refusal(refused)
    return Taken(head, signature, said, code == _CONTRADICTION)


@dataclass(frozen=True, slots=True)
class Kept:
    """Some of what the registry has of a journal.

    Attributes:
        lines: entries as every journal writes them, oldest first.
        has_more: whether there are more.
        head: the last entry of all, signed for.
    """

    lines: tuple[bytes, ...]
    has_more: bool
    head: Head


def parse_kept(value: object, post_id: str, key: Mapping[str, object]) -> Kept:
    """Read a page of what the registry has, and believe its end only by its signature.

    Args:
        value: the body.
        post_id: whose journal it is.
        key: the registry's, as a JWK.

    Raises:
        FieldError: it is not of the contract's form, or the signature is not the registry's.
    """
    record = mapping(value, "answer")
    entries = [mapping(each, "events") for each in array(record.get("events"), "events", PAGE_MAX)]
    head = _signed_head(record, post_id, key)
    return Kept(tuple(canonical_line(each) for each in entries), record.get("more") is True, head)


def _signed_head(record: Mapping[str, object], post_id: str, key: Mapping[str, object]) -> Head:
    seq = whole(record.get("acknowledged_seq"), "acknowledged_seq", 0, SEQUENCE_MAX)
    claims = _claims(token(record.get("checkpoint"), "checkpoint", SIGNATURE_MAX_LENGTH), key)
    if (claims.get("post_id"), claims.get("seq")) != (post_id, seq):
        raise FieldError("checkpoint", Sentence("is about another journal"))
    return Head(seq, token(claims.get("hash"), "checkpoint.hash", 64))


def _claims(signature: str, key: Mapping[str, object]) -> Mapping[str, object]:
    try:
        return mapping(jwt.decode(signature, jwt.PyJWK(dict(key)), [ALGORITHM]), "checkpoint")
    except (jwt.PyJWTError, ValueError, TypeError):
        pass
    raise FieldError("checkpoint", Sentence("is not signed by the registry"))


def _refusal(value: object) -> tuple[str, Sentence]:
    refused = mapping(value, "refused")
    problem = mapping(refused.get("problem"), "refused.problem")
    code = str(problem.get("code"))
    reason = _REASONS.get(code, _OTHER)
    return code, Sentence(
        "The registry does not take entry {0} of the journal: {1}.", str(refused.get("seq")), reason
    )
