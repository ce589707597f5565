"""What an operator can ask of tours and salvos, and the one thing that a tour asks of the wall. Pure data.

These are commands like those of `commands.py`, which lists them with the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.core.model import CameraId


@dataclass(frozen=True, slots=True)
class StartTour:
    """Run a tour on a monitor, instead of the one that runs there."""

    name: ClassVar[str] = "tour"
    monitor: int
    tour: str


@dataclass(frozen=True, slots=True)
class StartCoverage:
    """Run the tour that shows the least recently seen cameras, in the monitor's present layout."""

    name: ClassVar[str] = "coverage-tour"
    monitor: int


@dataclass(frozen=True, slots=True)
class StepTour:
    """Show the tour's next (+1) or previous (-1) step now."""

    name: ClassVar[str] = "step-tour"
    monitor: int
    step: int


@dataclass(frozen=True, slots=True)
class ToggleTour:
    """Hold the tour where it is, or let it go on for the rest of the step's dwell."""

    name: ClassVar[str] = "tour-pause"
    monitor: int


@dataclass(frozen=True, slots=True)
class StopTour:
    """End the tour; what the monitor showed before comes back."""

    name: ClassVar[str] = "tour-stop"
    monitor: int


@dataclass(frozen=True, slots=True)
class FireSalvo:
    """Call up a salvo: all its monitors at once."""

    name: ClassVar[str] = "salvo"
    salvo: str


@dataclass(frozen=True, slots=True)
class ShowInGrid:
    """Show cameras on the tiles of a layout, until `Back` brings what was there before."""

    name: ClassVar[str] = "show-in-grid"
    monitor: int
    layout: str
    cameras: Mapping[int, CameraId]
    """By tile number."""


TourCommand = StartTour | StartCoverage | StepTour | ToggleTour | StopTour
"""What concerns the tour of one monitor."""
