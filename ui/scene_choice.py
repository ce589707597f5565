"""What a tour's step or a salvo's monitor shows: in words, and as a field to choose it.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal

from app.core.layouts import Layouts
from app.core.scene import SavedScene, Scene
from ui.choice_field import ChoiceField
from ui.plain_text import plain
from ui.texts import tr


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


class SceneChoice(ChoiceField):
    """The saved layouts, and whatever else stands there now.

    Args:
        name: what is chosen, for screen readers.
        may_stay: whether nothing can be chosen, too.

    Signals:
        scene_chosen: an officer chose another one (a `Scene`, or None for nothing).
    """

    scene_chosen = Signal(object)

    def __init__(self, name: str, *, may_stay: bool = False) -> None:
        super().__init__(name)
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

    def pick(self, row: int) -> None:
        """Say which one is wanted; whoever hears it offers it."""
        self.scene_chosen.emit(self._scenes[row])
