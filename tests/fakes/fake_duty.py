"""A checker of officers that keeps what it is asked; tests give the answers."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.duty import HandoverItem, Officer
from app.core.redact import Secret


class FakeDutyPort:
    """Implements `app.core.duty.DutyPort`: keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def sign_in(self, service_number: str, pin: Secret) -> None:
        self.asked.append(("sign-in", service_number, pin))

    def unlock(self, officer: Officer, pin: Secret) -> None:
        self.asked.append(("unlock", officer, pin))

    def hand_over(self, service_number: str, pin: Secret, note: str, items: Sequence[HandoverItem]) -> None:
        self.asked.append(("hand-over", service_number, pin, note, tuple(items)))

    def sign_off(self) -> None:
        self.asked.append(("sign-off",))
