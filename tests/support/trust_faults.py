"""The faults of the proof, by name: what is done to a tile's link, and how soon the tile must be marked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from tests.support.fault_proxy import (
    HALF_OPEN,
    HELD,
    NO_MEDIA,
    SILENT,
    STALL,
    Doorway,
    Ending,
    Fault,
    PacketFault,
    Where,
    capped,
    corrupting,
    dropping,
    duplicating,
    finishing,
    reordering,
    resetting,
    slow,
    trickle,
)


class Mark(Enum):
    """How soon a fault must be seen on its tile (trust.md)."""

    STALL = 2.2
    END = 0.5
    AS_NEEDED = None
    """Only if and when the picture gets old: it may well stay live."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of fault.

    Attributes:
        fault: what the proxy does.
        mark: how soon it must be seen.
    """

    fault: Fault
    mark: Mark = Mark.AS_NEEDED


TRIALS: Mapping[str, Trial] = MappingProxyType(
    {
        "stall": Trial(STALL, Mark.STALL),
        "held": Trial(HELD, Mark.STALL),
        "half open": Trial(HALF_OPEN, Mark.STALL),
        "no media": Trial(NO_MEDIA, Mark.STALL),
        "silent": Trial(SILENT),
        "trickle": Trial(trickle(1500.0)),
        "capped": Trial(capped(60.0)),
        "capped, short queue": Trial(capped(60.0, queue_bytes=20_000)),
        "slow 1 s": Trial(slow(1.0)),
        "slow 2.5 s": Trial(slow(2.5)),
        "slow 6 s": Trial(slow(6.0)),
        "rst": Trial(resetting(), Mark.END),
        "fin": Trial(finishing(), Mark.END),
        "rst, then refused": Trial(resetting(Doorway.CLOSED), Mark.END),
        "fin, then refused": Trial(finishing(Doorway.CLOSED), Mark.END),
        "rst, then rst": Trial(resetting(Doorway.RESETS), Mark.END),
        "fin, then fin": Trial(finishing(Doorway.FINISHES), Mark.END),
        "rst, then swallowed": Trial(resetting(Doorway.SWALLOWS), Mark.END),
        "fin, then black hole": Trial(finishing(Doorway.BLACK_HOLE), Mark.END),
        "rst, then silent": Trial(Fault(ends=Ending.RESET, loses_answers=True), Mark.END),
        "rst, then slow 2.5 s": Trial(Fault(ends=Ending.RESET, delay_s=2.5), Mark.END),
        "fin, then capped": Trial(Fault(ends=Ending.FINISH, rate_kbps=60.0), Mark.END),
        "corrupt": Trial(corrupting(0.05, Where.PAYLOAD, seed=1)),
        "corrupt headers": Trial(corrupting(0.1, Where.HEADER, seed=2)),
        "corrupt anywhere": Trial(corrupting(0.05, Where.ANYWHERE, seed=3)),
        "drop a few": Trial(dropping(0.05, seed=4)),
        "drop many": Trial(dropping(0.5, seed=5)),
        "duplicate": Trial(duplicating(0.3, seed=6)),
        "reorder": Trial(reordering(0.3, seed=7)),
        "slow and lossy": Trial(Fault(delay_s=0.8, packets=PacketFault(drop_share=0.1, seed=8))),
    }
)
"""Every fault of `fault_proxy`, alone and as it meets what a console does next."""
