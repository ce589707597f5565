"""Who may do what at a wall, and what a service number and a PIN look like."""

from __future__ import annotations

import pytest

from app.core.command_table import COMMANDS
from app.core.duty import Barrier, Standing, barrier, number_problem, pin_problem
from app.core.redact import Secret

ALWAYS = ("duty", "lock", "help", "back", "full-screen", "quit", "language id", "theme dark", "next-monitor")
VIEWING = (
    "",
    "layout 4",
    "maximise",
    "open Pagi",
    "select left",
    "search",
    "panel",
    "map",
    "salvo Alarm",
    "zoom-in",
)
IN_A_NAME = ("snapshot", "purpose", "save-layout", "save-layout-as", "delete-layout", "keys", "tours", "hand-over")


@pytest.mark.parametrize("command", ALWAYS)
@pytest.mark.parametrize("standing", Standing)
def test_what_shows_no_camera_and_keeps_nothing_is_always_carried_out(standing: Standing, command: str) -> None:
    assert barrier(standing, command) is None


@pytest.mark.parametrize("command", [*VIEWING, *IN_A_NAME])
@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing.CLOSED, Barrier.SIGN_IN),
        (Standing.LOCKED, Barrier.UNLOCK),
        (Standing.OPEN, None),
        (Standing.ON_DUTY, None),
    ],
)
def test_controls_without_anybody_take_no_other_command(
    standing: Standing, expected: Barrier | None, command: str
) -> None:
    assert barrier(standing, command) is expected


@pytest.mark.parametrize("command", VIEWING)
def test_view_only_lets_everybody_look_around(command: str) -> None:
    assert barrier(Standing.VIEW_ONLY, command) is None


@pytest.mark.parametrize("command", IN_A_NAME)
def test_view_only_lets_nobody_keep_or_reveal_anything(command: str) -> None:
    assert barrier(Standing.VIEW_ONLY, command) is Barrier.OFFICER


def test_locked_controls_take_no_more_of_all_commands_than_a_handful() -> None:
    taken = {entry.text for entry in COMMANDS if barrier(Standing.LOCKED, entry.text) is None}
    shows_nothing = {"duty", "lock", "help", "back", "full-screen", "identify-monitors", "quit"}
    assert taken == shows_nothing | {"next-monitor", "previous-monitor"} | {
        f"{kind} {word}"
        for kind, word in (("language", "id"), ("language", "en"), ("theme", "dark"), ("theme", "contrast"))
    }


@pytest.mark.parametrize("number", ["86040317", "A1.2/3-4", "1234567", "9" * 32])
def test_service_numbers_of_the_contracts_form_are_taken(number: str) -> None:
    assert number_problem(number) is None


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("", "7 to 32"),
        ("204817", "7 to 32"),
        ("9" * 33, "7 to 32"),
        ("8604 0317", "letters, digits"),
        ("-8604031", "letters, digits"),
        ("８６０４０３１７", "letters, digits"),
        ("8604031'", "letters, digits"),
    ],
)
def test_any_other_service_number_is_refused_with_its_form(number: str, word: str) -> None:
    assert word in str(number_problem(number))


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", " 12345"])
def test_a_pin_of_another_form_is_refused_and_never_quoted(pin: str) -> None:
    assert str(pin_problem(Secret(pin))) == "A PIN has 6 digits."


def test_a_pin_of_six_digits_is_taken() -> None:
    assert pin_problem(Secret("012345")) is None
