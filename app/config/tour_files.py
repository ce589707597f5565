"""Tours and salvos on this PC, a file each. Any thread; every call waits for the disk. Must not import Qt."""

from __future__ import annotations

from pathlib import Path

from app.config.named_files import NamedFiles
from app.config.tour_text import salvo_from_text, salvo_text, tour_from_text, tour_text
from app.core.ports import LoadedTours
from app.core.salvo import Salvo
from app.core.sentence import Sentence
from app.core.tour import TourPlan


class TourFiles:
    """The tours and salvos of one folder.

    Args:
        folder: where they are; made with the first one.

    Attributes:
        tours: the tours' files.
        salvos: the salvos' files.
    """

    def __init__(self, folder: Path) -> None:
        self.tours: NamedFiles[TourPlan] = NamedFiles(
            folder / "tours", Sentence("tour"), tour_from_text, tour_text
        )
        self.salvos: NamedFiles[Salvo] = NamedFiles(
            folder / "salvos", Sentence("salvo"), salvo_from_text, salvo_text
        )

    def load(self) -> LoadedTours:
        """Everything that can be read."""
        tours, tour_problems = self.tours.load()
        salvos, salvo_problems = self.salvos.load()
        return LoadedTours(tours, salvos, (*tour_problems, *salvo_problems))
