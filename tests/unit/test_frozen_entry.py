"""Where the bundle begins: which of its two programs it is, and where a wall without a console says things."""

from __future__ import annotations

import sys

import pytest

from ui import frozen


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was shown in boxes: Windows' own need a Windows."""
    shown: list[str] = []
    monkeypatch.setattr(frozen, "_show_box", shown.append)
    return shown


@pytest.mark.parametrize(
    "program, became",
    [("/opt/pantau/pantau", "command line"), ("/opt/pantau/pantau-wall", "wall"), ("/c/pantau-wall.exe", "wall")],
)
def test_a_program_is_what_its_name_says(program: str, became: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {"command line": 11, "wall": 12}
    monkeypatch.setattr(sys, "argv", [program])
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(frozen, "_command_line", lambda: codes["command line"])
    monkeypatch.setattr(frozen, "_wall", lambda: codes["wall"])
    assert frozen.main() == codes[became]


def _wall_that_says(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    print("and this on the other stream")
    return code


@pytest.mark.parametrize("code, shown", [(2, ["pantau: no registry\n"]), (0, []), (3, [])])
def test_a_wall_without_a_console_shows_why_it_cannot_open(
    code: int, shown: list[str], boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pantau-wall"])
    monkeypatch.setattr(sys, "executable", "/c/pantau-wall.exe")
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(frozen, "_wall", lambda: _wall_that_says("pantau: no registry", code))
    assert frozen.main() == code
    assert boxes == shown
