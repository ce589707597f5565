"""What an officer made and chose on this PC, and what its administrators have set: read at the start.

Main thread, before the wall opens. Must not import Qt.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.config.layout_files import LayoutFiles
from app.config.settings import Settings
from app.config.settings_book import SettingsBook
from app.config.settings_table import CA_FILE, IDLE_LOCK_MIN, LOG_LEVEL
from app.config.shortlist_file import ShortlistFile
from app.config.tour_files import TourFiles
from app.console.library import LayoutLibrary
from app.console.shortlist_keeper import ShortlistKeeper
from app.console.tour_library import TourLibrary
from app.core.layout import layouts_from_data
from app.core.layouts import Layouts
from app.log import set_level

RESOURCES = Path(__file__).parents[1] / "resources"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Belongings:
    """What an officer made on this PC, and where it is.

    Attributes:
        folder: where all of it is.
        library: the layouts.
        tours: tours and salvos.
        shortlist: favourites and recently used cameras.
        book: the settings.
    """

    folder: Path
    library: LayoutLibrary
    tours: TourLibrary
    shortlist: ShortlistKeeper
    book: SettingsBook


def load_layouts() -> Layouts:
    """The product's layouts.

    Raises:
        ConfigError: its file is broken.
    """
    document = json.loads((RESOURCES / "layouts.json").read_text(encoding="utf-8"))
    return Layouts(layouts_from_data(document["patterns"]), tuple(document["order"]))


def load_belongings(folder: Path, given: Mapping[str, object]) -> Belongings:
    """Everything in that folder that can be read.

    Args:
        folder: where it is.
        given: the settings that the command line has set.

    Raises:
        ConfigError: the product's own layouts are broken.
    """
    library = LayoutLibrary(load_layouts(), LayoutFiles(folder / "layouts"))
    tours, shortlist = TourLibrary(TourFiles(folder)), ShortlistKeeper(ShortlistFile(folder))
    book = SettingsBook(folder, given)
    follow_settings(book)
    return Belongings(folder, library, tours, shortlist, book)


def follow_settings(book: SettingsBook) -> None:
    """Let those settings count that no window knows of, and say what is wrong with any, once."""
    set_level(book.settings.get(LOG_LEVEL))
    for problem in book.untold():
        _log.warning("%s", problem)


def ca_file_of(book: SettingsBook) -> Path | None:
    """Whom to believe over HTTPS and RTSPS, as PEM; None believes whom the system believes."""
    text = book.settings.get(CA_FILE)
    return Path(text) if text else None


def idle_s_of(settings: Settings) -> float:
    """After how long without input the controls are locked, seconds; 0 for never."""
    return 60.0 * settings.get(IDLE_LOCK_MIN)
