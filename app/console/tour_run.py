"""One tour on one monitor: what it was made from, where it is, what holds it. Owned by the console's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.camera_query import CameraQuery, matching
from app.core.coverage import routine_cameras
from app.core.model import CameraId, Catalog
from app.core.monitor import MonitorState
from app.core.tour import Hold, PagedTour, Tour, TourPlan, TourState
from app.core.tour_edit import steps_after_rename, tour_after_rename


@dataclass(frozen=True, slots=True)
class TourRun:
    """A tour on a monitor."""

    plan: TourPlan
    state: TourState
    cameras: tuple[CameraId, ...] = ()
    """Of a paged tour: all that its query found."""
    held: Hold | None = None
    """Why the officer holds it."""
    hold: Hold | None = None
    """Why it stands still, whoever is the cause."""
    has_skipped: bool = False
    """Whether the officer was told that a step cannot be shown."""

    @property
    def chooses(self) -> bool:
        """Whether its steps are chosen as it goes."""
        return self.state.tour.is_open


def cameras_of(query: CameraQuery | None, catalog: Catalog) -> tuple[CameraId, ...]:
    """What a query finds; without one, all active cameras that need no purpose."""
    return routine_cameras(catalog) if query is None else matching(query, catalog)


def refreshed(run: TourRun, catalog: Catalog) -> TourRun:
    """The run after the catalogue has changed; one whose query finds nothing any more stays as it was."""
    plan = run.plan
    if not isinstance(plan, PagedTour):
        return run
    cameras = cameras_of(plan.query, catalog)
    if not cameras or cameras == run.cameras:
        return run
    state = run.state if run.chooses else run.state.with_tour(Tour(plan.name, plan.pages(cameras)))
    return replace(run, state=state, cameras=cameras)


def renamed(run: TourRun, old: str, new: str) -> TourRun:
    """The run after a saved layout was renamed: its steps are the same ones."""
    state = run.state.with_tour(steps_after_rename(run.state.tour, old, new))
    return replace(run, plan=tour_after_rename(run.plan, old, new), state=state)


def held(run: TourRun, monitor: MonitorState, now_s: float) -> TourRun:
    """The run at a standstill while anything holds it, and else going on."""
    hold = run.held
    if hold is None and not monitor.is_present:
        hold = Hold.AWAY
    if hold is None and monitor.is_directed:
        hold = Hold.DIRECTED
    if hold is None and monitor.maximised is not None:
        hold = Hold.MAXIMISED
    state = run.state.resumed(now_s) if hold is None else run.state.paused(now_s)
    return replace(run, state=state, hold=hold)
