"""Hints in words: what seems wrong with a picture, each with what was measured.

GUI thread. Short ones stand in a tile's bar, sentences in the health list.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.core.hints import Finding, Hint
from ui.numbers import decimal, percent
from ui.texts import QT_TRANSLATE_NOOP, tr

WORDS: Mapping[Hint, str] = MappingProxyType(
    {
        Hint.UNCHANGED: QT_TRANSLATE_NOOP("Hint", "UNCHANGED"),
        Hint.BLACK: QT_TRANSLATE_NOOP("Hint", "BLACK {0}"),
        Hint.BLURRED: QT_TRANSLATE_NOOP("Hint", "BLURRED {0}"),
        Hint.NOISY: QT_TRANSLATE_NOOP("Hint", "NOISY {0}"),
        Hint.MOVED: QT_TRANSLATE_NOOP("Hint", "MOVED {0}"),
        Hint.CLOCK_OFFSET: QT_TRANSLATE_NOOP("Hint", "CLOCK {0}"),
        Hint.CLOCK_RATE: QT_TRANSLATE_NOOP("Hint", "CLOCK RATE {0}"),
        Hint.DAMAGED: QT_TRANSLATE_NOOP("Hint", "DAMAGED {0}"),
        Hint.KEY_FRAMES_ONLY: QT_TRANSLATE_NOOP("Hint", "KEY FRAMES ONLY"),
    }
)
"""For a tile's bar."""

SENTENCES: Mapping[Hint, str] = MappingProxyType(
    {
        Hint.UNCHANGED: QT_TRANSLATE_NOOP("HintSentence", "The picture does not change: it may be a quiet place."),
        Hint.BLACK: QT_TRANSLATE_NOOP("HintSentence", "{0} of the picture is dark."),
        Hint.BLURRED: QT_TRANSLATE_NOOP("HintSentence", "The picture has {0} of its usual detail."),
        Hint.NOISY: QT_TRANSLATE_NOOP("HintSentence", "The picture has {0} its usual noise."),
        Hint.MOVED: QT_TRANSLATE_NOOP("HintSentence", "Covered or turned away: {0} like the usual picture."),
        Hint.CLOCK_OFFSET: QT_TRANSLATE_NOOP(
            "HintSentence", "The camera's clock is off by {0}, or its pictures come late."
        ),
        Hint.CLOCK_RATE: QT_TRANSLATE_NOOP("HintSentence", "The camera's clock runs at {0} of the right speed."),
        Hint.DAMAGED: QT_TRANSLATE_NOOP("HintSentence", "{0} of the pictures arrive damaged."),
        Hint.KEY_FRAMES_ONLY: QT_TRANSLATE_NOOP(
            "HintSentence", "This PC is short of power: the tile shows {0} pictures a second."
        ),
    }
)
"""For the health list."""


_OFFSET_STEPS = (
    (86_400, QT_TRANSLATE_NOOP("Duration", "{0} d")),
    (3_600, QT_TRANSLATE_NOOP("Duration", "{0} h")),
    (60, QT_TRANSLATE_NOOP("Duration", "{0} min")),
)
"""Seconds in a unit, and its form; the first of which there are two."""


def hint_words(finding: Finding) -> str:
    """A finding in a word and a figure."""
    return tr("Hint", WORDS[finding.hint], _measured(finding))


def hint_sentence(finding: Finding) -> str:
    """A finding in one sentence."""
    return tr("HintSentence", SENTENCES[finding.hint], _measured(finding))


def _measured(finding: Finding) -> str:
    """The figure in the hint's unit; coarse, so that a bar is not drawn anew with every sample."""
    value = finding.measured
    match finding.hint:
        case Hint.CLOCK_OFFSET:
            return _offset(value)
        case Hint.NOISY:
            return f"× {decimal(value, 0)}"
        case Hint.CLOCK_RATE:
            return f"× {decimal(value, 2)}"
        case Hint.KEY_FRAMES_ONLY:
            return decimal(value, 1)
    return percent(max(0.0, value))


def _offset(seconds: float) -> str:
    """`+3 s`, `−2 min`, `+400 d`: the sign says whether the camera is ahead of this PC."""
    sign, size_s = ("+" if seconds > 0 else "−"), abs(seconds)
    unit_s, form = next((step for step in _OFFSET_STEPS if size_s >= 2 * step[0]), (1, "{0} s"))
    return sign + tr("Duration", form, decimal(size_s / unit_s, 0))
