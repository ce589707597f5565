"""`pantau diagnose`: one file for whoever is to find out what is wrong with a PC. For IT, at a prompt, in English.

Runs on the main thread. It holds logs, settings with who has set them, versions, the preflight's last report and
how much there is of journal and cache; no entry of the journal, no camera, no picture, no key. Every text is
scrubbed of logins once more on its way in.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path

from app.config.budget_file import FILE_NAME as BUDGET_NAME
from app.config.folders import cache_folder, journal_folder, log_folder, settings_folder, state_folder
from app.config.settings import Settings
from app.config.settings_command import settings_json
from app.core.errors import ConfigError
from app.core.redact import scrub
from app.core.utc import rfc3339

DOCTOR_NAME = "doctor.json"
LOG_MAX_BYTES = 200_000_000
"""Twice what the settings let the logs grow to: beyond, it is no log of ours."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="written anew")


def run(options: argparse.Namespace, settings: Settings, version: str) -> int:
    """Write the file and say what is in it; 0.

    Args:
        options: of the command line.
        settings: of this PC.
        version: of this program.

    Raises:
        ConfigError: the file cannot be written.
    """
    try:
        with zipfile.ZipFile(options.out, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, text in contents(settings, version):
                bundle.writestr(name, scrub(text))
                print(f"{name}: {len(text.encode()):,} bytes")
    except OSError as error:
        raise ConfigError(f"{options.out} cannot be written: {error.strerror}") from error
    print(f"{options.out} is ready: it holds no password, key, camera or entry of the journal")
    return 0


def contents(settings: Settings, version: str) -> Iterator[tuple[str, str]]:
    """The texts of the file by their names."""
    yield "settings.json", _json(settings_json(settings))
    yield "versions.json", _json(_versions(version))
    yield "folders.json", _json({folder.name: _state_of(folder) for folder in _folders()})
    yield "journal.json", _json(_journals())
    for path in (state_folder() / DOCTOR_NAME, state_folder() / BUDGET_NAME):
        if path.is_file():
            yield path.name, _text(path)
    for path in sorted(log_folder().glob("pantau.log*")):
        yield f"logs/{path.name}", _text(path)


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LOG_MAX_BYTES:
            return f"{path.name} is larger than {LOG_MAX_BYTES} bytes and was left out\n"
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror}\n"


def _versions(version: str) -> Mapping[str, object]:
    return {
        "pantau": version,
        "made": rfc3339(time.time()),
        "python": platform.python_version(),
        "system": platform.platform(),
        "machine": platform.machine(),
        "packages": {each.name: each.version for each in sorted(distributions(), key=lambda each: each.name)},
    }


def _folders() -> tuple[Path, ...]:
    return settings_folder(), state_folder(), cache_folder(), journal_folder(), log_folder()


def _state_of(folder: Path) -> Mapping[str, object]:
    """Names of our own files, how large and how old; never what is in them."""
    files = [path for path in sorted(folder.glob("*")) if path.is_file()]
    return {"path": folder, "files": {path.name: _size_and_time(path) for path in files}}


def _size_and_time(path: Path) -> Mapping[str, object]:
    found = path.stat()
    return {"bytes": found.st_size, "changed": rfc3339(found.st_mtime)}


def _journals() -> Mapping[str, object]:
    """Each post's journal: its files and how many entries they have."""
    return {folder.name: _journal(folder) for folder in sorted(journal_folder().glob("*")) if folder.is_dir()}


def _journal(folder: Path) -> Mapping[str, object]:
    lines = sum(path.read_bytes().count(b"\n") for path in folder.glob("journal-*.ndjson"))
    return {"entries": lines, **_state_of(folder)}
