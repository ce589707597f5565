"""Making a PC a post of a registry: what the page of the first start asks for, and what comes of it. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Enrolled:
    """This PC is a post now."""

    post_id: str
    why_not_kept: Sentence | None = None
    """Why its key is in memory only and the next start has to enrol again; None where the keyring has it."""


class EnrolmentPort(Protocol):
    """What enrols. Every call may wait for the network: never the GUI's thread."""

    def reach(self, url: str) -> None:
        """See whether a registry answers at that address.

        Raises:
            ConsoleError: it does not, or the address is none; one sentence.
        """

    def enrol(self, url: str, code: str) -> Enrolled:
        """Use an enrolment code up.

        Raises:
            ConsoleError: the registry refuses it, or the key cannot be made; one sentence.
        """
