"""Snapshots of tiles: composes the pixels, gathers the facts, and says what became of them.

GUI thread. The pixels are what the tile shows: the part that is looked at, its masks, the watermark, and the word
and the age of a picture that is not live. They are encoded and written elsewhere (`SnapshotPort`).
"""

from __future__ import annotations

import queue
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from app.core.model import Camera
from app.core.snapshot import Pixels, Refusal, SnapshotError, SnapshotFacts, SnapshotPort, Written
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, sentence, tr
from ui.tile_painter import PaintedTile, TilePainter

REFUSALS: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.NO_PICTURE: QT_TRANSLATE_NOOP("Snapshot", "There is no picture to take on this tile."),
        Refusal.MASKS_UNREADABLE: QT_TRANSLATE_NOOP(
            "Snapshot", "What must stay hidden in this picture is not known, so no snapshot is taken."
        ),
        Refusal.PURPOSE_NEEDED: QT_TRANSLATE_NOOP(
            "Snapshot", "This is a private camera: press P and say why you look at it, then take the snapshot."
        ),
    }
)


def saving(camera: Camera) -> str:
    """That a snapshot of it is on its way."""
    return tr("Snapshot", "Saving a snapshot of {0}…", plain(camera.name))


class Snapshots:
    """Takes snapshots.

    Args:
        port: writes them.
        painter: composes their pixels.
    """

    def __init__(self, port: SnapshotPort, painter: TilePainter) -> None:
        self._port = port
        self._painter = painter
        self._answers: queue.SimpleQueue[Written | SnapshotError] = queue.SimpleQueue()

    def take(self, record: PaintedTile, facts: SnapshotFacts) -> str:
        """Take a tile's picture.

        Args:
            facts: of the tile; which part of the picture it is is seen from the tile itself.

        Returns:
            a sentence for the officer: that it is being saved, or why not.
        """
        refusal = facts.refusal
        is_its_picture = (
            record.scene.camera == facts.camera.id
        )  # a tile whose camera has just changed shows the old
        pixels = self._painter.snapshot(record, facts.status) if refusal is None and is_its_picture else None
        if pixels is None:
            return tr("Snapshot", REFUSALS[refusal or Refusal.NO_PICTURE])
        self._send(pixels, replace(facts, crop=record.scene.view))
        return saving(facts.camera)

    def _send(self, pixels: Pixels, facts: SnapshotFacts) -> None:
        try:
            self._port.take(pixels, facts, self._answers.put)
        except SnapshotError as error:
            self._answers.put(error)

    def poll(self) -> str | None:
        """What became of an earlier one, a sentence; None where there is no news. Call it with every tick."""
        if self._answers.empty():
            return None
        answer = self._answers.get_nowait()
        if isinstance(answer, SnapshotError):
            return sentence(answer)
        return tr("Snapshot", "Saved among this PC's pictures: {0}", PurePath(answer.picture).name)
