"""What is known of the central registry, and what is answered when its camera list is held back.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.console.settings import RegistryStatus
from app.core.errors import ConfigError
from app.core.journal import Event, JournalPort, Kind
from app.core.model import HeldList
from app.core.ports import CatalogSynced, JournalTaken, RegistryLost, RegistryReached


class RegistryBook:
    """Keeps it.

    Args:
        tell: hears of a yes to a list.
        journal: likewise.
        may_accept: whether whoever has the controls may say yes: a list of too few cameras empties walls.

    Attributes:
        status: what is known.
    """

    def __init__(
        self, tell: Callable[[HeldList], object], journal: JournalPort, may_accept: Callable[[], bool]
    ) -> None:
        self._tell = tell
        self._journal = journal
        self._may_accept = may_accept
        self.status = RegistryStatus()

    def take(self, message: CatalogSynced | RegistryReached | RegistryLost | JournalTaken, now_s: float) -> None:
        """Take in what its client says."""
        status = self.status
        match message:
            case CatalogSynced():
                self.status = replace(
                    status,
                    from_cache=message.from_cache,
                    held=message.held,
                    rejected=message.rejects,
                    sync_s=message.sync_s or status.sync_s,
                )
            case RegistryReached():
                self.status = replace(status, is_reachable=True, is_refusing=False, sentence=None, lost_s=None)
            case RegistryLost(sentence, refuses):
                lost_s = now_s if status.is_reachable else status.lost_s  # another reason is no new loss
                self.status = replace(
                    status, is_reachable=False, is_refusing=refuses, sentence=sentence, lost_s=lost_s
                )
            case JournalTaken(sentence):
                self.status = replace(status, journal_fault=sentence)

    def check_may_accept(self) -> HeldList:
        """The list that is held back, and that a yes would be heard to.

        Raises:
            ConfigError: none is, or it is for somebody else to say.
        """
        held = self.status.held
        if held is None:
            raise ConfigError("No camera list is held back.")
        if not self._may_accept():
            raise ConfigError("Only IT agrees to a shorter camera list: sign in as IT.")
        return held

    def accept(self, held: HeldList) -> None:
        """Agree to a list that is held back; it comes soon.

        Args:
            held: what was agreed to: where there is another one by now, that needs a yes of its own.

        Raises:
            ConfigError: it is not held back any more, or it is for somebody else to say.
        """
        if self.check_may_accept() != held:
            raise ConfigError("The registry has another list by now: ask again.")
        self._journal.write(Event(Kind.LIST_ACCEPTED, {"listed": held.listed, "known": held.known}))
        self._tell(held)
