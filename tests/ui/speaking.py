"""One language for the length of a test: `with speaking(qapp, Language.INDONESIAN): …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ui.language import Language, install


@contextmanager
def speaking(application: QApplication, language: Language) -> Iterator[None]:
    """Everything made inside speaks that language; afterwards the source's texts are back."""
    before = QLocale()
    install(application, language)
    try:
        yield
    finally:
        install(application, Language.ENGLISH)
        QLocale.setDefault(before)
