"""What one window does about shifts: the gate before commands, locked controls, and the pages of shifts.

GUI thread. While the controls are locked, the wall goes on and everything that works on it is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from app.console import Console
from app.console.duty_book import DutyState
from app.core.commands import TileId
from app.core.duty import Barrier, Standing
from app.core.incident import TEXT_MAX_LENGTH
from ui.duty_texts import barrier_sentence, duty_label, officer_words
from ui.pages import Pages
from ui.texts import tr
from ui.tray import Tray
from ui.wall_view import WallView


class DutyActions:
    """Stands between an officer and a window's commands.

    Args:
        console: who is on duty.
        view: the window's tiles.
        pages: where it is asked for.
        tray: where it is said.
        chord_of: the chord that calls a command text.
        controls_changed: shows what belongs to controls that are open, and leaves what was begun at locked ones.
    """

    def __init__(
        self,
        console: Console,
        view: WallView,
        pages: Pages,
        tray: Tray,
        chord_of: Callable[[str], str],
        controls_changed: Callable[[], None],
    ) -> None:
        self._console = console
        self._view = view
        self._pages = pages
        self._tray = tray
        self._chord_of = chord_of
        self._controls_changed = controls_changed
        self._seen: DutyState | None = None
        self._has_warned = False

    def actions(self) -> Mapping[str, Callable[[], object]]:
        """By command text."""
        return MappingProxyType(
            {
                "duty": self._toggle_page,
                "lock": self._lock,
                "hand-over": partial(self._in_office, self._pages.open_handover),
                "sign-off": partial(self._in_office, self._ask_sign_off),
                "incident": self._ask_incident,
            }
        )

    # ---- the gate

    def passes(self, text: str = "") -> bool:
        """Whether a command text may be carried out; else it is said why not, or the page asks for a PIN.

        Args:
            text: the command's text; empty for anything that the mouse does on the wall.
        """
        barrier = self._console.duty.barrier(text)
        if barrier is Barrier.OFFICER:
            self._tray.say(barrier_sentence(barrier, self._chord_of("duty")))
        elif barrier is not None:
            self._open_page()
        return barrier is None

    def press_locked(self, typed: str) -> bool:
        """A key that calls nothing was pressed; at locked controls it asks for a PIN. Whether it was taken.

        Args:
            typed: what the key writes; nothing for one that only changes others.
        """
        if not typed or self._console.duty.state.is_controllable:
            return False
        self._open_page(typed if typed.isdigit() else "")
        return True

    def _open_page(self, typed: str = "") -> None:
        """Ask for a PIN; `typed` is its first digit. What has changed is shown before: that hides open pages."""
        self._follow()
        self._pages.open_duty(typed)

    # ---- commands

    def _toggle_page(self) -> None:
        if self._console.duty.has_shifts and not self._pages.put_away_duty():
            self._open_page()

    def _lock(self) -> None:
        """Lock the controls, at once: the next key may be the first of a PIN, and is not for the search box."""
        if self._console.duty.state.standing is Standing.VIEW_ONLY:
            self._console.duty.lock()
        else:
            self._in_office(self._console.duty.lock)
        self._follow()

    def _in_office(self, action: Callable[[], object]) -> None:
        """Do what only somebody on duty can do."""
        if self._console.duty.state.officer is None:
            self._tray.say(tr("Duty", "Nobody has signed in."))
        else:
            action()

    def _ask_sign_off(self) -> None:
        question = tr("Duty", "Sign off without handing over?")
        self._pages.ask.ask_whether(question, tr("Duty", "Sign off"), self._console.duty.sign_off)
        self._pages.open(self._pages.ask)

    def _ask_incident(self) -> None:
        number = self._view.state.maximised or self._view.state.selected
        tile = TileId(self._view.monitor, number) if number is not None else None
        camera = self._console.wall.camera_at(tile) if tile is not None else None
        if tile is None or camera is None:
            self._tray.say(tr("Closer", "Select a tile with a camera first."))
            return
        officer = self._console.taker.officer

        def note(text: str) -> None:
            self._console.handover.note(tile, camera, text, officer)
            self._tray.say(tr("Duty", "Noted: it is on the list of the next handover."))

        question = tr("Duty", "What happens at tile {0}?", str(tile))
        self._pages.ask.ask_for_text(question, "", tr("Duty", "Note it"), note, TEXT_MAX_LENGTH)
        self._pages.open(self._pages.ask)

    # ---- what has changed

    def refresh(self, now_s: float) -> None:
        """Show who is on duty, and whether the controls are locked."""
        self._warn(now_s)
        self._follow()

    def _follow(self) -> None:
        state = self._console.duty.state
        if state is self._seen:
            return
        before, self._seen = self._seen, state
        self._tray.show_duty(self._label(state), self._tip(state), is_locked=not state.is_controllable)
        self._pages.refresh_duty()
        was_controllable = before is None or before.is_controllable
        if was_controllable and not state.is_controllable:
            self._pages.suspend(before.officer if before is not None else None)
            self._controls_changed()
        elif state.is_controllable and not was_controllable:
            self._controls_changed()
            self._pages.resume(state.officer)
        if before is not None:
            self._say_change(before, state)

    def _label(self, state: DutyState) -> str:
        return duty_label(state) if self._console.duty.has_shifts else ""

    def _tip(self, state: DutyState) -> str:
        if state.officer is not None:
            return officer_words(state.officer)
        return barrier_sentence(self._console.duty.barrier("purpose"), self._chord_of("duty"))

    def _say_change(self, before: DutyState, state: DutyState) -> None:
        if state.officer is not None and state.officer != before.officer:
            self._tray.say(tr("Duty", "Signed in: {0}", officer_words(state.officer)))
        elif state.standing is Standing.ON_DUTY and before.standing is Standing.LOCKED:
            self._tray.say(tr("Duty", "The controls are yours again."))
        elif state.standing is Standing.VIEW_ONLY and before.standing is not Standing.VIEW_ONLY:
            self._tray.say(tr("Duty", "View only: public cameras, until somebody can sign in."))
        elif state.standing is Standing.LOCKED and before.standing is not Standing.LOCKED:
            self._tray.say(tr("Duty", "The controls are locked; the wall goes on. Any key asks for the PIN."))

    def _warn(self, now_s: float) -> None:
        """Say once that the shift's time is nearly up."""
        is_late = self._console.duty.ends_soon(now_s)
        if is_late and not self._has_warned:
            self._tray.say(
                tr("Duty", "The shift ends soon: hand over, or sign in again ({0}).", self._chord_of("duty"))
            )
        self._has_warned = is_late
