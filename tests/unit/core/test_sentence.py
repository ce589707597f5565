"""A sentence that can be said in another language: its English, its values, and that it is data."""

from __future__ import annotations

import pytest

from app.core.sentence import Sentence, quoted


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        (Sentence("there is no tour"), "there is no tour"),
        (Sentence("there is no tour ‘{0}’", "Pagi"), "there is no tour ‘Pagi’"),
        (Sentence("{1} of {0}", 12, 7), "7 of 12"),
        (Sentence("larger than {0} bytes", 1_000_000), "larger than 1,000,000 bytes"),
        (Sentence("{0} to {1} s", 3.0, 0.5), "3 to 0.5 s"),
        (
            Sentence("{0}, line {1}: {2}", "a.json", 3, Sentence("{0} is missing", "name")),
            "a.json, line 3: name is missing",
        ),
    ],
)
def test_its_english_is_its_template_with_the_values_in_their_places(sentence: Sentence, english: str) -> None:
    assert str(sentence) == english


@pytest.mark.parametrize("odd", ["{", "{0}", "{name}", "}{", "%s"])
def test_brackets_in_a_value_or_in_a_template_without_values_are_plain_text(odd: str) -> None:
    assert str(Sentence("there is no tour {0}", odd)) == f"there is no tour {odd}"
    assert str(Sentence(odd)) == odd


def test_what_somebody_else_said_is_said_as_it_is() -> None:
    assert str(quoted("Not {0} today.")) == "Not {0} today."


def test_equal_sentences_are_the_same_news() -> None:
    assert Sentence("no tour {0}", "A") == Sentence("no tour {0}", "A") != Sentence("no tour {0}", "B")
    assert len({Sentence("a", 1), Sentence("a", 1), Sentence("b", 1)}) == 2


def test_its_numbers_stay_numbers_and_its_parts_stay_sentences() -> None:
    part = Sentence("is empty")
    assert Sentence("{0} {1}", 1234, part).values == (1234, part)
