"""What can be wrong between a camera and a console, as data. Pure; it must import nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

_BITS_PER_BYTE = 8
_BITS_PER_KBIT = 1000


class Doorway(Enum):
    """What a new connection meets."""

    OPEN = "open"
    CLOSED = "closed"
    """It is refused: nobody listens."""
    RESETS = "resets"
    """It is taken, and broken at once."""
    FINISHES = "finishes"
    """It is taken, and closed in order at once."""
    SWALLOWS = "swallows"
    """It is taken and never answered, also after the link has healed; the camera does not hear of it."""
    BLACK_HOLE = "black hole"
    """It is neither taken nor refused: the attempt times out."""


class Ending(Enum):
    """How a live connection ends, as the console sees it."""

    RESET = "reset"
    FINISH = "finish"


class Where(Enum):
    """Which part of a media packet is corrupted."""

    PAYLOAD = "payload"
    HEADER = "header"
    """The RTP header alone, with its extension."""
    ANYWHERE = "anywhere"
    """Also the four bytes around an interleaved packet, after which the rest may be no RTSP any more."""


@dataclass(frozen=True, slots=True)
class PacketFault:
    """What happens to media packets (RTP, not RTCP), each to a share from 0 to 1 of them.

    Attributes:
        drop_share: are lost.
        duplicate_share: come twice.
        reorder_share: change places with the next one.
        corrupt_share: have bits flipped.
        corrupt_where: in which part.
        corrupt_bits: how many in each.
        seed: of the lots drawn: every connection draws the same ones, anew from the moment the fault is set.
    """

    drop_share: float = 0.0
    duplicate_share: float = 0.0
    reorder_share: float = 0.0
    corrupt_share: float = 0.0
    corrupt_where: Where = Where.PAYLOAD
    corrupt_bits: int = 8
    seed: int = 0


UNHARMED = PacketFault()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a link; the default is nothing.

    Attributes:
        doorway: what new connections meet.
        ends: how the live connections end when the fault is set; None leaves them.
        loses_requests: what the console sends is thrown away.
        loses_answers: what the camera sends besides packets is thrown away.
        loses_media: RTP and RTCP packets of the camera are thrown away.
        is_held: what the camera sends is kept, and comes in a burst when the link heals.
        delay_s: how much later everything of the camera comes, seconds.
        rate_kbps: how much of the camera comes through, kilobits (1000 bits) a second; None for everything.
        queue_bytes: what waits for that rate at most; media packets beyond it are lost. None is no limit.
        packets: what happens to single media packets.

    Raises:
        ValueError: the rate is not above zero.
    """

    doorway: Doorway = Doorway.OPEN
    ends: Ending | None = None
    loses_requests: bool = False
    loses_answers: bool = False
    loses_media: bool = False
    is_held: bool = False
    delay_s: float = 0.0
    rate_kbps: float | None = None
    queue_bytes: int | None = None
    packets: PacketFault = UNHARMED

    def __post_init__(self) -> None:
        if self.rate_kbps is not None and self.rate_kbps <= 0:
            raise ValueError("a line that carries nothing is stalled or held")

    @property
    def is_cut(self) -> bool:
        """Whether nothing at all of the camera arrives, its leaving included."""
        return self.is_held or (self.loses_answers and self.loses_media)

    @property
    def rate_bytes_per_s(self) -> float | None:
        """The rate in bytes."""
        return None if self.rate_kbps is None else self.rate_kbps * _BITS_PER_KBIT / _BITS_PER_BYTE

    def as_json(self) -> dict[str, Any]:
        """As values that JSON has."""
        return {
            **asdict(self),
            "doorway": self.doorway.value,
            "ends": self.ends and self.ends.value,
            "packets": {**asdict(self.packets), "corrupt_where": self.packets.corrupt_where.value},
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Fault:
        """From such values; what is missing is not wrong.

        Raises:
            ValueError, TypeError: a name or a value that no fault has.
        """
        packets = dict(values.get("packets", {}))
        known: dict[str, Any] = {
            "doorway": Doorway(values.get("doorway", Doorway.OPEN.value)),
            "ends": Ending(values["ends"]) if values.get("ends") else None,
            "packets": PacketFault(
                **{**packets, "corrupt_where": Where(packets.get("corrupt_where", Where.PAYLOAD.value))}
            ),
        }
        return cls(**{**values, **known})


HEALTHY = Fault()
STALL = Fault(loses_answers=True, loses_media=True)
"""Nothing more comes of the camera; connections stay open, and what it sends meanwhile is lost."""
HELD = Fault(is_held=True)
"""Nothing more comes of the camera until the link heals; then everything comes at once."""
SILENT = Fault(loses_answers=True)
"""Requests reach the camera and are never answered; a picture that already runs runs on."""
NO_MEDIA = Fault(loses_media=True)
"""The camera answers every request and sends no packet."""
HALF_OPEN = Fault(doorway=Doorway.SWALLOWS, loses_requests=True, loses_answers=True, loses_media=True)
"""Nothing goes either way, and connections stay open; new ones are taken and never answered."""
REFUSING = Fault(doorway=Doorway.CLOSED)
"""New connections are refused; live ones are left alone."""
BLACK_HOLE = Fault(doorway=Doorway.BLACK_HOLE)
"""New connections time out; live ones are left alone."""


def trickle(bytes_per_s: float) -> Fault:
    """So many bytes a second of the camera come through, the rest waits."""
    return Fault(rate_kbps=bytes_per_s * _BITS_PER_BYTE / _BITS_PER_KBIT)


def capped(rate_kbps: float, queue_bytes: int | None = None) -> Fault:
    """The link carries so much; below what a stream needs, its pictures come later and later.

    Args:
        rate_kbps: kilobits a second.
        queue_bytes: what may wait; media packets beyond it are lost, so that lateness has a limit.
    """
    return Fault(rate_kbps=rate_kbps, queue_bytes=queue_bytes)


def slow(delay_s: float) -> Fault:
    """Everything of the camera comes later by so many seconds."""
    return Fault(delay_s=delay_s)


def resetting(then: Doorway = Doorway.OPEN) -> Fault:
    """All live connections break, as the console sees by RST.

    Args:
        then: what new ones meet until the link heals.
    """
    return Fault(ends=Ending.RESET, doorway=then)


def finishing(then: Doorway = Doorway.OPEN) -> Fault:
    """All live connections are closed in order, as the console sees by FIN.

    Args:
        then: what new ones meet until the link heals.
    """
    return Fault(ends=Ending.FINISH, doorway=then)


def dropping(share: float, seed: int = 0) -> Fault:
    """Media packets are lost."""
    return Fault(packets=PacketFault(drop_share=share, seed=seed))


def duplicating(share: float, seed: int = 0) -> Fault:
    """Media packets come twice."""
    return Fault(packets=PacketFault(duplicate_share=share, seed=seed))


def reordering(share: float, seed: int = 0) -> Fault:
    """Media packets change places with their next neighbours."""
    return Fault(packets=PacketFault(reorder_share=share, seed=seed))


def corrupting(share: float, where: Where = Where.PAYLOAD, bits: int = 8, seed: int = 0) -> Fault:
    """Media packets have bits flipped."""
    return Fault(packets=PacketFault(corrupt_share=share, corrupt_where=where, corrupt_bits=bits, seed=seed))
