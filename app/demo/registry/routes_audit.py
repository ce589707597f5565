"""`/v1/audit-events` and `/v1/cameras/{camera_id}/viewings`: what was done, and who looked."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from app.demo.registry import limits
from app.demo.registry.access import Post
from app.demo.registry.caller import CallingOfficer, CallingOfficerIfAny, CallingPost, require_officer
from app.demo.registry.journal import Refused
from app.demo.registry.models_people import AuditAnswer, AuditPage, AuditRefusal, Viewings
from app.demo.registry.officers import Officer
from app.demo.registry.problems import ASKED, ASKED_BY_OFFICER, ProblemCode, ProblemError, documented, problem
from app.demo.registry.services import Services

AUDIT_PATH = "/v1/audit-events"
_NDJSON = "application/x-ndjson"
_NO_STORE = {"Cache-Control": "no-store"}
AfterSeq = Annotated[int, Query(ge=0, le=limits.SEQUENCE_MAX)]
AuditLimit = Annotated[int, Query(ge=1, le=limits.AUDIT_LIMIT_MAX)]
PostId = Annotated[str | None, Query(min_length=1, max_length=64)]
ViewingLimit = Annotated[int, Query(ge=1, le=limits.VIEWINGS_LIMIT_MAX)]


class AuditRoutes:
    """The endpoints of journals and of what is read from them."""

    def __init__(self, services: Services) -> None:
        self._people = services.people
        self._access = services.access

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router = APIRouter()
        router.add_api_route(
            AUDIT_PATH,
            self.append,
            methods=["POST"],
            response_model=AuditAnswer,
            responses=documented(*ASKED, ProblemCode.BODY_TOO_LARGE),
        )
        router.add_api_route(
            AUDIT_PATH,
            self.page,
            response_model=AuditPage,
            responses=documented(*ASKED_BY_OFFICER, ProblemCode.POST_UNKNOWN),
        )
        router.add_api_route(
            "/v1/cameras/{camera_id}/viewings",
            self.viewings,
            response_model=Viewings,
            responses=documented(*ASKED_BY_OFFICER, ProblemCode.CAMERA_UNKNOWN),
        )
        return router

    async def append(self, request: Request, post: CallingPost) -> JSONResponse:
        """Take the next lines of the post's journal."""
        lines = _lines(request.headers.get("content-type", ""), await request.body())
        return await run_in_threadpool(self._append, post.id, lines)

    def page(
        self,
        post: CallingPost,
        officer: CallingOfficerIfAny,
        after_seq: AfterSeq = 0,
        limit: AuditLimit = limits.AUDIT_LIMIT_DEFAULT,
        post_id: PostId = None,
    ) -> JSONResponse:
        """Lines of a journal: the post's own, or for IT another one's."""
        of_post = self._readable(post, officer, post_id or post.id)
        page = self._people.journal.page(of_post, after_seq, limit)
        answer = {
            "post_id": of_post,
            "events": page.events,
            "more": page.has_more,
            "acknowledged_seq": page.last.seq,
            "checkpoint": self._people.checkpoints.sign(of_post, page.last),
        }
        return JSONResponse(answer, headers=_NO_STORE)

    def viewings(
        self,
        post: CallingPost,
        officer: CallingOfficer,
        camera_id: UUID,
        after: AfterSeq = 0,
        limit: ViewingLimit = limits.VIEWINGS_LIMIT_DEFAULT,
    ) -> JSONResponse:
        """Who looked at a camera, for those who answer for it; to everybody else there is no such camera."""
        if not self._people.reach.holds_camera(post, officer, camera_id):
            detail = "No camera of that id is in this officer's care."
            raise ProblemError(ProblemCode.CAMERA_UNKNOWN, detail)
        found, has_more = self._people.viewings.of_camera(camera_id, after, limit)
        answer = Viewings(viewings=found, more=has_more)
        return JSONResponse(answer.model_dump(mode="json"), headers=_NO_STORE)

    def _append(self, post_id: str, lines: list[bytes]) -> JSONResponse:
        taken = self._people.journal.append(post_id, lines)
        answer = AuditAnswer(
            acknowledged_seq=taken.last.seq,
            checkpoint=self._people.checkpoints.sign(post_id, taken.last),
            refused=_refusal(taken.refused) if taken.refused else None,
        )
        return JSONResponse(answer.model_dump(mode="json", exclude_none=True), headers=_NO_STORE)

    def _readable(self, post: Post, officer: Officer | None, post_id: str) -> str:
        """The post whose journal is asked for, if the caller may read it.

        Raises:
            ProblemError: another post's, and nobody signed in who answers for it: as if there were no such post.
        """
        if post_id == post.id:
            return post_id
        reader, other = require_officer(officer), self._access.post(post_id)
        if other is None or not self._people.reach.holds_post(post, reader, other):
            raise ProblemError(ProblemCode.POST_UNKNOWN, "No post of that id is in this officer's care.")
        return other.id


def _lines(content_type: str, body: bytes) -> list[bytes]:
    """The lines of a batch.

    Raises:
        ProblemError: it is no NDJSON, empty or too long.
    """
    if content_type.partition(";")[0].strip().lower() != _NDJSON:
        raise ProblemError(ProblemCode.INVALID_REQUEST, f"A journal is sent as {_NDJSON}.")
    lines = body.removesuffix(b"\n").split(b"\n") if body else []
    if not 1 <= len(lines) <= limits.AUDIT_BATCH_MAX:
        detail = f"A batch has 1 to {limits.AUDIT_BATCH_MAX} lines."
        raise ProblemError(ProblemCode.INVALID_REQUEST, detail)
    return lines


def _refusal(refused: Refused) -> AuditRefusal:
    fault = refused.fault
    return AuditRefusal(line=refused.line, seq=fault.seq, problem=problem(fault.code, fault.detail))
