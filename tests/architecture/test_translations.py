"""All that the product says can be said in Indonesian, and is: nothing missing, outdated, damaged or English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator

from devtools.catalogue import Catalogue, catalogue_text, read_catalogue, updated
from devtools.steps import SetupError
from devtools.strings import Message, placeholders, strings_of
from devtools.translations import PRODUCT, QT, compile_catalogue, compiled, product_strings

LONGEST_SENTENCE = 85
"""Characters that a small tile has room for (`Reason`, `Help`); Indonesian words are longer than English ones."""
SAME_IN_BOTH = frozenset(
    {
        *(
            "kelurahan",
            "pantau",
            "polda",
            "polres",
            "polsek",
            "gambir",
            "bahasa",
            "indonesia",
            "english",
            "jakarta",
        ),
        *("credential", "gnome", "kecamatan", "keyring", "kwallet", "libvlc", "manager", "windows"),
        *("alt", "ctrl", "del", "end", "enter", "esc", "home", "ins", "shift", "tab"),
        *("bearer", "false", "fps", "jitter", "json", "kbit", "pem", "tcp", "true", "udp", "url", "utf", "uuid"),
        *(
            "data",
            "digital",
            "folder",
            "format",
            "host",
            "log",
            "menu",
            "model",
            "monitor",
            "normal",
            "operator",
            "per",
            "pin",
        ),
        *("program", "salvo", "slot", "video"),
    }
)
"""Words that are right in an Indonesian text although English has them: of both languages, names, keys, units."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_FOR_MACHINES = re.compile(r"`[^`]+`|--\w+|'\w+'|\w+://\S*|resources/\w+")
"""A command, a setting's key, an option, a key of a file, an address, a folder: the same in every language."""


def found() -> Catalogue:
    return read_catalogue(PRODUCT)


def each_translation() -> Iterator[tuple[Message, str]]:
    """Those that there are: what is missing is one test's affair."""
    for path in (PRODUCT, QT):
        for message, text in read_catalogue(path).translations.items():
            if text:
                yield message, text


def words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(_FOR_MACHINES.sub("", text).replace("&", ""))}


# ---- the product's source


def test_every_text_of_the_source_can_be_translated() -> None:
    problems = product_strings().problems
    assert not problems, "\n".join(map(str, problems))


def test_the_catalogue_has_the_sources_texts_no_more_and_no_less() -> None:
    update = updated(found(), product_strings().messages)
    assert not update.new, f"run `python3 dev.py translations`: {update.new}"
    assert not update.vanished, f"run `python3 dev.py translations`: {update.vanished}"


def test_no_number_is_written_past_the_language() -> None:
    """`f"{n:,}"` is English wherever it is shown: `ui.numbers` writes numbers."""
    form = re.compile(r"\{[^{}]*:[,.\d]*[,f%]\}")
    for path in sorted((PRODUCT.parents[2] / "ui").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        wrong = [
            f"{path.name}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if form.search(line)
        ]
        assert not wrong, "\n".join(wrong)


# ---- the catalogues


def test_nothing_waits_for_its_translation() -> None:
    assert found().unfinished == () == read_catalogue(QT).unfinished


def test_every_value_keeps_its_place() -> None:
    for message, text in each_translation():
        assert placeholders(text) == placeholders(message.source), message
        assert all(field is None or field.isdigit() for _, field, _, _ in Formatter().parse(text)), message


def test_a_sentence_stays_a_sentence() -> None:
    for message, text in each_translation():
        assert text == text.strip() or message.source != message.source.strip(), message
        for end in (".", "…", ":", "?"):
            assert message.source.replace("...", "…").endswith(end) == text.endswith(end), (message, text)
        assert message.source.isupper() == text.isupper(), (message, text)


def test_no_english_word_is_left() -> None:
    english = set().union(*(words(message.source) for message, _ in each_translation())) - SAME_IN_BOTH
    left = {text: words(text) & english for _, text in each_translation() if words(text) & english}
    assert not left, "\n".join(f"{sorted(some)}: {text}" for text, some in left.items())


def test_what_is_said_on_a_small_tile_stays_short() -> None:
    for message, text in found().translations.items():
        if message.context in ("Reason", "Help"):
            assert len(text) <= LONGEST_SENTENCE, text


def test_the_texts_of_qt_are_qts_own() -> None:
    german = QTranslator()
    assert german.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for message in read_catalogue(QT).translations:
        assert german.translate(message.context, message.source), f"Qt does not say {message}"


@pytest.mark.parametrize("path", [PRODUCT, QT], ids=lambda path: path.name)
def test_a_catalogue_is_kept_in_order_and_compiled(path: Path, tmp_path: Path) -> None:
    assert path.read_text(encoding="utf-8") == catalogue_text(read_catalogue(path))
    compile_catalogue(path, tmp_path / "now.qm")
    assert (tmp_path / "now.qm").read_bytes() == compiled(path).read_bytes(), "run `python3 dev.py translations`"


# ---- the reader of the source


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('tr("Tile", "Text")', {("Tile", "Text")}),
        ('tr("Tile", "Next try in {0}", duration(3))', {("Tile", "Next try in {0}")}),
        ('tr("Tile", "One "\n   "sentence.")', {("Tile", "One sentence.")}),
        ('T = {1: QT_TRANSLATE_NOOP("Sign", "LIVE")}\ntr("Sign", T[1])', {("Sign", "LIVE")}),
        ('texts.tr("Tile", "Text")', {("Tile", "Text")}),
        ('raise ConsoleError("no tile {0}", number)', {("Error", "no tile {0}")}),
        ('Sentence("is "\n   "empty")', {("Error", "is empty")}),
        (
            'class OwnError(ConsoleError): ...\nclass TileError(OwnError): ...\nTileError("gone")',
            {("Error", "gone")},
        ),
        ('ConsoleError("{0}: {1}", file, error)', set()),
        ('OtherError("no tile")', set()),
        ('other("Tile", "Text")', set()),
    ],
)
def test_every_text_is_found(source: str, messages: set[tuple[str, str]]) -> None:
    assert {(each.context, each.source) for each in strings_of({"m": source}).messages} == messages


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('tr("Tile", f"Tile {number}")', "made up on the spot"),
        ('tr("Tile", "Tile " + number)', "made up on the spot"),
        ('tr("Tile", "Tile {}".format(number))', "made up on the spot"),
        ('tr("Tile", word)', "no text of Tile is marked"),
        ('tr(context, "Text")', "a context that is written out"),
        ('tr("Tile", "{0} of {1}", 1)', "1 values"),
        ('tr("Tile", "Text", 1)', "1 values"),
        ('self.tr("Tile")', "a widget's own tr()"),
        ('TITLES = (tr("Tile", "Text"),)', "on import"),
        ('QT_TRANSLATE_NOOP("Tile", word)', "written out"),
        ('raise ConsoleError(f"no tile {number}")', "written out"),
        ("raise ConsoleError(reason)", "written out"),
        ('raise ConsoleError("no tile {0} on {1}", number)', "1 values"),
        ('raise errors.ConsoleError("no tile", number)', "1 values"),
        ('Sentence("is " + what)', "written out"),
        ("Sentence()", "written out"),
        ('button.setText("Close")', "nobody translates"),
        ('view.setAccessibleName("Video wall")', "nobody translates"),
        ('menu.addAction(icon, "Close")', "nobody translates"),
        ('QLabel("Close", self)', "nobody translates"),
    ],
)
def test_what_cannot_be_translated_is_told_with_its_place(source: str, what: str) -> None:
    problems = strings_of({"ui/m.py": f"\n{source}"}).problems
    assert any(what in str(problem) and str(problem).startswith("ui/m.py:2: ") for problem in problems)


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("–")',
        'label.setText("0")',
        "label.setText(name)",
        'def title(self):\n    return tr("Tile", "Text")',
        'title = lambda: tr("Tile", "Text")',
        "Sentence(template, *values)",
        'ConsoleError("{0} of {1}", *counts)',
    ],
)
def test_what_is_right_is_no_problem(source: str) -> None:
    assert strings_of({"m": source}).problems == ()


# ---- the catalogue file


def test_a_catalogue_comes_back_as_it_was_written(tmp_path: Path) -> None:
    translations = {Message("A", "“<&>' {0}"): '‘<&>" {0}', Message("A", "two\nlines"): "", Message("B", "x"): "y"}
    path = tmp_path / "a.ts"
    path.write_text(catalogue_text(Catalogue("id_ID", translations)), encoding="utf-8")
    assert read_catalogue(path) == Catalogue("id_ID", translations)
    assert read_catalogue(path).unfinished == (Message("A", "two\nlines"),)


def test_an_update_keeps_what_was_translated_and_says_what_goes() -> None:
    old, kept, new = Message("A", "old"), Message("A", "kept"), Message("A", "new")
    update = updated(Catalogue("id_ID", {old: "lama", kept: "tetap"}), [kept, new])
    assert update.catalogue.translations == {kept: "tetap", new: ""}
    assert (update.new, update.vanished) == ((new,), ((old, "lama"),))


@pytest.mark.parametrize("text", ["", "<TS", "<TS></TS>"])
def test_a_broken_catalogue_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.ts"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=r"broken\.ts is no catalogue of translations"):
        read_catalogue(path)
