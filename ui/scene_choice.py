"""What a tour's step or a salvo's monitor shows: in words, and as a field to choose it.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox

from app.core.layouts import Layouts
from app.core.scene import SavedScene, Scene
from ui.icons import draw_chevron
from ui.page_parts import ROW_PX
from ui.plain_text import plain
from ui.texts import tr

ARROW_PX = 14
SHORTEST = 8
"""Characters that the field has room for at least; a longer name ends in dots."""


def scene_words(scene: Scene | None, layouts: Layouts) -> str:
    """A scene in words; without one, that nothing changes."""
    if scene is None:
        return tr("Scene", "stays as it is")
    if not isinstance(scene, SavedScene):
        count = len(scene.cameras)
        return tr("Scene", "1 camera") if count == 1 else tr("Scene", "{0} cameras", count)
    if scene.layout in layouts.saved:
        return plain(scene.layout)
    return tr("Scene", "{0} (not there any more)", plain(scene.layout))


_FOR_THE_PAGE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SceneChoice(QComboBox):
    """The saved layouts, and whatever else stands there now.

    Args:
        name: what is chosen, for screen readers.
        may_stay: whether nothing can be chosen, too.

    Signals:
        scene_chosen: an officer chose another one (a `Scene`, or None for nothing).
    """

    scene_chosen = Signal(object)

    def __init__(self, name: str, *, may_stay: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(ROW_PX)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(SHORTEST)
        self._may_stay = may_stay
        self._scenes: tuple[Scene | None, ...] = ()
        self.activated.connect(lambda row: self.scene_chosen.emit(self._scenes[row]))

    def offer(self, scene: Scene | None, layouts: Layouts) -> None:
        """Show what is chosen now, among all that can be.

        What an officer cannot make here, as a row of cameras in a file, can stay but is not offered elsewhere.
        """
        saved = tuple(SavedScene(name) for name in sorted(layouts.saved))
        own: tuple[Scene | None, ...] = () if scene is None or scene in saved else (scene,)
        nothing: tuple[Scene | None, ...] = (None,) if self._may_stay else ()
        self._scenes = (*nothing, *own, *saved)
        with QSignalBlocker(self):
            self.clear()
            self.addItems([scene_words(each, layouts) for each in self._scenes])
            self.setCurrentIndex(self._scenes.index(scene) if scene in self._scenes else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows at once: some styles would open the list at each of them.

        Space and letters are Qt's, all others the page's: Qt would look for an entry that begins with Ctrl+S.
        """
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.modifiers() & _FOR_THE_PAGE or not event.text().isprintable():
            event.ignore()
        elif step is None:
            super().keyPressEvent(event)
        elif 0 <= self.currentIndex() + step < self.count():
            self.scene_chosen.emit(self._scenes[self.currentIndex() + step])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow, too: a style sheet that draws the border leaves it out, or cuts a corner off."""
        super().paintEvent(event)
        arrow = QRectF(0, 0, ARROW_PX, ARROW_PX)
        arrow.moveCenter(QPointF(self.width() - ARROW_PX, self.height() / 2))
        with QPainter(self) as painter:
            draw_chevron(painter, arrow, self.palette().color(QPalette.ColorRole.Text), is_open=True)
