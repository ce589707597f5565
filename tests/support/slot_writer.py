"""A writer of picture slots as a process: `python -m … HANDLE WIDTH HEIGHT PICTURES INTERVAL_S`.

Every pixel of its n-th picture is the number n. It prints a line when it has attached and one when it has written
all, and then waits for the end of standard input.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from app.video.slots import WriteSlot

GENERATION = 1


def main() -> int:
    """Write, then wait."""
    handle, *numbers = sys.argv[1:]
    width_px, height_px, pictures = map(int, numbers[:3])
    interval_s = float(numbers[3])
    slot = WriteSlot(handle, width_px, height_px, GENERATION)
    _say("attached")
    for number in range(1, pictures + 1):
        pixels = np.full((height_px, width_px), number, np.uint32)
        now_ns = time.monotonic_ns()
        slot.publish(pixels.data.cast("B"), width_px, height_px, width_px * 4)
        slot.count_picture(number, now_ns)
        time.sleep(interval_s)
    _say("written")
    sys.stdin.read()
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
