"""A run of the wall leaves its start, its end and its faults behind, with what is needed to find the cause."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import record
from app.config.settings import Layer, Settings, Source, resolve
from app.core.errors import ConfigError
from app.event_log import EventId
from app.log import FILE_NAME, start_logging
from app.record import recorded

Events = list[tuple[EventId, str]]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Events]:
    told: Events = []
    monkeypatch.setattr(record, "open_event_log", lambda *, is_wanted: lambda *event: told.append(event))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    start_logging("warning")
    yield told
    root.handlers[:] = handlers
    root.setLevel(level)


def kinds(events: Events) -> list[EventId]:
    return [event for event, _ in events]


def text_of(folder: Path) -> str:
    return (folder / FILE_NAME).read_text("utf-8")


def test_an_ordered_run_has_a_start_and_an_end(tmp_path: Path, events: Events) -> None:
    with recorded(Settings(), tmp_path, "9.9"):
        logging.getLogger("app").info("in between")
    assert kinds(events) == [EventId.STARTED, EventId.ENDED] and "Pantau 9.9 started" in events[0][1]
    words = ("started", "in between", "ended")
    assert [word for line in text_of(tmp_path).splitlines() for word in words if word in line] == [*words]


def test_a_refusal_is_a_sentence(tmp_path: Path, events: Events) -> None:
    with pytest.raises(ConfigError), recorded(Settings(), tmp_path, "9.9"):
        raise ConfigError("there is no display")
    assert events[1] == (EventId.REFUSED, "there is no display")
    assert "the wall cannot be opened: there is no display" in text_of(tmp_path)


def test_a_fault_leaves_its_trace_in_the_log_and_its_name_in_the_events(tmp_path: Path, events: Events) -> None:
    with pytest.raises(ZeroDivisionError), recorded(Settings(), tmp_path, "9.9"):
        raise ZeroDivisionError("rtsp://user:secret@10.0.0.1/")
    assert events[1][0] is EventId.FAULT and "ZeroDivisionError" in events[1][1]
    text = text_of(tmp_path)
    assert "Traceback" in text and "secret" not in text and "secret" not in str(events)


def test_settings_that_are_ignored_are_events(tmp_path: Path, events: Events) -> None:
    settings = resolve((Layer(Source.MACHINE, "m.json", {"oops": 1}),))
    with recorded(settings, tmp_path, "9.9"):
        pass
    assert events[1] == (EventId.IGNORED, "m.json: oops is not known; it is ignored.")


def test_a_folder_that_takes_no_log_does_not_stop_the_wall(
    tmp_path: Path, events: Events, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    ran = False
    with recorded(Settings(), tmp_path / "file" / "logs", "9.9"):
        ran = True
    assert ran and kinds(events) == [EventId.STARTED, EventId.ENDED]
    assert "no log is written into" in capsys.readouterr().err
