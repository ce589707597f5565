"""`pantau registry officers`: IT adds officers, and locks and unlocks them. Runs on the main thread.

PINs are drawn here, printed once and kept as hashes. The registry may serve the same data meanwhile.
"""

from __future__ import annotations

import secrets
import sys
from contextlib import closing
from pathlib import Path

from app.core.errors import ConfigError
from app.demo.catalogue.camera_file import reject_sentence
from app.demo.registry.data_place import DataPlace
from app.demo.registry.database import Database
from app.demo.registry.demo_officers import retire_demo_officers
from app.demo.registry.officer_file import read_officer_file
from app.demo.registry.officers import OfficerStore
from app.demo.registry.pins import PinHasher

_PIN_DIGITS = 6


def manage_officers(data: DataPlace, add: Path | None, lock: str | None, unlock: str | None) -> None:
    """Do what was asked for, in this order: lock, unlock, add.

    Args:
        data: the registry's file or database.
        add: a CSV file of new officers; each one's PIN is printed once.
        lock: a service number whose account nobody signs in to any more.
        unlock: a service number whose account is good again.

    Raises:
        ConfigError: a file cannot be used, or there is no such number; one sentence.
    """
    if isinstance(data, Path) and not data.is_file():
        raise ConfigError(f"{data} is no registry's file: start `pantau registry serve` with it first.")
    with closing(Database(data)) as database:
        officers = OfficerStore(database)
        for number, is_locked in ((lock, True), (unlock, False)):
            if number is not None and not officers.set_locked(number, is_locked=is_locked):
                raise ConfigError(f"There is no officer {number}.")
        if add is not None:
            _add(officers, add)


def _add(officers: OfficerStore, path: Path) -> None:
    file, hasher = read_officer_file(path), PinHasher()
    for reject in file.rejected:
        print(reject_sentence(path, reject), file=sys.stderr, flush=True)
    if file.officers:
        retire_demo_officers(officers)
    for officer in file.officers:
        pin = f"{secrets.randbelow(10**_PIN_DIGITS):0{_PIN_DIGITS}}"
        if officers.add(officer, hasher.hash(pin)):
            print(f"{officer.service_number},{officer.name},{officer.role.value},{pin}", flush=True)
        else:
            print(f"{path}: officer {officer.service_number} is there already.", file=sys.stderr, flush=True)
