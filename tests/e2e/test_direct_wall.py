"""Direct surfaces: libVLC draws into native windows on a real X server; the screen is the only witness.

The cameras' password is a canary: libVLC and FFmpeg print what they are given where nobody stops them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.layout import uniform_layout
from tests.support.camera_files import Row, cameras_with_login, write_cameras
from tests.support.canary import found_in_files, found_in_processes, new_canary
from tests.support.product import Product, running_product
from tests.support.wall_eye import Look, WallEye, WallPlace, frames_shown, oldest_live_s, save, told
from tests.xdisplay import open_display

pytestmark = pytest.mark.alone

SIZE_PX = (1280, 720)
PLACE = WallPlace(*SIZE_PX, uniform_layout(4), has_panel=False)
CODES = ("JKT-00001", "JKT-00002", "JKT-00003")
"""H.264 and H.265 among them."""
PLAYING = {1, 2, 3}
REFUSED = 4
USERNAME = "post"
AT_ONCE_S = 1.0
STALE_LIMIT_S = 2.2
SPARE_S = 1.5
BACK_WITHIN_S = 15.0


@dataclass(frozen=True, slots=True)
class Direct:
    """A wall of direct surfaces."""

    product: Product
    eye: WallEye
    passwords: tuple[str, str]
    folder: Path


@pytest.fixture(scope="module")
def wall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Direct]:
    """Three cameras that play, and one that refuses its password; everything that can be logged is."""
    folder = tmp_path_factory.mktemp("direct")
    right, wrong = new_canary(), new_canary()
    with ExitStack() as world:
        url = world.enter_context(cameras_with_login(USERNAME, right))
        rows = [Row(code, code, "", f"{url}/main/{code}", f"{url}/sub/{code}", USERNAME, right) for code in CODES]
        rows.append(Row("REFUSED", "wrong password", "", f"{url}/sub/JKT-00004", "", USERNAME, wrong))
        cameras = write_cameras(folder / "own.csv", rows)
        words = ["demo", "--cameras", str(cameras), "--surface", "direct", "--layout", "4", "--no-panel"]
        words += ["--size", f"{SIZE_PX[0]}x{SIZE_PX[1]}", "--log-level", "debug"]
        words += ["--report", str(folder / "report.json"), "--screenshot", str(folder / "wall.png")]
        display = world.enter_context(open_display(*SIZE_PX))
        product = world.enter_context(running_product(folder, words, display))
        eye = WallEye(display, PLACE)
        try:
            yield Direct(product, eye, (right, wrong), folder)
        finally:
            save(eye.pixels(), folder / "at-the-end.png")


def _until_playing(wall: Direct) -> None:
    """Until new frames of every camera that plays are seen."""
    wall.eye.until_live(PLAYING)
    wall.eye.watch(
        lambda looks: all(frames_shown(looks[-10:], number) >= 3 for number in PLAYING), what="moving pictures"
    )


def test_the_pictures_are_on_the_screen_and_move(wall: Direct) -> None:
    _until_playing(wall)
    looks = wall.eye.watch(lambda looks: looks[-1].tiles[REFUSED - 1].is_marked, what="the refused camera's card")
    assert looks[-1].live == PLAYING, told(looks[-1])


def test_a_killed_host_never_leaves_its_last_picture_as_live(wall: Direct) -> None:
    _until_playing(wall)
    (host,) = wall.product.hosts()
    host.kill()
    killed_s = time.monotonic()
    gone = wall.eye.watch(lambda looks: not looks[-1].live, what="the covers")
    covered_s = gone[-1].done_s - killed_s
    assert all(gone[-1].tiles[number - 1].is_marked for number in PLAYING), told(gone[-1])
    assert all(gone[-1].tiles[number - 1].frame is None for number in PLAYING), "the last picture is still there"
    back = wall.eye.watch(lambda looks: _is_back(looks[-1]), BACK_WITHIN_S, "the pictures' return")
    print(f"\ndirect: covered after {covered_s:.2f} s, back after {back[-1].done_s - killed_s:.2f} s")
    assert covered_s < AT_ONCE_S + SPARE_S
    for number in PLAYING:
        assert oldest_live_s([*gone, *back], number) < STALE_LIMIT_S + SPARE_S


def _is_back(look: Look) -> bool:
    return look.live >= PLAYING and all(look.tiles[number - 1].frame is not None for number in PLAYING)


def test_no_password_gets_anywhere_and_the_run_ends_in_order(wall: Direct) -> None:
    _until_playing(wall)
    leaks = found_in_processes(wall.passwords, wall.product.family())
    leaks += found_in_files(wall.passwords, wall.folder)
    ended = wall.product.end()
    leaks += found_in_files(wall.passwords, wall.folder)
    assert not leaks
    assert ended.code == 3
    assert "Traceback" not in ended.errors
    report = wall.product.report
    assert report["engine"] == "vlc"
    by_camera = {tile["camera"]: tile for tile in report["tiles"]}
    assert by_camera.pop("REFUSED")["failure"] == "unauthorized"
    assert {tile["life"] for tile in by_camera.values()} == {"live"}
    assert {(tile["surface"], tile["engine"]) for tile in by_camera.values()} == {("direct", "vlc")}
    assert (wall.folder / "wall.png").stat().st_size > 0
    wall.product.wait_family_gone()
    assert not wall.product.left_files()
