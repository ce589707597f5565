from __future__ import annotations

import gzip
import json
import logging
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.model import (
    Area,
    AreaCode,
    Camera,
    CameraId,
    Catalog,
    Codec,
    Jurisdiction,
    Lifecycle,
    Location,
    PrivacyClass,
    Profile,
    Site,
    SiteId,
    StreamProfile,
)
from app.registry.cache import FILE_NAME, CatalogCache, KeptCatalog

URL, POST = "https://registry.example", "post_1"


def make_camera(number: int, name: str = "Simpang") -> Camera:
    return Camera(
        id=CameraId(f"00000000-0000-4000-8000-{number:012}"),
        rev=number,
        code=f"JKT-{number:05}",
        name=f"{name} {number}",
        kelurahan_code=AreaCode("31.71.01.1004"),
        jurisdiction=Jurisdiction("PMJ", "PMJ-01"),
        profiles=(
            StreamProfile(Profile.SUB, Codec.H264, 640, 360, 15.0, 512, 1.0),
            StreamProfile(Profile.MAIN, Codec.UNKNOWN),
        ),
        site=None if number % 5 else Site(SiteId(f"site_{number:05}"), f"Graha {number}"),
        location=None if number % 2 else Location(-6.1, 106.8, 210.0, None),
        credential_version=7,
        lifecycle=Lifecycle.MAINTENANCE,
        privacy=PrivacyClass.PRIVATE_OFFICE,
        max_sessions=6 if number % 3 else None,
        aliases=() if number % 4 else (f"Bangjo {number}", "Pos"),
    )


def make_kept(*cameras: Camera) -> KeptCatalog:
    areas = {AreaCode("31"): Area(AreaCode("31"), "Jakarta")}
    catalog = Catalog({camera.id: camera for camera in cameras}, areas, "c1", "e1")
    return KeptCatalog(catalog, '"s1"', '"a1"')


@pytest.fixture
def cache(tmp_path: Path) -> CatalogCache:
    return CatalogCache(tmp_path / "cache", URL, POST)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / FILE_NAME


def test_a_catalogue_comes_back_as_it_was(cache: CatalogCache) -> None:
    kept = make_kept(*map(make_camera, range(1, 200)))
    cache.save(kept)
    assert cache.load() == kept


def test_there_is_nothing_before_the_first_save(cache: CatalogCache) -> None:
    assert cache.load() is None


def test_an_empty_catalogue_is_one_too(cache: CatalogCache) -> None:
    cache.save(make_kept())
    assert cache.load() == make_kept()


@pytest.mark.parametrize(("url", "post"), [(URL + "/x", POST), (URL, "post_2")])
def test_another_posts_catalogue_is_not_shown(cache: CatalogCache, tmp_path: Path, url: str, post: str) -> None:
    cache.save(make_kept(make_camera(1)))
    assert CatalogCache(tmp_path / "cache", url, post).load() is None


def test_the_file_names_no_host_and_only_known_members(cache: CatalogCache, file: Path) -> None:
    cache.save(make_kept(make_camera(1), make_camera(2)))
    text = gzip.decompress(file.read_bytes()).decode()
    assert "registry.example" not in text and POST not in text and "://" not in text
    names = {name for line in text.splitlines() for name in json.loads(line)}
    head = {"schema", "post", "cursor", "epoch", "etag", "areas_etag", "areas", "cameras"}
    camera = {"id", "rev", "code", "name", "jurisdiction", "site", "location", "device", "profiles"}
    assert names == head | camera | {"credential", "status", "privacy", "aliases"}


@pytest.mark.parametrize("name", ["rtsp://admin:pw@10.0.0.1/x", "http://10.0.0.1"])
def test_an_address_is_never_written(
    cache: CatalogCache, file: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    cache.save(make_kept(make_camera(1)))
    before = file.read_bytes()
    cache.save(make_kept(make_camera(1), make_camera(2, name)))
    assert file.read_bytes() == before and list(file.parent.iterdir()) == [file]
    assert "holds an address" in caplog.text and "10.0.0.1" not in caplog.text


def test_an_address_for_a_sites_name_is_never_written(cache: CatalogCache, file: Path) -> None:
    cache.save(make_kept(replace(make_camera(1), site=Site(SiteId("s"), "rtsp://10.0.0.1/x"))))
    assert not list(file.parent.iterdir())


def test_an_address_for_an_alias_is_never_written(cache: CatalogCache, file: Path) -> None:
    cache.save(make_kept(replace(make_camera(1), aliases=("Pos", "rtsp://10.0.0.1/x"))))
    assert not list(file.parent.iterdir())


def test_the_file_is_for_its_owner_alone(cache: CatalogCache, file: Path) -> None:
    cache.save(make_kept(make_camera(1)))
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("keep", [0, 5, 100, -9, -1])
def test_a_torn_file_is_left_out_with_a_warning(
    cache: CatalogCache, file: Path, keep: int, caplog: pytest.LogCaptureFixture
) -> None:
    cache.save(make_kept(*map(make_camera, range(1, 50))))
    file.write_bytes(file.read_bytes()[:keep])
    assert cache.load() is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def rewrite(file: Path, change: dict[str, object]) -> None:
    head, *rest = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    file.write_bytes(gzip.compress("".join([json.dumps({**json.loads(head), **change}) + "\n", *rest]).encode()))


@pytest.mark.parametrize(
    "change",
    [{"schema": 2}, {"schema": 4}, {"cameras": 3}, {"cameras": "2"}, {"areas": -1}, {"cursor": 5}, {"post": None}],
)
def test_a_file_of_another_form_is_left_out(cache: CatalogCache, file: Path, change: dict[str, object]) -> None:
    cache.save(make_kept(make_camera(1), make_camera(2)))
    rewrite(file, {})
    assert cache.load() is not None
    rewrite(file, change)
    assert cache.load() is None


@given(st.binary(max_size=300), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_read_or_left_out(cache: CatalogCache, file: Path, content: bytes, is_packed: bool) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(gzip.compress(content) if is_packed else content)
    assert cache.load() is None


def test_a_folder_that_cannot_be_written_costs_a_warning_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "blocked").write_text("a file")
    CatalogCache(tmp_path / "blocked", URL, POST).save(make_kept(make_camera(1)))
    assert "could not be kept" in caplog.text


def test_a_stopped_cache_gives_up_and_leaves_the_older_file(cache: CatalogCache, file: Path) -> None:
    cache.save(make_kept(make_camera(1)))
    before = file.read_bytes()
    cache.stop()
    cache.save(make_kept(*map(make_camera, range(1, 500))))
    assert file.read_bytes() == before and list(file.parent.iterdir()) == [file]


def test_ten_thousand_cameras_load_quickly(cache: CatalogCache) -> None:
    cache.save(make_kept(*map(make_camera, range(1, 10_001))))
    started_s = time.monotonic()
    kept = cache.load()
    assert kept is not None and len(kept.catalog.cameras) == 10_000
    assert time.monotonic() - started_s < 5.0  # 0.5 s on an idle core
