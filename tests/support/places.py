"""Where the registries of the tests keep their data: files, unless this run is one on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from app.demo.registry.data_place import DataPlace

FOLDER_VARIABLE = "TESTS_POSTGRES_FOLDER"
"""Names the folder of the server that keeps all registries' data in this run of the tests, if there is one."""
NewPlace = Callable[[], DataPlace]
"""Gives a place without data whenever it is called."""


def usual_place(folder: Path) -> DataPlace:
    """Where a registry keeps its data in this run of the tests: a file of the folder, or a new database."""
    server = os.environ.get(FOLDER_VARIABLE)
    if server is None:
        return folder / "registry.sqlite"
    from tests.support.postgres import new_database  # there is none on Windows

    return new_database(Path(server))
