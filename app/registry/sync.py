"""The registry client that the console works with: a thread that keeps the catalogue, and others beside it.

The catalogue comes whole once and is then followed by long-polls; every message carries a new `Catalog`, which
nobody changes any more. All threads end with `stop`, whatever they wait for. Must import nothing of ours but the
core and its neighbours here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Protocol

from app.core.errors import RegistryError
from app.core.journal import SpoolPort
from app.core.model import EMPTY_CATALOG, Camera, CameraId, Catalog, HeldList, Lease, Reject, StreamKey
from app.core.ports import CatalogSynced, Inbox
from app.core.purpose import LeasePurpose
from app.core.remote import WallReport
from app.core.sentence import Sentence
from app.registry.answers import Snapshot
from app.registry.audit_sender import AuditSender
from app.registry.cache import CatalogCache, KeptCatalog
from app.registry.chief_desk import ChiefDesk
from app.registry.client import RegistryApi
from app.registry.defects import DEFECT, outlived, understood
from app.registry.leasing import LeaseDesk
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.order_watch import OrderWatch
from app.registry.pace import paced
from app.registry.parse import CameraParser, Changes, Meta
from app.registry.problems import RefusalError, bad_answer
from app.registry.report_sender import ReportSender, Vitals
from app.registry.retry import retry_delay_s
from app.registry.shared_cache import SharedCache
from app.registry.sharing import SharingDesk
from app.registry.shifts import ShiftDesk, ShiftHolder, Verifier

SHRINK_LIMIT = 0.8
"""A snapshot with fewer than this part of the cameras is held until a person agrees (registry-contract.md)."""
HELD_RETRY_S = 300.0
"""How long until a snapshot that is held back is asked for again."""
DEFECT_RETRY_S = 300.0
"""How long at most after a defect of our own."""
CHANGES_LIMIT = 500
ROUND_MIN_S = 1.0
"""The shortest time from one long-poll to the next: a server that answers at once is not asked all the time."""
CACHE_PERIOD_S = 60.0
"""How often changes are written to disk at most."""
REJECTS_MAX = 10_000
STOP_LIMIT_S = 0.5
"""How long `stop` waits for each thread; both are daemons, and a name that is being resolved cannot be hurried."""

_GONE = ("cursor-expired", "scope-changed", "http-410")

_log = logging.getLogger(__name__)


class Worker(Protocol):
    """A thread of the client's."""

    @property
    def thread(self) -> threading.Thread:
        """It."""

    def stop(self) -> None:
        """Let it end; whoever calls breaks its connections off."""


class RegistryClient:
    """`app.core.ports.RegistryPort` over HTTP.

    Args:
        api: the registry, as the post that has enrolled.
        inbox: where messages for the console go.
        random: the source of retry jitter.
        cache: the last good catalogue; None keeps none.
        clock: monotonic seconds.
        first_sync_wait_max_s: where there is a last good catalogue, the first sync starts after a random time up
            to this, so that hundreds of posts do not start as one when the power is back; 0 where a person waits.
        version: of this program, for telling that an update is due.
        spool: the journal's entries that the registry does not have yet; None sends none.
        shared_cache: the shared layouts that were known last; None keeps none.
        vitals: what a heartbeat says; None for a post without a wall, which reports nothing and takes no orders.
        verifier: verifies officers while the registry is not reached; None where nobody signs in.

    Attributes:
        shift: the open shift, for calls in the officer's name.
        duty: begins and ends shifts; None where nobody signs in.
    """

    def __init__(
        self,
        api: RegistryApi,
        inbox: Inbox,
        random: Random,
        cache: CatalogCache | None = None,
        clock: Callable[[], float] = time.monotonic,
        first_sync_wait_max_s: float = 0.0,
        version: tuple[int, int, int] | None = None,
        spool: SpoolPort | None = None,
        vitals: Vitals | None = None,
        shared_cache: SharedCache | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self._api = api
        self._link = Link(inbox)
        self._sender = AuditSender(api, spool, self._link, random) if spool is not None else None
        self._desk = LeaseDesk(api, self._link, random, clock)
        self.shift = ShiftHolder()
        self.duty = ShiftDesk(api, self._link, self.shift, verifier, clock) if verifier is not None else None
        on_duty = OnDuty(self.shift.headers, self.duty.lost) if self.duty is not None else OnDuty()
        self._reports = ReportSender(api, vitals, on_duty, random, clock) if vitals is not None else None
        begin = self._reports.begin if self._reports is not None else lambda: None
        self._orders = OrderWatch(api, self._link, random, clock, begin) if vitals is not None else None
        self.shared = SharingDesk(api, self._link, on_duty, shared_cache, random, clock)
        self.chief = ChiefDesk(api, self._link, on_duty, random, clock)
        self._sync = CatalogSync(api, self._link, random, cache, clock, first_sync_wait_max_s, version)

    @property
    def _workers(self) -> list[Worker]:
        """All that there are, in the order in which they start and stop."""
        own = (self._sync, self._desk, self._sender, self.duty, self._orders, self._reports)
        of_walls: tuple[Worker, ...] = (self.chief, self.shared) if self._reports is not None else ()
        return [worker for worker in (*own, *of_walls) if worker is not None]

    def start(self) -> None:
        """Begin to work; messages follow."""
        for worker in self._workers:
            worker.thread.start()

    def journal_written(self) -> None:
        """There are new entries to be sent."""
        if self._sender is not None:
            self._sender.written()

    def request_lease(self, key: StreamKey, purpose: LeasePurpose) -> None:
        """Ask for a lease for a purpose; `LeaseGranted` or `LeaseDenied` follows."""
        self._desk.request(key, purpose)

    def release_lease(self, lease: Lease) -> None:
        """Give a lease back that is not needed any more."""
        self._desk.release(lease)

    def report_wall(self, report: WallReport) -> None:
        """The wall shows this now."""
        if self._reports is not None:
            self._reports.report(report)

    def accept_list(self, held: HeldList) -> None:
        """Somebody agrees to a list that is held back: it comes anew, and is taken unless it is shorter still."""
        self._sync.accept(held)

    def stop(self) -> None:
        """End all work; no message follows."""
        self._link.shut()
        for worker in self._workers:
            worker.stop()
        self._api.close()
        for worker in self._workers:
            if worker.thread.is_alive():
                worker.thread.join(STOP_LIMIT_S)


class CatalogSync:
    """The sync thread; see `RegistryClient` for its arguments."""

    def __init__(
        self,
        api: RegistryApi,
        link: Link,
        random: Random,
        cache: CatalogCache | None,
        clock: Callable[[], float],
        first_sync_wait_max_s: float,
        version: tuple[int, int, int] | None,
    ) -> None:
        self._api = api
        self._link = link
        self._random = random
        self._cache = cache
        self._clock = clock
        self._first_wait_max_s = first_sync_wait_max_s
        self._version = version
        self._wake = threading.Event()
        self._is_stopped = False
        self._held: HeldList | None = None
        self._accepted: HeldList | None = None
        self._kept = KeptCatalog(EMPTY_CATALOG)
        self._is_from_cache = False
        self._rejects: tuple[Reject, ...] = ()
        self._area_rejects: tuple[Reject, ...] = ()
        self._meta: Meta | None = None
        self._must_sync = True
        self._failures = 0
        self._is_unsaved = False
        self._save_after_s = 0.0
        self.thread = threading.Thread(target=self._run, name="registry-sync", daemon=True)

    # ---- from the console's thread

    def accept(self, held: HeldList) -> None:
        """Ask for the snapshot now, and take it if it is about as long as the one that was held back."""
        self._accepted = held
        self._wake.set()

    def stop(self) -> None:
        """Let the thread end; whoever calls breaks its connection off."""
        self._is_stopped = True
        if self._cache is not None:
            self._cache.stop()
        self._wake.set()

    # ---- the thread

    def _run(self) -> None:
        with outlived():
            self._load_cache()
        if self._is_from_cache:
            self._sleep(self._random.uniform(0.0, self._first_wait_max_s))
        while not self._is_stopped:
            self._sleep(self._round())

    def _round(self) -> float:
        """Sync or follow once; returns how long to wait before the next round, seconds."""
        try:
            return self._full_sync() if self._must_sync else self._follow()
        except Exception as caught:  # noqa: BLE001 - no defect may end the thread
            error = understood(caught)
            self._failures += 1
            if error.code in _GONE or error.code == DEFECT:
                self._must_sync = True
                # By its ETag the catalogue would be told to be unchanged, without a cursor to go on from.
                self._kept = replace(self._kept, etag="")
                if self._failures == 1 and error.code in _GONE:
                    return 0.0
            if not self._is_stopped:
                self._link.lost(error.sentence, is_refusal=_is_refusal(error))
            if error.code == DEFECT:  # the next snapshot will hardly do better
                return self._random.uniform(0.5, 1.0) * DEFECT_RETRY_S
            return retry_delay_s(error, self._failures, self._random)

    def _sleep(self, seconds: float) -> None:
        if seconds > 0.0 and not self._is_stopped:
            self._wake.wait(seconds)
            self._wake.clear()

    # ---- the whole catalogue

    def _load_cache(self) -> None:
        kept = self._cache.load() if self._cache else None
        if kept is not None:
            self._kept = kept
            self._is_from_cache = True
            self._link.put(CatalogSynced(kept.catalog, from_cache=True))

    def _full_sync(self) -> float:
        started_s = self._clock()
        self._meta = self._api.meta()
        self._tell_version(self._meta)
        self._fetch_areas()
        self._held = None
        with self._api.snapshot(self._kept.etag) as snapshot:
            if snapshot is not None:
                self._take_snapshot(snapshot)
        self._must_sync = self._held is not None
        self._accepted = None  # whatever comes later needs a word of its own
        self._is_from_cache &= self._must_sync
        sync_s = self._clock() - started_s
        self._link.reached()
        rejects = self._area_rejects + self._rejects
        self._link.put(CatalogSynced(self._kept.catalog, rejects, sync_s, self._is_from_cache, self._held))
        self._save()
        return HELD_RETRY_S if self._must_sync else 0.0

    def _fetch_areas(self) -> None:
        answer = self._api.jurisdictions(self._kept.areas_etag)
        if answer is not None:
            catalog = replace(self._kept.catalog, areas=answer.areas)
            etag = "" if answer.rejects else answer.etag
            self._kept = replace(self._kept, catalog=catalog, areas_etag=etag)
            self._area_rejects = answer.rejects
            self._is_unsaved = True

    def _take_snapshot(self, snapshot: Snapshot) -> None:
        """Make a snapshot the catalogue, or hold it back."""
        cameras, self._rejects = self._read(snapshot)
        self._held = self._to_hold(len(cameras))
        if self._held is not None:
            listed, known = self._held.listed, self._held.known
            _log.warning("the snapshot is held back: it lists %d cameras where there were %d", listed, known)
            return
        head = snapshot.head
        catalog = Catalog(cameras, self._kept.catalog.areas, head.cursor, head.epoch)
        # What was left out is not kept: asked by ETag, the registry would not say it again.
        self._kept = replace(self._kept, catalog=catalog, etag="" if self._rejects else snapshot.etag)
        self._is_unsaved = True

    def _to_hold(self, listed: int) -> HeldList | None:
        """A snapshot of so many cameras, where it has lost too many and nobody has agreed to about as few."""
        known = len(self._kept.catalog.cameras)
        agreed = known if self._accepted is None else self._accepted.listed
        return HeldList(listed, known) if listed < SHRINK_LIMIT * min(known, agreed) else None

    def _read(self, snapshot: Snapshot) -> tuple[dict[CameraId, Camera], tuple[Reject, ...]]:
        parser, count = CameraParser(), snapshot.head.count
        cameras: dict[CameraId, Camera] = {}
        rejects = []
        row = 1
        for row, line in enumerate(paced(snapshot.lines), start=2):
            if row > count + 1:
                raise bad_answer(
                    self._api.host, Sentence("it has more than the {0} cameras it announced", count), "torn-body"
                )
            found = Reject(row, "line", Sentence("is too long")) if line is None else parser.line(row, line)
            if isinstance(found, Camera) and found.id in cameras:
                found = Reject(row, "id", Sentence("is listed twice"))
            if isinstance(found, Reject):
                rejects.append(found)
            else:
                cameras[found.id] = found
        if row < count + 1:
            raise bad_answer(
                self._api.host, Sentence("it ends after {0} of {1} cameras", row - 1, count), "torn-body"
            )
        return cameras, tuple(rejects)

    def _tell_version(self, meta: Meta) -> None:
        if self._version is not None and self._version < meta.min_client_version:
            wanted = ".".join(str(part) for part in meta.min_client_version)
            _log.warning("the registry asks for version %s or newer: an update is due", wanted)

    # ---- its changes

    def _follow(self) -> float:
        meta, kept = self._meta, self._kept
        assert meta is not None
        asked_s = self._clock()
        limit = min(CHANGES_LIMIT, meta.changes_limit_max)
        # After a failure it asks without waiting: that the registry is back is news by itself.
        wait_s = 0 if self._failures else meta.changes_wait_max_s
        changes = self._api.changes(kept.catalog.cursor, limit, wait_s)
        if changes.has_more and changes.cursor == kept.catalog.cursor:
            raise bad_answer(self._api.host, Sentence("its list of changes does not go on"))
        self._failures = 0
        self._link.reached()
        self._apply(changes)
        if changes.has_more:
            return 0.0
        if self._clock() >= self._save_after_s:
            self._save()
        return max(0.0, ROUND_MIN_S - (self._clock() - asked_s))

    def _apply(self, changes: Changes) -> None:
        catalog = replace(self._kept.catalog, cursor=changes.cursor)
        if not changes.upserts and not changes.rejects:
            self._kept = replace(self._kept, catalog=catalog)
            return
        catalog = replace(catalog, cameras=_changed(catalog.cameras, changes.upserts))
        # The ETag was the snapshot's: this catalogue is another by now.
        self._kept = replace(self._kept, catalog=catalog, etag="")
        self._rejects = tuple(dict.fromkeys(self._rejects + changes.rejects))[-REJECTS_MAX:]
        self._is_unsaved = True
        self._link.put(CatalogSynced(catalog, self._area_rejects + self._rejects))

    def _save(self) -> None:
        if self._cache is not None and self._is_unsaved:
            self._cache.save(self._kept)
            self._is_unsaved = False
            self._save_after_s = self._clock() + CACHE_PERIOD_S


def _is_refusal(error: RegistryError) -> bool:
    """Whether the registry will have nothing to do with this post; that a cursor is gone says nothing of that."""
    return isinstance(error, RefusalError) and not error.retryable and error.code not in _GONE


def _changed(
    cameras: Mapping[CameraId, Camera], upserts: Mapping[CameraId, Camera | None]
) -> dict[CameraId, Camera]:
    """A new mapping with the changes in it; the old one belongs to the console by now."""
    changed = dict(cameras)
    for camera_id, camera in upserts.items():
        if camera is None:
            changed.pop(camera_id, None)
        else:
            changed[camera_id] = camera
    return changed
