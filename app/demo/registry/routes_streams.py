"""`/v1/stream-leases`: where a stream is to be had, and its password, for a time."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from app.demo.registry.caller import CallingPost
from app.demo.registry.models import LeaseAnswer, LeaseRequest, RenewAnswer, RenewRequest
from app.demo.registry.problems import ASKED, ProblemCode, ProblemError, documented
from app.demo.registry.services import Services

_NO_STORE = {"Cache-Control": "no-store"}


class StreamRoutes:
    """The endpoints of leases."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def router(self) -> APIRouter:
        """The routes with what they answer."""
        router = APIRouter()
        batch = documented(*ASKED, ProblemCode.BODY_TOO_LARGE)
        router.add_api_route(
            "/v1/stream-leases",
            self.lease,
            methods=["POST"],
            response_model=LeaseAnswer,
            responses=batch,
        )
        router.add_api_route(
            "/v1/stream-leases:renew",
            self.renew,
            methods=["POST"],
            response_model=RenewAnswer,
            responses=batch,
        )
        router.add_api_route(
            "/v1/stream-leases/{lease_id}",
            self.release,
            methods=["DELETE"],
            status_code=204,
            response_class=Response,
            responses=documented(*ASKED, ProblemCode.LEASE_UNKNOWN),
        )
        return router

    def lease(self, post: CallingPost, body: LeaseRequest) -> JSONResponse:
        """Leases and refusals, one for each item."""
        answer = LeaseAnswer(items=self._services.leases.lease(post, body.items))
        return JSONResponse(answer.model_dump(mode="json", exclude_none=True), headers=_NO_STORE)

    def renew(self, post: CallingPost, body: RenewRequest) -> JSONResponse:
        """New time for leases, one answer for each."""
        renewed = self._services.leases.renew(post, [item.lease_id for item in body.items])
        answer = RenewAnswer(items=renewed)
        return JSONResponse(answer.model_dump(mode="json", exclude_none=True), headers=_NO_STORE)

    def release(self, post: CallingPost, lease_id: UUID) -> Response:
        """Take a lease back."""
        if not self._services.leases.release(post, lease_id):
            raise ProblemError(ProblemCode.LEASE_UNKNOWN, "This post holds no such lease.")
        return Response(status_code=204)
