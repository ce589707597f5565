"""What is seen of a camera's picture: the part that is looked at, nothing under a mask, the watermark over all."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from app.core.commands import TileId
from app.core.masks import Masks, read_masks
from app.core.tile_status import Sign
from app.core.zoom import NO_ZOOM, WHOLE, Crop, Zoom
from tests.fakes.fake_console import FakeSlot, a_camera
from ui.theme import Theme
from ui.tile_images import SlotFeed
from ui.tile_look import TileLook, TileMetrics
from ui.tile_painter import PaintedTile, TilePainter
from ui.watermark import watermark_lines

TILE = QRect(3, 5, 640, 360)
BAR_PX = TileMetrics(640, 360).bar_px
SECRET = (255, 0, 255)
"""Blue, green, red of what a mask must hide; nothing of the product is of that colour."""
LEFT = Zoom(2.0, 0.25, 0.5)
Image = NDArray[np.int32]
AREAS = {
    "corner": [[0.0, 0.0, 0.25, 0.25]],
    "middle": [[0.4, 0.4, 0.2, 0.3]],
    "triangle": [[[0.2, 0.9], [0.8, 0.9], [0.5, 0.2]]],
    "two": [[0.1, 0.1, 0.2, 0.2], [[0.7, 0.6], [0.9, 0.9], [0.6, 0.95], [0.62, 0.7]]],
    "overlapping": [
        [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6], [0.2, 0.6]],
        [[0.4, 0.4], [0.4, 0.8], [0.8, 0.8], [0.8, 0.4]],
    ],
    "crossing": [[[0.2, 0.3], [0.8, 0.7], [0.8, 0.3], [0.2, 0.9]]],
}
ZOOMS = [NO_ZOOM, LEFT, Zoom(1.31, 0.55, 0.52), Zoom(5.0, 0.45, 0.45), Zoom(16.0, 0.41, 0.41)]


@pytest.fixture
def painter(theme: Theme) -> TilePainter:
    return TilePainter(theme)


def photo(masks: Masks, crop: Crop = WHOLE, size: tuple[int, int] = (640, 360)) -> NDArray[np.uint8]:
    """What a camera shows: grey, and the secret colour wherever a mask lies; of it that part."""
    whole = QImage(1920, 1080, QImage.Format.Format_RGB32)
    whole.fill(0xFF808080)
    with QPainter(whole) as drawing:
        drawing.setPen(Qt.PenStyle.NoPen)
        drawing.setBrush(QColor(SECRET[2], SECRET[1], SECRET[0]))
        for mask in masks or ():
            corners = [QPointF(x * whole.width(), y * whole.height()) for x, y in mask]
            drawing.drawPolygon(QPolygonF(corners), Qt.FillRule.WindingFill)
    part = QRect(round(crop.x * 1920), round(crop.y * 1080), round(crop.width * 1920), round(crop.height * 1080))
    image = whole.copy(part).scaled(*size)
    return np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4).copy()


def tile(
    painter: TilePainter,
    masks: Masks,
    zoom: Zoom = NO_ZOOM,
    shown: Crop = WHOLE,
    sign: Sign = Sign.LIVE,
    is_watermarked: bool = False,
) -> PaintedTile:
    """A tile that has that part of the picture and looks at it so closely."""
    record = PaintedTile(TileId(1, 1), QRect(TILE), TileMetrics(TILE.width(), TILE.height()))
    camera = a_camera(1, "Gambir", "31.71.01.1001", masks=masks)
    painter.watch(record, camera.id, camera, is_watermarked)
    slot = FakeSlot(640, 360)
    slot.show(photo(masks, shown))
    record.feed.poll(slot)
    record.feed.crop = record.feed.asked = shown
    painter.look_closer(record, zoom)
    painter.dress(record, TileLook(1, sign, "Gambir"))
    return record


def painted(painter: TilePainter, record: PaintedTile) -> Image:
    """The tile on a screen, BGR, without its bar."""
    image = QImage(TILE.right() + 8, TILE.bottom() + 8, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    with QPainter(image) as screen:
        screen.setClipRect(record.rect)
        painter.paint(screen, record)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]
    return rows[TILE.top() + BAR_PX : TILE.bottom() + 1, TILE.left() : TILE.right() + 1].astype(np.int32)


def secrets(shown: Image) -> int:
    """Pixels in which anything of the secret colour is left."""
    purple = np.minimum(shown[..., 0], shown[..., 2]) - shown[..., 1]
    return int((purple > 12).sum())


@pytest.mark.parametrize("zoom", ZOOMS, ids=str)
@pytest.mark.parametrize("area", AREAS)
def test_nothing_under_a_mask_is_ever_seen(painter: TilePainter, area: str, zoom: Zoom) -> None:
    masks = read_masks(AREAS[area])
    assert masks is not None and secrets(painted(painter, tile(painter, (), shown=WHOLE))) == 0
    for shown in (WHOLE, LEFT.crop, zoom.crop):
        assert secrets(painted(painter, tile(painter, masks, zoom, shown))) == 0, f"with {shown} from the host"


@pytest.mark.parametrize("sign", [Sign.LATE, Sign.STALE])
def test_nor_on_a_picture_that_is_old(painter: TilePainter, sign: Sign) -> None:
    masks = read_masks(AREAS["two"])
    hidden = painted(painter, tile(painter, masks, LEFT, WHOLE, sign))
    bare = painted(painter, tile(painter, (), LEFT, WHOLE, sign))
    assert secrets(hidden) == 0 and np.abs(hidden - bare).max() > 60, "the mask is there"


def test_what_is_not_masked_is_seen(painter: TilePainter) -> None:
    shown = painted(painter, tile(painter, read_masks(AREAS["middle"])))
    grey = np.abs(shown - 128).max(axis=2) < 8
    assert 0.9 < grey.mean() < 0.97, "all but the mask's 6 %"


def test_masks_that_cannot_be_read_hide_the_whole_picture(painter: TilePainter) -> None:
    shown = painted(painter, tile(painter, None))
    assert shown.max() < 100


def test_a_camera_that_is_not_listed_shows_nothing(painter: TilePainter) -> None:
    record = tile(painter, ())
    assert painter.watch(record, record.scene.camera, None, False)
    assert painted(painter, record).max() < 100


def test_a_picture_is_never_seen_under_the_next_cameras_masks(painter: TilePainter) -> None:
    record = tile(painter, read_masks(AREAS["middle"]), LEFT)
    other = a_camera(2, "Cideng", "31.71.01.1002")
    assert painter.watch(record, other.id, other, False)
    assert record.feed.picture is None and record.scene.zoom == NO_ZOOM
    assert not painter.watch(record, other.id, other, False), "the same again is no news"


def test_new_masks_cover_the_picture_that_is_there_a_stale_one_too(painter: TilePainter) -> None:
    masks = read_masks(AREAS["middle"])
    for sign in (Sign.LIVE, Sign.STALE):
        record = tile(painter, (), sign=sign)
        before = painted(painter, record)
        camera = a_camera(1, "Gambir", "31.71.01.1001", masks=masks)
        assert painter.watch(record, camera.id, camera, False) and record.feed.picture is not None
        assert np.abs(painted(painter, record) - before).max() > 60


# ---- looking closely


def test_the_part_that_was_asked_for_is_shown_as_it_came(painter: TilePainter) -> None:
    masks = read_masks(AREAS["middle"])
    record = tile(painter, (), LEFT, LEFT.crop)
    slot = FakeSlot(640, 360)
    slot.show(photo(masks, LEFT.crop))
    record.feed.poll(slot)
    record.feed.crop = record.feed.asked = LEFT.crop
    shown = painted(painter, record)
    assert np.array_equal(shown, photo(masks, LEFT.crop)[BAR_PX:, :, :3]) and secrets(shown) > 0


def test_until_it_comes_what_there_is_of_it_is_scaled(painter: TilePainter) -> None:
    masks = read_masks([[0.0, 0.5, 0.25, 0.5]])
    whole, part = (tile(painter, (), LEFT, WHOLE), tile(painter, (), LEFT, LEFT.crop))
    for record, crop in ((whole, WHOLE), (part, LEFT.crop)):
        slot = FakeSlot(640, 360)
        slot.show(photo(masks, crop))
        record.feed.poll(slot)
        record.feed.crop = record.feed.asked = crop
    differences = np.abs(painted(painter, whole) - painted(painter, part)).max(axis=2)
    assert (differences > 24).mean() < 0.02, "the same, but for the edge's sharpness"


def test_zooming_out_shows_ground_where_there_is_nothing_yet(painter: TilePainter) -> None:
    shown = painted(painter, tile(painter, (), NO_ZOOM, LEFT.crop))
    assert shown[:, -20:].max() < 40 and shown[160, 100].min() > 100


def test_a_zoomed_tile_says_its_factor(painter: TilePainter) -> None:
    plain, zoomed = tile(painter, ()), tile(painter, (), LEFT, LEFT.crop)
    assert plain.bar is not None and zoomed.bar is not None and plain.bar != zoomed.bar
    assert painter.look_closer(zoomed, NO_ZOOM) and zoomed.bar == plain.bar
    assert not painter.look_closer(zoomed, NO_ZOOM)


# ---- the watermark


@pytest.mark.parametrize("zoom", [NO_ZOOM, LEFT], ids=str)
def test_a_watermark_lies_over_the_whole_picture_whatever_is_looked_at(painter: TilePainter, zoom: Zoom) -> None:
    bare = painted(painter, tile(painter, (), zoom, zoom.crop))
    painter.set_watermark(watermark_lines("Bripka Sari", "Pos Gambir", 1_790_000_000.0))
    marked = painted(painter, tile(painter, (), zoom, zoom.crop, is_watermarked=True))
    touched = np.abs(marked - bare).max(axis=2) > 10
    quarters = [half for rows in np.array_split(touched, 2) for half in np.array_split(rows, 2, axis=1)]
    assert all(0.002 < quarter.mean() < 0.2 for quarter in quarters)
    assert np.array_equal(painted(painter, tile(painter, (), zoom, zoom.crop)), bare), "others carry none"


def test_a_watermark_is_renewed_with_its_words(painter: TilePainter) -> None:
    record = tile(painter, (), is_watermarked=True)
    shown = []
    for second in (0.0, 0.9, 1.0):
        painter.set_watermark(watermark_lines("Sari", "Gambir", 1_790_000_000.0 + second))
        shown.append(painted(painter, record))
    assert np.array_equal(shown[0], shown[1]) and not np.array_equal(shown[1], shown[2])


def test_a_stale_picture_keeps_the_watermark_of_its_time(painter: TilePainter) -> None:
    painter.set_watermark(("Sari", "14:13:20"))
    record = tile(painter, (), sign=Sign.STALE, is_watermarked=True)
    before = painted(painter, record)
    assert not np.array_equal(before, painted(painter, tile(painter, (), sign=Sign.STALE)))
    painter.set_watermark(("Sari", "14:13:21"))
    assert np.array_equal(painted(painter, record), before)


def test_who_looks_is_said_without_what_could_deceive() -> None:
    lines = watermark_lines("Sari\u202e\n", "", 1_790_000_000.0)
    assert lines[0] == "Sari" and lines[1].split()[2] == "2026"
    assert len(watermark_lines("", "", 0.0)) == 1


def test_a_feed_counts_what_it_takes() -> None:
    slot, feed = FakeSlot(160, 90), SlotFeed()
    slot.show_color(1, 2, 3)
    assert feed.poll(slot) and not feed.poll(slot)
    slot.show_color(1, 2, 3)
    assert feed.poll(slot) and feed.taken == 2
