"""Measures how many tiles of each size this PC sustains, in each way that works here. Runs on the main thread."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.core.errors import ConsoleError
from app.core.layout import MAX_TILES
from app.core.tile_budget import TileBudget
from app.doctor.cameras import TRIALS, Trial, cameras_of, make_clip
from app.doctor.capacity import Run, Sustained, derived, tiles_to_prove
from app.doctor.finding import Finding, Level
from app.doctor.software import has_display
from app.doctor.trial import Way, run_wall

HEADLESS = ("--headless",)
HARDWARE = "hardware"
Tell = Callable[[str], None]
"""Takes a line about what goes on."""


def ways(*, has_hardware: bool, has_vlc: bool) -> Sequence[Way]:
    """The ways of playing that work here, the usual one first."""
    shown = () if has_display() else HEADLESS
    found = [Way("shared, software", (*shown, "--surface", "shared", "--hardware", "never"))]
    if has_hardware:
        found.append(Way("shared, graphics card", (*shown, "--surface", "shared", "--hardware", "always")))
    if has_vlc and has_display():
        hardware = "always" if has_hardware else "never"
        found.append(Way("direct", ("--surface", "direct", "--hardware", hardware)))
    return found


def measure(
    found: Sequence[Way],
    clips: Path,
    tell: Tell,
    trials: Sequence[Trial] = TRIALS,
    most_tiles: int = MAX_TILES,
) -> Iterator[Sustained | Finding]:
    """Every size in every way; a finding for what could not be measured.

    Args:
        found: the ways.
        clips: the folder where clips are kept.
        tell: see `Tell`.
        trials: the sizes.
        most_tiles: of a run that confirms a number.

    Raises:
        ConsoleError: there are no cameras to measure with.
    """
    with tempfile.TemporaryDirectory(prefix="pantau-doctor-") as folder:
        for trial in trials:
            tell(f"{trial.size.value}: pictures as a camera of {trial.kbps} kbps sends them …")
            clip = make_clip(trial, clips)
            with cameras_of(trial, clip, Path(folder)) as cameras:
                for way in found:
                    yield _measured(trial, way, cameras, Path(folder), tell, most_tiles)


def _measured(
    trial: Trial, way: Way, cameras: Path, folder: Path, tell: Tell, most_tiles: int
) -> Sustained | Finding:
    try:
        tell(f"{trial.size.value}, {way.name}: what one of {trial.tiles} tiles costs …")
        cost = _steady(trial, way, cameras, folder)
        count = derived(cost, os.cpu_count() or 1)
        tiles = tiles_to_prove(count, most_tiles)
        tell(f"{trial.size.value}, {way.name}: {tiles} tiles …")
        proof = run_wall(trial, way, cameras, tiles, folder)
    except ConsoleError as error:
        return Finding(f"tiles {trial.size.value}", Level.WARNING, f"{way.name}: {error}")
    return Sustained(way.name, trial.size, count, cost, proof)


def _steady(trial: Trial, way: Way, cameras: Path, folder: Path) -> Run:
    """A run in which every tile was live at its full rate: streams that fall behind are thinned and look cheap.

    Where there is none, the last one of fewer tiles: its share of what the wall costs by itself is larger, so that
    the number that comes of it is rather too small.
    """
    for tiles in (trial.tiles, trial.tiles, trial.tiles // 2):
        run = run_wall(trial, way, cameras, tiles, folder)
        if run.is_sustained:
            break
    return run


def finding_of(sustained: Sustained) -> Finding:
    """The line of the table."""
    is_hardware_lost = "graphics card" in sustained.way and sustained.cost.decoder != HARDWARE
    level = Level.WARNING if is_hardware_lost or sustained.proof.live == 0 else Level.FINE
    text = f"{sustained.way}: {sustained.sentence()}"
    return Finding(f"tiles {sustained.size.value}", level, text, sustained.as_json())


def budget_of(found: Sequence[Sustained], way: str) -> TileBudget:
    """What the wall is to keep to, by what one way of playing sustains."""
    return TileBudget({each.size: each.tiles for each in found if each.way == way})
