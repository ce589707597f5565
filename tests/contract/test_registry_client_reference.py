"""The registry client against the real reference registry, a process of its own."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from registry_client_parts import CANARY, Messages, QuickRandom, ReferenceRegistry, running_registry, wait_until

from app.core.errors import RegistryError
from app.core.model import CameraId, Profile, StreamKey
from app.core.ports import CatalogSynced, LeaseDenied, LeaseGranted, RegistryLost, RegistryReached
from app.core.purpose import LeasePurpose
from app.credentials import Identity, MemoryStore, enrol, load_identity, new_private_key
from app.demo.registry.database import Database
from app.demo.registry.store import CatalogueStore
from app.registry.cache import CatalogCache
from app.registry.client import RegistryApi
from app.registry.problems import RefusalError
from app.registry.sync import RegistryClient

CAMERAS = 10_000


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReferenceRegistry]:
    with running_registry(tmp_path_factory.mktemp("registry")) as running:
        yield running


@pytest.fixture(scope="module")
def identity(registry: ReferenceRegistry) -> Identity:
    """The post that the registry's one code made, and that cannot be made again."""
    api, store = RegistryApi(registry.url), MemoryStore()
    assert load_identity(store, api.url) is None
    found = enrol(api, store, registry.code.lower() + " ")
    assert load_identity(store, api.url) == found and found.post_id
    api.close()
    return found


class Post:
    """A post that works with the registry."""

    def __init__(self, url: str, identity: Identity, folder: Path) -> None:
        self.inbox = Messages()
        api = RegistryApi(url, identity)
        cache = CatalogCache(folder, api.url, identity.post_id)
        self.client = RegistryClient(api, self.inbox, QuickRandom(), cache)
        self.client.start()


@pytest.fixture
def post(registry: ReferenceRegistry, identity: Identity, tmp_path: Path) -> Iterator[Post]:
    found = Post(registry.url, identity, tmp_path / "cache")
    yield found
    found.client.stop()


def test_an_enrolment_code_dies_with_its_use(registry: ReferenceRegistry, identity: Identity) -> None:
    api, store = RegistryApi(registry.url), MemoryStore()
    store.save(api.url, identity)
    with pytest.raises(RefusalError, match="ask IT for a new one") as caught:
        enrol(api, store, registry.code)
    assert caught.value.code == "enrolment-code-invalid" and registry.code not in str(caught.value)
    assert load_identity(store, api.url) == identity
    api.close()


def test_a_post_with_a_strangers_key_is_refused(registry: ReferenceRegistry, identity: Identity) -> None:
    api = RegistryApi(registry.url, Identity(identity.post_id, new_private_key()))
    with pytest.raises(RefusalError) as caught:
        api.jurisdictions()
    assert caught.value.code == "invalid-client"
    api.close()


def test_ten_thousand_cameras_come_with_their_areas_and_can_be_leased(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    synced = post.inbox.take(CatalogSynced)
    catalog = synced.catalog
    assert (
        len(catalog.cameras) > CAMERAS - 2 and not synced.rejects and synced.sync_s < 20.0
    )  # about 1 s when idle
    assert all(catalog.area_name(each.kelurahan_code) != each.kelurahan_code for each in catalog.cameras.values())
    sites = Counter(each.site for each in catalog.cameras.values())
    assert None not in sites and max(sites.values()) <= 4
    keys = [StreamKey(camera_id, Profile.SUB) for camera_id in list(catalog.cameras)[:70]]
    keys.append(StreamKey(CameraId("00000000-0000-4000-8000-000000000000"), Profile.SUB))
    for key in keys:
        post.client.request_lease(key, LeasePurpose.SECURITY)
    granted = [post.inbox.take(LeaseGranted).lease for _ in keys[:-1]]
    assert {lease.key for lease in granted} == set(keys[:-1])
    assert all(lease.secret and lease.endpoints[0].scheme == "rtsp" for lease in granted)
    assert any(lease.secret.reveal() == CANARY for lease in granted)
    wait_until(lambda: [each for each in post.inbox.all if isinstance(each, LeaseDenied)])
    for lease in granted[:3]:
        post.client.release_lease(lease)
    assert CANARY not in repr(post.inbox.all) + caplog.text


def test_changes_arrive_while_the_post_waits(registry: ReferenceRegistry, post: Post) -> None:
    catalog = post.inbox.take(CatalogSynced).catalog
    first, second, *_others = catalog.cameras
    database = Database(registry.data)
    try:
        store = CatalogueStore(database)
        store.delete(UUID(first))
        gone = post.inbox.take(CatalogSynced).catalog
        assert first not in gone.cameras and len(gone.cameras) == len(catalog.cameras) - 1
        store.bump_epoch()
        again = post.inbox.take(CatalogSynced).catalog
    finally:
        database.close()
    assert again.epoch != gone.epoch and again.cameras == gone.cameras and second in again.cameras


def test_the_wall_outlives_its_registry_and_finds_it_again(tmp_path: Path) -> None:
    with running_registry(tmp_path) as first:
        api = RegistryApi(first.url)
        identity = enrol(api, MemoryStore(), first.code)
        api.close()
        post = Post(first.url, identity, tmp_path / "cache")
        try:
            catalog = post.inbox.take(CatalogSynced).catalog
            first.process.kill()
            assert "registry" in str(post.inbox.take(RegistryLost).sentence)
            key = StreamKey(next(iter(catalog.cameras)), Profile.SUB)
            post.client.request_lease(key, LeasePurpose.SECURITY)
            assert "refuses connections" in str(post.inbox.take(LeaseDenied).failure.detail)
            with running_registry(tmp_path, int(first.url.rpartition(":")[2])):
                post.inbox.take(RegistryReached)
                post.client.request_lease(key, LeasePurpose.SECURITY)
                assert post.inbox.take(LeaseGranted).lease.key == key
        finally:
            post.client.stop()


def test_a_second_start_is_answered_from_the_cache_and_confirmed(
    registry: ReferenceRegistry, identity: Identity, tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    first = Post(registry.url, identity, folder)
    catalog = first.inbox.take(CatalogSynced).catalog
    wait_until(lambda: list(folder.glob("*.gz")))
    first.client.stop()
    second = Post(registry.url, identity, folder)
    kept, confirmed = second.inbox.take(CatalogSynced), second.inbox.take(CatalogSynced)
    second.client.stop()
    assert (kept.from_cache, confirmed.from_cache) == (True, False)
    assert kept.catalog == confirmed.catalog == catalog


def test_a_stolen_cache_opens_nothing_at_another_post(
    registry: ReferenceRegistry, identity: Identity, post: Post, tmp_path: Path
) -> None:
    post.inbox.take(CatalogSynced)
    wait_until(lambda: list((tmp_path / "cache").glob("*.gz")))
    shutil.copytree(tmp_path / "cache", tmp_path / "stolen")
    thief = Identity("post_thief", identity.private_key)
    assert CatalogCache(tmp_path / "stolen", registry.url, thief.post_id).load() is None
    api = RegistryApi(registry.url, thief)
    with pytest.raises(RegistryError):
        api.jurisdictions()
    api.close()
