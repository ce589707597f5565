"""A keyring in a plain file, for tests in which a later process has to find what an earlier one kept.

The product takes the keyrings of systems only, and knows them by their module: this one says it is one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

FILE_VARIABLE = "FILE_KEYRING"
"""Names the environment variable with the file's path."""


class Keyring(KeyringBackend):
    """Keeps passwords as JSON."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        """The password, None where there is none."""
        password = self._read().get(f"{service}/{username}")
        return None if password is None else str(password)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        self._write({**self._read(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        """Forget a password."""
        kept = self._read()
        del kept[f"{service}/{username}"]
        self._write(kept)

    @property
    def _file(self) -> Path:
        return Path(os.environ[FILE_VARIABLE])

    def _read(self) -> dict[str, object]:
        return dict(json.loads(self._file.read_text(encoding="utf-8"))) if self._file.exists() else {}

    def _write(self, kept: dict[str, object]) -> None:
        self._file.write_text(json.dumps(kept), encoding="utf-8")


Keyring.__module__ = "keyring.backends.SecretService"
