"""`run` against a reference registry that was started alone: enrolment, the next start, the ways to fail."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.core.tile_budget import SizeClass
from tests.support.canary import found_in_files, new_canary
from tests.support.central import CODES, Central, entries_on_this_pc, kinds, running_central, with_keyring
from tests.support.product import Ended, run_product, running_product
from tests.waiting import until
from tests.xdisplay import XDisplay

ALONE_S = "4"
"""How long a wall without its registry tries."""


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    """A registry, started as its operator would, and the cameras that it lists."""
    with running_central(tmp_path / "central") as central:
        yield central


def _run(folder: Path, central: Central, *words: str, keyring: bool = True) -> Ended:
    """A post's wall that ends by itself; its home is the folder's."""
    return run_product(
        folder, _wall(folder, central, *words, "--for", ALONE_S), with_keyring(folder) if keyring else {}
    )


def _play(
    folder: Path, central: Central, *words: str, keyring: bool = True, is_over: Callable[[], bool] = lambda: True
) -> Ended:
    """The same, ended when both cameras play and what else is awaited has come."""
    more = with_keyring(folder) if keyring else {}
    with running_product(folder, _wall(folder, central, *words, "--log-level", "info"), more=more) as product:
        until(
            lambda: product.errors.count("state=playing") >= len(CODES), within_s=60.0, what="two playing cameras"
        )
        until(is_over, what="what the wall was started for")
        return product.end()


def _wall(folder: Path, central: Central, *words: str) -> list[str]:
    wall = ["--headless", "--tiles", "2", "--report", str(folder / "report.json")]
    return ["run", "--registry", central.url, *words, *wall]


def _complaints(ended: Ended) -> list[str]:
    return [line for line in ended.complaints if " INFO " not in line]


def _tiles(folder: Path) -> dict[str, tuple[str, str | None]]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {tile["camera"]: (tile["life"], tile["failure"]) for tile in report["tiles"]}


def _assert_refused(ended: Ended, words: str) -> None:
    assert ended.code == 2, ended.errors
    assert len(ended.complaints) == 1 and words in ended.complaints[0], ended.errors


def test_a_post_enrols_once_and_knows_its_cameras_even_when_the_registry_is_gone(
    central: Central, tmp_path: Path
) -> None:
    _assert_refused(_run(tmp_path, central), "is not enrolled")
    _assert_refused(_run(tmp_path, central, "--enrol", "WRONG-CODE"), "code is wrong")
    ended = _play(tmp_path, central, "--enrol", central.enrolment_code)
    assert (ended.code, ended.output, _complaints(ended)) == (0, "", [])
    assert _tiles(tmp_path) == {code: ("live", None) for code in CODES}
    _assert_refused(_run(tmp_path, central, "--enrol", central.enrolment_code), "was used before")

    again = _play(tmp_path, central)
    assert _tiles(tmp_path) == {code: ("live", None) for code in CODES}
    assert (again.code, _complaints(again)) == (0, [])
    assert central.product.end().code == 0
    alone = _run(tmp_path, central)
    assert alone.code == 3
    assert "Traceback" not in alone.errors
    assert _tiles(tmp_path) == {code: ("lost", "lease-unavailable") for code in CODES}
    assert not found_in_files([central.password], tmp_path)


def test_without_a_keyring_a_post_plays_until_it_ends_and_its_key_is_written_nowhere(
    central: Central, tmp_path: Path
) -> None:
    _assert_refused(_run(tmp_path, central, keyring=False), "no keyring")
    ended = _play(tmp_path, central, "--enrol", central.enrolment_code, keyring=False)
    assert ended.code == 0
    (complaint,) = _complaints(ended)
    assert "enrolled again at the next start" in complaint
    assert _tiles(tmp_path) == {code: ("live", None) for code in CODES}
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and _holds_key(path)]
    stopped = central.product.end(signal.SIGINT)
    assert (stopped.code, stopped.errors) == (0, "")


def test_who_saw_what_is_at_the_registry_whatever_ends_the_wall(central: Central, tmp_path: Path) -> None:
    assert _play(tmp_path, central, "--enrol", central.enrolment_code).code == 0
    words = ["run", "--registry", central.url, "--headless", "--tiles", "2"]
    with running_product(tmp_path, words, more=with_keyring(tmp_path)) as product:
        until(lambda: kinds(entries_on_this_pc(tmp_path))[-1:] == ["views-changed"], what="the second run's views")
        product.process.send_signal(signal.SIGKILL)
        product.process.wait()
    assert _play(tmp_path, central, is_over=lambda: kinds(central.entries()).count("started") == 3).code == 0
    here, there = entries_on_this_pc(tmp_path), central.entries()
    assert here[: len(there)] == there and kinds(here).count("started") == 3
    assert kinds(there).count("started") == 3, "what was written before the kill was sent after it"
    assert set(kinds(here)) == {"started", "views-changed", "ended"} and kinds(here).count("ended") == 2
    verified = run_product(tmp_path, ["audit", "verify"])
    assert (verified.code, verified.errors) == (0, "") and "whole: nothing was changed" in verified.output
    assert not found_in_files([central.password], tmp_path)


def _holds_key(path: Path) -> bool:
    return b"PRIVATE KEY" in path.read_bytes()


def test_the_preflight_finds_the_post_and_the_wall_keeps_to_what_it_measured(
    central: Central, tmp_path: Path
) -> None:
    assert not _run(tmp_path, central, "--enrol", central.enrolment_code).errors
    found = run_product(
        tmp_path, ["doctor", "--quick", "--json", str(tmp_path / "d.json")], with_keyring(tmp_path)
    )
    assert (found.code, found.errors) == (1, ""), "there is no display"
    report = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    levels = {finding["subject"]: finding["level"] for finding in report["findings"]}
    assert {name for name, level in levels.items() if level != "fine"} <= {"screens", "libVLC"}
    assert {"H.264", "H.265", "MJPEG", "registry", "clock", "keyring", "disk"} <= set(levels)
    state = tmp_path / "home" / ".local" / "state" / "pantau"
    assert json.loads((state / "doctor.json").read_text(encoding="utf-8")) == report
    one_each = {size.value: 1 for size in SizeClass}
    (state / "budget.json").write_text(json.dumps({"version": 1, **one_each}), encoding="utf-8")
    assert _run(tmp_path, central).code == 3
    tiles = _tiles(tmp_path)
    assert tiles[CODES[1]] == ("lost", "over-budget") and tiles[CODES[0]][1] != "over-budget"


def test_a_kept_wall_that_is_killed_comes_back_and_its_log_tells_of_both(central: Central, tmp_path: Path) -> None:
    """It was given its enrolment code, which serves once: the next wall is not stopped by that."""
    words = ["run", "--keep", "--registry", central.url, "--enrol", central.enrolment_code]
    words += ["--headless", "--tiles", "2", "--log-level", "info"]
    with running_product(tmp_path, words, more=with_keyring(tmp_path)) as product:
        log = tmp_path / "home" / ".local" / "state" / "pantau" / "logs" / "pantau.log"
        until(lambda: "state=playing" in product.errors, within_s=60.0, what="the kept wall's cameras")
        number = int(log.read_text("utf-8").rpartition(" started, process ")[2].split()[0])
        assert number != product.process.pid, "a wall that fails must not take its keeper along"
        os.kill(number, signal.SIGKILL)
        until(lambda: log.read_text("utf-8").count(" started, process ") == 2, what="the next wall")
        ended = product.end()
    assert ended.code in (0, 3, 130) and "the wall was killed (-9)" in ended.errors
    assert log.read_text("utf-8").count(" ended, process ") == 1, "the killed one said nothing"


def test_a_wall_that_is_started_again_does_not_show_a_refused_password_again(tmp_path: Path) -> None:
    wrong = new_canary()
    kept = tmp_path / "home" / ".local" / "state" / "pantau" / "refusals.json"
    with running_central(tmp_path / "central", wrong) as central:
        words = ["run", "--registry", central.url, "--headless", "--tiles", "2", "--log-level", "info"]
        more = with_keyring(tmp_path)
        with running_product(tmp_path, [*words, "--enrol", central.enrolment_code], more=more) as first:
            until(lambda: first.errors.count("reason=unauthorized") == 2, within_s=60.0, what="two refusals")
            until(lambda: kept.exists() and kept.read_text("utf-8").count("account") == 2, what="both to be kept")
            first.process.send_signal(signal.SIGKILL)
            first.process.wait()
        central.cameras.close()
        with running_product(tmp_path, words, more=more) as second:
            until(lambda: second.errors.count("state=backoff") == 2, within_s=60.0, what="two cameras that wait")
            errors = second.errors
            second.end()
    assert errors.count("reason=unauthorized") == 2 and "reason=refused" not in errors, "nobody was asked"
    assert not found_in_files([wrong, central.password], tmp_path / "home")


@pytest.fixture
def short_temp() -> Iterator[Path]:
    """A folder for both walls' sockets: the system takes no path of more than 107 bytes for one."""
    with TemporaryDirectory(prefix="pantau-") as folder:
        yield Path(folder)


def test_a_second_start_has_the_first_wall_shown(
    central: Central, tmp_path: Path, short_temp: Path, xvfb: XDisplay
) -> None:
    assert not _run(tmp_path, central, "--enrol", central.enrolment_code).errors
    more = {**with_keyring(tmp_path), "TMPDIR": str(short_temp)}
    words = ["run", "--registry", central.url, "--tiles", "2"]
    later = tmp_path / "later"
    later.mkdir()
    with running_product(tmp_path, [*words, "--log-level", "info"], xvfb, more) as first:
        until(lambda: "state=playing" in first.errors, within_s=60.0, what="the first wall")
        with running_product(later, words, xvfb, more) as second:
            ended = second.wait()
        assert first.process.poll() is None
    assert ended.code == 4 and "is open already: it was brought to the front" in ended.errors
