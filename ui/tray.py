"""The slim bar below the wall: clock, layout picker, how many tiles live, the registry, passing messages.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from app.console import RegistryStatus
from app.core.layouts import Layouts
from ui.icons import ICON_SIZE, layout_icon
from ui.plain_text import plain, plain_tooltip
from ui.side_panel import plain_label
from ui.texts import duration, tr
from ui.theme import Theme

HEIGHT_PX = 34
MESSAGE_S = 8.0
"""Long enough to read one sentence twice."""


class Tray(QFrame):
    """The bar.

    Args:
        layouts: what the picker offers.
        theme: colours and fonts.
        chord_of: the chord that calls a command text, empty where none does.
        local_time: what the clock shows.

    Signals:
        layout_wanted: a layout's name was picked.
        help_wanted: the key list is wanted.
        health_wanted: the list of cameras, the worst first, is wanted.
        panel_wanted: the camera list is to be shown or hidden.
    """

    layout_wanted = Signal(str)
    help_wanted = Signal()
    health_wanted = Signal()
    panel_wanted = Signal()

    def __init__(
        self,
        layouts: Layouts,
        theme: Theme,
        chord_of: Callable[[str], str],
        local_time: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tray")
        self.setFixedHeight(HEIGHT_PX)
        self._layouts = layouts
        self._theme = theme
        self._chord_of = chord_of
        self._local_time = local_time
        self.clock = plain_label("clock")
        self.clock.setAccessibleName(tr("Tray", "Local time"))
        self.picker = self._button(tr("Tray", "Choose a layout"))
        self.picker.setMenu(self._layout_menu())
        self.picker.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picker.setIconSize(ICON_SIZE)
        self.picker.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.live = plain_label("live")
        self.registry = plain_label("registry")
        self.message = plain_label("message")
        self._message_timer = QTimer(self, singleShot=True, interval=round(MESSAGE_S * 1000))
        self._message_timer.timeout.connect(self.message.clear)
        self._lay_out()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("tray_button")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        panel = self._button(tr("Tray", "Show or hide the camera list"))
        panel.setText(tr("Tray", "Cameras"))
        panel.clicked.connect(self.panel_wanted)
        keys = self._button(tr("Tray", "Keys"))
        keys.setText(tr("Tray", "Keys"))
        keys.clicked.connect(self.help_wanted)
        health = self._button(tr("Tray", "Camera health"))
        health.setText(tr("Tray", "Health"))
        health.clicked.connect(self.health_wanted)
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 12, 0)
        box.setSpacing(8)
        for widget in (panel, self.picker, _divider(), self.live):
            box.addWidget(widget)
        box.addWidget(self.message, 1)
        for widget in (self.registry, _divider(), health, keys, self.clock):
            box.addWidget(widget)

    def _layout_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Tray", "Layouts"))
        for name in self._layouts.order:
            layout = self._layouts.get(name)
            text = tr("Tray", "1 tile") if layout.tiles == 1 else tr("Tray", "{0} tiles", layout.tiles)
            label = text if name.isdigit() else f"{name}"
            chord = self._chord_of(f"layout {name}")
            action = menu.addAction(
                layout_icon(layout, self._theme.color("dim")), f"{label}\t{chord}".rstrip("\t")
            )
            action.triggered.connect(lambda _checked=False, name=name: self.layout_wanted.emit(name))
        return menu

    # ---- what the console knows

    def show_layout(self, name: str) -> None:
        """The layout that the monitor has."""
        self.picker.setText(" " + tr("Tray", "Layout {0}", name))
        self.picker.setIcon(layout_icon(self._layouts.get(name), self._theme.color("accent")))

    def show_live(self, live: int, assigned: int) -> None:
        """How many of the tiles with a camera are live."""
        _set_text(self.live, tr("Tray", "{0} of {1} live", live, assigned) if assigned else "")
        _set_warning(self.live, live < assigned)

    def show_registry(self, registry: RegistryStatus, now_s: float) -> None:
        """Whether the registry answers, and when it last did."""
        _set_text(self.registry, _registry_text(registry, now_s))
        self.registry.setToolTip(plain_tooltip([registry.sentence]) if registry.sentence else "")
        _set_warning(self.registry, not registry.is_reachable and bool(registry.sentence))

    def tick_clock(self) -> None:
        """Show the local time of now."""
        _set_text(self.clock, self._local_time().strftime("%H:%M:%S"))

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.message.setText(plain(sentence))
        self._message_timer.start()


def _registry_text(registry: RegistryStatus, now_s: float) -> str:
    if registry.is_reachable:
        return tr("Tray", "Registry connected")
    if not registry.sentence:
        return tr("Tray", "Registry: connecting…")
    if registry.synced_s is None:
        return tr("Tray", "Registry not reached")
    return tr("Tray", "Registry lost {0} ago", duration(now_s - registry.synced_s))


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
