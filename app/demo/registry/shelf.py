"""Answers that many ask for at once, kept as long as what they were made from is as it was. Any thread."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
_KEPT_MAX = 1_000


class Shelf(Generic[Asked, Answer]):
    """The answers of one state of the data; those of an older one are thrown away together."""

    def __init__(self, kept_max: int = _KEPT_MAX) -> None:
        self._kept_max = kept_max
        self._lock = threading.Lock()
        self._state: object = None
        self._answers: dict[Asked, Answer] = {}

    def get(self, state: object, asked: Asked) -> Answer | None:
        """The answer that was made in that state; None if there is none yet."""
        with self._lock:
            return self._answers.get(asked) if state == self._state else None

    def put(self, state: object, asked: Asked, answer: Answer) -> None:
        """Keep an answer that was made in that state."""
        with self._lock:
            if state != self._state or len(self._answers) >= self._kept_max:
                self._state, self._answers = state, {}
            self._answers[asked] = answer
