"""The officer in whose name a call to the registry is. Any thread; must import nothing of ours but the core."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.errors import RegistryError


@dataclass(frozen=True, slots=True)
class OnDuty:
    """The officer in whose name a call is.

    Attributes:
        headers: what tells the registry who; asked anew for each call.
        lost: is told why a call in the officer's name was refused, and by which headers it told who; whether that
            was because the shift is over.
    """

    headers: Callable[[], Mapping[str, str]] = dict
    lost: Callable[[RegistryError, Mapping[str, str]], bool] = lambda _error, _sent: False
