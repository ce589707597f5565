"""The wall's watchdog: a process of its own that covers the wall when the wall's GUI stops.

A GUI that has stopped leaves its last pictures on the screen, and they look live; where hosts draw directly, they
even move under badges that nobody updates. Nothing in the stopped process can say so. The console's beats come by
stdin; with its end this process ends. GUI thread, and one thread that reads. Must not import `app.console` or
anything heavy: it has to be cheap, and must not die of what the console dies of.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.core.errors import ConfigError
from app.signals import kill
from ui.language import Language, install
from ui.theme import Theme, ThemeName, load_theme
from ui.watchdog_beat import Places, decode_beat
from ui.watchdog_cover import RETURN_LIMIT_S, Cover

LOOK_PERIOD_S = 0.25
SILENCE_LIMIT_S = 3.0
"""A GUI that has not beaten for so long has stopped (trust.md)."""
STOOD_STILL_S = 1.0
"""A look that is later than this was not held up by a busy PC: this process stood still, as in a suspended PC."""
EXIT_BAD_BEAT = 1


class Vigil:
    """Decides whether the GUI has stopped; it knows nothing but the times of beats and looks, monotonic seconds.

    Only time counts in which this process was awake: the beats of the meantime lie unread, or the whole PC slept.
    """

    def __init__(self) -> None:
        self.is_silent = False
        self._heard_s: float | None = None
        self._counted_from_s = 0.0
        self._looked_s: float | None = None

    def beat(self, now_s: float) -> None:
        """The GUI lives."""
        self._heard_s = self._counted_from_s = now_s
        self.is_silent = False

    def look(self, now_s: float) -> bool:
        """Whether the GUI has stopped, as far as can be told now. Only a beat ends a silence once found."""
        self._forgive(now_s)
        self._looked_s = now_s
        # the last look within the limit decides: the next one would come too late
        if self._heard_s is not None and now_s - self._counted_from_s > SILENCE_LIMIT_S - LOOK_PERIOD_S:
            self.is_silent = True
        return self.is_silent

    def age_s(self, now_s: float) -> float:
        """How old the last beat is; 0 before the first."""
        return 0.0 if self._heard_s is None else now_s - self._heard_s

    def silent_s(self, now_s: float) -> float:
        """How long the GUI has been silent while this process was awake; 0 before the first beat."""
        return 0.0 if self._heard_s is None else now_s - self._counted_from_s

    def _forgive(self, now_s: float) -> None:
        """Leave out the time in which this process stood still, but none that lies before the last beat."""
        late_s = 0.0 if self._looked_s is None else now_s - self._looked_s - LOOK_PERIOD_S
        if late_s > STOOD_STILL_S:
            self._counted_from_s = min(now_s, self._counted_from_s + late_s)


class Watchdog(QObject):
    """Takes beats, looks for silence, and shows a cover over each window of a wall that has stopped.

    Args:
        theme: colours and fonts of the covers.
        clock: monotonic seconds.
        local_time: the time of day that an officer's watch shows.
        end_wall: ends a wall that does not return, where it is started again then; None where nobody does that.

    Signals:
        beaten: a beat came, with its `Places`; may be emitted on any thread.
    """

    beaten = Signal(object)

    def __init__(
        self,
        theme: Theme,
        clock: Callable[[], float] = time.monotonic,
        local_time: Callable[[], datetime] = datetime.now,
        end_wall: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._local_time = local_time
        self._end_wall = end_wall
        self._vigil = Vigil()
        self._places: Places = ()
        self._heard_at = local_time()
        self.covers: list[Cover] = []
        """Those on the screen."""
        self._timer = QTimer(self, interval=round(LOOK_PERIOD_S * 1000))
        self._timer.timeout.connect(self.look)
        self.beaten.connect(self.take_beat)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more, and take the covers away."""
        self._timer.stop()
        self._uncover()

    def take_beat(self, places: Places) -> None:
        """The wall lives, and its windows are there."""
        self._vigil.beat(self._clock())
        self._heard_at = self._local_time()
        self._places = places
        self._uncover()

    def look(self) -> None:
        """Cover a wall that has stopped, or let its covers say how long it has."""
        now_s = self._clock()
        if not self._vigil.look(now_s):
            return
        if not self.covers:
            self.covers = [Cover(self._theme, place) for place in self._places]
        for cover in self.covers:
            cover.tell(self._heard_at, self._vigil.age_s(now_s), is_kept=self._end_wall is not None)
            cover.show()
            cover.raise_()  # again and again: without a window manager nothing else keeps it on top
        if self._end_wall is not None and self._vigil.silent_s(now_s) > RETURN_LIMIT_S:
            self._end_wall()

    def _uncover(self) -> None:
        for cover in self.covers:
            cover.hide()
            cover.deleteLater()
        self.covers = []


def read_beats(lines: Iterable[bytes], beaten: Callable[[Places], object], end: Callable[[int], object]) -> None:
    """Pass every beat on until there are no more: then the console is gone, and its windows with it.

    Args:
        lines: the beats as they come.
        beaten: takes each.
        end: ends this process with an exit code.
    """
    try:
        for line in lines:
            beaten(decode_beat(line))
    except ValueError:
        end(EXIT_BAD_BEAT)
    else:
        end(0)


def _outlive_the_terminal() -> None:
    """Leave Ctrl+C to the console, whose end ends this process, and never stop at Ctrl+Z, which stops the wall."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)


def _end(pid: int) -> None:
    with suppress(OSError):  # it has just ended by itself
        kill(pid)


def main(arguments: Sequence[str]) -> int:
    """The process: watch until stdin ends.

    Args:
        arguments: the wall's language and theme by their codes, and the number of its process if it is to be
            ended where it does not return: `id dark 4711`.
    """
    _outlive_the_terminal()
    application = QApplication(["pantau-watchdog"])
    application.setQuitOnLastWindowClosed(False)
    language, theme, pid = (*arguments, None, None, None)[:3]
    with suppress(ConfigError, ValueError):  # a warning in the wrong language is better than none
        install(application, Language(language))
    looks = load_theme(ThemeName(theme) if theme else ThemeName.DARK)
    watchdog = Watchdog(looks, end_wall=partial(_end, int(pid)) if pid else None)
    watchdog.start()
    # os._exit: it ends at once, whatever the GUI thread is doing
    words = (sys.stdin.buffer, watchdog.beaten.emit, os._exit)
    threading.Thread(target=read_beats, args=words, name="beats", daemon=True).start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
