"""`pantau registry check`, as whoever builds a registry runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import pytest
from conformance_kit import CANARY, NEXT_OFFICER, OFFICER, checked_registry, code_for
from people_kit import PIN

from app import cli
from app.cli import WallRequest
from tests.support.registry_breaks import LEASE
from tests.support.wrong_registry import Break, header, on

CODE = "7KQ2-M9XD-RT4V-08WB"
NOWHERE = "http://127.0.0.1:1"


def no_wall(_: WallRequest) -> NoReturn:
    raise AssertionError("no wall was asked for")


def run(*arguments: str | Path) -> int:
    return cli.main(["registry", "check", *map(str, arguments)], no_wall)


def pin_file(folder: Path, text: str = f"{PIN}\n", name: str = "pin") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_sound_registry_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pin = pin_file(tmp_path)
    with checked_registry(tmp_path) as registry:
        words = [registry.url, "--enrol", code_for(registry), "--officer", OFFICER, "--pin-file", pin]
        code = run(*words, "--next-officer", NEXT_OFFICER, "--next-pin-file", pin)
    said = capsys.readouterr().out.splitlines()
    assert code == 0, said
    assert said[0] == f"{registry.url}: contract 1.0.0"
    assert [line.split()[0] for line in said[1:10]] == [
        *("transport", "access", "catalogue", "leases", "audit", "heartbeats", "shifts", "layouts", "walls"),
    ]
    assert said[1] == "transport   8 passed, 2 skipped"
    assert said[-1].endswith(" passed, 3 skipped") and "Failed" not in said
    assert "  catalogue.changes-paging  nothing changed since the snapshot" in said


def test_what_fails_comes_last_with_what_was_wanted_and_what_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with checked_registry(tmp_path, Break("", "", on(LEASE, header("cache-control", None), 200))) as registry:
        code = run(registry.url, "--enrol", code_for(registry), "--only", "leases")
    said = capsys.readouterr().out
    assert code == 1
    assert said.endswith(
        """
Failed
  leases.no-store
    contract  Leases carry secrets, and are kept by nobody on the way.
    expected  Cache-Control: no-store
    came      no such header
    seen in   POST /v1/stream-leases → 200

18 checks: 17 passed, 1 failed
"""
    )


def test_everything_is_written_as_json(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    with checked_registry(tmp_path, Break("", "", on(LEASE, header("cache-control", None), 200))) as registry:
        enrolment_code = code_for(registry)
        code = run(registry.url, "--enrol", enrolment_code, "--only", "leases", "--only", "audit", "--json", file)
    text = file.read_text(encoding="utf-8")
    report = json.loads(text)
    assert code == 1
    assert report["registry"] == registry.url and report["contract"] == "1.0.0" and report["left_behind"] == []
    assert report["counts"] == {"pass": 34, "fail": 1, "skipped": 0}
    assert {each["group"] for each in report["checks"]} == {"leases", "audit"}
    (failed,) = [each for each in report["checks"] if each["result"] == "fail"]
    assert failed["id"] == "leases.no-store" and failed["expected"] == "Cache-Control: no-store"
    assert failed["evidence"] == {"operation": "POST /v1/stream-leases", "status": 200, "code": "", "field": ""}
    assert CANARY not in text and enrolment_code not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "the following arguments are required: URL, --enrol"),
        ([NOWHERE], "the following arguments are required: --enrol"),
        (["http://registry.example", "--enrol", CODE], "must be reached by https://"),
        (["ftp://registry.example", "--enrol", CODE], "not of the form https://host:port"),
        (["https://me:rahasia@registry.example", "--enrol", CODE], "may not carry a user name or password"),
        ([NOWHERE, "--enrol", "rahasia!"], "--enrol is no enrolment code"),
        ([NOWHERE, "--enrol", CODE, "--only", "everything"], "invalid choice"),
        ([NOWHERE, "--enrol", CODE, "--ca-file", "no-such.pem"], "certificate file no-such.pem"),
        ([NOWHERE, "--enrol", CODE, "--officer", OFFICER], "--officer and --pin-file go together"),
        ([NOWHERE, "--enrol", CODE, "--pin-file", "pin"], "--officer and --pin-file go together"),
        ([NOWHERE, "--enrol", CODE, "--next-officer", OFFICER], "--next-officer and --next-pin-file go together"),
        ([NOWHERE, "--enrol", CODE, "--json", "no-such/report.json"], "there is no folder no-such"),
        ([NOWHERE, "--enrol", CODE, "--officer", OFFICER, "--pin-file", "no-such"], "no-such cannot be read"),
    ],
)
def test_a_usage_error_is_one_line_and_asks_nobody(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1
    assert not told.out and "rahasia" not in told.err


@pytest.mark.parametrize("text", ["", "73019", "7301907", "kata 730190", "730190 730191", "73019x"])
def test_a_file_that_holds_no_pin_is_told_without_what_it_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = pin_file(tmp_path, text)
    assert run(NOWHERE, "--enrol", CODE, "--officer", OFFICER, "--pin-file", file) == 2
    assert capsys.readouterr().err == f"pantau: {file} does not hold a PIN of six digits and nothing else\n"


@pytest.mark.parametrize("number", ["1234567 8", "123456", "-1234567"])
def test_a_number_of_another_form_is_no_service_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    assert run(NOWHERE, "--enrol", CODE, f"--officer={number}", "--pin-file", pin_file(tmp_path)) == 2
    assert capsys.readouterr().err == "pantau: --officer is no service number\n"


def test_nobody_takes_over_from_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pin = pin_file(tmp_path)
    words = ["--officer", OFFICER, "--pin-file", pin, "--next-officer", OFFICER, "--next-pin-file", pin]
    assert run(NOWHERE, "--enrol", CODE, *words) == 2
    assert "takes over from another one" in capsys.readouterr().err


def test_a_registry_that_does_not_answer_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(NOWHERE, "--enrol", CODE) == 1
    said = capsys.readouterr().out
    assert "Nothing answers at 127.0.0.1:1" in said
    assert "  transport.answers\n" in said and "1 failed" in said


def test_help_says_what_it_does_to_a_registry(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    said = capsys.readouterr().out
    for promise in ("enrols one post", "gives every lease back", "gets their PIN wrong once", "shares a layout"):
        assert promise in said
