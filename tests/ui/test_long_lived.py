"""What lives as long as the wall is set aside once it is there, and not again with every change."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ui.long_lived import CatalogAside, set_imports_aside


@pytest.fixture(autouse=True)
def nothing_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_exists_is_set_aside() -> None:
    set_imports_aside()
    assert gc.get_freeze_count() > 1000


def test_a_catalogue_is_set_aside_when_its_list_is_made() -> None:
    aside = CatalogAside()
    for now_s in (0.0, 1.0):
        aside.tick(0, now_s)
    aside.tick(10_000, 2.0)
    assert gc.get_freeze_count() == 0, "its list is still being made"
    aside.tick(10_000, 5.1)
    assert gc.get_freeze_count() > 1000


@pytest.mark.parametrize(
    ("cameras", "is_again"), [(9_000, False), (10_001, False), (12_000, False), (13_000, True)]
)
def test_only_a_much_larger_catalogue_is_set_aside_again(cameras: int, is_again: bool) -> None:
    aside = CatalogAside()
    aside.tick(10_000, 0.0)
    aside.tick(10_000, 10.0)
    gc.unfreeze()
    for now_s in (20.0, 30.0):
        aside.tick(cameras, now_s)
    assert (gc.get_freeze_count() > 0) is is_again
