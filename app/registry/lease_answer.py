"""The registry's answers to lease requests as the core's leases and failures.

Pure; any thread. Every stream is answered for itself: a bad item never sinks the others. No failure's text holds
an address or a password. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.core.failure import Failure, Reason
from app.core.model import CAMERA, RELAY, Endpoint, Lease, Login, StreamKey
from app.core.redact import Secret
from app.core.sentence import Sentence
from app.registry.address import Zones, parse_url
from app.registry.fields import FieldError, array, clean, mapping, number, token, uuid, whole
from app.registry.parse import BATCH_MAX

LEASE_MAX_S = 30 * 24 * 3600
"""A lease is counted for thirty days at most, whatever the registry says."""
RETRY_AFTER_MAX_S = 3_600.0
"""Nobody is made to wait longer than an hour before asking again."""
DETAIL_MAX_LENGTH = 200
USERNAME_MAX_LENGTH, SECRET_MAX_LENGTH = 256, 1024

_REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "camera-unknown": Reason.WITHDRAWN,
        "profile-unknown": Reason.NO_PROFILE,
        "camera-busy": Reason.BUSY,
    }
)
"""Problem codes that have a reason of their own; of every other one its status says whether it is a refusal."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A lease and the name by which the registry takes it back."""

    lease: Lease
    lease_id: str


def parse_leases(value: object, asked: Sequence[StreamKey], zones: Zones, now_s: float) -> list[Granted | Failure]:
    """One answer for each stream that was asked for, in order.

    Args:
        value: the answer's JSON.
        asked: the streams, as they were asked for.
        zones: where streams may lie.
        now_s: when the answer came, monotonic seconds: leases end by it.
    """
    try:
        items = array(mapping(value, "answer").get("items"), "items", BATCH_MAX)
    except FieldError:
        items = []
    pairs = zip(items, asked, strict=False)  # it may answer for fewer
    answers = [_answer(item, key, zones, now_s) for item, key in pairs]
    unanswered = _unreadable(Sentence("the registry did not answer for this stream"))
    return answers + [unanswered] * (len(asked) - len(answers))


def retry_after_s(value: object) -> float | None:
    """A problem's own `retry_after_s`, None where it names none that can be used."""
    try:
        return min(number(value, "retry_after_s", 0.0, 1e9), RETRY_AFTER_MAX_S)
    except FieldError:
        return None


def _answer(item: object, key: StreamKey, zones: Zones, now_s: float) -> Granted | Failure:
    try:
        record = mapping(item, "item")
        if "problem" in record:
            return _refusal(mapping(record["problem"], "problem"))
        if (record.get("camera_id"), record.get("profile")) != (key.camera, key.profile.value):
            raise FieldError("item", Sentence("is about another stream"))
        return _granted(record, key, zones, now_s)
    except FieldError as error:
        said = Sentence("the registry's answer cannot be used: {0} {1}", error.field, error.reason)
        return _unreadable(said)


def _granted(record: Mapping[str, object], key: StreamKey, zones: Zones, now_s: float) -> Granted | Failure:
    items = array(record.get("endpoints"), "endpoints", 8)
    found = [_endpoint(item, zones) for item in items]
    endpoints = tuple(each for each in found if isinstance(each, Endpoint))
    if not endpoints:
        reasons = [each for each in found if isinstance(each, Sentence)]
        return Failure(Reason.BAD_ADDRESS, next(iter(reasons), Sentence("the lease names no address")))
    expires_in_s = whole(record.get("expires_in_s"), "expires_in_s", 1, 2**53)
    offline_use_s = whole(record.get("offline_use_s"), "offline_use_s", 0, 2**53)
    lease = Lease(
        key=key,
        endpoints=endpoints,
        username=_login(record.get("username"), "username", USERNAME_MAX_LENGTH),
        secret=Secret(_login(record.get("secret"), "secret", SECRET_MAX_LENGTH)),
        credential_version=whole(record.get("credential_version"), "credential_version", 0, 2**63 - 1),
        expires_at_s=now_s + min(expires_in_s, LEASE_MAX_S),
        offline_until_s=now_s + min(offline_use_s, LEASE_MAX_S),
        relay_login=_relay_login(record.get("relay_login")),
    )
    return Granted(lease, uuid(record.get("lease_id"), "lease_id"))


def _endpoint(item: object, zones: Zones) -> Endpoint | Sentence:
    """An endpoint, or why it may not be used."""
    try:
        record = mapping(item, "endpoint")
        bare = parse_url(record.get("url"), zones)
        kind = token(record.get("kind"), "kind", 32)
        transport = token(record.get("transport"), "transport", 32)
    except FieldError as error:
        return Sentence("the leased {0} {1}", error.field, error.reason)
    return Endpoint(
        bare.scheme,
        bare.host,
        bare.port,
        bare.path,
        transport="udp" if transport == "udp" else "tcp",
        kind=RELAY if kind == RELAY else CAMERA,
    )


def _relay_login(value: object) -> Login | None:
    if value is None:
        return None
    record = mapping(value, "relay_login")
    username = _login(record.get("username"), "relay_login.username", USERNAME_MAX_LENGTH)
    return Login(username, Secret(_login(record.get("secret"), "relay_login.secret", SECRET_MAX_LENGTH)))


def _login(value: object, field: str, most: int) -> str:
    """A user name or password; it may be empty. No device takes control characters."""
    if not isinstance(value, str) or len(value) > most:
        raise FieldError(field, Sentence("is no text of the allowed length"))
    if not value.isprintable():
        raise FieldError(field, Sentence("has characters that no login has"))
    return value


def _refusal(problem: Mapping[str, object]) -> Failure:
    code, status = problem.get("code"), problem.get("status")
    has_failed = isinstance(status, int) and (status == 429 or status >= 500)
    other = Reason.LEASE_UNAVAILABLE if has_failed else Reason.LEASE_REFUSED
    reason = _REASONS.get(code, other) if isinstance(code, str) else other
    return Failure(reason, sentence_of(problem), retry_after_s(problem.get("retry_after_s")))


def sentence_of(problem: Mapping[str, object]) -> str:
    """What a problem says to a person: one bounded line of plain text, empty where it says nothing."""
    said = problem.get("detail") or problem.get("title")
    return clean(said[:DETAIL_MAX_LENGTH]) if isinstance(said, str) else ""


def _unreadable(detail: Sentence) -> Failure:
    """Not a refusal: a lease that is still good offline goes on."""
    return Failure(Reason.LEASE_UNAVAILABLE, detail)
