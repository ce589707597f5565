"""All windows of the wall: one for each monitor whose screen is plugged in, and the operator's camera list.

GUI thread. Screens come and go; a monitor keeps its number, layout and cameras, and its window is made anew
when its screen is back. Nothing of the wall's state is kept here, so that windows can be made anew at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget

from app.console import Console
from app.core.errors import ConfigError
from app.core.keymap import Keymap
from app.core.layout import MAX_TILES
from app.core.model import CameraId
from ui.duty_watch import DutyWatch
from ui.figures import FiguresShown
from ui.language import Language
from ui.list_keeper import ListKeeper
from ui.looks import LooksFollower
from ui.monitor_number import MonitorNumber
from ui.operator_window import OperatorWindow
from ui.placing import fill, move_onto
from ui.preferences import Preferences
from ui.screens import ScreenWatch
from ui.side_panel import SidePanel
from ui.texts import sentence, tr
from ui.theme import ThemeName
from ui.wall_window import WallWindow

ACTIVATES_MS = 100
"""A window that was just made takes no keys before the window system has shown it."""
LANGUAGES = tuple(language.value for language in Language)
THEMES = tuple(theme.value for theme in ThemeName)


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How the windows are opened."""

    size: tuple[int, int] = (1280, 800)
    """Of the operator's window, logical pixels; the other monitors' windows fill their screens."""
    panel_shown: bool = True
    full_screen: bool = False
    """Whether the operator's window fills its screen, too."""
    kiosk: bool = False
    """Whether every window fills its screen for good, and nothing that an officer does ends the wall."""


class Desk(QObject):
    """Keeps a window on every present screen.

    Args:
        application: whose screens they are.
        console: what the wall shows; it is pumped here.
        preferences: language, theme and keys.
        options: see there.

    Attributes:
        windows: by monitor number.
        preferences: see above.

    Signals:
        closing: the wall is to be closed; all windows still stand.
    """

    closing = Signal()

    def __init__(
        self, application: QApplication, console: Console, preferences: Preferences, options: DeskOptions
    ) -> None:
        super().__init__()
        self._console = console
        self.preferences = preferences
        self._options = options
        self._unsaid, self._heard = [*preferences.problems], 0
        self._screens = ScreenWatch(application)
        self._screens.changed.connect(self.arrange)
        self._home: int | None = None
        self._operator = self._active = 1
        self._is_docked = True
        self._list_keeper = ListKeeper(console)
        self._activate_timer = QTimer(self, singleShot=True, interval=ACTIVATES_MS)
        self._activate_timer.timeout.connect(lambda: self.active.activateWindow())
        self.windows: dict[int, WallWindow] = {}
        self._looks = LooksFollower(preferences, self.windows, self._make_anew)
        self._figures: dict[int, FiguresShown] = {}
        self.panel = self._new_panel()
        self.operator_window: OperatorWindow | None = None
        self._actions = self._make_actions()
        self._duty_watch = DutyWatch(application, console.duty)
        application.focusChanged.connect(self._note_active)

    def _make_actions(self) -> Mapping[str, Callable[[], None]]:
        """What concerns more than one window, by command text."""
        return MappingProxyType(
            {
                "identify-monitors": self.identify,
                **{f"language {word}": self._prefers(self.preferences.set_language, word) for word in LANGUAGES},
                **{f"theme {word}": self._prefers(self.preferences.set_theme, word) for word in THEMES},
                "next-monitor": lambda: self._step_monitor(1),
                "operator-window": self.toggle_docked,
                "panel": self._toggle_panel,
                "previous-monitor": lambda: self._step_monitor(-1),
                "quit": self._end,
                "search": self._search,
            }
        )

    # ---- which windows there are

    @property
    def operator(self) -> WallWindow:
        """The window on the operator's own screen."""
        return self.windows[self._operator]

    @property
    def active(self) -> WallWindow:
        """The window that the officer worked in last."""
        return self.windows.get(self._active, self.operator)

    def arrange(self) -> None:
        """Give every monitor whose screen is there its window, and take the others' away.

        While no screen is there at all, everything stays as it is.
        """
        screens = self._screens.present()
        if screens:
            self._console.set_screens(tuple(screens))
        places = self._places(screens)
        operator = next(iter(places))
        for number in [*self.windows]:
            if number not in places or (operator != self._operator and number in (operator, self._operator)):
                self._drop(number)
        self._operator = operator
        for number, screen in places.items():
            self._open(number, screen)

    def _places(self, screens: Mapping[str, QScreen]) -> dict[int, QScreen | None]:
        """The monitors that are present and their screens, the operator's own first."""
        if not screens:
            return dict.fromkeys(self.windows or (self._operator,))
        monitors = {monitor.screen: number for number, monitor in enumerate(self._console.wall.monitors, start=1)}
        places = {monitors[key]: screen for key, screen in screens.items()}
        if self._home is None:
            self._home = next(iter(places))  # later the system may call another screen its primary one
        return dict(sorted(places.items(), key=lambda place: place[0] != self._home))

    def _open(self, number: int, screen: QScreen | None) -> None:
        is_new = number not in self.windows
        window = self.windows.get(number) or self._new_window(number)
        if number != self._operator or self._fills:
            fill(window, screen)
        elif is_new:
            window.resize(*self._options.size)
            move_onto(window, screen)
            window.show()
        else:
            move_onto(window, screen)

    def _new_window(self, number: int) -> WallWindow:
        panel = self.panel if number == self._operator and self._is_docked else None
        window = WallWindow(
            self._console,
            self.preferences.theme,
            self.preferences.keymap,
            self.preferences.delivered,
            lambda query: self.panel.index.find(query),
            number,
            panel,
            is_fixed=self._options.kiosk or number != self._operator,
            why_locked=self.preferences.why_locked,
        )
        window.view.figures = self._figures.setdefault(number, window.view.figures)
        if panel is not None:
            window.show_list(self._options.panel_shown and not self._fills)
        window.closing.connect(self._end)
        window.desk_wanted.connect(self.run)
        window.keymap_changed.connect(self._take_keymap)
        window.view.commanded.connect(lambda _command: self._work_in(number))
        window.pages.tile.connect(lambda tile: self._turn_to(tile.monitor))
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, number != self._operator)
        self.windows[number] = window
        return window

    @property
    def _fills(self) -> bool:
        return self._options.full_screen or self._options.kiosk

    def _end(self) -> None:
        """The officer wants the wall closed; in a kiosk that is for whoever may end the process."""
        if not self._options.kiosk:
            self.closing.emit()

    def _drop(self, number: int) -> None:
        window = self.windows.pop(number)
        if window.panel is not None:
            self._renew_panel()
        window.hide()
        window.view.release()
        window.view.direct.close()
        window.deleteLater()

    def _renew_panel(self) -> None:
        """Another list, with what was typed into the one before."""
        typed = self.panel.search.text()
        self.panel = self._new_panel()
        self.panel.search.setText(typed)

    def _new_panel(self) -> SidePanel:
        panel = SidePanel(self.preferences.theme)
        panel.chosen.connect(lambda camera: self.active.call_up(camera))
        panel.wanted_together.connect(self._show_together)
        panel.starred.connect(self._star)
        panel.left.connect(self._leave_list)
        return panel

    # ---- time

    def tick(self, now_s: float) -> None:
        """Let the console take in what came, then show what has changed."""
        self._duty_watch.tick(now_s)
        self._hide_locked_list()
        self._console.pump(now_s)
        for window in self.windows.values():
            window.refresh(now_s)
        self.active.say_notices()
        self._unsaid += self._console.book.problems[self._heard :]
        self._heard = len(self._console.book.problems)
        if self._unsaid and not self.active.tray.message.text():
            self.active.tray.say(sentence(self._unsaid.pop(0)))
        self._list_keeper.refresh(self.panel)
        self._looks.tick()

    # ---- commands

    def run(self, text: str) -> None:
        """Carry out what concerns more than one window."""
        action = self._actions.get(text)
        if action is None:
            raise ConfigError("{0} is no command", repr(text))
        action()

    def _show_together(self, cameras: list[str]) -> None:
        if len(cameras) > MAX_TILES:
            self.active.tray.say(tr("Desk", "The first {0} of {1} cameras are shown.", MAX_TILES, len(cameras)))
        self.active.call_up(*cameras[:MAX_TILES])

    def _star(self, cameras: list[str]) -> None:
        self._try(partial(self._console.shortlist.toggle_favourites, [*map(CameraId, cameras)]))

    def _try(self, action: Callable[[], object]) -> None:
        """Do what may be refused; then the officer is told why."""
        try:
            action()
        except ConfigError as error:
            self.active.tray.say(sentence(error))

    def identify(self) -> None:
        """Show on each screen for a moment which monitor it is."""
        for number, window in self.windows.items():
            MonitorNumber(number, self._console.wall.monitor(number).screen, self.preferences.theme, window)

    def _step_monitor(self, step: int) -> None:
        numbers = sorted(self.windows)
        self._turn_to(numbers[(numbers.index(self.active.monitor) + step) % len(numbers)])

    def _turn_to(self, number: int) -> None:
        """Take the keys to a monitor's tiles."""
        self._work_in(number)
        self.active.view.setFocus()

    def _work_in(self, number: int) -> None:
        """The officer turned to a monitor: keys and the camera list go there."""
        self._active = number
        self.windows[number].activateWindow()

    def _toggle_panel(self) -> None:
        """From a window without the camera list: show it where it lies, or hide it."""
        if self.operator_window is not None:
            self.operator_window.setVisible(not self.operator_window.isVisible())
        else:
            self.operator.toggle_panel()

    def _search(self) -> None:
        """From a window without the camera list: go to its search box; what is chosen comes to that window."""
        if self.operator_window is not None:
            self.operator_window.show()
            self.operator_window.activateWindow()
            self.panel.focus_search()
        else:
            self.operator.activateWindow()
            self.operator.start_search()

    def toggle_docked(self) -> None:
        """Give the camera list a window of its own, or lay it beside the operator's tiles again."""
        active, place = self._active, self.operator.place
        self._is_docked = not self._is_docked
        self._drop(self._operator)
        if self.operator_window is not None:
            self.operator_window.deleteLater()
            self.operator_window = None
            self._renew_panel()
        self.arrange()
        self.operator.take_place(replace(place, wants_list=True, wanted_list=True))
        if not self._is_docked:
            self._open_operator_window()
        self._go_on_in(active)

    def _open_operator_window(self) -> None:
        """Give the camera list a window of its own, where that was before."""
        before = self.operator_window
        self.operator_window = window = OperatorWindow(self.panel, self.preferences.keymap, self._run_from_list)
        if before is None:
            window.show()
            return
        window.setGeometry(before.geometry())
        window.setVisible(before.isVisible())
        before.hide()
        before.deleteLater()

    def _run_from_list(self, text: str) -> None:
        """Carry out what was asked for in the list's own window; a page that this opens takes the keys."""
        self.active.run(text)
        self._hide_locked_list()
        if self.active.pages.is_open:
            self.active.activateWindow()

    def _hide_locked_list(self) -> None:
        """At locked controls the list's own window is away, and the keys go to the wall."""
        if self._duty_watch.follow_lock(self.operator_window):
            self._leave_list()

    def _note_active(self, _before: QWidget | None, focused: QWidget | None) -> None:
        """Keys go to a monitor's tiles: it is worked in. The camera list serves the monitor that was so last."""
        number = next((number for number, window in self.windows.items() if window.view is focused), None)
        if number is not None:
            self._active = number

    def _leave_list(self) -> None:
        """Back from the camera list to the monitor that was worked in."""
        self._turn_to(self.active.monitor)

    # ---- what an officer prefers

    def _prefers(self, choose: Callable[[str], None], word: str) -> Callable[[], None]:
        return lambda: self._try(partial(choose, word))

    def _take_keymap(self, keymap: Keymap) -> None:
        for window in self.windows.values():
            window.set_keymap(keymap)
        if self.operator_window is not None:
            self.operator_window.set_keymap(keymap)
        self._try(partial(self.preferences.set_keymap, keymap))

    def _make_anew(self) -> None:
        """Make every window anew, in its place: words and colours are taken when it is made."""
        active, place = self._active, self.operator.place
        for number in [*self.windows]:
            self._drop(number)
        if self.operator_window is not None:
            self._renew_panel()
            self._open_operator_window()
        self.arrange()
        self.operator.take_place(place)
        self._go_on_in(active)

    def _go_on_in(self, number: int) -> None:
        """Windows were made anew: keys go to the same monitor as before, as soon as its window stands."""
        self._active = number
        self.active.view.setFocus()
        self._activate_timer.start()

    # ---- the end

    def release(self) -> None:
        """Hide all windows and let go of every picture; the windows still stand for hosts that draw into them."""
        self._activate_timer.stop()
        self._duty_watch.stop()
        for window in self.windows.values():
            window.hide()
            window.view.release()

    def close(self) -> None:
        """Give the windows back; nothing draws into them any more."""
        for window in self.windows.values():
            window.view.direct.close()
            window.deleteLater()
        if self.operator_window is not None:
            self.operator_window.deleteLater()
        self.windows.clear()
