"""What the page of tours and salvos says of a tour, and what it says of a salvo.

GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.plain_text import plain
from ui.texts import tr


@dataclass(frozen=True, slots=True)
class KindTexts:
    """The words of one kind.

    Attributes:
        heading: above the list.
        start: what running one is called.
        save_and_start: the same where something has to be saved first.
        command: the command text that does it, without the name.
    """

    heading: str
    start: str
    save_and_start: str
    command: str


def tour_texts() -> KindTexts:
    """Of tours."""
    start, save_and_start = tr("TourEditor", "Start now"), tr("TourEditor", "Save and start")
    return KindTexts(tr("TourEditor", "Tours"), start, save_and_start, "tour")


def salvo_texts() -> KindTexts:
    """Of salvos."""
    start, save_and_start = tr("TourEditor", "Call up now"), tr("TourEditor", "Save and call up")
    return KindTexts(tr("TourEditor", "Salvos"), start, save_and_start, "salvo")


def new_name(number: int, *, is_tour: bool) -> str:
    """What a new one is called until somebody finds a better name."""
    return tr("TourEditor", "Tour {0}", number) if is_tour else tr("TourEditor", "Salvo {0}", number)


def saved_sentence(name: str, *, is_tour: bool) -> str:
    """It is kept."""
    if is_tour:
        return tr("TourEditor", "Tour ‘{0}’ is saved.", plain(name))
    return tr("TourEditor", "Salvo ‘{0}’ is saved.", plain(name))


def delete_question(name: str, *, is_tour: bool) -> str:
    """Whether it is meant."""
    if is_tour:
        return tr("TourEditor", "Delete the tour ‘{0}’? Del once more deletes it.", plain(name))
    return tr("TourEditor", "Delete the salvo ‘{0}’? Del once more deletes it.", plain(name))
