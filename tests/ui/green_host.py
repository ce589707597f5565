"""Draws green into another process's window, as libVLC does: through a child of it. `argv`: the window's id."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget


def main() -> None:
    """Run until killed."""
    application = QApplication(["green"])
    drawable = QWindow.fromWinId(int(sys.argv[1]))
    picture = QWidget()
    picture.setStyleSheet("background: #00c000")
    picture.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
    picture.winId()
    handle = picture.windowHandle()
    assert handle is not None
    handle.setParent(drawable)
    picture.setGeometry(0, 0, 4000, 4000)
    picture.show()
    application.exec()


if __name__ == "__main__":
    main()
