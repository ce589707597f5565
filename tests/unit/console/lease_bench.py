"""A bench whose registry grants leases on the test's terms: which password they carry, and where they lead."""

from __future__ import annotations

from typing import Any

from app.core.model import Endpoint, Lease, StreamKey
from app.core.ports import LeaseGranted, Message
from app.core.redact import Secret
from tests.unit.console.console_bench import Bench

LIFETIME_S = 1e9


class LeaseBench(Bench):
    """Answers each request for a lease with the next pump.

    Attributes:
        version: of the credential in the leases that are granted from now on.
        kind: of their one endpoint.
    """

    def __init__(self, layout: str = "4", **fields: Any) -> None:
        super().__init__(layout, **fields)
        self.registry.is_silent = True
        self.version = 1
        self.kind = "camera"

    def pump(self, *messages: Message) -> None:
        """Leave messages and pump until nothing is left to take in or to grant."""
        super().pump(*messages)
        while self.registry.unanswered:
            super().pump(LeaseGranted(self._lease(self.registry.unanswered.pop(0))))

    def _lease(self, key: StreamKey) -> Lease:
        endpoint = Endpoint("rtsp", "127.0.0.1", 8554, f"/{key}", kind=self.kind)
        expires_s = self.now_s + LIFETIME_S
        lease = Lease(key, (endpoint,), "viewer", Secret("canary"), self.version, expires_s, expires_s)
        self.registry.granted.append(lease)
        return lease

    @property
    def versions(self) -> list[int]:
        """The credential that each open so far was tried with."""
        return [opening.lease.credential_version for opening in self.video.openings]
