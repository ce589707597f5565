"""Snapshots: the catalogue of a scope as gzip NDJSON, built once for each scope and cursor.

Runs in the server's event loop; building is handed to a worker thread. It must not import FastAPI.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import OrderedDict
from dataclasses import dataclass

from app.demo.registry.models import Scope
from app.demo.registry.store import CatalogueStore, ScopedCatalogue

_KEPT_MAX = 16
"""Scopes whose newest snapshot is kept; each is about 100 bytes of memory a camera."""
_GZIP_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot ready to be sent."""

    etag: str
    body: bytes


class SnapshotShelf:
    """Keeps the newest snapshots; several posts that ask for one at once wait for one build."""

    def __init__(self, catalogue: CatalogueStore) -> None:
        self._catalogue = catalogue
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self._building = asyncio.Lock()

    async def etag(self, scope: Scope) -> str:
        """What `snapshot` would be marked with now."""
        return _etag(await asyncio.to_thread(self._catalogue.cursor, scope))

    async def snapshot(self, scope: Scope) -> Snapshot:
        """The snapshot of a scope as of now."""
        async with self._building:
            kept = self._kept.get(await self.etag(scope))
            if kept is None:
                kept = await asyncio.to_thread(self._build, scope)
                self._keep(kept)
            return kept

    def _build(self, scope: Scope) -> Snapshot:
        catalogue = self._catalogue.snapshot(scope)
        text = "\n".join((_head(catalogue), *catalogue.records, ""))
        # mtime=0: the same catalogue gives the same bytes.
        return Snapshot(_etag(catalogue.cursor), gzip.compress(text.encode(), _GZIP_LEVEL, mtime=0))

    def _keep(self, snapshot: Snapshot) -> None:
        self._kept[snapshot.etag] = snapshot
        while len(self._kept) > _KEPT_MAX:
            self._kept.popitem(last=False)


def _head(catalogue: ScopedCatalogue) -> str:
    return json.dumps({"cursor": catalogue.cursor, "epoch": catalogue.epoch, "count": len(catalogue.records)})


def _etag(cursor: str) -> str:
    return f'"{cursor}"'
