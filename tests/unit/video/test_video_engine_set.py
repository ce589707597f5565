"""One ingest, several engines: each is made when its kind of surface is asked for, and let go after the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any

import pytest
from av.packet import Packet

from app.core.budget import Surface
from app.core.errors import VideoError
from app.video.engine_set import EngineSet, Kind
from app.video.protocol import OutputSpec
from app.video.slots import ReadSlot, SlotMaker
from app.video.timing import UNTIMED
from tests.fakes.fake_engine import FakeEngine

GENERATION = 3
SIZE_PX = (320, 180)
PACKET: Packet[Any] = Packet(10)
RING: tuple[Packet[Any], ...] = (PACKET, Packet(20))


class Engine(FakeEngine):
    """Remembers what it was told.

    Attributes:
        kind: that it was made for.
        told: the outputs of each `set_outputs`.
        replayed: the packets of each `replay`.
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__(GENERATION)
        self.kind = kind
        self.told: list[tuple[OutputSpec, ...]] = []
        self.replayed: list[Sequence[Packet[Any]]] = []

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        super().set_outputs(outputs)
        self.told.append(outputs)

    def replay(self, packets: Sequence[Packet[Any]]) -> None:
        self.replayed.append(packets)


class Rig:
    """EngineSet over fakes.

    Attributes:
        made: every engine so far, in order.
        missing: kinds for which there is no engine here.
    """

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.made: list[Engine] = []
        self.missing: set[Kind] = set()
        self.engines = EngineSet(self._make)

    def _make(self, kind: Kind) -> Engine:
        if kind in self.missing:
            raise VideoError(f"no engine for {kind}")
        self.made.append(Engine(kind))
        return self.made[-1]

    def _slot(self, size_px: tuple[int, int]) -> ReadSlot:
        return self._stack.enter_context(closing(SlotMaker().new(*size_px)))

    def shared(self) -> OutputSpec:
        return OutputSpec(self._slot(SIZE_PX).handle, *SIZE_PX)

    def direct(self, window_id: int = 77) -> OutputSpec:
        return OutputSpec(self._slot((0, 0)).handle, 0, 0, window_id)

    def warm(self) -> OutputSpec:
        return OutputSpec(self._slot((0, 0)).handle, 0, 0)

    def set(self, *outputs: OutputSpec) -> None:
        self.engines.set_outputs(outputs, RING)

    @property
    def kinds(self) -> list[Kind]:
        return [engine.kind for engine in self.made]


@pytest.fixture
def rig() -> Iterator[Rig]:
    with ExitStack() as stack:
        yield Rig(stack)


def test_an_engine_is_made_once_a_kind(rig: Rig) -> None:
    first, second = rig.shared(), rig.shared()
    rig.set(first)
    rig.set(first, second)
    rig.set(second)
    assert rig.kinds == [Surface.SHARED] and rig.made[0].told == [(first,), (first, second), (second,)]


def test_each_kind_gets_its_own_engine_and_its_own_outputs(rig: Rig) -> None:
    shared, direct, warm = rig.shared(), rig.direct(), rig.warm()
    rig.set(warm, direct, shared)
    assert {engine.kind: engine.told for engine in rig.made} == {
        Surface.SHARED: [(shared,)],
        Surface.DIRECT: [(direct,)],
        None: [(warm,)],
    }
    assert all(rig.engines.has(kind) for kind in rig.kinds)


def test_a_new_engine_catches_up_and_one_that_is_there_does_not(rig: Rig) -> None:
    first, second = rig.shared(), rig.shared()
    rig.set(first)
    rig.set(first, second)
    rig.set(first, second, rig.warm())
    assert [engine.replayed for engine in rig.made] == [[RING], [RING]]


def test_another_window_is_caught_up_with(rig: Rig) -> None:
    rig.set(rig.direct(77))
    rig.set(rig.direct(78))
    assert rig.kinds == [Surface.DIRECT] and rig.made[0].replayed == [RING, RING]


def test_the_same_outputs_again_change_nothing(rig: Rig) -> None:
    outputs = (rig.shared(), rig.direct())
    rig.set(*outputs)
    rig.set(*outputs)
    assert [len(engine.told) for engine in rig.made] == [len(engine.replayed) for engine in rig.made] == [1, 1]


def test_the_engine_of_a_kind_is_let_go_with_its_last_output(rig: Rig) -> None:
    shared, warm = rig.shared(), rig.warm()
    rig.set(warm)
    rig.set(shared)
    assert [(engine.kind, engine.closes) for engine in rig.made] == [(None, 1), (Surface.SHARED, 0)]
    assert not rig.engines.has(None) and list(rig.engines.at_work) == rig.made[1:]
    rig.set()
    assert [engine.closes for engine in rig.made] == [1, 1] and not rig.engines.at_work


def test_a_kind_that_comes_back_gets_a_new_engine_that_catches_up(rig: Rig) -> None:
    shared = rig.shared()
    for outputs in ((shared,), (), (shared,)):
        rig.set(*outputs)
    assert rig.kinds == [Surface.SHARED] * 2 and rig.made[1].replayed == [RING]


def test_every_engine_is_fed_and_their_pictures_are_added_up(rig: Rig) -> None:
    rig.set(rig.shared(), rig.direct())
    rig.made[1].is_blind = True
    for _ in range(3):
        rig.engines.feed(PACKET, UNTIMED)
    assert [engine.pictures for engine in rig.made] == [3, 0] and rig.engines.pictures == 3


def test_closing_lets_every_engine_go_once(rig: Rig) -> None:
    rig.set(rig.shared(), rig.direct(), rig.warm())
    rig.engines.close()
    rig.engines.close()
    assert [engine.closes for engine in rig.made] == [1, 1, 1] and not rig.engines.at_work


# ---- kinds that fail


@pytest.mark.parametrize("missing", [Surface.SHARED, Surface.DIRECT, None])
def test_a_kind_that_is_not_to_be_had_leaves_the_others_served(rig: Rig, missing: Kind) -> None:
    rig.missing.add(missing)
    with pytest.raises(VideoError):
        rig.set(rig.shared(), rig.direct(), rig.warm())
    kinds: set[Kind] = {Surface.SHARED, Surface.DIRECT, None}
    assert {kind for kind in kinds if rig.engines.has(kind)} == kinds - {missing}


def test_a_kind_that_fails_does_not_keep_an_engine_that_nobody_needs(rig: Rig) -> None:
    rig.set(rig.warm())
    rig.missing.add(Surface.DIRECT)
    with pytest.raises(VideoError):
        rig.set(rig.shared(), rig.direct())
    assert [engine.closes for engine in rig.made if engine.kind is None] == [1]


def test_what_plays_already_goes_on_when_another_kind_fails(rig: Rig) -> None:
    shared = rig.shared()
    rig.set(shared)
    rig.missing.add(Surface.DIRECT)
    with pytest.raises(VideoError):
        rig.set(shared, rig.direct())
    rig.engines.feed(PACKET, UNTIMED)
    assert rig.made[0].pictures == 1 and rig.made[0].closes == 0


def test_an_engine_whose_first_output_was_gone_catches_up_with_the_next(rig: Rig) -> None:
    with closing(SlotMaker().new(*SIZE_PX)) as slot:
        gone = OutputSpec(slot.handle, *SIZE_PX)
    with pytest.raises(VideoError):
        rig.set(gone)
    rig.set(rig.shared())
    assert rig.made[-1].replayed == [RING]
