"""What the routes about officers, shifts and journals work with, put together once.

Any thread may call it. It must not import FastAPI.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from app.demo.registry.checkpoints import CheckpointSigner
from app.demo.registry.clock import NowS
from app.demo.registry.database import Database
from app.demo.registry.handovers import HandoverDesk
from app.demo.registry.heartbeats import HeartbeatStore
from app.demo.registry.journal import JournalStore
from app.demo.registry.officers import OfficerStore
from app.demo.registry.pins import PinHasher
from app.demo.registry.reach import Reach
from app.demo.registry.shifts import ShiftStore
from app.demo.registry.sign_in import SignInDesk
from app.demo.registry.store import CatalogueStore
from app.demo.registry.tries import TryCounter
from app.demo.registry.viewings import ViewingLedger


@dataclass(frozen=True, slots=True)
class People:
    """Officers, what they do, and what is kept of it."""

    officers: OfficerStore
    hasher: PinHasher
    desk: SignInDesk
    shifts: ShiftStore
    handovers: HandoverDesk
    journal: JournalStore
    checkpoints: CheckpointSigner
    viewings: ViewingLedger
    heartbeats: HeartbeatStore
    reach: Reach


def make_people(
    database: Database, catalogue: CatalogueStore, audit_key: ec.EllipticCurvePrivateKey, now_s: NowS
) -> People:
    """Put them together.

    Args:
        database: where everything is kept.
        catalogue: which cameras there are.
        audit_key: signs how far journals are kept.
        now_s: the wall clock, seconds since 1970.
    """
    officers, hasher = OfficerStore(database), PinHasher()
    shifts = ShiftStore(database, now_s)
    viewings = ViewingLedger(database, officers)
    return People(
        officers=officers,
        hasher=hasher,
        desk=SignInDesk(officers, TryCounter(database, now_s), hasher),
        shifts=shifts,
        handovers=HandoverDesk(database, shifts, officers, now_s),
        journal=JournalStore(database, viewings),
        checkpoints=CheckpointSigner(audit_key, now_s),
        viewings=viewings,
        heartbeats=HeartbeatStore(database, now_s),
        reach=Reach(database, catalogue),
    )
