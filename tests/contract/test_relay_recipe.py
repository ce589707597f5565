"""A relay between a camera and several posts, as `resources/recipes/relay/` sets one up.

The relay is GStreamer's RTSP server, which is not ours; the camera is the simulator, which counts who plays it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from reference_registry_kit import RegistryProcess
from simulator_kit import PASSWORD, USER, simulator

from app.core.budget import HardwareChoice
from app.core.failure import Reason
from app.core.model import Lease, Profile, StreamKey
from app.core.ports import Output, StreamFailed
from app.core.purpose import LeasePurpose
from app.credentials import Identity, new_private_key, public_jwk
from app.demo.catalogue.jakarta import jakarta_catalogue
from app.demo.registry.relays import read_relays
from app.demo.simulator.journal import Event
from app.demo.simulator.server import SimulatorThread
from app.registry.client import RegistryApi
from app.registry.lease_answer import Granted
from app.registry.parse import CameraParser
from tests.support.gstreamer import require_gstreamer, running_script
from tests.support.video_kit import GENERATION, TILE_PX, Stream, Wall, running_wall, stream_key
from tests.waiting import until

RECIPE = Path(__file__).parents[2] / "resources/recipes/relay"
CODE = "JKT-00001"
RELAY_USER, RELAY_PASSWORD = "pos", "relai:1@"
POSTS = 3
TRIES = 8
"""A first request may be answered 503 while the relay's pipeline warms up."""


@dataclass(frozen=True, slots=True)
class Sector:
    """A camera, its relay, and what the registry leases."""

    camera: SimulatorThread
    lease: Lease
    relay: ExitStack
    """Closing it ends the relay."""


@pytest.fixture
def sector(tmp_path: Path) -> Iterator[Sector]:
    require_gstreamer()
    with simulator() as camera, ExitStack() as relay:
        told = {"source": camera.url(f"/sub/{CODE}"), "username": USER, "password": PASSWORD}
        login = {"path": f"/{CODE}/sub", "login": [RELAY_USER, RELAY_PASSWORD]}
        port = relay.enter_context(running_script("gst_relay.py", {**told, **login}))["port"]
        cameras, relays = tmp_path / "cameras.csv", tmp_path / "relays.csv"
        heading = "code,name,kelurahan,main_url,sub_url,username,password"
        urls = f"{camera.url(f'/main/{CODE}')},{camera.url(f'/sub/{CODE}')}"
        cameras.write_text(f"{heading}\n{CODE},Simpang,Gambir,{urls},{USER},{PASSWORD}\n", encoding="utf-8")
        address = f"rtsp://127.0.0.1:{port}/{{code}}/{{profile}}"
        relays.write_text(
            f"jurisdiction,url,username,password\nPMJ-01,{address},{RELAY_USER},{RELAY_PASSWORD}\n",
            encoding="utf-8",
        )
        place = ("--data", tmp_path / "r.sqlite", "--cameras", cameras, "--relays", relays)
        with RegistryProcess(*place) as registry:
            lease = leased(registry)
        yield Sector(camera, lease, relay)


def leased(registry: RegistryProcess) -> Lease:
    """What the wall's own client gets."""
    stranger, key = RegistryApi(registry.url), new_private_key()
    post_id = stranger.enrol(registry.announced["enrolment_code"], public_jwk(key))
    stranger.close()
    api = RegistryApi(registry.url, Identity(post_id, key))
    with api.snapshot() as snapshot:
        assert snapshot is not None
        camera = CameraParser().line(2, next(line for line in snapshot.lines if line))
    wanted = StreamKey(camera.id, Profile.SUB)  # type: ignore[union-attr]
    (granted,) = api.lease({wanted: LeasePurpose.SECURITY}, api.meta().zones)
    api.close()
    assert isinstance(granted, Granted), granted
    return granted.lease


class Post:
    """One post's look at the leased stream; a relay that is still starting is tried again."""

    def __init__(self, wall: Wall, lease: Lease, number: int) -> None:
        self._wall = wall
        self._lease = lease
        self._numbers = iter(range(number, 10_000, 100))
        self._tries = 0
        self._open()

    def _open(self) -> None:
        self._tries += 1
        self._stream = Stream(stream_key(next(self._numbers)), GENERATION, self._wall.slot())
        lease = replace(self._lease, key=self._stream.key)
        self._wall.supervisor.open(lease, GENERATION, [Output(self._stream.slot, *TILE_PX)], HardwareChoice.NEVER)

    def sees(self, pictures: int) -> bool:
        failed = self._wall.messages_of(StreamFailed, self._stream.key)
        if failed:
            assert failed[0].failure.reason is Reason.BUSY and self._tries < TRIES, failed
            self._open()
        return self._stream.pictures >= pictures


def test_posts_share_the_relays_one_session_and_fall_back_to_the_camera(sector: Sector) -> None:
    lease = sector.lease
    assert [each.kind for each in lease.endpoints] == ["relay", "camera"]
    with running_wall() as wall:
        posts = [Post(wall, lease, number) for number in range(1, POSTS + 1)]
        until(lambda: all([post.sees(10) for post in posts]), what="pictures through the relay")
        assert sector.camera.count(CODE, Event.PLAY) == 1
        assert sector.camera.count(CODE, Event.UNAUTHORIZED) <= 1, "a camera asks for the login once"
        sector.relay.close()
        direct = Post(wall, replace(lease, endpoints=lease.endpoints[::-1]), POSTS + 1)
        until(lambda: direct.sees(10), what="pictures of the camera itself")
    assert sector.camera.count(CODE, Event.PLAY) == 2


def test_recipes_relays_serve_the_cameras_of_their_sectors() -> None:
    book = read_relays(RECIPE / "relays.csv")
    cameras = {camera.code: camera for camera in jakarta_catalogue().cameras}
    found = {code: book.access(camera, "sub") for code, camera in cameras.items()}
    assert {access.url.split(":8322/")[0] for access in found.values() if access} == {
        "rtsps://relay-pmj01.registry.example",
        "rtsps://relay-utara.registry.example",
    }
    assert None in found.values(), "the rest of the city has no relay yet"


def test_recipes_media_server_has_the_paths_that_its_relays_file_names() -> None:
    """What can be checked without MediaMTX itself: both files of the recipe speak of the same thing."""
    config = (RECIPE / "mediamtx.yml").read_text(encoding="utf-8")
    (relay, *_) = [
        line.split(",") for line in (RECIPE / "relays.csv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    for profile in ("sub", "main"):
        path = relay[1].split(":8322/")[1].replace("{code}", "JKT-04211").replace("{profile}", profile)
        assert f"\n  {path}:\n" in config
    assert f"user: {relay[2]}\n    pass: {relay[3]}\n" in config
    assert "rtspsAddress: :8322" in config
