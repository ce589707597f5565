"""What shared layouts are called, and whose they are.

GUI thread.
"""

from __future__ import annotations

from app.core.saved_layout import SavedLayout
from app.core.shared import known_name
from ui.plain_text import plain
from ui.texts import tr


def shared_words(layout: SavedLayout, *, is_fresh: bool) -> str:
    """Whose a shared layout is, for a menu.

    Args:
        is_fresh: whether the registry has just said so.
    """
    mark = layout.shared
    if mark is None:
        return ""
    owner = plain(mark.owner_name)
    return owner if is_fresh else tr("Shared", "{0}, as last known", owner)


def label_of(layout: SavedLayout) -> str:
    """What a shared layout is called in a menu: by the name that everybody knows."""
    return plain(known_name(layout).name)
