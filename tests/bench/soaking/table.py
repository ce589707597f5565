"""Prints a soak for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.bench.soaking.figures import ALL_MEMORY, Judgement, Sample, judged_rests
from tests.bench.soaking.plan import PLAY_STOPS_PER_HOUR, WARM_UP_HOURS, Week

if TYPE_CHECKING:
    from tests.bench.soaking.run import Soaked

_COLUMNS = "{:<40} {:>9} {:>9} {:>12} {:>12} {:>12} {:>14}  {}"
_MOST_LINES = 12
_DIGITS = re.compile(r"\d+")


def print_intent(week: Week) -> None:
    """What is going to happen, and what an hour means."""
    print(
        f"{week.play_stops} play/stops, {week.outages} outages, {week.layout_changes} layout changes:"
        f" {week.hours:.1f} hours of a week in which {PLAY_STOPS_PER_HOUR:.1f} play/stops are an hour;"
        f" judged after the first {WARM_UP_HOURS:g} h, at {len(week.rests()) - 1} rests of the same wall",
        flush=True,
    )


def print_progress(sample: Sample, seconds: float) -> None:
    """Where it stands."""
    told, reading = sample.told, sample.reading
    print(
        f"{seconds:6.0f} s  hour {sample.hour:5.1f}  {told['play_stops']} play/stops, {sample.outages} outages,"
        f" {told['layout_changes']} layouts; {told['live']} of {told['tiles']} live;"
        f" {ALL_MEMORY.value(sample):.0f} MB, {sum(each.fds for each in reading.processes)} fds,"
        f" {sum(each.threads for each in reading.processes)} threads, {reading.segments} segments,"
        f" {reading.zombies} zombies",
        flush=True,
    )


def print_result(week: Week, soaked: Soaked, judgements: Sequence[Judgement]) -> None:
    """The table, and what was done."""
    print()
    print(_COLUMNS.format("at rest", "first", "last", "a week's h", "a real h", "growth", "limit", ""))
    for each in judgements:
        print(_row(each))
    print()
    _print_done(week, soaked)
    _print_hints(judged_rests(soaked.samples))
    verdict = "flat" if all(each.is_flat for each in judgements) else "NOT FLAT"
    print(
        verdict if judgements else "too short to be judged",
        "" if soaked.is_complete else "(the week was not run to its end)",
    )


def _row(each: Judgement) -> str:
    unit = f" {each.series.unit}" if each.series.unit else ""
    return _COLUMNS.format(
        each.series.name,
        f"{each.first:.1f}",
        f"{each.last:.1f}",
        f"{each.per_hour:+.3f}{unit}",
        f"{each.per_real_hour:+.1f}{unit}",
        f"{each.growth:+.1f}{unit}",
        each.limit,
        "flat" if each.is_flat else "GROWS",
    )


def _print_done(week: Week, soaked: Soaked) -> None:
    last = soaked.samples[-1].told if soaked.samples else {}
    print(
        f"in {soaked.seconds / 60:.1f} minutes: {last.get('play_stops', 0)} of {week.play_stops} play/stops,"
        f" {soaked.outages.total()} of {week.outages} outages,"
        f" {last.get('layout_changes', 0)} of {week.layout_changes} layout changes,"
        f" {last.get('other_commands', 0)} other commands; given up: {last.get('given_up', 0)} cameras"
    )
    print("outages: " + ", ".join(f"{count} {kind.value}" for kind, count in soaked.outages.most_common()))
    rests = [sample for sample in soaked.samples if "is_steady" in sample.told]
    print(f"rests: {len(rests)}, of which {sum(not sample.is_rest for sample in rests)} did not become steady")
    for sample in rests:
        for words in sample.told["nudged"]:
            print(f"  called up anew at hour {sample.hour:.1f}: {words}")
    if soaked.ended:
        print("GUI gap: p99 {gui_gap_p99_ms:.1f} ms, longest {gui_gap_max_ms:.0f} ms".format_map(soaked.ended))
    print("the cameras' password: " + (", ".join(sorted(soaked.leaks)) or "in nothing that was written or shown"))
    _print_errors(soaked.errors)


def _print_errors(text: str) -> None:
    """What the console complained of: how often each kind, and any traceback."""
    lines = text.splitlines()
    logged = [line.split(maxsplit=3) for line in lines]  # date, time, level, the rest
    kinds = Counter(_DIGITS.sub("N", " ".join(words[2:])) for words in logged if len(words) == 4)
    print(f"the console wrote {len(lines)} lines, {sum('Traceback' in line for line in lines)} tracebacks")
    for words, count in kinds.most_common(_MOST_LINES):
        print(f"  {count:5} × {words}")


def _print_hints(rests: Sequence[Sample]) -> None:
    """What the console holds more of at the last rest than at the first."""
    if len(rests) < 2:
        return
    last = rests[-1].told
    grown = [f"{count:+d} {kind}" for kind, count in last.get("grown", ()) if count > 0]
    print("Python objects, the most grown: " + (", ".join(grown) or "none"))
    print("threads of the console: " + ", ".join(f"{n} {name}" for name, n in last["console_threads"].items()))
    for line in last.get("traced", ()):
        print(f"  {line}")
