"""Runs the wall: the application, its windows, their clock; ends it in order and says how evenly it ran.

GUI thread (the main one).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication

from app.config.settings import Settings
from app.config.settings_book import SettingsBook
from app.config.settings_table import KEEP_AWAKE, LANGUAGE, THEME
from app.console import Console
from app.core.enrolment import EnrolmentPort
from app.core.errors import ConfigError
from app.core.keymap import Keymap, parse_keymap
from app.core.layouts import Layouts
from app.core.tile_status import Sign
from app.signals import handled_by
from ui.awake import Awake
from ui.desk import Desk, DeskOptions
from ui.first_start import FirstStart
from ui.gaps import GapMeter
from ui.language import Language, install
from ui.look_pace import TICK_MS, LookPace
from ui.one_instance import OneInstance
from ui.preferences import Preferences
from ui.theme import ThemeName, apply_theme, load_theme
from ui.wall_window import WallWindow
from ui.watchdog_link import WATCHDOG_COMMAND, WatchdogLink

_UNSEEN_PLATFORMS = ("offscreen", "minimal")
"""Qt's platforms without a screen."""


@dataclass(frozen=True, slots=True)
class WallOptions:
    """How the wall is run."""

    size: tuple[int, int] = (1280, 800)
    """The window's width and height, logical pixels."""
    headless: bool = False
    """Without any display: nothing is shown, everything is painted."""
    for_s: float | None = None
    """End by itself so long after the window was first shown; None: when it is closed."""
    screenshot: Path | None = None
    """Where to save what the wall shows at the end."""
    panel_shown: bool = True
    full_screen: bool = False
    kiosk: bool = False
    folder: Path | None = None
    """Where the officer's own keys are; None keeps none."""
    book: SettingsBook = field(default_factory=lambda: SettingsBook(None))
    clock: Callable[[], float] = time.monotonic
    on_settings: Callable[[SettingsBook], None] = lambda _: None
    """Called when somebody has changed a setting meanwhile."""
    is_kept: bool = False
    """Whether a wall that is ended by a fault, or because it stands still, is started again."""
    watchdog_command: tuple[str, ...] = WATCHDOG_COMMAND
    """Starts the process that covers the wall when this one stops; empty: none does."""


@dataclass(frozen=True, slots=True)
class WallRun:
    """How a run went."""

    gui_gap_p99_ms: float
    gui_gap_max_ms: float
    ticks: int
    shown_s: float
    """From the first tick to the last."""


def run_wall(
    console: Console,
    options: WallOptions,
    on_tick: Callable[[float], None] | None = None,
    at_end: Callable[[], None] | None = None,
) -> WallRun:
    """Show the wall until it is closed, a signal comes (SIGINT, SIGTERM) or the time is over.

    Args:
        console: what the wall shows; it is pumped here.
        options: see there.
        on_tick: called with the time at each tick.
        at_end: called when the last tick is over and every picture is let go of, while the windows still stand:
            stop the console here, so that no host draws into a window that is gone.

    Raises:
        ConfigError: a resource is damaged, or the screenshot cannot be written.
        Exception: whatever a slot or event handler raised: it ends the wall and comes out here.
    """
    application = application_for(options.headless)
    preferences = Preferences(
        application, load_keymap(console.layouts), console.layouts, options.folder, options.book
    )
    shape = DeskOptions(options.size, options.panel_shown, options.full_screen, options.kiosk)
    desk = Desk(application, console, preferences, shape)
    runner = _Runner(application, desk, options, on_tick)
    answering = None if _is_unseen() else OneInstance(console.taker.post, lambda: bring_to_front(desk))
    awake = Awake(QGuiApplication.platformName()) if options.book.settings.get(KEEP_AWAKE) else None
    try:
        options.book.watch()
        # Python handles a signal at the next tick
        with _errors_end(application) as errors, handled_by(lambda *_: desk.closing.emit()):
            desk.arrange()
            desk.operator.activateWindow()
            runner.start()
            application.exec()
        if errors:
            raise errors[0]
    finally:
        options.book.stop()
        if answering is not None:
            answering.close()
        if awake is not None:
            awake.release()
        runner.stop()
        desk.release()
        if at_end is not None:
            at_end()
        desk.close()
    return runner.result()


def run_first_start(enrolment: EnrolmentPort, url: str, settings: Settings) -> None:
    """Show the page of the first start until it is left.

    Args:
        enrolment: does what is asked there.
        url: the registry's address, where it is known.
        settings: say how it speaks and looks.

    Raises:
        Exception: whatever a slot or event handler raised.
    """
    application = application_for(headless=False)
    theme = load_theme(ThemeName(settings.get(THEME)))
    install(application, Language(settings.get(LANGUAGE)))
    apply_theme(application, theme)
    page = FirstStart(enrolment, theme, url)
    page.done.connect(application.quit)
    with _errors_end(application) as errors:
        page.show()
        page.activateWindow()
        application.exec()
    page.deleteLater()
    if errors:
        raise errors[0]


def application_for(headless: bool) -> QApplication:
    """The process's application; there can be one only.

    Args:
        headless: paint without a display.
    """
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    return QApplication(["pantau", *(("-platform", "offscreen") if headless else ())])


def load_keymap(layouts: Layouts) -> Keymap:
    """The product's keymap.

    Raises:
        ConfigError: it is damaged; the message names the chord.
    """
    text = resources.files("resources").joinpath("keymap.json").read_text(encoding="utf-8")
    return parse_keymap(text, "resources/keymap.json", layouts)


def _watchdog_command(options: WallOptions) -> tuple[str, ...]:
    """What starts the watchdog; empty where nobody could be deceived, as nothing is shown."""
    return () if _is_unseen() else options.watchdog_command


def _is_unseen() -> bool:
    return QGuiApplication.platformName() in _UNSEEN_PLATFORMS


def bring_to_front(desk: Desk) -> None:
    """Show every window over what else is on its screen; keys go to the one that was worked in."""
    for window in desk.windows.values():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)  # a full screen stays full
        window.raise_()
    desk.active.activateWindow()


class _Runner(QObject):
    """Drives the window's clock and ends the run."""

    def __init__(
        self,
        application: QApplication,
        desk: Desk,
        options: WallOptions,
        on_tick: Callable[[float], None] | None,
    ) -> None:
        super().__init__()
        self._application = application
        self._desk = desk
        self._options = options
        self._on_tick = on_tick
        self._watchdog = self._new_watchdog()
        self._gaps = GapMeter()
        self._pace = LookPace()
        self._started_s: float | None = None
        self._now_s = self._next_look_s = 0.0
        self._has_worked = False
        """Whether the list was worked on since the last look at the wall."""
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        desk.closing.connect(self._finish)
        desk.preferences.looks_changed.connect(self._replace_watchdog)
        desk.preferences.settings_changed.connect(lambda: options.on_settings(options.book))

    def _new_watchdog(self) -> WatchdogLink:
        """One that speaks and looks as the wall does, and ends one that is kept if it stands still."""
        command = _watchdog_command(self._options)
        ended = (str(os.getpid()),) if self._options.is_kept else ()
        return WatchdogLink((*command, *self._desk.preferences.words, *ended) if command else ())

    def _replace_watchdog(self) -> None:
        self._watchdog.stop()
        self._watchdog = self._new_watchdog()

    def start(self) -> None:
        """Begin to tick."""
        self._timer.start()

    def stop(self) -> None:
        """Tick no more; without beats the watchdog has to end."""
        self._timer.stop()
        self._watchdog.stop()

    def result(self) -> WallRun:
        """How it went so far."""
        shown_s = self._now_s - self._started_s if self._started_s is not None else 0.0
        return WallRun(self._gaps.percentile_ms(0.99), self._gaps.max_ms, self._gaps.total, shown_s)

    def _tick(self) -> None:
        now_s = self._now_s = self._options.clock()
        self._gaps.tick(now_s)
        if self._started_s is None:
            self._started_s = now_s
        if self._on_tick is not None:
            self._on_tick(now_s)
        if now_s >= self._next_look_s:
            self._look(now_s)
        else:
            self._work()
        self._watchdog.tick(now_s, self._desk.windows.values())
        if self._options.for_s is not None and now_s - self._started_s >= self._options.for_s:
            self._finish()

    def _look(self, now_s: float) -> None:
        records = [record for window in self._desk.windows.values() for record in window.view.records]
        is_awaited = any(record.sign is Sign.CONNECTING for record in records)
        period_s = self._pace.period_s([record.feed for record in records], now_s, is_awaited=is_awaited)
        self._next_look_s = now_s + period_s
        self._desk.preferences.follow()
        self._desk.tick(now_s)
        if any(window.view.has_waiting for window in self._desk.windows.values()):
            self._next_look_s = now_s
        if not period_s or not self._has_worked:  # on a PC that is behind every tick is late enough for a look
            self._work()
        self._has_worked = False

    def _work(self) -> None:
        self._desk.panel.work_on()
        self._has_worked = True

    def _finish(self) -> None:
        self.stop()
        if self._options.screenshot is not None:
            for window in self._desk.windows.values():
                path = self._options.screenshot
                is_first = window is self._desk.operator
                save_screenshot(window, path if is_first else _path_for_monitor(path, window.monitor))
        self._application.quit()


def _path_for_monitor(path: Path, number: int) -> Path:
    """Where the picture of another monitor than the operator's goes: `wall.png` → `wall.monitor2.png`."""
    return path.with_name(f"{path.stem}.monitor{number}{path.suffix}")


def save_screenshot(window: WallWindow, path: Path) -> None:
    """Save what the window shows, native surfaces included, as an image.

    Raises:
        ConfigError: the file cannot be written.
    """
    if not _screen_picture(window).save(str(path)):
        raise ConfigError("the screenshot cannot be written to {0}", str(path))


def _screen_picture(window: WallWindow) -> QPixmap:
    """The screen's own pixels where there is a screen: a widget knows nothing of what hosts draw into it."""
    if QGuiApplication.platformName() == "offscreen":
        return window.grab()
    window.repaint()
    screen = window.screen()
    if QGuiApplication.platformName() == "xcb":
        picture = screen.grabWindow(window.winId())
    else:
        corner = window.mapToGlobal(window.rect().topLeft()) - screen.geometry().topLeft()
        picture = screen.grabWindow(0, corner.x(), corner.y(), window.width(), window.height())
    return window.grab() if picture.isNull() else picture


@contextmanager
def _errors_end(application: QApplication) -> Iterator[list[BaseException]]:
    """Let an exception of a slot or event handler end the loop: Qt would print it and go on, half working."""
    errors: list[BaseException] = []

    def take(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        errors.append(error)
        application.exit(1)

    before, sys.excepthook = sys.excepthook, take
    try:
        yield errors
    finally:
        sys.excepthook = before
