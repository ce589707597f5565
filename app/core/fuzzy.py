"""How well a few typed letters fit some words: what a palette or a list of keys sorts by. Pure.

Case and accents do not count. Best is what begins as was typed. A typed word fits words that begin with it better
than those that contain it, and these better than letters in their order (`nxl` in `next-layout`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from app.core.folding import fold

_BEGINS, _CONTAINS, _SPELLS = range(3)
_FIELD_COST = 3
"""A hit in a later field is worse than any in an earlier one."""
_LETTERS_TO_SPELL = 2
_WORD_START = re.compile(r"(?<!\w)\w")


def rank(query: str, fields: Sequence[str]) -> int | None:
    """How well a query fits an entry: 0 best, None where one of its words fits nowhere.

    Args:
        query: what was typed; every word of it must fit. Nothing typed fits everything.
        fields: the entry's texts, the most important first; letters in order count in the first one only.
    """
    folded = [fold(field) for field in fields]
    words = fold(query).split()
    ranks = [_word_rank(word, folded) for word in words]
    is_start = bool(folded) and " ".join(folded[0].split()).startswith(" ".join(words))
    return None if None in ranks else sum(each for each in ranks if each is not None) + (not is_start)


def _word_rank(word: str, fields: Sequence[str]) -> int | None:
    written = ((_written(word, field), position * _FIELD_COST) for position, field in enumerate(fields))
    ranks = [kind + cost for kind, cost in written if kind is not None]
    spelled = (
        [_SPELLS] if len(word) >= _LETTERS_TO_SPELL and any(_spells(word, field) for field in fields[:1]) else []
    )
    return min(chain(ranks, spelled), default=None)


def _written(word: str, text: str) -> int | None:
    place = text.find(word)
    if place < 0:
        return None
    return _BEGINS if re.search(rf"(?<!\w){re.escape(word)}", text) else _CONTAINS


def _spells(word: str, text: str) -> bool:
    """Whether the word's letters come in their order, the first one where a word begins."""
    starts = (start.start() for start in _WORD_START.finditer(text) if start[0] == word[0])
    return any(_in_order(word, text[start:]) for start in starts)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
