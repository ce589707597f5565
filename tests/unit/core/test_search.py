"""Search over a catalogue of cameras."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.branch import Level
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
    assert set(steps) == {None}
    assert len(steps) >= len({camera.kelurahan_code for camera in catalog.cameras.values()})
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
    found = index.find("  ")
    assert tuple(found) == index.groups and found.count == len(CATALOG.cameras)
    assert len(indexed(EMPTY_CATALOG)) == 0


def test_a_changed_catalogue_takes_over_what_has_not_changed() -> None:
    index = indexed(CATALOG)
    renamed = replace(CAMERAS[2], name="Pasar Baru")
    later = indexed(replace(CATALOG, cameras={**CATALOG.cameras, renamed.id: renamed}), index)
    assert later.groups[2] is index.groups[2]
    assert [entry.id for group in later.find("baru") for entry in group.cameras] == ["id-3"]
    assert not later.find("elysee") and not later.find("elysee").count


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


def ids(index: CameraIndex, query: str) -> list[str]:
    return [entry.id for group in index.find(query) for entry in group.cameras]


def named(*names: str) -> CameraIndex:
    """An index of cameras of these names, all in one kelurahan; their ids are their numbers from 1."""
    cameras = [camera(number, name, GAMBIR) for number, name in enumerate(names, start=1)]
    return indexed(Catalog({entry.id: entry for entry in cameras}, {GAMBIR: Area(GAMBIR, "Gambir")}))


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("harmini", "a wrong letter"),
        ("harmni", "a missing letter"),
        ("harmooni", "a letter too many"),
        ("hramoni", "two letters swapped"),
        ("harmonii", "a letter too many at the end"),
        ("jarmoni", "a wrong first letter"),
        ("armoni", "within the word all the same"),
        ("simpnag", "another word"),
        ("harnon", "a wrong letter and the end not typed yet"),
        ("gamber", "the kelurahan"),
        ("HÀRMINI simpang", "with accents, and another word"),
    ],
)
def test_one_letter_may_be_off(typed: str, what: str) -> None:
    assert ids(named("Simpang Harmoni"), typed) == ["id-1"], what


@pytest.mark.parametrize("typed", ["hermini", "hramino", "smp", "psar", "harmonika x", "pasra baru"])
def test_two_letters_may_not_be_off_nor_one_of_three(typed: str) -> None:
    assert ids(named("Simpang Harmoni", "Pos"), typed) == []


def test_a_word_of_four_letters_is_forgiven_as_a_whole_only() -> None:
    index = named("Waru", "Warung")
    assert ids(index, "wary") == ["id-1"]
    assert ids(index, "wau") == [], "three letters are too few"


def test_a_number_is_never_forgiven_a_digit() -> None:
    assert ids(named("Gerbang Satu", "Gerbang Dua"), "jkt-0003") == []
    assert ids(named("Gerbang 1234"), "1235") == []


def test_the_closest_come_first_and_similar_ones_last_and_marked() -> None:
    index = named("Harmonis", "Pusat Baharmoni", "Harmoni", "Harmono")
    groups = index.find("harmoni")
    assert [[entry.id for entry in group.cameras] for group in groups] == [["id-3"], ["id-1"], ["id-2"], ["id-4"]]
    assert [group.is_similar for group in groups] == [False, False, False, True]


def test_a_camera_is_as_close_as_its_least_close_word() -> None:
    assert ids(named("Damai Harmono", "Harmoni Damai", "Damai"), "damai harmoni") == ["id-2", "id-1"]


def test_a_camera_is_found_by_its_aliases() -> None:
    known = replace(CAMERAS[3], aliases=("Bangjo Lama", "Pos Polisi Äcu"))
    index = indexed(replace(CATALOG, cameras={**CATALOG.cameras, known.id: known}))
    assert ids(index, "bangjo") == ids(index, "acu polisi") == ["id-4"]


def test_a_word_that_is_longer_than_any_is_not_found() -> None:
    assert ids(named("Harmoni"), "h" * 40) == []
    assert ids(named("x" * 50), "x" * 40) == ["id-1"]


def test_the_same_cameras_are_listed_by_police_unit() -> None:
    placed = at_site(replace(CAMERAS[0], jurisdiction=Jurisdiction("PMJ", "PMJ-01")), "Harmoni")
    index = indexed(Catalog({placed.id: placed, CAMERAS[3].id: CAMERAS[3]}, {}))
    polda, unnamed = index.units
    assert (polda.level, polda.key, polda.count) == (Level.POLDA, "PMJ", 1)
    assert [site.name for site in polda.branches[0].branches] == ["Harmoni"]
    assert unnamed.cameras == (CAMERAS[3],)


def test_a_camera_without_a_word_can_be_indexed() -> None:
    nameless = replace(CAMERAS[0], code="\u0301", name="\u0301", kelurahan_code=AreaCode("\u0301"))
    index = indexed(Catalog({nameless.id: nameless}, {}))
    assert len(index) == 1 and not index.find("a")


def test_a_kelurahan_that_gets_another_name_is_found_by_it() -> None:
    index = indexed(CATALOG)
    renamed = replace(CATALOG, areas={**CATALOG.areas, GAMBIR: Area(GAMBIR, "Merdeka")})
    assert ids(indexed(renamed, index), "merdeka") == ["id-2", "id-1"]


LETTERS = st.text("abcd", min_size=5, max_size=8)


def distance(first: str, second: str) -> int:
    """The number of letters to change, add, take away or swap with the next: the textbook's table."""
    table = [[max(row, column) for column in range(len(second) + 1)] for row in range(len(first) + 1)]
    for row in range(1, len(first) + 1):
        for column in range(1, len(second) + 1):
            change = table[row - 1][column - 1] + (first[row - 1] != second[column - 1])
            table[row][column] = min(table[row - 1][column] + 1, table[row][column - 1] + 1, change)
            is_swap = first[row - 2 : row] == second[column - 2 : column][::-1] and min(row, column) > 1
            if is_swap:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@given(LETTERS, LETTERS)
def test_similar_is_what_the_textbook_says(word: str, typed: str) -> None:
    closest = min(distance(word[:end], typed) for end in range(len(word) + 1))
    assert bool(ids(named(word), typed)) == (closest <= 1 or typed in word)


def test_a_name_of_thousands_of_digits_can_be_ordered() -> None:
    hostile = camera(5, "9" * 5000, GAMBIR)
    assert len(indexed(Catalog({hostile.id: hostile}, {})).groups) == 1


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_index_without_cameras_finds_nothing() -> None:
    for query in ("", "harmoni"):
        assert not list(CameraIndex().find(query)) and CameraIndex().find(query).count == 0
