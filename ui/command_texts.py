"""What commands and their categories are called: the words of menus, palette, help and key editor.

GUI thread. English source strings, as in `ui/texts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.core.command_table import Category, Need, entry_of
from ui.plain_text import plain
from ui.texts import QT_TRANSLATE_NOOP, tr


@dataclass(frozen=True, slots=True)
class CommandText:
    """A command in words.

    Attributes:
        title: what a menu calls it; `{0}` takes its argument.
        tip: one sentence that says what it does.
    """

    title: str
    tip: str


COMMANDS: Mapping[str, CommandText] = MappingProxyType(
    {
        # ---- tile
        "select left": CommandText(
            QT_TRANSLATE_NOOP("Command", "Select the tile to the left"),
            QT_TRANSLATE_NOOP("Command", "Moves the yellow frame one tile to the left."),
        ),
        "select right": CommandText(
            QT_TRANSLATE_NOOP("Command", "Select the tile to the right"),
            QT_TRANSLATE_NOOP("Command", "Moves the yellow frame one tile to the right."),
        ),
        "select up": CommandText(
            QT_TRANSLATE_NOOP("Command", "Select the tile above"),
            QT_TRANSLATE_NOOP("Command", "Moves the yellow frame one tile up."),
        ),
        "select down": CommandText(
            QT_TRANSLATE_NOOP("Command", "Select the tile below"),
            QT_TRANSLATE_NOOP("Command", "Moves the yellow frame one tile down."),
        ),
        "maximise": CommandText(
            QT_TRANSLATE_NOOP("Command", "Fill the wall, and back"),
            QT_TRANSLATE_NOOP(
                "Command", "Shows the selected tile alone and sharper; again brings the others back."
            ),
        ),
        "previous-content": CommandText(
            QT_TRANSLATE_NOOP("Command", "Previous camera of the tile"),
            QT_TRANSLATE_NOOP("Command", "Shows what the selected tile showed before, up to eight cameras back."),
        ),
        "next-content": CommandText(
            QT_TRANSLATE_NOOP("Command", "Next camera of the tile"),
            QT_TRANSLATE_NOOP("Command", "Goes forward again through what the selected tile showed."),
        ),
        "clear": CommandText(
            QT_TRANSLATE_NOOP("Command", "Clear the tile"),
            QT_TRANSLATE_NOOP("Command", "Takes the camera off the selected tile; its neighbours stay in place."),
        ),
        "undo": CommandText(
            QT_TRANSLATE_NOOP("Command", "Take the last change back"),
            QT_TRANSLATE_NOOP("Command", "Brings back the cameras and the layout from before the last change."),
        ),
        "tile-menu": CommandText(
            QT_TRANSLATE_NOOP("Command", "Menu of the tile"),
            QT_TRANSLATE_NOOP("Command", "Opens what can be done with the selected tile."),
        ),
        # ---- layout
        "layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Layout {0}"),
            QT_TRANSLATE_NOOP("Command", "Lays the tiles out anew; every tile keeps its camera."),
        ),
        "next-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Next layout"),
            QT_TRANSLATE_NOOP("Command", "Goes on to the next layout in the list."),
        ),
        "previous-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Previous layout"),
            QT_TRANSLATE_NOOP("Command", "Goes back to the layout before in the list."),
        ),
        "open": CommandText(
            QT_TRANSLATE_NOOP("Command", "Open {0}"),
            QT_TRANSLATE_NOOP("Command", "Shows a saved layout with its cameras."),
        ),
        "new-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "New layout…"),
            QT_TRANSLATE_NOOP("Command", "Opens the layout editor with an empty layout."),
        ),
        "edit-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Edit the layout…"),
            QT_TRANSLATE_NOOP("Command", "Opens the layout editor with this monitor's layout."),
        ),
        "save-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Save the layout"),
            QT_TRANSLATE_NOOP("Command", "Keeps this monitor's layout and cameras under their name."),
        ),
        "save-layout-as": CommandText(
            QT_TRANSLATE_NOOP("Command", "Save the layout as…"),
            QT_TRANSLATE_NOOP("Command", "Keeps this monitor's layout and cameras under a new name."),
        ),
        "rename": CommandText(
            QT_TRANSLATE_NOOP("Command", "Rename the layout…"),
            QT_TRANSLATE_NOOP("Command", "Gives this monitor's saved layout another name."),
        ),
        "lock-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Lock or unlock the layout"),
            QT_TRANSLATE_NOOP("Command", "A locked layout shows a padlock and cannot be changed by accident."),
        ),
        "share-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Share the layout…"),
            QT_TRANSLATE_NOOP("Command", "Lets other posts and officers open this monitor's saved layout."),
        ),
        "delete-layout": CommandText(
            QT_TRANSLATE_NOOP("Command", "Delete the layout…"),
            QT_TRANSLATE_NOOP("Command", "Removes this monitor's saved layout; its cameras stay on the wall."),
        ),
        "hotspot": CommandText(
            QT_TRANSLATE_NOOP("Command", "Make the tile the hotspot"),
            QT_TRANSLATE_NOOP("Command", "The tile shows the camera of whichever other tile is selected."),
        ),
        "hotspot off": CommandText(
            QT_TRANSLATE_NOOP("Command", "No hotspot"),
            QT_TRANSLATE_NOOP("Command", "No tile follows the selection any more."),
        ),
        # ---- tours and salvos
        "tour": CommandText(
            QT_TRANSLATE_NOOP("Command", "Tour {0}"),
            QT_TRANSLATE_NOOP("Command", "Shows the tour's layouts one after another on this monitor."),
        ),
        "tour-pause": CommandText(
            QT_TRANSLATE_NOOP("Command", "Pause the tour, and go on"),
            QT_TRANSLATE_NOOP("Command", "Holds the tour at this step; again lets it go on."),
        ),
        "tour-next": CommandText(
            QT_TRANSLATE_NOOP("Command", "Next step of the tour"),
            QT_TRANSLATE_NOOP("Command", "Shows the tour's next step at once."),
        ),
        "tour-previous": CommandText(
            QT_TRANSLATE_NOOP("Command", "Previous step of the tour"),
            QT_TRANSLATE_NOOP("Command", "Shows the tour's step before once more."),
        ),
        "tour-stop": CommandText(
            QT_TRANSLATE_NOOP("Command", "End the tour"),
            QT_TRANSLATE_NOOP("Command", "Ends the tour and brings back what the monitor showed before."),
        ),
        "salvo": CommandText(
            QT_TRANSLATE_NOOP("Command", "Salvo {0}"),
            QT_TRANSLATE_NOOP("Command", "Calls up several tiles at once, on all monitors of the salvo."),
        ),
        "tours": CommandText(
            QT_TRANSLATE_NOOP("Command", "Make tours and salvos…"),
            QT_TRANSLATE_NOOP("Command", "Makes, changes and deletes tours and salvos."),
        ),
        "coverage-tour": CommandText(
            QT_TRANSLATE_NOOP("Command", "Tour of the least recently seen"),
            QT_TRANSLATE_NOOP("Command", "Shows on this monitor the cameras that nobody has seen for longest."),
        ),
        "coverage": CommandText(
            QT_TRANSLATE_NOOP("Command", "Which cameras were seen"),
            QT_TRANSLATE_NOOP("Command", "Opens the report: which cameras were seen, and when last."),
        ),
        # ---- looking closely
        "zoom-in": CommandText(
            QT_TRANSLATE_NOOP("Command", "Zoom in"),
            QT_TRANSLATE_NOOP("Command", "Enlarges the middle of the selected tile's picture."),
        ),
        "zoom-out": CommandText(
            QT_TRANSLATE_NOOP("Command", "Zoom out"),
            QT_TRANSLATE_NOOP("Command", "Shows more of the selected tile's picture."),
        ),
        "zoom-reset": CommandText(
            QT_TRANSLATE_NOOP("Command", "The whole picture"),
            QT_TRANSLATE_NOOP("Command", "Ends the zoom of the selected tile."),
        ),
        "pan left": CommandText(
            QT_TRANSLATE_NOOP("Command", "Look further left"),
            QT_TRANSLATE_NOOP("Command", "Moves the part that is seen of a zoomed picture to the left."),
        ),
        "pan right": CommandText(
            QT_TRANSLATE_NOOP("Command", "Look further right"),
            QT_TRANSLATE_NOOP("Command", "Moves the part that is seen of a zoomed picture to the right."),
        ),
        "pan up": CommandText(
            QT_TRANSLATE_NOOP("Command", "Look further up"),
            QT_TRANSLATE_NOOP("Command", "Moves the part that is seen of a zoomed picture up."),
        ),
        "pan down": CommandText(
            QT_TRANSLATE_NOOP("Command", "Look further down"),
            QT_TRANSLATE_NOOP("Command", "Moves the part that is seen of a zoomed picture down."),
        ),
        "statistics": CommandText(
            QT_TRANSLATE_NOOP("Command", "Figures on the selected tile"),
            QT_TRANSLATE_NOOP("Command", "Shows what was measured of the tile's stream; again hides it."),
        ),
        "statistics-all": CommandText(
            QT_TRANSLATE_NOOP("Command", "Figures on all tiles"),
            QT_TRANSLATE_NOOP("Command", "Shows what was measured of every stream; again hides it."),
        ),
        "snapshot": CommandText(
            QT_TRANSLATE_NOOP("Command", "Snapshot"),
            QT_TRANSLATE_NOOP("Command", "Saves the selected tile's picture with a record of when, who and why."),
        ),
        "purpose": CommandText(
            QT_TRANSLATE_NOOP("Command", "Purpose of viewing…"),
            QT_TRANSLATE_NOOP("Command", "States why the selected private camera is watched."),
        ),
        # ---- cameras
        "incident": CommandText(
            QT_TRANSLATE_NOOP("Command", "Note an incident"),
            QT_TRANSLATE_NOOP("Command", "Writes down what happens there, for the next handover."),
        ),
        "search": CommandText(
            QT_TRANSLATE_NOOP("Command", "Search for a camera"),
            QT_TRANSLATE_NOOP("Command", "Finds cameras by name, code, alias or kelurahan."),
        ),
        "panel": CommandText(
            QT_TRANSLATE_NOOP("Command", "Show or hide the camera list"),
            QT_TRANSLATE_NOOP("Command", "Gives the tiles the room of the camera list, and back."),
        ),
        "map": CommandText(
            QT_TRANSLATE_NOOP("Command", "Map of the cameras"),
            QT_TRANSLATE_NOOP("Command", "Shows where the cameras stand; one can be called up from there."),
        ),
        "health": CommandText(
            QT_TRANSLATE_NOOP("Command", "Health of this wall's cameras"),
            QT_TRANSLATE_NOOP("Command", "Lists the cameras on the wall, the worst first."),
        ),
        "accept-list": CommandText(
            QT_TRANSLATE_NOOP("Command", "Use the shorter camera list…"),
            QT_TRANSLATE_NOOP("Command", "For IT: the registry's list that is held back, so many are missing."),
        ),
        # ---- screens
        "full-screen": CommandText(
            QT_TRANSLATE_NOOP("Command", "Full screen"),
            QT_TRANSLATE_NOOP("Command", "Fills the screen with the wall; again brings the window back."),
        ),
        "next-monitor": CommandText(
            QT_TRANSLATE_NOOP("Command", "Next monitor"),
            QT_TRANSLATE_NOOP("Command", "Keys go to the next monitor from now on."),
        ),
        "previous-monitor": CommandText(
            QT_TRANSLATE_NOOP("Command", "Previous monitor"),
            QT_TRANSLATE_NOOP("Command", "Keys go to the monitor before from now on."),
        ),
        "identify-monitors": CommandText(
            QT_TRANSLATE_NOOP("Command", "Identify the monitors"),
            QT_TRANSLATE_NOOP("Command", "Shows each monitor's number large for a moment."),
        ),
        "operator-window": CommandText(
            QT_TRANSLATE_NOOP("Command", "Camera list in its own window"),
            QT_TRANSLATE_NOOP("Command", "Takes the camera list out of the wall, or back beside the tiles."),
        ),
        "walls": CommandText(
            QT_TRANSLATE_NOOP("Command", "Walls of posts…"),
            QT_TRANSLATE_NOOP("Command", "For chiefs: shows what posts' walls show, and directs them."),
        ),
        "release-remote": CommandText(
            QT_TRANSLATE_NOOP("Command", "Release the remote control"),
            QT_TRANSLATE_NOOP("Command", "Brings back what this wall showed before a chief's order came."),
        ),
        # ---- the console itself
        "duty": CommandText(
            QT_TRANSLATE_NOOP("Command", "Shift: sign in, unlock"),
            QT_TRANSLATE_NOOP("Command", "Shows who is on duty, and asks for service number and PIN."),
        ),
        "lock": CommandText(
            QT_TRANSLATE_NOOP("Command", "Lock the controls"),
            QT_TRANSLATE_NOOP("Command", "Hides the controls until your PIN; the wall goes on."),
        ),
        "hand-over": CommandText(
            QT_TRANSLATE_NOOP("Command", "Hand over to the next officer"),
            QT_TRANSLATE_NOOP("Command", "Lists dead tiles and incidents; the next officer accepts with a PIN."),
        ),
        "sign-off": CommandText(
            QT_TRANSLATE_NOOP("Command", "Sign off"),
            QT_TRANSLATE_NOOP("Command", "Ends your shift; the wall goes on."),
        ),
        "back": CommandText(
            QT_TRANSLATE_NOOP("Command", "Back"),
            QT_TRANSLATE_NOOP("Command", "Leaves what is temporary, the nearest first."),
        ),
        "menu": CommandText(
            QT_TRANSLATE_NOOP("Command", "Main menu"),
            QT_TRANSLATE_NOOP("Command", "Opens the menu of all commands."),
        ),
        "palette": CommandText(
            QT_TRANSLATE_NOOP("Command", "Find a command"),
            QT_TRANSLATE_NOOP("Command", "Finds any command, layout or tour by a few letters of its name."),
        ),
        "help": CommandText(
            QT_TRANSLATE_NOOP("Command", "Help: all keys"),
            QT_TRANSLATE_NOOP("Command", "Lists all keys and what they do."),
        ),
        "keys": CommandText(
            QT_TRANSLATE_NOOP("Command", "Change keys…"),
            QT_TRANSLATE_NOOP("Command", "Gives commands other keys."),
        ),
        "language id": CommandText(
            QT_TRANSLATE_NOOP("Command", "Language: Bahasa Indonesia"),
            QT_TRANSLATE_NOOP("Command", "Shows every word of the console in Indonesian."),
        ),
        "language en": CommandText(
            QT_TRANSLATE_NOOP("Command", "Language: English"),
            QT_TRANSLATE_NOOP("Command", "Shows every word of the console in English."),
        ),
        "theme dark": CommandText(
            QT_TRANSLATE_NOOP("Command", "Colours: dark room"),
            QT_TRANSLATE_NOOP("Command", "Quiet colours for a dark control room."),
        ),
        "theme contrast": CommandText(
            QT_TRANSLATE_NOOP("Command", "Colours: high contrast"),
            QT_TRANSLATE_NOOP("Command", "Stronger colours for bright rooms and tired eyes."),
        ),
        "quit": CommandText(
            QT_TRANSLATE_NOOP("Command", "Quit"),
            QT_TRANSLATE_NOOP("Command", "Closes the wall on all monitors."),
        ),
    }
)
"""By the text of the table's line."""

CATEGORIES: Mapping[Category, str] = MappingProxyType(
    {
        Category.TILE: QT_TRANSLATE_NOOP("Category", "Tile"),
        Category.LAYOUT: QT_TRANSLATE_NOOP("Category", "Layout"),
        Category.TOUR: QT_TRANSLATE_NOOP("Category", "Tours and salvos"),
        Category.CLOSER: QT_TRANSLATE_NOOP("Category", "Looking closely"),
        Category.CAMERAS: QT_TRANSLATE_NOOP("Category", "Cameras"),
        Category.SCREEN: QT_TRANSLATE_NOOP("Category", "Screens"),
        Category.CONSOLE: QT_TRANSLATE_NOOP("Category", "Console"),
    }
)

NEEDS: Mapping[Need, str] = MappingProxyType(
    {
        Need.TILE: QT_TRANSLATE_NOOP("Need", "Select a tile first."),
        Need.CAMERA: QT_TRANSLATE_NOOP("Need", "Select a tile with a camera first."),
        Need.SAVED_LAYOUT: QT_TRANSLATE_NOOP("Need", "This monitor shows no saved layout."),
        Need.HOTSPOT: QT_TRANSLATE_NOOP("Need", "No tile is a hotspot."),
        Need.CHANGE: QT_TRANSLATE_NOOP("Need", "There is nothing to take back."),
        Need.TOUR: QT_TRANSLATE_NOOP("Need", "No tour runs on this monitor."),
        Need.MONITORS: QT_TRANSLATE_NOOP("Need", "There is only one monitor."),
        Need.HELD_LIST: QT_TRANSLATE_NOOP("Need", "No camera list is held back."),
        Need.CHIEF: QT_TRANSLATE_NOOP("Need", "Only a chief directs the walls of posts: sign in as one."),
        Need.REMOTE: QT_TRANSLATE_NOOP("Need", "No remote control is on this wall."),
        Need.SHIFTS: QT_TRANSLATE_NOOP("Need", "Nobody signs in at this wall."),
        Need.OFFICER: QT_TRANSLATE_NOOP("Need", "Nobody has signed in."),
    }
)
"""Why a command does nothing just now."""


def command_words(command: str) -> str:
    """What a command text does, as a title; a text that is not in the table is shown as it is."""
    found = entry_of(command)
    if found is None:
        return plain(command)
    entry, argument = found
    title = COMMANDS[entry.text].title
    return tr("Command", title, plain(argument)) if argument else tr("Command", title)


def command_tip(command: str) -> str:
    """What a command text does, in one sentence; empty for a text that is not in the table."""
    found = entry_of(command)
    return tr("Command", COMMANDS[found[0].text].tip) if found is not None else ""


def category_words(category: Category) -> str:
    """What a part of the menu is called."""
    return tr("Category", CATEGORIES[category])


def need_sentence(need: Need | None) -> str:
    """Why a command does nothing just now; empty where nothing is missing."""
    return tr("Need", NEEDS[need]) if need is not None else ""
