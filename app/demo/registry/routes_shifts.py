"""`/v1/shifts`, `/v1/handovers`: which officer works at a post, and how one takes over from another."""

from __future__ import annotations

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from app.demo.registry import limits
from app.demo.registry.caller import SHIFT_CHALLENGE, CallingPost, shift_ended
from app.demo.registry.clock import utc_text
from app.demo.registry.handovers import HandedOver, shift_officer
from app.demo.registry.models_people import (
    HandoverAnswer,
    HandoverRequest,
    Handovers,
    ShiftAnswer,
    SignIn,
)
from app.demo.registry.officers import Officer
from app.demo.registry.problems import ASKED, ProblemCode, ProblemError, documented
from app.demo.registry.services import Services
from app.demo.registry.shifts import Shift, ShiftEnd, StartedShift
from app.demo.registry.sign_in import LockedAccount, SignInRefusal, WrongSignIn

_NO_STORE = {"Cache-Control": "no-store"}
_LATER = (ProblemCode.TOO_MANY_REQUESTS, ProblemCode.INTERNAL, ProblemCode.UNAVAILABLE)
_Found = TypeVar("_Found", Shift, HandedOver)
Limit = Annotated[int, Query(ge=1, le=limits.HANDOVERS_LIMIT_MAX)]


class ShiftRoutes:
    """The endpoints of shifts and handovers."""

    def __init__(self, services: Services) -> None:
        self._people = services.people

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router = APIRouter()
        sign_in = documented(*ASKED, ProblemCode.BODY_TOO_LARGE, ProblemCode.OFFICER_LOCKED)
        of_shift = documented(ProblemCode.SHIFT_UNKNOWN, ProblemCode.SHIFT_ENDED)
        router.add_api_route(
            "/v1/shifts",
            self.start,
            methods=["POST"],
            status_code=201,
            response_model=ShiftAnswer,
            responses=sign_in,
        )
        router.add_api_route(
            "/v1/shifts/{shift_id}:handover",
            self.hand_over,
            methods=["POST"],
            status_code=201,
            response_model=HandoverAnswer,
            responses={**sign_in, **of_shift},
        )
        router.add_api_route(
            "/v1/shifts/{shift_id:uuid}",  # else `:handover` would be part of an id
            self.end,
            methods=["DELETE"],
            status_code=204,
            response_class=Response,
            responses={**documented(ProblemCode.TOKEN_INVALID, *_LATER), **of_shift},
        )
        router.add_api_route(
            "/v1/handovers", self.handovers, response_model=Handovers, responses=documented(*ASKED)
        )
        return router

    def start(self, post: CallingPost, body: SignIn) -> JSONResponse:
        """An officer begins to work at the post."""
        officer = self._signed_in(post.id, body)
        answer = _answer(self._people.shifts.start(post.id, officer))
        return JSONResponse(answer.model_dump(mode="json"), 201, _NO_STORE)

    def hand_over(self, post: CallingPost, shift_id: UUID, body: HandoverRequest) -> JSONResponse:
        """The next officer takes over the wall with their own PIN."""
        old = _open(self._people.shifts.of_id(post.id, shift_id))
        officer = self._signed_in(post.id, body)
        if officer.id == old.officer.id:
            raise ProblemError(ProblemCode.INVALID_REQUEST, "A wall is handed over to another officer.")
        made = _open(self._people.handovers.hand_over(post.id, shift_id, officer, body))
        shift = _answer(made.started).model_dump()
        answer = HandoverAnswer(**shift, handover_id=made.id)
        return JSONResponse(answer.model_dump(mode="json"), 201, _NO_STORE)

    def end(self, post: CallingPost, shift_id: UUID) -> Response:
        """The officer stops working."""
        _open(self._people.shifts.end(post.id, shift_id))
        return Response(status_code=204)

    def handovers(self, post: CallingPost, limit: Limit = limits.HANDOVERS_LIMIT_DEFAULT) -> JSONResponse:
        """The post's last handovers."""
        answer = Handovers(handovers=self._people.handovers.last(post.id, limit))
        return JSONResponse(answer.model_dump(mode="json"), headers=_NO_STORE)

    def _signed_in(self, post_id: str, body: SignIn) -> Officer:
        found = self._people.desk.check(post_id, body.service_number, body.pin)
        if isinstance(found, Officer):
            return found
        raise _refused(found)


def _refused(found: SignInRefusal) -> ProblemError:
    if isinstance(found, WrongSignIn):
        detail = "The service number or the PIN is wrong."
        return ProblemError(ProblemCode.SIGN_IN_REFUSED, detail, headers=SHIFT_CHALLENGE)
    if isinstance(found, LockedAccount):
        return ProblemError(ProblemCode.OFFICER_LOCKED, "IT has locked this officer, and unlocks them.")
    if found.is_locked:
        detail = "Too many wrong PINs: this officer is locked at this post for a while."
        return ProblemError(ProblemCode.OFFICER_LOCKED, detail, retry_after_s=found.wait_s)
    detail = "Too many wrong PINs: wait before the next try."
    return ProblemError(ProblemCode.TOO_MANY_REQUESTS, detail, retry_after_s=found.wait_s)


def _open(found: _Found | ShiftEnd | None) -> _Found:
    """What was found, where the shift was open.

    Raises:
        ProblemError: the post never had the shift, or it is over.
    """
    if found is None:
        raise ProblemError(ProblemCode.SHIFT_UNKNOWN, "This post has no such shift.")
    if isinstance(found, ShiftEnd):
        raise shift_ended(found)
    return found


def _answer(started: StartedShift) -> ShiftAnswer:
    shift = started.shift
    return ShiftAnswer(
        shift_id=shift.id,
        officer=shift_officer(shift.officer),
        token=started.token,
        expires_in_s=limits.SHIFT_LIFETIME_S,
        started_at=utc_text(shift.started_at_s),
        offline_s=limits.SHIFT_OFFLINE_S,
    )
