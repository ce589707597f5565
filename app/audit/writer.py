"""Writes the journal: each entry is in the system's hands when `write` returns, so that no kill of this process
loses one; a thread of its own brings it onto the disk within a second, for a power cut.

The console's thread writes; to hand a line to the system takes some ten microseconds. Must not import Qt.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from app.audit.checkpoint import load_checkpoint
from app.audit.mending import mend
from app.audit.regaining import go_on_behind
from app.audit.segments import SEGMENT_BYTES, segment_path
from app.core.errors import ConfigError
from app.core.journal import UUID7_CHANCE_BITS, Event, Head, Kind, Stamp, entry_line, uuid7

SYNC_PERIOD_S = 1.0
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

_log = logging.getLogger(__name__)


class Journal:
    """The journal of one folder; implements `app.core.journal.JournalPort`.

    What cannot be trusted in the folder is put aside and told in the journal itself: a line that was torn off
    while it was written, a file that somebody changed.

    Args:
        folder: where it is; made if need be.
        wall_clock: seconds since 1970.
        on_written: see below.

    Attributes:
        on_written: called after each entry; must not wait.

    Raises:
        ConfigError: the folder cannot be written to, or another console writes there.
    """

    def __init__(
        self,
        folder: Path,
        wall_clock: Callable[[], float] = time.time,
        on_written: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self._wall_clock = wall_clock
        self.on_written = on_written
        self._officer = ""
        self._unwritten: deque[tuple[Event, Stamp]] = deque()
        """What the disk did not take, in order; tried again with the next entry."""
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._is_unsynced = False
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._claim = FileLock(folder / "journal.lock")
            self._claim.acquire(timeout=0)
            mended = mend(folder, load_checkpoint(folder))
            self._head = mended.head
            path = mended.file or segment_path(folder, mended.head.seq + 1)
            self._descriptor = os.open(path, _APPEND, 0o600)
            self._size = os.fstat(self._descriptor).st_size
        except Timeout as error:
            raise ConfigError("another console of this PC writes the journal") from error
        except OSError as error:
            raise ConfigError("the journal cannot be written: {0}", error.strerror or str(error)) from error
        self._thread = threading.Thread(target=self._sync, name="journal", daemon=True)
        self._thread.start()
        for detail in mended.found:
            self.write(Event(Kind.REPAIRED, detail))

    @property
    def head(self) -> Head:
        """The last entry."""
        return self._head

    @property
    def is_behind(self) -> bool:
        """Whether the disk did not take the last entries."""
        return bool(self._unwritten)

    def set_officer(self, officer: str) -> None:
        """Say who is on duty from now on, by id."""
        self._officer = officer

    def write(self, event: Event) -> None:
        """Keep an event."""
        self._unwritten.append((event, self._stamp()))
        while self._unwritten and self._hand_over(*self._unwritten[0]):
            self._unwritten.popleft()
        self.on_written()

    def close(self) -> None:
        """Bring everything onto the disk and let the folder go."""
        self._closing.set()
        self._thread.join()
        with self._lock:
            with suppress(OSError):
                os.fsync(self._descriptor)
            os.close(self._descriptor)
        self._claim.release()

    def _hand_over(self, event: Event, stamp: Stamp) -> bool:
        """Give the system the next line; False where it does not take it."""
        with self._lock:
            line, head = entry_line(self._head, event, stamp)
            try:
                if self._size >= SEGMENT_BYTES:
                    self._begin_segment(head.seq)
                self._append(line + b"\n")
            except OSError as error:
                _log.error("journal seq=%d not written: %s", head.seq, error.strerror)
                return False
            self._is_unsynced, self._head = True, head
        return True

    def go_on_after(self, head: Head, signature: str) -> None:
        """The registry has a journal of this post up to this entry, and none of it is here: go on behind it.

        Any thread: the sender's finds out. The console waits meanwhile, some milliseconds for a day's entries.

        Raises:
            OSError: the disk does not take it; all is as it was.
            JournalError: what is there is no journal.
        """
        with self._lock:
            path, self._head = go_on_behind(self.folder, head, signature, self._stamp())
            os.close(self._descriptor)
            self._descriptor = os.open(path, _APPEND, 0o600)
            self._size = os.fstat(self._descriptor).st_size
        self.on_written()

    def _stamp(self) -> Stamp:
        at_s = self._wall_clock()
        return Stamp(uuid7(at_s, secrets.randbits(UUID7_CHANCE_BITS)), at_s, self._officer)

    def _begin_segment(self, first: int) -> None:
        descriptor = os.open(segment_path(self.folder, first), _APPEND, 0o600)
        os.fsync(self._descriptor)
        os.close(self._descriptor)
        self._descriptor, self._size = descriptor, 0

    def _append(self, data: bytes) -> None:
        """All of it or nothing.

        Raises:
            OSError: the disk is full or gone.
        """
        try:
            written = os.write(self._descriptor, data)
            if written < len(data):
                raise OSError(0, "the disk is full")
        except OSError:
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(data)

    def _sync(self) -> None:
        while not self._closing.wait(SYNC_PERIOD_S):
            with self._lock:
                is_due, self._is_unsynced = self._is_unsynced, False
                descriptor = os.dup(self._descriptor) if is_due else -1
            if is_due:
                try:
                    os.fsync(descriptor)
                except OSError as error:
                    _log.error("journal not on the disk: %s", error.strerror)
                finally:
                    os.close(descriptor)
