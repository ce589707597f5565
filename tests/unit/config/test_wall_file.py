"""What the wall showed is there again after a start; a file that cannot be understood is refused and kept."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config.late_writer import LateWriter
from app.config.wall_file import WallFile, wall_from_text, wall_text
from app.core.errors import ConfigError
from app.core.layout import Cell, Layout, layouts_from_data
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState
from app.core.saved_layout import SavedLayout
from app.core.wall import WallState
from tests.waiting import until

PASAR = SavedLayout(Layout("Pasar", 2, 1, (Cell(0, 0), Cell(1, 0))), {1: CameraId("A")})
LAYOUTS = Layouts(layouts_from_data([]), saved={"Pasar": PASAR})
WALL = WallState(
    (
        MonitorState("Pasar", {1: CameraId("A"), 2: CameraId("B")}, saved=PASAR, screen="Dell", is_present=False),
        MonitorState("4", {}, hotspot=2, screen="", is_present=False),
    )
)

ids = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40).map(CameraId)
monitors = st.builds(
    MonitorState,
    layout=st.sampled_from(["1", "9", "64", "Pasar"]),
    cameras=st.dictionaries(st.integers(1, 64), ids, max_size=8),
    saved=st.sampled_from([None, PASAR]),
    hotspot=st.none() | st.just(1),
    screen=st.text(max_size=20),
    is_present=st.just(False),
)
walls = st.lists(monitors, min_size=1, max_size=4).map(tuple).map(WallState)


@given(walls)
def test_what_is_written_is_read_as_it_was_and_written_alike(wall: WallState) -> None:
    text = wall_text(wall)
    again = wall_from_text("wall.json", text, LAYOUTS)
    assert again == wall and wall_text(again) == text


def test_a_temporary_layout_is_not_kept_but_what_it_came_from() -> None:
    older = replace(WALL.monitors[0], screen="the one before it was replaced")
    temporary = MonitorState("1", {1: CameraId("C")}, before=older, screen="Dell")
    assert wall_from_text("w", wall_text(WallState((temporary,))), LAYOUTS).monitors == WALL.monitors[:1]


def test_a_layout_that_is_gone_leaves_the_cameras_on_one_with_room_for_them() -> None:
    without = Layouts(LAYOUTS.by_name)
    monitor = wall_from_text("w", wall_text(WALL), without).monitors[0]
    assert (monitor.layout, monitor.cameras, monitor.saved) == ("2", {1: "A", 2: "B"}, None)


def test_a_saved_layout_that_nobody_altered_is_opened_as_it_is_now() -> None:
    shown = replace(PASAR, cameras={1: CameraId("A"), 2: CameraId("B")})
    monitor = replace(WALL.monitors[0], saved=shown, cameras=shown.cameras)
    altered = replace(monitor, cameras={2: CameraId("C")})
    text = wall_text(WallState((monitor, altered)))
    opened, kept = wall_from_text("w", text, LAYOUTS).monitors
    assert (opened.cameras, opened.saved, opened.screen) == (PASAR.cameras, PASAR, "Dell")
    assert not opened.is_altered and not opened.is_present
    assert (kept.cameras, kept.saved) == ({2: "C"}, PASAR) and kept.is_altered


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"version": 1', '"version": 2', "wall.json, line 2: version is 2, and this console knows 1 only"),
        ('"1": {', '"7": {', "wall.json, line 3: monitors are not numbered from 1 to 16 at most"),
        ('"layout": "Pasar"', '"layout": 4', "wall.json, line 6: monitors 1 layout is not a text"),
        ('"saved": "Pasar"', '"saved": 4', "wall.json, line 7: monitors 1 saved is not a text"),
        ('"altered": true', '"altered": 1', "wall.json, line 8: monitors 1 altered is not true or false"),
        ('"1": "A"', '"65": "A"', "wall.json, line 11: monitors 1 cameras 65 is no tile from 1 to 64"),
        ('"1": "A"', '"1": ""', "wall.json, line 11: monitors 1 cameras 1 is not the id of a camera"),
        ('"hotspot": 2', '"hotspot": 0', "wall.json, line 20: monitors 2 hotspot is no tile"),
        ('"hotspot": 2', '"hotspot": true', "wall.json, line 20: monitors 2 hotspot is no tile"),
        ('"cameras": {}', '"cameras": []', "wall.json, line 21: monitors 2 cameras is not an object"),
        (
            '"screen": "",',
            "",
            "wall.json, line 15: monitors 2 has not just altered, cameras, hotspot, layout, saved, screen",
        ),
        ('"version": 1,', '"version": 1', "wall.json, line 3: it is no JSON"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_line_and_reason(old: str, new: str, sentence: str) -> None:
    text = wall_text(WALL)
    assert old in text
    with pytest.raises(ConfigError, match=f"^{re.escape(sentence)}"):
        wall_from_text("wall.json", text.replace(old, new, 1), LAYOUTS)


def test_a_hotspot_beyond_its_layout_is_forgotten() -> None:
    text = wall_text(WALL).replace('"hotspot": 2', '"hotspot": 5')
    assert wall_from_text("w", text, LAYOUTS).monitors[1].hotspot is None


def test_before_the_first_time_there_is_nothing(tmp_path: Path) -> None:
    assert WallFile(tmp_path / "deep" / "wall.json").load(LAYOUTS) is None


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    file = WallFile(tmp_path / "deep" / "wall.json")
    file.save(WALL)
    assert file.load(LAYOUTS) == WALL


def test_a_broken_file_stays_until_a_wall_is_saved_and_is_put_aside_then(tmp_path: Path) -> None:
    path = tmp_path / "wall.json"
    path.write_text("{", encoding="utf-8")
    file = WallFile(path)
    with pytest.raises(ConfigError, match=r"^wall\.json, line 1"):
        file.load(LAYOUTS)
    assert path.read_text(encoding="utf-8") == "{"
    file.save(WALL)
    assert (tmp_path / "wall.broken-1.json").read_text(encoding="utf-8") == "{"
    assert file.load(LAYOUTS) == WALL


def test_what_is_written_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "wall.json"
    file = WallFile(path)
    file.save(WALL)
    path.unlink()
    on_tour = MonitorState("1", {1: CameraId("C")}, before=WALL.monitors[0], screen="Dell")
    file.save(WallState((on_tour, *WALL.monitors[1:])))
    assert not path.exists(), "a step of a tour is not kept"
    file.save(WallState(WALL.monitors[:1]))
    assert file.load(LAYOUTS) == WallState(WALL.monitors[:1])


# ---- what writes it


def test_the_newest_wall_is_written_soon_and_what_came_between_is_not() -> None:
    written: list[WallState] = []
    keeper = LateWriter("wall", written.append)
    for name in "123":
        keeper.keep(WallState((MonitorState(name),)))
    until(lambda: written)
    keeper.stop()
    assert written == [WallState((MonitorState("3"),))]


def test_what_is_left_is_written_at_the_end() -> None:
    written: list[WallState] = []
    keeper = LateWriter("wall", written.append)
    keeper.keep(WALL)
    keeper.stop()
    assert written == [WALL]


def test_a_disk_that_refuses_is_complained_of_once_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    tries = threading.Semaphore(0)

    def refuse(_wall: WallState) -> None:
        tries.release()
        raise ConfigError("wall.json cannot be written: No space left on device")

    keeper = LateWriter("wall", refuse)
    for _ in range(2):
        keeper.keep(WALL)
        assert tries.acquire(timeout=30)
    keeper.stop()
    assert [record.message for record in caplog.records] == [
        "the wall is not kept for the next start: wall.json cannot be written: No space left on device"
    ]
