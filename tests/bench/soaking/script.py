"""What an officer does in a week, as commands to a console, as fast as its streams settle.

A play/stop is counted when a camera that was live leaves the wall, whatever took it away. Now and then the wall
rests: always the same layout and cameras, all of them live, so that what is measured then can be compared.
Runs on the console's thread, in each tick before the pump.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from app.console import Console
from app.core.commands import (
    ApplyLayout,
    AssignTile,
    ClearTile,
    Command,
    SelectTile,
    SwapTiles,
    TileId,
    ToggleMaximised,
    Undo,
)
from app.core.model import CameraId, Profile
from app.core.tile_status import Sign, TileStatus
from tests.bench.soaking.plan import REST_LAYOUT, Week, layout_walk

MONITOR = 1
STEP_S = 0.05
TELL_S = 0.5
PLAYED_S = 0.3
"""A camera is left alone for so long after its first picture."""
PATIENCE_S = 6.0
"""A camera without a picture for so long makes room for another."""
LAYOUT_PAUSE_S = 0.4
CLEAR_SHARE = 0.25
"""Of the stops; at the others another camera takes the tile at once."""
STEADY_S = 2.0
NUDGE_S = 10.0
"""A camera that is not live at rest for so long is cleared and called up anew, as an officer would."""
REST_LIMIT_S = 60.0

Tell = Callable[[str, Mapping[str, Any]], None]
"""Says something to the bench: what it is, and its figures."""


class WallScript:
    """Plays a week on a console.

    Args:
        console: an assembled one, its wall filled.
        week: how much.
        random: every choice.
        tell: the way to the bench: `progress`, or `rested`, after which an order is awaited.
        orders: what the bench says when it has measured.
        census: figures of this process, added to what is told at a rest.
        at_once: how many cameras may be without a picture before the next is called up.
    """

    def __init__(
        self,
        console: Console,
        week: Week,
        random: Random,
        tell: Tell,
        orders: queue.SimpleQueue[str],
        census: Callable[[], Mapping[str, Any]],
        at_once: int,
    ) -> None:
        self._console = console
        self._week = week
        self._random = random
        self._tell = tell
        self._orders = orders
        self._census = census
        self._at_once = at_once
        self._layouts = layout_walk(random)
        self._rests = list(week.rests())
        self._is_resting = False
        self._is_told = False
        self._is_over = False
        self._rest_since_s = 0.0
        self._unsteady_s = 0.0
        self._nudge_s = 0.0
        self._nudged: list[str] = []
        self._next_step_s = 0.0
        self._next_tell_s = 0.0
        self._next_layout_s = 0.0
        self._called_s: dict[CameraId, float] = {}
        self._live_s: dict[CameraId, float] = {}
        self._statuses: dict[TileId, TileStatus] = {}
        self.play_stops = self.layout_changes = self.other_commands = self.given_up = 0

    def tick(self, now_s: float) -> None:
        """Do what is due."""
        if self._is_over or now_s < self._next_step_s or not self._console.catalog.cameras:
            return
        self._next_step_s = now_s + STEP_S
        self._look(now_s)
        if now_s >= self._next_tell_s:
            self._say(now_s)
        if self._is_resting:
            self._rest(now_s)
        elif self._change_layout(now_s):
            return
        elif self._rests and self.play_stops >= self._rests[0]:
            self._lie_down(now_s)
        else:
            self._play_or_stop(now_s)

    # ---- what is seen

    def _look(self, now_s: float) -> None:
        """Note who came, who is live, and who has gone: that was a play/stop if it was ever live."""
        shown = self._console.shown_tiles()
        self._statuses = {tile: self._console.status(tile, now_s) for tile in shown}
        cameras = set(shown.values())
        for camera in [*self._called_s]:
            if camera not in cameras:
                del self._called_s[camera]
                self.play_stops += self._live_s.pop(camera, None) is not None
        for tile, camera in shown.items():
            self._called_s.setdefault(camera, now_s)
            if self._statuses[tile].sign is Sign.LIVE:
                self._live_s.setdefault(camera, now_s)

    def _figures(self, now_s: float) -> dict[str, Any]:
        return {
            "at_s": now_s,
            "is_resting": self._is_resting,
            "play_stops": self.play_stops,
            "layout_changes": self.layout_changes,
            "other_commands": self.other_commands,
            "given_up": self.given_up,
            "tiles": len(self._statuses),
            "live": self._live(),
        }

    def _live(self) -> int:
        return sum(status.sign is Sign.LIVE for status in self._statuses.values())

    def _say(self, now_s: float) -> None:
        self._next_tell_s = now_s + TELL_S
        self._tell("progress", self._figures(now_s))

    # ---- what is done

    def _dispatch(self, *commands: Command) -> None:
        for command in commands:
            self._console.dispatch(command)

    def _change_layout(self, now_s: float) -> bool:
        """Change the layout if that is due, as soon as half of the wall is live; whether it is due."""
        if self.layout_changes >= self._week.layout_changes_due(self.play_stops):
            return False
        if now_s >= self._next_layout_s and 2 * self._live() >= len(self._statuses):
            self._next_layout_s = now_s + LAYOUT_PAUSE_S
            self.layout_changes += 1
            self._restore()
            self._dispatch(ApplyLayout(MONITOR, next(self._layouts)))
            self._do_something_else()
        return True

    def _do_something_else(self) -> None:
        """What officers do besides: maximise, swap, select, undo."""
        tiles = [*self._console.shown_tiles()]
        if len(tiles) < 2:
            return
        first, second = self._random.sample(tiles, 2)
        others = (ToggleMaximised(MONITOR, first.number), SwapTiles(first, second), SelectTile(MONITOR, 1), Undo())
        self.other_commands += 1
        self._dispatch(self._random.choice(others))

    def _restore(self) -> None:
        if self._console.wall.monitor(MONITOR).maximised is not None:
            self._dispatch(ToggleMaximised(MONITOR))

    def _play_or_stop(self, now_s: float) -> None:
        """Call a camera up on an empty tile, or end what has played; nothing while enough cameras connect."""
        waiting = [each for each in self._called_s if each not in self._live_s]
        late = [each for each in waiting if now_s - self._called_s[each] >= PATIENCE_S]
        empty = self._empty_tiles()
        if len(waiting) - len(late) >= self._at_once:
            return
        if empty:
            self._dispatch(AssignTile(self._random.choice(empty), self._another()))
            return
        played = [each for each, live_s in self._live_s.items() if now_s - live_s >= PLAYED_S]
        if late or played:
            self.given_up += bool(late)
            self._stop(self._random.choice(late or played))

    def _empty_tiles(self) -> list[TileId]:
        layout = self._console.layouts.get(self._console.wall.monitor(MONITOR).layout)
        tiles = (TileId(MONITOR, number) for number in range(1, layout.tiles + 1))
        return [tile for tile in tiles if tile not in self._statuses]

    def _another(self) -> CameraId:
        """A camera that is not on the wall."""
        return self._random.choice([each for each in self._console.catalog.cameras if each not in self._called_s])

    def _stop(self, camera: CameraId) -> None:
        for tile, status in self._statuses.items():
            if status.camera_id == camera:
                is_cleared = self._random.random() < CLEAR_SHARE
                self._dispatch(ClearTile(tile) if is_cleared else AssignTile(tile, self._another()))

    # ---- rests

    def _lie_down(self, now_s: float) -> None:
        """Put the wall into its resting state: one layout, the first cameras in order, nothing maximised."""
        self._is_resting, self._is_told = True, False
        self._rest_since_s = self._unsteady_s = now_s
        self._nudge_s = now_s + NUDGE_S
        self._nudged = []
        self._restore()
        self._dispatch(ApplyLayout(MONITOR, REST_LAYOUT), SelectTile(MONITOR, None))
        self._call_up_first()
        self._say(now_s)

    def _call_up_first(self) -> None:
        cameras = sorted(self._console.catalog.cameras.values(), key=lambda camera: camera.code)
        for number in range(1, self._console.layouts.get(REST_LAYOUT).tiles + 1):
            self._dispatch(AssignTile(TileId(MONITOR, number), cameras[number - 1].id))

    def _rest(self, now_s: float) -> None:
        if self._is_told:
            self._await_order(now_s)
            return
        unsteady = [status for status in self._statuses.values() if not _is_steady(status)]
        if unsteady:
            self._unsteady_s = now_s
        is_steady = now_s - self._unsteady_s >= STEADY_S
        if is_steady or now_s - self._rest_since_s >= REST_LIMIT_S:
            self._is_told = True
            told = {"is_steady": is_steady, "nudged": self._nudged, **self._census()}
            self._tell("rested", {**self._figures(now_s), **told})
        elif unsteady and now_s >= self._nudge_s:
            self._nudge(unsteady, now_s)
        else:
            self._call_up_first()

    def _nudge(self, unsteady: list[TileStatus], now_s: float) -> None:
        self._nudge_s = now_s + NUDGE_S
        self._nudged += map(_words, unsteady)
        self._dispatch(*(ClearTile(status.tile) for status in unsteady))

    def _await_order(self, now_s: float) -> None:
        if self._orders.empty():
            return
        self._orders.get()
        del self._rests[0]
        self._is_resting, self._is_over = False, not self._rests
        self._say(now_s)


def _is_steady(status: TileStatus) -> bool:
    """Whether a tile shows its sub-stream, live, and waits for no other."""
    return status.sign is Sign.LIVE and status.profile is Profile.SUB and status.awaited is None


def _words(status: TileStatus) -> str:
    """Why a tile is not what it should be at rest."""
    failure = status.failure
    reason = f"{failure.reason.value} ({failure.detail})" if failure else "no failure"
    retry = f"again in {status.retry_in_s:.0f} s" if status.retry_in_s is not None else "no retry"
    profile = status.profile.value if status.profile else "no profile"
    return f"{status.camera_id} {status.sign.value}, {reason}, {retry}, {profile}, {status.reconnects} reconnects"
