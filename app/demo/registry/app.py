"""The reference registry as an ASGI application: routes, errors and the limit on bodies.

Its event loop runs long-polls and snapshots; everything else that reads or writes the database runs in
FastAPI's worker threads. `resources/openapi/registry.v1.json` is the truth that it is tested against, and what
it would generate itself is not served.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.demo.registry.limits import CONTRACT_VERSION, REQUEST_BODY_MAX_BYTES
from app.demo.registry.problems import ProblemCode, ProblemError, error_response, install_handlers
from app.demo.registry.routes_access import AccessRoutes
from app.demo.registry.routes_catalogue import CatalogueRoutes
from app.demo.registry.routes_layouts import LayoutRoutes
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
    for routes in (AccessRoutes, CatalogueRoutes, StreamRoutes, LayoutRoutes, WallRoutes):
        app.include_router(routes(services).router())
    install_handlers(app)
    app.add_middleware(BodyLimit, max_bytes=REQUEST_BODY_MAX_BYTES)
    return app


class BodyLimit:
    """Refuses bodies that are too large, announced or not, before they fill the memory."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced) > self._max_bytes:
            await error_response(self._too_large())(scope, receive, send)
            return
        await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                raise self._too_large()
            return message

        return receive_counted

    def _too_large(self) -> ProblemError:
        return ProblemError(ProblemCode.BODY_TOO_LARGE, f"The body is larger than {self._max_bytes} bytes.")
