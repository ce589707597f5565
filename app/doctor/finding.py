"""What the preflight found, and the exit code that comes of it. Pure; any thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Level(Enum):
    """How bad it is; the value is the word in the table."""

    FINE = "fine"
    WARNING = "warning"
    """The wall runs, with less than it could."""
    CANNOT = "cannot run"
    """The wall does not run."""


SUBJECT_WIDTH = 15
"""Characters that the longest subject takes."""
EXIT_CODES: Mapping[Level, int] = {Level.FINE: 0, Level.WARNING: 1, Level.CANNOT: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table.

    Attributes:
        subject: what was looked at.
        level: how bad it is.
        text: what was found, in a sentence; holds no secret.
        figures: what was measured, for the report.
    """

    subject: str
    level: Level
    text: str
    figures: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> Mapping[str, object]:
        """For the report."""
        return {
            "subject": self.subject,
            "level": self.level.value,
            "text": self.text,
            "figures": dict(self.figures),
        }

    def line(self) -> str:
        """For the table."""
        word = self.level.value if self.level is Level.FINE else self.level.value.upper()
        return f"{word:10}  {self.subject:{SUBJECT_WIDTH}}  {self.text}"


def worst(findings: Iterable[Finding]) -> Level:
    """The worst of them; fine where there are none."""
    order = [*Level]
    return max((finding.level for finding in findings), key=order.index, default=Level.FINE)
