"""Pictures that the decoder had to patch: shown and counted, with no timestamp of their own."""

from __future__ import annotations

from tests.unit.console.console_bench import STEP_S, Bench, sub


def play_patched(bench: Bench, pictures: int) -> None:
    """Let the camera on the first tile show so many of them, one a turn of the bench."""
    slot, generation = bench.slot(1), bench.generations()[sub("A")]
    for _ in range(pictures):
        slot.measures["damaged"] = slot.measures.get("damaged", 0) + 1
        bench.video.show(sub("A"), bench.now_s, pts_us=slot.lights(generation).pts_us)
        bench.wait(STEP_S)
