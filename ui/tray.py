"""The slim bar below the wall: clock, layout picker, how many tiles live, the registry, passing messages.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.console import RegistryStatus
from app.core.layout import Layout
from app.core.layouts import Layouts, called
from app.core.monitor import MonitorState
from app.core.saved_layout import SavedLayout
from ui.icons import ICON_SIZE, draw_lock, icon_pixmap, layout_icon
from ui.numbers import clock_text, date_text
from ui.passing_message import PassingMessage
from ui.plain_label import plain_label
from ui.plain_text import plain, plain_action, plain_tooltip
from ui.shared_texts import label_of, shared_words
from ui.texts import duration, sentence, tr
from ui.theme import Theme

HEIGHT_PX = 34
LOCK_PX = 16
MESSAGE_S = 8.0
"""Long enough to read one sentence twice."""


class Tray(QFrame):
    """The bar.

    Args:
        theme: colours and fonts.
        chord_of: the chord that calls a command text, empty where none does.
        local_time: what the clock shows.

    Signals:
        command: a command text was picked.
        menu_wanted: the main menu is wanted.
    """

    command = Signal(str)
    menu_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        chord_of: Callable[[str], str],
        local_time: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tray")
        self.setFixedHeight(HEIGHT_PX)
        self._layouts: Layouts | None = None
        self._is_shared_fresh = True
        self._theme = theme
        self._chord_of = chord_of
        self._local_time = local_time
        self.clock = plain_label("clock")
        self.clock.setAccessibleName(tr("Tray", "Local time"))
        self.picker = self._button(tr("Tray", "Choose a layout"))
        menu = QMenu(self)
        menu.setAccessibleName(tr("Tray", "Layouts"))
        menu.aboutToShow.connect(self._fill_layouts)
        self.picker.setMenu(menu)
        self.picker.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picker.setIconSize(ICON_SIZE)
        self.picker.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.lock = self._padlock()
        self.live = plain_label("live")
        self.remote = plain_label("remote")
        self.registry = plain_label("registry")
        self.duty = self._command_button("", tr("Tray", "Shift"), "duty")
        self.duty.hide()
        self.message = PassingMessage()
        self._message_timer = QTimer(self, singleShot=True, interval=round(MESSAGE_S * 1000))
        self._message_timer.timeout.connect(lambda: self.message.show_sentence(""))
        self._lay_out()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("tray_button")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        menu = self._button(tr("Tray", "Main menu"))
        menu.setText(tr("Tray", "Menu"))
        menu.clicked.connect(self.menu_wanted)
        panel = self._command_button(tr("Tray", "Cameras"), tr("Tray", "Show or hide the camera list"), "panel")
        keys = self._command_button(tr("Tray", "Keys"), tr("Tray", "Keys"), "help")
        health = self._command_button(tr("Tray", "Health"), tr("Tray", "Camera health"), "health")
        self._controls = (menu, panel, self.picker, health, keys)
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 12, 0)
        box.setSpacing(8)
        for widget in (menu, panel, self.picker, self.lock, _divider(), self.live):
            box.addWidget(widget)
        box.addWidget(self.message, 1)
        for widget in (self.remote, self.registry, _divider(), self.duty, health, keys, self.clock):
            box.addWidget(widget)

    def _padlock(self) -> QLabel:
        pixmap = icon_pixmap(LOCK_PX, self.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            draw_lock(painter, QRectF(0, 0, LOCK_PX, LOCK_PX), self._theme.color("dim"))
        label = QLabel()
        label.setPixmap(pixmap)
        label.setAccessibleName(tr("Tray", "This layout is locked"))
        label.setToolTip(label.accessibleName())
        label.hide()
        return label

    def _command_button(self, text: str, name: str, command: str) -> QToolButton:
        button = self._button(name)
        button.setText(text)
        button.clicked.connect(lambda: self.command.emit(command))
        return button

    def _fill_layouts(self) -> None:
        """List the layouts that there are now: the built-in ones, then those that somebody saved."""
        menu, layouts = self.picker.menu(), self._layouts
        menu.clear()
        if layouts is None:
            return
        for name in layouts.order:
            tiles = layouts.get(name).tiles
            text = tr("Tray", "1 tile") if tiles == 1 else tr("Tray", "{0} tiles", tiles)
            self._add_layout(menu, layouts.get(name), text if name.isdigit() else name, f"layout {name}")
        own = [name for name in sorted(layouts.saved) if layouts.saved[name].shared is None]
        shared = [name for name in sorted(layouts.saved) if layouts.saved[name].shared is not None]
        for names, heading in ((own, ""), (shared, tr("Tray", "Shared layouts"))):
            if names and heading:
                menu.addSection(heading)
            elif names:
                menu.addSeparator()
            for name in names:
                label = plain_action(self._saved_words(layouts.saved[name]))
                self._add_layout(menu, layouts.get(name), label, f"open {name}")

    def _saved_words(self, layout: SavedLayout) -> str:
        """A saved layout in the menu: a shared one with its owner, one that is locked with the sign of it."""
        owner = shared_words(layout, is_fresh=self._is_shared_fresh)
        name = f"{label_of(layout)} · {owner}" if owner else layout.name
        return tr("Tray", "{0} (locked)", name) if layout.is_locked else name

    def _add_layout(self, menu: QMenu, layout: Layout, label: str, command: str) -> None:
        chord = self._chord_of(command)
        icon = layout_icon(layout, self._theme.color("dim"))
        action = menu.addAction(icon, f"{label}\t{chord}".rstrip("\t"))
        action.triggered.connect(lambda _checked=False: self.command.emit(command))

    # ---- what the console knows

    def show_layout(self, monitor: MonitorState, layouts: Layouts) -> None:
        """The layout that the monitor has, whether it is locked, altered or there for a while only."""
        self._layouts = layouts
        saved = monitor.saved
        name = plain(saved.name) if saved is not None else tr("Tray", "Layout {0}", plain(called(monitor.layout)))
        self.picker.setText(f" {name} •" if monitor.is_altered else f" {name}")
        self.lock.setVisible(saved is not None and saved.is_locked)
        self.picker.setIcon(layout_icon(layouts.get(monitor.layout), self._theme.color("accent")))
        self.picker.setToolTip(_layout_tip(monitor))

    def show_sharing(self, is_fresh: bool) -> None:
        """Whether the shared layouts are what the registry has just said, or what was known last."""
        self._is_shared_fresh = is_fresh

    def show_live(self, live: int, assigned: int) -> None:
        """How many of the tiles with a camera are live."""
        _set_text(self.live, tr("Tray", "{0} of {1} live", live, assigned) if assigned else "")
        _set_warning(self.live, live < assigned)

    def show_registry(self, registry: RegistryStatus, now_s: float) -> None:
        """Whether the registry answers, or for how long it has not."""
        _set_text(self.registry, _registry_text(registry, now_s))
        self.registry.setToolTip(plain_tooltip([sentence(registry.sentence)]) if registry.sentence else "")
        _set_warning(self.registry, not registry.is_reachable and bool(registry.sentence))

    def show_remote(self, words: str) -> None:
        """Who directs a monitor of this wall from elsewhere; empty where nobody does."""
        _set_text(self.remote, words)
        self.remote.setVisible(bool(words))

    def show_duty(self, label: str, tip: str, *, is_locked: bool) -> None:
        """Who is on duty; while the controls are locked, nothing else is offered.

        Args:
            label: a few words; empty where nobody signs in.
            tip: all of it.
        """
        self.duty.setText(label)
        self.duty.setVisible(bool(label))
        self.duty.setToolTip(plain_tooltip([tip]) if tip else tr("Tray", "Shift"))
        for control in self._controls:
            control.setVisible(not is_locked)

    def tick_clock(self) -> None:
        """Show the local time of now."""
        now = self._local_time()
        _set_text(self.clock, clock_text(now))
        self.clock.setToolTip(date_text(now))

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.message.show_sentence(sentence)
        self._message_timer.start()


def _layout_tip(monitor: MonitorState) -> str:
    if monitor.is_directed:
        return tr("Tray", "Under remote control: release it before you change it")
    if monitor.is_temporary:
        return tr("Tray", "For a while only: Esc brings back what was here before")
    if monitor.is_altered:
        return tr("Tray", "Changed since it was opened: Esc takes that back, Ctrl+S saves it")
    return tr("Tray", "Choose a layout")


def _registry_text(registry: RegistryStatus, now_s: float) -> str:
    if registry.is_reachable:
        return tr("Tray", "Registry connected")
    if not registry.sentence:
        return tr("Tray", "Registry: connecting…")
    if registry.lost_s is None:
        return tr("Tray", "Registry not reached")
    return tr("Tray", "Registry lost {0} ago", duration(now_s - registry.lost_s))


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


def _set_warning(label: QLabel, is_warning: bool) -> None:
    """Let the style sheet colour the label; polishing anew is what makes it look again."""
    if bool(label.property("isWarning")) != is_warning:
        label.setProperty("isWarning", is_warning)
        label.style().unpolish(label)
        label.style().polish(label)


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedSize(1, 16)
    return line
