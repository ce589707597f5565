"""`pantau registry check`: the options of the conformance suite, and its exit codes.

Runs on the main thread. For whoever builds a registry, at a prompt, in English.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from app.conformance.contract import load_contract
from app.conformance.guest import Guest, OfficerPin
from app.conformance.report import closing_lines, group_line, report_json
from app.conformance.suite import GROUPS, Verdict, run_checks
from app.conformance.verdict import Outcome, Result
from app.conformance.visit import Visit
from app.conformance.wire import Wire
from app.core.errors import ConfigError
from app.core.redact import Secret

HELP = "say whether a registry keeps to the contract"
DESCRIPTION = """\
Asks a registry, rule by rule, what the contract (resources/openapi/registry.v1.json) asks of it.
Exit code 0: everything passed or was skipped with a reason; 1: something failed; 2: a usage error.

What it does there, and what it leaves behind:
  - it enrols one post with the code, which is used up; the post stays until IT removes it. Give it a
    code for a post of its own, with a scope that has some cameras in service;
  - it leases the streams of up to seven cameras, opens none, and gives every lease back;
  - it writes four lines into that post's own journal, which stay there; they name no camera and no officer;
  - it sends that code again when it is used up, four times at most, and some heartbeats of that post;
  - it reports a wall of its own post that shows nothing; the report stays with the post;
  - with --officer it signs that officer in and off again some times, which ends a shift that they have elsewhere,
    and gets their PIN wrong once. In their name it shares a layout in the post's unit, changes and deletes it.
    Three more wrong PINs, which are to be slowed, are for a service number that nobody has. Use an officer who
    was made for this. With --next-officer that one takes over and is signed off; the shifts and the handover
    stay in that post's history. If one of both is a chief who commands the post, they order a layout and hours
    onto its wall, and take both back.
It writes nothing else, guesses no PIN, and repeats no token, secret, code or PIN in what it says."""
EXIT_PASSED, EXIT_FAILED = 0, 1
_CODE = re.compile(r"[0-9A-Za-z-]{8,64}")
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{6,31}")
_PIN = re.compile(r"[0-9]{6}", re.ASCII)
_PIN_FILE_MAX_BYTES = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("url", metavar="URL", help="the registry's address, https://…; http:// for this machine only")
    add("--enrol", required=True, metavar="CODE", help="a one-time code for a post of the suite's own")
    add("--ca-file", type=Path, metavar="FILE.pem", help="the authority that signs the registry's certificate")
    add("--officer", metavar="NUMBER", help="the service number of an officer who may be signed in and off")
    add("--pin-file", type=Path, metavar="FILE", help="a file that holds that officer's PIN and nothing else")
    add("--next-officer", metavar="NUMBER", help="another one, who takes over from the first")
    add("--next-pin-file", type=Path, metavar="FILE", help="a file that holds the other one's PIN")
    add("--only", action="append", choices=GROUPS, default=[], metavar="GROUP", help=", ".join(GROUPS))
    add("--json", type=Path, metavar="FILE", help="write everything into this file")


def run(options: argparse.Namespace, version: str) -> int:
    """Make the checks and say what came of them.

    Args:
        options: of the command line.
        version: of this program, for the report.

    Raises:
        ConfigError: an option cannot be used.
    """
    if options.json is not None and not options.json.parent.is_dir():
        raise ConfigError(f"there is no folder {options.json.parent} to write {options.json.name} into")
    contract, guest = load_contract(), _guest(options)
    wire = Wire(options.url, options.ca_file)
    print(f"{wire.url}: contract {contract.version}", flush=True)
    verdict = run_checks(Visit(wire, contract, guest), options.only, _tell)
    for line in closing_lines(verdict):
        print(line)
    if options.json is not None:
        _write(options.json, report_json(verdict, wire.url, contract.version, version))
    return _exit_code(verdict)


def _tell(group: str, results: Sequence[Result]) -> None:
    print(group_line(group, results), flush=True)


def _exit_code(verdict: Verdict) -> int:
    return EXIT_FAILED if verdict.count(Outcome.FAILED) else EXIT_PASSED


def _guest(options: argparse.Namespace) -> Guest:
    code = options.enrol.strip()
    if not _CODE.fullmatch(code):
        raise ConfigError("--enrol is no enrolment code: 8 to 64 letters, digits and hyphens")
    officer = _officer(options.officer, options.pin_file, "--officer and --pin-file")
    next_officer = _officer(options.next_officer, options.next_pin_file, "--next-officer and --next-pin-file")
    if next_officer and (officer is None or officer.service_number == next_officer.service_number):
        raise ConfigError("--next-officer takes over from another one, who is given by --officer")
    return Guest(Secret(code), officer, next_officer)


def _officer(number: str | None, pin_file: Path | None, options: str) -> OfficerPin | None:
    if number is None and pin_file is None:
        return None
    if number is None or pin_file is None:
        raise ConfigError(f"{options} go together")
    if not _NUMBER.fullmatch(number):
        raise ConfigError(f"{options.partition(' ')[0]} is no service number")
    return OfficerPin(number, _pin(pin_file))


def _pin(path: Path) -> Secret:
    """The PIN of a file.

    Raises:
        ConfigError: there is none; the sentence repeats nothing of the file.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_PIN_FILE_MAX_BYTES).decode("ascii", "replace").strip()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    if not _PIN.fullmatch(text):
        raise ConfigError(f"{path} does not hold a PIN of six digits and nothing else")
    return Secret(text)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from None
