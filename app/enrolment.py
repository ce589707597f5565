"""Enrols this PC at a registry, and finds out who it is there. Puts client, keyring and file together.

Every call may wait for the network or for a person in front of the keyring: before the wall opens, or a worker's
thread. Must not import Qt.
"""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from app.config.settings_book import SettingsBook
from app.config.settings_table import CA_FILE, REGISTRY_URL
from app.core.enrolment import Enrolled
from app.core.errors import ConfigError, SecretError
from app.core.sentence import Sentence
from app.credentials import Identity, KeyStore, MemoryStore, enrol, load_identity, open_key_store
from app.registry.client import RegistryApi

_log = logging.getLogger(__name__)


class Enrolment:
    """Implements `EnrolmentPort`, and keeps what came of it.

    Args:
        book: where the registry's address is remembered.
        ca_file: whom to believe over HTTPS, as PEM; None believes whom the system believes.

    Attributes:
        url: the registry that this PC belongs to; empty while it belongs to none.
        identity: who it is there; None while that is not known.
    """

    def __init__(self, book: SettingsBook, ca_file: Path | None) -> None:
        self._book = book
        self._ca_file = ca_file
        self.url = ""
        self.identity: Identity | None = None

    def reach(self, url: str) -> None:
        """See whether a registry answers at that address."""
        with closing(RegistryApi(url, ca_file=self._ca_file)) as api:
            api.meta()

    def enrol(self, url: str, code: str) -> Enrolled:
        """Use an enrolment code up. Without a keyring the post's key lives in memory, and never in a file."""
        store, why_not_kept = _store_or_memory()
        with closing(RegistryApi(url, ca_file=self._ca_file)) as api:
            self._check_registry(api.url)
            self.identity = enrol(api, store, code)
            self.url = api.url
        try:
            self._remember()
        except ConfigError as error:  # the code is used up: the wall opens, and the next start asks again
            why_not_kept = why_not_kept or error.sentence
        return Enrolled(self.identity.post_id, why_not_kept)

    def recall(self) -> bool:
        """Look up who this PC is at the registry that the settings name; whether it has enrolled there.

        Raises:
            ConsoleError: the keyring or the address cannot be used.
        """
        url = self._book.settings.get(REGISTRY_URL)
        if not url:
            return False
        with closing(RegistryApi(url, ca_file=self._ca_file)) as api:
            self.url = api.url
            self.identity = load_identity(open_key_store(), api.url)
        return self.identity is not None

    def known(self) -> Identity:
        """Who this PC is.

        Raises:
            ConfigError: it has not enrolled.
        """
        if self.identity is None:
            raise self._not_enrolled()
        return self.identity

    def check_post(self, wanted: str) -> None:
        """See to it that this PC is the post that its settings name.

        Args:
            wanted: that post's id; empty: any will do.

        Raises:
            ConfigError: it is another one, or none.
        """
        post_id = self.known().post_id
        if wanted and wanted != post_id:
            raise ConfigError(
                "this PC is enrolled as post {0}, and its settings say {1}: enrol it again, or correct "
                "`registry.post_id`",
                post_id,
                wanted,
            )

    def _check_registry(self, url: str) -> None:
        """A registry that an administrator has set is the only one that a code is used up at."""
        settings = self._book.settings
        fixed = settings.get(REGISTRY_URL) if settings.lock(REGISTRY_URL) else ""
        if fixed:
            with closing(RegistryApi(fixed, ca_file=self._ca_file)) as api:
                if api.url != url:
                    settings.check_open(REGISTRY_URL)

    def _remember(self) -> None:
        """Keep the address, and whom to believe there, for the next start."""
        if not self._book.settings.lock(REGISTRY_URL):
            self._book.choose(REGISTRY_URL, self.url)
        if self._ca_file is not None and not self._book.settings.lock(CA_FILE):
            self._book.choose(CA_FILE, str(self._ca_file))

    def _not_enrolled(self) -> ConfigError:
        if not self.url:
            return ConfigError("this PC is not enrolled: start it once with --registry URL --enrol CODE")
        return ConfigError(
            "this PC is not enrolled at {0}: start it once with --registry URL --enrol CODE", self.url
        )


def _store_or_memory() -> tuple[KeyStore, Sentence | None]:
    """The system's keyring, or this process's memory and why."""
    try:
        return open_key_store(), None
    except SecretError as error:
        _log.warning("%s This PC has to be enrolled again at the next start.", error)
        return MemoryStore(), error.sentence
