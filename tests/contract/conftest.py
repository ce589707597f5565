"""What several files of contract tests ask for by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conformance_kit import BreakableRegistry


@pytest.fixture(scope="module")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakableRegistry]:
    """A registry that can be wrong in one way after the other."""
    with BreakableRegistry(tmp_path_factory.mktemp("breakable")) as registry:
        yield registry
