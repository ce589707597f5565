"""Shared layouts beside one's own: how they come and go, and what is asked of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.console.library import LayoutLibrary
from app.console.settings import ConsoleSettings
from app.console.shared_book import SharedBook
from app.console.tour_library import TourLibrary
from app.console.wall_book import WallBook
from app.core.commands import AssignTile, OpenSaved, TileId
from app.core.errors import ConfigError
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.posts import Conflict
from app.core.remote import Author
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.scene import SavedScene
from app.core.sentence import Sentence
from app.core.shared import DeleteShared, ShareAnswered, SharedListed, ShareLayout
from app.core.tour import Tour, TourPlan, TourStep
from app.core.tour_edit import layouts_shown
from tests.fakes.fake_ports import FakeSharing
from tests.fakes.fake_stores import FakeLayoutStore, FakeTourStore
from tests.unit.console.console_bench import LAYOUTS

A, B = CameraId("A"), CameraId("B")
ID = "0198c2f4-6c1e-4a51-9b7e-2f60c1d7a001"


def own(name: str = "Pagi", **fields: object) -> SavedLayout:
    """A layout of this PC."""
    return replace(SavedLayout(replace(uniform_layout(2), name=name), {1: A}), **fields)  # type: ignore[arg-type]


def shared(layout_id: str = ID, name: str = "Pagi", revision: int = 1, **fields: object) -> SavedLayout:
    """A layout of the registry."""
    mark = SharedMark(layout_id, revision, name, "officer-1", "Bripka Dewi", "PMJ-0101", ("PMJ-0101",))
    return own(name, shared=mark, **fields)


class Desk:
    """A wall of one monitor, and its layouts."""

    def __init__(self, *kept: SavedLayout, tours: Mapping[str, TourPlan] | None = None) -> None:
        self.store = FakeLayoutStore({layout.name: layout for layout in kept})
        library, self.tours = LayoutLibrary(LAYOUTS, self.store), FakeTourStore(tours)
        self.book = WallBook(ConsoleSettings("4"), library, TourLibrary(self.tours), keep=lambda _wall: None)
        self.port = FakeSharing()
        self.shared = SharedBook(self.port, self.book, lambda: ID)

    def list(self, *layouts: SavedLayout, is_fresh: bool = True) -> None:
        """The registry says what there is."""
        self.shared.take(SharedListed(layouts, is_fresh))

    def open(self, name: str) -> None:
        """The officer opens a layout."""
        self.book.dispatch(OpenSaved(1, name), 0.0)

    @property
    def names(self) -> list[str]:
        """All saved layouts."""
        return sorted(self.book.layouts.saved)

    @property
    def shown(self) -> str:
        """The saved layout on the monitor."""
        saved = self.book.wall.monitor(1).saved
        return saved.name if saved is not None else ""


def test_they_stand_beside_ones_own_and_are_not_kept_here() -> None:
    desk = Desk(own())
    desk.list(shared(), shared("b", "Malam"))
    assert desk.names == ["Malam", "Pagi", "Pagi – Bripka Dewi"] and desk.shared.is_fresh
    assert set(desk.store.kept) == {"Pagi"}
    desk.list(is_fresh=False)
    assert desk.names == ["Pagi"] and not desk.shared.is_fresh


def test_the_wall_follows_a_change_and_another_name() -> None:
    desk = Desk()
    desk.list(shared())
    desk.open("Pagi")
    desk.list(shared(revision=2, cameras={1: B}))
    assert desk.book.wall.monitor(1).cameras == {1: B}
    desk.list(shared(name="Siang", revision=3, cameras={1: B}))
    assert desk.shown == "Siang" and desk.names == ["Siang"]
    desk.list()
    assert desk.shown == "" and desk.book.wall.monitor(1).cameras == {1: B}, "its cameras stay"


NIGHT = {"Malam": Tour("Malam", (TourStep(SavedScene("Pagi")),))}


def toured(desk: Desk) -> list[str]:
    """The layout that the tour `Malam` shows, as it runs and as it is kept."""
    plans = desk.book.touring.tours["Malam"], desk.tours.tours.kept["Malam"]
    return [name for plan in plans for name in layouts_shown(plan)]


def test_another_name_that_a_full_disk_keeps_from_a_tour_is_kept_with_the_next_list() -> None:
    desk = Desk(tours=NIGHT)
    desk.list(shared())
    desk.open("Pagi")
    desk.tours.tours.is_full = True
    for _ in range(2):
        desk.list(shared(name="Siang", revision=2))
    assert desk.shown == "Siang" and toured(desk) == ["Pagi", "Pagi"]
    assert list(map(str, desk.book.problems)) == ["the disk is full"]
    desk.tours.tours.is_full = False
    desk.list(shared(name="Siang", revision=2))
    assert toured(desk) == ["Siang", "Siang"]


def test_a_full_disk_does_not_keep_a_layout_from_being_handed_over() -> None:
    desk = Desk(own(), tours=NIGHT)
    desk.open("Pagi")
    desk.shared.share(own(), "PMJ-0101", ("PMJ-0101",))
    desk.tours.tours.is_full = True
    desk.list(shared(name="Siang"))
    desk.shared.take(ShareAnswered(desk.port.requests[0]))
    assert desk.names == ["Siang"] and desk.shown == "Siang"
    desk.tours.tours.is_full = False
    desk.list(shared(name="Siang"))
    assert toured(desk) == ["Siang", "Siang"]


def test_a_name_of_ones_own_that_is_freed_is_not_taken_while_it_is_used() -> None:
    desk = Desk(own())
    desk.list(shared())
    desk.open("Pagi – Bripka Dewi")
    desk.book.delete_layout("Pagi")
    desk.list(shared(revision=2))
    assert desk.shown == "Pagi – Bripka Dewi"


def test_they_are_not_changed_here() -> None:
    desk = Desk()
    desk.list(shared())
    desk.open("Pagi")
    for change in (
        lambda: desk.book.save_layout(1, "Pagi"),
        lambda: desk.book.delete_layout("Pagi"),
        lambda: desk.book.rename_layout("Pagi", "Siang"),
        lambda: desk.book.lock_layout("Pagi", True),
        lambda: desk.book.keep_layout(1, own(), "Pagi"),
    ):
        with pytest.raises(ConfigError, match="is a shared layout"):
            change()
    assert desk.store.kept == {} and desk.names == ["Pagi"]
    desk.book.dispatch(AssignTile(TileId(1, 2), B), 0.0)
    assert desk.book.save_layout(1, "Milik saya").shared is None, "a copy is one's own"


def test_what_is_shared_is_the_registrys_from_then_on() -> None:
    desk = Desk(own())
    desk.open("Pagi")
    desk.shared.share(desk.book.layouts.saved["Pagi"], "PMJ-0101", ("PMJ-0101",))
    (request,) = desk.port.requests
    assert isinstance(request, ShareLayout) and request.is_new and request.mark.id == ID
    desk.list(shared(), shared("b"))
    desk.shared.take(ShareAnswered(request))
    assert desk.store.kept == {} and desk.shown == "Pagi"
    opened = desk.book.wall.monitor(1).saved
    assert opened is not None and opened.shared is not None and opened.shared.id == ID
    assert desk.shared.take_answers() == (ShareAnswered(request),) and desk.shared.take_answers() == ()


def test_ones_own_stays_until_the_registry_lists_what_it_took() -> None:
    desk = Desk(own())
    desk.open("Pagi")
    desk.shared.share(desk.book.layouts.saved["Pagi"], "PMJ-0101", ("PMJ-0101",))
    desk.list(is_fresh=False)
    desk.shared.take(ShareAnswered(desk.port.requests[0]))
    assert set(desk.store.kept) == {"Pagi"} and desk.names == ["Pagi"] and desk.shown == "Pagi"
    desk.list(shared("b", "Malam"))
    assert set(desk.store.kept) == {"Pagi"}
    desk.list(shared(), shared("b", "Malam"))
    assert desk.store.kept == {} and desk.names == ["Malam", "Pagi"] and desk.shown == "Pagi"


def test_ones_own_that_was_changed_before_the_registry_listed_it_stays_beside_it() -> None:
    desk = Desk(own())
    desk.shared.share(desk.book.layouts.saved["Pagi"], "PMJ-0101", ("PMJ-0101",))
    desk.shared.take(ShareAnswered(desk.port.requests[0]))
    desk.open("Pagi")
    desk.book.dispatch(AssignTile(TileId(1, 2), B), 0.0)
    desk.book.save_layout(1, "Pagi")
    desk.list(shared())
    assert desk.store.kept["Pagi"].cameras == {1: A, 2: B}
    assert desk.names == ["Pagi", "Pagi – Bripka Dewi"]


def test_a_locked_layout_stays_beside_its_shared_one() -> None:
    desk = Desk(own(is_locked=True))
    desk.shared.share(own(is_locked=True), "PMJ-0101", ())
    desk.list(shared())
    desk.shared.take(ShareAnswered(desk.port.requests[0]))
    assert desk.names == ["Pagi", "Pagi – Bripka Dewi"]


def test_what_was_refused_changes_nothing() -> None:
    desk = Desk(own())
    desk.shared.share(own(), "PMJ-0101", ())
    refused = ShareAnswered(desk.port.requests[0], Sentence("No."))
    desk.shared.take(refused)
    assert desk.names == ["Pagi"] and desk.shared.take_answers() == (refused,)


def test_a_conflict_waits_until_it_is_asked_for() -> None:
    desk = Desk(own())
    desk.shared.share(own(), "PMJ-0101", ())
    late = ShareAnswered(desk.port.requests[0], Sentence("No."), Conflict(4, Author("b", "AKP Budi"), 1000.0))
    desk.shared.take(late)
    assert desk.shared.take_answers() == () and desk.shared.take_conflict() == late
    assert desk.shared.take_conflict() is None


def test_a_change_goes_under_the_name_that_everybody_knows() -> None:
    desk = Desk(own())
    desk.list(shared())
    here = desk.book.layouts.saved["Pagi – Bripka Dewi"]
    desk.shared.change(replace(here, is_locked=True))
    (request,) = desk.port.requests
    assert isinstance(request, ShareLayout) and request.layout.name == "Pagi" and request.layout.is_locked
    assert request.layout.shared is None and not request.is_new


def test_after_a_conflict_the_officer_may_insist_on_what_is_seen_by_now() -> None:
    desk = Desk()
    desk.list(shared())
    mark = desk.book.layouts.saved["Pagi"].shared
    assert mark is not None
    desk.shared.delete(mark)
    (request,) = desk.port.requests
    desk.list(shared(revision=5))
    desk.shared.take(ShareAnswered(request, Sentence("It has changed."), Conflict(5)))
    desk.shared.insist(request)
    assert desk.port.requests[-1] == DeleteShared(replace(mark, revision=5))
    desk.list()
    desk.shared.insist(request)
    assert len(desk.port.requests) == 2, "what is gone is not asked for"


def test_somebody_else_on_duty_reads_other_layouts() -> None:
    desk = Desk()
    desk.shared.refresh()
    assert desk.port.refreshes == 1
