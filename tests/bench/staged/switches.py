"""What was measured of switches, and what people read of it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from types import MappingProxyType
from typing import Any

from app.core.model import Profile
from app.demo.scenes import CLIP_FORMATS
from tests.bench.staged.switching import COLD, HALF, WARM, Arrival

GOALS_S: Mapping[str, float] = MappingProxyType({COLD: 1.5, WARM: 0.25, HALF: 1.5})
"""Until the last tile of a switch is live, at a group of pictures of 1 s."""
FRAME_RATE_FPS = CLIP_FORMATS[Profile.SUB].frame_rate_fps
_COLUMNS = "{:<6} {:>8} {:>6} {:>6} {:>6}   {:>10} {:>6}   {:>6}  {:<7} {:>8} {:>8} {:>8}   {:>8}"


@dataclass(frozen=True, slots=True)
class Stayed:
    """A tile that kept its camera over a switch.

    Attributes:
        pictures: how many came.
        seconds: between the switch and the last of them.
        gap_s: the longest time between two, as the wall looks: in steps of 16 ms.
        is_same: whether it kept its memory, and so its stream.
    """

    pictures: int
    seconds: float
    gap_s: float
    is_same: bool

    @property
    def lost(self) -> int:
        """Pictures that the camera sent in that time and the tile did not get."""
        return max(0, math.floor(self.seconds * FRAME_RATE_FPS) - self.pictures)


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch: the tiles that became live, the cameras that did not, the tiles that stayed."""

    kind: str
    arrivals: Sequence[Arrival]
    missing: Sequence[str]
    stayed: Sequence[Stayed]
    block_s: float
    """The longest time between two of the wall's ticks, which are 16 ms apart when nothing holds it up."""

    @classmethod
    def from_told(cls, told: Mapping[str, Any]) -> Switch:
        """What the wall's script told."""
        arrivals = [Arrival(**each) for each in told["arrivals"]]
        stayed = [Stayed(**each) for each in told["stayed"]]
        return cls(told["kind"], arrivals, told["missing"], stayed, told["block_s"])

    @property
    def all_live_s(self) -> float:
        """Until the last tile was live; infinite if one never was."""
        return math.inf if self.missing else max(each.live_s for each in self.arrivals)

    def as_json(self) -> dict[str, Any]:
        """Every figure."""
        return asdict(self)


def is_kept(switches: Sequence[Switch]) -> bool:
    """Whether every goal was kept."""
    in_time = all(each.all_live_s <= GOALS_S[each.kind] for each in switches)
    return in_time and not any(stayed.lost or not stayed.is_same for each in switches for stayed in each.stayed)


def summary(switches: Sequence[Switch]) -> list[str]:
    """A table of the kinds, and a line on what stayed."""
    header = (
        "",
        "tiles",
        "p50",
        "p95",
        "max",
        "all: med.",
        "max",
        "goal",
        "",
        "→ open",
        "→ pict.",
        "→ live",
        "block",
    )
    kinds = dict.fromkeys(each.kind for each in switches)
    rows = [_row(kind, [each for each in switches if each.kind == kind]) for kind in kinds]
    return [
        "",
        "seconds from the switch to a tile's live picture; on the right where the time went (p50 of each step),"
        " and the GUI's longest tick",
        _COLUMNS.format(*header),
        *rows,
        *_on_stayed([stayed for each in switches for stayed in each.stayed]),
    ]


def _row(kind: str, switches: Sequence[Switch]) -> str:
    arrivals = [arrival for each in switches for arrival in each.arrivals]
    live_s = [each.live_s for each in arrivals]
    ends_s = [each.all_live_s for each in switches]
    steps = (
        [each.opened_s for each in arrivals],
        [each.picture_s - each.opened_s for each in arrivals],
        [each.live_s - each.picture_s for each in arrivals],
    )
    spread = [_in_s(share_s(live_s, part)) for part in (0.5, 0.95, 1.0)]
    ends = [_in_s(median(ends_s)), _in_s(max(ends_s))]
    verdict = "kept" if max(ends_s) <= GOALS_S[kind] else "MISSED"
    goal = f"{GOALS_S[kind]:g}"
    where = [_in_s(share_s(each, 0.5)) for each in steps]
    block = _in_s(max(each.block_s for each in switches))
    return _COLUMNS.format(kind, len(arrivals), *spread, *ends, goal, verdict, *where, block)


def _on_stayed(stayed: Sequence[Stayed]) -> list[str]:
    if not stayed:
        return []
    gap_s, lost = max(each.gap_s for each in stayed), sum(each.lost for each in stayed)
    moved = sum(not each.is_same for each in stayed)
    return [
        f"{len(stayed)} tiles stayed: {lost} of {sum(each.pictures for each in stayed)} pictures lost, goal 0;"
        f" the longest gap {1000 * gap_s:.0f} ms, a frame is {1000 / FRAME_RATE_FPS:.0f} ms;"
        f" {moved} got other memory"
    ]


def share_s(values_s: Iterable[float], part: float) -> float:
    """The value that this part of them does not exceed; not a number of none."""
    ordered = sorted(values_s)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else math.nan


def _in_s(seconds: float) -> str:
    return f"{seconds:.2f}"
