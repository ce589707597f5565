"""The reference registry as an ASGI application: routes, errors and the limit on bodies.

Its event loop runs long-polls and snapshots; everything else that reads or writes the database runs in
FastAPI's worker threads. `resources/openapi/registry.v1.json` is the truth that it is tested against, and what
it would generate itself is not served.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.demo.registry.limits import AUDIT_BODY_MAX_BYTES, CONTRACT_VERSION, REQUEST_BODY_MAX_BYTES
from app.demo.registry.problems import ProblemCode, ProblemError, error_response, install_handlers
from app.demo.registry.routes_access import AccessRoutes
from app.demo.registry.routes_audit import AUDIT_PATH, AuditRoutes
from app.demo.registry.routes_catalogue import CatalogueRoutes
from app.demo.registry.routes_layouts import LayoutRoutes
from app.demo.registry.routes_posts import PostRoutes
from app.demo.registry.routes_shifts import ShiftRoutes
from app.demo.registry.routes_streams import StreamRoutes
from app.demo.registry.routes_walls import WallRoutes
from app.demo.registry.services import Services


def create_app(services: Services) -> FastAPI:
    """The application that serves these services."""
    app = FastAPI(
        title="Pantau reference registry",
        version=CONTRACT_VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.services = services
    basic, people = (AccessRoutes, CatalogueRoutes, StreamRoutes), (ShiftRoutes, AuditRoutes, PostRoutes)
    for kind in (*basic, *people, LayoutRoutes, WallRoutes):
        app.include_router(kind(services).router())
    install_handlers(app)
    app.add_middleware(BodyLimit, max_bytes=REQUEST_BODY_MAX_BYTES, larger={AUDIT_PATH: AUDIT_BODY_MAX_BYTES})
    return app


class BodyLimit:
    """Refuses bodies that are too large, announced or not, before they fill the memory.

    Args:
        app: what is protected.
        max_bytes: the largest body.
        larger: the largest body of those paths that take larger ones.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, larger: Mapping[str, int]) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        max_bytes = self._larger.get(scope["path"], self._max_bytes)
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced) > max_bytes:
            await error_response(_too_large(max_bytes))(scope, receive, send)
            return
        await self._app(scope, _counted(receive, max_bytes), send)


def _counted(receive: Receive, max_bytes: int) -> Receive:
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > max_bytes:
            raise _too_large(max_bytes)
        return message

    return receive_counted


def _too_large(max_bytes: int) -> ProblemError:
    return ProblemError(ProblemCode.BODY_TOO_LARGE, f"The body is larger than {max_bytes} bytes.")
