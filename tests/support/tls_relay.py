"""TLS in front of a plain server, and the certificates for it: cameras and relays that speak RTSPS."""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"
_CHUNK_BYTES = 65_536
_ENDS_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Identity:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def write(self, file: Path) -> Path:
        """Both as PEM, the certificate last."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(key + self.certificate.public_bytes(Encoding.PEM))
        return file

    def write_certificate(self, file: Path) -> Path:
        """The certificate alone, as one hands it out."""
        file.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return file


def make_identity(
    name: str,
    issuer: Identity | None = None,
    address: str = LOOPBACK,
    valid_days: int = 10,
    begins_in_days: int = -100,
) -> Identity:
    """A certificate, signed by an issuer or by itself.

    Args:
        name: whom it names.
        issuer: who signs it; itself by default, as an authority does.
        address: the IP address that it is good for.
        valid_days: how long from now; negative for one that has expired.
        begins_in_days: from when on; positive for one that is not valid yet.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=begins_in_days))
        .not_valid_after(now + timedelta(days=valid_days))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False
        )
    )
    return Identity(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


def server_context(identity: Identity, folder: Path) -> ssl.SSLContext:
    """A server's TLS with that certificate; a file in the folder is written for it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.write(folder / "server.pem"))
    return context


class TlsRelay:
    """Takes TLS connections and passes what they carry to a plain port; a context manager.

    Args:
        identity: its key and certificate, a PEM file.
        port: the plain server's, on loopback.
    """

    def __init__(self, identity: Path, port: int) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(identity)
        self._target = port
        self._listener = socket.create_server((LOOPBACK, 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = [self._listener]
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._run(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._sockets:
            with contextlib.suppress(OSError):  # it may be closed by now
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_ENDS_WITHIN_S)
        for each in self._sockets:
            each.close()

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="TLS relay", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener is shut down
            while True:
                plain, _ = self._listener.accept()
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)  # pass on at once what comes
                self._run(functools.partial(self._serve, plain))

    def _serve(self, plain: socket.socket) -> None:
        try:
            client = self._context.wrap_socket(plain, server_side=True)
        except OSError:  # a client that does not believe us
            plain.close()
            return
        server = socket.create_connection((LOOPBACK, self._target))
        self._sockets += [client, server]
        self._run(lambda: _pass_on(client, server))
        _pass_on(server, client)


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):  # either side may leave at any time
        while chunk := source.recv(_CHUNK_BYTES):
            sink.sendall(chunk)
    for each in (source, sink):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
