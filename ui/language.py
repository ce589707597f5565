"""The language that the product speaks: Indonesian first, English second; switched by installing the other one.

GUI thread. Must not import `app.console`: the watchdog speaks, too. English is the source's language and needs no
catalogue; Indonesian has two, the product's own and one for what Qt itself says in menus and dialogs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from importlib import resources
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, QTranslator

from app.core.errors import ConfigError

_CODE = str(QT_TRANSLATE_NOOP("Language", "en"))
"""Its translation is the code of the language that is spoken: words and numbers can never be of two languages."""


class Language(Enum):
    """What can be spoken; the value is its code."""

    INDONESIAN = "id"
    ENGLISH = "en"


NAMES: Mapping[Language, str] = MappingProxyType(
    {Language.INDONESIAN: "Bahasa Indonesia", Language.ENGLISH: "English"}
)
"""What each is called, in itself: whoever reads no other has to find it."""
_CATALOGUES: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {Language.INDONESIAN: ("qt_id.qm", "pantau_id.qm"), Language.ENGLISH: ()}
)
_LOCALES: Mapping[Language, QLocale] = MappingProxyType(
    {Language.INDONESIAN: QLocale("id_ID"), Language.ENGLISH: QLocale("en_GB")}
)
"""British, since an American day has two halves."""


def install(application: QCoreApplication, language: Language) -> None:
    """Let everything that is made from now on speak a language; what already stands keeps its words.

    Raises:
        ConfigError: a catalogue is missing or damaged; the language stays as it was.
    """
    translators = [_translator(name) for name in _CATALOGUES[language]]
    for old in [child for child in application.children() if isinstance(child, QTranslator)]:
        application.removeTranslator(old)
        old.setParent(None)  # nobody holds it any more
    for new in translators:
        new.setParent(application)
        application.installTranslator(new)
    QLocale.setDefault(_LOCALES[language])


def current_language() -> Language:
    """The language that is spoken; English until one is installed."""
    return Language(QCoreApplication.translate("Language", _CODE))


def locale() -> QLocale:
    """How that language writes numbers and times."""
    return _LOCALES[current_language()]


def _translator(name: str) -> QTranslator:
    translator = QTranslator()
    if not translator.load(str(resources.files("resources").joinpath("translations", name))):
        raise ConfigError("resources/translations/{0}: the catalogue is missing or damaged", name)
    return translator
