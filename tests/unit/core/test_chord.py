"""The one spelling of a chord, and what is kept for the keypad and the focus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.chord import Reserved, canonical_chord, chord_parts, reserved_for
from app.core.errors import ConfigError

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
KEYS = ("A", "0", "F12", "Enter", "PgUp", "Backspace", "+", "-", "'", "\\", "?")


@pytest.mark.parametrize(
    ("text", "chord"),
    [
        ("Alt+1", "Alt+1"),
        ("alt+i", "Alt+I"),
        ("shift+ctrl+return", "Ctrl+Shift+Enter"),
        ("Escape", "Esc"),
        ("delete", "Del"),
        ("F11", "F11"),
        ("f24", "F24"),
        ("pgup", "PgUp"),
        (" Ctrl + b ", "Ctrl+B"),
        ("Meta+.", "Meta+."),
        ("shift+h", "Shift+H"),
        ("Ctrl+-", "Ctrl+-"),
        ("ctrl+0", "Ctrl+0"),
        ("+", "+"),
        ("ctrl++", "Ctrl++"),
        ("Ctrl + +", "Ctrl++"),
        ("ctrl+plus", "Ctrl++"),
        ("Ctrl+Shift+Backtab", "Ctrl+Shift+Tab"),
        ("Shift++", "+"),
        ("Ctrl+Shift+?", "Ctrl+?"),
    ],
)
def test_a_chord_has_one_spelling(text: str, chord: str) -> None:
    assert canonical_chord(text) == chord


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Hyper+1", "no modifier 'Hyper'"),
        ("Ctrl+ctrl+1", "a modifier twice"),
        ("Alt+Banana", "no key 'Banana'"),
        ("F25", "no key 'F25'"),
        ("", "no key ''"),
        ("Ctrl+", "no key ''"),
        ("++", "no modifier ''"),
        ("Ctrl+é", "no key 'é'"),
    ],
)
def test_an_unknown_chord_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        canonical_chord(text)


@pytest.mark.parametrize(
    ("chord", "keys"), [("Ctrl++", ("Ctrl", "+")), ("+", ("+",)), ("Ctrl+Shift+S", ("Ctrl", "Shift", "S"))]
)
def test_a_chord_has_its_keys(chord: str, keys: tuple[str, ...]) -> None:
    assert chord_parts(chord) == keys


@given(st.sets(st.sampled_from(MODIFIERS)), st.sampled_from(KEYS), st.randoms(use_true_random=False))
def test_the_order_of_modifiers_does_not_matter(modifiers: set[str], key: str, chance: object) -> None:
    shuffled = sorted(modifiers)
    chance.shuffle(shuffled)
    chord = canonical_chord("+".join([*shuffled, key]).lower())
    assert chord == canonical_chord(chord)
    assert "+".join(chord_parts(chord)) == chord
    assert chord_parts(chord)[-1] == key


@pytest.mark.parametrize(
    ("chord", "reserved"),
    [
        ("5", Reserved.KEYPAD),
        (".", Reserved.KEYPAD),
        (",", Reserved.KEYPAD),
        ("Tab", Reserved.FOCUS),
        ("Shift+Tab", Reserved.FOCUS),
        ("Ctrl+5", None),
        ("Ctrl+Tab", None),
        ("F5", None),
        ("H", None),
    ],
)
def test_digits_are_the_keypads_and_tab_moves_the_focus(chord: str, reserved: Reserved | None) -> None:
    assert reserved_for(chord) is reserved
