"""A bench whose registry grants leases on the test's terms: which password they carry, and where they lead."""

from __future__ import annotations

from typing import Any

from app.core.model import Endpoint, Lease, Login, StreamKey
from app.core.ports import CatalogSynced, LeaseGranted, Message
from app.core.redact import Secret
from tests.unit.console.console_bench import Bench, camera, catalog

LIFETIME_S = 1e9


class LeaseBench(Bench):
    """Answers each request for a lease with the next pump.

    Attributes:
        version: of the credential in the leases that are granted from now on.
        kinds: of their endpoints, by priority.
        username: of the camera's own login; empty where it has none.
        relay_login: what their relays are opened with; None for the camera's own login.
    """

    def __init__(self, layout: str = "4", **fields: Any) -> None:
        super().__init__(layout, **fields)
        self.registry.is_silent = True
        self.version = 1
        self.kinds: tuple[str, ...] = ("camera",)
        self.username = "viewer"
        self.relay_login: Login | None = None

    def pump(self, *messages: Message) -> None:
        """Leave messages and pump until nothing is left to take in or to grant."""
        super().pump(*messages)
        while self.registry.unanswered:
            super().pump(LeaseGranted(self._lease(self.registry.unanswered.pop(0))))

    def list_version(self, version: int) -> None:
        """Let the registry have that credential of A: its catalogue says so, and its leases carry it."""
        self.version = version
        self.pump(CatalogSynced(catalog([camera("A", credential_version=version), camera("B")])))

    def _lease(self, key: StreamKey) -> Lease:
        places = [(f"{kind}.example", 8554, f"/{key}/{number}") for number, kind in enumerate(self.kinds)]
        ends = tuple(Endpoint("rtsp", *at, kind=kind) for at, kind in zip(places, self.kinds, strict=True))
        until_s = self.now_s + LIFETIME_S
        login = (self.username, Secret("canary"))
        lease = Lease(key, ends, *login, self.version, until_s, until_s, relay_login=self.relay_login)
        self.registry.granted.append(lease)
        return lease

    @property
    def tried(self) -> list[str]:
        """The kind of endpoint that each open so far went to."""
        return [opening.lease.endpoints[0].kind for opening in self.video.openings]

    @property
    def versions(self) -> list[int]:
        """The credential that each open so far was tried with."""
        return [opening.lease.credential_version for opening in self.video.openings]
