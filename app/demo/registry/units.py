"""Police units as a tree: what lies in whose jurisdiction.

`UnitTree` is pure; `UnitBook` may be asked by any thread. It must not import FastAPI.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.demo.catalogue.record import Jurisdictions, Unit
from app.demo.registry.store import CatalogueStore


class UnitTree:
    """Units by their codes, each with the unit above it."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._parents = {unit.code: unit.parent for unit in units}

    def knows(self, code: str) -> bool:
        """Whether there is such a unit."""
        return code in self._parents

    def lineage(self, code: str) -> tuple[str, ...]:
        """The unit and all above it, from the bottom; of a unit that is not known, itself."""
        found: dict[str, None] = {}
        above: str | None = code
        while above is not None and above not in found:
            found[above] = None
            above = self._parents.get(above)
        return tuple(found)

    def is_within(self, code: str, units: Collection[str]) -> bool:
        """Whether the unit is one of `units` or lies below one."""
        return any(each in units for each in self.lineage(code))

    def within(self, units: Collection[str]) -> frozenset[str]:
        """All units that are one of `units` or lie below one."""
        return frozenset(code for code in self._parents if self.is_within(code, units))

    def common(self, some: Collection[str], others: Collection[str]) -> frozenset[str]:
        """Those units of either that lie in the other, too: all below them is common."""
        lower = {code for code in some if self.is_within(code, others)}
        return frozenset(lower | {code for code in others if self.is_within(code, some)})


class UnitBook:
    """The tree of the units that the catalogue has now, read again only when they differ."""

    def __init__(self, catalogue: CatalogueStore) -> None:
        self._catalogue = catalogue
        self._read = ("", UnitTree(()))

    def tree(self) -> UnitTree:
        """The units of now."""
        text = self._catalogue.jurisdictions_json()
        read_text, tree = self._read
        if text != read_text:
            tree = UnitTree(Jurisdictions.model_validate_json(text).units)
            self._read = text, tree  # one step: whoever reads meanwhile sees the old pair or the new one
        return tree
