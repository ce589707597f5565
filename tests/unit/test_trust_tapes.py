"""A long run's looks, judged piece by piece and forgotten, give the verdict that they would give all at once."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest

from app.core.layout import Rect
from app.demo.scenes import phase_s
from tests.bench.trusting.fates import kinds_in_turn
from tests.bench.trusting.tapes import LONGEST_PIECE_S, Tapes
from tests.support.framebuffer import Framebuffer
from tests.support.trust_faults import TRIALS
from tests.support.trust_reader import TrustReader
from tests.support.trust_verdict import AGE_LIMIT_S, Reading, judge

CODE = "JKT-00007"
FPS, FRAMES = 15, 300
LOOK_S = 0.07
SIDE_PX = 240


@pytest.fixture
def reader(tmp_path: Path) -> TrustReader:
    """A witness of one tile."""
    header = [0] * 25
    header[0], header[4], header[5], header[12] = 100, SIDE_PX, SIDE_PX, 4 * SIDE_PX
    (tmp_path / "Xvfb_screen0").write_bytes(struct.pack(">25I", *header) + bytes(4 * SIDE_PX * SIDE_PX))
    return TrustReader(Framebuffer(tmp_path), [Rect(0, 0, SIDE_PX, SIDE_PX)], [CODE])


def readings(reader: TrustReader, age_s: Callable[[float], float], seconds: float) -> list[Reading]:
    """Looks at a tile that is never marked and whose picture has that age."""
    offset_s = reader.cameras[0].offset_s
    made = []
    for look in range(int(seconds / LOOK_S)):
        at_s = 50.0 + look * LOOK_S
        frame = int((at_s + offset_s + phase_s(CODE) - age_s(at_s - 50.0)) * FPS) % FRAMES
        made.append(Reading(at_s, is_live=True, is_marked=False, frame=frame, strip=frame))
    return made


def young(_: float) -> float:
    return 0.1


def frozen_twice(now_s: float) -> float:
    """For four seconds, and for five."""
    ages = (now_s - start_s for start_s, end_s in ((20.0, 24.0), (70.0, 75.0)) if start_s <= now_s < end_s)
    return 0.1 + sum(ages)


def frozen_late(now_s: float) -> float:
    return 0.1 + max(0.0, now_s - 30.0)


@pytest.mark.parametrize(
    ("age_s", "spare_s"),
    [
        (young, 0.0),
        (frozen_twice, 3 * LOOK_S),
        (frozen_late, AGE_LIMIT_S),
    ],  # a cut in a lie may cost its beginning
)
def test_pieces_give_the_verdict_of_the_whole(
    reader: TrustReader, tmp_path: Path, age_s: Callable[[float], float], spare_s: float
) -> None:
    looks = readings(reader, age_s, 120.0)
    whole = judge(looks, reader.cameras[0])
    tapes = Tapes(reader, tmp_path / "keep")
    longest = 0
    for look in looks:
        reader.readings[0].append(look)
        tapes.settle(1)
        longest = max(longest, len(reader.readings[0]))
    tapes.judge(1)
    (summed,) = tapes.sums
    assert summed.watched_s == pytest.approx(whole.watched_s)
    assert summed.unmarked_s == pytest.approx(whole.unmarked_s)
    assert summed.false_live_s == pytest.approx(whole.false_live_s, abs=spare_s)
    assert summed.looks_per_s == pytest.approx(1 / LOOK_S)
    assert longest <= LONGEST_PIECE_S / LOOK_S + 2


def test_a_proved_lies_picture_is_kept_and_a_doubtful_one_is_forgotten(
    reader: TrustReader, tmp_path: Path
) -> None:
    looks = readings(reader, frozen_twice, 40.0)
    pixels = np.zeros((SIDE_PX, SIDE_PX, 3), np.uint8)
    reader.suspects += [(1, looks[int(at_s / LOOK_S)], 9.0, pixels) for at_s in (5.0, 23.5)]
    reader.readings[0] += looks
    tapes = Tapes(reader, tmp_path / "keep")
    tapes.judge(1)
    assert not reader.suspects
    assert len(list((tmp_path / "keep").iterdir())) == 1


def test_every_kind_of_fault_comes_once_before_any_comes_again() -> None:
    kinds = list(islice(kinds_in_turn(Random(3), TRIALS), 2 * len(TRIALS)))
    assert sorted(kinds[: len(TRIALS)]) == sorted(kinds[len(TRIALS) :]) == sorted(TRIALS)
