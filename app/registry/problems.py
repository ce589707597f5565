"""What went wrong with a call to the registry, as one sentence for a person and a code for the program.

Pure; any thread. A sentence names the registry's host; nothing that was sent, and of what came only the problem's
own words, bounded and cleaned, gets into one. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from types import MappingProxyType

from app.core.errors import RegistryError
from app.core.redact import scrub
from app.registry.fields import FieldError, clean, mapping, parse_json
from app.registry.lease_answer import RETRY_AFTER_MAX_S, retry_after_s, sentence_of

_REFUSALS: Mapping[str, str] = MappingProxyType(
    {"invalid-client": "The registry at {host} does not know this post: enrol this PC again"}
)
"""Refusals that ask for something to be done here, in our words."""
_CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")
_DATE_MAX_LENGTH = 64


class RefusalError(RegistryError):
    """The registry answered and will not: it is there, but this post or request is not welcome.

    Args:
        message: one sentence for a person.
        code: the problem code of the contract.
    """


def no_answer(host: str, error: Exception, timeout_s: float) -> RegistryError:
    """The error of a call that no answer came to.

    Args:
        host: the registry's host and port.
        error: what the HTTP library raised.
        timeout_s: how long was waited.
    """
    causes = list(_causes(error))
    tls = next((each for each in causes if isinstance(each, ssl.SSLError)), None)
    if tls is not None:
        return _failed(f"The registry at {host} cannot be trusted: {_tls_words(tls)}.", "tls")
    if any(isinstance(each, socket.gaierror) for each in causes):
        return _failed(f"The registry's name in {host} is not known to this network.", "name-unknown")
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return _failed(f"Nothing answers at {host}: the registry refuses connections.", "refused")
    if any(isinstance(each, TimeoutError) or "Timeout" in type(each).__name__ for each in causes):
        return _failed(f"The registry at {host} did not answer within {timeout_s:.0f} s.", "timeout")
    if any(isinstance(each, (ConnectionError, http.client.HTTPException)) for each in causes):
        return _failed(f"The registry at {host} broke the connection off.", "cut")
    return _failed(f"The registry at {host} cannot be reached.", "unreachable")


def bad_answer(host: str, what: str, code: str = "bad-answer") -> RegistryError:
    """The error of an answer that cannot be used; `what` is a clause about it."""
    return _failed(f"The registry at {host} sent an answer that cannot be used: {what}.", code)


def http_error(host: str, status: int, headers: Mapping[str, str], body: bytes) -> RegistryError:
    """The error of an answer other than a success."""
    if 300 <= status < 400:
        return bad_answer(host, "it points to another address, which is not followed", "redirect")
    problem = _problem(body)
    said = scrub(clean(sentence_of(problem))) or f"HTTP status {status}"
    code = problem.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        code = f"http-{status}"
    wait_s = _longest(_header_s(headers), retry_after_s(problem.get("retry_after_s")))
    if status == 429:
        message = f"The registry at {host} is asked too often: {said}"
    elif status >= 500:
        message = f"The registry at {host} has failed: {said}"
    else:
        is_retryable = problem.get("retryable") is True
        message = _REFUSALS.get(code, "The registry at {host} refuses: {said}").format(host=host, said=said)
        return RefusalError(_ended(message), code=code, retryable=is_retryable, retry_after_s=wait_s)
    return RegistryError(_ended(message), code=code, retryable=True, retry_after_s=wait_s)


def _failed(message: str, code: str) -> RegistryError:
    return RegistryError(message, code=code, retryable=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it carries: libraries keep the cause as cause, context, `reason` or argument."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]


def _tls_words(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({clean(error.verify_message).rstrip('.')})"
    return "no encrypted connection could be agreed on"


def _problem(body: bytes) -> Mapping[str, object]:
    try:
        return mapping(parse_json(body), "problem")
    except FieldError:
        return {}


def _header_s(headers: Mapping[str, str]) -> float | None:
    """`Retry-After` in seconds; a date counts from the answer's own `Date`, for the PC's clock may be wrong."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), RETRY_AFTER_MAX_S)
    then_s, now_s = _http_date_s(text), _http_date_s(headers.get("Date", ""))
    if then_s is None or now_s is None:
        return None
    return min(max(0.0, then_s - now_s), RETRY_AFTER_MAX_S)


def _http_date_s(text: str) -> float | None:
    """Seconds since 1970 of an HTTP date (RFC 9110, 5.6.7), None where it is none; one without a zone is UTC."""
    try:
        moment = parsedate_to_datetime(text[:_DATE_MAX_LENGTH])
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def _longest(*waits_s: float | None) -> float | None:
    return max((each for each in waits_s if each is not None), default=None)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
