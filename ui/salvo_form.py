"""What one salvo is made of: for each monitor a saved layout, or nothing.

GUI thread. It changes its own draft only; whoever holds it keeps the salvo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.layouts import Layouts
from app.core.salvo import Salvo
from app.core.scene import SavedScene, Scene
from app.core.wall import WallState
from ui.page_parts import PageRows, caption, key_button
from ui.plain_label import plain_label
from ui.scene_choice import SceneChoice, scene_words
from ui.texts import tr


class SalvoForm(QWidget):
    """A table of monitors; below it what the chosen one shows.

    Args:
        wall: gives what the monitors show.

    Attributes:
        scenes: what each monitor shows, by its number; None where it stays as it is.

    Signals:
        changed: an officer changed something.
    """

    changed = Signal()

    def __init__(self, wall: Callable[[], WallState]) -> None:
        super().__init__()
        self.scenes: dict[int, Scene | None] = {}
        self._begun: Mapping[int, Scene | None] = {}
        self._wall = wall
        self._layouts = Layouts({})
        titles = (tr("TourEditor", "Monitor"), tr("TourEditor", "Shows"))
        self.table = PageRows(tr("TourEditor", "Monitors of the salvo"), titles, wide=1)
        self.scene = SceneChoice(tr("TourEditor", "What the monitor shows"), may_stay=True)
        self.take_button = key_button(tr("TourEditor", "Take what the monitors show now"), "F5")
        self.note = plain_label("pageHint", wraps=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        for widget in (caption(self.scene.accessibleName()), self.scene, self.take_button, self.note):
            box.addWidget(widget)
        self.table.chosen.connect(lambda _row: self._show_chosen())
        self.scene.scene_chosen.connect(self._set)
        self.take_button.clicked.connect(self.take)

    def begin(self, salvo: Salvo | None, layouts: Layouts) -> None:
        """Take a salvo to be changed; None begins a new one.

        Args:
            salvo: the salvo; the monitors that it names are listed, and all of the wall.
            layouts: what can be chosen.
        """
        self._layouts = layouts
        named = salvo.monitors if salvo is not None else {}
        numbers = sorted({*range(1, len(self._wall().monitors) + 1), *named})
        self.scenes = {number: named.get(number) for number in numbers}
        self._begun = dict(self.scenes)
        self.note.setText(
            ""
            if layouts.saved
            else tr("TourEditor", "No layout is saved yet. Save what a monitor shows; then it can be called up.")
        )
        self._show(0)

    def made(self, name: str) -> Salvo:
        """The salvo as it is now, under that name.

        Raises:
            ConfigError: no monitor shows anything.
        """
        return Salvo(name, {number: scene for number, scene in self.scenes.items() if scene is not None})

    @property
    def is_changed(self) -> bool:
        """Whether it is another salvo than it was at the beginning."""
        return self.scenes != self._begun

    def take(self) -> None:
        """Take the saved layouts that the monitors show now; the other monitors' lines stay as they are."""
        states = dict(enumerate(self._wall().monitors, start=1))
        shown = {number: state.saved.name for number, state in states.items() if state.saved is not None}
        self.scenes.update({number: SavedScene(name) for number, name in shown.items()})
        others = [str(number) for number in states if number not in shown]
        self.note.setText(
            tr("TourEditor", "No saved layout is on monitor {0}.", ", ".join(others)) if others else ""
        )
        self._show(self.table.currentRow())
        self.changed.emit()

    def _set(self, scene: Scene | None) -> None:
        row = self.table.currentRow()
        self.scenes[list(self.scenes)[row]] = scene
        self._show(row)
        self.changed.emit()

    def _show(self, row: int) -> None:
        rows = [
            (self._monitor_words(number), scene_words(scene, self._layouts))
            for number, scene in self.scenes.items()
        ]
        self.table.show_rows(rows, row)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.scene.offer(list(self.scenes.values())[self.table.currentRow()], self._layouts)

    def _monitor_words(self, number: int) -> str:
        wall = self._wall()
        is_there = number <= len(wall.monitors) and wall.monitor(number).is_present
        return (
            tr("TourEditor", "Monitor {0}", number) if is_there else tr("TourEditor", "Monitor {0}, away", number)
        )
