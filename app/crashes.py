"""What a crash may leave behind: no image of a memory in which passwords are.

Must import nothing of ours.
"""

from __future__ import annotations

import sys

_NO_IMAGE_BYTES = 1
"""Too little for a file, and to Linux the word that a crash handler shall get nothing either (core(5))."""


def leave_no_image() -> None:
    """Have the system keep nothing of the memory of this process and of its children when they crash.

    Windows keeps none unless an administrator has asked for it.
    """
    if sys.platform != "win32":
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        limit = _NO_IMAGE_BYTES if hard == resource.RLIM_INFINITY else min(hard, _NO_IMAGE_BYTES)
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
