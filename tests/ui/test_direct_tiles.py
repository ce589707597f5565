"""Tiles that change between shared and direct surfaces: what was shown on the one is never seen with the other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.budget import Surface
from app.core.commands import AssignTile, SelectTile, TileId
from app.core.failure import Reason
from app.core.model import CameraId, Masks
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, FakeSlot, a_console
from tests.ui.conftest import WindowMaker
from tests.ui.typing_keys import ALT, press
from ui.closer_look import SHARED_WITHIN_S
from ui.tile_painter import PaintedTile
from ui.wall_window import WallWindow

pytestmark = pytest.mark.qt_log_ignore("does not support setting window masks")  # there is no screen behind it
TILE = TileId(1, 1)
MASKS: Masks = (((0.0, 0.0), (0.5, 0.0), (0.0, 0.5)),)


class Post:
    """A wall whose first tile showed a picture on a shared surface and is drawn by its host now."""

    def __init__(self, make_window: WindowMaker) -> None:
        self.console: FakeConsole = a_console("4", tiles=4)
        self.window: WallWindow = make_window(self.console, has_panel=False)
        self.now_s = 1.0
        self.console.dispatch(SelectTile(1, 1))
        self.share()
        assert self.record.shows_picture
        self.wish(Surface.DIRECT)
        self.draw()
        assert self.record.is_direct and self.record.face is None

    @property
    def record(self) -> PaintedTile:
        found = self.window.view.record(1)
        assert found is not None
        return found

    def tick(self, seconds: float = 0.6) -> None:
        """Let the console and the window have their turn."""
        self.now_s += seconds
        self.console.pump(self.now_s)
        self.window.refresh(self.now_s)

    def wish(self, surface: Surface) -> None:
        """What the console wants the tile to be drawn on; what it is drawn on stays."""
        self.console.surfaces[TILE] = surface
        self.tick()

    def share(self) -> None:
        """Its picture comes through shared memory."""
        self.console.make_live(1)
        self.on(Surface.SHARED)

    def draw(self) -> None:
        """Its host draws it: there are counters, and no picture."""
        self.console.slots[TILE] = FakeSlot(1, 1)
        self.on(Surface.DIRECT)

    def on(self, surface: Surface, sign: Sign = Sign.LIVE, **more: object) -> None:
        self.console.set_sign(1, sign, age_s=0.04, **more)  # type: ignore[arg-type]
        self.console.statuses[TILE] = replace(self.console.statuses[TILE], surface=surface)
        self.tick()


@pytest.fixture
def post(make_window: WindowMaker) -> Post:
    return Post(make_window)


def test_a_direct_tile_keeps_no_picture_of_its_shared_time(post: Post) -> None:
    assert post.record.feed.picture is None


def test_a_direct_picture_stays_in_sight_until_the_shared_one_is_there(post: Post) -> None:
    """As for a closer look: the window must not give way to what was painted before it."""
    post.wish(Surface.SHARED)
    assert post.record.has_window and post.record.is_direct
    post.share()
    assert post.record.shows_picture and not post.record.has_window


def test_what_gets_masks_is_hidden_at_once_and_shows_nothing_older(post: Post) -> None:
    camera = post.console.wall.camera_at(TILE)
    assert camera is not None
    masked = replace(post.console.catalog.cameras[camera], masks=MASKS)
    post.console.catalog = replace(post.console.catalog, cameras={**post.console.catalog.cameras, camera: masked})
    post.wish(Surface.SHARED)
    assert not post.record.has_window and not post.record.shows_picture and post.record.face is not None
    post.share()
    assert post.record.shows_picture


def test_a_direct_tile_that_is_stale_shows_no_picture_of_another_time(post: Post) -> None:
    post.on(Surface.DIRECT, Sign.STALE, reason=Reason.HOST_LOST)
    assert post.record.face is not None and post.record.feed.picture is None


# ---- snapshots


def test_a_snapshot_of_a_direct_tile_waits_for_its_pixels(post: Post) -> None:
    press_snapshot(post)
    (shared,) = post.console.shared_tiles
    assert shared == (TILE, post.console.wall.camera_at(TILE)) and post.console.snapshots.taken == []
    post.tick()
    assert post.console.snapshots.taken == []
    post.share()
    ((pixels, facts, _),) = post.console.snapshots.taken
    assert facts.status.surface is Surface.SHARED and pixels.width_px > 0
    assert post.console.shared_tiles[-1] == (TILE, None)


@pytest.mark.parametrize("has_other_camera", [False, True], ids=["nothing comes", "another camera comes"])
def test_a_snapshot_that_gets_no_pixels_is_given_up_and_said(post: Post, has_other_camera: bool) -> None:
    press_snapshot(post)
    if has_other_camera:
        post.console.dispatch(AssignTile(TILE, CameraId("camera-9")))
        post.tick()
    else:
        post.tick(SHARED_WITHIN_S + 0.1)
    assert post.window.tray.message.text() == "There is no picture to take on this tile."
    assert post.console.snapshots.taken == [] and post.console.shared_tiles[-1] == (TILE, None)


def press_snapshot(post: Post) -> None:
    press(Qt.Key.Key_S, ALT)
    assert "Saving a snapshot" in post.window.tray.message.text()
