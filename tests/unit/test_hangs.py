"""The trace of a window's thread that stands still."""

from __future__ import annotations

import logging
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.hangs import FILE_MAX_BYTES, FILE_NAME, HangTrace
from tests.waiting import until


def test_whoever_stands_still_is_named_with_the_place_and_no_value(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "a word that nobody may read"
    path = tmp_path / "logs" / FILE_NAME
    with closing(HangTrace(path.parent, limit_s=0.2)) as trace, caplog.at_level(logging.WARNING):
        trace.alive(time.monotonic())
        until(lambda: "test_hangs.py" in path.read_text("utf-8"), what=f"the trace, without {len(secret)} letters")
        trace.alive(time.monotonic())
    text = path.read_text("utf-8")
    assert "test_whoever_stands_still" in text and secret not in text
    assert "the window stood still" in caplog.text and FILE_NAME in caplog.text


def test_whoever_lives_leaves_no_trace(tmp_path: Path) -> None:
    with closing(HangTrace(tmp_path, limit_s=3.0)) as trace:
        for _ in range(40):
            trace.alive(time.monotonic())
            time.sleep(0.1)
    assert (tmp_path / FILE_NAME).read_text("utf-8") == ""


def test_nothing_is_written_after_the_end(tmp_path: Path) -> None:
    with closing(HangTrace(tmp_path, limit_s=0.2)) as trace:
        trace.alive(time.monotonic())
    time.sleep(0.6)
    assert (tmp_path / FILE_NAME).read_text("utf-8") == ""


@pytest.mark.parametrize(("size", "is_kept"), [(100, True), (FILE_MAX_BYTES + 1, False)])
def test_older_traces_stay_until_they_are_many(tmp_path: Path, size: int, is_kept: bool) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"x" * size)
    HangTrace(tmp_path).close()
    assert (tmp_path / FILE_NAME).stat().st_size == (size if is_kept else 0)


def test_a_folder_that_cannot_be_written_to_is_said_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING), closing(HangTrace(tmp_path / "file")) as trace:
        trace.alive(1.0)
    assert "no trace of a hang can be written" in caplog.text
