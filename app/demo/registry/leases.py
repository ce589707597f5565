"""Stream leases: the right to open a stream for a time, with its address and password.

Any thread may call it. The file keeps who leased what until when, never an address or a secret. It must not
import FastAPI.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, insert, select, update

from app.demo.catalogue.record import Camera
from app.demo.registry.access import Post
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.limits import LEASE_LIFETIME_S, OFFLINE_USE_S
from app.demo.registry.models import (
    Endpoint,
    EndpointKind,
    Lease,
    LeaseRefusal,
    LeaseRequestItem,
    Login,
    RenewedLease,
    RenewRefusal,
)
from app.demo.registry.problems import Problem, ProblemCode, problem
from app.demo.registry.relays import RelayBook
from app.demo.registry.store import CatalogueStore
from app.demo.registry.streams import StreamAccess, Streams

_SERVED_LIFECYCLE = "active"
_UNAVAILABLE_RETRY_S = 30.0


@dataclass(frozen=True, slots=True)
class _Ways:
    """Two ways to a stream, of which a camera may have either or both."""

    relay: StreamAccess | None
    direct: StreamAccess | None

    def endpoints(self) -> tuple[Endpoint, ...]:
        """The relay first: a camera serves few sessions."""
        named: tuple[tuple[EndpointKind, StreamAccess | None], ...] = (
            ("relay", self.relay),
            ("camera", self.direct),
        )
        return tuple(Endpoint(kind=kind, url=access.url) for kind, access in named if access is not None)


class LeaseOffice:
    """Gives, renews and takes back leases.

    Args:
        database: where leases are noted.
        catalogue: which cameras there are.
        streams: how they are opened.
        relays: what stands between them and the posts.
        now_s: the wall clock, seconds since 1970.
    """

    def __init__(
        self, database: Database, catalogue: CatalogueStore, streams: Streams, relays: RelayBook, now_s: NowS
    ) -> None:
        self._database = database
        self._relays = relays
        self._leases = database.tables.leases
        self._catalogue = catalogue
        self._streams = streams
        self._now_s = now_s

    def lease(self, post: Post, items: Sequence[LeaseRequestItem]) -> list[Lease | LeaseRefusal]:
        """A lease or a refusal for each item, in order."""
        cameras = self._catalogue.cameras(post.scope, {item.camera_id for item in items})
        answers = [self._answer(item, cameras.get(item.camera_id)) for item in items]
        self._note(post, [answer for answer in answers if isinstance(answer, Lease)])
        return answers

    def renew(self, post: Post, lease_ids: Sequence[UUID]) -> list[RenewedLease | RenewRefusal]:
        """New time for each lease of the post whose camera is still in its scope, in order."""
        table, now_s = self._leases, self._now_s()
        own = [table.c.post_id == post.id, table.c.id.in_([str(each) for each in lease_ids])]
        with self._database.writing() as connection:
            rows = connection.execute(select(table).where(*own, table.c.expires_at_s > now_s)).all()
            connection.execute(
                update(table)
                .where(*own, table.c.expires_at_s > now_s)
                .values(expires_at_s=now_s + LEASE_LIFETIME_S)
            )
        cameras = self._catalogue.cameras(post.scope, {UUID(row.camera_id) for row in rows})
        held = {UUID(row.id): _renewed(row, cameras.get(UUID(row.camera_id))) for row in rows}
        return [held.get(lease_id) or _unknown_lease(lease_id) for lease_id in lease_ids]

    def release(self, post: Post, lease_id: UUID) -> bool:
        """Take a lease back; False if the post holds no such lease."""
        table = self._leases
        own = [table.c.post_id == post.id, table.c.id == str(lease_id)]
        with self._database.writing() as connection:
            done = connection.execute(delete(table).where(*own, table.c.expires_at_s > self._now_s()))
        return done.rowcount > 0

    def _answer(self, item: LeaseRequestItem, camera: Camera | None) -> Lease | LeaseRefusal:
        wrong = _refusal(item, camera)
        ways = self._ways(camera, item.profile) if camera and not wrong else None
        if camera is None or ways is None:
            found = wrong or problem(
                ProblemCode.STREAM_UNAVAILABLE,
                "The registry knows no address for this stream now.",
                retry_after_s=_UNAVAILABLE_RETRY_S,
            )
            return LeaseRefusal(camera_id=item.camera_id, profile=item.profile, problem=found)
        return _lease(item, camera, ways)

    def _ways(self, camera: Camera, profile: str) -> _Ways | None:
        """How a stream is reached; None while the registry knows no way."""
        ways = _Ways(self._relays.access(camera, profile), self._streams.access(camera.code, profile))
        return ways if ways.endpoints() else None

    def _note(self, post: Post, leases: Sequence[Lease]) -> None:
        table, now_s = self._leases, self._now_s()
        rows = [
            {
                "id": str(lease.lease_id),
                "post_id": post.id,
                "camera_id": str(lease.camera_id),
                "profile": lease.profile,
                "expires_at_s": now_s + lease.expires_in_s,
            }
            for lease in leases
        ]
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.expires_at_s <= now_s))
            if rows:
                connection.execute(insert(table), rows)


def _refusal(item: LeaseRequestItem, camera: Camera | None) -> Problem | None:
    if camera is None:
        detail = "No camera of that id is in this post's jurisdiction."
        return problem(ProblemCode.CAMERA_UNKNOWN, detail)
    if camera.stream(item.profile) is None:
        return problem(ProblemCode.PROFILE_UNKNOWN, "The camera has no stream of that profile.")
    if camera.status.lifecycle != _SERVED_LIFECYCLE:
        return problem(ProblemCode.CAMERA_INACTIVE, "The camera is not in service.")
    if camera.privacy and item.purpose not in camera.privacy.purposes:
        return problem(ProblemCode.PURPOSE_NOT_ALLOWED, "This camera is not shown for that purpose.")
    return None


def _lease(item: LeaseRequestItem, camera: Camera, ways: _Ways) -> Lease:
    login, relay = ways.direct or ways.relay, ways.relay
    return Lease(
        lease_id=uuid4(),
        camera_id=camera.id,
        profile=item.profile,
        endpoints=ways.endpoints(),
        username=login.username if login else "",
        secret=login.secret.reveal() if login else "",
        relay_login=Login(username=relay.username, secret=relay.secret.reveal()) if relay else None,
        credential_version=camera.credential.version,
        expires_in_s=LEASE_LIFETIME_S,
        offline_use_s=OFFLINE_USE_S,
    )


def _renewed(row: Row[tuple[str, str, str, str, float]], camera: Camera | None) -> RenewedLease | None:
    if camera is None:
        return None
    return RenewedLease(
        lease_id=UUID(row.id),
        camera_id=camera.id,
        profile=row.profile,
        credential_version=camera.credential.version,
        expires_in_s=LEASE_LIFETIME_S,
        offline_use_s=OFFLINE_USE_S,
    )


def _unknown_lease(lease_id: UUID) -> RenewRefusal:
    detail = "This post holds no such lease: take a new one."
    return RenewRefusal(lease_id=lease_id, problem=problem(ProblemCode.LEASE_UNKNOWN, detail))
