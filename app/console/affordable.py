"""Which tiles get their stream where this PC cannot play them all, as its preflight has measured.

The most important tile chooses first. One for whose large stream nothing is left takes the small one; one for
which nothing is left at all opens nothing, and says so, which is better than a wall on which every picture
stutters. A tile whose picture is looked at closely gets the large stream of what is left then: a closer look ends
no other tile's picture. Console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.console.tiles import TileWish
from app.core.commands import TileId
from app.core.model import Catalog, Profile, StreamKey
from app.core.tile_budget import Spending, TileBudget, size_class


def affordable(
    wishes: Mapping[TileId, TileWish],
    most_important_first: Sequence[TileId],
    catalog: Catalog,
    budget: TileBudget | None,
    looked_into: Collection[TileId] = (),
) -> dict[TileId, TileWish]:
    """The wishes that are granted, in their order.

    Args:
        wishes: of all tiles.
        most_important_first: the same tiles, the most important first.
        catalog: knows how large each stream is.
        budget: see there; None grants everything.
        looked_into: tiles whose size asks for the small stream, and a closer look for the large one.
    """
    if budget is None:
        return dict(wishes)
    spending, opened = Spending(budget), set[StreamKey]()
    granted: dict[TileId, TileWish] = {}
    last = [tile for tile in most_important_first if tile in looked_into]
    for tile in (*most_important_first, *last):
        wish = wishes[tile]
        small = replace(wish, key=StreamKey(wish.key.camera, Profile.SUB))
        is_to_wait = tile in looked_into and tile not in granted
        found = _granted((small, wish) if is_to_wait else (wish, small), catalog, spending, opened)
        if found is not None:
            granted[tile] = found
            opened.add(found.key)
    return {tile: granted[tile] for tile in wishes if tile in granted}


def _granted(
    choices: Sequence[TileWish], catalog: Catalog, spending: Spending, opened: set[StreamKey]
) -> TileWish | None:
    """The first of them that there is room for."""
    for each in choices:
        stream = catalog.cameras[each.key.camera].stream(each.key.profile)
        if stream is None:
            continue
        if each.key in opened or spending.take(size_class(stream.height_px)):
            return each
    return None
