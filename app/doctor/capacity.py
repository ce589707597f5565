"""How many streams of each size this PC sustains: derived from what one costs, and confirmed. Pure; any thread.

Processor time is counted in seconds of it, not in time that passes: other programs on the PC then do not falsify
it. A stream's cost is the processor time that the wall and its hosts take for each second of it; the PC sustains

    cores × headroom ÷ cost

of them. The headroom leaves a part of the PC to whatever else runs, and to moments when many pictures change at
once. A run with so many tiles then confirms it: where that run falls short on a PC that nothing else keeps busy,
its own number counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from app.core.layout import MAX_TILES
from app.core.tile_budget import SizeClass

HEADROOM = 0.75
"""Of all cores: at 75 % of them 64 sub-streams ran at their full rate on two cores, above 90 % queues grow."""
FULL_RATE = 0.95
"""Of the camera's frame rate: what a sustained tile shows at least."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the wall with tiles of one size.

    Attributes:
        tiles: how many were asked for.
        live: how many showed a live picture at the end.
        fps: pictures a second of the slowest tile that was live.
        rate_fps: what the cameras sent.
        cpu_s_per_stream_s: processor time of wall and hosts for each second of each stream.
        engine: what played them.
        decoder: read back from the hosts: `software`, or `hardware` where the graphics card decodes.
        others: the part of the whole PC that other programs used meanwhile, 0 to 1.
    """

    tiles: int
    live: int
    fps: float
    rate_fps: float
    cpu_s_per_stream_s: float
    engine: str
    decoder: str
    others: float = 0.0

    @property
    def is_sustained(self) -> bool:
        """Whether every tile was live at its full rate."""
        return self.live == self.tiles and self.fps >= FULL_RATE * self.rate_fps


BUSY_PC = 0.25
"""What others may use of a PC before a run on it says nothing about the PC."""


@dataclass(frozen=True, slots=True)
class Sustained:
    """What is known of one size in one way of playing.

    Attributes:
        way: how it was played.
        size: of the streams.
        derived: how many are sustained by their cost; may be more than a wall has tiles.
        cost: the run that the cost was measured in.
        proof: a run at that number, or at the most that a wall's layout has.
    """

    way: str
    size: SizeClass
    derived: int
    cost: Run
    proof: Run

    @property
    def is_confirmed(self) -> bool:
        """Whether so many really ran, every one of them live at its full rate."""
        return self.proof.is_sustained

    @property
    def tiles(self) -> int:
        """How many are sustained, as far as is known."""
        if self.is_confirmed or self.proof.others > BUSY_PC:
            return self.derived
        return max(1, min(self.derived, self.proof.live))

    def sentence(self) -> str:
        """For the table."""
        cost = f"{self.tiles} tiles at {self.cost.cpu_s_per_stream_s:.4f} core each ({self.cost.decoder})"
        if self.is_confirmed:
            return f"{cost}; {self.proof.tiles} ran at {self.proof.fps:.1f} fps"
        seen = f"{self.proof.live} of {self.proof.tiles} were live, the slowest at {self.proof.fps:.1f} fps"
        if self.proof.others > BUSY_PC:
            return f"{cost}; not confirmed: {seen} while other programs used {self.proof.others:.0%} of the PC"
        return f"{cost}; {seen}"

    def as_json(self) -> Mapping[str, object]:
        """For the report."""
        return {
            "way": self.way,
            "size": self.size.value,
            "tiles": self.tiles,
            "derived": self.derived,
            "is_confirmed": self.is_confirmed,
            "cost": asdict(self.cost),
            "proof": asdict(self.proof),
        }


def derived(run: Run, cores: int) -> int:
    """How many streams are sustained by what each costs; one at least, since one that is late is still shown."""
    if run.cpu_s_per_stream_s <= 0:
        return 0
    return max(1, int(cores * HEADROOM / run.cpu_s_per_stream_s))


def tiles_to_prove(sustained: int, most_tiles: int = MAX_TILES) -> int:
    """How many tiles a run that confirms it has; no more than a wall's largest layout."""
    return max(1, min(sustained, most_tiles))
