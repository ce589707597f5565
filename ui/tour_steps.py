"""The steps of a tour: which saved layouts it shows, in which order, and each for how long.

GUI thread. It changes its own draft only; whoever holds it keeps the tour.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox, QVBoxLayout, QWidget

from app.core.layouts import Layouts
from app.core.scene import SavedScene, Scene
from app.core.tour import DWELL_S, LONGEST_DWELL_S, SHORTEST_DWELL_S, TourStep
from app.core.tour_edit import Steps, exchanged, inserted, moved, removed, round_s
from ui.numbers import whole
from ui.page_parts import PageRows, caption, key_button, row_of, spin_box
from ui.plain_label import plain_label
from ui.scene_choice import SceneChoice, scene_words
from ui.texts import duration, tr


class TourSteps(QWidget):
    """A table of steps; below it what the chosen one shows.

    Attributes:
        steps: as they are now.

    Signals:
        changed: an officer changed them.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steps: Steps = ()
        self._layouts = Layouts({})
        titles = (tr("TourEditor", "Step"), tr("TourEditor", "Saved layout"), tr("TourEditor", "Shown for"))
        self.table = PageRows(tr("TourEditor", "Steps of the tour"), titles, wide=1)
        self.scene = SceneChoice(tr("TourEditor", "Saved layout of the step"))
        self.dwell = dwell_box(tr("TourEditor", "How long the step is shown"))
        self.add_button = key_button(tr("TourEditor", "Add"), tr("TourEditor", "Ins"))
        self.remove_button = key_button(tr("TourEditor", "Remove"), tr("Editor", "Del"))
        self.up_button = key_button(tr("TourEditor", "Up"), "Alt+↑")
        self.down_button = key_button(tr("TourEditor", "Down"), "Alt+↓")
        self.total = plain_label("pageHint", wraps=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        chosen = QGridLayout()
        chosen.setSpacing(8)
        chosen.setColumnStretch(0, 1)
        for column, field in enumerate((self.scene, self.dwell)):
            chosen.addWidget(caption(field.accessibleName()), 0, column)
            chosen.addWidget(field, 1, column)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addLayout(chosen)
        box.addLayout(row_of((self.add_button, self.remove_button, self.up_button, self.down_button)))
        box.addWidget(self.total)

    def _connect(self) -> None:
        self.table.chosen.connect(lambda _row: self._show_chosen())
        self.scene.scene_chosen.connect(self._show_scene)
        self.dwell.valueChanged.connect(self._set_dwell)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(lambda: self.move_step(-1))
        self.down_button.clicked.connect(lambda: self.move_step(1))

    def begin(self, steps: Steps, layouts: Layouts) -> None:
        """Take steps to be changed.

        Args:
            steps: those of the tour; none of a new one.
            layouts: what can be chosen.
        """
        self._layouts = layouts
        self._show(steps, 0)

    @property
    def chosen(self) -> int:
        """The number of the chosen step, from 0; -1 where there is none."""
        row = self.table.currentRow()
        return row if 0 <= row < len(self.steps) else -1

    # ---- what an officer does

    def add(self) -> None:
        """Put a step after the chosen one; it shows the layout that follows by name, and as long."""
        if not self._layouts.saved:
            return
        before = self.steps[self.chosen] if self.steps else None
        dwell_s = before.dwell_s if before is not None else DWELL_S
        step = TourStep(SavedScene(self._next_layout(before)), dwell_s)
        self._change(inserted(self.steps, self.chosen + 1, step), self.chosen + 1)

    def _next_layout(self, before: TourStep | None) -> str:
        names = sorted(self._layouts.saved)
        shown = before.scene.layout if before is not None and isinstance(before.scene, SavedScene) else ""
        return next((name for name in names if name > shown), names[0])

    def remove(self) -> None:
        """Take the chosen step out."""
        if self.chosen >= 0:
            self._change(removed(self.steps, self.chosen), min(self.chosen, len(self.steps) - 2))

    def move_step(self, by: int) -> None:
        """Move the chosen step up (-1) or down (+1)."""
        row = self.chosen
        if row >= 0 and 0 <= row + by < len(self.steps):
            self._change(moved(self.steps, row, by), row + by)

    def _show_scene(self, scene: Scene) -> None:
        if self.chosen >= 0:
            self._exchange(replace(self.steps[self.chosen], scene=scene))

    def _set_dwell(self, dwell_s: int) -> None:
        if self.chosen >= 0:
            self._exchange(replace(self.steps[self.chosen], dwell_s=float(dwell_s)))

    def _exchange(self, step: TourStep) -> None:
        self._change(exchanged(self.steps, self.chosen, step), self.chosen)

    def _change(self, steps: Steps, chosen: int) -> None:
        if steps != self.steps:
            self._show(steps, chosen)
            self.changed.emit()

    # ---- what is shown

    def _show(self, steps: Steps, chosen: int) -> None:
        self.steps = steps
        rows = [
            (whole(number), scene_words(step.scene, self._layouts), duration(step.dwell_s))
            for number, step in enumerate(steps, start=1)
        ]
        self.table.show_rows(rows, chosen if steps else -1)
        self.total.setText(self._total_words())
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.chosen
        step = self.steps[row] if row >= 0 else None
        self.scene.offer(step.scene if step is not None else None, self._layouts)
        with QSignalBlocker(self.dwell):
            self.dwell.setValue(round(step.dwell_s if step is not None else DWELL_S))
        for widget in (self.scene, self.dwell, self.remove_button):
            widget.setEnabled(step is not None)
        self.add_button.setEnabled(bool(self._layouts.saved))
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < len(self.steps) - 1)

    def _total_words(self) -> str:
        if not self._layouts.saved and not self.steps:
            return tr("TourEditor", "No layout is saved yet. Save what a monitor shows; then it can be a step.")
        if not self.steps:
            return tr(
                "TourEditor", "No step yet. Add puts one in; then choose its layout and how long it is shown."
            )
        return tr("TourEditor", "One round takes {0}.", duration(round_s(self.steps)))


def dwell_box(name: str) -> QSpinBox:
    """A field for a dwell, in whole seconds."""
    unit = tr("Duration", "{0} s", "")
    return spin_box(name, round(SHORTEST_DWELL_S), round(LONGEST_DWELL_S), unit)
