"""How long to wait before a call to the registry is made again. Pure; any thread."""

from __future__ import annotations

from random import Random

from app.core.errors import RegistryError
from app.registry.problems import RefusalError

RETRY_FIRST_S, RETRY_CAP_S = 0.5, 15.0
"""Five hundred posts that draw from 15 s are 70 calls a second; a server that cannot bear it says Retry-After."""
REFUSED_FIRST_S, REFUSED_CAP_S = 15.0, 300.0
"""A refusal needs a person: no hurry."""
DOUBLINGS_MAX = 16


def retry_delay_s(error: RegistryError, failures: int, random: Random) -> float:
    """What the server asks for and full jitter on top: hundreds of posts do not return in the same second.

    Args:
        error: why the last call failed.
        failures: how many have failed one after another, from 1.
        random: the source of jitter.
    """
    is_final = isinstance(error, RefusalError) and not error.retryable
    first_s, cap_s = (REFUSED_FIRST_S, REFUSED_CAP_S) if is_final else (RETRY_FIRST_S, RETRY_CAP_S)
    ceiling_s = min(cap_s, first_s * 2.0 ** min(failures - 1, DOUBLINGS_MAX))
    return (error.retry_after_s or 0.0) + random.uniform(0.0, ceiling_s)
