"""The log: standard error, from its level on, and no login in it however it came there."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from app.config.setting import Choice
from app.config.settings_table import LOG_LEVEL
from app.log import set_level, start_logging

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
