"""One request after the other to the registry that is checked, exactly as told, and what came back.

Runs on the command's main thread. The standard library's HTTP, because a check has to send what no proper client
would: this is another client than the wall's, and shares its rules for addresses, certificates and bounded bodies.
No redirect is followed and nothing is sent to another host. An answer does not print its body.
"""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from app.conformance.verdict import Evidence
from app.core.errors import RegistryError
from app.registry.fields import FieldError, parse_json
from app.registry.place import checked_url, trust
from app.registry.problems import no_answer
from app.registry.wire import PIECE_BYTES, BodyError, gunzip, limited

ANSWER_MAX_BYTES = 256 * 1024 * 1024
"""Unpacked: a hundred times a city's catalogue."""
READ_S = 15.0
"""Between two pieces of an answer, beyond what was asked to wait."""
ANSWER_S = 120.0
"""For a whole answer."""
WAIT_MAX_S = 30.0
"""A registry that asks to wait longer than this is not waited for."""
TRIES_MAX = 3
_BUSY = (429, 503)
_CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        operation: what was asked, without ids.
        status: of HTTP.
        headers: by lower-case name.
        took_s: until the whole answer was there, seconds.
        body: unpacked.
    """

    operation: str
    status: int
    headers: Mapping[str, str]
    took_s: float
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """Without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def json(self) -> object:
        """The body as JSON; None where it is none."""
        try:
            return parse_json(self.body)
        except FieldError:
            return None

    @property
    def code(self) -> str:
        """The problem's code, empty where there is none of the contract's form."""
        problem = self.json if self.status >= 400 else None
        code = problem.get("code") if isinstance(problem, dict) else None
        return code if isinstance(code, str) and _CODE.fullmatch(code) else ""

    @property
    def said(self) -> str:
        """Status and code as people read them."""
        return f"{self.status} {self.code}".rstrip()

    def evidence(self, field: str = "") -> Evidence:
        """What a verdict about this answer rests on."""
        return Evidence(self.operation, self.status, self.code, field)


class Wire:
    """Talks to one registry.

    Args:
        url: its address, `https://…`; `http://` for an address of this machine only.
        ca_file: who vouches for it as PEM; None for whom the system believes.
        clock: monotonic seconds.
        sleep: waits so many seconds.

    Attributes:
        url: the address without a slash at its end.
        host: host and port as people write them.

    Raises:
        ConfigError: the address or the file cannot be used.
    """

    def __init__(
        self,
        url: str,
        ca_file: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, self.host = checked_url(url)
        self.ca_file = ca_file
        self.clock = clock
        self._sleep = sleep
        self._parts = urlsplit(self.url)
        self._trust = trust(ca_file) if ca_file or self.is_encrypted else None  # the system's takes 40 ms to read

    @property
    def is_encrypted(self) -> bool:
        """Whether it is reached over HTTPS."""
        return self._parts.scheme == "https"

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to connect to."""
        return self._parts.hostname or "", self._parts.port or (443 if self.is_encrypted else 80)

    def ask(
        self,
        operation: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        *,
        wait_s: float = 0.0,
        is_patient: bool = True,
    ) -> Answer:
        """Make a request; one that the registry is too busy for is made again when it asks for that.

        Args:
            operation: method and path as the contract has them.
            target: the path and query that are sent.
            headers: all but those that HTTP itself needs.
            body: of the request.
            wait_s: how long the answer may be held back on purpose.
            is_patient: whether to wait and ask again after 429 and 503.

        Raises:
            RegistryError: no answer came that can be read.
        """
        answer = self._once(operation, target, headers, body, wait_s)
        for _ in range(TRIES_MAX - 1):
            pause_s = _pause_s(answer) if is_patient else None
            if pause_s is None:
                break
            self._sleep(pause_s)
            answer = self._once(operation, target, headers, body, wait_s)
        return answer

    def _once(
        self, operation: str, target: str, headers: Mapping[str, str], body: bytes | None, wait_s: float
    ) -> Answer:
        connection, error = self._connection(READ_S + wait_s), None
        try:
            return self._exchanged(connection, operation, target, headers, body)
        except BodyError as failure:
            words = {"broken-body": "garbled", "torn-body": "cut off"}.get(failure.code, "too large")
            error = RegistryError("the answer's body is {0}", words, code=failure.code)
        except (OSError, http.client.HTTPException, ValueError) as failure:
            error = no_answer(self.host, failure, READ_S + wait_s)
        finally:
            connection.close()
        # Raised out here, so that no context keeps the request: it carries a token, a code or a PIN.
        raise error

    def _exchanged(
        self,
        connection: http.client.HTTPConnection,
        operation: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> Answer:
        begun_s = self.clock()
        with suppress(BrokenPipeError, ConnectionResetError):  # an answer may come before all of a large body went
            connection.request(operation.partition(" ")[0], self._parts.path + target, body, dict(headers))
        response = connection.getresponse()
        pieces = list(limited(self._pieces(response, begun_s + ANSWER_S), ANSWER_MAX_BYTES))
        if pieces and response.headers.get("Content-Encoding", "").lower() == "gzip":
            pieces = list(gunzip(pieces, ANSWER_MAX_BYTES))
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(operation, response.status, named, self.clock() - begun_s, b"".join(pieces))

    def _pieces(self, response: http.client.HTTPResponse, deadline_s: float) -> Iterator[bytes]:
        while piece := response.read1(PIECE_BYTES):
            yield piece
            if self.clock() > deadline_s:
                raise TimeoutError

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        host, port = self.address
        if self.is_encrypted:
            return http.client.HTTPSConnection(host, port, timeout=timeout_s, context=self._trust)
        return http.client.HTTPConnection(host, port, timeout=timeout_s)


def _pause_s(answer: Answer) -> float | None:
    """How long the registry asks to wait; None where it does not, or for longer than anybody waits."""
    text = answer.headers.get("retry-after", "")
    if answer.status not in _BUSY or not text.isascii() or not text.isdigit() or float(text) > WAIT_MAX_S:
        return None
    return float(text)
