"""Sends the journal to the registry, in order, whenever it is there: a thread of its own.

What is sent stays on the disk until the registry has signed for it. Must import nothing of ours but the core and
its neighbours here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from random import Random

from app.core.backoff import RetryClass
from app.core.errors import RegistryError
from app.core.journal import Head, JournalError, SpoolPort
from app.core.ports import JournalTaken
from app.core.sentence import Sentence
from app.registry.audit import Taken
from app.registry.client import RegistryApi
from app.registry.link import Link
from app.registry.retry import retry_wait_s

LINES_MAX = 1000
BATCH_MAX_BYTES = 900_000
"""The contract takes 1,000 lines and a mebibyte."""
COLLECT_S = 1.0
"""How long what has just been written waits for company."""
RETRY = RetryClass(first_s=2.0, cap_s=60.0)
REFUSED_S = 3600.0
"""What the registry does not take needs a person."""

_log = logging.getLogger(__name__)


class AuditSender:
    """The thread.

    Args:
        api: the registry.
        spool: what it does not have yet.
        link: the way to the console.
        random: the source of retry jitter.
    """

    def __init__(self, api: RegistryApi, spool: SpoolPort, link: Link, random: Random) -> None:
        self._api = api
        self._spool = spool
        self._link = link
        self._random = random
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._failures = 0
        self._key: Mapping[str, object] = {}
        """The registry's, which signs for what it has."""
        self._told: JournalTaken | None = None
        self.thread = threading.Thread(target=self._run, name="registry-audit", daemon=True)

    def written(self) -> None:
        """There is something new; any thread."""
        self._news.set()

    def stop(self) -> None:
        """Let the thread end; what is not sent is sent after the next start."""
        self._stopping.set()
        self._news.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            wait_s = self._send_all()
            if wait_s is None:
                self._news.wait()
                self._news.clear()
                wait_s = COLLECT_S
            self._stopping.wait(wait_s)

    def _send_all(self) -> float | None:
        """Send what there is; how long to wait before the rest, None where the registry has all."""
        try:
            while not self._stopping.is_set() and (lines := self._spool.batch(LINES_MAX, BATCH_MAX_BYTES)):
                if not self._send(lines):
                    return REFUSED_S
        except RegistryError as error:
            self._failures += 1
            _log.info("journal not sent: %s", error)
            return self._backoff_s(error.retry_after_s)
        except (OSError, JournalError) as error:
            self._failures += 1
            _log.error("journal cannot be read: %s", getattr(error, "strerror", "") or error)
            return self._backoff_s()
        self._failures = 0
        return None

    def _send(self, lines: list[bytes]) -> bool:
        """Send a batch; whether the registry took some of it."""
        before = self._spool.acknowledged_head
        self._key = self._key or self._api.meta().audit_key
        taken = self._api.append_audit(lines, self._key)
        if taken.is_contradicted:
            return self._go_on_after(taken, before)
        if taken.head != before and taken.head.seq:
            self._spool.acknowledge(taken.head, taken.signature)
        self._tell(taken.refused)
        return taken.refused is None

    def _go_on_after(self, taken: Taken, before: Head) -> bool:
        """The registry has other entries than this PC: whether the journal goes on after them.

        It does where the registry never signed for anything that is here: the journal was lost, and is told to be.
        Else two PCs write under one name, or somebody changed what was signed for: a person has to look.
        """
        if before.seq:
            self._tell(taken.refused)
            return False
        _log.warning("journal lost: goes on after entry %d of the registry's", taken.head.seq)
        self._spool.go_on_after(taken.head, taken.signature)
        return True

    def _tell(self, refused: Sentence | None) -> None:
        told = JournalTaken(refused)
        if told != self._told:
            self._told = told
            self._link.put(told)
            if refused is not None:
                _log.error("%s", refused)

    def _backoff_s(self, retry_after_s: float | None = None) -> float:
        return retry_wait_s(retry_after_s, RETRY.ceiling_s(self._failures), self._random)
