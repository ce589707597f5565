"""A journal that keeps what it is told."""

from __future__ import annotations

from app.core.journal import Event, Kind


class FakeJournal:
    """Implements `app.core.journal.JournalPort` in memory.

    Attributes:
        events: all of them, in order.
        officers: who was on duty, as it was told.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.officers: list[str] = []

    def write(self, event: Event) -> None:
        """Keep an event."""
        self.events.append(event)

    def set_officer(self, officer: str) -> None:
        """Keep who is on duty."""
        self.officers.append(officer)

    def of(self, *kinds: Kind) -> list[tuple[Kind, str]]:
        """The events of these kinds, each with its camera."""
        return [(event.kind, event.camera) for event in self.events if event.kind in kinds]
