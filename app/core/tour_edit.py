"""How tours and salvos are changed: a step put in, taken out, moved, and a layout that has another name now. Pure.

Nothing here changes what it is given; each function returns the changed one.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.salvo import Salvo
from app.core.scene import SavedScene, Scene
from app.core.tour import PagedTour, Tour, TourPlan, TourStep

Steps = tuple[TourStep, ...]
"""A tour's steps while it is made: there may be none yet."""


def inserted(steps: Steps, index: int, step: TourStep) -> Steps:
    """The steps with one more, which stands at `index`, from 0."""
    return (*steps[:index], step, *steps[index:])


def removed(steps: Steps, index: int) -> Steps:
    """The steps without one."""
    return (*steps[:index], *steps[index + 1 :])


def exchanged(steps: Steps, index: int, step: TourStep) -> Steps:
    """The steps with another one in a place."""
    return (*steps[:index], step, *steps[index + 1 :])


def moved(steps: Steps, index: int, by: int) -> Steps:
    """The steps with one so many places further on; at an end it stays there."""
    place = min(max(0, index + by), len(steps) - 1)
    return inserted(removed(steps, index), place, steps[index])


def round_s(steps: Steps) -> float:
    """How long one round of them takes, in seconds."""
    return sum(step.dwell_s for step in steps)


def layouts_shown(tour: TourPlan) -> frozenset[str]:
    """The saved layouts that a tour shows: without one of them it has a step less."""
    steps = tour.steps if isinstance(tour, Tour) else ()
    return frozenset(step.scene.layout for step in steps if isinstance(step.scene, SavedScene))


def tour_after_rename(tour: TourPlan, old: str, new: str) -> TourPlan:
    """The tour after a saved layout was renamed."""
    if isinstance(tour, PagedTour):
        return replace(tour, grid=new) if tour.grid == old else tour
    return steps_after_rename(tour, old, new)


def steps_after_rename(tour: Tour, old: str, new: str) -> Tour:
    """The tour of steps after a saved layout was renamed."""
    steps = tuple(replace(step, scene=_scene_after_rename(step.scene, old, new)) for step in tour.steps)
    return replace(tour, steps=steps)


def salvo_after_rename(salvo: Salvo, old: str, new: str) -> Salvo:
    """The salvo after a saved layout was renamed."""
    scenes = {number: _scene_after_rename(scene, old, new) for number, scene in salvo.monitors.items()}
    return replace(salvo, monitors=scenes)


def _scene_after_rename(scene: Scene, old: str, new: str) -> Scene:
    if isinstance(scene, SavedScene):
        return SavedScene(new) if scene.layout == old else scene
    return replace(scene, grid=new) if scene.grid == old else scene
