"""The settings as they count: for each one the value of the strongest source that has a good one. Pure data.

Policy of the PC > policy of the user > chosen in this run > command line > environment > PC > officer > default. A
bad value is as if it were not there, and is told in a sentence; so is a key that nobody knows. Must not import Qt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar, cast

from app.config.setting import BadValueError, Scope, Setting
from app.config.settings_table import TABLE
from app.core.errors import ConfigError
from app.core.sentence import Sentence

T = TypeVar("T")


class Source(Enum):
    """Where a value comes from, the strongest first; the value of each is its word in `pantau config show`."""

    MACHINE_POLICY = "policy of the PC"
    USER_POLICY = "policy of the user"
    RUN = "this run"
    """What the officer has chosen since the start."""
    COMMAND_LINE = "command line"
    ENVIRONMENT = "environment"
    MACHINE = "this PC"
    USER = "officer"
    DEFAULT = "default"


POLICIES = frozenset({Source.MACHINE_POLICY, Source.USER_POLICY})
_ORDER = tuple(Source)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source has.

    Attributes:
        source: which.
        place: the file or the path in the Windows registry, for complaints.
        values: as they are written there, by key.
        problem: why it could not be read; nothing of it counts then.
    """

    source: Source
    place: str
    values: Mapping[str, object] = field(default_factory=dict)
    problem: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A setting's value.

    Attributes:
        value: see there.
        source: where it comes from.
        place: the file or the path in the Windows registry; empty for a default.
    """

    value: object
    source: Source = Source.DEFAULT
    place: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, resolved.

    Attributes:
        problems: what is wrong with any source, a sentence each.
    """

    found: Mapping[str, Found] = field(default_factory=dict)
    problems: tuple[Sentence, ...] = ()

    def get(self, setting: Setting[T]) -> T:
        """Its value."""
        return cast(T, self.where(setting).value)

    def where(self, setting: Setting[Any]) -> Found:
        """Its value and where it comes from."""
        return self.found.get(setting.key) or Found(setting.default)

    def lock(self, setting: Setting[Any]) -> Sentence | None:
        """Why an officer cannot change it; None where that is possible."""
        source = self.where(setting).source
        if source in POLICIES:
            return Sentence("It is managed by your organisation.")
        if source is Source.MACHINE or setting.scope is Scope.MACHINE:
            return Sentence("It is set for this PC by whoever administers it.")
        return None

    def check_open(self, setting: Setting[Any]) -> None:
        """See to it that an officer may change a setting.

        Raises:
            ConfigError: why not.
        """
        lock = self.lock(setting)
        if lock is not None:
            raise ConfigError("{0}: {1}", setting.title, lock)


def resolve(layers: Sequence[Layer], table: Sequence[Setting[Any]] = TABLE) -> Settings:
    """The settings of some sources, in whatever order they are given."""
    ordered = sorted(layers, key=lambda layer: _ORDER.index(layer.source))
    found: dict[str, Found] = {}
    problems: list[Sentence] = []
    for layer in ordered:
        problems += [layer.problem] if layer.problem is not None else []
        for key, value in _good_values(layer, table, problems):
            if key not in found:
                found[key] = Found(value, layer.source, layer.place)
            elif layer.source is Source.COMMAND_LINE:
                problems.append(_overruled(layer, key))
    return Settings(MappingProxyType(found), tuple(problems))


def _good_values(
    layer: Layer, table: Sequence[Setting[Any]], problems: list[Sentence]
) -> Iterator[tuple[str, object]]:
    """What a source has, by key; what is wrong there goes to the problems."""
    settings = {setting.key: setting for setting in table}
    for key, raw in layer.values.items():
        setting = settings.get(key)
        if setting is None:
            problems.append(_ignored(layer, key, Sentence("is not known")))
        elif setting.scope is Scope.MACHINE and layer.source in (Source.USER_POLICY, Source.USER):
            problems.append(_ignored(layer, key, Sentence("can be set for the whole PC only")))
        elif raw not in ("", None):  # an installer writes what it was not told as an empty text
            try:
                yield key, setting.shape.read(raw)
            except BadValueError as error:
                problems.append(_ignored(layer, key, error.reason))


def _ignored(layer: Layer, key: str, reason: Sentence) -> Sentence:
    return Sentence("{0}: {1} {2}; it is ignored.", layer.place, key, reason)


def _overruled(layer: Layer, key: str) -> Sentence:
    return Sentence("{0}: {1} is managed by your organisation; it is ignored.", layer.place, key)
