"""The line above the tiles of a monitor under remote control: who, since when, until when, and the way out.

GUI thread. It lies above the tiles and never over them: no state of a tile is hidden by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from app.console import Console
from app.core.errors import ConfigError
from ui.icons import draw_remote, icon_pixmap
from ui.passing_message import PassingMessage
from ui.remote_texts import banner_words, notice_words, tray_words
from ui.texts import sentence, tr
from ui.theme import Theme
from ui.tray import Tray

HEIGHT_PX = 34
ICON_PX = 16


class RemoteBanner(QFrame):
    """The line.

    Args:
        theme: colours and fonts.
        chord_of: the chord that calls a command text, empty where none does.

    Signals:
        command: a command text was picked.
    """

    command = Signal(str)

    def __init__(self, theme: Theme, chord_of: Callable[[str], str]) -> None:
        super().__init__()
        self._theme = theme
        self._chord_of = chord_of
        self.setObjectName("remoteBanner")
        self.setFixedHeight(HEIGHT_PX)
        self.words = PassingMessage()
        self.words.align_left()
        self.button = QToolButton()
        self.button.setObjectName("tray_button")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda: self.command.emit("release-remote"))
        self.button.setText(tr("Remote", "Release"))
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 0, 8, 0)
        box.setSpacing(8)
        box.addWidget(self._icon())
        box.addWidget(self.words, 1)
        box.addWidget(self.button)
        self.hide()

    def _icon(self) -> QLabel:
        pixmap = icon_pixmap(ICON_PX, self.devicePixelRatioF())
        with QPainter(pixmap) as painter:
            draw_remote(painter, QRectF(0, 0, ICON_PX, ICON_PX), self._theme.color("amber"))
        label = QLabel()
        label.setPixmap(pixmap)
        return label

    def _name_button(self) -> None:
        """Its key may have been changed."""
        release, chord = tr("Remote", "Release"), self._chord_of("release-remote")
        self.button.setText(f"{release}  ·  {chord}" if chord else release)
        self.button.setAccessibleName(tr("Remote", "Release the remote control"))

    def show_words(self, words: str) -> None:
        """Say who directs the monitor; nothing where nobody does."""
        if words == self.words.text():
            return
        self._name_button()
        self.words.show_sentence(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class RemoteView:
    """Shows remote control on one monitor's window, and lets the officer end it.

    Args:
        console: knows of it.
        monitor: the window's monitor.
        banner: lies above its tiles.
        tray: lies below them.
        local_time: what the clock on the wall says.
    """

    def __init__(
        self,
        console: Console,
        monitor: int,
        banner: RemoteBanner,
        tray: Tray,
        local_time: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._console = console
        self._monitor = monitor
        self._banner = banner
        self._tray = tray
        self._local_time = local_time

    def actions(self) -> Mapping[str, Callable[[], None]]:
        """By command text."""
        return MappingProxyType({"release-remote": self.release})

    def release(self) -> None:
        """The officer takes the wall back; where nobody has it, that is said."""
        try:
            self._console.remote.release()
        except ConfigError as error:
            self._tray.say(sentence(error))

    def refresh(self, now_s: float) -> None:
        """Show who directs what; call it after each pump."""
        status = self._console.remote.status
        self._tray.show_remote(tray_words(status, self._monitor) if status is not None else "")
        if status is None or status.order.monitor != self._monitor:
            self._banner.show_words("")
            return
        is_reachable = self._console.registry.is_reachable
        self._banner.show_words(banner_words(status, now_s, self._local_time(), is_reachable=is_reachable))

    def say_notices(self) -> None:
        """Say what has happened to orders."""
        for notice in self._console.remote.take_notices():
            self._tray.say(notice_words(notice))
