"""Labels for text from outside, which is shown as it is.

GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(name: str, *, wraps: bool = False) -> QLabel:
    """A label that shows text as it is, whatever markup it looks like."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label
