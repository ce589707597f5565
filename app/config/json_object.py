"""A JSON object from a file, which says file, line and key of whatever is wrong with it.

Any thread. Must not import Qt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from app.core.errors import ConfigError
from app.core.json_lines import key_lines
from app.core.sentence import Sentence

T = TypeVar("T")
_Path = tuple[str, ...]


class JsonObject:
    """The object that a JSON text holds.

    Args:
        file: the file's name, for complaints.
        text: what it holds.

    Raises:
        ConfigError: it is no JSON, no object, nested too deeply, or has a key twice.
    """

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self.value = self._parse()

    def _parse(self) -> dict[str, object]:
        try:
            value = json.loads(self._text, object_pairs_hook=_without_doubles)
        except json.JSONDecodeError as error:
            raise ConfigError("{0}, line {1}: it is no JSON: {2}", self._file, error.lineno, error.msg) from error
        except _DoubledKeyError as error:
            line = self._last_line(error.key)
            raise ConfigError("{0}, line {1}: {2} is there twice", self._file, line, error.key) from error
        except (RecursionError, ValueError) as error:  # a number of thousands of digits is a ValueError
            raise ConfigError("{0}: it is nested too deeply or has a number too long", self._file) from error
        if not isinstance(value, dict):
            raise ConfigError("{0}, line 1: it is no JSON object", self._file)
        return value

    def _last_line(self, key: str) -> int:
        return max((line for path, line in key_lines(self._text) if path[-1] == key), default=1)

    def fault(self, reason: Sentence, *path: str) -> ConfigError:
        """What is wrong with the value that these keys lead to, as an error with file and line.

        Args:
            reason: a clause that goes on after the keys.
            path: the keys from the outside in.
        """
        lines = dict(key_lines(self._text))
        line = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)
        return ConfigError("{0}, line {1}: {2} {3}", self._file, line, " ".join(path), reason)

    def check_version(self, version: int) -> None:
        """See to it that the file is of this version.

        Raises:
            ConfigError: it is of another one, or does not say.
        """
        found = self.whole("version", 0, 1_000_000)
        if found != version:
            raise self.fault(Sentence("is {0}, and this console knows {1} only", found, version), "version")

    def check_keys(self, known: Collection[str]) -> None:
        """See to it that nothing is there that would be lost when the file is written again.

        Raises:
            ConfigError: there is another key than these.
        """
        for key in self.value:
            if key not in known:
                raise self.fault(Sentence("is not known"), key)

    def text(self, key: str) -> str:
        """A text."""
        return self._typed(str, key, Sentence("is not a text"))

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._typed(bool, key, Sentence("is not true or false"))

    def items(self, key: str) -> list[object]:
        """A list."""
        return self._typed(list, key, Sentence("is not a list"))

    def records(self, key: str, read: Callable[[object], T | None], otherwise: Sentence) -> list[T]:
        """A list, each entry of it as `read` understands it.

        Args:
            read: gives None for what it does not understand.
            otherwise: what is wrong then, a clause that goes on after the key.

        Raises:
            ConfigError: there is such an entry.
        """
        entries = self.items(key)
        found = [record for each in entries if (record := read(each)) is not None]
        if len(found) < len(entries):
            raise self.fault(otherwise, key)
        return found

    def entries(self, key: str) -> Mapping[str, object]:
        """An object."""
        return self._typed(dict, key, Sentence("is not an object"))

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        number = self._typed(int, key, Sentence("is not a whole number"))
        if isinstance(number, bool) or not least <= number <= most:
            raise self.fault(Sentence("is no whole number from {0} to {1}", least, most), key)
        return number

    def has(self, key: str) -> bool:
        """Whether there is such a key and its value is not null."""
        return self.value.get(key) is not None

    def _typed(self, kind: type[T], key: str, otherwise: Sentence) -> T:
        value = self.value.get(key)
        if not isinstance(value, kind):
            raise self.fault(otherwise if key in self.value else Sentence("is missing"), key)
        return value


class _DoubledKeyError(ValueError):
    """An object has a key twice: one of the two would be lost."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubledKeyError(key)
        found[key] = value
    return found
