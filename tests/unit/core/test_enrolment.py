"""What comes of an enrolment."""

from __future__ import annotations

from app.core.enrolment import Enrolled
from app.core.sentence import Sentence


def test_a_key_is_kept_unless_a_reason_says_otherwise() -> None:
    assert Enrolled("POST-7").why_not_kept is None
    assert Enrolled("POST-7", Sentence("no keyring")) != Enrolled("POST-7")
