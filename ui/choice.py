"""A choice among a few that is made by its word, in the environment or in the settings: a language, a theme.

Any thread. Must not import Qt.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

Choice = TypeVar("Choice", bound=Enum)

_log = logging.getLogger(__name__)


def chosen(default: Choice, words: Mapping[str, str | None]) -> Choice:
    """The first choice that was made; a word that names none is warned about and changes nothing.

    Args:
        default: what holds where nobody chose; its enum's values are the words.
        words: what was chosen, by where it stands; what goes before comes first.
    """
    choices = {str(choice.value): choice for choice in type(default)}
    for source, word in words.items():
        if word in choices:
            return choices[word]
        if word:
            _log.warning("%s: there is no %r, only %s", source, word, " and ".join(choices))
    return default
