"""What is said of a login that nobody waits for any more."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.model import StreamKey


@dataclass(frozen=True, slots=True)
class LoginRefused:
    """A camera refused the login of a stream that was let go meanwhile: it counts that one all the same."""

    key: StreamKey
    credential_version: int
