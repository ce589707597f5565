"""What a post's wall leaves behind for whoever looks after it: log files, events, faults with their trace.

Main thread, around a run of the wall. Must not import Qt.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.config.settings import Settings
from app.config.settings_table import EVENT_LOG, LOG_FILE_MB, LOG_FILES
from app.core.errors import ConsoleError
from app.event_log import EventId, open_event_log
from app.log import start_files, stop_files

_log = logging.getLogger(__name__)


@contextmanager
def recorded(settings: Settings, folder: Path, version: str) -> Iterator[None]:
    """Write down how a run goes, from here to its end.

    Args:
        settings: how much is kept, and whether the event log is wanted.
        folder: of the log files.
        version: of this program.
    """
    tell = open_event_log(is_wanted=settings.get(EVENT_LOG))
    try:
        start_files(folder, settings.get(LOG_FILE_MB), settings.get(LOG_FILES))
    except OSError as error:
        _log.warning("no log is written into %s: %s", folder, error.strerror or error)
    started = f"Pantau {version} started, process {os.getpid()}"
    _log.info("%s", started)
    tell(EventId.STARTED, started)
    for problem in settings.problems:
        _log.info("%s", problem)
        tell(EventId.IGNORED, str(problem))
    try:
        yield
    except ConsoleError as error:
        _log.info("the wall cannot be opened: %s", error)  # the command line says it to whoever is there
        tell(EventId.REFUSED, str(error))
        raise
    except Exception as error:
        _log.info("the wall has ended by a fault", exc_info=True)
        tell(EventId.FAULT, f"The wall has ended by a fault: {type(error).__name__}. The log has more.")
        raise
    finally:
        _log.info("Pantau ended, process %d", os.getpid())
        tell(EventId.ENDED, f"Pantau {version} ended, process {os.getpid()}")
        stop_files()
