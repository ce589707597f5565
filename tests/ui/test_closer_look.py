"""Looking closely at the selected tile: snapshot, purpose and zoom, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.core.commands import SelectTile, TileId, ToggleMaximised
from app.core.duty import ShiftStarted
from app.core.purpose import Purpose, PurposeKind
from app.core.snapshot import SnapshotError, Taker, Written
from app.core.tile_status import Sign
from tests.fakes.fake_console import FakeConsole, a_console
from tests.ui.conftest import WindowMaker
from tests.ui.duty_post import DIMAS
from tests.ui.typing_keys import ALT, CTRL, SHIFT, press
from ui.wall_window import WallWindow

KEY = Qt.Key
PRIVATE, PUBLIC = 9, 1
SELECT_FIRST = "Select a tile with a camera first."


@pytest.fixture
def console() -> FakeConsole:
    return a_console("16", tiles=PRIVATE)


@pytest.fixture
def window(console: FakeConsole, make_window: WindowMaker) -> WallWindow:
    """All tiles live, the first one selected."""
    window = make_window(console)
    for number in range(1, PRIVATE + 1):
        console.make_live(number)
    console.dispatch(SelectTile(1, PUBLIC))
    tick(window, console, 1.0)
    return window


def tick(window: WallWindow, console: FakeConsole, now_s: float) -> None:
    console.pump(now_s)
    window.refresh(now_s)


def said(window: WallWindow) -> str:
    return window.tray.message.text()


# ---- snapshots


def test_a_snapshot_is_announced_and_its_file_named_when_it_is_there(
    window: WallWindow, console: FakeConsole
) -> None:
    name = console.catalog.cameras[console.wall.monitors[0].cameras[PUBLIC]].name
    press(KEY.Key_S, ALT)
    assert said(window) == f"Saving a snapshot of {name}…"
    (_, facts, answer) = console.snapshots.taken[0]
    assert (facts.camera.id, facts.purpose, facts.taker) == ("camera-1", None, console.taker)
    answer(Written("/pictures/gate.png", "/pictures/gate.json"))
    tick(window, console, 2.0)
    assert said(window) == "Saved among this PC's pictures: gate.png"


def test_a_snapshot_that_cannot_be_written_is_said(window: WallWindow, console: FakeConsole) -> None:
    press(KEY.Key_S, ALT)
    console.snapshots.taken[0][2](SnapshotError("the disk is full"))
    tick(window, console, 2.0)
    assert "the disk is full" in said(window)


def test_no_snapshot_is_taken_of_a_private_camera_without_a_purpose(
    window: WallWindow, console: FakeConsole
) -> None:
    console.dispatch(SelectTile(1, PRIVATE))
    press(KEY.Key_S, ALT)
    assert "private camera" in said(window) and console.snapshots.taken == []


def test_the_tile_that_fills_the_wall_is_taken_even_where_none_is_selected(
    window: WallWindow, console: FakeConsole
) -> None:
    console.dispatch(ToggleMaximised(1, 2))
    console.dispatch(SelectTile(1, None))
    tick(window, console, 2.0)
    press(KEY.Key_S, ALT)
    assert [facts.camera.id for _, facts, _ in console.snapshots.taken] == ["camera-2"]


# ---- purposes


def test_a_private_camera_is_asked_about_by_name(window: WallWindow, console: FakeConsole) -> None:
    console.dispatch(SelectTile(1, PRIVATE))
    press(KEY.Key_P)
    assert window.pages.purpose.isVisible()
    assert console.catalog.cameras["camera-9"].name in window.pages.purpose.camera_label.text()
    press(KEY.Key_1)
    assert console.purposes_given == [("camera-9", Purpose(PurposeKind.INCIDENT))]


def test_a_camera_that_everybody_may_look_at_needs_no_purpose(window: WallWindow) -> None:
    press(KEY.Key_P)
    assert "needs no purpose" in said(window) and not window.pages.is_open


@pytest.mark.parametrize(("key", "modifiers"), [(KEY.Key_P, None), (KEY.Key_S, ALT)], ids=["purpose", "snapshot"])
@pytest.mark.parametrize("number", [None, 16], ids=["no-tile", "empty-tile"])
def test_without_a_camera_it_says_what_to_do_first(
    window: WallWindow,
    console: FakeConsole,
    number: int | None,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier | None,
) -> None:
    console.dispatch(SelectTile(1, number))
    press(key, modifiers or Qt.KeyboardModifier.NoModifier)
    assert said(window) == SELECT_FIRST and console.snapshots.taken == []


# ---- zoom


def test_zoom_and_pan_by_keys_and_back_to_the_whole_picture(window: WallWindow, console: FakeConsole) -> None:
    tile = TileId(1, PUBLIC)
    press(KEY.Key_Plus, CTRL)
    closer = console.zooms[tile]
    press(KEY.Key_Right, SHIFT)
    moved = console.zooms[tile]
    assert not closer.is_whole and moved != closer and not moved.is_whole
    press(KEY.Key_0, CTRL)
    assert console.zooms[tile].is_whole


def test_a_tile_without_a_picture_is_not_zoomed(window: WallWindow, console: FakeConsole) -> None:
    console.set_sign(PUBLIC, Sign.LOST)
    tick(window, console, 2.0)
    press(KEY.Key_Plus, CTRL)
    assert console.zooms == {}


# ---- the words over a picture


def test_the_watermark_follows_the_clock_and_names_the_officer(
    window: WallWindow, console: FakeConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[tuple[str, ...]] = []
    monkeypatch.setattr(window.view.tile_painter, "set_watermark", words.append)
    console.taker = Taker("Sari", "POST-1", "pantau test")
    for now_s in (10.0, 10.2, 11.2):
        tick(window, console, now_s)
    assert len(words) == 2 and all("Sari" in " ".join(lines) for lines in words)
    console.duty.take_in(ShiftStarted(DIMAS, 1000.0), 11.3)
    console.taker = Taker("Dimas", "POST-1", "pantau test")
    tick(window, console, 11.3)
    assert len(words) == 3 and "Dimas" in " ".join(words[-1]), "at once: a picture names who looks at it"
