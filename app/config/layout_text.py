"""A saved layout as the text of a JSON file, and back.

Any thread; no input or output. Must not import Qt.
"""

from __future__ import annotations

import json

from app.config.camera_ids import cameras_by_tile
from app.config.json_object import JsonObject
from app.core.camera_query import CameraQuery, parse_query
from app.core.errors import ConfigError
from app.core.layout import MAX_GRID, MAX_TILES, Cell, Layout
from app.core.names import layout_name
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence

VERSION = 1
_KEYS = ("version", "name", "columns", "rows", "cells", "cameras", "query", "hotspot", "locked")


def layout_text(saved: SavedLayout) -> str:
    """A layout as the text of its file; equal layouts have equal texts.

    Raises:
        ConfigError: it could not be read again.
    """
    grid = saved.grid
    members = {
        "version": VERSION,
        "name": saved.name,
        "columns": grid.columns,
        "rows": grid.rows,
        "cells": [[cell.column, cell.row, cell.column_span, cell.row_span] for cell in grid.cells],
        "cameras": {str(number): saved.cameras[number] for number in sorted(saved.cameras)},
        "query": saved.query.text if saved.query is not None else None,
        "hotspot": saved.hotspot,
        "locked": saved.is_locked,
    }
    text = "{\n" + ",\n".join(f'  "{key}": {_value_text(value)}' for key, value in members.items()) + "\n}\n"
    layout_from_text(saved.name, text)
    return text


def _value_text(value: object) -> str:
    """Lists and objects with an entry a line, everything else on one."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {json.dumps(item)}" for item in value) + "\n  ]"
    if isinstance(value, dict) and value:
        entries = (f"    {json.dumps(key)}: {_text(item)}" for key, item in value.items())
        return "{\n" + ",\n".join(entries) + "\n  }"
    return _text(value)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def layout_from_text(file: str, text: str) -> SavedLayout:
    """The layout that a file's text holds.

    Args:
        file: the file's name, for complaints.
        text: what it holds.

    Raises:
        ConfigError: it holds none; the message names file, line, key and reason.
    """
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(_KEYS)
    grid = _grid(document)
    return SavedLayout(
        grid,
        cameras=cameras_by_tile(document, document.entries("cameras"), grid.tiles, "cameras"),
        query=query_of(document),
        hotspot=document.whole("hotspot", 1, grid.tiles) if document.has("hotspot") else None,
        is_locked=document.flag("locked"),
    )


def _grid(document: JsonObject) -> Layout:
    name = _name(document)
    columns, rows = document.whole("columns", 1, MAX_GRID), document.whole("rows", 1, MAX_GRID)
    items = document.items("cells")
    if not 1 <= len(items) <= MAX_TILES:
        raise document.fault(Sentence("has {0} cells, not 1 to {1}", len(items), MAX_TILES), "cells")
    cells = tuple(_cell(document, number, item) for number, item in enumerate(items, start=1))
    try:
        return Layout(name, columns, rows, cells)
    except ConfigError as error:
        raise document.fault(Sentence("do not fit: {0}", error.sentence), "cells") from error


def _name(document: JsonObject) -> str:
    written = document.text("name")
    try:
        name = layout_name(written)
    except ConfigError as error:
        raise document.fault(Sentence("cannot be used: {0}", error.sentence), "name") from error
    if name != written:
        raise document.fault(Sentence("has characters or spaces that cannot be seen"), "name")
    return name


def _cell(document: JsonObject, number: int, item: object) -> Cell:
    is_cell = isinstance(item, list) and len(item) == 4 and all(type(part) is int for part in item)
    if not isinstance(item, list) or not is_cell:
        raise document.fault(Sentence("has a cell {0} that is not four whole numbers", number), "cells")
    return Cell(*item)


def query_of(document: JsonObject) -> CameraQuery | None:
    """The query of a document's cameras; None where it has none.

    Raises:
        ConfigError: it is not understood.
    """
    if not document.has("query"):
        return None
    try:
        return parse_query(document.text("query"))
    except ConfigError as error:
        raise document.fault(Sentence("cannot be used: {0}", error.sentence), "query") from error
