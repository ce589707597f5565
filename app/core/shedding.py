"""Which streams are decoded by key frames only while this PC cannot keep up. Pure.

A PC that is short would let every picture come later and later. Instead the least important tiles drop to key
frames, say so, and come back one by one when there is room; nothing stutters silently.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.core.lights import Lights
from app.core.model import StreamKey

LATE_LIMIT_S = 0.5
"""Later than this by this PC's own doing and the stream has fallen behind; a tile is marked from 2.0 s on."""
BUSY_LIMIT = 0.9
"""A stream whose thread waits less than a tenth of the time for packets has them lying there."""
PATIENCE_S = 3.0
"""So long streams must be behind before any is shed: a wall that has just been filled catches up by itself."""
STEP_S = 2.0
"""Between two steps of shedding: the effect of one has to show before the next."""
SHED_PART = 0.25
"""Of the streams still whole, with each step."""
CALM_S = 6.0
"""Without a stream that is behind, before half of the shed ones come back; doubled by a return that went wrong."""
LONGEST_CALM_S = 300.0


@dataclass(frozen=True, slots=True)
class Shedding:
    """What is shed, and what has to be remembered of how it went."""

    thin: tuple[StreamKey, ...] = ()
    """In the order of their shedding; the last one comes back first."""
    changed_s: float = float("-inf")
    behind_since_s: float | None = None
    """Since when there have been streams behind; None while there are none."""
    behind_s: float = float("-inf")
    """When a stream was last behind."""
    calm_s: float = CALM_S
    has_returned: bool = False
    """Whether the last change was a return."""


def is_behind(lights: Lights) -> bool:
    """Whether this PC, not the network, makes the stream late: its packets lie there and are not dealt with."""
    return lights.late_s >= LATE_LIMIT_S and lights.busy >= BUSY_LIMIT


def shed(
    shedding: Shedding, least_important_first: Sequence[StreamKey], behind: Collection[StreamKey], now_s: float
) -> Shedding:
    """The shedding after a look at all open streams.

    Args:
        least_important_first: every open stream, the least important first.
        behind: those that are behind (`is_behind`).
        now_s: monotonic seconds.
    """
    kept = replace(shedding, thin=tuple(key for key in shedding.thin if key in least_important_first))
    if behind:
        since_s = now_s if kept.behind_since_s is None else kept.behind_since_s
        kept = replace(kept, behind_since_s=since_s, behind_s=now_s)
        is_due = now_s - since_s >= PATIENCE_S and now_s - kept.changed_s >= STEP_S
        return _shed_more(kept, least_important_first, now_s) if is_due else kept
    kept = replace(kept, behind_since_s=None)
    if kept.thin and now_s - max(kept.changed_s, kept.behind_s) >= kept.calm_s:
        return replace(kept, thin=kept.thin[: len(kept.thin) // 2], changed_s=now_s, has_returned=True)
    return kept


def _shed_more(shedding: Shedding, least_important_first: Sequence[StreamKey], now_s: float) -> Shedding:
    whole = [key for key in least_important_first if key not in shedding.thin]
    count = max(1, round(len(whole) * SHED_PART)) if len(whole) > 1 else 0  # the last one is what the wall is for
    has_gone_wrong = shedding.has_returned and now_s - shedding.changed_s < shedding.calm_s
    calm_s = min(LONGEST_CALM_S, shedding.calm_s * 2) if has_gone_wrong else shedding.calm_s
    return replace(
        shedding, thin=(*shedding.thin, *whole[:count]), changed_s=now_s, calm_s=calm_s, has_returned=False
    )
