"""The log: standard error, from its level on, and no login in it however it came there."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.config.setting import Choice
from app.config.settings_table import LOG_LEVEL
from app.log import FILE_NAME, set_level, start_files, start_logging, stop_files

assert isinstance(LOG_LEVEL.shape, Choice)
LEVELS = [*LOG_LEVEL.shape.words]
CANARY = "C4nary!pw"
URL = f"rtsp://viewer:{CANARY}@10.0.0.9:554/ch1"


@pytest.fixture(autouse=True)
def root_logger_as_before() -> Iterator[None]:
    """Logging is set up anew, and put back after the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []  # else the set-up would close those of pytest
    yield
    stop_files()
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


@pytest.mark.parametrize("level", LEVELS)
def test_a_record_is_written_from_its_level_on(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(level)
    log = logging.getLogger("app.some.part")
    for name in LEVELS:
        log.log(logging.getLevelName(name.upper()), "this is %s", name)
    lines = logged(capsys).splitlines()
    assert len(lines) == len(LEVELS) - LEVELS.index(level)
    assert lines[0].endswith(f"{level.upper()} app.some.part this is {level}")


def test_the_level_can_be_changed_while_it_runs(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("warning")
    log = logging.getLogger("app")
    log.info("too early")
    set_level("info")
    log.info("now")
    assert "now" in (text := logged(capsys)) and "too early" not in text


def test_starting_twice_writes_each_record_once(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info")
    start_logging("info")
    logging.getLogger("app").info("once")
    assert logged(capsys).count("once") == 1


def test_a_login_in_a_message_or_its_arguments_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info")
    logging.getLogger("app").info("opening %s", URL)
    logging.getLogger("a.library").warning("cannot open " + URL)
    text = logged(capsys)
    assert CANARY not in text and text.count("rtsp://***@10.0.0.9:554/ch1") == 2


def test_a_login_in_a_traceback_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("info")
    try:
        raise OSError(f"cannot open {URL}")
    except OSError:
        logging.getLogger("app").exception("it failed")
    text = logged(capsys)
    assert "Traceback" in text and "OSError: cannot open rtsp://***@10.0.0.9:554/ch1" in text
    assert CANARY not in text


def test_an_authorization_header_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    start_logging("debug")
    logging.getLogger("app").debug("sent\r\nAuthorization: Basic %s\r\nAccept: */*", CANARY)
    text = logged(capsys)
    assert CANARY not in text and "Accept: */*" in text


# ---- files


def test_files_tell_what_happens_though_a_person_sees_what_may_go_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("warning")
    start_files(tmp_path / "deep" / "logs", 1, 2)
    log = logging.getLogger("app")
    log.debug("too much")
    log.info("happens, with %s", URL)
    log.warning("may go wrong")
    text = (tmp_path / "deep" / "logs" / FILE_NAME).read_text("utf-8")
    assert "happens, with rtsp://***@10.0.0.9" in text and "may go wrong" in text and CANARY not in text
    assert "too much" not in text and "happens" not in logged(capsys)
    set_level("debug")
    log.debug("now wanted")
    set_level("error")
    log.info("still kept")
    text = (tmp_path / "deep" / "logs" / FILE_NAME).read_text("utf-8")
    assert "now wanted" in text and "still kept" in text and "still kept" not in logged(capsys)


def test_files_are_bounded_in_size_and_number_and_for_their_owner_alone(tmp_path: Path) -> None:
    start_logging("error")
    start_files(tmp_path, 1, 3)
    for number in range(45):
        logging.getLogger("app").info("%d %s", number, "x" * 100_000)
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["pantau.log", "pantau.log.1", "pantau.log.2"]
    assert all(path.stat().st_size <= 1_000_000 for path in files)
    if sys.platform != "win32":  # there the folder is the user's alone
        assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert " 44 x" in files[0].read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file that is always full")
def test_a_disk_that_takes_no_log_is_said_once_and_costs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("error")
    (tmp_path / FILE_NAME).symlink_to("/dev/full")
    start_files(tmp_path, 1, 2)
    for _ in range(3):
        logging.getLogger("app").info("lost")
    assert logged(capsys) == "pantau: the log cannot be written: [Errno 28] No space left on device\n"
    with suppress(OSError):  # closing it tries the disk once more
        stop_files()


def test_a_second_run_goes_on_in_the_same_file(tmp_path: Path) -> None:
    for number in range(2):
        start_logging("error")
        start_files(tmp_path, 1, 2)
        logging.getLogger("app").info("run %d", number)
        stop_files()
        logging.getLogger("app").info("nowhere")
    assert [line.split()[-2:] for line in (tmp_path / FILE_NAME).read_text("utf-8").splitlines()] == [
        ["run", "0"],
        ["run", "1"],
    ]
