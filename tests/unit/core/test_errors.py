"""The exception tree: one root, and what a registry's refusal carries."""

from __future__ import annotations

import pytest

from app.core.errors import ConfigError, ConsoleError, RegistryError, SecretError, VideoError
from app.core.sentence import Sentence


@pytest.mark.parametrize("kind", [ConfigError, RegistryError, SecretError, VideoError])
def test_everything_raised_on_purpose_has_one_root(kind: type[Exception]) -> None:
    assert issubclass(kind, ConsoleError)


def test_a_registrys_refusal_says_what_it_is_and_when_to_ask_again() -> None:
    error = RegistryError("the registry is busy", code="busy", retryable=True, retry_after_s=3.0)
    assert (str(error), error.code, error.retryable, error.retry_after_s) == (
        "the registry is busy",
        "busy",
        True,
        3.0,
    )


def test_a_refusal_is_final_unless_it_says_otherwise() -> None:
    error = RegistryError("not this post's camera", code="forbidden")
    assert (error.retryable, error.retry_after_s) == (False, None)


def test_an_error_is_said_in_english_and_kept_to_be_said_otherwise() -> None:
    error = ConfigError("a layout has at most {0} tiles, not {1}", 64, 65)
    assert str(error) == "a layout has at most 64 tiles, not 65"
    assert (error.template, error.values) == ("a layout has at most {0} tiles, not {1}", (64, 65))
    assert error.sentence == Sentence("a layout has at most {0} tiles, not {1}", 64, 65)


def test_an_error_about_another_one_holds_its_sentence() -> None:
    why = ConfigError("a layout needs a name")
    error = RegistryError("{0}, line {1}: {2}", "a.json", 3, why, code="odd")
    assert str(error) == "a.json, line 3: a layout needs a name"
    assert error.values == ("a.json", 3, why.sentence)
