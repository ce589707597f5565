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
from app.registry.defects import understood
from app.registry.link import Link
from app.registry.parse import Meta
from app.registry.problems import BAD_ANSWER, RefusalError
from app.registry.retry import retry_wait_s

LINES_MAX = 1000
BATCH_MAX_BYTES = 900_000
"""The contract takes 1,000 lines and a mebibyte, where the registry allows no less."""
COLLECT_S = 1.0
"""How long what has just been written waits for company."""
RETRY = RetryClass(first_s=2.0, cap_s=60.0)
REFUSED_S = 3600.0
"""What the registry does not take needs a person."""
_TOO_LARGE = ("body-too-large", "http-413")

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
        self._lines_max = LINES_MAX
        self._meta: Meta | None = None
        """What the registry takes, and the key with which it signs for what it has; None to be asked anew."""
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
            while not self._stopping.is_set() and (lines := self._spool.batch(*self._most())):
                if self._meta is None:  # what it takes says how large a batch may be
                    self._meta = self._api.meta()
                elif (wait_s := self._send(lines, self._meta.audit_key)) is not None:
                    return wait_s
        except RegistryError as error:
            _log.info("journal not sent: %s", error)
            self._look_anew(error)
            return self._backoff_s(error.retry_after_s)
        except (OSError, JournalError) as error:
            _log.error("journal cannot be read: %s", getattr(error, "strerror", "") or error)
            return self._backoff_s()
        except Exception as error:  # noqa: BLE001 - it is tried again like any failure
            _log.info("journal not sent: %s", understood(error))
            return self._backoff_s()
        self._failures = 0
        return None

    def _most(self) -> tuple[int, int]:
        """How many lines and bytes a batch may have."""
        if self._meta is None:
            return self._lines_max, BATCH_MAX_BYTES
        lines_max = min(self._lines_max, self._meta.audit_batch_max)
        return lines_max, min(BATCH_MAX_BYTES, self._meta.audit_body_max_bytes)

    def _look_anew(self, error: RegistryError) -> None:
        """The registry may have another key or other limits by now; what is too large all the same is halved."""
        if isinstance(error, RefusalError) or error.code == BAD_ANSWER:
            self._meta = None
        if error.code in _TOO_LARGE:
            self._lines_max = max(1, self._lines_max // 2)

    def _send(self, lines: list[bytes], key: Mapping[str, object]) -> float | None:
        """Send a batch; how long to wait before the next one, None where the registry took some of it."""
        before = self._spool.acknowledged_head
        taken = self._api.append_audit(lines, key)
        if taken.is_contradicted:
            return None if self._go_on_after(taken, before) else REFUSED_S
        if taken.head != before and taken.head.seq:
            self._spool.acknowledge(taken.head, taken.signature)
        self._tell(taken.refused)
        if taken.refused is not None:
            return REFUSED_S
        if taken.head.seq <= before.seq:
            _log.warning("journal not taken: the registry has nothing after entry %d", taken.head.seq)
            return self._backoff_s()
        return None

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
        """How long to wait after one more failure."""
        self._failures += 1
        return retry_wait_s(retry_after_s, RETRY.ceiling_s(self._failures), self._random)
