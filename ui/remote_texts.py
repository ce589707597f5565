"""What is said of remote control: who directs a monitor, since when, until when, and what happened to orders.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from app.console.remote_desk import RemoteEvent, RemoteNotice, RemoteStatus
from app.core.remote import RemoteOrder, Source
from ui.numbers import short_time_text
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, sentence, tr

_EVENTS: Mapping[RemoteEvent, str] = MappingProxyType(
    {
        RemoteEvent.BEGUN: QT_TRANSLATE_NOOP("Remote", "{0} directs monitor {1} now."),
        RemoteEvent.ENDED: QT_TRANSLATE_NOOP(
            "Remote", "The remote control by {0} has ended: monitor {1} shows what you had."
        ),
        RemoteEvent.RELEASED: QT_TRANSLATE_NOOP("Remote", "Monitor {1} is yours again; {0} is told."),
        RemoteEvent.REFUSED: QT_TRANSLATE_NOOP("Remote", "An order of {0} could not be shown on monitor {1}: {2}"),
    }
)
"""What has happened; `{0}` takes who it was, `{1}` the monitor, `{2}` the reason."""


def author_words(order: RemoteOrder) -> str:
    """Who directs a monitor."""
    name = plain(order.author.name) if order.author is not None else ""
    if order.source is Source.SCHEDULE:
        return tr("Remote", "the schedule of {0}", name) if name else tr("Remote", "the schedule")
    return tr("Remote", "{0} (chief)", name) if name else tr("Remote", "a chief")


def banner_words(status: RemoteStatus, now_s: float, local_now: datetime, *, is_reachable: bool) -> str:
    """All about an order that is shown.

    Args:
        status: see there.
        now_s: monotonic seconds …
        local_now: … and what the clock on the wall says then.
        is_reachable: whether the registry answers.
    """
    order = status.order
    parts = [tr("Remote", "Remote control: {0}", author_words(order))]
    if order.since_s is not None:
        parts.append(tr("Remote", "since {0}", short_time_text(datetime.fromtimestamp(order.since_s))))
    parts.append(_end_words(status, now_s, local_now, is_reachable=is_reachable))
    if order.message:
        parts.append(f"“{plain(order.message)}”")
    return "  ·  ".join(filter(None, parts))


def _end_words(status: RemoteStatus, now_s: float, local_now: datetime, *, is_reachable: bool) -> str:
    end = ""
    if status.ends_s is not None:
        left = timedelta(seconds=max(0.0, status.ends_s - now_s))
        end = short_time_text(local_now + left)
    if is_reachable:
        return tr("Remote", "until {0}", end) if end else ""
    if end:
        return tr("Remote", "the registry cannot be reached: it stays until {0}", end)
    return tr("Remote", "the registry cannot be reached: it stays until it is taken back")


def tray_words(status: RemoteStatus, monitor: int) -> str:
    """In few words, for the other monitors' trays; the monitor itself has all of it above its tiles."""
    if status.order.monitor == monitor:
        return ""
    return tr("Remote", "Monitor {0}: {1}", status.order.monitor, author_words(status.order))


def notice_words(notice: RemoteNotice) -> str:
    """What has happened to an order."""
    if notice.order is None:
        return tr("Remote", "An order could not be shown: {0}", sentence(notice.reason))
    who = author_words(notice.order)
    return tr("Remote", _EVENTS[notice.event], who, notice.order.monitor, sentence(notice.reason))
