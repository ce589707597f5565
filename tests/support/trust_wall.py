"""A wall whose every camera is behind a proxy that can do it harm, and a witness before its screen."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from app.core.layout import Layout, uniform_layout
from app.video.supervisor import MEMORY_LIMIT_BYTES
from tests.support.camera_files import Row, cameras_with_login, write_cameras
from tests.support.fault_proxy import FaultProcess, RemoteProxy
from tests.support.framebuffer import Framebuffer
from tests.support.product import Product, running_product
from tests.support.trust_faults import TRIALS
from tests.support.trust_reader import TrustReader
from tests.support.trust_verdict import STAYS_LIVE_S, Verdict, first_live_again_s, first_not_live_s, judge
from tests.support.wall_eye import WallPlace
from tests.support.watched_console import longest_gap_ms
from tests.xdisplay import open_display

USERNAME, PASSWORD = "post", "a password that only these cameras have"
TILE_PX = (320, 180)
"""Less than 240 pixels of width and the code could not be read."""
TRAY_PX = 36
GAPS = "gaps"
"""The file in a run's folder in which the window's gaps are written down."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What was done to one tile.

    Attributes:
        tile: counted from 1.
        kind: of `TRIALS`.
        began_s, healed_s, ended_s: when the fault was set and taken away, and when watching for it ended.
    """

    tile: int
    kind: str
    began_s: float
    healed_s: float
    ended_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen of an episode.

    Attributes:
        verdict: on the tile, from the fault to the end of the episode.
        marked_s: from the fault to the first look at which the tile was not live; None if it always was.
        back_s: from the healing to a live picture that stayed; None if it did not come.
        was_live_at_heal: whether the tile was live when its link healed, so that it need not come back.
    """

    episode: Episode
    verdict: Verdict
    marked_s: float | None
    back_s: float | None
    was_live_at_heal: bool


@dataclass(slots=True)
class TrustWall:
    """The wall, its proxies and its witness.

    Attributes:
        episodes: what was done, in order of its end.
    """

    product: Product
    reader: TrustReader
    proxies: Sequence[RemoteProxy]
    folder: Path
    episodes: list[Episode] = field(default_factory=list)
    _open: dict[int, tuple[str, float, float]] = field(default_factory=dict)

    @property
    def tiles(self) -> range:
        """The tiles' numbers."""
        return range(1, len(self.proxies) + 1)

    def until_all_live(self, within_s: float) -> None:
        """Look until every tile has a young picture and is not marked.

        Raises:
            AssertionError: some tile has not, in time.
        """
        self.reader.watch(lambda: self.reader.live() == set(self.tiles), within_s, "all tiles live")

    def longest_gap_ms(self, began_s: float, ended_s: float) -> float:
        """For how long at most the window was deaf within a time, monotonic seconds."""
        return longest_gap_ms(self.folder / GAPS, began_s, ended_s)

    def hurt(self, tile: int, kind: str) -> None:
        """Set a fault, and remember when."""
        self._open[tile] = kind, self.proxies[tile - 1].set(TRIALS[kind].fault), 0.0

    def heal(self, tile: int) -> None:
        """Take it away again, and remember when."""
        kind, began_s, _ = self._open[tile]
        self._open[tile] = kind, began_s, self.proxies[tile - 1].heal()

    def close(self, tile: int) -> None:
        """The episode is over."""
        kind, began_s, healed_s = self._open.pop(tile)
        self.episodes.append(Episode(tile, kind, began_s, healed_s, time.monotonic()))

    def wave(self, kinds: Mapping[int, str], hurt_s: float, healing_s: tuple[float, float]) -> None:
        """Hurt tiles for a while, each in its own way, heal them, and look on.

        Args:
            kinds: the fault of each tile that is hurt.
            hurt_s: for how long.
            healing_s: how long to look on at least, and within which tiles must be live to have come back.
        """
        for tile, kind in kinds.items():
            self.hurt(tile, kind)
        self.reader.watch_until(time.monotonic() + hurt_s)
        self.reader.save_screen(self.folder / f"wave-{len(self.episodes)}-hurt.png")
        healed_s = time.monotonic()
        for tile in kinds:
            self.heal(tile)
        self.reader.watch_until(healed_s + healing_s[0])
        with suppress(AssertionError):
            stay = partial(self._have_come_back, healed_s)
            self.reader.watch(stay, healing_s[1] + STAYS_LIVE_S - healing_s[0], "all tiles live, and staying so")
        for tile in kinds:
            self.close(tile)
        self.reader.save_screen(self.folder / f"wave-{len(self.episodes)}-healed.png")

    def _have_come_back(self, healed_s: float) -> bool:
        seen = zip(self.reader.readings, self.reader.cameras, strict=True)
        return all(first_live_again_s(readings, camera, healed_s) is not None for readings, camera in seen)

    def outcome(self, episode: Episode) -> Outcome:
        """What was seen of it."""
        camera = self.reader.cameras[episode.tile - 1]
        readings = self.reader.readings[episode.tile - 1]
        inside = [each for each in readings if episode.began_s <= each.at_s <= episode.ended_s]
        around = [each for each in readings if episode.began_s - 1.0 <= each.at_s <= episode.ended_s]
        first_s = first_not_live_s(around, episode.began_s)
        at_heal = [each for each in around if each.at_s < episode.healed_s]
        back_s = first_live_again_s(inside, camera, episode.healed_s)
        return Outcome(
            episode=episode,
            verdict=judge(inside, camera),
            marked_s=None if first_s is None else first_s - episode.began_s,
            back_s=None if back_s is None else back_s - episode.healed_s,
            was_live_at_heal=bool(at_heal) and at_heal[-1].is_live,
        )

    def verdicts(self) -> list[Verdict]:
        """On every tile, over all that was looked at."""
        return [
            judge(readings, camera)
            for readings, camera in zip(self.reader.readings, self.reader.cameras, strict=True)
        ]


@contextmanager
def trust_wall(
    folder: Path, tiles: int, surface: str, first_camera: int = 1, password: str = PASSWORD
) -> Iterator[TrustWall]:
    """Start cameras, proxies, a screen and a wall on it, and end them all.

    Args:
        folder: for the run's files.
        tiles: how many cameras.
        surface: `shared` or `direct`.
        first_camera: the number in the first one's code.
        password: of every camera.
    """
    layout = uniform_layout(tiles)
    size_px = _size_px(layout)
    codes = [f"JKT-{number:05}" for number in range(first_camera, first_camera + tiles)]
    with ExitStack() as world:
        url = world.enter_context(cameras_with_login(USERNAME, password))
        net = world.enter_context(FaultProcess())
        proxies = [net.proxy(int(urlsplit(url).port or 0)) for _ in codes]
        rows = [_row(code, proxy, password) for code, proxy in zip(codes, proxies, strict=True)]
        cameras = write_cameras(folder / "own.csv", rows)
        screen = folder / "screen"
        screen.mkdir()
        display = world.enter_context(open_display(*size_px, framebuffer=screen))
        words = ["demo", "--cameras", str(cameras), "--surface", surface, "--layout", layout.name, "--no-panel"]
        words += ["--tiles", str(tiles), "--size", f"{size_px[0]}x{size_px[1]}"]
        words += ["--report", str(folder / "report.json")]
        start = "tests.support.watched_console", str(folder / GAPS), str(MEMORY_LIMIT_BYTES)
        product = world.enter_context(running_product(folder, words, display, start=start))
        places = WallPlace(*size_px, layout, has_panel=False).rects()
        yield TrustWall(product, TrustReader(Framebuffer(screen), places, codes), proxies, folder)


def _size_px(layout: Layout) -> tuple[int, int]:
    return layout.columns * TILE_PX[0], layout.rows * TILE_PX[1] + TRAY_PX


def _row(code: str, proxy: RemoteProxy, password: str) -> Row:
    url = f"rtsp://127.0.0.1:{proxy.port}"
    return Row(code, code, "", f"{url}/main/{code}", f"{url}/sub/{code}", USERNAME, password)
