"""What a wall's changes can be taken back to: of each change, the monitors that it concerned, as they were before.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.wall import WallState, with_saved

UNDO_DEPTH = 50


class UndoBook:
    """The last changes of a wall, the newest last."""

    def __init__(self) -> None:
        self._changes: list[Mapping[int, MonitorState]] = []

    def reaches(self, spared: Collection[int]) -> bool:
        """Whether there is a change to take back that concerned another monitor than these."""
        return any(not change.keys() <= set(spared) for change in self._changes)

    def remember(self, before: WallState, after: WallState) -> None:
        """Keep a change, unless only the selection, what follows it or the maximised tile is another one."""
        pairs = zip(before.monitors, after.monitors, strict=True)
        changed = {number: was for number, (was, now) in enumerate(pairs, start=1) if _made(was) != _made(now)}
        if changed:
            self._changes = [*self._changes[1 - UNDO_DEPTH :], changed]

    def take_back(self, wall: WallState, spared: Collection[int]) -> WallState:
        """The wall without the last change. Monitors that it did not concern, and where screens are, stay.

        Args:
            wall: as it is now.
            spared: monitors to leave alone; a change that concerned no other one is kept until it is their turn.
        """
        for place in reversed(range(len(self._changes))):
            past = {number: was for number, was in self._changes[place].items() if number not in spared}
            if past:
                del self._changes[place]
                return _with_past(wall, past)
        return wall

    def follow(self, layouts: Layouts, renamed: Mapping[str, str]) -> None:
        """The saved layouts have changed: see `walls.with_saved`."""
        self._changes = [_followed(change, layouts, renamed) for change in self._changes]

    def forget(self) -> None:
        """Nothing can be taken back any more."""
        self._changes = []


def _made(monitor: MonitorState) -> tuple[str, int | None, Mapping[int, CameraId]]:
    """What an officer made of a monitor."""
    return monitor.layout, monitor.hotspot, monitor.content


def _with_past(wall: WallState, past: Mapping[int, MonitorState]) -> WallState:
    """The wall with these monitors as they were, each on the screen that it has now."""
    monitors = list(wall.monitors)
    for number, was in past.items():
        now = monitors[number - 1]
        monitors[number - 1] = replace(was, screen=now.screen, is_present=now.is_present)
    return WallState(tuple(monitors))


def _followed(
    change: Mapping[int, MonitorState], layouts: Layouts, renamed: Mapping[str, str]
) -> Mapping[int, MonitorState]:
    followed = with_saved(WallState(tuple(change.values())), layouts, renamed)
    return dict(zip(change, followed.monitors, strict=True))
