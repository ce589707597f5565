"""What the preflight asks of this PC's surroundings: settings, registry, clock, keyring, disk.

Runs on the main thread; the registry and a keyring may let it wait. It repeats no secret and no camera's address.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

from app.config.folders import cache_folder, settings_folder, state_folder
from app.config.settings import Settings
from app.config.settings_table import CA_FILE, POST_ID, REGISTRY_URL
from app.core.errors import ConsoleError, SecretError
from app.credentials import load_identity, open_key_store
from app.doctor.finding import Finding, Level
from app.registry.client import RegistryApi

CLOCK_LIMIT_S = 30.0
"""The contract's tokens say when they were made; servers allow clocks a small leeway (RFC 7519, 4.1.4)."""
FREE_FINE_BYTES, FREE_LEAST_BYTES = 1_000_000_000, 100_000_000
"""A month's journal without the centre, logs and snapshots fit into the first; the second is the end."""


def look_at_settings(settings: Settings) -> Finding:
    """Whether every source of settings is good."""
    if not settings.problems:
        return Finding("settings", Level.FINE, "every source is good")
    return Finding("settings", Level.WARNING, " ".join(map(str, settings.problems)))


def look_at_registry(settings: Settings, wall_clock: Callable[[], float] = time.time) -> Iterator[Finding]:
    """Whether the registry answers, whom its certificate is from, and how far this PC's clock is off."""
    url = settings.get(REGISTRY_URL)
    if not url:
        yield Finding("registry", Level.WARNING, "no address is set: the first start asks for it")
        return
    ca_file = settings.get(CA_FILE)
    try:
        with closing(RegistryApi(url, ca_file=Path(ca_file) if ca_file else None)) as api:
            before_s = wall_clock()
            meta = api.meta()
            off_s = (before_s + wall_clock()) / 2 - meta.server_time_s
    except ConsoleError as error:
        yield Finding("registry", Level.WARNING, f"{error} (the wall starts from its last good copy)")
        return
    yield Finding("registry", Level.FINE, f"{api.url} answers, {_trust(api.url, ca_file)}", {"url": api.url})
    level = Level.FINE if abs(off_s) <= CLOCK_LIMIT_S else Level.WARNING
    text = f"this PC's clock is {off_s:+.1f} s off the registry's"
    yield Finding("clock", level, text, {"off_s": round(off_s, 1)})


def _trust(url: str, ca_file: str) -> str:
    if not url.startswith("https://"):
        return "without TLS, on this machine"
    return f"its certificate is good by {ca_file or 'the system’s authorities'}"


def look_at_keyring(settings: Settings) -> Finding:
    """Whether the post's key can be kept, and whether there is one."""
    url, wanted = settings.get(REGISTRY_URL), settings.get(POST_ID)
    try:
        identity = load_identity(open_key_store(), _spelled(url)) if url else None
        if not url:
            open_key_store()
    except SecretError as error:
        return Finding("keyring", Level.WARNING, f"{error} Until then this PC enrols at each start.")
    except ConsoleError as error:
        return Finding("keyring", Level.WARNING, str(error))
    if identity is None:
        return Finding("keyring", Level.WARNING if url else Level.FINE, "it is open; this PC has not enrolled")
    if wanted and wanted != identity.post_id:
        text = f"this PC is enrolled as post {identity.post_id}, and its settings say {wanted}"
        return Finding("keyring", Level.CANNOT, text)
    return Finding("keyring", Level.FINE, f"it is open; this PC is post {identity.post_id}")


def _spelled(url: str) -> str:
    """The address as the registry client spells it."""
    with closing(RegistryApi(url)) as api:
        return api.url


def look_at_disk() -> Iterator[Finding]:
    """Whether the folders can be written to, and what is free."""
    for subject, folder in (("settings", settings_folder()), ("state", state_folder()), ("cache", cache_folder())):
        why_not = _why_not_writable(folder)
        if why_not:
            yield Finding("disk", Level.CANNOT, f"the folder of {subject}, {folder}: {why_not}")
            return
    free = shutil.disk_usage(state_folder()).free
    figures = {"free_bytes": free}
    text = f"{free / 1e9:.1f} GB are free in {state_folder()}"
    if free < FREE_LEAST_BYTES:
        yield Finding("disk", Level.CANNOT, text, figures)
    else:
        yield Finding("disk", Level.FINE if free >= FREE_FINE_BYTES else Level.WARNING, text, figures)


def _why_not_writable(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"trial")
    except OSError as error:
        return error.strerror or str(error)
    return ""
