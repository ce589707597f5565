"""When windows follow other words or colours: at once, or when nothing lies on them that would be lost.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.preferences import Preferences
from ui.texts import tr
from ui.wall_window import WallWindow


class LooksFollower:
    """Has the windows made anew: words and colours are taken when one is made.

    Args:
        preferences: tells that language or theme is another one.
        windows: those that stand.
        make_anew: makes them anew, each in its place.
    """

    def __init__(
        self, preferences: Preferences, windows: Mapping[int, WallWindow], make_anew: Callable[[], None]
    ) -> None:
        self._windows = windows
        self._make_anew = make_anew
        self._is_due = False
        preferences.looks_changed.connect(self._changed)

    def _changed(self) -> None:
        self._is_due = True
        for window in self._working:
            window.tray.say(tr("Desk", "The windows follow as soon as the open page is put away."))
        self.tick()

    @property
    def _working(self) -> list[WallWindow]:
        return [window for window in self._windows.values() if window.holds_work]

    def tick(self) -> None:
        """Let time pass."""
        if self._is_due and not self._working:
            self._is_due = False
            self._make_anew()
