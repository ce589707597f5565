"""One monitor's window: tiles, a tray below, on the operator's own screen the camera list on the left.

Keys and menus become commands; what concerns more than this window is the desk's (`ui/desk.py`).

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.console import Console
from app.core.branch import Branch
from app.core.commands import (
    AddCamera,
    Asker,
    Command,
    SelectTile,
    ShowCameras,
    command_from_text,
    is_wall_command,
)
from app.core.errors import ConfigError
from app.core.keymap import Keymap
from app.core.model import CameraId
from app.core.wall import WallState
from ui.chord_texts import chord_words
from ui.closer_look import CloserLook
from ui.duty_actions import DutyActions
from ui.icons import wall_icon
from ui.keypad_badge import KeypadBadge
from ui.keypad_entry import KeypadEntry
from ui.keys import Keys
from ui.layout_actions import LayoutActions
from ui.list_actions import list_actions
from ui.main_menu import MainMenu
from ui.offers import CommandOffers
from ui.pages import Pages
from ui.placing import Place
from ui.remote_banner import RemoteBanner, RemoteView
from ui.side_panel import SidePanel
from ui.telling import Telling
from ui.texts import sentence, tr
from ui.theme import Theme
from ui.tile_menu import TileMenu
from ui.tour_badge import TourBadge, bars_of
from ui.tray import Tray
from ui.wall_view import WallView

TRAY_PERIOD_S = 0.5
BADGE_PERIOD_S = 0.25
"""How often a tour's ring moves on."""


class WallWindow(QWidget):
    """One monitor's window.

    Args:
        console: what the wall shows.
        theme: colours and fonts.
        keymap: what each chord calls.
        delivered: what each chord calls on a PC that nobody has changed.
        find: finds cameras by what is typed.
        monitor: the number of the monitor that is shown, from 1.
        panel: the camera list, where it lies in this window.
        is_fixed: whether the window fills its screen for good.
        why_locked: why an administrator leaves a command nothing to choose; empty where it does.

    Signals:
        closing: somebody wants to close the wall; everything on it still stands.
        desk_wanted: an action that concerns more than this window, by its command text.
        keymap_changed: other keys count from now on (a `Keymap`).
    """

    closing = Signal()
    desk_wanted = Signal(str)
    keymap_changed = Signal(object)

    def __init__(
        self,
        console: Console,
        theme: Theme,
        keymap: Keymap,
        delivered: Keymap,
        find: Callable[[str], Iterable[Branch]],
        monitor: int = 1,
        panel: SidePanel | None = None,
        *,
        is_fixed: bool = False,
        why_locked: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__()
        self._is_fixed = is_fixed
        self._console = console
        self._keymap = keymap
        self.monitor = monitor
        self.panel = panel
        self._marked_wall: WallState | None = None
        self._next_tray_s = 0.0
        self._now_s = 0.0
        self._next_badge_s = 0.0
        self._wants_list = panel is not None
        """Whether the officer wants the camera list in this window; locked controls show none."""
        self._was_maximised = False
        """Before the window filled its screen."""
        self._wanted_list = True
        """Whether the officer wanted it before the window filled its screen."""
        self.view = WallView(console, theme, monitor)
        self.tray = Tray(theme, self._chord_of)
        self.banner = RemoteBanner(theme, self._chord_of)
        self._remote = RemoteView(console, monitor, self.banner, self.tray)
        self.pages = Pages(console, theme, delivered, self.view, find, self._chord_of)
        self.tour_badge = TourBadge(theme, self._chord_of, self.view)
        badge = KeypadBadge(theme, self.view)
        self.keypad = KeypadEntry(badge, console, self._asker, lambda: bool(self.view.direct))
        self._offers = CommandOffers(console, self.view, why_locked)
        self._layouts = LayoutActions(console, monitor, self.pages, self.tray.say)
        self._telling = Telling(console, self.view, self.tray, self._remote, self._layouts)
        self._duty = DutyActions(console, self.view, self.pages, self.tray, self._chord_of, self._controls_changed)
        self._closer = CloserLook(console, self.view, self.pages, self.tray.say)
        self._lay_out()
        self._connect()
        self._actions = self._make_actions()
        self._keys = Keys(self, keymap, self.run)
        self.setWindowTitle(tr("Window", "Pantau – wall {0}", monitor))
        self.setWindowIcon(wall_icon(theme.color("accent"), theme.color("raised")))
        self.setAccessibleName(tr("Window", "Pantau video wall"))
        self.view.setFocus()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        if self.panel is not None:
            middle.addWidget(self.panel)
        tiles = QVBoxLayout()
        tiles.setSpacing(0)
        tiles.addWidget(self.banner)
        tiles.addWidget(self.view, 1)
        middle.addLayout(tiles, 1)
        box = QVBoxLayout(self)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(middle, 1)
        box.addWidget(self.tray)

    def _connect(self) -> None:
        self.view.commanded.connect(self.dispatch)
        self.view.menu_wanted.connect(self.open_tile_menu)
        self.tray.command.connect(self.run)
        self.banner.command.connect(self.run)
        self.tray.menu_wanted.connect(lambda: self.run("menu"))
        self.pages.command.connect(self.run)
        self.pages.camera.connect(self.call_up)
        self.pages.tile.connect(lambda tile: self.dispatch(SelectTile(*tile)))
        self.pages.keymap.connect(self.keymap_changed)
        self.pages.closed.connect(self.view.setFocus)
        self.keypad.called.connect(self._call_by_number)

    def _make_actions(self) -> Mapping[str, Callable[[], object]]:
        """What the window itself does for a command text; everything else goes to the console or the desk."""
        own_panel = {"panel": self.toggle_panel, "search": self.start_search} if self.panel is not None else {}
        return MappingProxyType(
            {
                "back": self.go_back,
                "coverage": lambda: self.pages.toggle_coverage(self._now_s),
                "full-screen": self.toggle_full_screen,
                "health": lambda: self.pages.toggle_health(self._now_s),
                "help": self._toggle_help,
                "keys": lambda: self.pages.toggle_keys(self._keymap, self._offers.names()),
                "map": lambda: self.pages.toggle_map(self._now_s),
                "menu": self._open_main_menu,
                "palette": lambda: self.pages.toggle_palette(
                    self._keymap, self._offers.names(), self._offers.why_not
                ),
                "tile-menu": self._open_selected_menu,
                "tours": self.pages.toggle_tours,
                "walls": lambda: self.tray.say(self.pages.toggle_walls(self._now_s)),
                **own_panel,
                **self._layouts.actions(),
                **self._closer.actions(),
                **self._remote.actions(),
                **self._duty.actions(),
                **list_actions(self._console, self.pages, self.tray.say),
            }
        )

    def _toggle_help(self) -> None:
        self.pages.toggle_help(self._keymap, can_search=self._console.duty.state.is_controllable)

    # ---- time

    def refresh(self, now_s: float) -> None:
        """Show what has changed; call it after each pump."""
        self._now_s = now_s
        self.view.refresh(now_s)
        self._duty.refresh(now_s)
        if self._console.wall is not self._marked_wall:
            self._marked_wall = self._console.wall
            self._telling.wall_changed(now_s)
        if now_s >= self._next_tray_s:
            self._next_tray_s = now_s + TRAY_PERIOD_S
            self._telling.refresh(now_s)
            self.pages.refresh(now_s)
        if now_s >= self._next_badge_s:
            self._next_badge_s = now_s + BADGE_PERIOD_S
            self._show_tour(now_s)
        self.keypad.tick(now_s)
        self._closer.tick(now_s)

    def _show_tour(self, now_s: float) -> None:
        status = self._console.book.touring.status(self.monitor, now_s)
        self.tour_badge.show_status(status, bars_of(self.view) if status else (), bool(self.view.direct))

    def say_notices(self) -> None:
        """Say what has happened by itself or could not be done."""
        self._telling.say_notices()

    # ---- commands

    def dispatch(self, command: Command, *used: CameraId) -> None:
        """Send a command to the console, and note the cameras as used; what it cannot do is said in the tray."""
        if not self._duty.passes():
            return
        try:
            self._console.dispatch(command)
            self._console.shortlist.use(used)
        except ConfigError as error:
            self.tray.say(sentence(error))

    def call_up(self, *cameras: str) -> None:
        """Bring cameras onto this monitor: one onto the next tile, several for a while in their own layout."""
        ids = tuple(map(CameraId, cameras))
        self.dispatch(AddCamera(self.monitor, ids[0]) if len(ids) == 1 else ShowCameras(self.monitor, ids), *ids)

    def _call_by_number(self, command: Command, camera: str) -> None:
        self.dispatch(command, CameraId(camera))

    def run(self, text: str) -> None:
        """Carry out a keymap's command text, unless the controls are locked."""
        if not self._duty.passes(text):
            return
        action = self._actions.get(text)
        if action is not None:
            action()
        elif is_wall_command(text):
            self.run_wall_command(text)
        else:
            self.desk_wanted.emit(text)

    def go_back(self) -> None:
        """Leave what is temporary, the nearest first: help, maximised tile, selection, full screen."""
        if self.pages.put_away():
            return
        if self.view.state.is_at_rest and self.isFullScreen():
            self.toggle_full_screen()
        else:
            self.run_wall_command("back")

    def run_wall_command(self, text: str) -> None:
        """Send a command text to the console, past the window's own actions."""
        command = command_from_text(text, self._asker())
        if command is not None:
            self.dispatch(command)

    def _asker(self) -> Asker:
        return Asker(self.monitor, self.view.state.selected)

    def set_keymap(self, keymap: Keymap) -> None:
        """Other keys count from now on."""
        self._keymap = keymap
        self._keys.replace(keymap)

    # ---- the window's own actions

    def toggle_full_screen(self) -> None:
        """Fill the screen, without the camera list, or come back; a window that fills it for good does neither."""
        if self._is_fixed:
            return
        if self.isFullScreen():
            self.showMaximized() if self._was_maximised else self.showNormal()
            self.show_list(self._wanted_list)
        else:
            self._was_maximised, self._wanted_list = self.isMaximized(), self._wants_list
            self.show_list(False)
            self.showFullScreen()

    @property
    def holds_work(self) -> bool:
        """Whether something lies on it that would be lost with it: a page, a number that is being typed."""
        return self.pages.holds_work or self.keypad.is_typing

    @property
    def place(self) -> Place:
        """How the officer has arranged this window."""
        is_full = self.isFullScreen()
        is_maximised = self._was_maximised if is_full else self.isMaximized()
        normal = self.normalGeometry() if is_full or is_maximised else self.geometry()
        return Place(normal, is_full, is_maximised, self._wants_list, self._wanted_list)

    def take_place(self, place: Place) -> None:
        """Lie as a window lay that this one stands for; one that fills its screen for good keeps doing so."""
        self._wanted_list, self._was_maximised = place.wanted_list, place.is_maximised
        self.show_list(place.wants_list)
        if self._is_fixed:
            return
        if self.isFullScreen() and not place.is_full:
            self.showNormal()
        if not self.isFullScreen():
            self.setGeometry(place.normal)
        if place.is_full:
            self.showFullScreen()
        elif place.is_maximised:
            self.showMaximized()

    def show_list(self, is_wanted: bool) -> None:
        """Show or hide the camera list that lies here; at locked controls it comes with them."""
        self._wants_list = is_wanted
        if self.panel is not None:
            self.panel.setVisible(is_wanted and self._console.duty.state.is_controllable)

    def _controls_changed(self) -> None:
        """The controls were locked, which leaves what was begun with keys, or are somebody's again."""
        self.show_list(self._wants_list)
        if not self._console.duty.state.is_controllable:
            self.keypad.forget()
            while (popup := QApplication.activePopupWidget()) is not None and popup.close():
                pass  # a menu takes all keys, and says names
            self.view.setFocus()

    def toggle_panel(self) -> None:
        """Show or hide the camera list that lies in this window."""
        self.show_list(not self._wants_list)
        self.view.setFocus()

    def start_search(self) -> None:
        """Show the camera list that lies in this window and put the cursor into its search box."""
        self.show_list(True)
        if self.panel is not None:
            self.panel.focus_search()

    def _open_selected_menu(self) -> None:
        number = self.view.state.selected
        if number is not None and (record := self.view.record(number)) is not None:
            self.open_tile_menu(number, self.view.mapToGlobal(record.area.center()))

    def open_tile_menu(self, number: int, position: QPoint) -> None:
        """Open the menu of a tile at a global position."""
        if self._duty.passes("tile-menu"):
            self.tile_menu(number).popup(position)

    def tile_menu(self, number: int) -> TileMenu:
        """The menu of a tile, which it selects: its commands concern that. It deletes itself when it closes."""
        self.dispatch(SelectTile(self.monitor, number))
        record = self.view.record(number)
        name = record.look.name if record is not None and record.look is not None else ""
        return TileMenu(number, name, self._keymap, self.run, self._offers.why_not, self)

    def _open_main_menu(self) -> None:
        menu = MainMenu(self._keymap, self._offers.names(), self.run, self._offers.why_not, self)
        corner = self.tray.mapToGlobal(QPoint(0, 0))
        menu.open_at(corner - QPoint(0, menu.sizeHint().height()))

    def _chord_of(self, command: str) -> str:
        return next(map(chord_words, self._keymap.chords(command)), "")

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_on_wall = self.view.hasFocus() or self.hasFocus()
        if not (is_on_wall and self._takes(event)):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key that was pressed on the wall means something; at locked controls a digit is a PIN's."""
        is_controllable = self._console.duty.state.is_controllable
        if is_controllable and self._is_keypads(event):
            return True
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not is_controllable and is_plain and event.text().isdigit():
            return self._duty.press_locked(event.text())
        return self._keys.press(event) or self._duty.press_locked(event.text())

    def _is_keypads(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to a camera's number; a lone 0 on a zoomed tile shows the whole picture again."""
        resets = event.key() == Qt.Key.Key_0 and self.view.zoom.is_zoomed(self.view.state.selected)
        if resets and not self.keypad.is_typing:
            self.run("zoom-reset")
            return True
        return self.keypad.press(event, self._now_s)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.ignore()  # the desk closes all windows together, or none
