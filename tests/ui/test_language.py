"""Two languages, switched while the product runs: words, numbers and Qt's own texts go together."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.config.setting import Choice
from app.config.settings_table import LANGUAGE
from app.core.errors import ConfigError
from app.core.layout import Rect
from app.core.tile_status import Sign
from devtools.catalogue import read_catalogue
from devtools.translations import PRODUCT
from tests.ui.speaking import speaking
from ui import language as languages
from ui.language import NAMES, Language, current_language, install
from ui.numbers import clock_text, date_text, decimal, percent, whole
from ui.texts import duration, sign_word, tr
from ui.theme import Theme
from ui.watchdog_cover import Cover, headline

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 11, 26, 14, 3, 22)
_WATCHDOG_THAT_SAYS_ITS_HEADLINE = """
import sys
from PySide6.QtWidgets import QApplication
from ui import watchdog, watchdog_cover
QApplication.exec = lambda *_: print(watchdog_cover.headline(), flush=True) or sys.exit()
watchdog.main(sys.argv[1:])
"""

# ---- which one


def test_the_settings_know_the_same_languages() -> None:
    assert isinstance(LANGUAGE.shape, Choice)
    assert list(LANGUAGE.shape.words) == [language.value for language in Language]
    assert Language(LANGUAGE.default) is Language.INDONESIAN, "unless another one is wanted"


def test_every_language_is_named_in_itself() -> None:
    assert set(NAMES) == set(Language)


# ---- switching


def test_english_is_spoken_until_a_language_is_installed(qapp: QApplication) -> None:
    assert (current_language(), sign_word(Sign.LIVE)) == (Language.ENGLISH, "LIVE")


def test_a_language_can_be_switched_as_often_as_one_likes(qapp: QApplication) -> None:
    with speaking(qapp, Language.INDONESIAN):
        for _ in range(3):
            install(qapp, Language.INDONESIAN)
            assert (current_language(), sign_word(Sign.LIVE)) == (Language.INDONESIAN, "LANGSUNG")
            assert QLocale().language() is QLocale.Language.Indonesian
            assert sum(isinstance(child, QTranslator) for child in qapp.children()) == 2, "old ones go"
            install(qapp, Language.ENGLISH)
            assert (current_language(), sign_word(Sign.LIVE)) == (Language.ENGLISH, "LIVE")
            assert QLocale().language() is QLocale.Language.English


def test_a_damaged_catalogue_is_named_and_the_language_stays(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking(qapp, Language.INDONESIAN):
        monkeypatch.setattr(languages, "_CATALOGUES", {Language.ENGLISH: ("gone.qm",)})
        with pytest.raises(ConfigError, match=r"translations/gone\.qm"):
            install(qapp, Language.ENGLISH)
        assert current_language() is Language.INDONESIAN
        monkeypatch.undo()


def test_the_product_says_what_its_catalogue_says(qapp: QApplication) -> None:
    with speaking(qapp, Language.INDONESIAN):
        for message, translation in read_catalogue(PRODUCT).translations.items():
            assert tr(message.context, message.source) == (translation or message.source)


# ---- numbers and times


def test_numbers_and_times_follow_the_language(qapp: QApplication) -> None:
    def written() -> tuple[str, ...]:
        return (whole(12345), decimal(1234.56, 1), percent(0.034, 1), clock_text(MOMENT), date_text(MOMENT))

    assert written() == ("12,345", "1,234.6", "3.4%", "14:03:22", "Thursday, 26 November 2026")
    with speaking(qapp, Language.INDONESIAN):
        assert written() == ("12.345", "1.234,6", "3,4%", "14.03.22", "Kamis, 26 November 2026")
        assert duration(290) == "4 mnt 50 dtk"


# ---- Qt's own texts


def test_qts_own_buttons_and_menus_speak_indonesian(qapp: QApplication, qtbot: QtBot) -> None:
    with speaking(qapp, Language.INDONESIAN):
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        box = QLineEdit("teks")
        qtbot.addWidget(buttons)
        qtbot.addWidget(box)
        menu = box.createStandardContextMenu()
        texts = [button.text() for button in buttons.buttons()]
        entries = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
        menu.deleteLater()
    assert set(texts) == {"Simpan", "Batal"}
    assert entries == ["&Urungkan", "&Ulangi", "Po&tong", "&Salin", "&Tempel", "Hapus", "Pilih Semua"]


# ---- the watchdog


def test_the_watchdog_speaks_the_walls_language() -> None:
    told = {code: _headline_of_a_watchdog(code) for code in ("id", "en")}
    assert told == {"id": "DINDING BERHENTI", "en": "THE WALL HAS STOPPED"}


def _headline_of_a_watchdog(code: str) -> str:
    command = [sys.executable, "-c", _WATCHDOG_THAT_SAYS_ITS_HEADLINE, code, "contrast"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        line = process.stdout.readline()
        process.stdin.close()  # its end ends the watchdog
    return line.strip()


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (1080, 1920)])
def test_the_cover_has_room_for_the_whole_message(
    size: tuple[int, int], theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    with speaking(qapp, Language.INDONESIAN):
        cover = Cover(theme, Rect(0, 0, *size))
        qtbot.addWidget(cover)
        cover.tell(MOMENT, 290.0)
        told = cover.accessibleDescription()
        assert [placed.part.text for placed in cover._message()][1] == headline() == "DINDING BERHENTI"
        assert len(cover._message()) == 4, "icon, headline, since when, what to do"
    assert "pukul 14.03.22, 4 mnt 50 dtk yang lalu" in told
