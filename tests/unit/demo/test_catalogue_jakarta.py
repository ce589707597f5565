"""The demo's catalogue: 10,000 invented cameras in real kelurahan, the same on every machine."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from uuid import UUID

import pytest

from app.demo.catalogue.areas import Jakarta, load_jakarta
from app.demo.catalogue.jakarta import CAMERAS, camera_id, jakarta_catalogue
from app.demo.catalogue.names import KelurahanNames, load_words
from app.demo.catalogue.record import Camera, Catalogue, Site
from app.demo.scenes import CLIP_FORMATS, Fault, Place, Profile, fault_for, scene_for

FIRST_WORDS = {
    Place.STREET: {"Simpang", "Jalan", "Perempatan", "Jembatan", "Pertigaan", "Halte", "Bundaran", "Terminal"},
    Place.MARKET: {"Pasar"},
    Place.OFFICE: {"Lobi", "Kantor", "Parkir"},
    Place.GATE: {"Gerbang", "Pintu"},
}
SITE_CAMERAS_MAX = 4
"""As many as are asked in one second by a console that spares a site's uplink."""
CENTRES_DEG = {
    "31.71": (-6.18, 106.83),
    "31.72": (-6.14, 106.86),
    "31.73": (-6.17, 106.76),
    "31.74": (-6.26, 106.81),
    "31.75": (-6.23, 106.90),
    "31.01": (-5.75, 106.61),
}
ISLANDS = "31.01"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return jakarta_catalogue()


@pytest.fixture(scope="module")
def jakarta() -> Jakarta:
    return load_jakarta()


def healthy(catalogue: Catalogue) -> list[Camera]:
    return [camera for camera in catalogue.cameras if fault_for(camera.code) is None]


def kelurahan_of(camera: Camera) -> str:
    return camera.jurisdiction.kelurahan_code


def test_there_are_ten_thousand_cameras_with_codes_in_order(catalogue: Catalogue) -> None:
    assert [camera.code for camera in catalogue.cameras] == [f"JKT-{n:05d}" for n in range(1, CAMERAS + 1)]
    assert len({camera.id for camera in catalogue.cameras}) == CAMERAS == 10_000


def test_no_two_cameras_of_a_kelurahan_share_a_name(catalogue: Catalogue) -> None:
    assert len({(kelurahan_of(camera), camera.name) for camera in catalogue.cameras}) == CAMERAS


def test_every_kelurahan_of_jakarta_has_cameras_and_the_islands_have_few(
    catalogue: Catalogue, jakarta: Jakarta
) -> None:
    counts = Counter(kelurahan_of(camera) for camera in catalogue.cameras)
    assert counts.keys() == jakarta.by_code.keys()
    assert len(counts) == 267
    mainland = [count for code, count in counts.items() if not code.startswith(ISLANDS)]
    islands = [count for code, count in counts.items() if code.startswith(ISLANDS)]
    assert max(islands) < min(mainland)
    assert max(mainland) < 60


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("31.71.01.1001", "Gambir"),
        ("31.71.07.1007", "Kampung Bali"),
        ("31.73.04.1011", "Duri Selatan"),
        ("31.74.07.1010", "Cipete Utara"),
        ("31.75.10.1008", "Ceger"),
        ("31.01.02.1003", "Pulau Pari"),
    ],
)
def test_areas_have_their_decreed_names(jakarta: Jakarta, code: str, name: str) -> None:
    assert jakarta.by_code[code].area.name == name
    assert jakarta.by_name[name.casefold()].area.code == code


def test_areas_are_complete_and_follow_their_parents(jakarta: Jakarta) -> None:
    areas = jakarta.jurisdictions(has_invented_cameras=True).areas
    assert Counter(area.kind for area in areas) == {"province": 1, "city": 6, "kecamatan": 44, "kelurahan": 267}
    seen: set[str] = set()
    for area in areas:
        assert "." not in area.code or area.code.rpartition(".")[0] in seen
        seen.add(area.code)
    assert len(seen) == len(areas)


def test_every_camera_is_answered_for_by_known_units(catalogue: Catalogue) -> None:
    parents = {unit.code: unit.parent for unit in catalogue.jurisdictions.units}
    for camera in catalogue.cameras:
        place = camera.jurisdiction
        assert parents[place.subsector] == place.polsek
        assert parents[place.polsek] == place.polres
        assert parents[place.polres] == place.polda == "PMJ"


def test_catalogue_says_what_is_invented(catalogue: Catalogue) -> None:
    note = catalogue.jurisdictions.note or ""
    assert "300.2.2-2430" in note
    assert "cameras, their names, positions and owners are invented" in note


def test_name_fits_what_the_camera_shows(catalogue: Catalogue) -> None:
    for camera in healthy(catalogue):
        assert camera.name.split()[0] in FIRST_WORDS[scene_for(camera.code).place]


def test_faulty_cameras_are_found_by_uji_and_say_what_is_wrong(catalogue: Catalogue) -> None:
    faulty = [camera for camera in catalogue.cameras if camera.name.startswith("Uji gangguan – ")]
    assert [camera.code for camera in faulty] == [f"JKT-{n:05d}" for n in range(9_988, 10_001)]
    names = {fault_for(camera.code): camera.name for camera in faulty}
    assert names.keys() == set(Fault)
    assert names[Fault.WRONG_PASSWORD] == "Uji gangguan – kata sandi salah"
    assert not any("Uji" in camera.name for camera in healthy(catalogue))


def site_of(camera: Camera) -> Site:
    assert camera.site is not None
    return camera.site


def by_site(catalogue: Catalogue) -> list[list[Camera]]:
    sites: dict[str, list[Camera]] = {}
    for camera in catalogue.cameras:
        sites.setdefault(site_of(camera).id, []).append(camera)
    return list(sites.values())


def test_a_site_is_one_place_of_one_name_with_few_cameras(catalogue: Catalogue) -> None:
    for cameras in by_site(catalogue):
        assert len(cameras) <= SITE_CAMERAS_MAX
        assert len({(kelurahan_of(camera), site_of(camera).name) for camera in cameras}) == 1
        assert len({fault_for(camera.code) is None for camera in cameras}) == 1


def test_no_two_sites_of_a_kelurahan_share_a_name(catalogue: Catalogue) -> None:
    sites = [(kelurahan_of(cameras[0]), site_of(cameras[0]).name) for cameras in by_site(catalogue)]
    assert len(set(sites)) == len(sites) > CAMERAS / SITE_CAMERAS_MAX


def test_a_site_has_the_number_of_its_first_camera(catalogue: Catalogue) -> None:
    for cameras in by_site(catalogue):
        assert site_of(cameras[0]).id == cameras[0].code.replace("JKT-", "site_")


def test_camera_is_named_after_its_site_and_shows_what_is_there(catalogue: Catalogue) -> None:
    for cameras in by_site(catalogue):
        if fault_for(cameras[0].code) is None:
            assert all(site_of(camera).name in camera.name for camera in cameras)
            assert len({scene_for(camera.code).place for camera in cameras}) == 1


def test_faulty_cameras_have_sites_of_their_own(catalogue: Catalogue) -> None:
    faulty = [camera for camera in catalogue.cameras if fault_for(camera.code)]
    assert {site_of(camera).name for camera in faulty} == {f"Uji gangguan {number}" for number in range(1, 6)}
    assert not any("Uji" in site_of(camera).name for camera in healthy(catalogue))


def test_streams_are_those_of_the_scene(catalogue: Catalogue) -> None:
    for camera in catalogue.cameras[:32]:
        scene = scene_for(camera.code)
        for stream, profile in zip(camera.profiles, (Profile.SUB, Profile.MAIN), strict=True):
            clip = CLIP_FORMATS[profile]
            assert (stream.id, stream.role) == (profile.value, profile.value)
            assert stream.codec == scene.codec(profile).value
            assert (stream.width_px, stream.height_px) == (clip.width_px, clip.height_px)
            assert stream.frame_rate_fps == clip.frame_rate_fps


def test_a_fifth_are_private_offices_and_all_of_them_offices(catalogue: Catalogue) -> None:
    private = [each for each in catalogue.cameras if each.privacy and each.privacy.klass == "private_office"]
    assert 0.18 < len(private) / CAMERAS < 0.22
    for camera in private:
        assert scene_for(camera.code).place is Place.OFFICE
        assert camera.owner is not None and camera.owner.kind == "business"
        assert camera.privacy is not None and "security" in camera.privacy.purposes


def test_cameras_stand_near_their_citys_centre_and_none_on_another(catalogue: Catalogue) -> None:
    places: set[tuple[float, float]] = set()
    for camera in catalogue.cameras:
        assert camera.location is not None
        centre = CENTRES_DEG[kelurahan_of(camera)[:5]]
        place = (camera.location.lat_deg, camera.location.lon_deg)
        assert math.dist(place, centre) < 0.1
        places.add(place)
    assert len(places) == CAMERAS


def test_some_cameras_are_called_something_else_as_well(catalogue: Catalogue) -> None:
    aliases = [alias for camera in catalogue.cameras for alias in camera.aliases]
    assert "Bangjo Gambir" in aliases and "Gapura Cideng" in aliases
    assert len(aliases) == len(set(aliases)) and CAMERAS / 50 < len(aliases) < CAMERAS / 5


def test_catalogue_is_the_same_on_every_machine(catalogue: Catalogue) -> None:
    """Another digest needs another `TAG`, or data files would keep the older cameras."""
    lines = (
        f"{camera.code} {camera.id} {camera.name} {kelurahan_of(camera)} "
        f"{camera.location.lat_deg:.6f} {camera.location.lon_deg:.6f} {site_of(camera).id} {site_of(camera).name} "
        f"{camera.aliases}"
        for camera in catalogue.cameras
        if camera.location
    )
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert (catalogue.tag, digest) == (
        "jakarta-3",
        "a7af201d5b63b1cd04fbf3d73ae8bdf8edd9e46ff02ad941b631a9c991ac69fb",
    )
    assert camera_id("JKT-00001") == catalogue.cameras[0].id == UUID("9f811d9d-36aa-5a13-8557-9302cfd0156b")


def test_names_stay_apart_however_many_cameras_a_kelurahan_has() -> None:
    names = KelurahanNames(load_words(), "Pasar Minggu")
    made = [names.next_view(place, camera=1).name for _ in range(35) for place in Place]
    assert len(set(made)) == len(made)
    assert "Pasar Minggu Blok A" in made or "Pasar Minggu Blok B" in made
    assert not any("Pasar Pasar" in name for name in made)
