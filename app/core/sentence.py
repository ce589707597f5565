"""What is said to a person, kept so that it can still be said in the person's language. Pure, any thread.

The core and its adapters say everything in English and know no other language. A window looks a template up in its
catalogue when it shows the sentence, and once more when the officer chooses another language; a log and a terminal
take `str(sentence)`. Must import nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "str | int | float | Sentence"
"""What fills a place: a name or quotation as it is, a number that each language groups its own way, a part that is
translated, too."""


@dataclass(frozen=True, slots=True, init=False)
class Sentence:
    """A sentence, or a part of one.

    Args:
        template: the English text, written out where it is said so that a translator finds it; `{0}`, `{1}` … are
            places for the values.
        values: what fills the places.
    """

    template: str
    values: tuple[Value, ...]

    def __init__(self, template: str, *values: Value) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.template.format(*map(_english, self.values)) if self.values else self.template


def quoted(text: str) -> Sentence:
    """Words of somebody else, a server's or a system's: said as they are in every language."""
    return Sentence("{0}", text)


def _english(value: Value) -> str:
    match value:
        case float():
            return f"{value:g}"
        case int():
            return f"{value:,}"
        case _:
            return str(value)
