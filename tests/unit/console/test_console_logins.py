"""Whatever happens at a relay and its camera: no login that was refused is shown again within five minutes."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.failure import Failure, Reason
from app.core.model import Lease, Login, StreamKey
from app.core.redact import Secret
from tests.unit.console.console_bench import WALL_PX, camera, main, sub, tile
from tests.unit.console.lease_bench import LeaseBench

GUARD_S = 300.0
WRONG = Failure(Reason.UNAUTHORIZED)


def shown_to(lease: Lease) -> tuple[str, Login]:
    """Who is shown which login by an open."""
    endpoint = lease.endpoints[0]
    return endpoint.kind, lease.login(endpoint)


class Sector:
    """A camera with both streams on the wall, its relay, a registry that changes logins, and what they count."""

    def __init__(self, has_own_login: bool) -> None:
        self.bench = LeaseBench(cameras=[camera("A", credential_version=1)])
        self.bench.kinds = ("relay", "camera")
        self._has_own_login = has_own_login
        self._versions = 0
        self.change_relay()
        self.refused_s: dict[tuple[str, Login], float] = defaultdict(lambda: -GUARD_S)
        self._seen = 0
        self.bench.console.set_tile_size(tile(2), *WALL_PX)
        self.bench.assign(t1="A", t2="A")
        self.check()

    def change_relay(self) -> None:
        """Let the relay have another login in new leases, if it has one of its own."""
        self._versions += 1
        self.bench.relay_login = Login("pos", Secret(str(self._versions))) if self._has_own_login else None

    def answer(self, key: StreamKey, failure: Failure | None) -> None:
        """Let whoever was asked for a stream fail it, or describe it."""
        opening = self.bench.video.open_streams.get(key)
        if opening is None:
            return
        if failure is WRONG:
            self.refused_s[shown_to(opening.lease)] = self.bench.now_s
        if failure is None:
            self.refused_s.pop(shown_to(opening.lease), None)
            self.bench.video.describe(key)
            self.bench.pump()
        else:
            self.bench.fail(key, failure)

    def check(self) -> None:
        """Every open since the last look shows nobody what they have refused within five minutes."""
        new = self.bench.video.openings[self._seen :]
        self._seen += len(new)
        for opening in new:
            assert self.bench.now_s - self.refused_s[shown_to(opening.lease)] >= GUARD_S


def happen(sector: Sector, what: str) -> None:
    """One of the things that may happen."""
    bench = sector.bench
    key = main("A") if what.endswith("main") else sub("A")
    match what.split()[0]:
        case "refuse":
            sector.answer(key, WRONG)
        case "forbid":
            sector.answer(key, Failure(Reason.FORBIDDEN))
        case "lose":
            sector.answer(key, Failure(Reason.REFUSED))
        case "describe":
            sector.answer(key, None)
        case "relay":
            sector.change_relay()
        case "newer":
            bench.version += 1
            bench.username = f"viewer {bench.version}"
            bench.list_version(bench.version)
        case "clear":
            bench.clear(1)
        case "assign":
            bench.assign(t1="A")
        case "second":
            bench.wait(1.0)
        case "minute":
            bench.wait(60.0)
        case "play":
            bench.play(20.0)


_STREAMS = [f"{what} {which}" for what in ("refuse", "lose", "describe", "forbid") for which in ("sub", "main")]
happenings = st.sampled_from(
    [*_STREAMS, *("relay", "newer", "clear", "assign", "second", "second", "minute", "play")]
)


@settings(max_examples=80, deadline=None)
@given(st.booleans(), st.lists(happenings, min_size=6, max_size=30))
@example(True, ["lose sub", "second", "refuse sub", "second", "describe sub", "play", "lose main", "second"])
@example(True, ["refuse sub", "refuse main", "second", "describe sub", "play", "lose sub", "lose main", "second"])
@example(False, ["refuse sub", "second", "clear", "assign", "second", "minute", "second"])
def test_nobody_is_shown_within_five_minutes_what_they_refused(has_own_login: bool, events: list[str]) -> None:
    sector = Sector(has_own_login)
    for event in events:
        happen(sector, event)
        sector.check()
