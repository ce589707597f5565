"""`demo --cameras FILE.csv`: anyone's own cameras, through the real registry; what is wrong with one is said."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from tests.support.camera_files import COLUMNS, Row, cameras_with_login, write_cameras
from tests.support.canary import found_in_files, found_in_processes, new_canary
from tests.support.odd_camera import OddCamera, black_hole, closed_port, silent
from tests.support.product import ROOT, Product, run_product, running_product, streams_of
from tests.waiting import until

USERNAME = "post"
PLACES = "31.71.01.1004"
GOOD = ("JKT-00001", "JKT-00002", "JKT-00003", "JKT-00004")
SYSTEM_PYTHON = Path("/usr/bin/python3")
GST_CAMERAS = ROOT / "tests" / "support" / "gst_cameras.py"
GST_LOGIN, GST_PASSWORD = "admin", "p:a@s%s/w?r#d"
OPEN_GST_CAMERAS = ("h264", "h265", "mjpeg", "audio", "b-frames", "rare-keys")
ENDS_WITHIN_S = 10.0


def _words(folder: Path, cameras: Path, *more: str) -> list[str]:
    files = ["--report", str(folder / "report.json"), "--screenshot", str(folder / "wall.png")]
    return ["demo", "--headless", "--cameras", str(cameras), *files, *more]


def test_each_camera_says_what_is_wrong_and_no_password_gets_anywhere(tmp_path: Path) -> None:
    right, wrong = new_canary(), new_canary()
    with ExitStack() as world:
        url = world.enter_context(cameras_with_login(USERNAME, right))
        with_login = url.replace("://", f"://{USERNAME}:{quote(right, safe='')}@")
        closed = world.enter_context(closed_port())
        hole = world.enter_context(black_hole())
        mute = world.enter_context(OddCamera(silent)).port
        rows = [
            Row("G1", "with a login of its own", PLACES, f"{url}/main/{GOOD[0]}", f"{url}/sub/{GOOD[0]}"),
            Row("G2", "by digest", "Gambir", f"{url}/main/{GOOD[1]}", f"{url}/digest/sub/{GOOD[1]}"),
            Row("G3", "one stream only", "", f"{url}/basic/sub/{GOOD[2]}"),
            Row("X1", "wrong password", PLACES, f"{url}/sub/JKT-00011"),
            Row("X2", "closed port", PLACES, f"rtsp://127.0.0.1:{closed}/sub/JKT-00012"),
            Row("X3", "nobody answers", PLACES, f"rtsp://127.0.0.1:{hole}/sub/JKT-00013"),
            Row("X4", "no such stream", PLACES, f"{url}/none/at/all/of/these"),
            Row("X5", "says nothing", PLACES, f"rtsp://127.0.0.1:{mute}/sub/JKT-00014"),
            Row("X6", "no address of a camera", PLACES, "http://127.0.0.1/video.mjpg"),
        ]
        passwords = {"X1": wrong}
        given = [_with_login(row, passwords.get(row.code, right)) for row in rows]
        inside = Row("G4", "login in its address", "Nowhere", f"{with_login}/sub/{GOOD[3]}")
        cameras = write_cameras(tmp_path / "own.csv", [inside, *given])
        words = _words(tmp_path, cameras, "--for", "12")
        product = world.enter_context(running_product(tmp_path, words))
        _kill_a_host_when_four_play(product)
        leaks = found_in_files((right, wrong), tmp_path) + found_in_processes((right, wrong), product.family())
        ended = product.wait(60.0)
        leaks += found_in_files((right, wrong), tmp_path)
    assert not leaks
    report = product.report
    failures = {tile["camera"]: tile["failure"] for tile in report["tiles"]}
    assert failures == {
        **dict.fromkeys(("G1", "G2", "G3", "G4")),
        "X1": "unauthorized",
        "X2": "refused",
        "X3": "unreachable",
        "X4": "not-found",
        "X5": "no-answer",
    }
    assert {tile["camera"] for tile in report["tiles"] if tile["life"] == "live"} == {"G1", "G2", "G3", "G4"}
    assert report["wall"]["live"] == 4
    assert report["catalog"]["cameras"] == 9
    assert report["catalog"]["rejected"] == 1
    assert ended.code == 3
    assert ended.output == ""
    assert "Traceback" not in ended.errors
    told = [line for line in ended.complaints if "own.csv" in line]
    assert len(told) == 1 and "row 11" in told[0] and "main_url" in told[0]


def _with_login(row: Row, password: str) -> Row:
    return Row(*(row.code, row.name, row.kelurahan, row.main_url, row.sub_url), USERNAME, password)


def _kill_a_host_when_four_play(product: Product) -> None:
    until(lambda: sum(map(streams_of, product.hosts())) >= len(GOOD), what="four cameras' connections")
    (host,) = product.hosts()
    host.kill()
    until(lambda: _others(product, host), what="another host")
    until(lambda: sum(map(streams_of, _others(product, host))) >= len(GOOD), what="their connections again")


def _others(product: Product, host: psutil.Process) -> list[psutil.Process]:
    return [each for each in product.hosts() if each.pid != host.pid]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, "cannot be read"),
        ("", "no column"),
        (",".join(COLUMNS) + "\n", "no rows"),
        (",".join(COLUMNS) + "\nX,Only one,,http://127.0.0.1/,,,\n", "row 2, column main_url"),
    ],
    ids=["missing", "empty", "heading-only", "no-good-row"],
)
def test_a_file_without_a_usable_camera_is_one_line_at_the_prompt(
    tmp_path: Path, content: str | None, word: str
) -> None:
    cameras = tmp_path / "own.csv"
    if content is not None:
        cameras.write_text(content, encoding="utf-8")
    ended = run_product(tmp_path, _words(tmp_path, cameras, "--for", "5"))
    assert ended.code == 2
    assert len(ended.complaints) == 1
    assert "own.csv" in ended.errors and word in ended.errors
    assert not list((tmp_path / "tmp").iterdir())


def test_the_cameras_of_another_maker_play(tmp_path: Path) -> None:
    """GStreamer's RTSP server: H.264, H.265, MJPEG, with audio, B-frames, rare key frames, a hard password."""
    with _gst_cameras() as ports:
        url = f"rtsp://127.0.0.1:{ports['port']}"
        rows = [Row(f"G{name}", name, PLACES, f"{url}/{name}") for name in OPEN_GST_CAMERAS]
        login_url = f"rtsp://127.0.0.1:{ports['login_port']}/h264"
        rows.append(Row("Glogin", "with a login", PLACES, login_url, "", GST_LOGIN, GST_PASSWORD))
        cameras = write_cameras(tmp_path / "own.csv", rows)
        with running_product(tmp_path, _words(tmp_path, cameras, "--for", "14")) as product:
            ended = product.wait(90.0)
    report = product.report
    print(f"\nfps: { {tile['camera']: tile['fps'] for tile in report['tiles']} }")
    assert {tile["camera"]: tile["failure"] for tile in report["tiles"]} == dict.fromkeys(row.code for row in rows)
    assert {tile["life"] for tile in report["tiles"]} == {"live"}
    assert all(tile["fps"] > 5.0 for tile in report["tiles"])
    assert (ended.code, ended.errors) == (0, "")
    assert not found_in_files([GST_PASSWORD], tmp_path)


@contextmanager
def _gst_cameras() -> Iterator[Mapping[str, int]]:
    """The ports of GStreamer's cameras: without a login, and with one."""
    needed = "import gi; gi.require_version('GstRtspServer', '1.0'); gi.require_version('Gst', '1.0')"
    if not SYSTEM_PYTHON.exists() or subprocess.run([SYSTEM_PYTHON, "-c", needed], check=False).returncode:
        pytest.skip("the system's Python has no GStreamer RTSP server")
    argv = [str(SYSTEM_PYTHON), str(GST_CAMERAS)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"username": GST_LOGIN, "password": GST_PASSWORD}).encode() + b"\n")
        process.stdin.flush()
        yield json.loads(process.stdout.readline())
        process.communicate(timeout=ENDS_WITHIN_S)
