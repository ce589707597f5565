"""Events have ids that never change; an event log that refuses costs the wall nothing."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import pytest

from app.event_log import EventId, WindowsEventLog, open_event_log


class FakeApi:
    """Takes what Windows' `advapi32` takes."""

    def __init__(self, handle: int = 7, taken: int = 1) -> None:
        self.events: list[tuple[int, int, str]] = []
        self.open = 0
        self.RegisterEventSourceW = self._function(self._register, handle)
        self.ReportEventW = self._function(self._report, taken)
        self.DeregisterEventSource = self._function(self._deregister, 1)

    def _function(self, does: Any, answer: int) -> Any:
        def call(*words: Any) -> int:
            does(*words)
            return answer

        return call

    def _register(self, _server: None, source: str) -> None:
        assert source == "Pantau"
        self.open += 1

    def _report(self, handle: int, kind: int, category: int, number: int, *rest: Any) -> None:
        assert (handle, category, rest[:3]) == (7, 0, (None, 1, 0))
        self.events.append((number, kind, rest[3][0]))

    def _deregister(self, _handle: int) -> None:
        self.open -= 1


def test_the_ids_are_those_of_the_it_guide() -> None:
    assert {event.name: event.value for event in EventId} == {
        "STARTED": 100,
        "ENDED": 101,
        "FAULT": 200,
        "RESTARTED": 201,
        "REFUSED": 300,
        "IGNORED": 400,
    }


def test_an_event_is_written_with_its_id_kind_and_text() -> None:
    api = FakeApi()
    log = WindowsEventLog(api)
    log.tell(EventId.STARTED, "it started")
    log.tell(EventId.FAULT, "it failed")
    log.tell(EventId.RESTARTED, "it is back")
    assert api.events == [(100, 4, "it started"), (200, 1, "it failed"), (201, 2, "it is back")] and api.open == 0


@pytest.mark.parametrize(
    ("api", "words"), [(FakeApi(handle=0), "cannot be opened"), (FakeApi(taken=0), "does not take event 100")]
)
def test_an_event_log_that_refuses_is_told_in_the_log(
    api: FakeApi, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    WindowsEventLog(api).tell(EventId.STARTED, "it started")
    assert words in caplog.text


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has an event log")
def test_windows_takes_an_event() -> None:
    windll = getattr(ctypes, "windll")  # noqa: B009 - mypy on Linux knows no windll
    WindowsEventLog(windll.advapi32).tell(EventId.STARTED, "a trial of the tests")


def test_where_there_is_none_or_none_is_wanted_nothing_is_written() -> None:
    open_event_log(is_wanted=False)(EventId.STARTED, "it started")
    if sys.platform != "win32":
        open_event_log(is_wanted=True)(EventId.STARTED, "it started")
