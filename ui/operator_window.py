"""The camera list in a window of its own, for a screen beside the wall.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.keymap import Keymap
from ui.keys import Keys
from ui.side_panel import SidePanel
from ui.texts import tr

SIZE_PX = (420, 900)


class OperatorWindow(QWidget):
    """Holds the camera list.

    Args:
        panel: the list; it becomes this window's.
        keymap: what each chord calls; those that cannot be mistaken for typing work here, too.
        run: carries a command text out, on the monitor that the list serves.
    """

    def __init__(self, panel: SidePanel, keymap: Keymap, run: Callable[[str], None]) -> None:
        super().__init__()
        self._keys = Keys(self, keymap, run)
        self.setWindowTitle(tr("Window", "Pantau – cameras"))
        self.setAccessibleName(tr("Window", "Camera list"))
        box = QVBoxLayout(self)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panel)
        panel.setMaximumWidth(16_777_215)
        panel.show()
        self.resize(*SIZE_PX)

    def set_keymap(self, keymap: Keymap) -> None:
        """Other keys count from now on."""
        self._keys.replace(keymap)
