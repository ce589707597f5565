"""The options of the command line that set a setting: made from the table, so that both say the same.

Runs on the main thread. Must not import Qt.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.config.setting import BadValueError, Choice, Flag, Place, Raw, Setting
from app.config.settings_table import TABLE


def add_option(
    parser: argparse.ArgumentParser, setting: Setting[Any], help_text: str = "", metavar: str = ""
) -> None:
    """Add the option that sets a setting.

    Args:
        parser: takes it.
        setting: one with an option.
        help_text: what `--help` says; the setting's own words where it is empty.
        metavar: stands for the value; words of a choice where it is empty.
    """
    words = help_text or setting.help.template
    if isinstance(setting.shape, Flag):
        parser.add_argument(setting.option, dest=setting.key, action="store_const", const=True, help=words)
        return
    shown = metavar or ("|".join(setting.shape.words) if isinstance(setting.shape, Choice) else "VALUE")
    parser.add_argument(setting.option, dest=setting.key, type=_reader(setting), metavar=shown, help=words)


def _reader(setting: Setting[Any]) -> Callable[[str], Raw]:
    """Reads what was typed; argparse itself would complain with the name of a class."""

    def read(text: str) -> Raw:
        raw = str(Path(text).absolute()) if isinstance(setting.shape, Place) else text
        try:
            setting.shape.read(raw)
        except BadValueError as error:
            raise argparse.ArgumentTypeError(f"{text!r} {error.reason}") from None
        return raw

    return read


def given(options: argparse.Namespace) -> Mapping[str, object]:
    """The settings that the command line has set, by key."""
    values = vars(options)
    return {each.key: values[each.key] for each in TABLE if values.get(each.key) is not None}
