"""Shared layouts as the contract has them, to the core's model and back.

Pure; any thread. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.saved_layout import SavedLayout, SharedMark
from app.core.shared import ShareLayout
from app.registry.fields import FieldError, array, code, flag, mapping, uuid, whole, words
from app.registry.layout_document import layout_document, parse_layout
from app.registry.walls import REVISION_MAX

LAYOUTS_LIMIT = 200
READERS_MAX = 64
UNIT_MAX_LENGTH = 64
"""Of the contract."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says of a shared layout: enough to know whether it has changed."""

    id: str
    revision: int


def layout_path(layout_id: str) -> str:
    """The path of a shared layout."""
    return f"/v1/layouts/{layout_id}"


def parse_list(value: object) -> tuple[list[Listed], bool]:
    """A page of the list, and whether there are more; an entry that cannot be read is left out alone.

    Raises:
        FieldError: it is no page.
    """
    record = mapping(value, "layouts")
    listed = []
    for each in array(record.get("layouts"), "layouts", LAYOUTS_LIMIT):
        try:
            entry = mapping(each, "layout")
            revision = whole(entry.get("revision"), "revision", 1, REVISION_MAX)
            listed.append(Listed(uuid(entry.get("id"), "id"), revision))
        except FieldError:
            continue
    return listed, flag(record.get("more"), "more")


def parse_shared(value: object) -> SavedLayout:
    """A shared layout, under the name by which everybody knows it.

    Raises:
        FieldError: it is not of the contract's form.
    """
    record = mapping(value, "layout")
    layout = parse_layout(record.get("layout"), "layout")
    readers = array(record.get("readers"), "readers", READERS_MAX)
    mark = SharedMark(
        uuid(record.get("id"), "id"),
        whole(record.get("revision"), "revision", 1, REVISION_MAX),
        layout.name,
        uuid(record.get("owner"), "owner"),
        words(record.get("owner_name"), "owner_name"),
        code(record.get("jurisdiction"), "jurisdiction", UNIT_MAX_LENGTH),
        tuple(code(each, "readers", UNIT_MAX_LENGTH) for each in readers),
    )
    return replace(layout, shared=mark)


def shared_document(layout: SavedLayout) -> dict[str, object]:
    """A shared layout as the contract tells it, for keeping it; what cannot be told again is left out.

    Args:
        layout: under whatever name; it has a mark.
    """
    mark = layout.shared
    assert mark is not None
    document = layout_document(replace(layout, grid=replace(layout.grid, name=mark.name)))
    return {
        "id": mark.id,
        "revision": mark.revision,
        "owner": mark.owner,
        "owner_name": mark.owner_name,
        "jurisdiction": mark.unit,
        "readers": list(mark.readers),
        "layout": document,
    }


def draft_document(request: ShareLayout) -> dict[str, object]:
    """What is to be shared, as the contract takes it."""
    mark = request.mark
    return {
        "jurisdiction": mark.unit,
        "readers": list(mark.readers),
        "layout": layout_document(request.layout),
    }
