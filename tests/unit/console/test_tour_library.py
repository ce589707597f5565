"""Tours and salvos: what is saved is kept first and can be started then, names stay apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.config.tour_files import TourFiles
from app.console.tour_library import TourLibrary
from app.core.errors import ConfigError
from app.core.salvo import Salvo
from app.core.scene import SavedScene
from app.core.sentence import Sentence
from app.core.tour import PagedTour, Tour, TourStep
from app.core.tour_commands import FireSalvo, StartTour, StepTour
from tests.fakes.fake_stores import FakeLayoutStore, FakeTourStore
from tests.unit.console.wall_bench import Post, a_layout


def a_tour(name: str = "Malam", *layouts: str) -> Tour:
    return Tour(name, tuple(TourStep(SavedScene(layout), 10.0) for layout in layouts or ("Pagi",)))


SIAGA = Salvo("Siaga", {1: SavedScene("Pagi"), 3: SavedScene("Malam")})


@pytest.fixture
def store() -> FakeTourStore:
    return FakeTourStore({"Malam": a_tour("Malam", "Pagi", "Siang")}, {"Siaga": SIAGA})


@pytest.fixture
def library(store: FakeTourStore) -> TourLibrary:
    return TourLibrary(store)


# ---- saving


def test_what_was_kept_is_there_by_name_and_what_could_not_be_read_is_told() -> None:
    kept = {name: a_tour(name) for name in ("Subuh", "Malam")}
    library = TourLibrary(FakeTourStore(kept, problems=(Sentence("x.json: broken"),)))
    assert list(library.tours) == ["Malam", "Subuh"] and library.salvos == {}
    assert [*map(str, library.problems)] == ["x.json: broken"]


def test_a_new_tour_is_kept_under_one_line(library: TourLibrary, store: FakeTourStore) -> None:
    kept = library.save_tour(a_tour(" Patroli \n 2 "))
    assert kept.name == "Patroli 2" and library.tours["Patroli 2"] == store.tours.kept["Patroli 2"] == kept
    assert list(library.tours) == ["Malam", "Patroli 2"]


def test_a_changed_tour_takes_its_own_place(library: TourLibrary, store: FakeTourStore) -> None:
    changed = library.save_tour(PagedTour("Malam", None), "Malam")
    assert library.tours == store.tours.kept == {"Malam": changed}


def test_a_renamed_tour_leaves_nothing_under_its_old_name(library: TourLibrary, store: FakeTourStore) -> None:
    library.save_tour(a_tour("Subuh"), "Malam")
    assert library.tours == store.tours.kept == {"Subuh": a_tour("Subuh")}


@pytest.mark.parametrize(
    ("name", "original", "why"),
    [
        ("Malam", "", "there is a tour ‘Malam’ already"),
        (" \u200b", "", "a name is missing"),
        ("x" * 61, "", "at most 60 characters, not 61"),
        ("Subuh", "Siang", "there is no tour ‘Siang’"),
    ],
)
def test_a_name_that_cannot_be_is_refused_before_anything_is_kept(
    library: TourLibrary, store: FakeTourStore, name: str, original: str, why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        library.save_tour(a_tour(name), original)
    assert list(library.tours) == list(store.tours.kept) == ["Malam"]


def test_a_salvo_is_kept_renamed_and_deleted_as_a_tour_is(library: TourLibrary, store: FakeTourStore) -> None:
    library.save_salvo(replace(SIAGA, name="Apel"), "Siaga")
    assert list(library.salvos) == list(store.salvos.kept) == ["Apel"]
    with pytest.raises(ConfigError, match="there is a salvo ‘Apel’ already"):
        library.save_salvo(replace(SIAGA, name="Apel"))
    library.delete_salvo("Apel")
    assert library.salvos == store.salvos.kept == {}
    with pytest.raises(ConfigError, match="there is no salvo ‘Apel’"):
        library.delete_salvo("Apel")


def test_what_cannot_be_kept_cannot_be_started(library: TourLibrary, store: FakeTourStore) -> None:
    before = dict(library.tours)
    store.tours.is_full = True
    for act in (
        lambda: library.save_tour(a_tour("Subuh")),
        lambda: library.save_tour(a_tour("Subuh"), "Malam"),
        lambda: library.delete_tour("Malam"),
        lambda: library.layout_renamed("Pagi", "Fajar"),
    ):
        with pytest.raises(ConfigError, match="the disk is full"):
            act()
    assert library.tours == before


def test_the_files_keep_what_the_library_does(tmp_path: Path) -> None:
    library = TourLibrary(TourFiles(tmp_path))
    library.save_tour(a_tour("Malam"))
    library.save_salvo(SIAGA)
    library.save_tour(a_tour("Subuh", "Pagi", "Siang"), "Malam")
    library.layout_renamed("Pagi", "Fajar")
    again = TourLibrary(TourFiles(tmp_path))
    assert again.tours == library.tours == {"Subuh": a_tour("Subuh", "Fajar", "Siang")}
    assert again.salvos["Siaga"].monitors == {1: SavedScene("Fajar"), 3: SavedScene("Malam")}
    assert not again.problems


# ---- the layouts that they show


def test_a_renamed_layout_is_renamed_in_what_names_it_and_nothing_else_is_written(
    library: TourLibrary, store: FakeTourStore
) -> None:
    library.save_tour(a_tour("Subuh", "Siang"))
    written = store.tours.saves
    library.layout_renamed("Pagi", "Fajar")
    assert library.tours["Malam"] == store.tours.kept["Malam"] == a_tour("Malam", "Fajar", "Siang")
    assert library.salvos["Siaga"].monitors[1] == SavedScene("Fajar")
    assert store.tours.saves == written + 1


def test_a_layout_that_a_tour_shows_is_not_let_go(library: TourLibrary) -> None:
    with pytest.raises(ConfigError, match="the tour ‘Malam’ shows the layout ‘Siang’"):
        library.check_unused("Siang")
    library.check_unused("Malam")  # a salvo that names it goes on without it


# ---- the wall's book keeps in step


def a_post() -> Post:
    """A post with the saved layouts `Pagi` and `Siang`, which a tour shows in turn."""
    post = Post(store=FakeLayoutStore({name: a_layout(name) for name in ("Pagi", "Siang")}))
    post.book.save_tour(a_tour("Malam", "Pagi", "Siang"))
    return post


def test_what_was_made_can_be_started_and_what_was_deleted_cannot() -> None:
    post = a_post()
    post.do(StartTour(1, "Malam"))
    assert post.monitor().layout == "Pagi"
    post.book.delete_tour("Malam")
    with pytest.raises(ConfigError, match="there is no tour 'Malam'"):
        post.do(StartTour(2, "Malam"))
    post.book.save_salvo(Salvo("Apel", {2: SavedScene("Siang")}))
    post.do(FireSalvo("Apel"))
    assert post.monitor(2).layout == "Siang"
    post.book.delete_salvo("Apel")
    assert list(post.book.touring.salvos) == ["Siaga"]


def test_a_running_tour_goes_on_with_its_old_steps_until_it_is_started_again() -> None:
    post = a_post()
    post.do(StartTour(1, "Malam"))
    post.book.save_tour(a_tour("Malam", "Pagi"), "Malam")
    post.do(StepTour(1, 1))
    assert post.monitor().layout == "Siang"
    post.do(StartTour(1, "Malam"), StepTour(1, 1))
    assert post.monitor().layout == "Pagi"


def test_a_renamed_layout_goes_on_in_a_tour_that_runs_and_in_its_file() -> None:
    post = a_post()
    post.do(StartTour(1, "Malam"))
    post.book.rename_layout("Siang", "Sore")
    post.do(StepTour(1, 1))
    assert post.monitor().layout == "Sore" and not post.book.touring.take_notices()
    assert post.tours.tours.kept["Malam"] == a_tour("Malam", "Pagi", "Sore")
    assert post.tours.salvos.kept["Siaga"].monitors[2] == SavedScene("Pagi")


def test_a_layout_that_is_renamed_in_the_editor_is_renamed_in_tours_too() -> None:
    post = a_post()
    post.book.keep_layout(1, a_layout("Sore"), "Siang")
    assert post.book.touring.tours["Malam"] == a_tour("Malam", "Pagi", "Sore")
    before = dict(post.book.touring.tours)
    post.book.keep_layout(1, a_layout("Baru"), "")
    assert post.book.touring.tours == before, "a new layout had no other name"


def test_a_layout_of_a_tour_is_deleted_once_no_tour_shows_it() -> None:
    post = a_post()
    with pytest.raises(ConfigError, match="the tour ‘Malam’ shows the layout ‘Siang’"):
        post.book.delete_layout("Siang")
    assert "Siang" in post.store.kept
    post.book.save_tour(a_tour("Malam", "Pagi"), "Malam")
    post.book.delete_layout("Siang")
    assert "Siang" not in post.store.kept


def test_a_disk_that_refuses_half_way_leaves_what_it_holds() -> None:
    post = a_post()
    post.tours.tours.is_full = True
    with pytest.raises(ConfigError, match="the disk is full"):
        post.book.rename_layout("Siang", "Sore")
    assert "Sore" in post.book.layouts.saved
    assert post.book.touring.tours == post.tours.tours.kept, "what runs is what is kept"
