"""Search over a catalogue of cameras."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import EMPTY_CATALOG, Area, AreaCode, Camera, CameraId, Catalog, Jurisdiction, Site, SiteId
from app.core.search import CameraIndex, fold, index_in_steps

GAMBIR, CIDENG = AreaCode("31.71.01.1001"), AreaCode("31.71.01.1002")


def camera(number: int, name: str, area: AreaCode) -> Camera:
    return Camera(CameraId(f"id-{number}"), 1, f"JKT-{number:04d}", name, area, Jurisdiction(), ())


CAMERAS = (
    camera(1, "Simpang Harmoni 10", GAMBIR),
    camera(2, "Simpang Harmoni 9", GAMBIR),
    camera(3, "Pasar Café Élysée", CIDENG),
    camera(4, "Gerbang", AreaCode("31.99.99.9999")),
)
CATALOG = Catalog(
    {entry.id: entry for entry in CAMERAS}, {GAMBIR: Area(GAMBIR, "Gambir"), CIDENG: Area(CIDENG, "Cideng")}
)


def indexed(catalog: Catalog, previous: CameraIndex | None = None) -> CameraIndex:
    *steps, index = index_in_steps(catalog, previous or CameraIndex())
    assert steps == [None] * len({camera.kelurahan_code for camera in catalog.cameras.values()})
    assert index is not None
    return index


def at_site(entry: Camera, name: str) -> Camera:
    return replace(entry, site=Site(SiteId(f"site-{name}"), name))


def found(query: str) -> list[str]:
    return [entry.id for group in indexed(CATALOG).find(query) for entry in group.cameras]


def test_groups_are_ordered_by_name_and_cameras_as_people_count() -> None:
    index = indexed(CATALOG)
    assert [group.name for group in index.groups] == ["31.99.99.9999", "Cideng", "Gambir"]
    assert [entry.id for entry in index.groups[2].cameras] == ["id-2", "id-1"]
    assert len(index) == 4


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("harmoni", ["id-2", "id-1"]),
        ("HARMONI gambir", ["id-2", "id-1"]),
        ("gambir 10", ["id-1"]),
        ("jkt-0003", ["id-3"]),
        ("cafe elysee", ["id-3"]),
        ("cideng", ["id-3"]),
        ("harmoni cideng", []),
        ("9gambir", []),
        ("31.99", ["id-4"]),
    ],
)
def test_every_word_must_be_in_code_name_site_or_kelurahan(query: str, ids: list[str]) -> None:
    assert found(query) == ids


def test_an_empty_query_finds_everything() -> None:
    index = indexed(CATALOG)
    assert index.find("  ") is index.groups
    assert len(indexed(EMPTY_CATALOG)) == 0


def test_a_changed_catalogue_takes_over_what_has_not_changed() -> None:
    index = indexed(CATALOG)
    renamed = replace(CAMERAS[2], name="Pasar Baru")
    later = indexed(replace(CATALOG, cameras={**CATALOG.cameras, renamed.id: renamed}), index)
    assert later.groups[2] is index.groups[2]
    assert [entry.id for group in later.find("baru") for entry in group.cameras] == ["id-3"]
    assert later.find("elysee") == ()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("GRAHA sentosa", ["id-6", "id-5"]),
        ("lobi sentosa", ["id-5"]),
        ("graha cideng", ["id-6"]),
        ("ragraha", []),
        ("sentosacideng", []),
        ("site-graha", []),
    ],
)
def test_a_camera_is_found_by_its_sites_name_too(query: str, ids: list[str]) -> None:
    lobby = at_site(camera(5, "Lobi", GAMBIR), "Graha Séntosa")
    garage = at_site(camera(6, "Parkir Graha Sentosa B1", CIDENG), "Graha Sentosa")
    catalog = replace(CATALOG, cameras={**CATALOG.cameras, lobby.id: lobby, garage.id: garage})
    assert [entry.id for group in indexed(catalog).find(query) for entry in group.cameras] == ids


def test_a_camera_that_comes_to_another_site_is_found_there() -> None:
    index = indexed(CATALOG)
    moved = at_site(CAMERAS[2], "Wisma Bhakti")
    later = indexed(replace(CATALOG, cameras={**CATALOG.cameras, moved.id: moved}), index)
    assert [entry.id for group in later.find("bhakti") for entry in group.cameras] == ["id-3"]


def test_a_name_of_thousands_of_digits_can_be_ordered() -> None:
    hostile = camera(5, "9" * 5000, GAMBIR)
    assert len(indexed(Catalog({hostile.id: hostile}, {})).groups) == 1


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
