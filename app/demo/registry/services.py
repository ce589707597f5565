"""What the HTTP routes work with, put together once by the server or a test."""

from __future__ import annotations

import time
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from app.demo.registry.access import AccessStore
from app.demo.registry.checkpoints import make_key
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.layout_office import LayoutOffice
from app.demo.registry.leases import LeaseOffice
from app.demo.registry.people import People, make_people
from app.demo.registry.relays import RelayBook
from app.demo.registry.snapshots import SnapshotShelf
from app.demo.registry.store import CatalogueStore
from app.demo.registry.streams import Streams
from app.demo.registry.subjects import SubjectMarks
from app.demo.registry.tokens import TokenIssuer
from app.demo.registry.units import UnitBook
from app.demo.registry.wall_orders import WallOrders
from app.demo.registry.wall_reports import WallReports
from app.demo.registry.watch import ChangeWatch
from app.demo.registry.wrong_codes import WrongCodes


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
    relays: RelayBook | None = None,
) -> Services:
    """Put the registry together.

    Args:
        database: where everything is kept.
        streams: how its cameras are opened.
        audiences: the URLs under which posts call the token endpoint.
        now_s: the wall clock, seconds since 1970.
        audit_key: signs how far journals are kept; None for one that lasts as long as these services.
        relays: what stands between cameras and posts; None for nothing.
    """
    relays = relays or RelayBook()
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
        leases=LeaseOffice(database, catalogue, streams, relays, now_s),
        snapshots=SnapshotShelf(catalogue),
        watch=ChangeWatch(database.commits, SubjectMarks(database).read),
        wrong_codes=WrongCodes(database, now_s),
        people=people,
        stream_zones=tuple(dict.fromkeys((*relays.hosts(), *streams.zones()))),
        now_s=now_s,
    )
