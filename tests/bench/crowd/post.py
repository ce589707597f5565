"""One simulated post: it asks what the registry client of a wall asks, as often, with pauses of the same rules."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
import uuid
import zlib
from collections.abc import Mapping
from random import Random
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from app.registry.retry import DOUBLINGS_MAX, RETRY_CAP_S, RETRY_FIRST_S
from app.registry.sync import ROUND_MIN_S
from tests.bench.crowd.ledger import Ledger
from tests.bench.crowd.wire import Answer, Wire

HEARTBEAT_S = 30.0
HEARTBEAT_SPREAD = 0.2
"""registry-contract.md: every 30 s ± 20 %."""
LONG_POLL_S = 25
STREAMS = 16
"""A wall's tiles, which it leases together."""
LINES = 10
"""Of a journal in one batch."""
TOKEN_MARGIN_S = 60.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON = {"Content-Type": "application/json"}
_ASSERTION_TYPE = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"


class Post:
    """A post with a connection for long-polls and one for everything else.

    Args:
        port: the registry's.
        code: its enrolment code.
        ledger: where is written how long everything took.
        random: its own lots.
    """

    def __init__(self, port: int, code: str, ledger: Ledger, random: Random) -> None:
        self._url = f"http://127.0.0.1:{port}"
        self._code = code
        self._ledger = ledger
        self._random = random
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._calls, self._polls = Wire(port), Wire(port)
        self._id = ""
        self._token, self._token_until_s = "", 0.0
        self._cursor = ""
        self._camera_ids: list[str] = []
        self._head = (0, "0" * 64)
        self.seen: dict[str, float] = {}
        """When each change was known here, by the camera's name."""

    # ---- once

    async def enrol(self) -> None:
        """Use the code up."""
        public = jwt.algorithms.ECAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        body = json.dumps({"code": self._code, "public_key": public}).encode()
        answer = await self._timed("enrolment", 201, "POST", "/v1/enrolments", _JSON, body)
        self._id = json.loads(answer.body)["post_id"]

    async def sync(self) -> None:
        """Take the whole catalogue, as after a first start."""
        began_s = time.monotonic()
        await self._call("meta", 200, "GET", "/v1/meta")
        await self._call("jurisdictions", 200, "GET", "/v1/jurisdictions")
        answer = await self._call("snapshot", 200, "GET", "/v1/snapshot")
        self._ledger.note("first sync", time.monotonic() - began_s)
        self._ledger.count("bytes of snapshots", len(answer.body))
        self._cursor = _cursor_of(answer)

    async def lease(self, camera_ids: list[str]) -> None:
        """Lease a wall's streams."""
        items = [{"camera_id": each, "profile": "sub", "purpose": "security"} for each in camera_ids]
        answer = await self._call(
            "leases", 200, "POST", "/v1/stream-leases", json.dumps({"items": items}).encode()
        )
        self._ledger.count("leases", sum("lease_id" in item for item in json.loads(answer.body)["items"]))

    async def write_journal(self) -> None:
        """Send some lines more of the post's journal."""
        lines = [self._line() for _ in range(LINES)]
        form = {"Content-Type": "application/x-ndjson"}
        answer = await self._call("journal batch", 200, "POST", "/v1/audit-events", b"\n".join(lines), form)
        acknowledged = json.loads(answer.body)["acknowledged_seq"]
        self._ledger.count("journal lines kept", LINES if acknowledged == self._head[0] else 0)

    # ---- until it is cancelled

    async def follow(self) -> None:
        """Long-poll for changes; after a failure as the wall's own client does."""
        failures = 0
        while True:
            wait_s = 0 if failures else LONG_POLL_S
            path = f"/v1/changes?cursor={self._cursor}&limit=500&wait_s={wait_s}"
            began_s = time.monotonic()
            try:
                answer = await self._authorised(self._polls, "GET", path)
            except OSError:
                failures += 1
                self._ledger.attempt()
                ceiling_s = min(RETRY_CAP_S, RETRY_FIRST_S * 2.0 ** min(failures - 1, DOUBLINGS_MAX))
                await asyncio.sleep(self._random.uniform(0.0, ceiling_s))
                continue
            if failures:
                self._ledger.note_return()
            failures = 0
            self._take(json.loads(answer.body))
            await asyncio.sleep(max(0.0, ROUND_MIN_S - (time.monotonic() - began_s)))

    async def beat(self) -> None:
        """Say every half minute that it lives; one that fails is left out."""
        await asyncio.sleep(self._random.uniform(0.0, HEARTBEAT_S))
        body = {
            "version": "0.1.0",
            "tiles": STREAMS,
            "live": STREAMS,
            "uptime_s": 60.0,
            "audit_seq": self._head[0],
        }
        while True:
            try:
                await self._call("heartbeat", 204, "POST", "/v1/heartbeats", json.dumps(body).encode())
            except OSError:
                self._ledger.count("heartbeats that nobody took", 1)
            spread = self._random.uniform(1.0 - HEARTBEAT_SPREAD, 1.0 + HEARTBEAT_SPREAD)
            await asyncio.sleep(HEARTBEAT_S * spread)

    def close(self) -> None:
        """End its connections."""
        self._calls.close()
        self._polls.close()

    # ---- the wire

    async def _call(
        self, name: str, status: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = _JSON
    ) -> Answer:
        await self._renew_token()
        return await self._timed(name, status, method, path, {**headers, **self._bearer()}, body)

    async def _authorised(self, wire: Wire, method: str, path: str) -> Answer:
        await self._renew_token()
        answer = await wire.ask(method, path, self._bearer())
        if answer.status != 200:
            raise ConnectionError(f"{path.partition('?')[0]} was answered with {answer.status}")
        return answer

    async def _timed(
        self, name: str, status: int, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        began_s = time.monotonic()
        answer = await self._calls.ask(method, path, headers, body)
        if answer.status != status:
            self._ledger.count(f"{name} answered with {answer.status}", 1)
            raise ConnectionError(f"{name} was answered with {answer.status}")
        self._ledger.note(name, time.monotonic() - began_s)
        return answer

    async def _renew_token(self) -> None:
        if time.monotonic() < self._token_until_s:
            return
        now_s = int(time.time())
        claims = {"iss": self._id, "sub": self._id, "aud": f"{self._url}/oauth2/token", "iat": now_s}
        assertion = jwt.encode({**claims, "exp": now_s + 120, "jti": uuid.uuid4().hex}, self._key, "ES256")
        form = (
            f"grant_type=client_credentials&client_assertion_type={_ASSERTION_TYPE}&client_assertion={assertion}"
        )
        answer = await self._timed("token", 200, "POST", "/oauth2/token", _FORM, form.encode())
        told = json.loads(answer.body)
        self._token = told["access_token"]
        self._token_until_s = time.monotonic() + told["expires_in"] - TOKEN_MARGIN_S

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    # ---- what it makes of answers

    def _take(self, changes: Mapping[str, Any]) -> None:
        self._cursor = changes["cursor"]
        now_s = time.monotonic()
        for change in changes["changes"]:
            if change["op"] == "upsert":
                self.seen[change["camera"]["name"]] = now_s

    def _line(self) -> bytes:
        seq, before = self._head[0] + 1, self._head[1]
        line: dict[str, Any] = {
            "id": f"0198c2f4-6c1e-7a51-9b7e-{seq:012x}",
            "seq": seq,
            "prev": before,
            "at": "2026-11-20T08:11:02.431Z",
            "kind": "tile-state",
            "detail": {"text": "x" * 100},
        }
        text = json.dumps(line, sort_keys=True, separators=(",", ":"))
        line["hash"] = hashlib.sha256(text.encode()).hexdigest()
        self._head = seq, line["hash"]
        return json.dumps(line, sort_keys=True, separators=(",", ":")).encode()


def _cursor_of(answer: Answer) -> str:
    """The snapshot's first line, without unpacking the rest of it."""
    head = zlib.decompressobj(31).decompress(answer.body, 4096)
    return str(json.loads(head.partition(b"\n")[0])["cursor"])
