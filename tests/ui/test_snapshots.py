"""Snapshots of tiles: what is in their pixels, and what the officer is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from app.core.commands import TileId
from app.core.model import Camera, CameraId, PrivacyClass
from app.core.purpose import Purpose, PurposeKind
from app.core.snapshot import Answer, Pixels, Refusal, SnapshotError, SnapshotFacts, Taker, Written
from app.core.tile_status import Sign, TileStatus
from app.core.zoom import NO_ZOOM, WHOLE, Zoom
from tests.fakes.fake_console import FakeSlot, a_camera
from ui.snapshots import REFUSALS, Snapshots
from ui.theme import Theme
from ui.tile_look import TileLook, TileMetrics
from ui.tile_painter import PaintedTile, TilePainter

MASK = (((0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (0.0, 1.0)),)
PUBLIC = a_camera(1, "Gambir", "31.71.01.1001", privacy=PrivacyClass.PUBLIC_STREET)


@dataclass
class Desk:
    """A port that answers as the test wants."""

    answer: Written | SnapshotError = field(default_factory=lambda: Written("a.png", "a.json"))
    taken: list[tuple[Pixels, SnapshotFacts]] = field(default_factory=list)
    refuses: bool = False

    def take(self, pixels: Pixels, facts: SnapshotFacts, answer: Answer) -> None:
        if self.refuses:
            raise SnapshotError("not today")
        self.taken.append((pixels, facts))
        answer(self.answer)


@pytest.fixture
def painter(theme: Theme) -> TilePainter:
    return TilePainter(theme)


def tile(painter: TilePainter, camera: Camera, zoom: Zoom = NO_ZOOM, is_watermarked: bool = False) -> PaintedTile:
    """A live tile that shows one colour."""
    record = PaintedTile(TileId(1, 1), QRect(0, 0, 320, 200), TileMetrics(320, 200))
    painter.watch(record, camera.id, camera, is_watermarked)
    slot = FakeSlot(320, 180)
    slot.show_color(40, 160, 90)
    record.feed.poll(slot)
    record.feed.crop = record.feed.asked = zoom.crop
    painter.look_closer(record, zoom)
    painter.dress(record, TileLook(1, Sign.LIVE, camera.name))
    return record


def facts_of(camera: Camera, sign: Sign = Sign.LIVE, purpose: Purpose | None = None) -> SnapshotFacts:
    status = TileStatus(TileId(1, 1), sign, camera.id, camera, age_s=12.34)
    return SnapshotFacts(camera, status, 0.0, Taker("Sari", "Gambir", "Pantau"), WHOLE, purpose)


def rows(pixels: Pixels) -> NDArray[np.int32]:
    """Blue, green, red."""
    whole = np.frombuffer(pixels.data, np.uint8).reshape(pixels.height_px, pixels.width_px, 4)
    return whole[..., :3].astype(np.int32)


def test_a_live_picture_is_taken_as_it_is(painter: TilePainter) -> None:
    desk = Desk()
    said = Snapshots(desk, painter).take(tile(painter, PUBLIC), facts_of(PUBLIC))
    pixels, _ = desk.taken[0]
    assert (pixels.width_px, pixels.height_px) == (320, 180) and "Gambir" in said
    assert np.abs(rows(pixels) - (40, 160, 90)).max() == 0, "no bar, no frame, no mark"


def test_no_picture_is_taken_under_another_cameras_name(painter: TilePainter) -> None:
    desk, other = Desk(), replace(PUBLIC, id=CameraId("other"))
    said = Snapshots(desk, painter).take(tile(painter, PUBLIC), facts_of(other))
    assert desk.taken == [] and said == REFUSALS[Refusal.NO_PICTURE]


@pytest.mark.parametrize("sign", [Sign.STALE, Sign.LATE])
def test_an_old_picture_carries_its_word_and_age_in_its_pixels(painter: TilePainter, sign: Sign) -> None:
    desk = Desk()
    record = tile(painter, PUBLIC)
    for age_s in (12.34, 12.34, 99.9):
        facts = facts_of(PUBLIC, sign)
        Snapshots(desk, painter).take(record, replace(facts, status=replace(facts.status, age_s=age_s)))
    first, same, older = (rows(pixels) for pixels, _ in desk.taken)
    amber = (first[..., 2] > 180) & (first[..., 1] > 120) & (first[..., 0] < 120)
    assert amber.sum() > 150, "large letters"
    assert np.array_equal(first, same) and not np.array_equal(first, older), "the age is among them"
    is_grey = np.ptp(first[150:], axis=2).max() < 12
    assert is_grey is np.bool_(sign is Sign.STALE)


def test_masks_and_watermark_are_in_the_pixels(painter: TilePainter) -> None:
    camera = replace(PUBLIC, masks=MASK)
    desk = Desk()
    painter.set_watermark(("Sari", "14:13:20"))
    for is_watermarked in (False, True):
        Snapshots(desk, painter).take(tile(painter, camera, is_watermarked=is_watermarked), facts_of(camera))
    bare, marked = (rows(pixels) for pixels, _ in desk.taken)
    assert np.abs(bare[95:175, 5:155] - (40, 160, 90)).max(axis=2).min() > 40, "nothing shows through"
    assert np.abs(bare[:85] - (40, 160, 90)).max() == 0
    assert 0.005 < (np.abs(marked - bare).max(axis=2) > 10).mean() < 0.3


def test_the_manifest_says_which_part_was_looked_at(painter: TilePainter) -> None:
    desk, zoom = Desk(), Zoom(2.0, 0.25, 0.5)
    Snapshots(desk, painter).take(tile(painter, PUBLIC, zoom), facts_of(PUBLIC))
    assert desk.taken[0][1].crop == zoom.crop


PRIVATE = replace(PUBLIC, privacy=PrivacyClass.PRIVATE_OFFICE)


@pytest.mark.parametrize(
    ("camera", "sign", "refusal"),
    [
        (PRIVATE, Sign.LIVE, Refusal.PURPOSE_NEEDED),
        (PUBLIC, Sign.LOST, Refusal.NO_PICTURE),
        (replace(PUBLIC, masks=None), Sign.LIVE, Refusal.MASKS_UNREADABLE),
    ],
)
def test_what_may_not_be_taken_is_said_and_not_taken(
    painter: TilePainter, camera: Camera, sign: Sign, refusal: Refusal
) -> None:
    desk = Desk()
    assert Snapshots(desk, painter).take(tile(painter, camera), facts_of(camera, sign)) == REFUSALS[refusal]
    assert not desk.taken


def test_a_private_camera_is_taken_with_its_purpose(painter: TilePainter) -> None:
    desk = Desk()
    Snapshots(desk, painter).take(tile(painter, PRIVATE), facts_of(PRIVATE, purpose=Purpose(PurposeKind.INCIDENT)))
    assert desk.taken[0][1].purpose == Purpose(PurposeKind.INCIDENT)


def test_a_tile_whose_picture_is_not_here_says_so(painter: TilePainter) -> None:
    record = tile(painter, PUBLIC)
    record.feed.drop()
    assert Snapshots(Desk(), painter).take(record, facts_of(PUBLIC)) == REFUSALS[Refusal.NO_PICTURE]


@pytest.mark.parametrize(
    ("desk", "said"),
    [
        (Desk(), "Saved among this PC's pictures: a.png"),
        (Desk(SnapshotError("The disk is full.")), "The disk is full."),
        (Desk(refuses=True), "not today"),
    ],
)
def test_what_became_of_it_is_said_once(painter: TilePainter, desk: Desk, said: str) -> None:
    snapshots = Snapshots(desk, painter)
    assert snapshots.poll() is None
    snapshots.take(tile(painter, PUBLIC), facts_of(PUBLIC))
    assert snapshots.poll() == said and snapshots.poll() is None


def test_every_refusal_has_its_sentence() -> None:
    assert set(REFUSALS) == set(Refusal)
