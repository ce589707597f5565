"""What the wall shows and how it changes: commands, undo, saved layouts, tours, screens. No stream is opened here.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from app.console.library import LayoutLibrary
from app.console.settings import ConsoleSettings
from app.console.tour_library import TourLibrary
from app.console.touring import Stage, TourEffect, Touring
from app.console.undo import UndoBook
from app.core import wall as walls
from app.core.commands import Command, OpenSaved, TileId, Undo
from app.core.errors import ConfigError
from app.core.layout import Layout
from app.core.layouts import Layouts
from app.core.model import EMPTY_CATALOG, Camera, CameraId, Catalog, Lifecycle
from app.core.monitor import MonitorState
from app.core.names import layout_name
from app.core.remote import NO_MONITOR, Wanted, directed, given_back
from app.core.salvo import Salvo, SalvoPlan
from app.core.saved_layout import SavedLayout
from app.core.tile_status import Sign
from app.core.tour import TourPlan
from app.core.tour_commands import FireSalvo, StartCoverage, StartTour, StepTour, StopTour, ToggleTour
from app.core.wall import WallState

_log = logging.getLogger(__name__)


class WallBook:
    """Owns the wall's state.

    Args:
        settings: see there.
        library: the layouts.
        tours: the tours and salvos.
        keep: takes the wall after each change, for the next start; never waits.
        is_private: whether a camera is not to be called up without a reason.

    Attributes:
        wall: what is shown now.
        touring: the tours at work.
        problems: what could not be read at the start, or kept later without anybody's asking, a sentence each.
    """

    def __init__(
        self,
        settings: ConsoleSettings,
        library: LayoutLibrary,
        tours: TourLibrary,
        keep: Callable[[WallState], None],
        is_private: Callable[[Camera], bool] = lambda _camera: False,
    ) -> None:
        self._is_private = is_private
        self._library = library
        self._tours = tours
        self._keep = keep
        self.layouts.get(settings.layout)
        self._new_monitor = MonitorState(settings.layout)
        self.wall = settings.wall or WallState((self._new_monitor,))
        self._kept = self.wall
        self._undo = UndoBook()
        self._catalog = EMPTY_CATALOG
        self._salvo_plans: list[SalvoPlan] = []
        self.problems = settings.problems
        self._overdue: Mapping[str, str] = {}
        """The new names of shared layouts that not all tours have yet, by their old ones."""
        self.touring = Touring()
        self._follow_tours()

    @property
    def layouts(self) -> Layouts:
        """All layouts, the saved ones included."""
        return self._library.layouts

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back now: those of monitors that show a tour wait for its end."""
        return self._undo.reaches(self.foreign)

    @property
    def foreign(self) -> frozenset[int]:
        """The monitors that show what is not their officer's doing: a tour's step, an order from elsewhere."""
        return self.touring.running | self.directed

    @property
    def directed(self) -> frozenset[int]:
        """The monitors that show an order from elsewhere: one at most."""
        return frozenset(number for number, each in enumerate(self.wall.monitors, start=1) if each.is_directed)

    # ---- what an operator asks

    def dispatch(self, command: Command, now_s: float) -> None:
        """Carry a command out.

        Raises:
            ConfigError: it names something that is not there; nothing has changed.
        """
        before = self.wall
        match command:
            case Undo():
                self.wall = self._undo.take_back(before, self.foreign)
            case FireSalvo(name):
                self._fire(name)
                self._undo.remember(before, self.wall)
            case StartTour() | StartCoverage() | StepTour() | ToggleTour() | StopTour():
                walls.check_own(before.monitor(command.monitor), command.monitor)
                self._apply(self.touring.do(command, self._stage(), now_s))
                return  # what a tour shows is not the officer's own change
            case _:
                self.wall = walls.apply(before, command, self.layouts)
                self._undo.remember(before, self.wall)
        self.touring.wall_changed(before, self.wall)

    def _fire(self, name: str) -> None:
        plan = self.touring.salvo(name, self._stage())
        for command in plan.commands:
            self.wall = walls.apply(self.wall, command, self.layouts)
        self._salvo_plans.append(plan)

    def take_salvo_plans(self) -> tuple[SalvoPlan, ...]:
        """The salvos called up since this was last asked: what of them could not be shown is to be said."""
        plans, self._salvo_plans = self._salvo_plans, []
        return tuple(plans)

    # ---- orders from elsewhere

    def direct(self, monitor: int, wanted: Wanted, grid: Layout | None) -> None:
        """Show an order instead of what a monitor shows, and instead of any order before; nobody can undo it.

        Args:
            monitor: the monitor's number.
            wanted: see there.
            grid: of a wanted layout, its grid by a `lent_name`.

        Raises:
            ConfigError: there is no such monitor or tile; nothing has changed.
        """
        if monitor > len(self.wall.monitors):
            raise ConfigError("{0}", NO_MONITOR)
        if grid is not None:
            self._library.lend(grid)
        name = grid.name if grid is not None else ""
        shown = directed(self.wall.monitor(monitor), wanted, self.layouts, name)
        monitors = [given_back(each) for each in self.wall.monitors]
        monitors[monitor - 1] = shown
        self.wall = WallState(tuple(monitors))

    def give_back(self) -> None:
        """Show again what the officer had, wherever an order is shown."""
        if self.directed:
            self.wall = WallState(tuple(map(given_back, self.wall.monitors)))

    # ---- saved layouts

    def save_layout(self, monitor: int, name: str) -> SavedLayout:
        """Save what a monitor shows under a name, and open it there.

        Raises:
            ConfigError: the name cannot be used or is another layout's, its layout is locked, the disk refuses, or
                the monitor shows an order from elsewhere.
        """
        state, name = self.wall.monitor(monitor), layout_name(name)
        walls.check_own(state, monitor)
        opened = state.saved if state.saved is not None and state.saved.name == name else None
        query, is_locked = (opened.query, opened.is_locked) if opened is not None else (None, False)
        saved = self._library.save_monitor(name, state, query, is_locked)
        self._follow_library()
        self._open(monitor, saved.name)
        return saved

    def keep_layout(self, monitor: int, layout: SavedLayout, original: str) -> None:
        """Take over a layout from the editor, and open it on a monitor.

        Args:
            original: the name of the saved layout that was edited; empty for a new one.

        Raises:
            ConfigError: its name cannot be used or is taken, the disk refuses, or the monitor shows an order from
                elsewhere.
        """
        walls.check_own(self.wall.monitor(monitor), monitor)
        name = layout_name(layout.name)
        try:
            saved = self._library.revise(original, layout) if original else self._library.add(layout)
        finally:  # a disk that refuses half-way may have left the layout unlocked, or renamed
            self._follow_library({original: name})
        self._open(monitor, saved.name)

    def delete_layout(self, name: str) -> None:
        """Delete a saved layout; its cameras stay where they are shown.

        Raises:
            ConfigError: there is none, it is locked, a tour shows it, or the disk refuses.
        """
        self._tours.check_unused(name)
        self._library.delete(name)
        self._follow_library()

    def rename_layout(self, old: str, new: str) -> None:
        """Give a saved layout another name.

        Raises:
            ConfigError: there is none, it is locked, the name cannot be used or is taken, or the disk refuses.
        """
        new = layout_name(new)
        self._library.rename(old, new)
        self._follow_library({old: new})

    def lock_layout(self, name: str, is_locked: bool) -> None:
        """Put a padlock on a saved layout, or take it off.

        Raises:
            ConfigError: there is none, or the disk refuses.
        """
        self._library.set_locked(name, is_locked)
        self._follow_library()

    def import_layout(self, monitor: int, path: str) -> SavedLayout:
        """Take over the layout in a file, and open it on a monitor.

        Raises:
            ConfigError: the file holds none; the message names file, line and reason. Or the disk refuses, or the
                monitor shows an order from elsewhere.
        """
        walls.check_own(self.wall.monitor(monitor), monitor)
        saved = self._library.import_layout(path)
        self._open(monitor, saved.name)
        return saved

    def export_layout(self, name: str, path: str) -> None:
        """Write a saved layout to a file.

        Raises:
            ConfigError: there is no such layout, or the disk refuses.
        """
        self._library.export_layout(name, path)

    def _open(self, monitor: int, name: str) -> None:
        """Show a saved layout; where it is shown already, the selection and the maximised tile stay, too."""
        before, state = self.wall, self.wall.monitor(monitor)
        if state.saved == self.layouts.get_saved(name) and not state.is_altered:
            return
        self.wall = walls.apply(before, OpenSaved(monitor, name), self.layouts)
        self._undo.remember(before, self.wall)
        self.touring.wall_changed(before, self.wall)

    def _follow_library(self, renamed: Mapping[str, str] = MappingProxyType({})) -> None:
        """Have the wall, and what it was, follow the layouts; of `renamed`, what really has another name now."""
        renamed = {old: new for old, new in renamed.items() if old and old not in self.layouts.saved}
        self.wall = walls.with_saved(self.wall, self.layouts, renamed)
        self._undo.follow(self.layouts, renamed)
        self._rename_in_tours(renamed)

    # ---- tours and salvos

    def save_tour(self, tour: TourPlan, original: str = "") -> TourPlan:
        """Keep a tour; one that runs goes on with its old steps until it is started again.

        Args:
            tour: the tour.
            original: the name of the tour whose place it takes; empty for a new one.

        Raises:
            ConfigError: its name cannot be used or is taken, or the disk refuses.
        """
        try:
            return self._tours.save_tour(tour, original)
        finally:  # a disk that refuses half-way has left it under both names
            self._follow_tours()

    def save_salvo(self, salvo: Salvo, original: str = "") -> Salvo:
        """Keep a salvo; see `save_tour`."""
        try:
            return self._tours.save_salvo(salvo, original)
        finally:
            self._follow_tours()

    def delete_tour(self, name: str) -> None:
        """Delete a tour; where it runs, it goes on until it is ended.

        Raises:
            ConfigError: there is none, or the disk refuses.
        """
        self._tours.delete_tour(name)
        self._follow_tours()

    def delete_salvo(self, name: str) -> None:
        """Delete a salvo.

        Raises:
            ConfigError: there is none, or the disk refuses.
        """
        self._tours.delete_salvo(name)
        self._follow_tours()

    def _rename_in_tours(self, renamed: Mapping[str, str]) -> None:
        """Saved layouts have other names: all that runs knows them, whatever the disk says."""
        for old, new in renamed.items():
            self.touring.layout_renamed(old, new)
        try:
            for old, new in renamed.items():
                self._tours.layout_renamed(old, new)
        finally:
            self._follow_tours()

    def _follow_tours(self) -> None:
        self.touring.tours, self.touring.salvos = self._tours.tours, self._tours.salvos

    # ---- what happens by itself

    def check(self, sign: Callable[[TileId], Sign], now_s: float) -> None:
        """Move the tours on, and have the wall kept if it has changed."""
        self._apply(self.touring.check(self._stage(), sign, now_s))
        if self.wall is not self._kept:
            self._kept = self.wall
            self._keep(self.wall)

    def take_shared(self, shared: Sequence[SavedLayout]) -> None:
        """The registry's layouts are these now; a monitor that shows one unaltered follows it."""
        before = self.layouts
        renamed = self._library.take_shared(shared)
        if self.layouts is not before or self._overdue:
            self._follow_registry(renamed)

    def _follow_registry(self, renamed: Mapping[str, str]) -> None:
        """Nobody here asked for it: what the disk keeps from the tours is said, and done with the next list."""
        renamed, self._overdue = {**self._overdue, **renamed}, {}
        try:
            self._follow_library(renamed)
        except ConfigError as error:
            self._overdue = renamed
            if error.sentence not in self.problems:
                self.problems = (*self.problems, error.sentence)
                _log.warning("tours do not follow their layouts: %s", error)

    def hand_over(self, name: str, shared: Sequence[SavedLayout], layout_id: str) -> None:
        """A layout of this PC's own is a shared one from now on: what showed the one shows the other.

        Args:
            name: the own one's.
            shared: all layouts of the registry.
            layout_id: the same one's among them.

        Raises:
            ConfigError: the own one is locked, or the disk keeps it; both are there then.
        """
        self._library.delete(name)
        others = [each for each in shared if each.shared is None or each.shared.id != layout_id]
        self._library.take_shared(
            others
        )  # it takes the name that has become free, not the one that it had beside it
        renamed = dict(self._library.take_shared(shared))
        named = {each.shared.id: key for key, each in self.layouts.saved.items() if each.shared is not None}
        self._follow_registry({**renamed, name: named.get(layout_id, name)})

    def catalog_changed(self, catalog: Catalog) -> None:
        """The registry lists other cameras: layouts that are queries may have others, too."""
        self._catalog = catalog
        if self._library.resolve(catalog):
            self._follow_library()

    def fill(self, tiles: int) -> None:
        """Put the first active cameras that everybody may look at on the first monitor's tiles, by their codes."""
        cameras = sorted(self._catalog.cameras.values(), key=lambda camera: camera.code)
        usable = (each for each in cameras if each.lifecycle is Lifecycle.ACTIVE and not self._is_private(each))
        filled: dict[int, CameraId] = dict(enumerate((camera.id for camera in islice(usable, tiles)), start=1))
        first, *others = self.wall.monitors
        self.wall = WallState((replace(first, cameras=filled), *others))
        self._undo.forget()  # an undo must not empty the wall that nobody filled by hand

    def set_screens(self, keys: Sequence[str]) -> None:
        """These screens are plugged in, the operator's own first: each shows the monitor that it had before.

        None at all, as while a PC changes over, changes nothing.
        """
        if keys:
            self.wall = walls.with_screens(self.wall, keys, self._new_monitor)

    def _apply(self, effects: Sequence[TourEffect]) -> None:
        for effect in effects:
            self.wall = walls.apply(self.wall, effect, self.layouts)

    def _stage(self) -> Stage:
        return Stage(self.wall, self.layouts, self._catalog)
