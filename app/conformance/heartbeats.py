"""The group `heartbeats`: the post says that it is alive."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from app.conformance.verdict import Check
from app.conformance.visit import Visit, require
from app.conformance.wire import Answer
from app.core.redact import Secret

PATH = "/v1/heartbeats"
BEAT: Mapping[str, object] = {"version": "0.0.0", "tiles": 0, "live": 0, "uptime_s": 1.5, "audit_seq": 0}
"""Of a wall that shows nothing: the suite has none."""


class HeartbeatChecks:
    """Makes the checks of one visit."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def checks(self) -> tuple[Check, ...]:
        """In the order in which they are made."""
        return (
            Check("heartbeats.noted", "A heartbeat is noted: 204, without a body.", self.noted),
            Check("heartbeats.form", "A heartbeat that lacks a member is refused with 400.", self.form),
            Check(
                "heartbeats.shift-invalid",
                "A shift's token that is none of this post is answered with 401 shift-invalid.",
                self.shift_invalid,
            ),
        )

    def noted(self) -> None:
        """Nobody has signed in."""
        self._visit.expect(self._beat(BEAT), 204)

    def form(self) -> None:
        """It lacks its version."""
        body = {name: value for name, value in BEAT.items() if name != "version"}
        self._visit.refused(self._beat(body), 400, "invalid-request")

    def shift_invalid(self) -> None:
        """A token of nobody's; a new one of the post's would not help."""
        answer = self._visit.ask("POST", PATH, body=dict(BEAT), shift=Secret(secrets.token_urlsafe(32)))
        self._visit.refused(answer, 401, "shift-invalid")
        named = answer.headers.get("www-authenticate", "")
        require(named == "Pantau-Shift", "WWW-Authenticate: Pantau-Shift", "another or none", answer)

    def _beat(self, body: Mapping[str, object]) -> Answer:
        return self._visit.ask("POST", PATH, body=dict(body))
