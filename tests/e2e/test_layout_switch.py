"""Sixteen tiles change their cameras: how soon the new ones are live, and that those which stay miss nothing.

Short; the measurement itself is `dev.py bench switch`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bench.staged.switches import GOALS_S, Switch, summary
from tests.bench.staged.switching import COLD, HALF, WARM
from tests.bench.switch import TILES, switch_rounds

pytestmark = pytest.mark.alone

KINDS = (COLD, WARM, HALF)
SPARE_S = 5.0
"""What two busy cores may add to any goal; the real times are printed."""
LOST_PART = 0.1
"""Of all pictures of the tiles that stay: what a busy machine may lose; the real number is printed."""


@pytest.fixture(scope="module")
def switches(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Switch]:
    """One of each kind."""
    made, _ = switch_rounds(Path(tmp_path_factory.mktemp("switch")), KINDS)
    print(*summary(made), sep="\n")
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_all_new_cameras_are_live_soon(switches: Sequence[Switch], kind: str) -> None:
    (switch,) = (each for each in switches if each.kind == kind)
    assert not switch.missing
    assert len(switch.arrivals) == (TILES // 2 if kind == HALF else TILES)
    assert switch.all_live_s <= GOALS_S[kind] + SPARE_S, f"goal: {GOALS_S[kind]} s; {switch.arrivals}"


def test_cameras_that_stay_lose_no_picture(switches: Sequence[Switch]) -> None:
    stayed = [each for switch in switches for each in switch.stayed]
    assert len(stayed) == TILES // 2
    assert all(each.is_same for each in stayed), "a tile that stayed was opened anew"
    lost, came = sum(each.lost for each in stayed), sum(each.pictures for each in stayed)
    assert lost <= LOST_PART * (lost + came), f"goal: none lost; {stayed}"
