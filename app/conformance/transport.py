"""The group `transport`: how the registry is reached, and how it says no."""

from __future__ import annotations

import secrets
import socket
import ssl
import warnings
from contextlib import suppress

from app.conformance.verdict import Check, SkippedError, UnmetError
from app.conformance.visit import TOKEN_PATH, Visit, require
from app.conformance.wire import READ_S, Answer
from app.registry.place import trust

_BODY_TRIED_MAX_BYTES = 8 * 1024 * 1024
"""A registry that takes more than this is not filled to see whether it has an end."""
_BODY_MAX_BYTES = 256 * 1024
_PROBE_BYTES = 4096
_NOT_OFFERED = ("NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE")
"""What OpenSSL says where it was built or configured without old versions."""


class TransportChecks:
    """Makes the checks of one visit."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            Check(
                "transport.answers",
                "The registry answers, over HTTPS with a certificate that its authority vouches for.",
                self.answers,
            ),
            Check("transport.tls-version", "TLS is 1.2 or newer: older versions are refused.", self.tls_version),
            Check("transport.no-plain-http", "The port of HTTPS serves nothing in the clear.", self.no_plain_http),
            Check("transport.not-found", "An unknown path is answered with 404 not-found.", self.not_found),
            Check(
                "transport.wrong-method",
                "A method that a path does not have is answered with 405 method-not-allowed.",
                self.wrong_method,
            ),
            Check("transport.allow", "A 405 names the methods of its path in Allow.", self.allow),
            Check(
                "transport.bad-json", "A body that is no JSON is answered with 400 invalid-request.", self.bad_json
            ),
            Check(
                "transport.body-too-large",
                "A body above limits.request_body_max_bytes is answered with 413 body-too-large.",
                self.body_too_large,
            ),
            Check("transport.trace-ids", "Every error has a trace_id of its own.", self.trace_ids),
            Check("transport.no-echo", "An error never repeats what was sent.", self.no_echo),
        )

    def answers(self) -> None:
        """Anything at all: what it says is another check's."""
        self._visit.meta.get()

    def tls_version(self) -> None:
        """Offer TLS 1.1 at best."""
        self._need_tls()
        context = trust(self._visit.wire.ca_file)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.set_ciphers("DEFAULT:@SECLEVEL=0")  # else this PC would not offer it, and prove nothing
        host, _port = address = self._visit.wire.address
        try:
            with (
                socket.create_connection(address, READ_S) as plain,
                context.wrap_socket(plain, server_hostname=host) as agreed,
            ):
                spoken = agreed.version()
        except OSError as error:  # refused, as it must be
            if getattr(error, "reason", "") in _NOT_OFFERED:
                raise SkippedError("this PC cannot offer TLS 1.1") from None
            return
        raise UnmetError("no connection by TLS 1.1", f"one by {spoken}")

    def no_plain_http(self) -> None:
        """Speak HTTP where HTTPS is served; an error or a redirect in the clear gives nothing away."""
        self._need_tls()
        host, _port = address = self._visit.wire.address
        said = b""
        with suppress(OSError), socket.create_connection(address, READ_S) as plain:  # broken off, as it may be
            request = f"GET /v1/meta HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            plain.sendall(request.encode("idna" if not host.isascii() else "ascii"))
            said = plain.recv(_PROBE_BYTES)
        if said.startswith(b"HTTP/") and said.split(b" ", 2)[1].startswith(b"2"):
            raise UnmetError("no answer but an error or a redirect", "a success over plain HTTP")

    def not_found(self) -> None:
        """A path that no registry has."""
        self._visit.refused(self._nowhere(), 404, "not-found")

    def wrong_method(self) -> None:
        """PATCH, which the contract uses nowhere, where no token is needed."""
        self._visit.refused(self._visit.ask("PATCH", "/v1/meta", is_post=False), 405, "method-not-allowed")

    def allow(self) -> None:
        """The same, for its header."""
        answer = self._visit.ask("PATCH", "/v1/meta", is_post=False)
        named = [each.strip() for each in answer.headers.get("allow", "").split(",")]
        require("GET" in named, "Allow with GET", "Allow without it" if named != [""] else "no Allow", answer)

    def bad_json(self) -> None:
        """An enrolment that breaks off; it names no code, so that none is counted as wrong."""
        answer = self._visit.ask("POST", "/v1/enrolments", body=b'{"code": ', is_post=False)
        self._visit.refused(answer, 400, "invalid-request")

    def body_too_large(self) -> None:
        """One byte too many, where no token is needed."""
        most_bytes = self._visit.limit("request_body_max_bytes", _BODY_MAX_BYTES)
        if most_bytes > _BODY_TRIED_MAX_BYTES:
            raise SkippedError("limits.request_body_max_bytes is too much to be tried")
        body, media_type = b"x" * (most_bytes + 1), "application/x-www-form-urlencoded"
        answer = self._visit.ask("POST", TOKEN_PATH, body=body, media_type=media_type, is_post=False)
        self._visit.refused(answer, 413, "body-too-large")

    def trace_ids(self) -> None:
        """Two errors of one kind."""
        first, second = self._nowhere(), self._nowhere()
        ids = {self._visit.is_problem(each)["trace_id"] for each in (first, second)}
        require(len(ids) == 2, "two trace_ids for two errors", "one", second, "trace_id")

    def no_echo(self) -> None:
        """A code and a key of a wrong form that can be found again, wherever an answer repeats them."""
        mark = secrets.token_hex(16)
        answer = self._visit.ask_enrolment(f"pantau_{mark}", {"kty": mark, "crv": mark, "x": mark, "y": mark})
        require(mark.encode() not in answer.body, "an error without what was sent", "what was sent", answer)

    def _nowhere(self) -> Answer:
        return self._visit.ask("GET", "/v1/there-is-no-such-thing", is_post=False)

    def _need_tls(self) -> None:
        if not self._visit.wire.is_encrypted:
            raise SkippedError("this is plain HTTP, which is for the registry's own machine only")
