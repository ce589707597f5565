"""Harms single media packets by lot. Pure; runs in the proxies' event loop."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from tests.support.fault_proxy.faults import UNHARMED, PacketFault, Where
from tests.support.fault_proxy.interleaved import Kind, Unit, payload_at


class Mangler:
    """Drops, doubles, corrupts and swaps the packets of one connection, in this order.

    Args:
        fault: which of them.
    """

    def __init__(self, fault: PacketFault) -> None:
        self._swapped: Unit | None = None
        self.set(fault)

    def set(self, fault: PacketFault) -> None:
        """From now on so, with lots drawn anew."""
        self._fault = fault
        self._lots = random.Random(fault.seed)

    def mangle(self, units: list[Unit]) -> list[Unit]:
        """What comes of these."""
        if self._fault == UNHARMED and self._swapped is None:
            return units
        return [each for unit in units for each in self._mangled(unit)]

    def _mangled(self, unit: Unit) -> Iterable[Unit]:
        if unit.kind is not Kind.MEDIA:
            return [*self._waiting(), unit] if unit.kind is Kind.END else [unit]
        fault = self._fault
        # every lot is drawn for every packet, so that one share does not change what another one hits
        is_dropped, is_doubled, is_corrupted, is_swapped = (
            self._lots.random() < share
            for share in (fault.drop_share, fault.duplicate_share, fault.corrupt_share, fault.reorder_share)
        )
        if is_dropped:
            return []
        sent = self._corrupted(unit) if is_corrupted else unit
        copies = [sent, sent] if is_doubled else [sent]
        return [each for copy in copies for each in self._swap(copy, is_swapped)]

    def _swap(self, unit: Unit, is_swapped: bool) -> list[Unit]:
        if self._swapped is not None:
            return [unit, *self._waiting()]
        if is_swapped:
            self._swapped = unit
            return []
        return [unit]

    def _waiting(self) -> list[Unit]:
        """The packet that waits for its neighbour."""
        waiting, self._swapped = self._swapped, None
        return [waiting] if waiting is not None else []

    def _corrupted(self, unit: Unit) -> Unit:
        bits = self._bits_of(unit)
        data = bytearray(unit.data)
        for bit in self._lots.sample(bits, min(self._fault.corrupt_bits, len(bits))):
            data[bit // 8] ^= 1 << bit % 8
        return replace(unit, data=bytes(data))

    def _bits_of(self, unit: Unit) -> range:
        """Those that may be flipped, counted from the beginning of the unit's data."""
        begin, end = unit.packet_at, len(unit.data)
        payload_begin = begin + payload_at(unit.data[begin:])
        match self._fault.corrupt_where:
            case Where.PAYLOAD:
                return range(payload_begin * 8, end * 8)
            case Where.HEADER:
                return range(begin * 8, payload_begin * 8)
            case Where.ANYWHERE:
                return range(end * 8)
