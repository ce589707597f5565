"""`dev.py` installs what is missing, nothing twice, and says in a sentence what cannot be had."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from devtools import commands, locks, packages, steps, system, venv
from devtools.bundling import contents, freeze
from devtools.commands import lock_of, main, parse, parse_setup, program_of
from devtools.locks import HEADER, ROOT, Lock, check_neutral
from devtools.packages import NEEDS, Command, Need, SystemPackage, needs_of, venv_need
from devtools.steps import SetupError, StepError, listing, run_step
from devtools.system import Missing, by_hand, chosen_names, give_up, missing_of, parse_installed
from devtools.venv import Stamp, State, judge

SHOWS = Need("shows", (SystemPackage(("libshow2", "libshow1"), library="libshow.so.1"),), frozenset(Command))
DECODES = Need("decodes", (SystemPackage(("libdec1",)),), frozenset({Command.DEMO}), without="nothing decodes")


# --- the table ---


def test_the_wall_needs_less_than_its_tests() -> None:
    assert set(needs_of(Command.DEMO)) == set(needs_of(Command.RUN)) < set(needs_of(Command.TEST))
    assert set(needs_of(Command.TEST)) < set(needs_of(Command.BENCH))


@pytest.mark.parametrize("command", [Command.CHECK, Command.LOCK])
def test_what_draws_nothing_needs_no_system_package(command: Command) -> None:
    assert needs_of(command) == ()


def test_only_libvlc_can_be_gone_without() -> None:
    assert [need.packages[0].names for need in NEEDS if need.is_optional] == [("libvlc5",)]


def test_no_package_stands_in_the_table_twice() -> None:
    names = [name for need in NEEDS for package in need.packages for name in package.names]
    assert len(names) == len(set(names))


def test_the_venv_package_is_that_of_the_python_that_makes_it() -> None:
    assert venv_need((3, 12)).packages[0].names == ("python3.12-venv",)


# --- system packages ---


def test_an_older_name_of_an_installed_package_is_enough() -> None:
    assert missing_of([SHOWS, DECODES], frozenset({"libshow1", "libdec1"})) == ()


def test_what_is_missing_is_told_by_need() -> None:
    assert missing_of([SHOWS, DECODES], frozenset({"libshow2"})) == (Missing(DECODES, DECODES.packages),)


def test_a_removed_package_with_its_settings_left_is_not_installed() -> None:
    answer = "installed libshow1\nconfig-files libdec1\nnot-installed \n\n"
    assert parse_installed(answer) == {"libshow1"}


def test_the_newest_name_that_apt_knows_is_installed() -> None:
    assert chosen_names(SHOWS.packages, frozenset({"libshow1", "libshow2"})) == (["libshow2"], [])
    assert chosen_names(SHOWS.packages, frozenset({"libshow1"})) == (["libshow1"], [])
    assert chosen_names(SHOWS.packages, frozenset()) == ([], ["libshow1"])


def test_what_can_be_gone_without_costs_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    give_up([Missing(DECODES, DECODES.packages)], "no archive")
    assert capsys.readouterr().err == "nothing decodes (no archive).\n"


def test_what_is_needed_ends_the_setup_with_the_command_to_type() -> None:
    everything = [Missing(DECODES, DECODES.packages), Missing(SHOWS, SHOWS.packages)]
    with pytest.raises(SetupError, match=r"\(no archive\).*apt-get install libshow1$"):
        give_up(everything, "no archive")


def test_another_system_is_told_what_to_look_for() -> None:
    assert by_hand([Missing(SHOWS, SHOWS.packages)]) == (
        "Missing: libshow.so.1 (Debian's libshow1). Install what has it with this system's package manager."
    )


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (["E: Failed to fetch http://x  Could not resolve"], "the package archive is not reachable"),
        (["dpkg: error: No space left on device"], "the disk is full"),
        (["E: Unable to locate package x."], "Unable to locate package x"),
        ([], "apt-get failed"),
    ],
)
def test_why_apt_failed_is_told_in_words(output: list[str], reason: str) -> None:
    assert system.apt_reason(output) == reason


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Get:3 http://a b/main amd64 libvlc5 amd64 3.0", "fetching libvlc5"),
        ("Unpacking libvlc5:amd64 (3.0) ...", "unpacking libvlc5:amd64"),
        ("Setting up libvlc5:amd64 (3.0) ...", "setting up libvlc5:amd64"),
        ("Reading package lists...", None),
        ("", None),
    ],
)
def test_apt_is_followed_by_package(line: str, text: str | None) -> None:
    assert system.apt_progress(line) == text


def test_vlc_is_found_where_windows_installs_it(tmp_path: Path) -> None:
    assert system.windows_vlc_folder({"ProgramFiles": str(tmp_path)}) is None
    folder = tmp_path / "VideoLAN" / "VLC"
    folder.mkdir(parents=True)
    (folder / "libvlc.dll").touch()
    assert system.windows_vlc_folder({"ProgramFiles": str(tmp_path)}) == folder
    assert system.windows_vlc_folder({}) is None


# --- the virtual environment ---

RUN_STAMP = Stamp(python="/usr/bin/python3.11", root="/pantau", lock="run.txt", digest="r1")
DEV_STAMP = replace(RUN_STAMP, lock="dev.txt", digest="d1")
DIGESTS = {"run.txt": "r1", "dev.txt": "d1"}


@pytest.mark.parametrize(
    ("found", "wanted", "state"),
    [
        (RUN_STAMP, RUN_STAMP, State.FITS),
        (DEV_STAMP, DEV_STAMP, State.FITS),
        (DEV_STAMP, RUN_STAMP, State.FITS),
        (RUN_STAMP, DEV_STAMP, State.OUTDATED),
        (None, RUN_STAMP, State.OUTDATED),
        (replace(RUN_STAMP, digest="r0"), RUN_STAMP, State.OUTDATED),
        (replace(DEV_STAMP, digest="d0"), RUN_STAMP, State.OUTDATED),
        (replace(RUN_STAMP, lock="old.txt"), RUN_STAMP, State.OUTDATED),
        (replace(RUN_STAMP, python="/usr/bin/python3.13"), RUN_STAMP, State.UNUSABLE),
        (replace(RUN_STAMP, root="/elsewhere"), RUN_STAMP, State.UNUSABLE),
    ],
)
def test_the_stamp_decides_what_is_done(found: Stamp | None, wanted: Stamp, state: State) -> None:
    assert judge(found, wanted, DIGESTS, has_python=True) is state
    assert judge(found, wanted, DIGESTS, has_python=False) is State.UNUSABLE


def test_a_stamp_survives_the_disk(tmp_path: Path) -> None:
    venv.write_stamp(RUN_STAMP, tmp_path)
    assert venv.read_stamp(tmp_path) == RUN_STAMP


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"python": "x"}', '{"unknown": 1}', "\x00"])
def test_a_damaged_stamp_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "pantau-stamp.json").write_text(text)
    assert venv.read_stamp(tmp_path) is None


@pytest.mark.parametrize(
    ("version", "supported"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)]
)
def test_pythons_without_wheels_are_known(version: tuple[int, int], supported: bool) -> None:
    assert venv.is_supported(version) is supported


def test_the_supported_pythons_are_those_of_pyproject() -> None:
    (_, first), (_, last) = venv.SUPPORTED
    assert _project()["requires-python"] == f">=3.{first},<3.{last + 1}"


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (["WARNING: … NewConnectionError(…)", "ERROR: No matching distribution"], "not reachable"),
        (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."], "locked hash"),
        (["ERROR: [Errno 28] No space left on device"], "disk is full"),
        (["SSLError(… CERTIFICATE_VERIFY_FAILED …) Max retries exceeded"], "not trusted"),
        (["ERROR: one", "ERROR: two"], "two"),
        ([], "no reason given"),
    ],
)
def test_why_pip_failed_is_told_in_a_sentence(output: list[str], words: str) -> None:
    assert words in venv.pip_reason(output)


def test_what_pip_installed_is_listed() -> None:
    lines = venv.installed_packages(["Collecting a", "Successfully installed a-1.0 b-2.1"])
    assert lines == ["2 installed: a-1.0, b-2.1"]
    assert venv.installed_packages(["Requirement already satisfied: a"]) == []


def test_pip_is_followed_by_package() -> None:
    assert venv.pip_progress("Collecting av==18.1.0 (from -r run.txt)") == "fetching av==18.1.0"
    assert venv.pip_progress("  Downloading av.whl (30 MB)") is None


# --- the lock ---


@pytest.mark.parametrize("lock", Lock)
def test_a_lock_names_packages_and_hashes_only(lock: Lock) -> None:
    text = lock.path.read_text("utf-8")
    assert text.startswith(HEADER)
    check_neutral(text, lock.value)
    assert lock.package_count() == len(_locked_versions(lock))


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://somewhere/simple\na==1 \\\n    --hash=sha256:00\n",
        "--find-links /wheels\na==1 \\\n    --hash=sha256:00\n",
        "a @ https://somewhere/a.whl\n",
        "a==1\nb==1 \\\n    --hash=sha256:00\n",
    ],
)
def test_a_lock_that_ties_to_a_machine_or_lacks_a_hash_is_refused(text: str) -> None:
    with pytest.raises(SetupError):
        check_neutral(text, "run.txt")


def test_every_dependency_of_the_project_is_locked() -> None:
    project = _project()
    run, dev, bundle = (_locked_names(lock) for lock in Lock)
    assert {_name(line) for line in project["dependencies"]} <= run <= dev & bundle
    assert {_name(line) for line in project["optional-dependencies"]["dev"]} <= dev
    assert {_name(line) for line in project["optional-dependencies"]["bundle"]} <= bundle


def test_the_locks_agree() -> None:
    run, dev, bundle = (_locked_versions(lock) for lock in Lock)
    assert run <= dev & bundle


def _project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _locked_versions(lock: Lock) -> set[str]:
    return set(re.findall(r"^[^#\s]+==[^\s;]+", lock.path.read_text("utf-8"), flags=re.MULTILINE))


def _locked_names(lock: Lock) -> set[str]:
    return {line.partition("==")[0].partition("[")[0] for line in _locked_versions(lock)}


# --- the command line ---


@pytest.mark.parametrize("words", [["--tiles", "16", "--help"], ["--", "-x"], [], ["--report", "r.json", "a b"]])
def test_a_programs_words_reach_it_untouched(words: list[str]) -> None:
    command, rest = parse(["demo", *words])
    assert program_of(command, rest) == ["-m", "ui.main", "demo", *words]


@pytest.mark.parametrize("words", [[], ["dance"], ["check", "--fast"], ["setup", "dance"], ["setup", "lock"]])
def test_a_wrong_command_line_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(words)
    assert refused.value.code == 2


def test_setup_installs_for_the_tests_unless_told_otherwise() -> None:
    assert parse_setup([]) == (Command.TEST, False)
    assert parse_setup(["run", "--fresh"]) == (Command.RUN, True)


def test_only_development_gets_the_development_packages() -> None:
    assert {command for command in Command if lock_of(command) is Lock.RUN} == {Command.DEMO, Command.RUN}


def test_every_command_has_its_help() -> None:
    assert set(commands.HELP) == set(Command)


# --- showing what is done ---


def test_a_step_says_what_it_does_and_gives_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_step("Counting", [sys.executable, "-c", "print(1); print(2)"]) == ["1", "2"]
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "Counting"
    assert re.fullmatch(r"  done in \d+ s", shown[-1])


def test_a_long_step_ticks_with_the_latest_news(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "TICK_S", 0.05)
    code = "import time; print('Collecting a', flush=True); time.sleep(0.5)"
    run_step("Fetching", [sys.executable, "-c", code], progress=venv.pip_progress)
    assert "  … fetching a (0 s)" in capsys.readouterr().out.splitlines()


def test_a_failed_step_carries_its_last_words() -> None:
    with pytest.raises(StepError) as failed:
        run_step("Failing", [sys.executable, "-c", "import sys; print('why'); sys.exit(3)"])
    assert failed.value.output == ("why",)


def test_a_program_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(SetupError, match=r"cannot be started: No such file"):
        run_step("Starting", ["/no/such/program"])


def test_words_are_listed_as_in_a_sentence() -> None:
    assert [listing(words) for words in ("a", "ab", "abc")] == ["a", "a and b", "a, b and c"]


# --- the files themselves ---


def test_an_old_python_can_read_dev_py() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 4))


@pytest.mark.parametrize("module", [commands, locks, packages, steps, system, venv, contents, freeze])
def test_the_tools_need_the_standard_library_alone(module: object) -> None:
    source = Path(str(module.__file__)).read_text("utf-8")  # type: ignore[attr-defined]
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    foreign = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)
    assert foreign <= {"devtools"}


def test_help_lists_every_command() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), "--help"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(command.value in done.stdout for command in Command)
