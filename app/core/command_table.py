"""Every command that an officer can give, as data: the one list behind keys, menus, palette and help.

Pure: no Qt, no I/O, no clock. Words for people are in `ui/command_texts.py`, default keys in
`resources/keymap.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from app.core.commands import is_wall_command
from app.core.errors import ConfigError
from app.core.layouts import Layouts


class Category(Enum):
    """Where a command stands in the menu, in the order of the menu."""

    TILE = "tile"
    LAYOUT = "layout"
    TOUR = "tour"
    CLOSER = "closer"
    CAMERAS = "cameras"
    SCREEN = "screen"
    CONSOLE = "console"


class Argument(Enum):
    """What a command is told after its name: the name of something that may come and go."""

    LAYOUT = "layout"
    SAVED_LAYOUT = "saved layout"
    TOUR = "tour"
    SALVO = "salvo"


class Need(Enum):
    """What must be there for a command to do anything."""

    TILE = "tile"
    """A selected tile."""
    CAMERA = "camera"
    """A camera on the selected tile."""
    SAVED_LAYOUT = "saved layout"
    """A saved layout on the monitor."""
    HOTSPOT = "hotspot"
    """A tile that follows the selection."""
    CHANGE = "change"
    """Something to take back."""
    TOUR = "tour"
    """A tour on the monitor."""
    MONITORS = "monitors"
    """More than one monitor."""
    HELD_LIST = "held list"
    """A camera list that waits for somebody's yes."""
    CHIEF = "chief"
    """A chief on duty."""
    REMOTE = "remote"
    """An order from elsewhere on the wall."""
    SHIFTS = "shifts"
    """Somebody who checks officers."""
    OFFICER = "officer"
    """An officer on duty."""


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One line of the table.

    Attributes:
        text: what a keymap calls, without an argument: `"maximise"`, `"select left"`, `"open"`.
        category: its place in the menu.
        argument: what must follow the text, if anything.
        need: without which it does nothing, if anything.
    """

    text: str
    category: Category
    argument: Argument | None = None
    need: Need | None = None


_DIRECTIONS = ("left", "right", "up", "down")

COMMANDS: tuple[CommandEntry, ...] = (
    *(CommandEntry(f"select {direction}", Category.TILE) for direction in _DIRECTIONS),
    CommandEntry("maximise", Category.TILE, need=Need.TILE),
    CommandEntry("previous-content", Category.TILE, need=Need.TILE),
    CommandEntry("next-content", Category.TILE, need=Need.TILE),
    CommandEntry("clear", Category.TILE, need=Need.CAMERA),
    CommandEntry("undo", Category.TILE, need=Need.CHANGE),
    CommandEntry("tile-menu", Category.TILE, need=Need.TILE),
    CommandEntry("layout", Category.LAYOUT, Argument.LAYOUT),
    CommandEntry("next-layout", Category.LAYOUT),
    CommandEntry("previous-layout", Category.LAYOUT),
    CommandEntry("open", Category.LAYOUT, Argument.SAVED_LAYOUT),
    CommandEntry("new-layout", Category.LAYOUT),
    CommandEntry("edit-layout", Category.LAYOUT),
    CommandEntry("save-layout", Category.LAYOUT),
    CommandEntry("save-layout-as", Category.LAYOUT),
    CommandEntry("rename", Category.LAYOUT, need=Need.SAVED_LAYOUT),
    CommandEntry("lock-layout", Category.LAYOUT, need=Need.SAVED_LAYOUT),
    CommandEntry("share-layout", Category.LAYOUT, need=Need.SAVED_LAYOUT),
    CommandEntry("delete-layout", Category.LAYOUT, need=Need.SAVED_LAYOUT),
    CommandEntry("hotspot", Category.LAYOUT, need=Need.TILE),
    CommandEntry("hotspot off", Category.LAYOUT, need=Need.HOTSPOT),
    CommandEntry("tour", Category.TOUR, Argument.TOUR),
    CommandEntry("tour-pause", Category.TOUR, need=Need.TOUR),
    CommandEntry("tour-next", Category.TOUR, need=Need.TOUR),
    CommandEntry("tour-previous", Category.TOUR, need=Need.TOUR),
    CommandEntry("tour-stop", Category.TOUR, need=Need.TOUR),
    CommandEntry("salvo", Category.TOUR, Argument.SALVO),
    CommandEntry("tours", Category.TOUR),
    CommandEntry("coverage-tour", Category.TOUR),
    CommandEntry("coverage", Category.TOUR),
    CommandEntry("zoom-in", Category.CLOSER, need=Need.CAMERA),
    CommandEntry("zoom-out", Category.CLOSER, need=Need.CAMERA),
    CommandEntry("zoom-reset", Category.CLOSER, need=Need.CAMERA),
    *(CommandEntry(f"pan {direction}", Category.CLOSER, need=Need.CAMERA) for direction in _DIRECTIONS),
    CommandEntry("statistics", Category.CLOSER, need=Need.CAMERA),
    CommandEntry("statistics-all", Category.CLOSER),
    CommandEntry("snapshot", Category.CLOSER, need=Need.CAMERA),
    CommandEntry("purpose", Category.CLOSER, need=Need.CAMERA),
    CommandEntry("incident", Category.CLOSER, need=Need.CAMERA),
    CommandEntry("search", Category.CAMERAS),
    CommandEntry("panel", Category.CAMERAS),
    CommandEntry("map", Category.CAMERAS),
    CommandEntry("health", Category.CAMERAS),
    CommandEntry("accept-list", Category.CAMERAS, need=Need.HELD_LIST),
    CommandEntry("full-screen", Category.SCREEN),
    CommandEntry("next-monitor", Category.SCREEN, need=Need.MONITORS),
    CommandEntry("previous-monitor", Category.SCREEN, need=Need.MONITORS),
    CommandEntry("identify-monitors", Category.SCREEN),
    CommandEntry("operator-window", Category.SCREEN),
    CommandEntry("walls", Category.SCREEN, need=Need.CHIEF),
    CommandEntry("release-remote", Category.SCREEN, need=Need.REMOTE),
    CommandEntry("duty", Category.CONSOLE, need=Need.SHIFTS),
    CommandEntry("lock", Category.CONSOLE, need=Need.OFFICER),
    CommandEntry("hand-over", Category.CONSOLE, need=Need.OFFICER),
    CommandEntry("sign-off", Category.CONSOLE, need=Need.OFFICER),
    CommandEntry("back", Category.CONSOLE),
    CommandEntry("menu", Category.CONSOLE),
    CommandEntry("palette", Category.CONSOLE),
    CommandEntry("help", Category.CONSOLE),
    CommandEntry("keys", Category.CONSOLE),
    CommandEntry("language id", Category.CONSOLE),
    CommandEntry("language en", Category.CONSOLE),
    CommandEntry("theme dark", Category.CONSOLE),
    CommandEntry("theme contrast", Category.CONSOLE),
    CommandEntry("quit", Category.CONSOLE),
)
"""All commands, by category, in the order in which menus and pages list them."""

_BY_TEXT: Mapping[str, CommandEntry] = MappingProxyType({entry.text: entry for entry in COMMANDS})

UI_ACTIONS = frozenset(entry.text for entry in COMMANDS if not is_wall_command(entry.text))
"""What is done by the windows themselves, never by the wall's state; `tour` and the like stand without a name."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The names that commands can be told just now."""

    layouts: tuple[str, ...] = ()
    saved_layouts: tuple[str, ...] = ()
    tours: tuple[str, ...] = ()
    salvos: tuple[str, ...] = ()

    def names(self, argument: Argument) -> tuple[str, ...]:
        """The names that a command with this argument can be told."""
        by_kind = {
            Argument.LAYOUT: self.layouts,
            Argument.SAVED_LAYOUT: self.saved_layouts,
            Argument.TOUR: self.tours,
            Argument.SALVO: self.salvos,
        }
        return by_kind[argument]

    def commands(self, entry: CommandEntry) -> tuple[str, ...]:
        """The complete command texts that a line of the table stands for."""
        if entry.argument is None:
            return (entry.text,)
        return tuple(f"{entry.text} {name}" for name in self.names(entry.argument))


def entry_of(command: str) -> tuple[CommandEntry, str] | None:
    """The line of the table that a command text calls, and its argument; None where it calls none.

    A text that lacks its argument, or has one too many, calls none.
    """
    whole = _BY_TEXT.get(command)
    if whole is not None:
        return (whole, "") if whole.argument is None else None
    name, _, argument = command.partition(" ")
    entry = _BY_TEXT.get(name)
    if entry is None or entry.argument is None or not argument.strip():
        return None
    return entry, argument


def check_command(command: str, layouts: Layouts) -> None:
    """Refuse a text that calls nothing.

    What officers make and delete (saved layouts, tours, salvos) is not looked for: a key may be older than it, or
    outlive it.

    Args:
        command: the text.
        layouts: the layouts that `layout` may call.

    Raises:
        ConfigError: it names no command or no layout.
    """
    found = entry_of(command)
    if found is None:
        raise ConfigError("{0} is no command", repr(command))
    entry, argument = found
    if entry.argument is Argument.LAYOUT:
        layouts.get(argument)


def missing_need(command: str, met: frozenset[Need]) -> Need | None:
    """What a command lacks to do anything, None where nothing is missing.

    Args:
        command: a command text of the table.
        met: what is there.
    """
    found = entry_of(command)
    need = found[0].need if found is not None else None
    return need if need not in met else None
