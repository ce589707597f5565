"""`/v1/layouts`: layouts that officers share with units."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from app.demo.registry import limits
from app.demo.registry.caller import CallingOfficer, CallingOfficerIfAny, CallingPost
from app.demo.registry.layout_models import LayoutDraft, LayoutList, SharedLayout
from app.demo.registry.layout_office import LayoutOffice
from app.demo.registry.preconditions import NOT_MODIFIED, IfMatch, IfNew, IfNoneMatch, etag, holds, seen_revision
from app.demo.registry.problems import ASKED_BY_OFFICER, ProblemCode, ProblemError, documented
from app.demo.registry.reach import Reader
from app.demo.registry.services import Services

_CACHED = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Pantau-Shift"}
_NO_STORE = {"Cache-Control": "no-store"}
_CHANGED = (
    *ASKED_BY_OFFICER,
    ProblemCode.LAYOUT_NOT_YOURS,
    ProblemCode.LAYOUT_UNKNOWN,
    ProblemCode.PRECONDITION_FAILED,
    ProblemCode.PRECONDITION_REQUIRED,
)

After = Annotated[UUID | None, Query()]
Limit = Annotated[int, Query(ge=1, le=limits.LAYOUTS_LIMIT_MAX)]


class LayoutRoutes:
    """The endpoints of shared layouts."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router, one = APIRouter(), "/v1/layouts/{layout_id}"
        router.add_api_route(
            "/v1/layouts", self.page, response_model=LayoutList, responses=documented(*ASKED_BY_OFFICER)
        )
        router.add_api_route(
            one,
            self.get,
            response_model=SharedLayout,
            responses={**documented(*ASKED_BY_OFFICER, ProblemCode.LAYOUT_UNKNOWN), **NOT_MODIFIED},
        )
        written = (*_CHANGED, ProblemCode.TOO_MANY_LAYOUTS, ProblemCode.BODY_TOO_LARGE)
        router.add_api_route(
            one,
            self.put,
            methods=["PUT"],
            response_model=SharedLayout,
            responses={201: {"model": SharedLayout}, **documented(*written)},
            dependencies=[Depends(_limited)],
        )
        router.add_api_route(
            one,
            self.delete,
            methods=["DELETE"],
            status_code=204,
            response_class=Response,
            responses=documented(*_CHANGED),
        )
        return router

    def page(
        self,
        post: CallingPost,
        officer: CallingOfficerIfAny,
        after: After = None,
        limit: Limit = limits.LAYOUTS_LIMIT_DEFAULT,
    ) -> JSONResponse:
        """Layouts that the caller may read, without what is on their tiles."""
        found, has_more = self._office.page(Reader(post, officer), after, limit)
        answer = LayoutList(layouts=tuple(layout.summary() for layout in found), more=has_more)
        return JSONResponse(answer.model_dump(mode="json"), headers=_NO_STORE)

    def get(
        self, post: CallingPost, officer: CallingOfficerIfAny, layout_id: UUID, if_none_match: IfNoneMatch = None
    ) -> Response:
        """One layout."""
        found = self._office.get(Reader(post, officer), layout_id)
        if holds(if_none_match, etag(found.revision)):
            return Response(status_code=304, headers={"ETag": etag(found.revision), **_CACHED})
        return _answer(found, 200)

    def put(
        self,
        post: CallingPost,
        officer: CallingOfficer,
        layout_id: UUID,
        body: LayoutDraft,
        if_match: IfMatch = None,
        if_none_match: IfNew = None,
    ) -> JSONResponse:
        """Share a new layout, or change one."""
        if if_none_match is not None and if_match is not None:
            raise ProblemError(ProblemCode.INVALID_REQUEST, "A layout is new or it is changed, not both.")
        if if_none_match is not None:
            return _answer(self._office.share(post, officer, layout_id, body), 201)
        seen = seen_revision(if_match)
        return _answer(self._office.change(post, officer, layout_id, body, seen), 200)

    def delete(
        self, post: CallingPost, officer: CallingOfficer, layout_id: UUID, if_match: IfMatch = None
    ) -> Response:
        """Delete a layout."""
        self._office.delete(post, officer, layout_id, seen_revision(if_match))
        return Response(status_code=204)

    @property
    def _office(self) -> LayoutOffice:
        return self._services.layouts


async def _limited(request: Request) -> None:
    if len(await request.body()) > limits.LAYOUT_MAX_BYTES:
        detail = f"A layout is larger than {limits.LAYOUT_MAX_BYTES} bytes."
        raise ProblemError(ProblemCode.BODY_TOO_LARGE, detail)


def _answer(found: SharedLayout, status: int) -> JSONResponse:
    headers = {"ETag": etag(found.revision), **_CACHED}
    return JSONResponse(found.model_dump(mode="json"), status, headers)
