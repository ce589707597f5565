"""Incidents: what one must say."""

from __future__ import annotations

import pytest

from app.core.errors import ConfigError
from app.core.incident import TEXT_MAX_LENGTH, Incident
from app.core.model import CameraId


@pytest.mark.parametrize("text", ["Truk mogok", "x" * TEXT_MAX_LENGTH])
def test_an_incident_says_what_happens(text: str) -> None:
    assert Incident(CameraId("A"), "1.2", text, "", 0.0).text == text


@pytest.mark.parametrize(
    ("text", "word"), [("", "needs words"), ("  \t", "needs words"), ("x" * 201, "200 characters")]
)
def test_an_incident_without_words_or_with_too_many_is_refused(text: str, word: str) -> None:
    with pytest.raises(ConfigError, match=word):
        Incident(CameraId("A"), "1.2", text, "", 0.0)
