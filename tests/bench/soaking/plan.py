"""What happens in a compressed week, and when: counted in play/stops, the week's clock. Pure.

A week of a control room's wall is 10,000 play/stops, 1,000 outages and 2,000 layout changes (trust.md). The soak
does them as fast as the streams settle, evenly mixed, so that so many play/stops are an hour of the week whatever
the clock on the wall says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from random import Random

WEEK_PLAY_STOPS, WEEK_OUTAGES, WEEK_LAYOUT_CHANGES = 10_000, 1_000, 2_000
WEEK_HOURS = 7 * 24
PLAY_STOPS_PER_HOUR = WEEK_PLAY_STOPS / WEEK_HOURS
"""59.5: with them come 6 outages and 12 layout changes."""
WARM_UP_HOURS = 1.0
"""What is measured before does not count: caches fill, allocators take their arenas."""
REST_HOURS = 4.0
FEWEST_RESTS = 8
REST_LAYOUT = "20"
"""More than 16 tiles: two hosts, so that one can be killed while the other lives the whole week."""
LAYOUTS = ("1+7", "9", "2+8", "1+12", "16", REST_LAYOUT, "25")
"""By their tiles, so that most changes are small ones; the large cell of 1+7 is worth a main stream."""
FAR_JUMPS = 0.1
"""The share of layout changes that go anywhere."""


@dataclass(frozen=True, slots=True)
class Week:
    """How much happens; a part of a week keeps the pace."""

    play_stops: int = WEEK_PLAY_STOPS
    outages: int = WEEK_OUTAGES
    layout_changes: int = WEEK_LAYOUT_CHANGES

    @property
    def hours(self) -> float:
        """Of the week that this stands for."""
        return hour_at(self.play_stops)

    def part(self, divisor: int) -> Week:
        """So much less of everything."""
        return Week(self.play_stops // divisor, self.outages // divisor, self.layout_changes // divisor)

    def outages_due(self, play_stops: int) -> int:
        """How many outages belong to that many play/stops."""
        return min(self.outages, -(-self.outages * play_stops // self.play_stops))

    def layout_changes_due(self, play_stops: int) -> int:
        """How many layout changes belong to that many play/stops."""
        return min(self.layout_changes, -(-self.layout_changes * play_stops // self.play_stops))

    def rests(self) -> tuple[int, ...]:
        """After how many play/stops the wall rests to be measured: at the start, the first hour, the end."""
        first = min(self.play_stops, round(WARM_UP_HOURS * PLAY_STOPS_PER_HOUR))
        count = max(FEWEST_RESTS, round(self.hours / REST_HOURS))
        later = (first + (self.play_stops - first) * number // count for number in range(count + 1))
        return tuple(dict.fromkeys((0, *later)))


def hour_at(play_stops: int) -> float:
    """Which hour of the week that is."""
    return play_stops / PLAY_STOPS_PER_HOUR


class OutageKind(Enum):
    """What fails."""

    STALL = "stall"
    HELD = "held back"
    FINISH = "closed by FIN"
    RESET = "broken by RST"
    REFUSED = "broken and refused"
    HALF_OPEN = "half open"
    CORRUPT = "corrupt packets"
    SECTOR = "every camera refused"
    HOST_KILLED = "host killed"
    HOST_STOPPED = "host stopped"
    REGISTRY_STOPPED = "registry stopped"


OUTAGE_MIX = (
    (OutageKind.STALL, 8),
    (OutageKind.HELD, 5),
    (OutageKind.FINISH, 7),
    (OutageKind.RESET, 7),
    (OutageKind.REFUSED, 6),
    (OutageKind.HALF_OPEN, 5),
    (OutageKind.CORRUPT, 5),
    (OutageKind.SECTOR, 1),
    (OutageKind.HOST_KILLED, 3),
    (OutageKind.HOST_STOPPED, 2),
    (OutageKind.REGISTRY_STOPPED, 1),
)
"""Of fifty: 60 hosts are killed and 40 stopped in a week."""


def outage_kinds(random: Random) -> Iterator[OutageKind]:
    """Kinds without end: the mix again and again, shuffled anew each time."""
    while True:
        deck = [kind for kind, count in OUTAGE_MIX for _ in range(count)]
        random.shuffle(deck)
        yield from deck


def layout_walk(random: Random) -> Iterator[str]:
    """Layouts without end, each another one than before: mostly the next larger or smaller."""
    place = LAYOUTS.index(REST_LAYOUT)
    while True:
        near = [step for step in (place - 1, place + 1) if 0 <= step < len(LAYOUTS)]
        far = [step for step in range(len(LAYOUTS)) if step != place]
        place = random.choice(far if random.random() < FAR_JUMPS else near)
        yield LAYOUTS[place]
