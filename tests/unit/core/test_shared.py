"""Shared layouts: under which names they stand beside one's own, and with which units one may be shared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.branch import Level
from app.core.errors import ConfigError
from app.core.layout import uniform_layout
from app.core.model import AreaCode, Camera, CameraId, Jurisdiction
from app.core.names import NAME_MAX_LENGTH
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.shared import ShareLayout, Unit, by_free_names, handed_out, known_name, shared_name, units_of


def shared(layout_id: str, name: str = "Pagi", owner: str = "Bripka Dewi") -> SavedLayout:
    """A layout of the registry."""
    mark = SharedMark(layout_id, 1, name, f"officer of {layout_id}", owner, "PMJ-0101")
    return SavedLayout(replace(uniform_layout(4), name=name), shared=mark)


def camera(*units: str) -> Camera:
    """A camera of these units."""
    return Camera(CameraId("-".join(units)), 1, "A", "A", AreaCode("31"), Jurisdiction(*units), ())


@pytest.mark.parametrize(
    ("names", "taken", "expected"),
    [
        (("Pagi", "Malam"), (), {"a": "Pagi", "b": "Malam"}),
        (("Pagi",), ("Pagi",), {"a": "Pagi – Bripka Dewi"}),
        (("Pagi", "Pagi"), (), {"a": "Pagi", "b": "Pagi – Bripka Dewi"}),
        (("Pagi", "Pagi"), ("Pagi",), {"a": "Pagi – Bripka Dewi", "b": "Pagi – Bripka Dewi (2)"}),
    ],
)
def test_each_has_a_name_that_no_other_layout_has(
    names: tuple[str, ...], taken: tuple[str, ...], expected: dict[str, str]
) -> None:
    found = by_free_names([shared(key, name) for key, name in zip("ab", names, strict=False)], taken)
    assert {layout.shared.id: name for name, layout in found.items() if layout.shared} == expected
    assert all(layout.name == name for name, layout in found.items())


def test_a_name_stays_while_it_is_free() -> None:
    found = by_free_names([shared("a"), shared("b")], (), {"b": "Pagi"})
    assert {name: layout.shared.id for name, layout in found.items() if layout.shared} == {
        "Pagi": "b",
        "Pagi – Bripka Dewi": "a",
    }
    assert [*by_free_names([shared("a")], ("Pagi",), {"a": "Pagi"})] == ["Pagi – Bripka Dewi"]


def test_a_long_name_makes_room_for_what_tells_it_apart() -> None:
    name = "x" * NAME_MAX_LENGTH
    (found,) = by_free_names([shared("a", name, "")], (name,))
    assert len(found) == NAME_MAX_LENGTH and found.endswith(" (1)")
    (owned,) = by_free_names([shared("a", name)], (name,))
    assert len(owned) == NAME_MAX_LENGTH and owned.endswith(" – Bripka Dewi")


def test_one_without_a_mark_is_treated_like_a_nameless_owners() -> None:
    own = SavedLayout(replace(uniform_layout(1), name="Pagi"))
    assert [*by_free_names([own], ())] == ["Pagi"] and known_name(own) is own


def test_everybody_knows_it_by_one_name() -> None:
    (found,) = by_free_names([shared("a")], ("Pagi",)).values()
    assert known_name(found).name == "Pagi"
    assert handed_out(found).name == "Pagi" and handed_out(found).shared is None


def test_a_new_one_has_no_revision() -> None:
    mark = shared("a").shared
    assert mark is not None
    assert not ShareLayout(mark, shared("a")).is_new
    assert ShareLayout(replace(mark, revision=0), shared("a")).is_new


def test_units_are_those_within_the_narrowest_that_has_all_cameras() -> None:
    found = units_of([camera("PMJ", "PMJ-01", "PMJ-0101", "A"), camera("PMJ", "PMJ-01", "PMJ-0101", "B")])
    assert found == (Unit(Level.POLSEK, "PMJ-0101"), Unit(Level.SUBSECTOR, "A"), Unit(Level.SUBSECTOR, "B"))
    assert units_of([camera("PMJ"), camera("PMB")]) == (Unit(Level.POLDA, "PMB"), Unit(Level.POLDA, "PMJ"))
    assert units_of([camera()]) == () == units_of([])


@pytest.mark.parametrize("name", ["Pagi", "Gerbang: pagi / sore"])
def test_a_layout_is_shared_under_its_name(name: str) -> None:
    assert shared_name(f" {name} ") == name


@pytest.mark.parametrize(
    ("name", "words"), [("rtsp://gate", "looks like an address"), ("16", "built-in"), ("", "name")]
)
def test_a_name_that_other_posts_would_not_take_is_refused(name: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        shared_name(name)
