"""What chords are called, and why some of them call nothing.

GUI thread. English source strings, as in `ui/texts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.core.chord import Reserved, chord_parts
from ui.texts import QT_TRANSLATE_NOOP, tr

RESERVED: Mapping[Reserved, str] = MappingProxyType(
    {
        Reserved.KEYPAD: QT_TRANSLATE_NOOP("Reserved", "Digits, point and comma call up cameras by number."),
        Reserved.FOCUS: QT_TRANSLATE_NOOP("Reserved", "Tab moves from one field to the next."),
    }
)
"""Why a chord cannot be given to a command."""

_KEY_SIGNS: Mapping[str, str] = MappingProxyType({"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"})


def reserved_sentence(reserved: Reserved) -> str:
    """Why a chord cannot be given to a command."""
    return tr("Reserved", RESERVED[reserved])


def chord_words(chord: str) -> str:
    """A chord as it is printed on keyboards: arrows as signs."""
    return "+".join(_KEY_SIGNS.get(part, part) for part in chord_parts(chord))
