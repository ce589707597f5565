"""A wall's state on a bench: three monitors, saved layouts in memory, a tour, a salvo, an invented clock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.console.library import LayoutLibrary
from app.console.settings import ConsoleSettings
from app.console.tour_library import TourLibrary
from app.console.wall_book import WallBook
from app.core.camera_query import CameraQuery
from app.core.commands import Command, OpenSaved
from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.salvo import Salvo
from app.core.saved_layout import SavedLayout
from app.core.scene import CameraScene, SavedScene
from app.core.tile_status import Sign
from app.core.tour import Tour, TourStep
from app.core.wall import WallState
from tests.fakes.fake_stores import FakeLayoutStore, FakeTourStore
from tests.unit.console.console_bench import LAYOUTS

A, B, C, D, E = (CameraId(name) for name in "ABCDE")
QUERY = CameraQuery("kelurahan 31.71.01.1001")
TOUR = Tour("Keliling", (TourStep(CameraScene((C, D)), 10.0), TourStep(CameraScene((E,)), 10.0)))
SALVO = Salvo("Siaga", {1: CameraScene((C,)), 2: SavedScene("Pagi"), 3: SavedScene("Malam"), 9: CameraScene((D,))})


def a_layout(name: str = "Pagi", tiles: int = 4, **changes: Any) -> SavedLayout:
    return replace(SavedLayout(replace(uniform_layout(tiles), name=name), {1: A, 2: B}), **changes)


class Post:
    """A wall of three monitors on its layouts, and what was kept of it."""

    def __init__(self, *saved: SavedLayout, store: FakeLayoutStore | None = None, **rules: Any) -> None:
        self.store = store or FakeLayoutStore({each.name: each for each in saved or (a_layout(),)})
        self.kept: list[WallState] = []
        wall = WallState(tuple(MonitorState("4", {1: A}, screen=screen) for screen in ("dell", "benq", "sony")))
        self.tours = FakeTourStore({"Keliling": TOUR}, {"Siaga": SALVO})
        library, tours = LayoutLibrary(LAYOUTS, self.store), TourLibrary(self.tours)
        self.book = WallBook(ConsoleSettings("4", wall=wall), library, tours, self.kept.append, **rules)
        self.now_s = 1000.0

    def do(self, *commands: Command) -> None:
        for command in commands:
            self.book.dispatch(command, self.now_s)

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.now_s += 0.5
            self.book.check(lambda _: Sign.LIVE, self.now_s)

    def monitor(self, number: int = 1) -> MonitorState:
        return self.book.wall.monitor(number)

    def cameras(self, number: int = 1) -> dict[int, CameraId]:
        return dict(self.monitor(number).cameras)


def opened(**changes: Any) -> Post:
    """A post whose first monitor shows the saved layout `Pagi`."""
    post = Post(a_layout("Pagi", **changes))
    post.do(OpenSaved(1, "Pagi"))
    return post
