"""RTSPS: a host plays a camera whose certificate an authority of ours signed, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.failure import Reason
from app.core.model import Endpoint
from app.core.ports import StreamFailed
from tests.support import odd_camera
from tests.support.simulated_cameras import Cameras, simulated_cameras
from tests.support.tls_relay import LOOPBACK, Identity, TlsRelay, make_identity
from tests.support.video_kit import HOST_COMMAND, Wall, running_wall
from tests.waiting import until


@dataclass(frozen=True, slots=True)
class City:
    """Cameras behind TLS, and a wall that believes the city's authority."""

    cameras: Cameras
    authority: Identity
    wall: Wall
    folder: Path

    def failure(self, identity: Identity) -> Reason | None:
        """Why a camera with that certificate does not play, None where it does."""
        with TlsRelay(identity.write(self.folder / "camera.pem"), self.cameras.port) as relay:
            endpoint = Endpoint("rtsps", LOOPBACK, relay.port, self.cameras.endpoint().path)
            stream = self.wall.open(endpoint, self.cameras.username, self.cameras.secret)
            until(lambda: stream.pictures >= 3 or self.wall.messages_of(StreamFailed, stream.key))
            failed = self.wall.messages_of(StreamFailed, stream.key)
            if not failed:
                self.wall.supervisor.close(stream.key, stream.generation)
                self.wall.wait_closed(stream)
        return failed[0].failure.reason if failed else None


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    authority = make_identity("City authority")
    ca_file = authority.write_certificate(folder / "ca.pem")
    with simulated_cameras() as cameras, running_wall((*HOST_COMMAND, "--ca-file", str(ca_file))) as wall:
        wall.prepare(1)
        yield City(cameras, authority, wall, folder)


def test_camera_that_our_authority_vouches_for_plays(city: City) -> None:
    assert city.failure(make_identity("camera", city.authority)) is None


def test_camera_that_vouches_for_itself_is_refused(city: City) -> None:
    assert city.failure(make_identity("camera")) is Reason.TLS


def test_camera_of_another_authority_is_refused(city: City) -> None:
    assert city.failure(make_identity("camera", make_identity("City authority"))) is Reason.TLS


def test_certificate_of_another_address_is_refused(city: City) -> None:
    assert city.failure(make_identity("camera", city.authority, address="10.1.2.3")) is Reason.TLS


def test_expired_certificate_is_refused(city: City) -> None:
    assert city.failure(make_identity("camera", city.authority, valid_days=-1)) is Reason.TLS


def test_camera_without_tls_is_not_spoken_to_in_the_clear(city: City) -> None:
    endpoint = Endpoint("rtsps", LOOPBACK, city.cameras.port, city.cameras.endpoint().path)
    failed = city.wall.wait_failed(city.wall.open(endpoint, city.cameras.username, city.cameras.secret))
    assert failed.failure.reason in (Reason.TLS, Reason.NO_ANSWER)


def test_handshake_that_nobody_answers_is_no_bad_certificate(city: City) -> None:
    """A jammed link does that, too: it heals, and a bad certificate would be waited out for minutes."""
    with odd_camera.OddCamera(odd_camera.silent) as camera:
        failed = city.wall.wait_failed(city.wall.open(Endpoint("rtsps", LOOPBACK, camera.port, "/stream")))
    assert failed.failure.reason is Reason.NO_ANSWER


def test_stranger_is_refused_by_a_host_without_an_authority_of_its_own(city: City) -> None:
    identity = make_identity("camera", city.authority)
    with running_wall() as wall:
        assert City(city.cameras, city.authority, wall, city.folder).failure(identity) is Reason.TLS
