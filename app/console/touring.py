"""Tours at work: on which monitors one runs, what each shows now and next, and what coverage has come to.

Owned by the console's thread and asked by the console: it changes no wall, it says what to change. Imports the
pure core only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from app.console.tour_run import TourRun, cameras_of, held, refreshed, renamed
from app.core.commands import Back, TileId
from app.core.coverage import Coverage, CoverageReport
from app.core.due import Due
from app.core.errors import ConfigError
from app.core.layouts import Layouts
from app.core.model import CameraId, Catalog
from app.core.monitor import MonitorState
from app.core.salvo import Salvo, SalvoPlan, plan_salvo
from app.core.scene import Showing, showing
from app.core.tile_status import Sign
from app.core.tour import (
    Hold,
    PagedTour,
    PageOrder,
    Tour,
    TourPlan,
    TourStatus,
    TourStep,
    cameras_named,
    start_tour,
)
from app.core.tour_commands import (
    ShowInGrid,
    StartCoverage,
    StartTour,
    StepTour,
    StopTour,
    ToggleTour,
    TourCommand,
)
from app.core.wall import WallState, visible_tiles

LOOK_PERIOD_S = 0.5
"""How often coverage looks at the wall: a quarter of what counts as seen."""
COVERAGE_NAME = ""
"""Of the product's own coverage tour; what a person makes has a name."""

TourEffect = ShowInGrid | Back
"""What a tour asks of its monitor."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a tour has to know of the console at one moment."""

    wall: WallState
    layouts: Layouts
    catalog: Catalog


class TourEvent(Enum):
    """What an officer is told of a tour."""

    PAUSED = "paused"
    """The officer changed what the monitor shows: the tour waits."""
    SKIPPED = "skipped"
    """A step's saved layout is not there any more; told once."""
    ENDED = "ended"
    """None of the steps can be shown any more."""


@dataclass(frozen=True, slots=True)
class TourNotice:
    """Something happened to a monitor's tour by itself."""

    monitor: int
    tour: str
    event: TourEvent


class Touring:
    """All tours of one console.

    Attributes:
        tours: those that can be started, by name.
        salvos: those that can be called up, by name.
        coming: by monitor, what it will show next, so soon that it is to be warm by then.
    """

    def __init__(self) -> None:
        self.tours: Mapping[str, TourPlan] = MappingProxyType({})
        self.salvos: Mapping[str, Salvo] = MappingProxyType({})
        self.coming: Mapping[int, Showing] = MappingProxyType({})
        self._runs: dict[int, TourRun] = {}
        self._coverage = Coverage()
        self._catalog: Catalog | None = None
        self._look_due = Due(LOOK_PERIOD_S)
        self._notices: list[TourNotice] = []

    # ---- what an officer asks

    def do(self, command: TourCommand, stage: Stage, now_s: float) -> tuple[TourEffect, ...]:
        """Carry a tour's command out.

        Returns:
            what is to be applied to the wall now.

        Raises:
            ConfigError: there is no such tour or monitor, nothing of the tour can be shown, or no tour runs there;
                nothing has changed.
        """
        match command:
            case StartTour(monitor, name):
                return self._start(monitor, self._plan(name), stage, now_s)
            case StartCoverage(monitor):
                return self._start(monitor, _coverage_tour(stage, monitor), stage, now_s)
            case StepTour(monitor, step):
                return self._step(monitor, step, stage, now_s)
            case ToggleTour(monitor):
                return self._toggle(monitor, stage, now_s)
            case StopTour(monitor):
                return self._stop(monitor, stage)

    def salvo(self, name: str, stage: Stage) -> SalvoPlan:
        """What is to be sent for a salvo, and what of it cannot be shown.

        Raises:
            ConfigError: there is no such salvo.
        """
        found = self.salvos.get(name)
        if found is None:
            raise ConfigError("there is no salvo {0}", repr(name))
        return plan_salvo(found, stage.wall, stage.layouts)

    def wall_changed(self, before: WallState, after: WallState) -> None:
        """An officer's command made this of the wall: the tours of monitors that show something else now wait."""
        for monitor, run in self._runs.items():
            if _content(before.monitor(monitor)) == _content(after.monitor(monitor)):
                continue
            if run.held is None:
                self._tell(monitor, run, TourEvent.PAUSED)
            self._runs[monitor] = replace(run, held=Hold.BY_CHANGE)

    def layout_renamed(self, old: str, new: str) -> None:
        """A saved layout has another name: the tours that run show it all the same."""
        self._runs = {monitor: renamed(run, old, new) for monitor, run in self._runs.items()}

    def _start(self, monitor: int, plan: TourPlan, stage: Stage, now_s: float) -> tuple[TourEffect, ...]:
        stage.wall.monitor(monitor)
        return self._show(monitor, self._begun(plan, stage, now_s), 1, stage)

    def _step(self, monitor: int, step: int, stage: Stage, now_s: float) -> tuple[TourEffect, ...]:
        run = self._run(monitor)
        if step > 0:
            run = self._with_next(run, stage)
        moved = replace(run, state=run.state.stepped(step, now_s))
        if run.held is Hold.BY_CHANGE:  # the wall shows the tour again
            moved = replace(moved, held=Hold.BY_HAND)
        return self._show(monitor, moved, step, stage)

    def _toggle(self, monitor: int, stage: Stage, now_s: float) -> tuple[TourEffect, ...]:
        """Hold the tour, or let it go on; where the officer has changed the wall, its step comes back first."""
        run = self._run(monitor)
        toggled = replace(run, held=Hold.BY_HAND if run.held is None else None)
        effects = self._show(monitor, toggled, 1, stage) if run.held is Hold.BY_CHANGE else ()
        if not effects:
            self._runs[monitor] = toggled
        self._runs[monitor] = held(self._runs[monitor], stage.wall.monitor(monitor), now_s)
        return effects

    def _stop(self, monitor: int, stage: Stage) -> tuple[TourEffect, ...]:
        """End the tour; what an officer made of the wall meanwhile stays."""
        run = self._run(monitor)
        del self._runs[monitor]
        state = stage.wall.monitor(monitor)
        if run.held is Hold.BY_CHANGE or not state.is_temporary:
            return ()
        back = Back(monitor)
        return (back, back) if state.maximised is not None else (back,)

    def _plan(self, name: str) -> TourPlan:
        found = self.tours.get(name)
        if found is None:
            raise ConfigError("there is no tour {0}", repr(name))
        return found

    def _run(self, monitor: int) -> TourRun:
        found = self._runs.get(monitor)
        if found is None:
            raise ConfigError("no tour runs on monitor {0}", monitor)
        return found

    # ---- as time goes on

    def check(self, stage: Stage, sign: Callable[[TileId], Sign], now_s: float) -> tuple[TourEffect, ...]:
        """Look at the wall, and move every tour whose step is over.

        Args:
            stage: the console as it is.
            sign: a tile's sign now.
            now_s: monotonic seconds.

        Returns:
            what is to be applied to the wall now.
        """
        self._look(stage, sign, now_s)
        if stage.catalog is not self._catalog:
            self._catalog = stage.catalog
            self._runs = {monitor: refreshed(run, stage.catalog) for monitor, run in self._runs.items()}
        effects = [effect for monitor in tuple(self._runs) for effect in self._advance(monitor, stage, now_s)]
        near = {number: run.state for number, run in self._runs.items() if run.state.is_next_near(now_s)}
        shown = {number: _shown(state.next_step, stage.layouts) for number, state in near.items()}
        self.coming = {number: each for number, each in shown.items() if each is not None}
        return tuple(effects)

    def _look(self, stage: Stage, sign: Callable[[TileId], Sign], now_s: float) -> None:
        if not self._look_due.is_due(now_s):
            return
        self._look_due.done(now_s)
        signs: dict[CameraId, Sign] = {}
        for tile, camera in visible_tiles(stage.wall, stage.layouts).items():
            if signs.get(camera) is not Sign.LIVE:
                signs[camera] = sign(tile)
        self._coverage = self._coverage.looked(signs, now_s)

    def _advance(self, monitor: int, stage: Stage, now_s: float) -> tuple[TourEffect, ...]:
        run = held(self._runs[monitor], stage.wall.monitor(monitor), now_s)
        if run.state.is_next_near(now_s):
            run = self._with_next(run, stage)
        state = run.state.advanced(now_s)
        self._runs[monitor] = replace(run, state=state)
        return self._show_or_end(monitor, stage) if state.index != run.state.index else ()

    # ---- showing

    def _show(self, monitor: int, run: TourRun, by: int, stage: Stage) -> tuple[TourEffect, ...]:
        """Show the run's step, or the nearest one that can be shown where its saved layout is gone.

        Args:
            by: the way past a step that cannot be shown: +1 or -1.

        Raises:
            ConfigError: none of the steps can be shown; no run has changed.
        """
        state = run.state
        for skipped in range(len(state.tour.steps)):
            shown = _shown(state.step, stage.layouts)
            if shown is not None:
                if skipped and not run.has_skipped:
                    self._tell(monitor, run, TourEvent.SKIPPED)
                self._runs[monitor] = replace(run, state=state, has_skipped=run.has_skipped or skipped > 0)
                return (ShowInGrid(monitor, shown.layout, shown.cameras),)
            state = state.stepped(by, state.since_s)
        raise ConfigError("none of the saved layouts of this tour is there any more")

    def _show_or_end(self, monitor: int, stage: Stage) -> tuple[TourEffect, ...]:
        run = self._runs[monitor]
        try:
            return self._show(monitor, run, 1, stage)
        except ConfigError:
            del self._runs[monitor]
            self._tell(monitor, run, TourEvent.ENDED)
            return ()

    def _tell(self, monitor: int, run: TourRun, event: TourEvent) -> None:
        self._notices.append(TourNotice(monitor, run.plan.name, event))

    # ---- what is shown

    def _begun(self, plan: TourPlan, stage: Stage, now_s: float) -> TourRun:
        """A run at its first step.

        Raises:
            ConfigError: its query finds no camera.
        """
        if isinstance(plan, Tour):
            return TourRun(plan, start_tour(plan, now_s))
        cameras = cameras_of(plan.query, stage.catalog)
        if not cameras:
            raise ConfigError("there is no camera for this tour")
        return TourRun(plan, start_tour(self._tour(plan, cameras, stage), now_s), cameras)

    def _tour(self, plan: PagedTour, cameras: tuple[CameraId, ...], stage: Stage) -> Tour:
        if plan.order is PageOrder.READING:
            return Tour(plan.name, plan.pages(cameras))
        return Tour(plan.name, (self._page(plan, cameras, stage),), is_open=True)

    def _with_next(self, run: TourRun, stage: Stage) -> TourRun:
        """The run with its next step chosen, if that is chosen as it goes and is not known yet."""
        if not isinstance(run.plan, PagedTour) or not run.chooses or run.state.next_step is not None:
            return run
        return replace(run, state=run.state.extended(self._page(run.plan, run.cameras, stage)))

    def _page(self, plan: PagedTour, cameras: tuple[CameraId, ...], stage: Stage) -> TourStep:
        """The least recently seen cameras, those last that are on the wall or about to be."""
        chosen = [run.state for run in self._runs.values() if run.chooses]
        coming = (camera for state in chosen for camera in cameras_named(state.step, state.next_step))
        taken = {*visible_tiles(stage.wall, stage.layouts).values(), *coming}
        return plan.page(self._coverage.least_recent(cameras, plan.tiles, taken))

    # ---- what is to be seen

    @property
    def expected(self) -> dict[TileId, CameraId]:
        """What tiles will show next, of all monitors together: for `Console.expect`."""
        return {
            TileId(monitor, number): camera
            for monitor, shown in self.coming.items()
            for number, camera in shown.cameras.items()
        }

    @property
    def running(self) -> frozenset[int]:
        """The monitors that show what a tour put there: an officer who takes a change back does not mean those."""
        return frozenset(number for number, run in self._runs.items() if run.held is not Hold.BY_CHANGE)

    def status(self, monitor: int, now_s: float) -> TourStatus | None:
        """The tour of a monitor; None where none runs."""
        run = self._runs.get(monitor)
        if run is None:
            return None
        state = run.state
        steps = None if run.chooses else len(state.tour.steps)
        left_s, dwell_s = state.left_s(now_s), state.step.dwell_s
        return TourStatus(run.plan.name, state.index + 1, steps, left_s, dwell_s, run.held or run.hold)

    def report(self, monitor: int, catalog: Catalog, now_s: float) -> CoverageReport:
        """What was seen lately: of the cameras of that monitor's tour if it has a query, else of all."""
        run = self._runs.get(monitor)
        query = run.plan.query if run is not None and isinstance(run.plan, PagedTour) else None
        cameras = cameras_of(query, catalog)
        return self._coverage.report(cameras, now_s, query.text if query is not None else "")

    def take_notices(self) -> tuple[TourNotice, ...]:
        """What has happened since this was last asked."""
        notices, self._notices = self._notices, []
        return tuple(notices)


def _coverage_tour(stage: Stage, monitor: int) -> PagedTour:
    """The product's own: every camera that needs no purpose, in the layout that the monitor has."""
    layout = stage.layouts.get(stage.wall.monitor(monitor).layout)
    return PagedTour(COVERAGE_NAME, None, layout.tiles, order=PageOrder.LEAST_SEEN, grid=layout.name)


def _shown(step: TourStep | None, layouts: Layouts) -> Showing | None:
    """What a step is now; None where there is none, or its saved layout is gone."""
    try:
        return showing(step.scene, layouts) if step is not None else None
    except ConfigError:
        return None


def _content(monitor: MonitorState) -> tuple[str, Mapping[int, CameraId]]:
    """What an officer sees of it, whatever is selected or maximised."""
    return monitor.layout, monitor.content
