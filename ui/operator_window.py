"""The camera list in a window of its own, for a screen beside the wall.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.side_panel import SidePanel
from ui.texts import tr

SIZE_PX = (420, 900)


class OperatorWindow(QWidget):
    """Holds the camera list.

    Args:
        panel: the list; it becomes this window's.
    """

    def __init__(self, panel: SidePanel) -> None:
        super().__init__()
        self.setWindowTitle(tr("Window", "Pantau – cameras"))
        self.setAccessibleName(tr("Window", "Camera list"))
        box = QVBoxLayout(self)
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panel)
        panel.setMaximumWidth(16_777_215)
        panel.show()
        self.resize(*SIZE_PX)
