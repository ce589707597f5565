"""The library: what is saved is kept first and shown then, queries follow the catalogue, names stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.console.library import LayoutLibrary
from app.core.camera_query import CameraQuery
from app.core.errors import ConfigError
from app.core.layout import layouts_from_data, uniform_layout
from app.core.layouts import Layouts
from app.core.model import EMPTY_CATALOG, AreaCode, CameraId, Catalog, Lifecycle
from app.core.monitor import MonitorState
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from tests.fakes.fake_console import a_camera
from tests.fakes.fake_stores import FakeLayoutStore

BUILT_IN = Layouts(layouts_from_data(()), ("1", "4", "9"))
QUERY = CameraQuery("kelurahan 31.71.01.1001")


def ids(*numbers: int) -> dict[int, CameraId]:
    """Camera n on the n-th tile of these."""
    return {tile: CameraId(f"camera-{number}") for tile, number in enumerate(numbers, start=1)}


def a_layout(name: str = "Pagi", **changes: object) -> SavedLayout:
    return replace(SavedLayout(replace(uniform_layout(4), name=name), ids(1, 2)), **changes)


def catalog_of(*numbers: int, **changes: object) -> Catalog:
    cameras = [a_camera(number, f"Gate {number}", "31.71.01.1001", **changes) for number in numbers]
    return Catalog({each.id: each for each in cameras}, {})


@pytest.fixture
def store() -> FakeLayoutStore:
    return FakeLayoutStore({"Pagi": a_layout("Pagi")})


@pytest.fixture
def library(store: FakeLayoutStore) -> LayoutLibrary:
    return LayoutLibrary(BUILT_IN, store)


def test_what_was_kept_is_there_and_what_could_not_be_read_is_told() -> None:
    named_like_ours = a_layout("16")
    store = FakeLayoutStore(
        {"Pagi": a_layout("Pagi"), "16": named_like_ours}, problems=(Sentence("x.json: broken"),)
    )
    library = LayoutLibrary(BUILT_IN, store)
    assert library.layouts.saved == {"Pagi": a_layout("Pagi")}
    assert library.layouts.steps == ("1", "4", "9", "Pagi")
    assert [*map(str, library.problems)] == [
        "x.json: broken",
        "the saved layout ‘16’ has a built-in layout's name",
    ]


def test_a_monitor_is_saved_with_what_its_tiles_show(library: LayoutLibrary, store: FakeLayoutStore) -> None:
    monitor = MonitorState("4", ids(1, 2, 3, 4, 5), hotspot=3)
    saved = library.save_monitor(" Pos  1 ", monitor, is_locked=True)
    assert saved == SavedLayout(
        replace(uniform_layout(4), name="Pos 1"),
        {1: CameraId("camera-1"), 2: CameraId("camera-2"), 4: CameraId("camera-4")},
        hotspot=3,
        is_locked=True,
    )
    assert library.layouts.saved["Pos 1"] == store.kept["Pos 1"] == saved


def test_a_monitor_is_saved_over_the_layout_that_is_open_on_it_only(library: LayoutLibrary) -> None:
    opened = MonitorState("Pagi", ids(7), saved=library.layouts.saved["Pagi"])
    assert library.save_monitor("Pagi", opened).cameras == ids(7)
    with pytest.raises(ConfigError, match="there is a layout ‘Pagi’ already"):
        library.save_monitor("Pagi", MonitorState("4", ids(8)))
    assert library.layouts.saved["Pagi"].cameras == ids(7)


def test_names_are_checked_before_anything_is_kept(library: LayoutLibrary, store: FakeLayoutStore) -> None:
    for name in ("", "16", "x" * 61):
        with pytest.raises(ConfigError):
            library.save_monitor(name, MonitorState("4"))
    named = Layouts({**BUILT_IN.by_name, "Siang": replace(uniform_layout(2), name="Siang")})
    with pytest.raises(ConfigError, match="Siang is the name of a built-in layout"):
        LayoutLibrary(named, store).add(a_layout("Siang"))
    assert set(store.kept) == {"Pagi"}


def test_what_cannot_be_kept_is_not_shown(library: LayoutLibrary, store: FakeLayoutStore) -> None:
    before = library.layouts
    store.is_full = True
    for act in (
        lambda: library.add(a_layout("Siang")),
        lambda: library.delete("Pagi"),
        lambda: library.rename("Pagi", "Siang"),
        lambda: library.set_locked("Pagi", True),
        lambda: library.revise("Pagi", a_layout("Pagi", hotspot=1)),
    ):
        with pytest.raises(ConfigError, match="the disk is full"):
            act()
    assert library.layouts is before


def test_an_edited_layout_takes_the_older_ones_place_under_a_new_name_too(
    library: LayoutLibrary, store: FakeLayoutStore
) -> None:
    library.set_locked("Pagi", True)
    library.revise("Pagi", a_layout("Siang", hotspot=2, is_locked=True))
    assert library.layouts.saved == store.kept == {"Siang": a_layout("Siang", hotspot=2, is_locked=True)}
    library.add(a_layout("Malam"))
    with pytest.raises(ConfigError, match="there is a layout ‘Malam’ already"):
        library.revise("Siang", a_layout("Malam"))
    with pytest.raises(ConfigError, match="there is no saved layout"):
        library.revise("Sore", a_layout("Sore"))


@pytest.mark.parametrize("name", ["Pagi", "Siang"])
def test_an_edit_that_the_disk_refuses_leaves_the_padlock(
    name: str, library: LayoutLibrary, store: FakeLayoutStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_locked("Pagi", True)
    save = store.save

    def save_without_hotspot(saved: SavedLayout) -> None:
        if saved.hotspot:
            raise ConfigError("the disk is full")
        save(saved)

    monkeypatch.setattr(store, "save", save_without_hotspot)
    with pytest.raises(ConfigError, match="the disk is full"):
        library.revise("Pagi", a_layout(name, hotspot=2))
    assert library.layouts.saved == store.kept == {name: a_layout(name, is_locked=True)}


def test_a_locked_layout_refuses_until_it_is_unlocked(library: LayoutLibrary) -> None:
    library.set_locked("Pagi", True)
    before = library.layouts
    library.set_locked("Pagi", True)
    assert library.layouts is before
    opened = MonitorState("Pagi", ids(7), saved=library.layouts.saved["Pagi"])
    for act in (
        lambda: library.delete("Pagi"),
        lambda: library.rename("Pagi", "Siang"),
        lambda: library.save_monitor("Pagi", opened),
    ):
        with pytest.raises(ConfigError, match="is locked"):
            act()
    library.set_locked("Pagi", False)
    library.delete("Pagi")
    assert library.layouts.saved == {}


def test_a_layout_is_renamed(library: LayoutLibrary, store: FakeLayoutStore) -> None:
    library.rename("Pagi", "Siang")
    assert library.layouts.saved == store.kept == {"Siang": a_layout("Siang")}
    before = library.layouts
    library.rename("Siang", "Siang ")
    assert library.layouts is before
    with pytest.raises(ConfigError, match="there is no saved layout"):
        library.rename("Pagi", "Sore")


def test_an_imported_layout_gets_a_free_name(library: LayoutLibrary, store: FakeLayoutStore) -> None:
    library.export_layout("Pagi", "out.json")
    names = [library.import_layout("out.json").name for _ in range(2)]
    assert names == ["Pagi (2)", "Pagi (3)"]
    store.outside["long.json"] = a_layout("x" * 60)
    names = [library.import_layout("long.json").name for _ in range(2)]
    assert names == ["x" * 60, "x" * 56 + " (2)"]


def test_a_query_follows_the_catalogue_and_keeps_its_places(library: LayoutLibrary) -> None:
    library.add(a_layout("Tanya", query=QUERY, cameras={}))
    assert library.layouts.saved["Tanya"].cameras == {}, "nothing is known before the first sync"
    assert library.resolve(catalog_of(1, 2, 3))
    assert library.layouts.saved["Tanya"].cameras == ids(1, 2, 3)
    assert library.resolve(catalog_of(1, 3, 4, 5))
    assert library.layouts.saved["Tanya"].cameras == ids(1, 4, 3, 5)
    before = library.layouts
    assert not library.resolve(catalog_of(1, 3, 4, 5))
    assert not library.resolve(EMPTY_CATALOG)
    assert library.layouts is before
    assert library.resolve(catalog_of(1, lifecycle=Lifecycle.MAINTENANCE))
    assert library.layouts.saved["Tanya"].cameras == {}


def test_a_query_is_resolved_when_it_is_saved(library: LayoutLibrary) -> None:
    library.resolve(catalog_of(1, 2, 3))
    saved = library.save_monitor("Tanya", MonitorState("4", ids(3), hotspot=2), QUERY)
    assert saved.cameras == {1: CameraId("camera-3"), 3: CameraId("camera-1"), 4: CameraId("camera-2")}


def test_layouts_without_a_query_stay_as_they_are(library: LayoutLibrary) -> None:
    before = library.layouts
    assert not library.resolve(catalog_of(8, kelurahan_code=AreaCode("1")))
    assert library.layouts is before
