"""The conformance suite over HTTPS: who vouches for the registry, and what its port may not do."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from conformance_kit import checked_registry, names, visit
from reference_registry_kit import ServedRegistry

from app.conformance.suite import Verdict
from app.conformance.verdict import Outcome
from tests.support.tls_relay import LOOPBACK, Identity, make_identity

SERVED_IN_THE_CLEAR = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
SENT_ELSEWHERE = SERVED_IN_THE_CLEAR.replace(b"200 OK", b"301 Moved Permanently")
_TLS_HANDSHAKE = b"\x16"
_CHUNK_BYTES = 65_536


class Front:
    """TLS in front of a registry that is named later; a context manager.

    Args:
        identity: its key and certificate, a PEM file.
        in_the_clear: what it says to plain HTTP; empty for nothing.
        takes_old_tls: whether TLS 1.1 is spoken, too.
    """

    def __init__(self, identity: Path, in_the_clear: bytes = b"", *, takes_old_tls: bool = False) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(identity)
        if takes_old_tls:
            with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
                self._context.minimum_version = ssl.TLSVersion.TLSv1
            self._context.set_ciphers("DEFAULT:@SECLEVEL=0")
        self._in_the_clear = in_the_clear
        self._listener = socket.create_server((LOOPBACK, 0))
        self._thread = threading.Thread(target=self._accept)
        self.url = f"https://{LOOPBACK}:{self._listener.getsockname()[1]}"
        self.target = 0
        """The registry's port."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        """One connection after the other: the suite has no more than one."""
        with suppress(OSError):  # the listener is shut down
            while True:
                client, _ = self._listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)  # else 40 ms an answer
                with client, suppress(OSError):  # a client that does not believe us
                    self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        if client.recv(1, socket.MSG_PEEK) != _TLS_HANDSHAKE:
            client.recv(_CHUNK_BYTES)
            client.sendall(self._in_the_clear)
            return
        with (
            self._context.wrap_socket(client, server_side=True) as encrypted,
            socket.create_connection((LOOPBACK, self.target)) as server,
        ):
            up = threading.Thread(target=_pass_on, args=(encrypted, server))
            up.start()
            _pass_on(server, encrypted)
            up.join()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):  # either side may leave at any time
        while chunk := source.recv(_CHUNK_BYTES):
            sink.sendall(chunk)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def authority() -> Identity:
    return make_identity("City CA")


@contextmanager
def served(folder: Path, front: Front) -> Iterator[ServedRegistry]:
    with front, checked_registry(folder, urls=[front.url]) as registry:
        front.target = int(registry.url.rpartition(":")[2])
        yield registry


def server(authority: Identity, folder: Path) -> Path:
    return make_identity("registry", authority).write(folder / "server.pem")


def checked(folder: Path, front: Front, ca_file: Path | None) -> Verdict:
    with served(folder, front) as registry:
        return visit(registry, url=front.url, ca_file=ca_file)


def test_the_reference_registry_passes_behind_tls(authority: Identity, tmp_path: Path) -> None:
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    verdict = checked(tmp_path, Front(server(authority, tmp_path)), ca_file)
    assert names(verdict, Outcome.FAILED) == set(), [each.came for each in verdict.results]
    assert names(verdict, Outcome.SKIPPED) == {"catalogue.changes-paging", "catalogue.wait"}


@pytest.mark.parametrize("vouches", ["another authority", "the system"])
def test_a_certificate_that_nobody_vouches_for_is_told_and_nothing_is_sent(
    authority: Identity, tmp_path: Path, vouches: str
) -> None:
    other = make_identity("Other CA").write_certificate(tmp_path / "other.pem")
    front = Front(server(authority, tmp_path))
    verdict = checked(tmp_path, front, other if vouches == "another authority" else None)
    (failed,) = [each for each in verdict.results if each.outcome is Outcome.FAILED]
    assert failed.name == "transport.answers" and "certificate is not accepted" in failed.came
    assert not names(verdict, Outcome.PASSED)


def test_a_registry_that_speaks_old_tls_is_found(authority: Identity, tmp_path: Path) -> None:
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    verdict = checked(tmp_path, Front(server(authority, tmp_path), takes_old_tls=True), ca_file)
    (failed,) = [each for each in verdict.results if each.outcome is Outcome.FAILED]
    assert (failed.name, failed.came) == ("transport.tls-version", "one by TLSv1.1")


def test_a_port_that_serves_in_the_clear_as_well_is_found(authority: Identity, tmp_path: Path) -> None:
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    verdict = checked(tmp_path, Front(server(authority, tmp_path), SERVED_IN_THE_CLEAR), ca_file)
    assert names(verdict, Outcome.FAILED) == {"transport.no-plain-http"}


def test_a_port_that_sends_plain_http_elsewhere_is_fine(authority: Identity, tmp_path: Path) -> None:
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    verdict = checked(tmp_path, Front(server(authority, tmp_path), SENT_ELSEWHERE), ca_file)
    assert names(verdict, Outcome.FAILED) == set()
