"""What this PC sustains: sizes, shares of it, and an end where all of it is spent."""

from __future__ import annotations

import pytest

from app.core.tile_budget import SizeClass, Spending, TileBudget, size_class


@pytest.mark.parametrize(
    ("height_px", "size"),
    [
        (144, SizeClass.SMALL),
        (432, SizeClass.SMALL),
        (433, SizeClass.HD),
        (864, SizeClass.HD),
        (865, SizeClass.FULL_HD),
        (2_160, SizeClass.FULL_HD),
        (None, SizeClass.FULL_HD),
    ],
)
def test_a_stream_belongs_to_the_nearest_size_that_is_measured(height_px: int | None, size: SizeClass) -> None:
    assert size_class(height_px) is size


@pytest.mark.parametrize("count", [1, 3, 7, 10, 49, 64])
def test_exactly_as_many_as_were_measured_are_granted(count: int) -> None:
    spending = Spending(TileBudget({SizeClass.SMALL: count}))
    assert [spending.take(SizeClass.SMALL) for _ in range(count + 1)] == [True] * count + [False]


def test_sizes_share_one_pc() -> None:
    spending = Spending(TileBudget({SizeClass.SMALL: 16, SizeClass.FULL_HD: 4}))
    assert all(spending.take(SizeClass.FULL_HD) for _ in range(3))
    assert [spending.take(SizeClass.SMALL) for _ in range(5)] == [True] * 4 + [False]
    assert not spending.take(SizeClass.FULL_HD)


def test_what_was_not_measured_has_no_limit() -> None:
    assert all(Spending(None).take(size) for size in SizeClass for _ in range(100))
    spending = Spending(TileBudget({SizeClass.HD: 1}))
    assert spending.take(SizeClass.HD) and not spending.take(SizeClass.HD) and spending.take(SizeClass.SMALL)
