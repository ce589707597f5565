"""Layouts that officers share through the registry: whose they are, who reads them, what is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from app.core.branch import Level
from app.core.errors import ConfigError
from app.core.model import Camera
from app.core.names import NAME_MAX_LENGTH, holds_address, layout_name
from app.core.posts import Conflict
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.sentence import Sentence

LEVELS = (Level.POLDA, Level.POLRES, Level.POLSEK, Level.SUBSECTOR)
"""Of units, the widest first; each is called as in a camera's jurisdiction."""


def shared_name(text: str) -> str:
    """The name that a shared layout gets where somebody wrote `text`.

    Raises:
        ConfigError: it is no layout's name, or other posts would not take it.
    """
    name = layout_name(text)
    if holds_address(name):
        raise ConfigError("{0} looks like an address, which no other post takes: choose another name", name)
    return name


@dataclass(frozen=True, slots=True)
class ShareLayout:
    """Share a layout, or change one that is shared.

    Attributes:
        mark: what it is at the registry; of a new one its revision is 0 and its owner nobody.
        layout: what it is to be, under the name by which everybody knows it.
    """

    mark: SharedMark
    layout: SavedLayout

    @property
    def is_new(self) -> bool:
        """Whether nobody knows it yet."""
        return self.mark.revision == 0


@dataclass(frozen=True, slots=True)
class DeleteShared:
    """Delete a shared layout, for everybody."""

    mark: SharedMark


ShareRequest = ShareLayout | DeleteShared


@dataclass(frozen=True, slots=True)
class SharedListed:
    """The layouts that are shared with this post and its officer.

    Attributes:
        layouts: each with its mark, under the name by which everybody knows it.
        is_fresh: whether the registry has just said so; else they are what was known last.
    """

    layouts: tuple[SavedLayout, ...]
    is_fresh: bool = True


@dataclass(frozen=True, slots=True)
class ShareAnswered:
    """What became of a request.

    Attributes:
        request: it.
        problem: why it was not carried out; None where it was.
        conflict: who was first, where that is why.
    """

    request: ShareRequest
    problem: Sentence | None = None
    conflict: Conflict | None = None


SharedMessage = SharedListed | ShareAnswered


class SharedPort(Protocol):
    """Shared layouts at the registry. Calls never wait; `SharedMessage`s follow."""

    def refresh(self) -> None:
        """List them anew, soon."""

    def send(self, request: ShareRequest) -> None:
        """Ask for something; `ShareAnswered` follows."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A police unit that a layout may be shared with."""

    level: Level
    code: str


def units_of(cameras: Iterable[Camera]) -> tuple[Unit, ...]:
    """The units within which all of these cameras lie or some of them: the narrowest that has all comes first.

    Wider ones are left out: whoever may look at these cameras alone cannot share with everybody above.
    """
    places = {camera.jurisdiction for camera in cameras}
    columns = [(level, [getattr(place, level.value) for place in places]) for level in LEVELS]
    common = [place for place, (_, codes) in enumerate(columns) if len(set(codes)) == 1 and codes[0]]
    narrowest = max(common, default=-1)
    units = [
        Unit(level, each) for level, codes in columns[max(0, narrowest) :] for each in sorted(set(codes)) if each
    ]
    return tuple(units)


def by_free_names(
    shared: Sequence[SavedLayout], taken: Iterable[str], held: Mapping[str, str] = MappingProxyType({})
) -> dict[str, SavedLayout]:
    """Shared layouts under names that no other layout of this wall has.

    A name that is taken, or that two of them have, gets its owner's behind it, and a number where that is not
    enough.

    Args:
        shared: in any order; each one's name is the one that everybody knows.
        taken: the names of this wall's own layouts.
        held: by id, what they are called here already: that stays while it is free.
    """
    found: dict[str, SavedLayout] = {}
    used = set(taken)
    for layout in sorted(shared, key=lambda each: _order(each, held)):
        name = held.get(_id(layout), "")
        if not name or name in used:
            name = _free_name(layout.name, layout.shared.owner_name if layout.shared is not None else "", used)
        used.add(name)
        found[name] = replace(layout, grid=replace(layout.grid, name=name))
    return found


def _id(layout: SavedLayout) -> str:
    return layout.shared.id if layout.shared is not None else ""


def _order(layout: SavedLayout, held: Mapping[str, str]) -> tuple[bool, str, str]:
    """Those that have a name here come first."""
    return _id(layout) not in held, layout.name, _id(layout)


def _free_name(name: str, owner: str, used: set[str]) -> str:
    number, free, mark = 1, name, f" – {owner}" if owner else ""
    while free in used:
        tail = mark if number == 1 and mark else f"{mark} ({number})"
        free = name[: max(1, NAME_MAX_LENGTH - len(tail))].rstrip() + tail
        number += 1
    return free


def handed_out(layout: SavedLayout) -> SavedLayout:
    """A layout as it goes to others: by the name that everybody knows, and no more than what it shows."""
    return replace(known_name(layout), shared=None)


def known_name(layout: SavedLayout) -> SavedLayout:
    """A shared layout under the name by which everybody knows it."""
    mark = layout.shared
    return layout if mark is None else replace(layout, grid=replace(layout.grid, name=mark.name))
