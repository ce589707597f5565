"""An observer of the wall: it knows the layout and the colours, and nothing but the screen's pixels.

What it sees of a tile is what an officer sees: whether the badge says live, and which frame of the camera's clip
the picture carries as a barcode. Every look remembers when it was begun and when it was done.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.layout import Layout, Rect, fit
from app.demo import barcode
from tests.support.framebuffer import Framebuffer
from tests.support.product import ROOT
from tests.waiting import GENEROUS_S, until
from tests.xdisplay import XDisplay
from ui.side_panel import WIDTH_PX as PANEL_PX
from ui.tray import HEIGHT_PX as TRAY_PX
from ui.wall_view import GAP_PX

Pixels = NDArray[np.uint8]
_CLIP_SHAPE = (16, 9)
_LEAST_BADGE_PX = 6
_BAR_PX = 15
"""What surely belongs to a name bar."""
_LEAST_BAR_PX, _MOST_BAR_PX = 16, 30
"""A name bar takes a tenth of its tile, within these."""
_FOUND_FROM_PX = 50
"""From here, in the right half of the camera list, a search's count begins; the longer one of all further left."""
_BLACK_BELOW = 32
"""Below this in every channel a pixel counts as black; the theme's grounds are."""
_GREY_LIMIT = 6
"""The largest difference between colour channels of a grey picture under the theme's bluish hatching."""


def theme_colour(name: str, theme: str = "dark") -> tuple[int, int, int]:
    """A colour of a theme as red, green, blue."""
    text = (ROOT / "resources" / "theme" / f"{theme}.json").read_text(encoding="utf-8")
    value = json.loads(text)[name].removeprefix("#")
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)


def count_colour(pixels: Pixels, name: str, theme: str = "dark") -> int:
    """How many pixels have exactly that colour of a theme."""
    return int((pixels == np.array(theme_colour(name, theme), np.uint8)).all(axis=-1).sum())


@dataclass(frozen=True, slots=True)
class TileSeen:
    """A tile as the eye sees it."""

    is_live: bool
    """Its badge says so, and no hint stands beside it."""
    is_marked: bool
    """Something in its bar is amber: a badge (late, stale, lost) or a hint."""
    frame: int | None
    """The barcode in its picture; None where there is no picture or it cannot be read."""
    thumbnail: Pixels
    """Every fourth pixel of where its picture is."""

    @property
    def is_grey(self) -> bool:
        """Whether its picture has lost its colours."""
        lower = self.thumbnail[self.thumbnail.shape[0] * 2 // 3 :].astype(np.int16)
        return float(np.percentile(lower.max(axis=-1) - lower.min(axis=-1), 95)) <= _GREY_LIMIT

    @property
    def is_black(self) -> bool:
        """Whether most of where its picture is, is (nearly) black, as it is without one."""
        return float((self.thumbnail.max(axis=-1) < _BLACK_BELOW).mean()) > 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the whole wall; times are monotonic seconds."""

    began_s: float
    done_s: float
    tiles: tuple[TileSeen, ...]
    """In the order of their numbers."""
    whole: TileSeen
    """What is seen where a maximised tile would be."""

    @property
    def live(self) -> set[int]:
        """The numbers of the tiles that are shown as live."""
        return {number for number, tile in enumerate(self.tiles, start=1) if tile.is_live}


@dataclass(frozen=True, slots=True)
class WallPlace:
    """Where the tiles are in a window at the screen's upper edge."""

    width_px: int
    height_px: int
    layout: Layout
    has_panel: bool = True
    x_px: int = 0
    """Where the window begins."""
    top_px: int = 0
    """What lies above the tiles: the line of remote control."""

    def rects(self) -> list[Rect]:
        """Every tile's rectangle."""
        inside = self.whole()
        cells = self.layout.rects(inside.width_px, inside.height_px, GAP_PX)
        return [
            Rect(inside.x_px + each.x_px, inside.y_px + each.y_px, each.width_px, each.height_px) for each in cells
        ]

    def whole(self) -> Rect:
        """The rectangle of a maximised tile."""
        left = PANEL_PX if self.has_panel else 0
        width_px = self.width_px - left - 2 * GAP_PX
        height_px = self.height_px - self.top_px - TRAY_PX - 2 * GAP_PX
        return Rect(self.x_px + left + GAP_PX, self.top_px + GAP_PX, width_px, height_px)

    def centre(self, number: int) -> tuple[int, int]:
        """The middle of a tile."""
        rect = self.rects()[number - 1]
        return rect.x_px + rect.width_px // 2, rect.y_px + rect.height_px // 2


def see(pixels: Pixels, rects: Iterable[Rect]) -> tuple[TileSeen, ...]:
    """What is to be seen on the tiles."""
    return tuple(_see_tile(part(pixels, rect)) for rect in rects)


def part(pixels: Pixels, rect: Rect) -> Pixels:
    """The pixels of a rectangle."""
    return pixels[rect.y_px : rect.y_px + rect.height_px, rect.x_px : rect.x_px + rect.width_px]


def _see_tile(tile: Pixels) -> TileSeen:
    is_live, is_marked = sign_of(tile)
    boxes = picture_boxes(tile)
    frame = next(
        (index for box in boxes if (index := barcode.read(luma_of_code(part(tile, box)))) is not None), None
    )
    return TileSeen(is_live, is_marked, frame, thumbnail=part(tile, boxes[0])[::4, ::4].copy())


def sign_of(tile: Pixels) -> tuple[bool, bool]:
    """Whether a tile's name bar calls it live and nothing else, and whether anything in it is amber."""
    bar = tile[:_BAR_PX, tile.shape[1] // 4 :]
    amber_px = count_colour(bar, "amber")
    return count_colour(bar, "live") >= _LEAST_BADGE_PX and amber_px == 0, amber_px >= _LEAST_BADGE_PX


def luma_of_code(picture: Pixels) -> Pixels:
    """The picture's brightness where its barcode is; the rest is left out, as nobody reads it."""
    height_px, width_px = picture.shape[:2]
    luma = np.zeros((height_px, width_px), np.uint8)
    corner = slice(height_px * 7 // 8, None), slice(None, width_px // 3)
    luma[corner] = (picture[corner] @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
    return luma


def picture_boxes(tile: Pixels) -> tuple[Rect, ...]:
    """Where a 16:9 picture can be in its tile: clear of the name bar as far as there is room, or in the middle.

    The wall does the one; a player that draws into a tile's native window does the other.
    """
    height_px, width_px = tile.shape[:2]
    size = fit(_CLIP_SHAPE[0] * 40, _CLIP_SHAPE[1] * 40, width_px, height_px)
    left_px, room_px = (width_px - size[0]) // 2, height_px - size[1]
    clear_px = min(room_px, max(_LEAST_BAR_PX, min(height_px // 10, _MOST_BAR_PX)))
    return tuple(Rect(left_px, top, *size) for top in dict.fromkeys((max(clear_px, room_px // 2), room_px // 2)))


class WallEye:
    """Looks at a wall on an X server.

    Args:
        display: the server.
        place: where the tiles are.
        screen: the server's own pixels, where it lays them open: `xwd` shows windows of another depth, as menus
            have it, in black.
    """

    def __init__(self, display: XDisplay, place: WallPlace, screen: Framebuffer | None = None) -> None:
        self.display = display
        self.place = place
        self._screen = screen

    def pixels(self) -> Pixels:
        """The whole screen."""
        if self._screen is not None:
            return self._screen.pixels.copy()
        return self.display.grab()

    def look(self) -> Look:
        """One look at every tile."""
        began_s = time.monotonic()
        pixels = self.pixels()
        done_s = time.monotonic()
        *tiles, whole = see(pixels, [*self.place.rects(), self.place.whole()])
        return Look(began_s, done_s, tuple(tiles), whole)

    def watch(
        self,
        is_over: Callable[[Sequence[Look]], bool],
        within_s: float = GENEROUS_S,
        what: str = "what is awaited on the screen",
    ) -> list[Look]:
        """Look again and again until the looks so far say that it is over; gives them all.

        Raises:
            AssertionError: it was not over in time.
        """
        give_up_s = time.monotonic() + within_s
        looks = [self.look()]
        while not is_over(looks):
            assert time.monotonic() < give_up_s, f"{what} did not come within {within_s:g} s: {told(looks[-1])}"
            looks.append(self.look())
        return looks

    def until_found(self) -> None:
        """Until the camera list says how many cameras a search has found."""
        until(lambda: self._has_found(self.pixels()), what="the result of the search")

    def _has_found(self, pixels: Pixels) -> bool:
        ground = np.array(theme_colour("panel"), np.int16)
        head = part(pixels, Rect(PANEL_PX // 2, 10, PANEL_PX // 2 - 8, 22)).astype(np.int16)
        columns = np.flatnonzero((np.abs(head - ground).max(axis=-1) > 60).any(axis=0))
        return columns.size > 0 and int(columns[0]) > _FOUND_FROM_PX

    def watch_for(self, seconds: float) -> list[Look]:
        """Look for so long."""
        end_s = time.monotonic() + seconds
        return self.watch(lambda looks: looks[-1].done_s >= end_s, seconds + GENEROUS_S)

    def until_live(self, numbers: Iterable[int], within_s: float = 60.0) -> Look:
        """Until these tiles are shown as live; gives that look."""
        wanted = set(numbers)
        what = f"tiles {sorted(wanted)} live"
        return self.watch(lambda looks: looks[-1].live >= wanted, within_s, what)[-1]


def told(look: Look) -> str:
    """A look in words, for a failure's text."""
    marks = [
        f"{number}:{'live' if tile.is_live else 'marked' if tile.is_marked else 'other'}/{tile.frame}"
        for number, tile in enumerate(look.tiles, start=1)
    ]
    return " ".join(marks)


def oldest_live_s(looks: Sequence[Look], number: int) -> float:
    """The greatest age that a picture surely had while its tile was shown as live.

    Counted from the first look that showed the frame to the last one that showed it, still called live.
    """
    oldest_s = 0.0
    frame: int | None = None
    since_s = 0.0
    for look in looks:
        tile = look.tiles[number - 1]
        if tile.frame is not None and tile.frame != frame:
            frame, since_s = tile.frame, look.done_s
        elif tile.is_live:
            oldest_s = max(oldest_s, look.began_s - since_s if since_s else 0.0)
    return oldest_s


def frames_shown(looks: Sequence[Look], number: int) -> int:
    """How many different frames of a tile's clip were seen."""
    return len({look.tiles[number - 1].frame for look in looks} - {None})


def load(path: Path) -> Pixels:
    """The pixels of a screenshot file, as rows of RGB."""
    from PySide6.QtGui import QImage

    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def save(pixels: Pixels, path: Path) -> None:
    """Keep what was seen, for whoever has to find out why a test failed."""
    from PySide6.QtGui import QImage

    height_px, width_px = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    QImage(data.data, width_px, height_px, 3 * width_px, QImage.Format.Format_RGB888).save(str(path))
