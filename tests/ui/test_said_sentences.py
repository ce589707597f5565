"""What the core and its adapters say reaches the officer in the language that is spoken now."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.console.settings import RegistryStatus
from app.core.commands import ApplyLayout, TileId
from app.core.errors import ConfigError
from app.core.failure import Failure, Reason
from app.core.model import CameraId
from app.core.sentence import Sentence, quoted
from app.core.tile_status import Sign, TileStatus
from app.registry.problems import no_answer
from tests.fakes.fake_console import a_console
from tests.ui.conftest import WindowMaker
from tests.ui.speaking import speaking
from ui.language import Language
from ui.texts import sentence
from ui.tile_look import look_of

LAYOUT_FULL = ConfigError("a layout has at most {0} tiles, not {1}", 64, 65)


def test_an_error_is_said_in_the_language_that_is_spoken_now(qapp: QApplication) -> None:
    assert sentence(LAYOUT_FULL) == "a layout has at most 64 tiles, not 65"
    with speaking(qapp, Language.INDONESIAN):
        assert sentence(LAYOUT_FULL) == "tata letak memiliki paling banyak 64 petak, bukan 65"
    assert sentence(LAYOUT_FULL) == str(LAYOUT_FULL)


def test_the_parts_of_a_sentence_are_translated_and_its_numbers_grouped(qapp: QApplication) -> None:
    said = Sentence("{0}, line {1}: {2}", "keys.json", 1234, Sentence("lies outside {0} to {1}", 0.5, 3.0))
    with speaking(qapp, Language.INDONESIAN):
        assert sentence(said) == "keys.json, baris 1.234: berada di luar 0,5 sampai 3"


@pytest.mark.parametrize("said", [quoted("Nicht heute {0}."), Sentence("never seen by a translator")])
def test_what_no_catalogue_knows_is_said_as_it_is(said: Sentence, qapp: QApplication) -> None:
    with speaking(qapp, Language.INDONESIAN):
        assert sentence(said) == str(said)


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    assert sentence(None) == ""


def test_an_impossible_command_is_said_in_indonesian(qapp: QApplication, make_window: WindowMaker) -> None:
    with speaking(qapp, Language.INDONESIAN):
        window = make_window(a_console("4"))
        window.dispatch(ApplyLayout(1, "1+99"))
        assert window.tray.message.text().startswith("tidak ada tata letak 1+99: pakai 1 sampai 64")


def test_why_the_registry_is_lost_is_said_anew_in_another_language(
    qapp: QApplication, make_window: WindowMaker
) -> None:
    error = no_answer("registri.example", ConnectionRefusedError(), 3.0)
    console = a_console("4")
    console.registry = RegistryStatus(sentence=error.sentence)
    tray = make_window(console).tray
    tray.show_registry(console.registry, 1.0)
    assert "Nothing answers at registri.example: the registry refuses" in tray.registry.toolTip()
    with speaking(qapp, Language.INDONESIAN):
        tray.show_registry(console.registry, 2.0)
        assert "Tidak ada yang menjawab di registri.example: registri menolak" in tray.registry.toolTip()


def test_a_tile_says_in_indonesian_why_nobody_could_be_asked_for_a_lease(qapp: QApplication) -> None:
    why = no_answer("registri.example", TimeoutError(), 3.0)
    failure = Failure(Reason.LEASE_UNAVAILABLE, why.sentence)
    status = TileStatus(TileId(1, 1), Sign.LOST, CameraId("a"), failure=failure)
    with speaking(qapp, Language.INDONESIAN):
        assert look_of(status).detail == "Registri di registri.example tidak menjawab dalam 3 dtk."
