"""The Windows event log: what an administrator's tools look for, by ids that never change.

Main thread. Must not import Qt. A text here is a sentence of ours and holds no secret. Other systems have no event
log: there the log's files and standard error tell the same.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

SOURCE = "Pantau"
"""The installer registers it below `…\\EventLog\\Application`."""

_log = logging.getLogger(__name__)


class EventId(Enum):
    """What is told; the value is the id, which the IT guide lists."""

    STARTED = 100
    ENDED = 101
    FAULT = 200
    """The wall has ended by a fault of its own."""
    RESTARTED = 201
    """A wall that had ended by a fault is started again."""
    REFUSED = 300
    """The wall cannot be opened; the sentence says why."""
    IGNORED = 400
    """A setting is ignored; the sentence says which, where and why."""


_ERROR, _WARNING, _INFORMATION = 1, 2, 4
"""EVENTLOG_ERROR_TYPE and its siblings (winnt.h)."""
_KINDS: Mapping[EventId, int] = MappingProxyType(
    {
        EventId.STARTED: _INFORMATION,
        EventId.ENDED: _INFORMATION,
        EventId.FAULT: _ERROR,
        EventId.RESTARTED: _WARNING,
        EventId.REFUSED: _ERROR,
        EventId.IGNORED: _WARNING,
    }
)
Tell = Callable[[EventId, str], None]
"""Writes an event; never fails."""


def open_event_log(*, is_wanted: bool) -> Tell:
    """This system's event log; on a system without one, or where it is not wanted, nothing is written."""
    if sys.platform != "win32" or not is_wanted:
        return lambda _event, _text: None
    return WindowsEventLog(ctypes.windll.advapi32).tell


class WindowsEventLog:
    """Writes events of the source.

    Args:
        api: `advapi32`, or what stands in for it.
    """

    def __init__(self, api: Any) -> None:
        self._api = api
        api.RegisterEventSourceW.restype = ctypes.c_void_p
        api.ReportEventW.argtypes = [
            *(ctypes.c_void_p, ctypes.c_ushort, ctypes.c_ushort, ctypes.c_uint, ctypes.c_void_p, ctypes.c_ushort),
            *(ctypes.c_uint, ctypes.POINTER(ctypes.c_wchar_p), ctypes.c_void_p),
        ]
        api.DeregisterEventSource.argtypes = [ctypes.c_void_p]

    def tell(self, event: EventId, text: str) -> None:
        """Write one event; what Windows does not take is told in the log."""
        handle = self._api.RegisterEventSourceW(None, SOURCE)
        if not handle:
            _log.warning("the Windows event log cannot be opened")
            return
        texts = (ctypes.c_wchar_p * 1)(text)
        if not self._api.ReportEventW(handle, _KINDS[event], 0, event.value, None, 1, 0, texts, None):
            _log.warning("the Windows event log does not take event %d", event.value)
        self._api.DeregisterEventSource(handle)
