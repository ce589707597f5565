"""How many files this process may have open: each slot of pictures is one, and a large wall has hundreds.

Must import nothing of ours.
"""

from __future__ import annotations

import sys
from contextlib import suppress

_PLENTY = 65_536
"""More than any wall needs; without an end, programs that close all there may be would be at it for minutes."""


def allow_plenty() -> None:
    """Have as many as the system grants this user, this process's children included. Windows has no such limit."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        plenty = _PLENTY if hard == resource.RLIM_INFINITY else min(hard, _PLENTY)
        if soft != resource.RLIM_INFINITY and soft < plenty:
            with suppress(OSError, ValueError):  # it goes on with what it has
                resource.setrlimit(resource.RLIMIT_NOFILE, (plenty, hard))
