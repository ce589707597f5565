"""`dev.py policy`: writes what comes from the table of settings: templates for group policy, and their page.

Owning thread: the main thread. The files are kept with the source: whoever installs the product has them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.config.setting import Applies, Scope, Setting
from app.config.settings_table import PARTS, TABLE
from devtools.admx import adml_text, admx_text
from devtools.catalogue import read_catalogue
from devtools.locks import ROOT
from devtools.steps import say
from devtools.strings import ERROR_CONTEXT, Message
from devtools.translations import PRODUCT

POLICY = ROOT / "resources" / "policy"
PAGE = ROOT / "docs" / "settings.md"
_HEAD = """\
# Settings

Written by `python3 dev.py policy` from the table of settings (`app/config/settings_table.py`).
`pantau config show` says what each is on a PC and who has set it.

The first of these that has a good value counts: the organisation's policy for the PC, its policy for the user,
what the officer has chosen since the start, the command line, the environment, the PC, the officer, the default.
A bad value and a key that nobody knows are named in the log and by `pantau config show`, and ignored. What a
policy or the PC sets, an officer cannot change; every setting can be set by a policy.

| | Windows | Linux |
|---|---|---|
| policy of the PC | `HKLM\\SOFTWARE\\Policies\\Pantau` (group policy) | `/etc/pantau/policy.json` |
| policy of the user | `HKCU\\SOFTWARE\\Policies\\Pantau` (group policy) | |
| this PC | `HKLM\\SOFTWARE\\Pantau` (the installer's properties) | `/etc/pantau/settings.json` |
| the officer | `settings.json` in the folder of own settings | `~/.config/pantau/settings.json` |

Files are one JSON object: `{"look.language": "en", "lock.idle_min": 5}`. In the Windows registry a setting is a
value of the name in the last column: texts as REG_SZ, numbers as REG_DWORD, true and false as REG_DWORD 1 and 0.
*Whole PC* settings are not read from an officer's file or a user's policy.
"""
_WHEN: Mapping[Applies, str] = {Applies.NOW: "within seconds", Applies.START: "at the next start"}
_WHO: Mapping[Scope, str] = {Scope.MACHINE: "whole PC", Scope.USER: "officer too"}


def main() -> int:
    """Write all of it."""
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        say(str(path.relative_to(ROOT)))
    return 0


def files() -> Mapping[Path, str]:
    """What each file is to hold."""
    indonesian = read_catalogue(PRODUCT).translations
    return {
        POLICY / "pantau.admx": admx_text(TABLE),
        POLICY / "en-US" / "pantau.adml": adml_text(TABLE, lambda text: text),
        POLICY / "id-ID" / "pantau.adml": adml_text(
            TABLE, lambda text: indonesian.get(Message(ERROR_CONTEXT, text)) or text
        ),
        PAGE: page_text(),
    }


def page_text() -> str:
    """The page of all settings."""
    return "\n".join([_HEAD, *(line for part in PARTS for line in _section(part))])


def _section(part: str) -> Iterator[str]:
    yield f"## {PARTS[part].template}\n"
    yield "| Key | Values (default) | What it does | Set by | Counts | Windows value |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(setting) for setting in TABLE if setting.part == part)
    yield ""


def _row(setting: Setting[Any]) -> str:
    default = str(setting.written(setting.default)).lower() or "not set"
    options = f" Option: `{setting.option}`." if setting.option else ""
    variable = f" Environment: `{setting.variable}`." if setting.variable else ""
    cells = (
        f"`{setting.key}`",
        f"{setting.shape.form} (**{default}**)",
        f"{setting.help.template}{options}{variable} Since {setting.since}.",
        _WHO[setting.scope],
        _WHEN[setting.applies],
        f"`{setting.value_name}`",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
