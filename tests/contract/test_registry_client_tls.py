"""The registry client over TLS: who is believed to be the registry."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from registry_client_parts import Peer, make_identity, running_peer

from app.core.errors import ConfigError, RegistryError
from app.registry.client import RegistryApi

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """A city's certificate authority."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def write(self, folder: Path) -> Path:
        file = folder / "ca.pem"
        file.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return file


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def builder(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, age_days: int) -> x509.CertificateBuilder:
    begin = datetime.now(UTC) - age_days * DAY
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + 10 * DAY)
    )


def make_authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = builder("City CA", "City CA", key, 1)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return Authority(key, made.add_extension(usage, critical=True).sign(key, hashes.SHA256()))


def server_context(
    authority: Authority, folder: Path, address: str = "127.0.0.1", age_days: int = 1
) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    made = builder("registry", "City CA", key, age_days).add_extension(names, critical=False)
    file = folder / "server.pem"
    certificate = made.sign(authority.key, hashes.SHA256()).public_bytes(Encoding.PEM)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@contextmanager
def asking(context: ssl.SSLContext, ca_file: Path | None) -> Iterator[tuple[RegistryApi, Peer]]:
    with running_peer(context) as peer:
        api = RegistryApi(peer.url, make_identity(), ca_file)
        try:
            yield api, peer
        finally:
            api.close()


def test_a_registry_that_the_citys_authority_vouches_for_is_asked(tmp_path: Path) -> None:
    authority = make_authority()
    with asking(server_context(authority, tmp_path), authority.write(tmp_path)) as (api, _peer):
        assert api.meta().epoch == "e1"
        areas = api.jurisdictions()
        assert areas is not None and len(areas.areas) == 1


def refusal(context: ssl.SSLContext, ca_file: Path | None) -> str:
    with asking(context, ca_file) as (api, peer):
        with pytest.raises(RegistryError) as caught:
            api.meta()
        assert caught.value.code == "tls" and api.host in str(caught.value) and not peer.requests
    return str(caught.value)


def test_another_authoritys_registry_is_refused(tmp_path: Path) -> None:
    context = server_context(make_authority(), tmp_path)
    assert "certificate is not accepted" in refusal(context, make_authority().write(tmp_path))


def test_the_system_does_not_vouch_for_the_city(tmp_path: Path) -> None:
    assert "certificate is not accepted" in refusal(server_context(make_authority(), tmp_path), None)


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    authority = make_authority()
    context = server_context(authority, tmp_path, address="127.0.0.2")
    assert "127.0.0.1" in refusal(context, authority.write(tmp_path))


def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    authority = make_authority()
    context = server_context(authority, tmp_path, age_days=30)
    assert "expired" in refusal(context, authority.write(tmp_path))


def test_an_old_version_of_tls_is_refused(tmp_path: Path) -> None:
    authority = make_authority()
    context = server_context(authority, tmp_path)
    with pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    assert "no encrypted connection" in refusal(context, authority.write(tmp_path))


def test_a_plain_server_behind_an_encrypted_address_is_told() -> None:
    with running_peer() as peer:
        api = RegistryApi(peer.url.replace("http://", "https://"))
        with pytest.raises(RegistryError, match="no encrypted connection"):
            api.meta()
        api.close()


@pytest.mark.parametrize("content", [None, b"", b"not a certificate"])
def test_a_certificate_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"certificate file .*ca\.pem"):
        RegistryApi("https://127.0.0.1", ca_file=file)
