"""What is known of the registry, in small words below the camera list.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout

from app.console import RegistryStatus
from app.core.model import HeldList, Reject
from ui.numbers import whole
from ui.plain_label import plain_label
from ui.plain_text import plain, plain_tooltip
from ui.texts import sentence, tr

_REJECTS_SHOWN = 12


class RegistryNotes(QVBoxLayout):
    """The notes, each shown while it is true.

    Attributes:
        cache: that the list is an older one.
        held: that a newer list is held back.
        rejects: what was left out of the list.
        journal: that the registry does not take this PC's journal.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(0)
        self.cache = plain_label("note", wraps=True)
        self.held = plain_label("warningNote", wraps=True)
        self.rejects = plain_label("note", wraps=True)
        self.journal = plain_label("note", wraps=True)
        for note in (self.cache, self.held, self.rejects, self.journal):
            note.hide()
            self.addWidget(note)

    def show_registry(self, registry: RegistryStatus) -> None:
        """Say what is so now."""
        _show(self.cache, tr("Panel", "The list is this PC's last good copy.") if registry.from_cache else "")
        _show(self.held, held_sentence(registry.held) if registry.held is not None else "")
        _show(self.rejects, _rejects_words(len(registry.rejected)))
        self.rejects.setToolTip(plain_tooltip(_reject_lines(registry.rejected)))
        _show(self.journal, plain(sentence(registry.journal_fault)))


def _show(note: QLabel, text: str) -> None:
    note.setText(text)
    note.setVisible(bool(text))


def held_sentence(held: HeldList) -> str:
    """That the registry's list is held back, and until when."""
    listed, known = whole(held.listed), whole(held.known)
    return tr("Panel", "The registry lists {0} cameras instead of {1}: held back until IT agrees.", listed, known)


def _rejects_words(rejected: int) -> str:
    if not rejected:
        return ""
    if rejected == 1:
        return tr("Panel", "1 record of the registry was left out")
    return tr("Panel", "{0} records of the registry were left out", whole(rejected))


def _reject_lines(rejected: tuple[Reject, ...]) -> list[str]:
    lines = [
        tr("Panel", "Row {0}, {1}: {2}", reject.row, reject.field, sentence(reject.reason))
        if reject.row
        else tr("Panel", "{0}: {1}", reject.field, sentence(reject.reason))
        for reject in rejected[:_REJECTS_SHOWN]
    ]
    if len(rejected) > _REJECTS_SHOWN:
        lines.append(tr("Panel", "… and {0} more", len(rejected) - _REJECTS_SHOWN))
    return lines
