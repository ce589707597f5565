"""Whatever happens in whatever order: no false LIVE, no slot or lease left behind, no stream opened twice.

Nor is a camera called on a lease that has run out, or again too soon after it has refused a login.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.core.commands import (
    AddCamera,
    ApplyLayout,
    AssignTile,
    Back,
    ClearTile,
    Command,
    MoveSelection,
    SelectTile,
    StepLayout,
    SwapTiles,
    TileId,
    ToggleMaximised,
    Undo,
)
from app.core.errors import ConfigError
from app.core.failure import Failure, Reason
from app.core.lights import STALE_AFTER_S
from app.core.model import CameraId, StreamKey
from app.core.ports import CatalogSynced, RegistryLost, RegistryReached
from app.core.sentence import Sentence
from app.core.tile_status import Sign
from tests.unit.console.console_bench import MAIN, STEP_S, SUB, TILE_PX, WALL_PX, Bench, camera, catalog, tile

NAMES = "ABCD"
PROFILES = {"both": (MAIN, SUB), "main": (MAIN,), "sub": (SUB,)}
ACCOUNT_GUARD_S = 300.0
LIFETIMES_S = [10.0, 2.0, 60.0, 1e9]

tiles = st.integers(1, 9).map(tile)
cameras = st.sampled_from(NAMES).map(CameraId)
steps = st.sampled_from([-1, 0, 1])
commands = st.one_of(
    st.builds(AssignTile, tiles, cameras),
    st.builds(AddCamera, st.just(1), cameras),
    st.builds(ClearTile, tiles),
    st.builds(SwapTiles, tiles, tiles),
    st.builds(SelectTile, st.just(1), st.none() | st.integers(1, 9)),
    st.builds(MoveSelection, st.just(1), steps, steps),
    st.builds(ApplyLayout, st.just(1), st.sampled_from(["1", "4", "9"])),
    st.builds(StepLayout, st.just(1), st.sampled_from([-1, 1])),
    st.builds(ToggleMaximised, st.just(1), st.none() | st.integers(1, 9)),
    st.builds(Back, st.just(1)),
    st.just(Undo()),
)


class Console(RuleBasedStateMachine):
    """A wall, its officer, its cameras, its registry and its hosts, all at random."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench("4", [camera(name) for name in NAMES])
        self.bench.registry.lifetime_s, self.bench.registry.offline_use_s = LIFETIMES_S[0], 60.0
        self.bench.console.set_tile_size(tile(3), *WALL_PX)
        self.bench.assign(t1="A", t2="B", t3="A")  # both streams of one camera
        self.refused_s: dict[CameraId, float] = {}
        self.forbidden_s: dict[StreamKey, float] = {}
        self.openings_seen = 0

    # ---- what may happen

    @rule(wished=st.lists(commands, min_size=1, max_size=3))
    def officer_commands(self, wished: list[Command]) -> None:
        for command in wished:
            before = self.bench.console.wall
            try:
                self.bench.console.dispatch(command)
            except ConfigError:
                assert self.bench.console.wall is before
        self.bench.pump()

    @rule(place=tiles, size_px=st.sampled_from([TILE_PX, WALL_PX, (320, 180), (8, 8)]))
    def window_resizes_a_tile(self, place: TileId, size_px: tuple[int, int]) -> None:
        self.bench.console.set_tile_size(place, *size_px)
        self.bench.pump()

    @rule(turns=st.integers(1, 20))
    def cameras_play(self, turns: int) -> None:
        self._turn(turns, self.bench.play)

    @rule(turns=st.sampled_from([1, 8, 16, 64, 100]))
    def cameras_are_silent(self, turns: int) -> None:
        self._turn(turns, self.bench.wait)

    @rule(minutes=st.sampled_from([1, 4, 5]))
    def time_passes(self, minutes: int) -> None:
        for _ in range(minutes * 12):
            self.bench.play(5.0, step_s=5.0)
            self._look_at_openings()

    @rule(turns=st.integers(1, 20))
    def cameras_repeat_one_picture(self, turns: int) -> None:
        for _ in range(turns):
            for key in self.bench.video.open_streams:
                self.bench.video.show(key, self.bench.now_s, pts_us=77)
            self._turn(1, self.bench.wait)

    def _turn(self, turns: int, let_pass: Callable[[float], None]) -> None:
        """Let time pass, and look after each turn: what is opened is opened then."""
        for _ in range(turns):
            let_pass(STEP_S)
            self._look_at_openings()

    @rule(data=st.data(), reason=st.sampled_from(Reason))
    def stream_fails(self, data: st.DataObject, reason: Reason) -> None:
        self._fail_one(data, reason)

    @rule(data=st.data())
    def camera_refuses_a_login(self, data: st.DataObject) -> None:
        self._fail_one(data, Reason.UNAUTHORIZED)

    def _fail_one(self, data: st.DataObject, reason: Reason) -> None:
        video = self.bench.video
        streams = sorted({*video.open_streams, *video.closing}, key=str)
        if not streams:
            return
        key = data.draw(st.sampled_from(streams))
        if reason is Reason.UNAUTHORIZED:
            self.refused_s[key.camera] = self.bench.now_s
        if reason is Reason.FORBIDDEN:
            self.forbidden_s[key] = self.bench.now_s
        self.bench.fail(key, Failure(reason))

    @rule(data=st.data())
    def camera_lets_in(self, data: st.DataObject) -> None:
        """It describes a stream: its login is good, for its other stream, too."""
        streams = sorted(self.bench.video.open_streams, key=str)
        if streams:
            key = data.draw(st.sampled_from(streams))
            self.refused_s.pop(key.camera, None)
            self.bench.video.describe(key)
            self.bench.pump()

    @rule()
    def host_is_lost(self) -> None:
        self.bench.video.lose_host()
        self.bench.pump()

    @rule(acknowledges=st.booleans())
    def hosts_close_at_once_or_late(self, acknowledges: bool) -> None:
        self.bench.video.acknowledges = acknowledges
        self.bench.video.acknowledge()
        self.bench.pump()

    @rule(is_silent=st.booleans(), failure=st.sampled_from([None, *map(Failure, [Reason.LEASE_UNAVAILABLE])]))
    def registry_changes_its_mind(self, is_silent: bool, failure: Failure | None) -> None:
        self.bench.registry.is_silent, self.bench.registry.failure = is_silent, failure
        self.bench.registry.answer()
        self.bench.pump(RegistryReached() if failure is None else RegistryLost(Sentence("gone")))

    @rule(lifetime_s=st.sampled_from(LIFETIMES_S), offline_use_s=st.sampled_from([60.0, 0.0]))
    def leases_get_another_lifetime(self, lifetime_s: float, offline_use_s: float) -> None:
        self.bench.registry.lifetime_s, self.bench.registry.offline_use_s = lifetime_s, offline_use_s

    @rule(listed=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(sorted(PROFILES)), min_size=1))
    def catalogue_changes(self, listed: dict[str, str]) -> None:
        self._list(listed)

    def _list(self, listed: dict[str, str]) -> None:
        cameras = [camera(name, *PROFILES[profiles]) for name, profiles in listed.items()]
        self.bench.pump(CatalogSynced(catalog(cameras)))

    # ---- what must hold

    @invariant()
    def live_means_a_new_picture_within_two_seconds(self) -> None:
        for number, sign in self.bench.signs().items():
            if sign is Sign.LIVE:
                renewed_s = self.bench.slot(number).renewed_s
                assert renewed_s is not None and self.bench.now_s - renewed_s < STALE_AFTER_S
            late_s = self.bench.now_s + STALE_AFTER_S
            assert self.bench.console.status(tile(number), late_s).sign is not Sign.LIVE

    @invariant()
    def every_slot_is_closed_once_and_none_in_use_is_closed(self) -> None:
        assert all(slot.closes <= 1 for slot in self.bench.video.slots)
        for stream in self.bench.video.open_streams.values():
            assert not any(slot.closes for slot in stream.slots)
            assert stream.outputs, "a stream without an output is closed"
        slots = [slot for place in self.bench.console.shown_tiles() if (slot := self.bench.console.slot(place))]
        assert all(slot in self.bench.video.open_slots for slot in slots)
        assert len({slot.handle for slot in slots}) == len(slots), "no two tiles are painted from one slot"

    @invariant()
    def what_is_opened_may_be_opened(self) -> None:
        self._look_at_openings()

    def _look_at_openings(self) -> None:
        """A refused login is not tried again for five minutes by either stream of its camera; a lease is good."""
        now_s = self.bench.now_s
        new = self.bench.video.openings[self.openings_seen :]
        self.openings_seen += len(new)
        for opening in new:
            assert now_s - self.refused_s.get(opening.key.camera, -1e9) >= ACCOUNT_GUARD_S
            assert now_s - self.forbidden_s.get(opening.key, -1e9) >= ACCOUNT_GUARD_S
            is_offline = self.bench.registry.failure is not None
            until_s = opening.lease.offline_until_s if is_offline else opening.lease.expires_at_s
            assert now_s < max(until_s, opening.lease.expires_at_s)

    @invariant()
    def no_more_streams_are_open_than_tiles_can_use(self) -> None:
        assert len(self.bench.video.open_streams) <= 2 * len(self.bench.console.shown_tiles())

    def teardown(self) -> None:
        """When all is well again every tile is live; when the wall is cleared nothing is left."""
        bench = self.bench
        bench.video.acknowledges = True
        bench.video.acknowledge()
        self.registry_changes_its_mind(False, None)
        self._list(dict.fromkeys(NAMES, "both"))
        bench.do(Back(1))
        bench.size_tiles()
        bench.play(1500.0, step_s=5.0)
        assert set(bench.signs().values()) <= {Sign.LIVE}
        shown = [bench.slot(number) for number in bench.signs()]
        is_maximised = bench.console.wall.monitor(1).maximised is not None
        assert set(shown) <= set(bench.video.open_slots)
        assert len(bench.video.open_slots) <= len(shown) + is_maximised
        bench.do(ApplyLayout(1, "9"), *[ClearTile(tile(number)) for number in range(1, 10)])
        bench.play(1500.0, step_s=5.0)
        assert bench.video.open_slots == [] and bench.video.open_streams == {}
        assert bench.registry.held == []
        assert all(slot.closes == 1 for slot in bench.video.slots)


def test_whatever_happens_the_wall_stays_honest_and_leaves_nothing_behind() -> None:
    run_state_machine_as_test(Console, settings=settings(max_examples=60, stateful_step_count=40, deadline=None))
