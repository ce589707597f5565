"""Queries: what officers write, in two languages, which cameras it means, and where those stand."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.camera_query import QUERY_MAX_LENGTH, CameraQuery, Kind, Term, matching, parse_query, placed
from app.core.errors import ConfigError
from app.core.model import (
    EMPTY_CATALOG,
    Area,
    AreaCode,
    Camera,
    CameraId,
    Catalog,
    Jurisdiction,
    Lifecycle,
    PrivacyClass,
    Site,
    SiteId,
)

AREAS = {
    "31": "Daerah Khusus Ibukota Jakarta",
    "31.71": "Kota Administrasi Jakarta Pusat",
    "31.71.01": "Gambir",
    "31.71.01.1001": "Gambir",
    "31.71.01.1002": "Cideng",
    "31.71.07": "Tanah Abang",
    "31.71.07.1001": "Gelora",
    "31.74": "Kota Administrasi Jakarta Selatan",
    "31.74.01": "Tebet",
    "31.74.01.1001": "Tebet Barat",
}
PUBLIC, PRIVATE = PrivacyClass.PUBLIC_STREET, PrivacyClass.PRIVATE_OFFICE


def camera(code: str, name: str, area: str, polsek: str, **changes: object) -> Camera:
    units = Jurisdiction("PMJ", polsek[:6], polsek, f"{polsek}-1") if polsek else Jurisdiction()
    made = Camera(CameraId(code), 1, f"JKT-{code}", name, AreaCode(area), units, (), privacy=PUBLIC)
    return replace(made, **changes)


def site(name: str) -> Site:
    return Site(SiteId(f"site_{len(name)}"), name)


CAMERAS = (
    camera("10", "Simpang 10", "31.71.01.1001", "PMJ-0101", site=site("Pasar Senen")),
    camera("9", "Simpang 9", "31.71.01.1001", "PMJ-0101", site=site("Pasar Sénen")),
    camera("11", "Lobi", "31.71.01.1001", "PMJ-0101", privacy=PRIVATE),
    camera("12", "Gerbang", "31.71.01.1002", "PMJ-0101", lifecycle=Lifecycle.MAINTENANCE),
    camera("13", "Gerbang 2", "31.71.01.1002", "PMJ-0107"),
    camera("20", "Stadion", "31.71.07.1001", "PMJ-0107", site=site("Stadion")),
    camera("21", "Stadion Barat", "31.71.07.1001", "PMJ-0107", lifecycle=Lifecycle.PLANNED),
    camera("30", "Rel", "31.74.01.1001", "PMJ-0401", privacy=PrivacyClass.UNKNOWN),
    camera("40", "Pos", "ELSEWHERE", ""),
)
CATALOG = Catalog(
    {each.id: each for each in CAMERAS},
    {AreaCode(code): Area(AreaCode(code), name) for code, name in AREAS.items()},
)


def found(text: str) -> str:
    return " ".join(matching(parse_query(text), CATALOG))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("kelurahan Gambir", "11 9 10"),
        ("kelurahan Gambir, public street", "9 10"),
        ("kelurahan Gambir, jalan umum, aktif", "9 10"),
        ("KEL. gambir,Public_Street", "9 10"),
        ("kelurahan 31.71.01.1001", "11 9 10"),
        ("kelurahan Gam", ""),
        ("kelurahan Gambir, kelurahan Cideng", "13 11 9 10"),
        ("kecamatan Gambir", "13 11 9 10"),
        ("kec Gambir, kelurahan Cideng", "13"),
        ("kota Jakarta Pusat", "13 11 9 10 20"),
        ("city Kota Administrasi Jakarta Selatan", "30"),
        ("polsek Tanah Abang", "13 20"),
        ("polsek Metro Tanah Abang", "13 20"),
        ("polsek pmj-0107", "13 20"),
        ("polsek Gambir", "11 9 10"),
        ("polsek Nowhere", ""),
        ("polres Metro Jakarta Pusat", "13 11 9 10 20"),
        ("subsektor Gelora", "13 20"),
        ("polda PMJ", "13 11 9 10 20 30"),
        ("polda Metro Jaya", ""),
        ("site Pasar Senen", "9 10"),
        ("lokasi stadion", "20"),
        ("site site_7", "20"),
        ("JKT-1", "13 11 10"),
        ("kode jkt-2", "20"),
        ("code pos", ""),
        ("private office", "11"),
        ("kantor swasta, jalan umum, kelurahan gambir", "11 9 10"),
        ("maintenance", "12"),
        ("pemeliharaan, aktif, kelurahan Cideng", "12 13"),
        ("direncanakan", "21"),
        (" , kelurahan Gambir,, publik ,", "9 10"),
        ("active", "13 40 11 9 10 20 30"),
    ],
)
def test_a_query_finds_cameras_in_reading_order(text: str, ids: str) -> None:
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "a query needs a term"),
        (" , ,", "a query needs a term"),
        ("kelurahan Gambir, Harmoni", "the term ‘Harmoni’ is not understood"),
        ("kelurahan", "the term ‘kelurahan’ lacks a name"),
        ("Polsek: , aktif", "the term ‘Polsek:’ lacks a name"),
        ("kode " + "x" * QUERY_MAX_LENGTH, "at most 200 characters, not 205"),
    ],
)
def test_a_query_that_is_not_understood_is_refused_by_its_term(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        parse_query(text)


def test_a_query_keeps_its_authors_words_on_one_line() -> None:
    query = CameraQuery(" Kelurahan\u202e  Gambir,\naktif ")
    assert query.text == "Kelurahan Gambir, aktif"
    assert query.terms == (Term(Kind.KELURAHAN, "gambir"), Term(Kind.LIFECYCLE, "active"))
    assert query == parse_query("Kelurahan Gambir, aktif")


@given(st.text())
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except ConfigError:
        return
    assert parse_query(query.text) == query
    matching(query, CATALOG)


def test_an_empty_catalogue_has_no_camera() -> None:
    assert matching(parse_query("polsek Tanah Abang, kelurahan Gambir"), EMPTY_CATALOG) == ()


def test_ten_thousand_cameras_are_asked_fast() -> None:
    cameras = [
        camera(f"{number:05d}", f"Simpang {number} Utara", f"31.71.01.{1001 + number % 260}", "PMJ-0101")
        for number in range(10_000)
    ]
    catalog = replace(CATALOG, cameras={each.id: each for each in cameras})
    query = parse_query("kecamatan Gambir, polsek Gambir, jalan umum, JKT-0")
    best_s = min(_seconds(query, catalog) for _ in range(5))
    assert best_s < 0.5, "20 ms are the aim; this bound only finds a wrong order of growth"


def _seconds(query: CameraQuery, catalog: Catalog) -> float:
    start_s = time.perf_counter()
    assert len(matching(query, catalog)) == 10_000
    return time.perf_counter() - start_s


# ---- places


def ids(text: str) -> tuple[CameraId, ...]:
    return tuple(map(CameraId, text))


def on_tiles(text: str) -> dict[int, CameraId]:
    """`a.c`: a on tile 1, c on tile 3."""
    return {number: CameraId(each) for number, each in enumerate(text, start=1) if each != "."}


@pytest.mark.parametrize(
    ("before", "found_now", "tiles", "after"),
    [
        ("", "abc", 4, "abc"),
        ("", "abcd", 2, "ab"),
        ("abc", "abc", 4, "abc"),
        ("abc", "ac", 4, "a.c"),
        ("abc", "acd", 4, "adc"),
        ("abc", "dcba", 4, "abcd"),
        ("ab", "xyzab", 2, "ab"),
        ("abcd", "bd", 2, "db"),
        ("aab", "ab", 3, "a.b"),
        ("abc", "", 4, ""),
    ],
)
def test_cameras_that_stay_keep_their_tile(before: str, found_now: str, tiles: int, after: str) -> None:
    assert placed(on_tiles(before), ids(found_now), tiles) == on_tiles(after)


def test_the_hotspot_takes_no_camera_of_a_query() -> None:
    assert placed(on_tiles("xa"), ids("abx"), 4, hotspot=1) == on_tiles(".abx")


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(ids("abcdef"))), st.permutations(ids("abcdef")))
def test_every_place_holds_a_found_camera_once(before: dict[int, CameraId], order: list[CameraId]) -> None:
    after = placed(before, order[:4], 6)
    assert sorted(after.values()) == sorted(order[:4])
    assert list(after) == sorted(after) and set(after) <= set(range(1, 7))
    assert placed(after, order[:4], 6) == after
