"""Where the registry keeps its data, as it is said at the prompt. Pure; imports nothing that takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from app.core.errors import ConfigError

_SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class PostgresPlace:
    """A database of a PostgreSQL server; its password is libpq's business (`~/.pgpass`, a service file).

    Attributes:
        url: its address, without a password.
    """

    url: str

    def __str__(self) -> str:
        return self.url


DataPlace = Path | PostgresPlace
"""A SQLite file, or a database of a server."""


def data_place(text: str) -> DataPlace:
    """What `--data` names: `postgresql://USER@HOST/DATABASE` or a file.

    Raises:
        ConfigError: it is an address that cannot be used; what it says is not repeated, it may hold a password.
    """
    if "://" not in text:
        return Path(text)
    try:
        parts = urlsplit(text)
        query = parse_qs(parts.query)
    except ValueError:
        raise _unusable() from None
    if parts.scheme not in _SCHEMES or parts.fragment:
        raise _unusable()
    if parts.password is not None or "password" in query:
        raise ConfigError(
            "--data may not hold a password, which everybody on this machine could read: put it into ~/.pgpass, "
            "or name a service file with ?service=NAME."
        )
    return PostgresPlace(text)


def _unusable() -> ConfigError:
    return ConfigError("--data is a file, or postgresql://USER@HOST/DATABASE.")
