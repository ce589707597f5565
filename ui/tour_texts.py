"""What is said of tours, salvos and coverage.

GUI thread.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from app.console.touring import TourEvent, TourNotice
from app.core.coverage import WINDOW_S, CoverageReport
from app.core.salvo import SalvoPlan
from app.core.tour import Hold, TourStatus
from ui.numbers import percent, whole
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, duration, tr

_HOLDS: Mapping[Hold, str] = MappingProxyType(
    {
        Hold.BY_HAND: QT_TRANSLATE_NOOP("Tour", "{0}: go on"),
        Hold.BY_CHANGE: QT_TRANSLATE_NOOP("Tour", "you changed the wall  ·  {0}: go on"),
        Hold.MAXIMISED: QT_TRANSLATE_NOOP("Tour", "until the layout is back"),
        Hold.AWAY: QT_TRANSLATE_NOOP("Tour", "until the monitor is back"),
        Hold.DIRECTED: QT_TRANSLATE_NOOP("Tour", "until the remote control ends"),
    }
)
"""What a paused tour waits for; `{0}` takes the key."""

_EVENTS: Mapping[TourEvent, str] = MappingProxyType(
    {
        TourEvent.PAUSED: QT_TRANSLATE_NOOP("Tour", "You changed what the monitor shows: {0} is paused."),
        TourEvent.SKIPPED: QT_TRANSLATE_NOOP(
            "Tour", "A step of {0} is left out: its saved layout is not there any more."
        ),
        TourEvent.ENDED: QT_TRANSLATE_NOOP("Tour", "Nothing of {0} can be shown any more: it has ended."),
    }
)
"""What has happened; `{0}` takes which tour it is."""


def tour_name(name: str) -> str:
    """A tour's name; the product's own has none."""
    return plain(name) if name else tr("Tour", "Coverage")


def step_words(status: TourStatus) -> str:
    """Where a tour is."""
    if status.steps is None:
        return tr("Tour", "Least recently seen")
    return tr("Tour", "Step {0} of {1}", whole(status.step), whole(status.steps))


def left_words(status: TourStatus) -> str:
    """What is left of the step; tens of minutes need no seconds."""
    return duration(math.ceil(status.left_s))


def hold_words(hold: Hold, chord: str) -> str:
    """What a paused tour waits for.

    Args:
        chord: the key that lets it go on; empty where there is none.
    """
    by_key = hold in (Hold.BY_HAND, Hold.BY_CHANGE)
    return "" if by_key and not chord else tr("Tour", _HOLDS[hold], chord)


def notice_sentence(notice: TourNotice) -> str:
    """What has happened to a tour by itself."""
    name = tr("Tour", "the tour {0}", plain(notice.tour)) if notice.tour else tr("Tour", "the coverage tour")
    return tr("Tour", _EVENTS[notice.event], name)


def salvo_sentence(plan: SalvoPlan) -> str:
    """What of a salvo cannot be shown; empty where all of it can."""
    sentences = []
    if plan.absent:
        sentences.append(tr("Salvo", "Not there: monitor {0}.", ", ".join(map(str, plan.absent))))
    if plan.directed:
        numbers = ", ".join(map(str, plan.directed))
        sentences.append(tr("Salvo", "Under remote control and left as it is: monitor {0}.", numbers))
    sentences += [tr("Salvo", "The saved layout {0} is not there any more.", plain(name)) for name in plan.unknown]
    return " ".join(sentences)


# ---- coverage


def coverage_headline(report: CoverageReport) -> str:
    """How many cameras were seen lately."""
    if not report.cameras:
        return tr("Coverage", "There is no camera to watch.")
    if report.is_complete:
        return tr("Coverage", "Every camera was seen within {0} min.", _window_min())
    seen, cameras = whole(report.seen), whole(report.cameras)
    part = percent(math.floor(report.part * 100) / 100)
    return tr("Coverage", "{0} of {1} cameras were seen within {2} min ({3})", seen, cameras, _window_min(), part)


def coverage_lines(report: CoverageReport, longest_name: str) -> list[str]:
    """What else there is to say, a sentence each.

    Args:
        longest_name: of the camera whose last time is longest ago; empty where it is not known.
    """
    lines = []
    longest = report.longest
    if longest is not None and longest.seen_ago_s is not None:
        name = longest_name or tr("Tile", "Unknown camera")
        lines.append(tr("Coverage", "Longest unseen: {0} ({1}).", name, duration(longest.seen_ago_s)))
    if report.never_seen:
        lines.append(tr("Coverage", "Not seen at all: {0}.", whole(report.never_seen)))
    if report.tried:
        lines.append(tr("Coverage", "On the wall without a live picture: {0}.", whole(report.tried)))
    return lines


def coverage_scope(report: CoverageReport) -> str:
    """Of which cameras, and since when anything is known."""
    scope = (
        plain(report.scope)
        if report.scope
        else tr("Coverage", "All active cameras of this post that need no purpose")
    )
    if report.watched_s >= WINDOW_S:
        return scope
    since = tr("Coverage", "counted for {0}, since this console was started", duration(report.watched_s))
    return f"{scope}  ·  {since}"


def _window_min() -> str:
    return whole(round(WINDOW_S / 60))
