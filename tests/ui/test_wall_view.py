"""What the wall paints for each state, and what it leaves alone."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.core.commands import AddCamera, ApplyLayout, ClearTile, SelectTile, TileId, ToggleMaximised
from app.core.failure import Reason
from app.core.hints import Finding, Hint
from app.core.model import CameraId, Profile
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from ui.theme import load_theme
from ui.tile_painter import PaintedTile
from ui.wall_view import CHECK_PERIOD_S, LIVE_STATUS_PERIOD_S, WallView

COLOR = (90, 160, 40)
"""Red, green, blue of what `make_live` shows."""


def pixels(view: WallView, rect: QRect | None = None) -> NDArray[np.int32]:
    """What the view shows, as rows of RGB."""
    image = view.grab(rect or view.rect()).toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int32)


def settle(view: WallView, now_s: float) -> None:
    """Refresh until every tile was looked at: many looks at once are spread over ticks."""
    for tick in range(8):
        view.refresh(now_s + tick * 0.2)


def lower_third(view: WallView, number: int) -> NDArray[np.int32]:
    """The pixels of the lower third of a tile's picture."""
    record = view.record(number)
    assert record is not None
    box = record.box
    return pixels(
        view, QRect(box.left(), box.bottom() - box.height() // 3 + 2, box.width(), box.height() // 3 - 2)
    )


def saturation(shown: NDArray[np.int32]) -> int:
    return int((shown.max(axis=2) - shown.min(axis=2)).max())


@pytest.fixture
def console() -> FakeConsole:
    return a_console("4", tiles=4)


@pytest.fixture
def view(console: FakeConsole, make_window: WindowMaker) -> WallView:
    return make_window(console, has_panel=False).view


def test_a_live_picture_is_shown_as_it_came_out_from_under_the_bar(console: FakeConsole, view: WallView) -> None:
    slot = console.make_live(1)
    view.refresh(1.0)
    record = view.record(1)
    assert record is not None and record.shows_picture
    assert (record.box.width(), record.box.height()) == slot.size
    assert abs(record.box.center().x() - record.rect.center().x()) <= 1
    assert record.box.bottom() == record.rect.bottom(), "as far down as there is room"
    assert (lower_third(view, 1) == COLOR).all()


@pytest.mark.parametrize("layout", ["1", "4", "16", "36", "64", "1+5", "2+8"])
def test_nothing_is_drawn_over_the_lower_third_of_a_live_picture(layout: str, make_window: WindowMaker) -> None:
    console = a_console(layout, tiles=64)
    view = make_window(console, 1280, 754, has_panel=False).view
    view.toggle_all_figures()
    console.dispatch(SelectTile(1, 1))
    tiles = console.layouts.get(layout).tiles
    for number in range(1, tiles + 1):
        console.make_live(number)
    settle(view, 1.0)
    for number in (1, tiles):
        assert (lower_third(view, number) == COLOR).all()


def test_a_stale_picture_loses_its_colours_and_is_hatched(console: FakeConsole, view: WallView) -> None:
    console.make_live(1)
    view.refresh(1.0)
    console.set_sign(1, Sign.STALE, age_s=2.0, reason=Reason.STALLED)
    view.refresh(1.2)
    shown = lower_third(view, 1)
    assert saturation(shown) < 12, "grey, with a hatch that is nearly so"
    grey = (shown[..., 0] < 150).mean()
    assert 0.7 < grey < 1.0, "mostly the picture, some of it under lighter lines"


def test_a_stale_tile_runs_its_age_in_tenths_and_a_live_one_slower(console: FakeConsole, view: WallView) -> None:
    console.make_live(2)
    console.make_live(1)
    view.refresh(1.0)
    seen: dict[int, set[int]] = {1: set(), 2: set()}
    for tenth in range(10):
        age_s = 2.05 + tenth / 10
        console.set_sign(1, Sign.STALE, age_s=age_s)
        console.set_sign(2, Sign.LIVE, age_s=age_s)
        view.refresh(2.0 + tenth * 0.11)
        for number, marks in seen.items():
            record = view.record(number)
            assert record is not None and record.mark is not None
            marks.add(record.mark.cacheKey())
    assert len(seen[1]) == 10
    assert len(seen[2]) <= 3


def test_what_a_cameras_clock_says_against_a_live_picture_is_shown_at_the_next_look(
    console: FakeConsole, view: WallView
) -> None:
    console.make_live(1)
    view.refresh(1.0)
    view.refresh(1.2)
    console.set_sign(1, Sign.LIVE, age_s=0.1, findings=(Finding(Hint.CLOCK_OFFSET, -2.1, 2.0, 0.0),))
    view.refresh(1.2 + CHECK_PERIOD_S)
    record = view.record(1)
    assert record is not None and record.look is not None and record.look.hint == "CLOCK −2 s"
    console.set_sign(1, Sign.LIVE, age_s=0.1)
    view.refresh(1.2 + 2 * CHECK_PERIOD_S)
    assert record.look.hint == ""


def test_a_late_picture_is_not_shown_while_the_tile_is_stale(console: FakeConsole, view: WallView) -> None:
    slot = console.make_live(1)
    view.refresh(1.0)
    console.set_sign(1, Sign.STALE, age_s=3.0)
    view.refresh(1.2)
    slot.show_color(200, 10, 10)
    view.refresh(1.22)
    assert saturation(lower_third(view, 1)) < 12


def test_the_first_picture_after_a_pause_is_shown_at_once(console: FakeConsole, view: WallView) -> None:
    slot = console.make_live(1)
    view.refresh(1.0)
    console.set_sign(1, Sign.STALE, age_s=3.0)
    view.refresh(1.2)
    slot.show_color(40, 160, 90)
    console.set_sign(1, Sign.LIVE, age_s=0.0)
    view.refresh(1.216)
    assert (lower_third(view, 1) == COLOR).all()


@pytest.mark.parametrize("sign", [Sign.CONNECTING, Sign.LOST])
def test_a_tile_that_has_no_picture_to_show_keeps_none(sign: Sign, console: FakeConsole, view: WallView) -> None:
    console.make_live(1)
    view.refresh(1.0)
    console.set_sign(1, sign, reason=Reason.UNAUTHORIZED if sign is Sign.LOST else None, retry_in_s=290)
    view.refresh(1.2)
    shown = pixels(view, view.records[0].area)
    assert not (shown == COLOR).all(axis=2).any()
    assert view.records[0].feed.picture is None


def test_states_differ_by_shape_not_by_colour_alone(console: FakeConsole, view: WallView) -> None:
    bars = []
    for sign in (Sign.CONNECTING, Sign.LIVE, Sign.STALE, Sign.LOST):
        if sign is Sign.LIVE:
            console.make_live(1)
        console.set_sign(1, sign, age_s=0.0)
        view._check_all_soon()
        view.refresh(1.0)
        record = view.records[0]
        assert record.bar is not None
        alpha_free = record.bar.convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.frombuffer(alpha_free.constBits(), np.uint8).reshape(alpha_free.height(), -1)
        bars.append(rows[:, -40:] > 80)
    for first in range(4):
        for second in range(first):
            assert (bars[first] != bars[second]).any()


def test_no_tile_is_ever_red(console: FakeConsole, view: WallView) -> None:
    for number, sign in enumerate((Sign.CONNECTING, Sign.STALE, Sign.LOST), start=1):
        console.set_sign(number, sign, age_s=3.0, reason=Reason.HOST_LOST)
    console.dispatch(ClearTile(TileId(1, 4)))
    view.refresh(1.0)
    shown = pixels(view)
    is_red = (shown[..., 0] > 140) & (shown[..., 1] < 80) & (shown[..., 2] < 80)
    assert not is_red.any()


def test_only_tiles_with_news_are_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make_window: WindowMaker
) -> None:
    console = a_console("64", tiles=64)
    view = make_window(console, has_panel=False).view
    for number in range(1, 65):
        console.make_live(number)
    settle(view, 1.0)
    view.repaint()
    painted: list[int] = []
    paint = view.tile_painter.paint
    monkeypatch.setattr(
        view.tile_painter,
        "paint",
        lambda p, record, region: (painted.append(record.tile.number), paint(p, record, region)),
    )
    for number in (3, 40):
        console.slots[TileId(1, number)].show_color(1, 2, 3)
    view.refresh(2.416)
    qtbot.waitUntil(lambda: len(painted) >= 2)
    view.refresh(2.432)
    qtbot.wait(50)
    assert sorted(painted) == [3, 40]


def test_two_pictures_between_two_looks_are_painted_once_the_latest(console: FakeConsole, view: WallView) -> None:
    slot = console.make_live(1)
    view.refresh(1.0)
    slot.show_color(1, 1, 1)
    slot.show_color(9, 8, 7)
    view.refresh(1.016)
    assert (lower_third(view, 1) == (7, 8, 9)).all()


def test_sizes_are_announced_for_every_tile_of_a_new_layout(console: FakeConsole, view: WallView) -> None:
    console.sizes.clear()
    console.dispatch(ApplyLayout(1, "9"))
    view.refresh(1.0)
    assert set(console.sizes) == {TileId(1, number) for number in range(1, 10)}
    assert all(0 < width < 430 and 0 < height < 260 for width, height in console.sizes.values())


def test_a_maximised_tile_alone_gets_a_new_size(console: FakeConsole, view: WallView) -> None:
    before = dict(console.sizes)
    console.dispatch(ToggleMaximised(1, 2))
    view.refresh(1.0)
    changed = {tile for tile, size in console.sizes.items() if before[tile] != size}
    assert changed == {TileId(1, 2)}
    assert [record.tile.number for record in view.records] == [2]
    console.dispatch(ToggleMaximised(1))
    view.refresh(1.1)
    assert console.sizes == before


def test_the_small_picture_fills_a_maximised_tile_until_the_large_one_comes(
    console: FakeConsole, view: WallView
) -> None:
    console.make_live(2)
    view.refresh(1.0)
    console.dispatch(ToggleMaximised(1, 2))
    console.set_sign(2, Sign.LIVE, age_s=0.1, awaited=Profile.MAIN)
    view.refresh(1.1)
    record = view.records[0]
    assert record.look is not None and record.look.is_awaiting
    assert record.box.height() > view.height() * 0.8
    middle = pixels(view, QRect(view.rect().center(), view.rect().center()))
    assert (np.abs(middle - COLOR) <= 1).all()


def test_a_resize_is_announced_once_it_has_settled(
    qtbot: QtBot, console: FakeConsole, make_window: WindowMaker
) -> None:
    window = make_window(console, has_panel=False)
    before = dict(console.sizes)
    window.resize(1000, 700)
    window.resize(900, 640)
    assert console.sizes == before
    qtbot.waitUntil(lambda: console.sizes != before)
    assert all(size[0] < 460 for size in console.sizes.values())


def test_tiles_keep_their_place_when_a_neighbour_goes(console: FakeConsole, view: WallView) -> None:
    rects = [record.rect for record in view.records]
    console.dispatch(ClearTile(TileId(1, 2)))
    console.set_sign(3, Sign.LOST, reason=Reason.REFUSED)
    view.refresh(1.0)
    assert [record.rect for record in view.records] == rects


def test_a_layout_change_keeps_the_pictures_of_the_tiles_that_stay(console: FakeConsole, view: WallView) -> None:
    console.make_live(1)
    view.refresh(1.0)
    console.dispatch(ApplyLayout(1, "9"))
    view.refresh(1.016)
    assert view.records[0].shows_picture
    assert (np.abs(lower_third(view, 1) - COLOR) <= 1).all()


def test_a_cleared_tile_lets_its_memory_go(console: FakeConsole, view: WallView) -> None:
    slot = console.make_live(1)
    view.refresh(1.0)
    memory = weakref.ref(slot._pixels[slot.sequence() % 3])
    console.dispatch(ClearTile(TileId(1, 1)))
    del console.slots[TileId(1, 1)]
    slot.close()
    del slot
    view.refresh(1.1)
    gc.collect()
    assert memory() is None


def test_another_slot_is_followed_and_the_old_one_never_read_again(console: FakeConsole, view: WallView) -> None:
    old = console.make_live(1)
    view.refresh(1.0)
    console.make_live(1).show_color(5, 6, 7)
    old.close()
    view.refresh(1.016)
    assert (lower_third(view, 1) == (7, 6, 5)).all()


def test_a_picture_of_another_size_in_the_same_slot_is_shown_in_its_shape(
    console: FakeConsole, view: WallView
) -> None:
    slot = console.make_live(1)
    view.refresh(1.0)
    for _ in range(3):
        slot.show(np.full((300, 400, 4), (1, 2, 3, 255), np.uint8))
        view.refresh(1.1)
    record = view.records[0]
    assert record.box.width() / record.box.height() == pytest.approx(4 / 3, rel=0.03)
    assert (np.abs(lower_third(view, 1) - (3, 2, 1)) <= 1).all()


def test_the_selection_is_framed_beside_the_picture(console: FakeConsole, view: WallView) -> None:
    console.dispatch(SelectTile(1, 4))
    view.refresh(1.0)
    rect = view.records[3].area
    frame = pixels(view)[rect.top() - 1, rect.left() : rect.right()]
    assert (frame[:, 0] > 200).all() and (frame[:, 2] < 120).all()
    assert not (pixels(view, rect)[0] == frame[0]).all()


def test_the_wall_shows_a_camera_that_was_added(console: FakeConsole, view: WallView) -> None:
    console.dispatch(ClearTile(TileId(1, 3)))
    console.dispatch(AddCamera(1, CameraId("camera-30")))
    view.refresh(1.0)
    look = view.records[2].look
    assert look is not None and look.sign is Sign.CONNECTING and "30" in look.name


def test_every_layout_reconciles_from_every_other(console: FakeConsole, view: WallView) -> None:
    for name in (*console.layouts.order, *reversed(console.layouts.order)):
        console.dispatch(ApplyLayout(1, name))
        view.refresh(1.0)
        rects = [record.rect for record in view.records]
        assert len(rects) == console.layouts.get(name).tiles
        assert all(not rects[a].intersects(rects[b]) for a in range(len(rects)) for b in range(a))


def test_a_change_of_all_tiles_is_spread_over_ticks(console: FakeConsole, make_window: WindowMaker) -> None:
    console = a_console("64", tiles=64)
    view = make_window(console, has_panel=False).view
    for number in range(1, 65):
        console.make_live(number)
    settle(view, 1.0)
    for number in range(1, 65):
        console.set_sign(number, Sign.LOST, reason=Reason.HOST_LOST)
    lost = []
    for tick in range(10):
        view.refresh(9.0 + tick * 0.016)
        looks = [record.look for record in view.records]
        lost.append(sum(look is not None and look.sign is Sign.LOST for look in looks))
    assert lost == [8, 16, 24, 32, 40, 48, 56, 64, 64, 64]


def test_what_plays_on_waits_for_time_and_what_plays_no_more_does_not(
    console: FakeConsole, view: WallView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def live() -> list[bool]:
        return [record.sign is Sign.LIVE for record in view.records]

    settle(view, 1.0)
    monkeypatch.setattr("ui.dressing.MOST_S", 0.0)
    for number in range(1, 5):
        console.make_live(number)
    shown = []
    for tick in range(5):
        view.refresh(9.0 + tick * 0.016)
        shown.append(sum(live()))
    assert shown == [1, 2, 3, 4, 4], "one in each look, however little time there is"
    for number in range(1, 5):
        console.set_sign(number, Sign.STALE, age_s=2.1)
    view.refresh(20.0)
    assert not any(live())


def test_no_picture_is_seen_before_it_is_known_what_it_is(
    make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = a_console("9", tiles=9)
    settle(make_window(console, has_panel=False).view, 1.0)
    for number in range(1, 10):
        console.make_live(number)
        console.set_sign(number, Sign.STALE, age_s=9.0, reason=Reason.STALLED)
    monkeypatch.setattr("ui.dressing.MOST_S", 0.0)
    view = make_window(console, has_panel=False).view
    for look in range(9):
        view.refresh(20.0 + look * 0.016)
        coloured = [number for number in range(1, 10) if saturation(lower_third(view, number)) >= 12]
        assert not coloured, "a picture in its colours passes for live"
    assert {record.sign for record in view.records} == {Sign.STALE}


def test_the_last_tile_has_its_turn_however_much_the_others_have_to_say(
    make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = a_console("9", tiles=9)
    view = make_window(console, has_panel=False).view
    settle(view, 1.0)
    monkeypatch.setattr("ui.dressing.MOST_S", 0.0)
    console.make_live(9)
    for look in range(20):
        for number in range(1, 9):
            console.set_sign(number, Sign.LOST, reason=Reason.HOST_LOST, retry_in_s=90.0 - look)
        view.refresh(9.0 + look)
        last = view.record(9)
        if last is not None and last.sign is Sign.LIVE:
            break
    assert look < 10


def test_late_pictures_go_on_in_colour_under_an_amber_bar(console: FakeConsole, view: WallView) -> None:
    console.make_live(1)
    view.refresh(1.0)
    console.set_sign(1, Sign.LATE, age_s=3.2)
    view.refresh(1.2)
    record = view.record(1)
    assert record is not None and record.shows_picture
    assert record.mark is not None, "its age runs in the bar"
    assert amber_px(view, record) > 0


def test_a_tile_that_stops_being_live_is_marked_without_waiting_for_its_next_status(
    console: FakeConsole, view: WallView
) -> None:
    console.make_live(1)
    view.refresh(1.0)
    console.set_sign(1, Sign.STALE, age_s=2.0)
    view.refresh(1.0 + CHECK_PERIOD_S)
    record = view.record(1)
    assert record is not None and record.look is not None
    assert record.look.sign is Sign.STALE and not record.shows_picture


def test_a_hint_stands_in_the_bar_and_leaves_the_picture_alone(console: FakeConsole, view: WallView) -> None:
    console.make_live(1)
    view.refresh(1.0)
    record = view.record(1)
    assert record is not None and amber_px(view, record) == 0
    console.set_sign(1, Sign.LIVE, age_s=0.04, findings=(Finding(Hint.DAMAGED, 0.12, 0.0, 0.0),))
    view.refresh(1.0 + LIVE_STATUS_PERIOD_S)
    assert record.look is not None and record.look.hint == "DAMAGED 12%"
    assert record.shows_picture and amber_px(view, record) > 0


def amber_px(view: WallView, record: PaintedTile) -> int:
    """How many pixels of a tile's bar are amber."""
    amber = np.array(load_theme().color("amber").getRgb()[:3], np.int32)
    bar = pixels(view, record.area)[: record.metrics.bar_px]
    return int((bar == amber).all(axis=-1).sum())
