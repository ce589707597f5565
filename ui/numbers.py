"""Numbers and times as the officer's language writes them: `1.234,5` and `14.03.22` in Indonesian.

GUI thread. Only what people read goes through here: no key, no file, no protocol.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime

from ui.language import locale

_FIXED = ord("f")
"""Qt's letter for a number without an exponent."""
_SHORTEST = ord("g")
"""Qt's letter for a number of so many digits that count."""


def whole(number: int) -> str:
    """A count, its thousands set apart."""
    return locale().toString(number)


def decimal(number: float, digits: int) -> str:
    """A measured number, rounded to so many digits after the mark."""
    return locale().toString(number, _FIXED, digits)


def shortest(number: float) -> str:
    """A measured number with six digits at most, and none that says nothing: `0,5`, `3`."""
    return locale().toString(number, _SHORTEST, 6)


def percent(part: float, digits: int = 0) -> str:
    """A part of one as a percentage."""
    return decimal(part * 100.0, digits) + locale().percent()


def clock_text(moment: datetime) -> str:
    """The time of day with its seconds, over twenty-four hours."""
    form, _, _zone = locale().timeFormat(QLocale.FormatType.LongFormat).partition(" ")
    return locale().toString(QTime(moment.hour, moment.minute, moment.second), form)


def short_time_text(moment: datetime) -> str:
    """The time of day without its seconds: `14.05` in Indonesian."""
    form = locale().timeFormat(QLocale.FormatType.ShortFormat).partition(" ")[0]
    return locale().toString(QTime(moment.hour, moment.minute), form)


def date_text(moment: datetime) -> str:
    """The day, with its weekday and its month in words."""
    return locale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.LongFormat)
