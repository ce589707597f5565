"""Where a stream's pictures go, and what was seen of them there. Owned by the console's thread; pure core only."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from app.core.lights import Lights, Watch, observe
from app.core.model import StreamKey
from app.core.ports import Output
from app.core.zoom import Crop

RATE_S = 2.0
"""What a rate is measured over. Readings are more frequent while a picture is awaited: they are not counted."""
DAMAGE_S = 1.2
"""What damaged pictures are counted over: more than a second, so that what comes again with each group of pictures
stays said. Longer, and a healed stream would be called damaged for longer than it took to heal."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What a stream's counters rose by, a second; None before there are two readings."""

    shown_fps: float | None = None
    packets_per_s: float | None = None
    bitrate_kbps: float | None = None


@dataclass(slots=True, eq=False)
class TileOutput:
    """One tile's share of a stream: where its pictures go, and what was seen of them."""

    key: StreamKey
    output: Output
    watch: Watch = field(default_factory=lambda: Watch(opened_s=0.0))
    readings: deque[tuple[float, Lights]] = field(default_factory=deque)
    fed_in_vain_since_s: float | None = None
    """Since when packets have kept coming without a sign of life; None while there are no packets, or pictures."""

    @property
    def has_picture(self) -> bool:
        """Whether anything was ever shown through it."""
        return self.watch.alive_s is not None

    def show_part(self, crop: Crop) -> None:
        """Show that part of the picture; a native window shows all of it, whatever is wished."""
        if self.output.window_id is None and self.output.crop != crop:
            self.output = replace(self.output, crop=crop)

    def reopen(self, now_s: float) -> None:
        """A new generation begins; the age of the last picture goes on."""
        self.watch = Watch(opened_s=now_s, alive_s=self.watch.alive_s, late_s=self.watch.late_s)
        self.readings.clear()
        self.fed_in_vain_since_s = None

    def read(self, generation: int, now_s: float, stale_limit_s: float) -> bool:
        """Take a reading of the slot; whether there was a sign of life since the last one."""
        before = self.watch.alive_s
        self.watch = observe(self.watch, self.output.slot.lights(generation), now_s, stale_limit_s)
        self.readings.append((now_s, self.watch.lights))
        while len(self.readings) > 1 and self.readings[1][0] <= now_s - RATE_S:  # one is always as old as that
            self.readings.popleft()
        is_alive = self.watch.alive_s != before
        if is_alive or now_s - self.watch.lights.last_packet_s >= stale_limit_s:
            self.fed_in_vain_since_s = None
        elif self.fed_in_vain_since_s is None:
            self.fed_in_vain_since_s = now_s
        return is_alive

    def slept(self, slept_s: float) -> None:
        """The monotonic clock stood still for so long: its picture has become older."""
        alive_s = self.watch.alive_s
        self.watch = replace(self.watch, alive_s=None if alive_s is None else alive_s - slept_s)

    def is_fed_in_vain(self, now_s: float, limit_s: float) -> bool:
        """Whether packets have kept coming for so long, and no picture."""
        return self.fed_in_vain_since_s is not None and now_s - self.fed_in_vain_since_s >= limit_s

    def rates(self) -> Rates:
        """How fast the counters rose over the last readings."""
        if len(self.readings) < 2:
            return Rates()
        (start_s, start), (end_s, end) = self.readings[0], self.readings[-1]
        passed_s = end_s - start_s
        if passed_s <= 0:
            return Rates()
        return Rates(
            shown_fps=(end.pictures - start.pictures) / passed_s,
            packets_per_s=(end.packets - start.packets) / passed_s,
            bitrate_kbps=(end.packet_bytes - start.packet_bytes) * 8 / 1000 / passed_s,
        )

    def damaged_part(self) -> float:
        """The part of the last second's pictures that were damaged, 0.0 without pictures."""
        if not self.readings:
            return 0.0
        now_s, end = self.readings[-1]
        start = next(lights for read_s, lights in self.readings if read_s >= now_s - DAMAGE_S)
        pictures = end.pictures - start.pictures
        return (end.damaged - start.damaged) / pictures if pictures > 0 else 0.0
