"""However the product ends, nothing of it stays: no process, no shared memory, no temporary folder."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.product import REGISTRY, Product, running_product, shared_memory
from tests.waiting import until

TILES = 2
WORDS = ("demo", "--headless", "--tiles", str(TILES), "--log-level", "info")


@contextmanager
def _playing(folder: Path) -> Iterator[Product]:
    """A wall that plays; the shared memory is as it was when it has ended."""
    before = shared_memory()
    with running_product(folder, WORDS) as product:
        until(lambda: product.errors.count("state=playing") >= TILES, within_s=60.0, what="two playing streams")
        product.family()
        yield product
        until(lambda: shared_memory() <= before, what="the end of its shared memory")


@pytest.mark.parametrize("how", ["SIGTERM", "Ctrl+C"])
def test_a_signal_ends_everything_in_order(tmp_path: Path, how: str) -> None:
    with _playing(tmp_path) as product:
        ended = product.end(signal.SIGTERM) if how == "SIGTERM" else product.interrupt()
        product.wait_family_gone()
        assert not product.left_files()
    assert ended.code == 0
    assert ended.output == ""
    assert "Traceback" not in ended.errors
    assert "WARNING" not in ended.errors


def test_children_of_a_killed_console_end_by_themselves(tmp_path: Path) -> None:
    with _playing(tmp_path) as product:
        assert len(product.family()) == 4, "the console, its host, the registry and the simulator"
        product.process.kill()
        product.wait_family_gone()


def test_a_signal_during_the_start_leaves_nothing(tmp_path: Path) -> None:
    with running_product(tmp_path, WORDS) as product:
        until(lambda: product.of_kind(REGISTRY), what="the registry's start")
        ended = product.end(signal.SIGTERM)
        product.wait_family_gone()
        assert not product.left_files()
    assert ended.code == 130
    assert "Traceback" not in ended.errors
