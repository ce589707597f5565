"""HTTP connections that another thread can break off, and that no server can hold for ever.

A long-poll blocks in the system's `recv` for half a minute; `stop()` may not wait that long, and a socket's own
timeout starts anew with every byte that drips in. Any thread may call `Breaker.break_off`; the rest runs on the
thread that makes the request. Builds on urllib3, which `requests` is made of; must import nothing of ours.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import weakref
from typing import Any

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse

HEADERS_GRACE_S = 1.0
"""How much longer than one read's timeout all headers of an answer together may take."""


class Breaker:
    """Knows every open connection of a client and can break them all off, once and for all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._is_broken = False

    def add(self, handle: socket.socket) -> None:
        """Watch over a connection that is about to be made.

        Raises:
            ConnectionAbortedError: it comes too late.
        """
        with self._lock:
            if self._is_broken:
                raise ConnectionAbortedError
            self._open.add(handle)

    def remove(self, handle: socket.socket) -> None:
        """The connection is at its end."""
        with self._lock:
            self._open.discard(handle)
        handle.close()

    def break_off(self) -> None:
        """Wake every thread that waits on a connection; each sees its connection end."""
        with self._lock:
            self._is_broken = True
            handles = list(self._open)
        for handle in handles:
            shut(handle)


def shut(handle: socket.socket) -> None:
    """End a connection under whoever waits on it."""
    with contextlib.suppress(OSError):  # it has just ended by itself
        handle.shutdown(socket.SHUT_RDWR)


def breakable_pools(breaker: Breaker, **pool_options: Any) -> PoolManager:
    """A pool of connections that the breaker watches over."""

    class Plain(_Breakable, HTTPConnection):
        _breaker = breaker

    class Encrypted(_Breakable, HTTPSConnection):
        _breaker = breaker

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    manager = PoolManager(**pool_options)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}
    return manager


class _Breakable(HTTPConnection):
    """A connection whose socket has a second handle, which stays valid through TLS and is ours to shut down."""

    _breaker: Breaker
    _handle: socket.socket | None = None
    _is_reading_head = False

    def _new_conn(self) -> socket.socket:
        """Connect like urllib3 does, but under the breaker from the first moment on."""
        try:
            places = socket.getaddrinfo(self._dns_host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        errors = []
        for family, kind, protocol, _name, address in places:
            try:
                return self._connected(socket.socket(family, kind, protocol), address)
            except OSError as error:
                errors.append(error)
        if isinstance(errors[-1], TimeoutError):
            raise ConnectTimeoutError(self, "no answer in time") from errors[-1]
        raise NewConnectionError(self, "not connected") from errors[-1]

    def _connected(self, new: socket.socket, address: Any) -> socket.socket:
        self._let_go()
        try:
            for option in self.socket_options or ():
                new.setsockopt(*option)
            new.settimeout(self.timeout)
            self._handle = new.dup()
            self._breaker.add(self._handle)
            new.connect(address)
        except OSError:
            new.close()
            self._let_go()
            raise
        return new

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own response, as there
        """The answer's head, complete within the read timeout however slowly it drips."""
        handle, limit_s = self._handle, self.timeout
        if handle is None or limit_s is None:
            raise http.client.NotConnected
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            shut(handle)

        watch = threading.Timer(limit_s + HEADERS_GRACE_S, give_up)
        watch.daemon = True
        watch.start()
        self._is_reading_head = True
        response = None
        try:
            response = super().getresponse()
        finally:
            self._is_reading_head = False
            watch.cancel()
            watch.join()
            if is_late.is_set():  # a head that was cut short may look complete
                if response is not None:
                    response.close()
                raise TimeoutError
        if self.sock is None:  # the answer ends with its connection, which is the answer's alone from here on
            self._handle = None
            weakref.finalize(response, self._breaker.remove, handle)
        return response

    def close(self) -> None:
        """End the connection and both of its handles."""
        super().close()
        if not self._is_reading_head:
            self._let_go()

    def _let_go(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            self._breaker.remove(handle)
