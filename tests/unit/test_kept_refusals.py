"""A refused login is waited out over restarts, whatever becomes of the file and of this PC's clock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.console.accounts import Accounts
from app.core.failure import Failure, Reason
from app.core.login import Account, Refusal
from app.core.model import Login
from app.core.redact import Secret
from app.refusals import FILE_NAME, KeptRefusals
from tests.unit.console.console_bench import STEP_S, sub
from tests.unit.console.lease_bench import LeaseBench

KEY, OTHER_KEY = Secret("the post's key"), Secret("another post's")
GUARD_S = 300.0
CAMERA = "0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001"
WALL_S = 1_800_000_000.0
"""This PC's clock when the wall is first started."""
WRONG_PASSWORD = Failure(Reason.UNAUTHORIZED)
_GOOD = {
    "account": CAMERA,
    "is_relays": False,
    "version": 3,
    "until_s": int(WALL_S) + 200,
    "by_relay": False,
    "reason": "login-unheard",
}


class Clocks:
    """This PC's two clocks; each start begins another monotonic one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self.wall_s, self.now_s = WALL_S, 50.0

    def start(self, key: Secret = KEY, monotonic_s: float = 50.0) -> KeptRefusals:
        self.now_s = monotonic_s
        return KeptRefusals(self._path, key, lambda: self.wall_s, lambda: self.now_s)

    def keep(self, *refusals: Refusal) -> None:
        memory = self.start()
        memory.keep(refusals)
        memory.stop()

    def waits_s(self) -> list[float]:
        """How long what was kept is to be waited out after one more start."""
        memory = self.start(monotonic_s=7000.0)
        found = [each.until_s - self.now_s for each in memory.recall()]
        memory.stop()
        return found


@pytest.fixture
def clocks(tmp_path: Path) -> Clocks:
    return Clocks(tmp_path)


def refusal(name: str = CAMERA, *, left_s: float = GUARD_S, is_relays: bool = False) -> Refusal:
    return Refusal(Account(name, is_relays), 3, 50.0 + left_s - GUARD_S, 50.0 + left_s, by_relay=is_relays)


def test_what_was_refused_is_known_after_the_next_start_and_waits_for_the_rest_of_its_time(clocks: Clocks) -> None:
    clocks.keep(refusal(), refusal("mark", is_relays=True))
    clocks.wall_s += 100.0
    memory = clocks.start(monotonic_s=7000.0)
    assert list(memory.recall()) == [
        Refusal(Account(CAMERA), 3, 6900.0, 7200.0, by_relay=False),
        Refusal(Account("mark", is_relays=True), 3, 6900.0, 7200.0, by_relay=True),
    ]
    memory.stop()


def test_what_is_over_is_neither_written_nor_recalled(clocks: Clocks, tmp_path: Path) -> None:
    clocks.keep(refusal("over", left_s=0.0), refusal())
    assert "over" not in (tmp_path / FILE_NAME).read_text("utf-8")
    clocks.wall_s += GUARD_S
    assert clocks.waits_s() == []


def test_a_clock_that_was_set_back_makes_no_wait_longer_than_it_was_at_its_beginning(clocks: Clocks) -> None:
    clocks.keep(refusal())
    clocks.wall_s -= 400 * 86_400.0
    assert clocks.waits_s() == [GUARD_S]
    clocks.wall_s += 100.0
    assert clocks.waits_s() == [GUARD_S - 100.0], "the file has learnt of it"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 2, "refusals": []}',
        '{"version": 1, "refusals": [], "more": 1}',
        *(
            json.dumps({"version": 1, "refusals": [entry]})
            for entry in (
                7,
                {},
                {**_GOOD, "account": 7},
                {**_GOOD, "version": True},
                {**_GOOD, "until_s": "soon"},
                {**_GOOD, "until_s": 10**400},
                {**_GOOD, "by_relay": 1},
                {**_GOOD, "is_relays": None},
                {**_GOOD, "reason": "not-found"},
                {**_GOOD, "reason": 7},
                {**_GOOD, "more": 1},
            )
        ),
    ],
)
def test_a_torn_or_foreign_file_is_no_error_and_is_put_aside(clocks: Clocks, tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert clocks.waits_s() == []
    assert (tmp_path / FILE_NAME).read_text("utf-8") == text
    memory = clocks.start()
    memory.recall()
    memory.keep([refusal()])
    memory.stop()
    assert clocks.waits_s() == [GUARD_S]
    assert (tmp_path / "refusals.broken-1.json").read_text("utf-8") == text


def test_the_good_entry_of_these_tests_is_good(clocks: Clocks, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps({"version": 1, "refusals": [_GOOD]}), "utf-8")
    assert clocks.waits_s() == [200.0]


def test_a_folder_that_cannot_be_written_to_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("", "utf-8")
    memory = KeptRefusals(tmp_path / "blocked" / FILE_NAME, KEY)
    memory.recall()
    memory.keep([Refusal(Account(CAMERA), 1, 0.0, 1e9, by_relay=False)])
    memory.stop()


# ---- a wall that is started again


def refused_wall(memory: KeptRefusals, clocks: Clocks, login: Login | None = None) -> LeaseBench:
    """A wall whose one camera, or its relay, refuses what it is shown."""
    bench = LeaseBench(accounts=Accounts(memory))
    if login is not None:
        bench.kinds, bench.relay_login = ("relay",), login
    bench.now_s = clocks.now_s
    bench.assign(t1="A")
    if bench.opened:
        bench.fail(sub("A"), WRONG_PASSWORD)
    return bench


@pytest.mark.parametrize("login", [None, Login("pos", Secret("canary relay"))])
def test_a_wall_that_is_started_again_does_not_try_a_refused_password_again(
    clocks: Clocks, tmp_path: Path, login: Login | None
) -> None:
    first = clocks.start()
    assert refused_wall(first, clocks, login).opened == [sub("A")]
    first.stop()
    clocks.wall_s += 100.0
    again = clocks.start(monotonic_s=1000.0)
    bench = refused_wall(again, clocks, login)
    again.stop()
    refused = Failure(Reason.UNAUTHORIZED, at_relay=login is not None)
    assert bench.opened == [] and bench.status(1).failure == refused
    bench.wait(GUARD_S - 100.0 - STEP_S)
    assert bench.opened == []
    bench.wait(2 * STEP_S)
    assert bench.opened == [sub("A")]
    text = (tmp_path / FILE_NAME).read_text("utf-8")
    assert "canary" not in text and "relay.example" not in text and "camera.example" not in text


def test_another_password_is_tried_at_once_after_a_start(clocks: Clocks) -> None:
    first = clocks.start()
    refused_wall(first, clocks)
    first.stop()
    again = clocks.start()
    bench = LeaseBench(accounts=Accounts(again))
    bench.version, bench.now_s = 2, clocks.now_s
    bench.assign(t1="A")
    again.stop()
    assert bench.opened == [sub("A")]


def test_the_mark_of_a_relays_login_is_the_posts_own(clocks: Clocks) -> None:
    memories = [clocks.start(), clocks.start(), clocks.start(OTHER_KEY)]
    one, again, other = (memory.mark_key for memory in memories)
    for memory in memories:
        memory.stop()
    assert one == again != other and KEY.reveal().encode() not in one
