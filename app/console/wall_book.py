"""What the wall shows and how it changes: commands, undo, saved layouts, tours, screens. No stream is opened here.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from app.console.library import LayoutLibrary
from app.console.settings import ConsoleSettings
from app.console.touring import Stage, TourEffect, Touring
from app.core import wall as walls
from app.core.commands import Command, OpenSaved, TileId, Undo
from app.core.layouts import Layouts
from app.core.model import EMPTY_CATALOG, Camera, CameraId, Catalog, Lifecycle
from app.core.monitor import MonitorState
from app.core.salvo import SalvoPlan
from app.core.saved_layout import SavedLayout
from app.core.tile_status import Sign
from app.core.tour_commands import FireSalvo, StartCoverage, StartTour, StepTour, StopTour, ToggleTour
from app.core.wall import WallState

UNDO_DEPTH = 50


class WallBook:
    """Owns the wall's state.

    Args:
        settings: see there.
        library: the layouts.
        keep: takes the wall after each change, for the next start; never waits.
        is_private: whether a camera is not to be called up without a reason.

    Attributes:
        wall: what is shown now.
        touring: the tours.
        problems: what could not be read at the start, a sentence each.
    """

    def __init__(
        self,
        settings: ConsoleSettings,
        library: LayoutLibrary,
        keep: Callable[[WallState], None],
        is_private: Callable[[Camera], bool] = lambda _camera: False,
    ) -> None:
        self._is_private = is_private
        self._library = library
        self._keep = keep
        self.layouts.get(settings.layout)
        self._new_monitor = MonitorState(settings.layout)
        self.wall = settings.wall or WallState((self._new_monitor,))
        self._kept = self.wall
        self._screens: tuple[str, ...] = ()
        self._history: list[WallState] = []
        self._catalog = EMPTY_CATALOG
        self._salvo_plans: list[SalvoPlan] = []
        self.problems = settings.problems
        self.touring = Touring()
        self.touring.tours, self.touring.salvos = settings.tours, settings.salvos

    @property
    def layouts(self) -> Layouts:
        """All layouts, the saved ones included."""
        return self._library.layouts

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._history)

    # ---- what an operator asks

    def dispatch(self, command: Command, now_s: float) -> None:
        """Carry a command out.

        Raises:
            ConfigError: it names something that is not there; nothing has changed.
        """
        before = self.wall
        match command:
            case Undo():
                self._undo()
            case FireSalvo(name):
                self._fire(name)
                self._remember(before)
            case StartTour() | StartCoverage() | StepTour() | ToggleTour() | StopTour():
                self._apply(self.touring.do(command, self._stage(), now_s))
                return  # what a tour shows is not the officer's own change
            case _:
                self.wall = walls.apply(before, command, self.layouts)
                self._remember(before)
        self.touring.wall_changed(before, self.wall)

    def _undo(self) -> None:
        """Take the last change back; what tours show meanwhile, and where screens are, stays."""
        if not self._history:
            return
        past, running = self._history.pop(), self.touring.running
        pairs = zip(past.monitors, self.wall.monitors, strict=True)
        kept = tuple(now if number in running else then for number, (then, now) in enumerate(pairs, start=1))
        self.wall = self._on_screens(past if kept == past.monitors else WallState(kept))

    def _fire(self, name: str) -> None:
        plan = self.touring.salvo(name, self._stage())
        for command in plan.commands:
            self.wall = walls.apply(self.wall, command, self.layouts)
        self._salvo_plans.append(plan)

    def take_salvo_plans(self) -> tuple[SalvoPlan, ...]:
        """The salvos called up since this was last asked: what of them could not be shown is to be said."""
        plans, self._salvo_plans = self._salvo_plans, []
        return tuple(plans)

    def _remember(self, before: WallState) -> None:
        """Keep a wall for undo, unless only the selection or the maximised tile has changed."""
        if [(m.layout, m.cameras) for m in before.monitors] != [(m.layout, m.cameras) for m in self.wall.monitors]:
            self._history = [*self._history[1 - UNDO_DEPTH :], before]

    # ---- saved layouts

    def save_layout(self, monitor: int, name: str) -> SavedLayout:
        """Save what a monitor shows under a name, and open it there.

        Raises:
            ConfigError: the name cannot be used or is another layout's, its layout is locked, or the disk refuses.
        """
        state = self.wall.monitor(monitor)
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
            ConfigError: its name cannot be used or is taken, or the disk refuses.
        """
        saved = self._library.revise(original, layout) if original else self._library.add(layout)
        self._follow_library({original: saved.name} if original else {})
        self._open(monitor, saved.name)

    def delete_layout(self, name: str) -> None:
        """Delete a saved layout; its cameras stay where they are shown.

        Raises:
            ConfigError: there is none, it is locked, or the disk refuses.
        """
        self._library.delete(name)
        self._follow_library()

    def rename_layout(self, old: str, new: str) -> None:
        """Give a saved layout another name.

        Raises:
            ConfigError: there is none, it is locked, the name cannot be used or is taken, or the disk refuses.
        """
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
            ConfigError: the file holds none; the message names file, line and reason. Or the disk refuses.
        """
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
        before = self.wall
        self.wall = walls.apply(self.wall, OpenSaved(monitor, name), self.layouts)
        self._remember(before)
        self.touring.wall_changed(before, self.wall)

    def _follow_library(self, renamed: dict[str, str] | None = None) -> None:
        self.wall = walls.with_saved(self.wall, self.layouts, renamed or {})
        self._history = [walls.with_saved(past, self.layouts, renamed or {}) for past in self._history]

    # ---- what happens by itself

    def check(self, sign: Callable[[TileId], Sign], now_s: float) -> None:
        """Move the tours on, and have the wall kept if it has changed."""
        self._apply(self.touring.check(self._stage(), sign, now_s))
        if self.wall is not self._kept:
            self._kept = self.wall
            self._keep(self.wall)

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
        self._history = []  # an undo must not empty the wall that nobody filled by hand

    def set_screens(self, keys: Sequence[str]) -> None:
        """These screens are plugged in, the operator's own first: each shows the monitor that it had before."""
        self._screens = tuple(keys)
        wall = self._on_screens(self.wall)
        if len(wall.monitors) > len(self.wall.monitors):
            self._history = []  # an undo must not take a monitor away
        self.wall = wall

    def _on_screens(self, wall: WallState) -> WallState:
        return walls.with_screens(wall, self._screens, self._new_monitor) if self._screens else wall

    def _apply(self, effects: Sequence[TourEffect]) -> None:
        for effect in effects:
            self.wall = walls.apply(self.wall, effect, self.layouts)

    def _stage(self) -> Stage:
        return Stage(self.wall, self.layouts, self._catalog)
