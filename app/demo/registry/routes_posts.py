"""`/v1/heartbeats`: a post says how it is."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.demo.registry.caller import CallingPost, officer_if_any
from app.demo.registry.models_people import Heartbeat
from app.demo.registry.problems import ASKED_BY_OFFICER, ProblemCode, documented
from app.demo.registry.services import Services


class PostRoutes:
    """The endpoint of heartbeats."""

    def __init__(self, services: Services) -> None:
        self._heartbeats = services.people.heartbeats

    def router(self) -> APIRouter:
        """The route with what it answers."""
        router = APIRouter()
        router.add_api_route(
            "/v1/heartbeats",
            self.heartbeat,
            methods=["POST"],
            status_code=204,
            response_class=Response,
            responses=documented(*ASKED_BY_OFFICER, ProblemCode.BODY_TOO_LARGE),
        )
        return router

    def heartbeat(self, request: Request, post: CallingPost, body: Heartbeat) -> Response:
        """Note it; then tell a post whose shift has ended, which is still a post that is alive."""
        self._heartbeats.note(post.id, body)
        officer_if_any(request, post)
        return Response(status_code=204)
