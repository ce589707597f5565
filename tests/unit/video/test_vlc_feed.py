"""The stamps of packets for libVLC: in step with this PC's clock, whatever befalls the packets."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.video.engines.vlc_feed import BUFFERED_US, JUMP_US, STEP_US, Stamps

FRAME_US = 66_667
US_PER_S = 1_000_000


def stamps_of(*packets: tuple[int | None, float]) -> list[int]:
    """The stamps of packets that are fetched as they come: their own timestamps, and when they come."""
    stamps = Stamps()
    return [stamps.next_us(stream_us, now_s) for stream_us, now_s in packets]


@pytest.mark.parametrize("gap_s", [0.07, 1.0, 20.0])
def test_libvlc_begins_with_the_second_packet_whenever_that_comes(gap_s: float) -> None:
    """What it has waited for before it begins delays all that it shows later."""
    first, second, third = stamps_of((0, 100.0), (FRAME_US, 100.0 + gap_s), (2 * FRAME_US, 100.0667 + gap_s))
    assert (first, second) == (STEP_US, STEP_US + BUFFERED_US)
    assert third - second == pytest.approx(FRAME_US, abs=STEP_US)


def test_packets_keep_their_own_distances() -> None:
    """Small jitter of their arrival is not handed on."""
    jitter_s = (0.0, 0.02, -0.03, 0.05, 0.0)
    packets = [(number * FRAME_US, 100.0 + number / 15 + late_s) for number, late_s in enumerate(jitter_s)]
    stamps = stamps_of(*packets)
    assert [after - before for before, after in pairwise(stamps[1:])] == [FRAME_US] * 3


@pytest.mark.parametrize("jump_us", [-20 * US_PER_S, -2 * JUMP_US, 2 * JUMP_US, 3600 * US_PER_S])
def test_a_timestamp_that_jumps_goes_by_this_pcs_clock(jump_us: int) -> None:
    packets = [(number * FRAME_US + (jump_us if number > 3 else 0), 100.0 + number / 15) for number in range(8)]
    stamps = stamps_of(*packets)
    steps = [after - before for before, after in pairwise(stamps[1:])]
    assert steps == pytest.approx([FRAME_US] * 6, abs=2 * STEP_US)


def test_what_has_waited_is_handed_over_in_one_go() -> None:
    stamps = Stamps()
    for number in range(4):
        last_us = stamps.next_us(number * FRAME_US, 100.0 + number / 15)
    for _ in range(5):
        stamp_us = stamps.next_us(None, 101.0, has_waited=True)
        assert stamp_us == last_us + STEP_US
        last_us = stamp_us
    assert stamps.next_us(9 * FRAME_US, 101.066667) == pytest.approx(last_us + FRAME_US, abs=2 * STEP_US)


def test_packets_without_a_timestamp_go_by_this_pcs_clock() -> None:
    stamps = stamps_of(*((None, 100.0 + number / 15) for number in range(5)))
    steps = [after - before for before, after in pairwise(stamps[1:])]
    assert steps == pytest.approx([FRAME_US] * 3, abs=2 * STEP_US)
