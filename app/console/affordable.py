"""Which tiles get their stream where this PC cannot play them all, as its preflight has measured.

The most important tile chooses first. One for whose large stream nothing is left takes the small one; one for
which nothing is left at all opens nothing, and says so, which is better than a wall on which every picture
stutters. Console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.console.tiles import TileWish
from app.core.commands import TileId
from app.core.model import Catalog, Profile, StreamKey
from app.core.tile_budget import Spending, TileBudget, size_class


def affordable(
    wishes: Mapping[TileId, TileWish], by_importance: Sequence[TileId], catalog: Catalog, budget: TileBudget | None
) -> dict[TileId, TileWish]:
    """The wishes that are granted, in their order.

    Args:
        wishes: of all tiles.
        by_importance: the same tiles, the most important first.
        catalog: knows how large each stream is.
        budget: see there; None grants everything.
    """
    if budget is None:
        return dict(wishes)
    spending, opened = Spending(budget), set[StreamKey]()
    granted: dict[TileId, TileWish] = {}
    for tile in by_importance:
        wish = _granted(wishes[tile], catalog, spending, opened)
        if wish is not None:
            granted[tile] = wish
            opened.add(wish.key)
    return {tile: granted[tile] for tile in wishes if tile in granted}


def _granted(wish: TileWish, catalog: Catalog, spending: Spending, opened: set[StreamKey]) -> TileWish | None:
    small = replace(wish, key=StreamKey(wish.key.camera, Profile.SUB))
    for each in dict.fromkeys((wish, small)):
        stream = catalog.cameras[each.key.camera].stream(each.key.profile)
        if stream is None:
            continue
        if each.key in opened or spending.take(size_class(stream.height_px)):
            return each
    return None
