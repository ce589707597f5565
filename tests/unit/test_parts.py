"""How the product starts parts of itself: from a checkout, and frozen."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.parts import Part, asked_part, command_of

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "app" / "parts.py"


@pytest.fixture
def frozen_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a product that believes it is frozen, started as its wall program."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "pantau-wall.exe"))
    return tmp_path


def test_a_checkout_starts_a_part_by_its_module() -> None:
    assert command_of(Part.HOST) == (sys.executable, "-m", "app.video.host")


def test_the_frozen_product_starts_every_part_from_its_console_program(frozen_folder: Path) -> None:
    for part in Part:
        program, *words = command_of(part)
        assert program == str(frozen_folder / "pantau.exe")
        assert asked_part([*words, "--port", "0"]) == (part, ["--port", "0"])


@pytest.mark.parametrize(
    "words",
    [[], ["demo"], ["--part"], ["--part", "os"], ["--part", "ui.wall_app"], ["demo", "--part", Part.HOST.value]],
)
def test_no_other_command_line_becomes_a_part(words: list[str]) -> None:
    assert asked_part(words) is None


@pytest.mark.parametrize("part", Part)
def test_a_part_is_a_module_that_can_be_run(part: Part) -> None:
    found = importlib.util.find_spec(part.value)
    assert found is not None and found.origin is not None
    main = Path(found.origin).with_name("__main__.py") if found.submodule_search_locations else Path(found.origin)
    assert '__name__ == "__main__"' in main.read_text("utf-8")


def test_nothing_else_asks_which_program_this_is() -> None:
    askers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("app", "ui")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"\bsys\.executable\b|[\"']frozen[\"']|\bsys\.frozen\b", path.read_text("utf-8"))
    }
    assert askers == {"app/parts.py", "ui/frozen.py"}


def test_the_frozen_entry_becomes_the_part_with_its_own_words_and_exit_code() -> None:
    entry = [sys.executable, "-m", "ui.frozen", "--part", Part.SIMULATOR.value]
    told = subprocess.run(
        [*entry, "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout.split()[:2]) == (0, ["usage:", "python"]), told
    wrong = subprocess.run([*entry, "--no-such"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert wrong.returncode == 2


def test_a_part_loads_nothing_of_the_wall_before_it_is_one() -> None:
    """A host that loads Qt or the console first starts late, and a dead one is replaced late."""
    code = "import sys, ui.frozen; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in ast.literal_eval(done.stdout) if name.startswith(("app", "ui.", "PySide6"))}
    assert loaded == {"app", "app.parts", "ui.frozen"}
