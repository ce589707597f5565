"""The registry's answer to a sign-in: what of it is taken, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.duty import Role
from app.registry.fields import FieldError
from app.registry.shift_answer import parse_shift

OFFICER = {
    "id": "00000000-0000-4000-8000-000000000002",
    "service_number": "86040317",
    "name": "Bripka Dewi",
    "role": "officer",
}
SHIFT: dict[str, Any] = {
    "shift_id": "00000000-0000-4000-8000-000000000001",
    "officer": OFFICER,
    "token": "m1uYc0bYx8h3Q2s7l9n5Zw",
    "expires_in_s": 57_600,
    "offline_s": 259_200,
}


@pytest.mark.parametrize(
    ("told", "role"),
    [("chief", Role.CHIEF), ("it", Role.IT), ("officer", Role.OFFICER), ("dispatcher", Role.OFFICER)],
)
def test_a_role_that_is_not_known_is_an_officers(told: str, role: Role) -> None:
    assert parse_shift({**SHIFT, "officer": {**OFFICER, "role": told}}).officer.role is role


@pytest.mark.parametrize("role", [None, 5, "", "two words"])
def test_what_is_no_role_at_all_is_refused(role: object) -> None:
    with pytest.raises(FieldError, match="role"):
        parse_shift({**SHIFT, "officer": {**OFFICER, "role": role}})
