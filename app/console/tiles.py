"""The console's tiles: which stream outputs each one has, and which of them it shows.

A tile keeps showing what it has until what it wants has a picture: that is why maximising, resizing and swapping
leave no black gap. Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.console.outputs import TileOutput
from app.core.model import CameraId, Profile, StreamKey
from app.core.tile_status import Sign
from app.core.zoom import WHOLE, Crop


@dataclass(frozen=True, slots=True)
class TileWish:
    """What a tile should show: a stream at a size, in pixels, or in a native window."""

    key: StreamKey
    width_px: int
    height_px: int
    window_id: int | None
    crop: Crop = WHOLE
    """The part of the picture that is looked at."""

    def fits(self, output: TileOutput) -> bool:
        """Whether an output is the wished one. A native window takes every size, and any output every crop."""
        there = output.output
        if output.key != self.key or there.window_id != self.window_id:
            return False
        return self.window_id is not None or (there.width_px, there.height_px) == (self.width_px, self.height_px)


@dataclass(slots=True, eq=False)
class TileRecord:
    """A tile that has a camera: its outputs, the wished one last."""

    camera: CameraId
    profile: Profile | None = None
    """What its size asked for last, and when that changed: `since_s`."""
    since_s: float = 0.0
    outputs: list[TileOutput] = field(default_factory=list)
    shown: TileOutput | None = None
    """What the wall paints, or awaits the first picture of; None before anything was opened."""
    wanted: TileOutput | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it has just what it wants, and shows it."""
        return self.shown is self.wanted and len(self.outputs) == 1

    def most_important_first(self) -> list[TileOutput]:
        """Its outputs, what it shows first, then what it waits for."""
        firsts = [output for output in (self.shown, self.wanted) if output is not None]
        return [*firsts, *(output for output in self.outputs if output not in firsts)]

    def forget_windows_but(self, window_id: int | None) -> None:
        """What is drawn into a window that the tile has no more is seen by nobody, and must not pass for shown.

        Args:
            window_id: the one that it has.
        """
        seen = [output for output in self.outputs if output.output.window_id in (None, window_id)]
        if len(seen) == len(self.outputs):
            return
        self.outputs = seen
        if self.shown not in seen:
            self.shown = next((output for output in reversed(seen) if output.has_picture), None)

    def settle(self, sign_of: Callable[[TileOutput], Sign], keeps_sub: bool) -> None:
        """Show the wished output as soon as it is live, else what is live or at least plays, else what there is;
        drop the rest.

        Args:
            sign_of: what an output's picture passes for.
            keeps_sub: whether the sub-stream stays open beside the main one: a restored tile has it at once.
        """
        wanted = self.wanted
        assert wanted is not None
        by_preference = [wanted, *([self.shown] if self.shown else []), *self.outputs]
        fallback = self.shown if self.shown and self.shown.has_picture else wanted
        signs = [sign_of(output) for output in by_preference]
        best = next((sign for sign in (Sign.LIVE, Sign.LATE) if sign in signs), None)
        self.shown = by_preference[signs.index(best)] if best is not None else fallback
        subs = [output for output in self.outputs if keeps_sub and output.key.profile is Profile.SUB]
        needed = {id(output): output for output in (*subs[-1:], self.shown, wanted)}
        self.outputs = list(needed.values())


def close_dropped(before: Iterable[TileOutput], after: Iterable[TileOutput]) -> None:
    """Give back the memory of outputs that no tile has any more."""
    kept = {id(output) for output in after}
    for output in before:
        if id(output) not in kept:
            output.output.slot.close()
