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

from app.core.errors import ConsoleError, RegistryError
from app.core.redact import scrub
from app.core.sentence import Sentence, Value
from app.registry.fields import FieldError, clean, mapping, parse_json
from app.registry.lease_answer import RETRY_AFTER_MAX_S, retry_after_s, sentence_of

BAD_ANSWER = "bad-answer"
"""The code of an answer that is not of the contract's form, or not signed by whom it should be."""
_CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")
_DATE_MAX_LENGTH = 64
_WRONG_TIME: Mapping[int, Sentence] = MappingProxyType(
    {
        9: Sentence("its certificate is not valid yet, or this PC's clock is behind"),
        10: Sentence("its certificate has expired, or this PC's clock is ahead"),
    }
)
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and _HAS_EXPIRED: it judges both by this PC's clock."""


class RefusalError(RegistryError):
    """The registry answered and will not: it is there, but this post or request is not welcome.

    Args:
        template: one sentence for a person, with places for its values.
        values: what fills the places.
        code: the problem code of the contract.
        retryable, retry_after_s: as of any such error.
        reason: the problem's own word for why, where it has one.
        conflict: what is there instead of what the caller has seen, unread; None where it was not told.
    """

    def __init__(
        self,
        template: str,
        *values: Value | ConsoleError,
        code: str,
        retryable: bool = False,
        retry_after_s: float | None = None,
        reason: str = "",
        conflict: object = None,
    ) -> None:
        super().__init__(template, *values, code=code, retryable=retryable, retry_after_s=retry_after_s)
        self.reason = reason
        self.conflict = conflict


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
        said = Sentence("The registry at {0} cannot be trusted: {1}.", host, _tls_words(tls))
        return _failed(said, "tls")
    if any(isinstance(each, socket.gaierror) for each in causes):
        return _failed(Sentence("The registry's name in {0} is not known to this network.", host), "name-unknown")
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return _failed(Sentence("Nothing answers at {0}: the registry refuses connections.", host), "refused")
    if any(isinstance(each, TimeoutError) or "Timeout" in type(each).__name__ for each in causes):
        said = Sentence("The registry at {0} did not answer within {1} s.", host, round(timeout_s))
        return _failed(said, "timeout")
    if any(isinstance(each, (ConnectionError, http.client.HTTPException)) for each in causes):
        return _failed(Sentence("The registry at {0} broke the connection off.", host), "cut")
    return _failed(Sentence("The registry at {0} cannot be reached.", host), "unreachable")


def bad_answer(host: str, what: Sentence, code: str = BAD_ANSWER) -> RegistryError:
    """The error of an answer that cannot be used; `what` is a clause about it."""
    return _failed(Sentence("The registry at {0} sent an answer that cannot be used: {1}.", host, what), code)


def http_error(host: str, status: int, headers: Mapping[str, str], body: bytes) -> RegistryError:
    """The error of an answer other than a success."""
    if 300 <= status < 400:
        what = Sentence("it points to another address, which is not followed")
        return bad_answer(host, what, "redirect")
    problem = _problem(body)
    code = problem.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        code = f"http-{status}"
    said = _complaint(host, status, code, _said(problem, status))
    wait_s = _longest(_header_s(headers), retry_after_s(problem.get("retry_after_s")))
    if status == 429 or status >= 500:
        return RegistryError("{0}", said, code=code, retryable=True, retry_after_s=wait_s)
    is_retryable = problem.get("retryable") is True
    reason, conflict = problem.get("reason"), problem.get("conflict")
    word = reason if isinstance(reason, str) and _CODE.fullmatch(reason) else ""
    return RefusalError(
        "{0}",
        said,
        code=code,
        retryable=is_retryable,
        retry_after_s=wait_s,
        reason=word,
        conflict=conflict,
    )


def _complaint(host: str, status: int, code: str, said: str) -> Sentence:
    """That the registry will not or cannot; a refusal that somebody here can mend, in our own words."""
    if status == 429:
        return Sentence("The registry at {0} is asked too often: {1}", host, said)
    if status >= 500:
        return Sentence("The registry at {0} has failed: {1}", host, said)
    if code == "invalid-client":
        return Sentence("The registry at {0} does not know this post: enrol this PC again.", host)
    return Sentence("The registry at {0} refuses: {1}", host, said)


def _said(problem: Mapping[str, object], status: int) -> str:
    """The registry's own words, ended as a sentence."""
    said = scrub(clean(sentence_of(problem))) or f"HTTP {status}"
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _failed(said: Sentence, code: str) -> RegistryError:
    return RegistryError("{0}", said, code=code, retryable=True)


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


def _tls_words(error: ssl.SSLError) -> Sentence:
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in _WRONG_TIME:
            return _WRONG_TIME[error.verify_code]
        return Sentence("its certificate is not accepted ({0})", clean(error.verify_message).rstrip("."))
    return Sentence("no encrypted connection could be agreed on")


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
