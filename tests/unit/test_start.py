"""What a start of the program does not load: a kept wall is two of them, and a person waits for both."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OF_A_WALL = {"PySide6", "numpy", "requests", "cryptography", "keyring", "app.bootstrap", "app.console.console"}
OF_OTHER_COMMANDS = {"fastapi", "app.doctor.command", "app.conformance.command", "app.demo.registry.command"}
SHOW = "import sys, ui.main; from app.cli import main; main(sys.argv[1:], lambda _: 0); print(*sys.modules)"


def _loaded(*words: str) -> set[str]:
    """The modules of a start that opens no wall."""
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60.0
    )
    return set(done.stdout.split())


def test_who_keeps_a_wall_loads_nothing_of_it_and_nothing_of_other_commands() -> None:
    loaded = _loaded("run", "--headless", "--registry", "http://127.0.0.1:9")
    assert "app.keep" in loaded
    assert not loaded & (OF_A_WALL | OF_OTHER_COMMANDS)


def test_a_command_loads_what_is_its_own() -> None:
    loaded = _loaded("config", "show")
    assert "app.config.settings_command" in loaded and not loaded & OF_OTHER_COMMANDS
