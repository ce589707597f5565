"""The layouts that a wall can take: the product's own, those that somebody saved, grids that are lent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.errors import ConfigError
from app.core.layout import Layout
from app.core.saved_layout import SavedLayout

_LENT = "\x1f"
"""Parts what a lent grid's name is made of: no name that a person gives has it (`names.one_line`)."""


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts a wall can take, and the order in which one steps through them (that of the names if empty).

    Those that somebody saved come last, by name.
    """

    by_name: Mapping[str, Layout]
    order: tuple[str, ...] = ()
    saved: Mapping[str, SavedLayout] = field(default_factory=dict)
    lent: Mapping[str, Layout] = field(default_factory=dict)
    """Grids of orders from elsewhere, by `lent_name`; nobody steps through them."""

    def get(self, name: str) -> Layout:
        """The grid of that name, a saved layout's included.

        Raises:
            ConfigError: there is none; the message lists names.
        """
        grid = self.by_name.get(name)
        if grid is None and name in self.saved:
            grid = self.saved[name].grid
        grid = grid or self.lent.get(name)
        if grid is None:
            known = ", ".join(known for known in (*self.by_name, *sorted(self.saved)) if not known.isdigit())
            raise ConfigError("there is no layout {0}: use 1 to 64, or one of {1}", name, known)
        return grid

    def get_saved(self, name: str) -> SavedLayout:
        """The saved layout of that name.

        Raises:
            ConfigError: there is none.
        """
        try:
            return self.saved[name]
        except KeyError as error:
            raise ConfigError("there is no saved layout {0}", repr(name)) from error

    def has(self, name: str) -> bool:
        """Whether there is a grid of that name."""
        return name in self.by_name or name in self.saved or name in self.lent

    @property
    def steps(self) -> tuple[str, ...]:
        """The names that one steps through."""
        return (*(self.order or tuple(self.by_name)), *sorted(self.saved))


def lent_name(revision: int, name: str) -> str:
    """What the grid of an order is called among the layouts: no other grid ever has this name."""
    return f"{_LENT}{revision}{_LENT}{name}"


def called(name: str) -> str:
    """What a person calls a layout: of a lent one, its own name."""
    return name.rpartition(_LENT)[2]
