"""What a branch of the camera list is called. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.core.branch import Branch, Level
from app.core.shared import Unit
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, tr

LEVELS: Mapping[Level, str] = MappingProxyType(
    {
        Level.POLDA: QT_TRANSLATE_NOOP("Branch", "Polda {0}"),
        Level.POLRES: QT_TRANSLATE_NOOP("Branch", "Polres {0}"),
        Level.POLSEK: QT_TRANSLATE_NOOP("Branch", "Polsek {0}"),
        Level.SUBSECTOR: QT_TRANSLATE_NOOP("Branch", "Subsector {0}"),
        Level.UNNAMED: QT_TRANSLATE_NOOP("Branch", "No police unit named"),
    }
)
"""By level; the others go by their names alone."""


def branch_words(branch: Branch) -> str:
    """A branch's name, its level said where the name alone does not."""
    source, name = LEVELS.get(branch.level), plain(branch.name)
    words = tr("Branch", source, name) if source else name
    return tr("Branch", "{0} · similar spelling", words) if branch.is_similar else words


def unit_words(unit: Unit) -> str:
    """A police unit: its level, and its code."""
    return tr("Branch", LEVELS[unit.level], plain(unit.code))
