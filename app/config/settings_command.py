"""`pantau config`: what every setting is and who has set it, and the templates for group policy.

For IT, in English. Runs on the main thread, at a prompt.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.config.setting import Setting
from app.config.settings import Settings
from app.config.settings_table import TABLE
from app.core.errors import ConfigError

POLICY_FOLDER = Path(__file__).parents[2] / "resources" / "policy"
"""The templates, written by `python3 dev.py policy` from the table of settings."""
EXIT_FINE, EXIT_PROBLEMS = 0, 1
SHOW_HELP = "show every setting, its value and who has set it"
ADMX_HELP = "write the templates for group policy (ADMX, and ADML in Indonesian and English)"


def add_show_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of `config show`."""
    parser.description = f"{SHOW_HELP}. Exit code 0; 1 where a source has something that is ignored."
    parser.add_argument("--json", action="store_true", help="as JSON")


def add_admx_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of `config admx`."""
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="made if need be")


def show(options: argparse.Namespace, settings: Settings) -> int:
    """Print all settings; what is ignored goes to standard error."""
    if options.json:
        print(json.dumps(settings_json(settings), indent=2, ensure_ascii=False))
    else:
        print("\n".join(_table([_row(setting, settings) for setting in TABLE])))
    for problem in settings.problems:
        print(f"pantau: {problem}", file=sys.stderr)
    return EXIT_PROBLEMS if settings.problems else EXIT_FINE


def settings_json(settings: Settings) -> Mapping[str, object]:
    """All settings as JSON: by key, with source and place, and what is ignored."""
    return {
        "settings": {setting.key: _entry(setting, settings) for setting in TABLE},
        "ignored": [str(problem) for problem in settings.problems],
    }


def _entry(setting: Setting[Any], settings: Settings) -> Mapping[str, object]:
    found = settings.where(setting)
    return {
        "value": setting.written(found.value),
        "source": found.source.value,
        "place": found.place,
        "default": setting.written(setting.default),
    }


def _row(setting: Setting[Any], settings: Settings) -> tuple[str, str, str]:
    found = settings.where(setting)
    value = setting.written(found.value)
    place = f" ({found.place})" if found.place and found.source.value not in found.place else ""
    return setting.key, json.dumps(value, ensure_ascii=False), found.source.value + place


def _table(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return [f"{key:{widths[0]}}  {value:{widths[1]}}  {source}" for key, value, source in rows]


def write_admx(options: argparse.Namespace) -> int:
    """Copy the templates.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    try:
        shutil.copytree(POLICY_FOLDER, options.out, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        raise ConfigError(f"the templates cannot be written to {options.out}: {error}") from error
    for path in sorted(POLICY_FOLDER.rglob("*.adm?")):
        print(options.out / path.relative_to(POLICY_FOLDER))
    return EXIT_FINE
