"""Cameras by police unit, and in the order a person reads them."""

from __future__ import annotations

import pytest

from app.core.branch import Branch, Level, UnitTree, reading_key
from app.core.model import AreaCode, Camera, CameraId, Jurisdiction, Site, SiteId

FULL = Jurisdiction("PMJ", "PMJ-01", "PMJ-0101", "PMJ-0101-2")


def camera(number: int, place: Jurisdiction, site: str = "") -> Camera:
    stands = Site(SiteId(f"site-{site}"), site) if site else None
    return Camera(
        CameraId(f"id-{number}"), 1, f"JKT-{number}", f"C{number}", AreaCode("31"), place, (), site=stands
    )


def grown(*cameras: Camera) -> tuple[Branch, ...]:
    tree = UnitTree()
    tree.add(cameras)
    steps = tree.grow()
    while True:
        try:
            assert next(steps) is None
        except StopIteration as end:
            branches: tuple[Branch, ...] = end.value
            return branches


def outline(branch: Branch) -> object:
    inner = [outline(each) for each in branch.branches]
    return (branch.level.value, branch.name, inner, [each.id for each in branch.cameras])


def test_a_camera_lies_below_each_of_its_units_and_its_site() -> None:
    first, second = camera(1, FULL, "Harmoni"), camera(2, FULL, "Harmoni")
    site = ("site", "Harmoni", [], ["id-1", "id-2"])
    sector = ("subsector", "PMJ-0101-2", [site], [])
    (polda,) = grown(first, second)
    assert outline(polda) == (
        "polda",
        "PMJ",
        [("polres", "PMJ-01", [("polsek", "PMJ-0101", [sector], [])], [])],
        [],
    )
    assert polda.count == 2 and polda.all_cameras() == (first, second)


def test_a_level_that_is_not_known_is_passed_over() -> None:
    (polda,) = grown(camera(1, Jurisdiction("PMJ", polsek="PMJ-0101")))
    assert outline(polda) == ("polda", "PMJ", [("polsek", "PMJ-0101", [], ["id-1"])], [])


def test_cameras_without_a_unit_come_last_together() -> None:
    branches = grown(
        camera(1, Jurisdiction(), "Harmoni"), camera(2, Jurisdiction("ZZ")), camera(3, Jurisdiction())
    )
    assert [branch.level for branch in branches] == [Level.POLDA, Level.UNNAMED]
    assert branches[1].count == 2
    assert [each.id for each in branches[1].all_cameras()] == ["id-1", "id-3"], "branches before cameras"


def test_units_and_sites_come_in_reading_order() -> None:
    places = [Jurisdiction("P-10"), Jurisdiction("P-9"), Jurisdiction("P-9")]
    sites = ["Pos 2", "Pos 10", "pos 9"]
    branches = grown(*(camera(n, place, site) for n, (place, site) in enumerate(zip(places, sites, strict=True))))
    assert [branch.name for branch in branches] == ["P-9", "P-10"]
    assert [site.name for site in branches[0].branches] == ["pos 9", "Pos 10"]


@pytest.mark.parametrize(("first", "second"), [("Gate 9", "gate 10"), ("9", "a"), ("A", "b"), ("x", "x1")])
def test_digits_are_read_as_numbers(first: str, second: str) -> None:
    assert reading_key(first) < reading_key(second)
