"""What the HTTP routes work with, put together once by the server or a test."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from app.demo.registry.access import AccessStore
from app.demo.registry.checkpoints import make_key
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.layout_office import LayoutOffice
from app.demo.registry.leases import LeaseOffice
from app.demo.registry.limits import WRONG_CODES_MAX, WRONG_CODES_WINDOW_S
from app.demo.registry.people import People, make_people
from app.demo.registry.snapshots import SnapshotShelf
from app.demo.registry.store import CatalogueStore
from app.demo.registry.streams import Streams
from app.demo.registry.subjects import SubjectMarks
from app.demo.registry.tokens import TokenIssuer
from app.demo.registry.units import UnitBook
from app.demo.registry.wall_orders import WallOrders
from app.demo.registry.wall_reports import WallReports
from app.demo.registry.watch import ChangeWatch


class WrongCodes:
    """Counts wrong enrolment codes by address, so that guessing is slow.

    Used by worker threads at once; each operation is one step of a deque, which CPython keeps whole.
    """

    def __init__(self, now_s: NowS) -> None:
        self._now_s = now_s
        self._tries: deque[tuple[str, float]] = deque(maxlen=10_000)

    def wait_s(self, peer: str) -> float:
        """How long that address has to wait before its next try, 0 if it need not."""
        now_s = self._now_s()
        times = [at_s for who, at_s in tuple(self._tries) if who == peer and at_s > now_s - WRONG_CODES_WINDOW_S]
        if len(times) < WRONG_CODES_MAX:
            return 0.0
        return max(times[-WRONG_CODES_MAX] + WRONG_CODES_WINDOW_S - now_s, 1.0)

    def note(self, peer: str) -> None:
        """That address has just sent a wrong code."""
        self._tries.append((peer, self._now_s()))


@dataclass(frozen=True, slots=True)
class Services:
    """Everything behind the routes."""

    database: Database
    catalogue: CatalogueStore
    access: AccessStore
    tokens: TokenIssuer
    leases: LeaseOffice
    layouts: LayoutOffice
    wall_reports: WallReports
    wall_orders: WallOrders
    snapshots: SnapshotShelf
    watch: ChangeWatch
    wrong_codes: WrongCodes
    people: People
    stream_zones: tuple[str, ...]
    now_s: NowS


def make_services(
    database: Database,
    streams: Streams,
    audiences: tuple[str, ...],
    now_s: NowS = time.time,
    audit_key: ec.EllipticCurvePrivateKey | None = None,
) -> Services:
    """Put the registry together.

    Args:
        database: its file.
        streams: how its cameras are opened.
        audiences: the URLs under which posts call the token endpoint.
        now_s: the wall clock, seconds since 1970.
        audit_key: signs how far journals are kept; None for one that lasts as long as these services.
    """
    catalogue = CatalogueStore(database, now_s=now_s)
    access = AccessStore(database, now_s)
    layouts = LayoutOffice(database, UnitBook(catalogue), now_s)
    people = make_people(database, catalogue, audit_key or make_key(), now_s)
    return Services(
        database=database,
        catalogue=catalogue,
        access=access,
        tokens=TokenIssuer(access, audiences, now_s),
        layouts=layouts,
        wall_reports=WallReports(database, access, people.reach, now_s),
        wall_orders=WallOrders(database, layouts, catalogue, now_s),
        leases=LeaseOffice(database, catalogue, streams, now_s),
        snapshots=SnapshotShelf(catalogue),
        watch=ChangeWatch(database.data_version, SubjectMarks(database).read),
        wrong_codes=WrongCodes(now_s),
        people=people,
        stream_zones=streams.zones(),
        now_s=now_s,
    )
