"""What the registry client tells the console, and whether it reaches the registry: each change told once.

Any thread may call it. Must import nothing of ours but the core.
"""

from __future__ import annotations

import logging
import threading

from app.core.ports import Inbox, Message, RegistryLost, RegistryReached
from app.core.sentence import Sentence

_log = logging.getLogger(__name__)


class Link:
    """The way to the console's inbox, shut by `stop`.

    Args:
        inbox: where messages go.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._lock = threading.Lock()
        self._is_open = True
        self._told: Message | None = None
        """What was told last of the registry; None before anything was."""

    def put(self, message: Message) -> None:
        """Leave a message, unless the console has stopped listening."""
        with self._lock:
            if self._is_open:
                self._inbox.put(message)

    def reached(self) -> None:
        """The registry has answered."""
        if self._is_news(RegistryReached()):
            _log.info("registry state=reached")
            self.put(RegistryReached())

    def lost(self, sentence: Sentence, *, is_refusal: bool = False) -> None:
        """The registry cannot be reached or refuses; told again only when the sentence is another."""
        lost = RegistryLost(sentence, is_refusal)
        if self._is_news(lost):
            _log.warning("registry state=lost: %s", sentence)
            self.put(lost)

    def shut(self) -> None:
        """No message follows."""
        with self._lock:
            self._is_open = False

    def _is_news(self, message: Message) -> bool:
        with self._lock:
            is_news = self._is_open and self._told != message
            self._told = message
        return is_news
