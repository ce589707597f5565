"""A catalogue of translations: Qt Linguist's `.ts` file, read and written, and brought up to date with the source.

Owning thread: the main thread. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from devtools.steps import SetupError
from devtools.strings import Message

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
_QUOTES = {'"': "&quot;", "'": "&apos;"}
"""What Linguist writes as entities, too: a file that it has saved differs only where somebody translated."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language.

    Attributes:
        language: its code, as Qt writes it: `id_ID`.
        translations: what each message reads in it; empty where nobody has translated it yet.
    """

    language: str
    translations: Mapping[Message, str]

    @property
    def unfinished(self) -> tuple[Message, ...]:
        """The messages that wait for a translation."""
        return tuple(sorted(message for message, text in self.translations.items() if not text))


@dataclass(frozen=True, slots=True)
class Update:
    """A catalogue that has the source's messages, no more and no less, and what was left out for that."""

    catalogue: Catalogue
    new: tuple[Message, ...]
    vanished: tuple[tuple[Message, str], ...]


def updated(catalogue: Catalogue, messages: Iterable[Message]) -> Update:
    """The catalogue for these messages; what was translated before stays translated."""
    before = catalogue.translations
    translations = {message: before.get(message, "") for message in messages}
    new = tuple(message for message in translations if message not in before)
    vanished = tuple((message, text) for message, text in before.items() if message not in translations)
    return Update(Catalogue(catalogue.language, translations), new, vanished)


def read_catalogue(path: Path) -> Catalogue:
    """A catalogue as a file holds it.

    Raises:
        SetupError: it is no `.ts` file; the sentence says where.
    """
    try:
        root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        return Catalogue(root.attrib["language"], dict(_entries(root)))
    except (ElementTree.ParseError, KeyError) as error:
        raise SetupError(f"{path.name} is no catalogue of translations: {error}.") from error


def _entries(root: ElementTree.Element) -> Iterator[tuple[Message, str]]:
    for context in root.iterfind("context"):
        name = context.findtext("name", "")
        for entry in context.iterfind("message"):
            translation = entry.find("translation")
            is_finished = translation is not None and translation.get("type") is None
            text = translation.text if translation is not None and is_finished else None
            yield Message(name, entry.findtext("source", "")), text or ""


def catalogue_text(catalogue: Catalogue) -> str:
    """The catalogue as Qt Linguist writes it, contexts and messages in order."""
    lines = [f'<TS version="2.1" language="{catalogue.language}" sourcelanguage="en">']
    for context, messages in groupby(sorted(catalogue.translations), key=lambda message: message.context):
        lines += ["<context>", f"    <name>{_escaped(context)}</name>"]
        for message in messages:
            lines += _message_lines(message.source, catalogue.translations[message])
        lines.append("</context>")
    return _HEAD + "\n".join([*lines, "</TS>"]) + "\n"


def _message_lines(source: str, translation: str) -> list[str]:
    kind = "" if translation else ' type="unfinished"'
    return [
        "    <message>",
        f"        <source>{_escaped(source)}</source>",
        f"        <translation{kind}>{_escaped(translation)}</translation>",
        "    </message>",
    ]


def _escaped(text: str) -> str:
    return escape(text, _QUOTES)
