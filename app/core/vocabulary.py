"""The different words of a catalogue, and how close each comes to a word that is typed.

Pure: no Qt, no I/O, no clock. All words are compared at once, so that a keystroke costs little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIMILAR, WITHIN, BEGINNING, WHOLE = 1, 2, 3, 4
"""How close a word comes: one letter off; holds what was typed; begins with it; is it. 0: not at all."""

FORGIVING_FROM = 4
"""Letters from which on one may be wrong, missing, too many or swapped with the next; fewer match too much."""
OPEN_END_FROM = 5
"""Letters from which on that also holds while the word's end is not typed yet."""
_LONGEST = 32
"""Letters of a word that are compared one by one; a longer one is found by its exact spelling only."""

_Marks = NDArray[np.bool_]


class Vocabulary:
    """Words ready to be compared.

    Args:
        words: each once, folded (`folding.fold`).
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = np.array(words, np.str_) if words else np.zeros(0, "U1")
        self._sizes = np.strings.str_len(self._words)
        # A number that is off by one is another camera, so words with digits are never forgiven a letter.
        spelled = [number for number, word in enumerate(words) if word.isalpha() and len(word) < _LONGEST]
        self._spelled = np.array(spelled, np.intp)
        self._letters = _code_points([words[number] for number in spelled])
        self._lengths = np.array([len(words[number]) for number in spelled], np.intp)

    def closeness(self, typed: str) -> NDArray[np.uint8]:
        """How close each word comes to a folded, typed one, in the order of the words."""
        place = np.strings.find(self._words, typed)
        exactness = np.where(self._sizes == len(typed), WHOLE, np.where(place == 0, BEGINNING, WITHIN))
        closeness = np.where(place >= 0, exactness, 0).astype(np.uint8)
        if FORGIVING_FROM <= len(typed) < _LONGEST and typed.isalpha():
            similar = self._spelled[self._is_similar(typed)]
            closeness[similar] = np.maximum(closeness[similar], SIMILAR)
        return closeness

    def _is_similar(self, typed: str) -> _Marks:
        """Which of the spelled words differ from the typed one by one letter (Damerau, 1964)."""
        count, letters = len(typed), _code_points([typed])[0]
        same = self._letters[:, :count] == letters[:count]
        later = self._letters[:, 1 : count + 1] == letters[:count]
        earlier = self._letters[:, : count - 1] == letters[1:count]
        beginning = _beginning(same)
        may_go_on = count >= OPEN_END_FROM
        has_missing = (beginning & _ending(later)).any(axis=1) & self._ends_at(count + 1, may_go_on)
        has_extra = (beginning[:, :-1] & _ending(earlier)).any(axis=1) & self._ends_at(count - 1, may_go_on)
        is_wrong = (same.sum(axis=1) >= count - 1) | _has_swap(same, earlier & later[:, :-1])
        result: _Marks = has_missing | has_extra | (is_wrong & self._ends_at(count, may_go_on))
        return result

    def _ends_at(self, length: int, may_go_on: bool) -> _Marks:
        found: _Marks = self._lengths >= length if may_go_on else self._lengths == length
        return found


def _has_swap(same: _Marks, crossed: _Marks) -> _Marks:
    """Two neighbours stand in each other's place, and all else is the same."""
    swapped = crossed & ~same[:, :-1] & ~same[:, 1:]
    found: _Marks = swapped.any(axis=1) & (same.sum(axis=1) == same.shape[1] - 2)
    return found


def _beginning(same: _Marks) -> _Marks:
    """In column n: whether the first n are all the same."""
    everything = np.ones((len(same), 1), np.bool_)
    return np.hstack([everything, np.logical_and.accumulate(same, axis=1)])


def _ending(same: _Marks) -> _Marks:
    """In column n: whether all from the n-th on are the same."""
    return _beginning(same[:, ::-1])[:, ::-1]


def _code_points(words: Sequence[str]) -> NDArray[Any]:
    """A row of code points for each word, filled up with zeros."""
    return np.array(words, f"U{_LONGEST}").view(np.uint32).reshape(len(words), _LONGEST)
