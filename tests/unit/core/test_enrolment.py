"""What comes of an enrolment."""

from __future__ import annotations

from app.core.enrolment import Enrolled


def test_a_key_is_kept_unless_a_reason_says_otherwise() -> None:
    assert Enrolled("POST-7").why_not_kept == ""
    assert Enrolled("POST-7", "no keyring") != Enrolled("POST-7")
