"""`python3 dev.py bench posts`: hundreds of simulated posts ask one registry, on SQLite and on PostgreSQL.

All of them see the city's 10,000 cameras. They enrol, take the catalogue, lease a wall's streams, send journals,
beat and wait for changes; then the registry is killed under all of them and started again. Posts and registry are
on this machine, and nothing leaves it.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.demo.registry.data_place import DataPlace, data_place
from app.demo.registry.database import Database
from tests.bench.crowd.ledger import most_in_a_second
from tests.bench.crowd.run import Outcome, Plan, run_crowd
from tests.bench.crowd.server import CrowdServer
from tests.bench.table import print_machine
from tests.support.postgres import PostgresServer

DELTA_GOAL_S = 5.0
POSTS_MAX = 2_000
TIMED = (
    "enrolment", "token", "meta", "jurisdictions", "snapshot", "first sync", "leases", "journal batch",
    "heartbeat", "change",
)  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Measure and print; 0 when every change reached every post in time and nothing was lost."""
    options = _options(words)
    print_machine()
    plan = Plan(options.posts, options.changes, options.spread, options.steady)
    outcomes: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="pantau-bench-") as folder:
        for name, workers in _cases(options):
            with _place(name, Path(folder), options.data) as place:
                title = f"{name}, {workers} worker{'s' if workers > 1 else ''}"
                outcomes[title] = _measured(place, workers, Path(folder), plan)
                print_outcome(title, outcomes[title], plan)
    if options.json:
        document = {title: figures(outcome) for title, outcome in outcomes.items()}
        Path(options.json).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0 if all(is_good(outcome) for outcome in outcomes.values()) else 1


def is_good(outcome: Outcome) -> bool:
    """Whether nothing was lost and changes were quick."""
    return outcome.lost == 0 and outcome.ledger.percentiles_s("change")[1] <= DELTA_GOAL_S


def figures(outcome: Outcome) -> Mapping[str, object]:
    """What was measured, for a file."""
    ledger = outcome.ledger
    timed = {
        name: dict(zip(("p50_s", "p99_s", "max_s"), ledger.percentiles_s(name), strict=True)) for name in TIMED
    }
    return {
        "took": timed,
        "counts": dict(ledger.counts),
        "lost_changes": outcome.lost,
        "steady_cores": outcome.steady_cores,
        "memory_mb": outcome.memory_mb,
        "recovered_s": outcome.recovered_s,
        "attempts_in_a_second": most_in_a_second(ledger.attempts_s),
    }


def print_outcome(title: str, outcome: Outcome, plan: Plan) -> None:
    """A table for people."""
    ledger = outcome.ledger
    print(f"\n{plan.posts} posts, {title}\n{'':<16}{'number':>8}{'p50 ms':>10}{'p99 ms':>10}{'most ms':>10}")
    for name in TIMED:
        row = "".join(f"{1000 * each:>10.0f}" for each in ledger.percentiles_s(name))
        print(f"{name:<16}{len(ledger.took_s[name]):>8}{row}")
    for name, number in ledger.counts.items():
        print(f"{name}: {number:,}")
    print(f"changes that a post was not told: {outcome.lost}")
    print(f"waiting and beating: {outcome.steady_cores:.2f} of a core, {outcome.memory_mb:.0f} MB")
    busiest = most_in_a_second(ledger.attempts_s)
    back = "never" if math.isnan(outcome.recovered_s) else f"{outcome.recovered_s:.1f} s after it listened again"
    print(f"killed and started again: at most {busiest} tries in a second, the last post back {back}", flush=True)


def _measured(place: DataPlace, workers: int, folder: Path, plan: Plan) -> Outcome:
    with CrowdServer(place, workers, folder) as server:
        return run_crowd(server, Database(place), plan)


def _cases(options: argparse.Namespace) -> Iterator[tuple[str, int]]:
    if options.data:
        yield "--data", options.workers or 1
        return
    yield "SQLite", options.workers or 1
    yield "PostgreSQL", options.workers or 2


@contextmanager
def _place(name: str, folder: Path, data: str | None) -> Iterator[DataPlace]:
    with ExitStack() as stack:
        if data:
            yield data_place(data)
        elif name == "SQLite":
            yield folder / "registry.sqlite"
        else:
            yield stack.enter_context(PostgresServer(is_durable=True)).new_database()


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench posts", description=__doc__)
    parser.add_argument("--posts", type=int, default=500, help="how many")
    parser.add_argument("--data", metavar="PLACE", help="a file or postgresql://… instead of one of each kind")
    parser.add_argument("--workers", type=int, help="processes that answer; 1 on SQLite and 2 on PostgreSQL")
    parser.add_argument("--changes", type=int, default=20, help="changes of the catalogue, one a second")
    parser.add_argument("--spread", type=float, default=60.0, help="seconds over which first syncs are drawn")
    parser.add_argument("--steady", type=float, default=20.0, help="seconds of heartbeats alone")
    parser.add_argument("--json", metavar="FILE", help="also write the figures there")
    options = parser.parse_args(words)
    if (
        not 1 <= options.posts <= POSTS_MAX
        or options.changes > 100
        or options.spread > 600
        or options.steady > 600
    ):
        parser.error(f"at most {POSTS_MAX} posts, 100 changes and 600 s are simulated")
    return options
