"""The search box of a page over the wall.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit

from ui.icons import search_icon

_LONGEST_QUERY = 60


def search_box(icon_color: QColor, name: str) -> QLineEdit:
    """A search box, named for screen readers and by its placeholder alike.

    Args:
        icon_color: of its magnifying glass.
        name: what it is for.
    """
    box = QLineEdit()
    box.setObjectName("search")
    box.setPlaceholderText(name)
    box.setAccessibleName(name)
    box.setClearButtonEnabled(True)
    box.setMaxLength(_LONGEST_QUERY)
    box.addAction(search_icon(icon_color), QLineEdit.ActionPosition.LeadingPosition)
    return box
