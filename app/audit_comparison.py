"""Whether this PC's journal is the one that its registry has: asks the one that the settings name, as this post.

Runs on the main thread, for a command at the prompt.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.audit.comparing import Comparison, HeldPage, compare
from app.config.settings import Settings
from app.config.settings_table import CA_FILE, REGISTRY_URL
from app.core.errors import ConfigError
from app.credentials import Identity, load_identity, open_key_store
from app.registry.audit import PAGE_MAX, parse_kept
from app.registry.client import RegistryApi

_PATH = "/v1/audit-events"


def compare_with_registry(settings: Settings, folder: Path) -> Comparison:
    """Compare the journal of a folder with what the registry has of this post's.

    Raises:
        ConsoleError: this PC has not enrolled, its keyring or registry does not answer, or there is no journal.
    """
    url = settings.get(REGISTRY_URL)
    if not url:
        raise ConfigError("no registry is known to this PC")
    ca_file = Path(settings.get(CA_FILE)) if settings.get(CA_FILE) else None
    with closing(RegistryApi(url, ca_file=ca_file)) as stranger:
        identity = load_identity(open_key_store(), stranger.url)
    if identity is None:
        raise ConfigError("this PC has not enrolled at {0}", url)
    return compare_as(identity, url, ca_file, folder)


def compare_as(identity: Identity, url: str, ca_file: Path | None, folder: Path) -> Comparison:
    """Compare the journal of a folder with what a registry has of a post's.

    Raises:
        ConsoleError: the registry does not answer, or there is no journal.
    """
    with closing(RegistryApi(url, identity, ca_file)) as api:
        key = api.meta().audit_key

        def page_after(seq: int) -> HeldPage:
            query = {"after_seq": seq, "limit": PAGE_MAX}
            kept = api.call("GET", _PATH, lambda value: parse_kept(value, identity.post_id, key), params=query)
            return HeldPage(kept.lines, kept.has_more, kept.head)

        return compare(folder, page_after)
