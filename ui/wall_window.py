"""One monitor's window: tiles, a tray below, on the operator's own screen the camera list on the left.

Keys and menus become commands; what concerns more than this window is the desk's (`ui/desk.py`).

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.console import Console
from app.core.commands import (
    ApplyLayout,
    Asker,
    ClearTile,
    Command,
    SelectTile,
    TileId,
    ToggleMaximised,
    command_from_text,
    is_wall_command,
)
from app.core.errors import ConfigError
from app.core.keymap import Keymap
from app.core.tile_status import Sign, worst_first
from app.core.wall import WallState, assigned_tiles
from ui.health_overlay import HealthOverlay
from ui.help_overlay import HelpOverlay, chord_words
from ui.icons import wall_icon
from ui.keys import Keys
from ui.overlay import Overlay
from ui.plain_text import plain_action
from ui.side_panel import SidePanel
from ui.texts import sign_word, tr
from ui.theme import Theme
from ui.tray import Tray
from ui.wall_view import WallView

TRAY_PERIOD_S = 0.5


class WallWindow(QWidget):
    """One monitor's window.

    Args:
        console: what the wall shows.
        theme: colours and fonts.
        keymap: what each chord calls.
        monitor: the number of the monitor that is shown, from 1.
        panel: the camera list, where it lies in this window.
        is_fixed: whether the window fills its screen for good.

    Signals:
        closing: somebody wants to close the wall; everything on it still stands.
        desk_wanted: an action that concerns more than this window, by its command text.
    """

    closing = Signal()
    desk_wanted = Signal(str)

    def __init__(
        self,
        console: Console,
        theme: Theme,
        keymap: Keymap,
        monitor: int = 1,
        panel: SidePanel | None = None,
        *,
        is_fixed: bool = False,
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
        self._had_panel = True
        self.view = WallView(console, theme, monitor)
        self.tray = Tray(console.layouts, theme, self._chord_of)
        self.help = HelpOverlay(keymap, self.view)
        self.health = HealthOverlay(theme, self.view)
        self._pages: tuple[Overlay, ...] = (self.help, self.health)
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
        middle.addWidget(self.view, 1)
        box = QVBoxLayout(self)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(middle, 1)
        box.addWidget(self.tray)

    def _connect(self) -> None:
        self.view.commanded.connect(self.dispatch)
        self.view.menu_wanted.connect(self.open_tile_menu)
        self.tray.layout_wanted.connect(self._apply_layout)
        self.tray.help_wanted.connect(self.toggle_help)
        self.tray.panel_wanted.connect(lambda: self.run("panel"))
        self.tray.health_wanted.connect(self.toggle_health)
        for page in self._pages:
            page.closed.connect(self.view.setFocus)
        self.health.chosen.connect(lambda number: self.dispatch(SelectTile(self.monitor, number)))

    def _make_actions(self) -> Mapping[str, Callable[[], None]]:
        """What the window itself does for a command text; everything else goes to the console."""
        return MappingProxyType(
            {
                "back": self.go_back,
                "full-screen": self.toggle_full_screen,
                "health": self.toggle_health,
                "help": self.toggle_help,
                **({"panel": self.toggle_panel, "search": self.start_search} if self.panel is not None else {}),
                "statistics": self.view.toggle_figures,
                "statistics-all": self.view.toggle_all_figures,
                "tile-menu": self._open_selected_menu,
            }
        )

    # ---- time

    def refresh(self, now_s: float) -> None:
        """Show what has changed; call it after each pump."""
        self._now_s = now_s
        self.view.refresh(now_s)
        if self._console.wall is not self._marked_wall:
            self._show_wall()
        if now_s >= self._next_tray_s:
            self._next_tray_s = now_s + TRAY_PERIOD_S
            self._show_tray(now_s)
            self._tell_selection()
            if self.health.isVisible():
                self._show_health(now_s)

    def _show_wall(self) -> None:
        self._marked_wall = self._console.wall
        self.tray.show_layout(self.view.state.layout)

    def _tell_selection(self) -> None:
        """Say the selected tile in words, for screen readers."""
        number = self.view.state.selected
        look = next((record.look for record in self.view.records if record.tile.number == number), None)
        words = tr("Window", "Tile {0}, {1}, {2}", number, look.name, sign_word(look.sign)) if look else ""
        if self.view.accessibleDescription() != words:
            self.view.setAccessibleDescription(words)

    def _show_tray(self, now_s: float) -> None:
        tiles = self._tiles()
        live = sum(self._console.status(tile, now_s).sign is Sign.LIVE for tile in tiles)
        self.tray.show_live(live, len(tiles))
        self.tray.show_registry(self._console.registry, now_s)
        self.tray.tick_clock()

    def _tiles(self) -> list[TileId]:
        """This monitor's tiles that have a camera."""
        tiles = assigned_tiles(self._console.wall, self._console.layouts)
        return [tile for tile in tiles if tile.monitor == self.monitor]

    # ---- commands

    def dispatch(self, command: Command) -> None:
        """Send a command to the console; what it cannot do is said in the tray."""
        try:
            self._console.dispatch(command)
        except ConfigError as error:
            self.tray.say(str(error))

    def run(self, text: str) -> None:
        """Carry out a keymap's command text."""
        action = self._actions.get(text)
        if action is not None:
            action()
        elif is_wall_command(text):
            self.run_wall_command(text)
        else:
            self.desk_wanted.emit(text)

    def _apply_layout(self, name: str) -> None:
        self.dispatch(ApplyLayout(self.monitor, name))

    def go_back(self) -> None:
        """Leave what is temporary, the nearest first: help, maximised tile, selection, full screen."""
        page = next((page for page in self._pages if page.isVisible()), None)
        if page is not None:
            page.put_away()
        elif self.view.state.is_at_rest and self.isFullScreen():
            self.toggle_full_screen()
        else:
            self.run_wall_command("back")

    def run_wall_command(self, text: str) -> None:
        """Send a command text to the console, past the window's own actions."""
        command = command_from_text(text, Asker(self.monitor, self.view.state.selected))
        if command is not None:
            self.dispatch(command)

    # ---- the window's own actions

    def toggle_full_screen(self) -> None:
        """Fill the screen, without the camera list, or come back; a window that fills it for good does neither."""
        if self._is_fixed:
            return
        if self.isFullScreen():
            self.showNormal()
            self._show_panel(self._had_panel)
        else:
            self._had_panel = self.panel is not None and not self.panel.isHidden()
            self._show_panel(False)
            self.showFullScreen()

    def _show_panel(self, is_shown: bool) -> None:
        if self.panel is not None:
            self.panel.setVisible(is_shown)

    def toggle_panel(self) -> None:
        """Show or hide the camera list that lies in this window."""
        self._show_panel(self.panel is not None and self.panel.isHidden())
        self.view.setFocus()

    def start_search(self) -> None:
        """Show the camera list that lies in this window and put the cursor into its search box."""
        self._show_panel(True)
        if self.panel is not None:
            self.panel.focus_search()

    def toggle_help(self) -> None:
        """Show or put away the page of keys."""
        self._toggle(self.help)

    def toggle_health(self) -> None:
        """Show or put away the list of this wall's cameras, the worst first."""
        self._show_health(self._now_s)
        self._toggle(self.health)

    def _toggle(self, page: Overlay) -> None:
        is_open = page.isVisible()
        for each in self._pages:
            each.hide()
        if is_open:
            page.put_away()
        else:
            page.open(is_native=bool(self.view.direct))

    def _show_health(self, now_s: float) -> None:
        self.health.show_statuses(worst_first(self._console.status(tile, now_s) for tile in self._tiles()))

    def _open_selected_menu(self) -> None:
        number = self.view.state.selected
        record = self.view.record(number) if number is not None else None
        if number is not None and record is not None:
            self.open_tile_menu(number, self.view.mapToGlobal(self.view.logical_rect(record).center()))

    def open_tile_menu(self, number: int, position: QPoint) -> None:
        """Open the menu of a tile at a global position."""
        menu = self.tile_menu(number)
        menu.popup(position)

    def tile_menu(self, number: int) -> QMenu:
        """The menu of a tile; it deletes itself when it closes."""
        tile = TileId(self.monitor, number)
        has_camera = self._console.wall.camera_at(tile) is not None
        is_maximised = self.view.state.maximised is not None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Menu", "Tile {0}", number))
        self._add_title(menu, number)
        toggle = ToggleMaximised(self.monitor, number)
        fill = tr("Menu", "Back to the layout") if is_maximised else tr("Menu", "Fill the wall")
        self._add(menu, fill, "maximise", lambda: self.dispatch(toggle), has_camera)
        self._add(menu, tr("Menu", "Figures"), "statistics", lambda: self._figures_of(number), has_camera)
        menu.addSeparator()
        self._add(menu, tr("Menu", "Clear the tile"), "clear", lambda: self.dispatch(ClearTile(tile)), has_camera)
        return menu

    def _add_title(self, menu: QMenu, number: int) -> None:
        record = self.view.record(number)
        name = record.look.name if record is not None and record.look is not None else ""
        title = menu.addAction(plain_action(tr("Menu", "Tile {0}", number) + (f" · {name}" if name else "")))
        title.setEnabled(False)
        menu.addSeparator()

    def _add(self, menu: QMenu, text: str, command: str, run: Callable[[], None], is_possible: bool) -> None:
        action = menu.addAction(f"{plain_action(text)}\t{self._chord_of(command)}".rstrip("\t"))
        action.setEnabled(is_possible)
        action.triggered.connect(run)

    def _figures_of(self, number: int) -> None:
        self.dispatch(SelectTile(self.monitor, number))
        self.view.toggle_figures()

    def _chord_of(self, command: str) -> str:
        return next(map(chord_words, self._keymap.chords(command)), "")

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_on_wall = self.view.hasFocus() or self.hasFocus()
        if not (is_on_wall and self._keys.press(event)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for page in self._pages:
            if page.isVisible():
                page.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.ignore()  # the desk closes all windows together, or none
