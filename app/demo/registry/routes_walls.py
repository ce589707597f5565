"""`/v1/walls`: what posts' walls show, and what chiefs want them to show."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from app.demo.registry import limits
from app.demo.registry.caller import CallingChief, CallingOfficerIfAny, CallingPost
from app.demo.registry.long_poll import long_poll
from app.demo.registry.preconditions import IfMatch, etag, seen_revision
from app.demo.registry.problems import ASKED, ASKED_BY_OFFICER, ProblemCode, documented
from app.demo.registry.reach import Reader
from app.demo.registry.services import Services
from app.demo.registry.subjects import desired_of, reported_of
from app.demo.registry.wall_models import (
    Desired,
    OrderDraft,
    Reported,
    Schedule,
    ScheduleDraft,
    WallList,
    WallReport,
)

_NO_STORE = {"Cache-Control": "no-store"}
_OF_ONE = (*ASKED_BY_OFFICER, ProblemCode.WALL_UNKNOWN)
_RELEASED = (
    *_OF_ONE,
    ProblemCode.ROLE_NOT_ALLOWED,
    ProblemCode.PRECONDITION_FAILED,
    ProblemCode.PRECONDITION_REQUIRED,
)
_ORDERED = (*_RELEASED, ProblemCode.BODY_TOO_LARGE)

WallId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}(\.[1-9][0-9]?)?$")]
After = Annotated[str, Query(max_length=80)]
Limit = Annotated[int, Query(ge=1, le=limits.WALLS_LIMIT_MAX)]
Seen = Annotated[int | None, Query(ge=0, le=limits.REVISION_MAX, alias="revision")]
WaitS = Annotated[int, Query(ge=0, le=limits.WALL_WAIT_MAX_S)]


class WallRoutes:
    """The endpoints of walls."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router = APIRouter()
        self._add_reports(router)
        self._add_orders(router)
        return router

    def _add_reports(self, router: APIRouter) -> None:
        listed = documented(*ASKED_BY_OFFICER, ProblemCode.ROLE_NOT_ALLOWED)
        router.add_api_route("/v1/walls", self.page, response_model=WallList, responses=listed)
        path, told = "/v1/walls/{wall_id}/reported", documented(*_OF_ONE)
        router.add_api_route(path, self.reported, response_model=Reported, responses=told)
        router.add_api_route(
            path,
            self.report,
            methods=["PUT"],
            status_code=204,
            response_class=Response,
            responses=documented(*ASKED, ProblemCode.WALL_UNKNOWN, ProblemCode.BODY_TOO_LARGE),
        )

    def _add_orders(self, router: APIRouter) -> None:
        told, ordered, released = documented(*_OF_ONE), documented(*_ORDERED), documented(*_RELEASED)
        path = "/v1/walls/{wall_id}/desired"
        router.add_api_route(path, self.desired, response_model=Desired, responses=told)
        router.add_api_route(path, self.order, methods=["PUT"], response_model=Desired, responses=ordered)
        router.add_api_route(path, self.release, methods=["DELETE"], response_model=Desired, responses=released)
        path = "/v1/walls/{wall_id}/schedule"
        router.add_api_route(path, self.schedule, response_model=Schedule, responses=told)
        router.add_api_route(path, self.set_schedule, methods=["PUT"], response_model=Schedule, responses=ordered)

    def page(
        self,
        post: CallingPost,
        chief: CallingChief,
        after: After = "",
        limit: Limit = limits.WALLS_LIMIT_DEFAULT,
    ) -> JSONResponse:
        """Walls in the chief's jurisdiction, each with its last report."""
        found, has_more = self._services.wall_reports.page(post, chief, after, limit)
        return _answer(WallList(walls=tuple(found), more=has_more))

    def report(self, post: CallingPost, wall_id: WallId, body: WallReport) -> Response:
        """Keep what a post says of its own wall."""
        self._services.wall_reports.report(post, wall_id, body)
        return Response(status_code=204)

    async def reported(
        self,
        post: CallingPost,
        officer: CallingOfficerIfAny,
        wall_id: WallId,
        seen: Seen = None,
        wait_s: WaitS = 0,
    ) -> JSONResponse:
        """A wall's last report, at once or when there is another one."""
        reports = self._services.wall_reports
        await run_in_threadpool(reports.check_readable, Reader(post, officer), wall_id)
        look = partial(reports.revision, wall_id)
        watch, subject = self._services.watch, reported_of(wall_id)
        await long_poll(watch, subject, float(wait_s), look, lambda revision: revision != seen)
        found = await run_in_threadpool(reports.reported, wall_id)
        return _answer(found, found.revision)

    async def desired(
        self,
        post: CallingPost,
        officer: CallingOfficerIfAny,
        wall_id: WallId,
        seen: Seen = None,
        wait_s: WaitS = 0,
    ) -> JSONResponse:
        """What a wall is to show, at once or when it is something else."""
        await run_in_threadpool(self._services.wall_reports.check_readable, Reader(post, officer), wall_id)
        orders = self._services.wall_orders
        await long_poll(
            self._services.watch,
            desired_of(wall_id),
            float(wait_s),
            partial(orders.glance, wall_id),
            lambda glance: glance.revision != seen,
            lambda glance: glance.changes_in_s,
        )
        found = await run_in_threadpool(orders.desired, wall_id)
        return _answer(found, found.revision)

    def order(
        self, post: CallingPost, chief: CallingChief, wall_id: WallId, body: OrderDraft, if_match: IfMatch = None
    ) -> JSONResponse:
        """Make a wall show something."""
        walls_post = self._services.wall_reports.directed(post, chief, wall_id)
        seen = seen_revision(if_match)
        found = self._services.wall_orders.order(Reader(post, chief), chief, walls_post, wall_id, body, seen)
        return _answer(found, found.revision)

    def release(
        self, post: CallingPost, chief: CallingChief, wall_id: WallId, if_match: IfMatch = None
    ) -> JSONResponse:
        """Take a chief's order back."""
        self._services.wall_reports.directed(post, chief, wall_id)
        found = self._services.wall_orders.release(chief, wall_id, seen_revision(if_match))
        return _answer(found, found.revision)

    def schedule(self, post: CallingPost, officer: CallingOfficerIfAny, wall_id: WallId) -> JSONResponse:
        """What a wall is to show at which hours."""
        self._services.wall_reports.check_readable(Reader(post, officer), wall_id)
        found = self._services.wall_orders.schedule(wall_id)
        return _answer(found, found.revision)

    def set_schedule(
        self,
        post: CallingPost,
        chief: CallingChief,
        wall_id: WallId,
        body: ScheduleDraft,
        if_match: IfMatch = None,
    ) -> JSONResponse:
        """Change what a wall is to show at which hours."""
        self._services.wall_reports.directed(post, chief, wall_id)
        seen = seen_revision(if_match)
        found = self._services.wall_orders.set_schedule(Reader(post, chief), chief, wall_id, body, seen)
        return _answer(found, found.revision)


def _answer(found: BaseModel, revision: int | None = None) -> JSONResponse:
    headers = _NO_STORE if revision is None else {**_NO_STORE, "ETag": etag(revision)}
    return JSONResponse(found.model_dump(mode="json", by_alias=True), headers=headers)
