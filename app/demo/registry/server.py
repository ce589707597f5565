"""Runs the reference registry: uvicorn on loopback, in the foreground, until told to end.

The main thread runs the event loop; one more thread reads standard input where a parent holds its other end.
Nothing but one line of JSON is ever written to standard output.
"""

from __future__ import annotations

import ipaddress
import json
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from app.core.errors import ConfigError
from app.core.model import Reject
from app.demo.registry.app import create_app
from app.demo.registry.black_hole import BlackHole
from app.demo.registry.checkpoints import key_of_file
from app.demo.registry.database import Database
from app.demo.registry.demo_officers import announced_demo_officers, seed_demo_officers
from app.demo.registry.models import Scope
from app.demo.registry.offer import fill, make_offer
from app.demo.registry.options import ServeOptions
from app.demo.registry.parent_pipe import ParentPipe
from app.demo.registry.services import Services, make_services
from app.demo.registry.streams import SecretHolder
from app.demo.registry.watch import ChangeWatch
from app.demo.registry.workers import READY, Workers

_BACKLOG = 512
_SHUTDOWN_S = 3
_FIRST_LINE_WAIT_S = 1.0
"""How long a parent may take to hand over the cameras' password before leases go out without one."""
_POST_NAME = "Pos Demo Pantau"
_POST_SCOPE = Scope(units=("PMJ",))


def serve(options: ServeOptions) -> None:
    """Serve until SIGTERM, SIGINT or the end of the parent's pipe.

    When it listens it prints one line: `{"registry": URL, "enrolment_code": …}`, with `officers` as long as there
    are those of the demo, and `rejected` where rows of a cameras file were left out.

    Raises:
        ConfigError: an option, file or port cannot be used; one sentence.
    """
    secret, ending, key_file = SecretHolder(), _Ending(), options.audit_key_file
    pipe = ParentPipe(sys.stdin.fileno(), secret.put, ending.request) if options.has_parent_pipe else None
    with BlackHole() as black_hole, listening(options) as listener, _opened(options) as database:
        key = key_of_file(key_file)
        offer = make_offer(options, secret, black_hole.address)
        services = make_services(database, offer.streams, _audiences(listener), audit_key=key, relays=offer.relays)
        announcement = READY
        if options.listener is None:
            fill(services.catalogue, offer, options.data)
            seed_demo_officers(services.people.officers, services.people.hasher)
            announcement = _announcement(urls_of(listener)[0], services, offer.rejected)
        if pipe:
            pipe.wait_first_line(_FIRST_LINE_WAIT_S)
        if options.workers > 1:
            _watch_over(Workers(options, listener, secret.get()), ending, announcement)
        else:
            server = _Server(create_app(services), services.watch, announcement)
            ending.on_request(server.end)
            server.run(sockets=[listener])


def _watch_over(workers: Workers, ending: _Ending, announcement: str) -> None:
    """Let workers answer until the end is asked for."""
    is_over = threading.Event()
    ending.on_request(is_over.set)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: is_over.set())
    workers.start()
    print(announcement, flush=True)
    is_over.wait()
    workers.stop()


class _Ending:
    """A request to end, which may come before there is a server."""

    def __init__(self) -> None:
        self._end: Callable[[], None] | None = None
        self._is_requested = False

    def request(self) -> None:
        """End now, or as soon as it is known how."""
        self._is_requested = True
        if self._end:
            self._end()

    def on_request(self, end: Callable[[], None]) -> None:
        """This is how to end."""
        self._end = end
        if self._is_requested:
            end()


class _Server(uvicorn.Server):
    """uvicorn that announces itself, ends quietly on a signal, and sends waiting posts home first."""

    def __init__(self, app: ASGIApp, watch: ChangeWatch, announcement: str) -> None:
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,  # a cursor in a query is nobody's business
            server_header=False,
            timeout_graceful_shutdown=_SHUTDOWN_S,
        )
        super().__init__(config)
        self._watch = watch
        self._announcement = announcement

    def end(self) -> None:
        """Ask for the end, from any thread."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if not self.should_exit:
            print(self._announcement, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer who waits for a change, then end."""
        self._watch.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal is an ordinary end: uvicorn itself would raise it again afterwards."""
        self.end()


def _announcement(url: str, services: Services, rejected: Sequence[Reject]) -> str:
    code = services.access.issue_code(_POST_NAME, _POST_SCOPE)
    announced: dict[str, object] = {"registry": url, "enrolment_code": code}
    officers = announced_demo_officers(services.people.officers)
    if officers:
        announced["officers"] = officers
    if rejected:
        announced["rejected"] = [{**asdict(reject), "reason": str(reject.reason)} for reject in rejected]
    return json.dumps(announced)


@contextmanager
def _opened(options: ServeOptions) -> Iterator[Database]:
    database = Database(options.data)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def listening(options: ServeOptions) -> Iterator[socket.socket]:
    """A socket on the loopback port; in a worker the one that its watcher has opened.

    Raises:
        ConfigError: the address is not this machine's own, or the port is taken.
    """
    if options.listener is not None:
        with socket.socket(fileno=options.listener) as shared:
            yield shared
        return
    family = _loopback_family(options.host)
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":  # there it would let two servers share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((options.host, options.port))
            listener.listen(_BACKLOG)
        except OSError as error:
            place = f"port {options.port} of {options.host}"
            raise ConfigError(f"The registry cannot listen on {place}: {error.strerror}.") from error
        yield listener


def _loopback_family(host: str) -> socket.AddressFamily:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise ConfigError(f"The reference registry listens on loopback only, 127.0.0.1, not on {host}.")
    return socket.AF_INET6 if address.version == 6 else socket.AF_INET


def _audiences(listener: socket.socket) -> tuple[str, ...]:
    """The URLs under which posts call the token endpoint."""
    return tuple(f"{url}/oauth2/token" for url in urls_of(listener))


def urls_of(listener: socket.socket) -> tuple[str, ...]:
    """The base URLs under which it can be called, the announced one first."""
    host, port = listener.getsockname()[:2]
    own = f"[{host}]" if ":" in host else host
    return f"http://{own}:{port}", f"http://localhost:{port}"
