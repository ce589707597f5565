"""`pantau doctor`: whether this PC can show the wall, and how much of it. For IT, at a prompt, in English.

Runs on the main thread.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

from app.config.budget_file import save_budget
from app.config.folders import cache_folder, state_folder
from app.config.settings import Settings
from app.config.whole_file import write_whole
from app.core.errors import ConfigError, ConsoleError
from app.core.tile_budget import SizeClass, TileBudget
from app.core.utc import rfc3339
from app.doctor.capacity import Sustained
from app.doctor.finding import EXIT_CODES, Finding, Level, worst
from app.doctor.software import look_at_screens, look_at_software
from app.doctor.surroundings import look_at_disk, look_at_keyring, look_at_registry, look_at_settings
from app.doctor.tiles import budget_of, finding_of, measure, ways

DESCRIPTION = """\
Looks at everything that the wall needs, and measures how many tiles of 360p, 720p and 1080p this PC sustains
in each way of playing that works here; a window opens meanwhile where there is a display. The wall keeps to the
measured number from the next start on (setting video.keep_budget). It takes two to four minutes; --quick leaves
the measuring out and takes some seconds.
Exit code 0: all is fine; 1: the wall runs with less than it could, see the lines with WARNING; 2: it cannot run,
see CANNOT RUN, or a usage error."""
REPORT_NAME = "doctor.json"
"""The last report, kept beside the tile budget: `pantau diagnose` takes it along."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything into this file, too")
    parser.add_argument("--quick", action="store_true", help="measure no tiles")


def run(options: argparse.Namespace, settings: Settings, version: str) -> int:
    """Look, measure, say it, keep it.

    Args:
        options: of the command line.
        settings: of this PC.
        version: of this program.

    Raises:
        ConfigError: the report's file cannot be written.
    """
    if options.json is not None and not options.json.parent.is_dir():
        raise ConfigError(f"there is no folder {options.json.parent} to write {options.json.name} into")
    findings: list[Finding] = []
    for finding in _look(settings):
        _tell(finding, findings)
    if not options.quick and worst(findings) is not Level.CANNOT:
        _measure(findings)
    _keep(findings, version, options.json)
    level = worst(findings)
    print(f"{level.value}: exit code {EXIT_CODES[level]}")
    return EXIT_CODES[level]


def _look(settings: Settings) -> Iterator[Finding]:
    yield from look_at_software()
    yield look_at_screens()
    yield look_at_settings(settings)
    yield from look_at_registry(settings)
    yield look_at_keyring(settings)
    yield from look_at_disk()


def _tell(finding: Finding, findings: list[Finding]) -> None:
    findings.append(finding)
    print(finding.line(), flush=True)


def _measure(findings: list[Finding]) -> None:
    figures = {finding.subject: finding.figures for finding in findings}
    has_hardware = bool(figures["graphics card"].get("is_used"))
    found_ways = ways(has_hardware=has_hardware, has_vlc=bool(figures["libVLC"].get("version")))
    found: list[Sustained] = []
    try:
        for each in measure(found_ways, cache_folder() / "doctor", _progress):
            found += [each] if isinstance(each, Sustained) else []
            _tell(finding_of(each) if isinstance(each, Sustained) else each, findings)
    except ConsoleError as error:
        _tell(Finding("tiles", Level.WARNING, str(error)), findings)
    _keep_budget(budget_of(found, found_ways[0].name), findings)


def _keep_budget(budget: TileBudget, findings: list[Finding]) -> None:
    if len(budget.sustained) < len(SizeClass):
        _tell(Finding("budget", Level.WARNING, "not every size was measured: the limit stays as it is"), findings)
        return
    save_budget(state_folder(), budget)
    counts = ", ".join(f"{count} of {size.value}" for size, count in budget.sustained.items())
    _tell(Finding("budget", Level.FINE, f"the wall keeps to {counts}, or a mixture of them"), findings)


def _progress(line: str) -> None:
    print(f"            {line}", flush=True)


def _keep(findings: list[Finding], version: str, path: Path | None) -> None:
    """Write the report where it is wanted, and where `pantau diagnose` finds it."""
    document = {
        "version": version,
        "made": rfc3339(time.time()),
        "level": worst(findings).value,
        "findings": [finding.as_json() for finding in findings],
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    for each in (state_folder() / REPORT_NAME, *([path] if path is not None else [])):
        write_whole(each, text)
