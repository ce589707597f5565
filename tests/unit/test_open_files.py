"""A wall may have as many files open as the system grants its user."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.open_files import allow_plenty

resource = pytest.importorskip("resource", reason="Windows has no such limit")
FEW = 512


@pytest.fixture
def few() -> Iterator[int]:
    """A process that may have few open at first; gives how many it might have."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, before[1]))
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_low_limit_is_raised_within_what_the_system_grants(few: int) -> None:
    allow_plenty()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard == few and (soft > FEW or hard == FEW)


def test_a_limit_that_is_high_already_is_left_alone(few: int) -> None:
    allow_plenty()
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    allow_plenty()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
