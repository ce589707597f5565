"""Looking closely by wheel, drag and keys: what the hand does to what is seen, and what the console is told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.commands import Command, SelectTile, TileId
from app.core.tile_status import Sign
from app.core.zoom import NO_ZOOM, Zoom
from tests.fakes.fake_console import FakeConsole, a_console
from ui.theme import Theme
from ui.tile_painter import PaintedTile
from ui.tile_zoom import ZOOM_ACTIONS, TileZoom
from ui.wall_mouse import WallMouse
from ui.wall_view import WallView

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Told:
    """What the console heard."""

    zooms: list[tuple[TileId, Zoom]] = field(default_factory=list)

    def set_tile_zoom(self, tile: TileId, zoom: Zoom) -> None:
        self.zooms.append((tile, zoom))


class Hands:
    """A wall of four tiles, the first three live, and a mouse over it."""

    def __init__(self, view: WallView, console: FakeConsole) -> None:
        self.view = view
        self.console = console
        self.told = Told()
        self.zoom = TileZoom(view, self.told)
        self.mouse = WallMouse(view, self.zoom)
        self.commands: list[Command] = []
        view.commanded.connect(self.commands.append)

    def record(self, number: int = 1) -> PaintedTile:
        record = self.view.record(number)
        assert record is not None
        return record

    def at(self, x: float, y: float, number: int = 1) -> QPoint:
        """A point of a tile's picture, by its parts."""
        box = self.record(number).box
        ratio = self.view.devicePixelRatioF()
        return QPoint(round((box.x() + x * box.width()) / ratio), round((box.y() + y * box.height()) / ratio))

    def turn(self, position: QPoint, notches: float, modifiers: Qt.KeyboardModifier = CTRL) -> None:
        event = QWheelEvent(
            QPointF(position),
            QPointF(self.view.mapToGlobal(position)),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.view, event)

    def select(self, number: int) -> None:
        self.console.dispatch(SelectTile(1, number))
        self.view.refresh(60.0)


@pytest.fixture
def hands(qtbot: QtBot, theme: Theme) -> Hands:
    console = a_console("4", tiles=4)
    view = WallView(console, theme)
    qtbot.addWidget(view, before_close_func=lambda widget: widget.release())
    view.resize(1000, 600)
    view.show()
    view.refresh(0.0)
    for number in (1, 2, 3):
        console.make_live(number)
    for tick in range(8):
        view.refresh(1.0 + tick * 0.2)
    return Hands(view, console)


def test_the_wheel_with_ctrl_looks_closer_around_the_mouse(hands: Hands) -> None:
    hands.turn(hands.at(0.0, 0.0), 4)
    zoom = hands.record().scene.zoom
    assert zoom.scale == pytest.approx(2.0) and zoom.crop.x < 0.01 and zoom.crop.y < 0.01
    assert hands.told.zooms == [(TileId(1, 1), zoom)]
    hands.turn(hands.at(0.7, 0.7), -8)
    assert hands.record().scene.zoom == NO_ZOOM


def test_a_fine_wheel_looks_a_little_closer(hands: Hands) -> None:
    hands.turn(hands.at(0.5, 0.5), 0.25)
    assert 1.0 < hands.record().scene.zoom.scale < 1.1


def test_the_wheel_alone_does_nothing(hands: Hands) -> None:
    hands.turn(hands.at(0.5, 0.5), 3, PLAIN)
    assert not hands.told.zooms


def test_the_picture_changes_before_any_host_answers(hands: Hands) -> None:
    before = hands.view.grab().toImage()
    hands.turn(hands.at(0.9, 0.9), 6)
    assert hands.view.grab().toImage() != before


def test_nothing_is_zoomed_between_tiles_and_without_a_picture(hands: Hands) -> None:
    hands.turn(QPoint(0, 0), 4)
    hands.turn(hands.at(0.5, 0.5, number=4), 4)
    assert not hands.told.zooms


def test_a_stale_picture_can_be_looked_at_closely(hands: Hands) -> None:
    hands.console.set_sign(1, Sign.STALE, age_s=4.0)
    for tick in range(8):
        hands.view.refresh(10.0 + tick * 0.2)
    face = hands.record().face
    hands.turn(hands.at(0.2, 0.5), 4)
    assert hands.told.zooms and hands.record().face is not face


def test_dragging_moves_a_zoomed_picture_and_not_its_tile(hands: Hands, qtbot: QtBot) -> None:
    hands.turn(hands.at(0.5, 0.5), 4)
    start, end = hands.at(0.6, 0.6), hands.at(0.4, 0.6)
    qtbot.mousePress(hands.view, Qt.MouseButton.LeftButton, PLAIN, start)
    assert hands.view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    for step in range(1, 5):
        qtbot.mouseMove(hands.view, start + (end - start) * (step / 4))
    qtbot.mouseRelease(hands.view, Qt.MouseButton.LeftButton, PLAIN, end)
    assert hands.record().scene.zoom.x == pytest.approx(0.6, abs=0.02), "the picture followed the hand"
    assert hands.view.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert all(isinstance(command, SelectTile) for command in hands.commands)


def test_keys_zoom_move_and_reset_the_selected_tile(hands: Hands) -> None:
    hands.select(2)
    seen = []
    for text in ("zoom-in", "zoom-in", "pan left", "pan up", "pan right", "pan down", "zoom-out", "zoom-reset"):
        hands.zoom.run(text)
        seen.append(hands.record(2).scene.zoom)
    assert [zoom.scale for zoom in seen] == pytest.approx([2**0.5, 2, 2, 2, 2, 2, 2**0.5, 1])
    assert seen[2].x < 0.5 and seen[3].y < 0.5 and seen[5].crop == seen[1].crop
    assert {tile for tile, _ in hands.told.zooms} == {TileId(1, 2)}


def test_every_action_is_taken_without_a_selection_too(hands: Hands) -> None:
    for text in ZOOM_ACTIONS:
        hands.zoom.run(text)
    assert not hands.told.zooms


def test_a_zoomed_tile_is_known(hands: Hands) -> None:
    assert not hands.zoom.is_zoomed(1) and not hands.zoom.is_zoomed(None)
    hands.turn(hands.at(0.5, 0.5), 1)
    assert hands.zoom.is_zoomed(1) and not hands.zoom.is_zoomed(2)
