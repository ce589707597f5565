"""`/v1/meta`, `/v1/jurisdictions`, `/v1/snapshot`, `/v1/changes`: which cameras there are."""

from __future__ import annotations

import hashlib
from functools import lru_cache, partial
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from app.demo.catalogue.record import Jurisdictions
from app.demo.registry import limits
from app.demo.registry.caller import CallingPost
from app.demo.registry.clock import utc_text
from app.demo.registry.long_poll import long_poll
from app.demo.registry.models import AuditKey, Changes, Limits, Meta, Scope
from app.demo.registry.preconditions import NOT_MODIFIED, IfNoneMatch, holds
from app.demo.registry.problems import ProblemCode, ProblemError, documented
from app.demo.registry.services import Services
from app.demo.registry.store import Gone, Page
from app.demo.registry.subjects import CATALOGUE

_ANY_TIME = (ProblemCode.TOO_MANY_REQUESTS, ProblemCode.INTERNAL, ProblemCode.UNAVAILABLE)
_CACHED = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}
_GONE = {
    Gone.CURSOR_EXPIRED: (ProblemCode.CURSOR_EXPIRED, "The history does not reach back to this cursor."),
    Gone.SCOPE_CHANGED: (ProblemCode.SCOPE_CHANGED, "This post's jurisdiction has changed."),
}
_PAGES_WRITTEN_MAX = 64

CursorText = Annotated[str, Query(min_length=1, max_length=256)]
Limit = Annotated[int, Query(ge=1, le=limits.CHANGES_LIMIT_MAX)]
WaitS = Annotated[int, Query(ge=0, le=limits.CHANGES_WAIT_MAX_S)]


class CatalogueRoutes:
    """The endpoints of the catalogue."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._written = lru_cache(_PAGES_WRITTEN_MAX)(_written)  # a page is one object for all who ask the same

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router = APIRouter()
        asked = documented(ProblemCode.INVALID_REQUEST, ProblemCode.TOKEN_INVALID, *_ANY_TIME)
        router.add_api_route("/v1/meta", self.meta, response_model=Meta, responses=documented(*_ANY_TIME))
        cached = {**asked, **NOT_MODIFIED}
        router.add_api_route(
            "/v1/jurisdictions", self.jurisdictions, response_model=Jurisdictions, responses=cached
        )
        router.add_api_route("/v1/snapshot", self.snapshot, response_class=Response, responses=cached)
        gone = documented(ProblemCode.CURSOR_EXPIRED)
        router.add_api_route("/v1/changes", self.changes, response_model=Changes, responses={**asked, **gone})
        return router

    def meta(self) -> JSONResponse:
        """What this server is."""
        answer = Meta(
            contract=limits.CONTRACT_VERSION,
            epoch=self._services.catalogue.epoch(),
            server_time=utc_text(self._services.now_s()),
            min_client_version=limits.MIN_CLIENT_VERSION,
            limits=Limits(
                lease_batch_max=limits.LEASE_BATCH_MAX,
                changes_limit_max=limits.CHANGES_LIMIT_MAX,
                changes_wait_max_s=limits.CHANGES_WAIT_MAX_S,
                request_body_max_bytes=limits.REQUEST_BODY_MAX_BYTES,
                audit_batch_max=limits.AUDIT_BATCH_MAX,
                audit_body_max_bytes=limits.AUDIT_BODY_MAX_BYTES,
                audit_line_max_bytes=limits.AUDIT_LINE_MAX_BYTES,
            ),
            stream_zones=self._services.stream_zones,
            audit_key=AuditKey.model_validate(self._services.people.checkpoints.public_key()),
        )
        return JSONResponse(answer.model_dump(mode="json"), headers={"Cache-Control": "no-cache"})

    def jurisdictions(self, _post: CallingPost, if_none_match: IfNoneMatch = None) -> Response:
        """Units and areas; they are the same for every post."""
        text = self._services.catalogue.jurisdictions_json()
        headers = {"ETag": f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"', **_CACHED}
        if holds(if_none_match, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(text, media_type="application/json", headers=headers)

    async def snapshot(self, post: CallingPost, if_none_match: IfNoneMatch = None) -> Response:
        """The catalogue in the post's scope."""
        etag = await self._services.snapshots.etag(post.scope)
        if holds(if_none_match, etag):
            return Response(status_code=304, headers={"ETag": etag, **_CACHED})
        snapshot = await self._services.snapshots.snapshot(post.scope)
        headers = {"ETag": snapshot.etag, "Content-Encoding": "gzip", **_CACHED}
        return Response(snapshot.body, media_type="application/x-ndjson", headers=headers)

    async def changes(
        self,
        post: CallingPost,
        cursor: CursorText,
        limit: Limit = limits.CHANGES_LIMIT_DEFAULT,
        wait_s: WaitS = 0,
    ) -> Response:
        """What changed since a cursor, at once or when something does."""
        watch, look = self._services.watch, partial(self._look, post.id, cursor, limit)
        page = await long_poll(watch, CATALOGUE, float(wait_s), look, lambda found: bool(found.changes))
        return Response(self._written(page), media_type="application/json", headers={"Cache-Control": "no-store"})

    def _look(self, post_id: str, cursor: str, limit: int) -> Page:
        """The scope is read anew each time: it may change while somebody waits.

        Raises:
            ProblemError: the cursor is of no use any more.
        """
        post = self._services.access.post(post_id)
        found = self._services.catalogue.changes(post.scope if post else Scope(), cursor, limit)
        if isinstance(found, Gone):
            raise ProblemError(*_GONE[found])
        return found


def _written(page: Page) -> bytes:
    """The answer that tells a page."""
    answer = Changes(cursor=page.cursor, more=page.has_more, changes=page.changes)
    return answer.model_dump_json(by_alias=True).encode()
