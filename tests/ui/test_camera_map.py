"""The map of the cameras: moved and zoomed by keys and mouse, searched, and what is seen on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.model import CameraId, Catalog, Location
from app.core.search import CameraIndex, index_in_steps
from app.core.tile_status import Sign
from tests.fakes.fake_console import a_catalog
from ui.camera_map import CameraMap
from ui.map_dots import MARKS, SIDE_PX, WORDS, DotPainter, Mark
from ui.map_painter import round_length_m
from ui.theme import Theme


def placed_catalog(cameras: int = 64) -> Catalog:
    """Cameras on a square grid, 100 m apart; the last one has no position."""
    catalog = a_catalog(cameras)
    step_deg, placed = 100 / 111_195, {}
    for number, camera in enumerate(catalog.cameras.values()):
        location = Location(-6.0 + number // 8 * step_deg, 106.0 + number % 8 * step_deg, number * 5.0 % 360, 70.0)
        placed[camera.id] = replace(camera, location=None if number == cameras - 1 else location)
    return replace(catalog, cameras=placed)


@dataclass
class Reader:
    """Somebody who looks at the map."""

    view: QWidget
    page: CameraMap

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.page.canvas, key)

    def spot(self, camera: str) -> QPoint:
        """Where a camera's dot is."""
        canvas = self.page.canvas
        number = [each.id for each in canvas.chart.cameras].index(CameraId(camera))
        x_m, y_m = float(canvas.chart.x_m[number]), float(canvas.chart.y_m[number])
        return QPointF(canvas.view.x_px(x_m), canvas.view.y_px(y_m)).toPoint()

    def color_near(self, camera: str) -> set[str]:
        """The colours of a dot's pixels."""
        image = self.page.canvas.grab().toImage()
        middle = self.spot(camera)
        return {image.pixelColor(middle + QPoint(x, y)).name() for x in range(-5, 6) for y in range(-5, 6)}


@pytest.fixture
def reader(qtbot: QtBot, theme: Theme) -> Iterator[Reader]:
    view = QWidget()
    view.resize(1100, 700)
    qtbot.addWidget(view)
    catalog = placed_catalog()
    *_, index = index_in_steps(catalog, CameraIndex())
    assert index is not None
    page = CameraMap(theme, index.find, view)
    view.show()
    view.activateWindow()
    page.show_catalog(catalog)
    page.open(is_native=False)
    qtbot.waitUntil(page.canvas.hasFocus)
    page.canvas.set_view(replace(page.canvas.view, m_per_px=2.0))
    yield Reader(view, page)
    view.close()


def test_the_page_takes_nearly_all_of_the_wall_and_opens_with_the_keys_on_the_map(reader: Reader) -> None:
    assert reader.page.width() > 1000 and reader.page.height() > 600
    assert reader.page.unplaced.text() == "Without a position: 1"
    assert reader.page.canvas.dots_in_view == 63


@pytest.mark.parametrize(
    ("key", "right", "down"),
    [(Qt.Key.Key_Left, -1, 0), (Qt.Key.Key_Right, 1, 0), (Qt.Key.Key_Up, 0, -1), (Qt.Key.Key_Down, 0, 1)],
)
def test_arrows_move_the_view(reader: Reader, key: Qt.Key, right: int, down: int) -> None:
    before = reader.page.canvas.view
    reader.press(key)
    after = reader.page.canvas.view
    assert (np.sign(after.x_m - before.x_m), np.sign(after.y_m - before.y_m)) == (right, down)


def test_plus_and_minus_zoom_and_home_shows_all(reader: Reader) -> None:
    canvas = reader.page.canvas
    QTest.keyClick(canvas, "+")
    assert canvas.view.m_per_px < 2.0
    for _ in range(12):
        QTest.keyClick(canvas, "-")
    from_afar_m_per_px = canvas.view.m_per_px
    reader.press(Qt.Key.Key_Home)
    assert canvas.dots_in_view == 63 and canvas.view.m_per_px < from_afar_m_per_px


def test_tab_points_out_one_camera_after_the_other_and_then_leaves_the_map(reader: Reader) -> None:
    canvas, seen = reader.page.canvas, []
    while canvas.hasFocus() and len(seen) < 100:
        reader.press(Qt.Key.Key_Tab)
        seen.append(canvas.current.id if canvas.current else None)
    assert len(set(seen)) == 63 and not canvas.hasFocus()


def test_shift_tab_goes_back(reader: Reader) -> None:
    reader.press(Qt.Key.Key_Tab)
    first = reader.page.canvas.current
    reader.press(Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
    assert first is not None and reader.page.canvas.current == first


def test_enter_and_double_click_call_a_camera_up(qtbot: QtBot, reader: Reader) -> None:
    reader.press(Qt.Key.Key_Tab)
    current = reader.page.canvas.current
    assert current is not None
    with qtbot.waitSignal(reader.page.chosen) as by_key:
        reader.press(Qt.Key.Key_Return)
    with qtbot.waitSignal(reader.page.chosen) as by_mouse:
        QTest.mouseDClick(reader.page.canvas, Qt.MouseButton.LeftButton, pos=reader.spot("camera-20"))
    assert by_key.args == [current.id] and by_mouse.args == ["camera-20"]


def test_enter_without_a_camera_calls_nothing_up(qtbot: QtBot, reader: Reader) -> None:
    with qtbot.assertNotEmitted(reader.page.chosen):
        reader.press(Qt.Key.Key_Return)


def test_a_click_points_a_camera_out_and_a_drag_moves_the_map(reader: Reader) -> None:
    canvas = reader.page.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=reader.spot("camera-20"))
    assert canvas.current is not None and canvas.current.id == "camera-20"
    before = reader.spot("camera-20")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    for x in (320, 360):
        QTest.mouseMove(canvas, QPoint(x, 300))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(360, 300))
    assert reader.spot("camera-20") - before == QPoint(60, 0)
    assert canvas.current.id == "camera-20", "a drag is no click"
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert canvas.current is None


def test_the_wheel_zooms_about_the_mouse(reader: Reader) -> None:
    before = reader.spot("camera-20")
    canvas = reader.page.canvas
    none = Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        QPointF(before), QPointF(before), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, turned)
    assert canvas.view.m_per_px == pytest.approx(2.0 / 1.25**2)
    assert (reader.spot("camera-20") - before).manhattanLength() <= 2


def test_a_click_from_afar_goes_nearer(reader: Reader) -> None:
    canvas = reader.page.canvas
    canvas.set_view(replace(canvas.view, m_per_px=50.0))
    assert canvas.is_clustered
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert canvas.view.m_per_px < 50.0 and canvas.current is None


def test_letters_begin_a_search_that_jumps(reader: Reader) -> None:
    page = reader.page
    QTest.keyClick(page.canvas, "j")
    assert page.search.hasFocus() and page.search.text() == "j"
    QTest.keyClicks(page.search, "kt-00042")
    current = page.canvas.current
    assert current is not None and current.id == "camera-42" and page.found.text() == "1 of 1"
    assert (reader.spot("camera-42") - page.canvas.rect().center()).manhattanLength() <= 2
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.canvas.hasFocus() and page.canvas.current == current


def test_down_and_up_go_through_what_was_found(reader: Reader) -> None:
    page = reader.page
    page.search.setText("jkt-0001")
    words = [page.found.text()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(page.search, key)
        words.append(page.found.text())
    assert words == ["1 of 10", "2 of 10", "1 of 10", "10 of 10"]


def test_a_search_without_a_match_says_so_and_esc_leaves_it(reader: Reader) -> None:
    page = reader.page
    page.search.setFocus()
    page.search.setText("zzzzzz")
    assert page.found.text() == "none found" and page.canvas.current is None
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == "" and page.found.text() == ""
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.canvas.hasFocus() and page.isVisible()
    reader.press(Qt.Key.Key_Escape)
    assert not page.isVisible()


@pytest.mark.parametrize(
    ("sign", "color"),
    [
        (Sign.LIVE, "live"),
        (Sign.LATE, "amber"),
        (Sign.STALE, "amber"),
        (Sign.LOST, "amber"),
        (Sign.CONNECTING, "text"),
    ],
)
def test_a_dot_has_the_colour_of_its_cameras_state(reader: Reader, theme: Theme, sign: Sign, color: str) -> None:
    wanted = theme.color(color).name()
    assert wanted not in reader.color_near("camera-20")
    reader.page.show_signs({CameraId("camera-20"): sign})
    assert wanted in reader.color_near("camera-20")
    reader.page.show_signs({})
    assert wanted not in reader.color_near("camera-20")


def test_every_state_has_a_shape_of_its_own_and_a_word(theme: Theme) -> None:
    painter = DotPainter(theme, 1.0)
    shapes = [shape(painter, mark, theme) for mark in Mark]
    assert len({each.tobytes() for each in shapes}) == len(Mark) == len(WORDS)
    assert MARKS.keys() == set(Sign)


def shape(painter: DotPainter, mark: Mark, theme: Theme) -> np.ndarray:
    """Which pixels a dot covers, whatever its colour."""
    image = painter.picture((SIDE_PX, SIDE_PX), np.array([6.0]), np.array([6.0]), np.array([mark.value]))
    ground = theme.color("tile").rgb()
    return np.array([[image.pixel(x, y) != ground for x in range(SIDE_PX)] for y in range(SIDE_PX)])


def test_dots_at_and_beyond_the_edge_are_cut(theme: Theme) -> None:
    spots = np.array([-100.0, 0.0, 39.0, 1000.0])
    image = DotPainter(theme, 2.0).picture((40, 30), spots, spots, np.full(4, Mark.LIVE.value))
    assert (image.width(), image.height(), image.format()) == (40, 30, QImage.Format.Format_RGB32)
    assert image.pixelColor(0, 0).name() == theme.live


def test_a_changed_catalogue_keeps_the_view_and_the_camera_pointed_out(reader: Reader) -> None:
    canvas = reader.page.canvas
    canvas.point_out(CameraId("camera-20"), jumps=False)
    view = canvas.view
    catalog = placed_catalog()
    reader.page.show_catalog(catalog)
    assert canvas.view is view and canvas.current is catalog.cameras[CameraId("camera-20")]
    reader.page.show_catalog(replace(catalog, cameras={}))
    assert canvas.current is None
    canvas.grab()


@pytest.mark.parametrize(("most_m", "length_m"), [(99.0, 50.0), (100.0, 100.0), (2400.0, 2000.0), (0.7, 0.5)])
def test_the_scale_has_a_round_length(most_m: float, length_m: float) -> None:
    assert round_length_m(most_m) == length_m
