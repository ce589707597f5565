"""A witness of the wall: it looks at the screen's pixels as often as is cheap and writes down what each tile says.

It knows where tiles are and what amber is, and nothing of the product's states; `trust_verdict` says what its
readings prove. Of the few looks at which a picture seemed old and was not marked, it keeps the tile's pixels.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from app.core.layout import Rect
from app.demo import barcode
from tests.support.framebuffer import Framebuffer
from tests.support.trust_verdict import AGE_LIMIT_S, CameraTime, Reading
from tests.support.wall_eye import Pixels, luma_of_code, part, picture_boxes, save, sign_of

LOOK_PERIOD_S = 0.07
"""About once a picture; the real pace is told, as it depends on the machine."""
MOST_KEPT = 60


class TrustReader:
    """Looks at a wall on a server whose screen is a file.

    Args:
        screen: the screen.
        tiles: where each tile is.
        codes: the camera of each tile.

    Attributes:
        readings: of each tile, in the order of the looks.
        cameras: the clock of each tile's camera.
        suspects: (tile counted from 1, reading, age, pixels) of looks at old pictures that were not marked.
    """

    def __init__(self, screen: Framebuffer, tiles: Sequence[Rect], codes: Sequence[str]) -> None:
        offset_s = time.time() - time.monotonic()
        self._screen = screen
        self._tiles = list(tiles)[: len(codes)]
        self.cameras = [CameraTime(code, offset_s) for code in codes]
        self.readings: list[list[Reading]] = [[] for _ in codes]
        self.suspects: list[tuple[int, Reading, float, Pixels]] = []

    def look(self) -> None:
        """One look at every tile."""
        for number, rect in enumerate(self._tiles, start=1):
            tile = part(self._screen.pixels, rect)
            reading = read_tile(tile, time.monotonic())
            self.readings[number - 1].append(reading)
            self._keep_suspect(number, reading, tile)

    def _keep_suspect(self, number: int, reading: Reading, tile: Pixels) -> None:
        if reading.is_marked or reading.frame is None or len(self.suspects) >= MOST_KEPT:
            return
        age_s = self.cameras[number - 1].age_s(reading)
        if age_s > AGE_LIMIT_S:
            self.suspects.append((number, reading, age_s, tile.copy()))

    def watch_until(self, end_s: float) -> None:
        """Look until then, monotonic seconds."""
        while (now_s := time.monotonic()) < end_s:
            self.look()
            time.sleep(max(0.0, now_s + LOOK_PERIOD_S - time.monotonic()))

    def watch(self, is_over: Callable[[], bool], within_s: float, what: str) -> None:
        """Look until that is so.

        Raises:
            AssertionError: it was not so in time.
        """
        give_up_s = time.monotonic() + within_s
        self.look()
        while not is_over():
            assert time.monotonic() < give_up_s, f"{what} did not come within {within_s:g} s; live: {self.live()}"
            self.watch_until(time.monotonic() + LOOK_PERIOD_S)

    def live(self) -> set[int]:
        """The tiles that the last look saw as live, with a young picture."""
        return {number for number in range(1, len(self._tiles) + 1) if self._is_live(number - 1)}

    def _is_live(self, place: int) -> bool:
        last = self.readings[place][-1]
        return last.is_live and last.frame is not None and self.cameras[place].age_s(last) <= AGE_LIMIT_S

    def forget(self) -> None:
        """Begin anew; the long run would fill the memory."""
        for readings in self.readings:
            readings.clear()

    def save_suspects(self, folder: Path) -> None:
        """Keep the pixels of what seemed to be lies, for whoever has to find out."""
        for number, reading, age_s, pixels in self.suspects:
            save(
                pixels,
                folder / f"suspect-{number:02}-{reading.at_s:.2f}-frame-{reading.frame}-age-{age_s:.1f}.png",
            )

    def save_screen(self, path: Path) -> None:
        """Keep the whole screen."""
        save(self._screen.pixels, path)


def read_tile(tile: Pixels, at_s: float) -> Reading:
    """What is to be read on a tile.

    Args:
        tile: its pixels.
        at_s: when they are looked at, monotonic seconds.
    """
    is_live, is_marked = sign_of(tile)
    strip, frame = None, None
    for box in picture_boxes(tile):
        luma = luma_of_code(part(tile, box))
        frame = barcode.read(luma)
        strip = luma if strip is None or frame is not None else strip
        if frame is not None:
            break
    assert strip is not None
    rows = strip[strip.shape[0] * 7 // 8 :, : strip.shape[1] // 3]
    return Reading(at_s, is_live, is_marked, frame, zlib.crc32(rows.tobytes()), bool(rows.min() != rows.max()))
