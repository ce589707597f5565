"""What nobody foresaw in a worker of the registry client: told in the log, and then like any call that has failed.

A worker that ended by it would leave for ever whoever waits for its answers. Any thread. Must import nothing of
ours but the core.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from app.core.errors import RegistryError
from app.core.sentence import Sentence

DEFECT = "defect"
"""The code of an error that stands for a defect of Pantau's own."""
CLIENT_FAILED = Sentence("The registry client has failed: the wall goes on with what it has.")
_FRAMES = 3

_log = logging.getLogger(__name__)


def understood(error: Exception) -> RegistryError:
    """A registry error as it is; one that stands for anything else, which is logged.

    What an exception says is told nowhere: it may hold an address or a secret. Its type and its origin are.
    """
    if isinstance(error, RegistryError):
        return error
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    where = " in ".join(
        f"{frame.name} ({PurePath(frame.filename).name}:{frame.lineno})" for frame in reversed(frames)
    )
    _log.error("registry client: %s in %s", type(error).__name__, where)
    return RegistryError("{0}", CLIENT_FAILED, code=DEFECT, retryable=True)


@contextmanager
def outlived() -> Iterator[None]:
    """Whatever is raised in it is logged, and ends nothing else."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the worker's thread has to go on
        understood(error)
