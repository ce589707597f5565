"""What a setting is: its key, the shape of its values, its default, who may set it, and its words. Pure data.

Any thread. Must not import Qt. The settings themselves stand in `settings_table.py`. A value that comes from a
file, the Windows registry or the command line is read by its setting's shape; what a shape refuses is never
repeated in a complaint, since nobody knows what was written there by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath, PureWindowsPath
from typing import Generic, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

from app.core.sentence import Sentence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Raw: TypeAlias = "str | int | bool"
"""A value as a file, the Windows registry or the command line has it."""


class Scope(Enum):
    """Who may set a setting, beside an organisation's policy and the command line."""

    MACHINE = "machine"
    """Whoever administers the PC."""
    USER = "user"
    """The officer, too."""


class Applies(Enum):
    """When a change counts."""

    NOW = "now"
    """Within some seconds, while the wall shows."""
    START = "start"
    """At the next start."""


class BadValueError(ValueError):
    """A value that a shape does not take.

    Attributes:
        reason: a clause that goes on after the setting's key.
    """

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Shape(Protocol[T_co]):
    """What values a setting has, and how each is written."""

    def read(self, raw: object) -> T_co:
        """The value that was written down.

        Raises:
            BadValueError: it is none.
        """

    @property
    def form(self) -> str:
        """What may be written, in a few words of English, for the reference page."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One of a few values.

    Attributes:
        word: how it is written.
        value: what it means.
        label: what people read.
    """

    word: str
    value: T
    label: Sentence


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One of a few words."""

    options: tuple[Option[T], ...]

    def read(self, raw: object) -> T:
        """The value of a word."""
        for option in self.options:
            if raw == option.word:
                return option.value
        raise BadValueError(Sentence("is none of {0}", ", ".join(self.words)))

    @property
    def words(self) -> Sequence[str]:
        """All words."""
        return [option.word for option in self.options]

    @property
    def form(self) -> str:
        """The words."""
        return " · ".join(f"`{word}`" for word in self.words)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds; a text of digits counts, since installers write texts."""

    least: int
    most: int

    def read(self, raw: object) -> int:
        """The number."""
        number = int(raw) if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,9}", raw) else raw
        if isinstance(number, bool) or not isinstance(number, int) or not self.least <= number <= self.most:
            raise BadValueError(Sentence("is no whole number from {0} to {1}", self.least, self.most))
        return number

    @property
    def form(self) -> str:
        """The bounds."""
        return f"{self.least} to {self.most}"


_FLAGS: tuple[tuple[Raw, bool], ...] = (("true", True), ("false", False), ("1", True), ("0", False))


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no; the Windows registry has 1 and 0 for it, and installers write texts."""

    def read(self, raw: object) -> bool:
        """Whether it is so."""
        if raw is True or raw is False or raw in (0, 1):
            return bool(raw)
        found = [flag for word, flag in _FLAGS if isinstance(raw, str) and raw.lower() == word]
        if not found:
            raise BadValueError(Sentence("is not true or false"))
        return found[0]

    @property
    def form(self) -> str:
        """Both."""
        return "`true` · `false`"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one line."""

    most_characters: int = 200

    def read(self, raw: object) -> str:
        """The text, without blanks around it."""
        if not isinstance(raw, str) or any(ord(sign) < ord(" ") for sign in raw):
            raise BadValueError(Sentence("is not a text in one line"))
        if len(raw) > self.most_characters:
            raise BadValueError(Sentence("has more than {0} characters", self.most_characters))
        return raw.strip()

    @property
    def form(self) -> str:
        """Its length."""
        return f"a text of at most {self.most_characters} characters"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a server, without a login in it."""

    def read(self, raw: object) -> str:
        """The address as it was written; whether it is safe to use is the registry client's to say."""
        text = Text(2_000).read(raw)
        try:
            parts = urlsplit(text)
            is_whole = bool(parts.hostname) and parts.scheme in ("https", "http")
        except ValueError:
            is_whole = False
        if not is_whole:
            raise BadValueError(Sentence("is no address like https://registry.example.go.id"))
        if "@" in parts.netloc:
            raise BadValueError(Sentence("has a login in it"))
        return text

    @property
    def form(self) -> str:
        """An example."""
        return "an address: `https://…`"


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder by its whole path; whether it is there is seen when it is used."""

    def read(self, raw: object) -> str:
        """The path."""
        text = Text(1_000).read(raw)
        if not (PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()):
            raise BadValueError(Sentence("is no whole path"))
        return text

    @property
    def form(self) -> str:
        """What it is."""
        return "a whole path"


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting.

    Attributes:
        key: `part.name`; files and `pantau config show` have it so.
        shape: what its values are.
        default: counts where nobody has set it.
        title: what it is called.
        help: what it does, in one or two sentences.
        scope: who may set it.
        applies: when a change counts.
        since: the version that has it first.
        option: the option of the command line that sets it; empty: none.
        variable: the environment variable that sets it; empty: none.
    """

    key: str
    shape: Shape[T]
    default: T
    title: Sentence
    help: Sentence
    scope: Scope = Scope.MACHINE
    applies: Applies = Applies.START
    since: str = "0.1.0"
    option: str = ""
    variable: str = ""

    @property
    def part(self) -> str:
        """What its key begins with."""
        return self.key.partition(".")[0]

    @property
    def value_name(self) -> str:
        """What the Windows registry calls it: `LockIdleMin` of `lock.idle_min`."""
        return "".join(word.capitalize() for word in re.split(r"[._]", self.key))

    def written(self, value: T) -> Raw:
        """A value as a file has it."""
        if isinstance(self.shape, Choice):
            return next(option.word for option in self.shape.options if option.value == value)
        assert isinstance(value, str | int)
        return value
