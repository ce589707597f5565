"""Favourites and recently used cameras, and cameras dropped together."""

from __future__ import annotations

import pytest

from app.core.model import CameraId
from app.core.shortlist import FAVOURITES_MAX, RECENTS_MAX, Shortlist
from app.core.spread import spread


def cameras(*numbers: int) -> tuple[CameraId, ...]:
    return tuple(CameraId(f"id-{number}") for number in numbers)


@pytest.mark.parametrize(
    ("before", "toggled", "after"),
    [
        ((), (1,), (1,)),
        ((1,), (1,), ()),
        ((1, 2, 3), (3, 1), (2,)),
        ((1, 2), (2, 3), (1, 2, 3)),
        ((1,), (2, 2), (1, 2)),
    ],
)
def test_favourites_are_toggled_together(
    before: tuple[int, ...], toggled: tuple[int, ...], after: tuple[int, ...]
) -> None:
    shortlist = Shortlist(favourites=cameras(*before)).with_favourites_toggled(cameras(*toggled))
    assert shortlist.favourites == cameras(*after)


def test_there_is_room_for_so_many_favourites() -> None:
    full = Shortlist(favourites=cameras(*range(FAVOURITES_MAX)))
    assert full.has_room_for(cameras(0)) and not full.has_room_for(cameras(-1))
    assert full.with_favourites_toggled(cameras(-1)) == full


def test_the_cameras_used_last_come_first_and_once() -> None:
    shortlist = Shortlist().with_used(cameras(1)).with_used(cameras(2, 3)).with_used(cameras(1))
    assert shortlist.recents == cameras(1, 2, 3)
    many = shortlist.with_used(cameras(*range(100, 100 + RECENTS_MAX - 1)))
    assert len(many.recents) == RECENTS_MAX and many.recents[-1] == cameras(1)[0]


@pytest.mark.parametrize(
    ("dropped", "first", "taken", "tiles"),
    [
        ((1,), 2, {2: 1}, 4),
        ((1, 2, 3), 2, {2: 1, 3: 2, 4: 3}, 9),
        ((1, 2), 3, {3: 1}, 3),
        ((), 1, {}, 4),
    ],
)
def test_dropped_cameras_fill_the_tile_and_the_free_ones_after_it(
    dropped: tuple[int, ...], first: int, taken: dict[int, int], tiles: int
) -> None:
    expected = {number: cameras(camera)[0] for number, camera in taken.items()}
    assert spread(cameras(*dropped), first, (), tiles) == expected


def test_dropped_cameras_pass_over_tiles_that_show_something() -> None:
    assert spread(cameras(1, 2, 3), 2, {1, 2, 3, 5}, 6) == dict(zip((2, 4, 6), cameras(1, 2, 3), strict=True))
