"""The registry's answer to a batch of the journal: how far it keeps it, in its own signature. Any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import jwt

from app.core.journal import Head
from app.core.sentence import Sentence
from app.registry.fields import FieldError, mapping, token, whole

ALGORITHM = "ES256"
SIGNATURE_MAX_LENGTH = 4096
SEQUENCE_MAX = 2**53 - 1
_REASONS: Mapping[str, Sentence] = MappingProxyType(
    {
        "audit-gap": Sentence("entries before it are missing"),
        "audit-chain-broken": Sentence("it does not follow on what the registry has"),
        "audit-contradiction": Sentence("the registry has another entry of that number"),
        "audit-hash-wrong": Sentence("it was changed after it was written"),
    }
)
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
    seq = whole(record.get("acknowledged_seq"), "acknowledged_seq", 0, SEQUENCE_MAX)
    signature = token(record.get("checkpoint"), "checkpoint", SIGNATURE_MAX_LENGTH)
    claims = _claims(signature, key)
    if (claims.get("post_id"), claims.get("seq")) != (post_id, seq):
        raise FieldError("checkpoint", Sentence("is about another journal"))
    head = Head(seq, token(claims.get("hash"), "checkpoint.hash", 64))
    refused = record.get("refused")
    return Taken(head, signature, _refusal(refused) if refused is not None else None)


def _claims(signature: str, key: Mapping[str, object]) -> Mapping[str, object]:
    try:
        return mapping(jwt.decode(signature, jwt.PyJWK(dict(key)), [ALGORITHM]), "checkpoint")
    except (jwt.PyJWTError, ValueError, TypeError):
        pass
    raise FieldError("checkpoint", Sentence("is not signed by the registry"))


def _refusal(value: object) -> Sentence:
    refused = mapping(value, "refused")
    problem = mapping(refused.get("problem"), "refused.problem")
    reason = _REASONS.get(str(problem.get("code")), _OTHER)
    return Sentence("The registry does not take entry {0} of the journal: {1}.", str(refused.get("seq")), reason)
