"""The shared layouts that were known last, on disk: data without secrets or addresses, for when nobody answers.

Used by the thread of shared layouts. The file is replaced whole or not at all; one that is broken, of another
schema or of another post is ignored. Must import nothing of ours but the core, its neighbours here and `in_place`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from pathlib import Path

from app.core.names import holds_address
from app.core.saved_layout import SavedLayout
from app.in_place import in_place_of
from app.registry.fields import FieldError, array, mapping, parse_json
from app.registry.shared_layouts import parse_shared, shared_document

SCHEMA = 1
FILE_NAME = "shared-layouts.json"
FILE_MAX_BYTES = 64 * 1024 * 1024
LAYOUTS_MAX = 5_000

_log = logging.getLogger(__name__)


class SharedCache:
    """One post's last known shared layouts.

    Args:
        folder: where the file is; made if it is not there.
        registry_url: the registry and …
        post_id: … the post that they are shared with; both are in the file as a hash only.
    """

    def __init__(self, folder: Path, registry_url: str, post_id: str) -> None:
        self._file = folder / FILE_NAME
        self._post = hashlib.sha256(f"{registry_url}\n{post_id}".encode()).hexdigest()

    def load(self) -> tuple[SavedLayout, ...]:
        """What was known last; nothing where that cannot be read."""
        try:
            with self._file.open("rb") as file:
                document = mapping(parse_json(file.read(FILE_MAX_BYTES)), "layouts")
            if document.get("schema") != SCHEMA or document.get("post") != self._post:
                return ()
            return tuple(map(parse_shared, array(document.get("layouts"), "layouts", LAYOUTS_MAX)))
        except FileNotFoundError:
            return ()
        except (OSError, FieldError) as error:
            _log.warning("the kept shared layouts are left out: %s", error)
            return ()

    def save(self, layouts: Iterable[SavedLayout]) -> None:
        """Put these in the older ones' place; where that fails, the older stay and a log line says it."""
        kept = [shared_document(layout) for layout in layouts]
        text = json.dumps({"schema": SCHEMA, "post": self._post, "layouts": kept}, separators=(",", ":"))
        try:
            if holds_address(text):
                raise OSError(0, "it holds an address, which is not kept on disk")
            with in_place_of(self._file) as file:
                file.write(text.encode())
        except OSError as error:
            _log.warning("the shared layouts could not be kept: %s", error.strerror)
