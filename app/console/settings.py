"""What a console is told at its start, and what it knows of the registry. Plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.budget import HardwareChoice, SurfaceChoice
from app.core.duty import SignInRule
from app.core.model import HeldList, Profile, Reject
from app.core.sentence import Sentence
from app.core.snapshot import Taker
from app.core.tile_budget import TileBudget
from app.core.wall import WallState


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """What the console is told at its start."""

    layout: str
    """The layout of a new monitor."""
    surface: SurfaceChoice = SurfaceChoice.AUTO
    hardware: HardwareChoice = HardwareChoice.AUTO
    may_draw_directly: bool = False
    """Whether direct surfaces copy nothing on this system, so that AUTO may try them."""
    profile: Profile | None = None
    """Force one stream profile on every tile; None: by the tile's size."""
    fill_tiles: int = 0
    """How many of the first catalogue's cameras are put on the wall's tiles by themselves."""
    sign_in: SignInRule = SignInRule.OPTIONAL
    """Whether the controls need an officer who has signed in."""
    taker: Taker = field(default_factory=lambda: Taker("", "", "pantau"))
    """Who looks, and with what: on snapshots, and over pictures that say so."""
    budget: TileBudget | None = None
    """What this PC sustains; None where nobody has measured it or it is not to be kept to."""
    marks_all: bool = False
    """Whether all pictures carry who looks at them and when, not those of private cameras only."""
    wall: WallState | None = None
    """What the wall showed last; None begins with one monitor of `layout`."""
    problems: tuple[Sentence, ...] = ()
    """What could not be read at the start, a sentence each."""


@dataclass(frozen=True, slots=True)
class RegistryStatus:
    """What is known of the central registry."""

    is_reachable: bool = False
    is_refusing: bool = False
    """Whether it cannot be reached because it refuses this post."""
    sentence: Sentence | None = None
    """Why it cannot be reached, for a person; None while it can, and before anybody has tried."""
    lost_s: float | None = None
    """Since when it cannot be reached, monotonic seconds; None while it can, and where it never was."""
    from_cache: bool = False
    """Whether the catalogue is the last good copy of an earlier run."""
    held: HeldList | None = None
    """A newer list that is held back until somebody agrees."""
    rejected: tuple[Reject, ...] = ()
    sync_s: float | None = None
    """How long the last full sync took."""
    journal_fault: Sentence | None = None
    """Why it does not take this PC's journal, for a person."""

    @property
    def is_silent(self) -> bool:
        """Whether no answer comes at all: what it granted may serve beyond its time, until it says no."""
        return not (self.is_reachable or self.is_refusing)
