"""Layouts as the contract writes them, to the core's model and back.

Pure; any thread. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.camera_query import QUERY_MAX_LENGTH, CameraQuery, parse_query
from app.core.errors import ConfigError
from app.core.layout import MAX_GRID, MAX_TILES, Cell, Layout
from app.core.model import CameraId
from app.core.names import NAME_MAX_LENGTH, layout_name
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence
from app.registry.fields import FieldError, array, flag, mapping, uuid, whole, words

VERSION = 1


def parse_layout(value: object, field: str) -> SavedLayout:
    """A layout.

    Args:
        value: the document.
        field: its name, for complaints.

    Raises:
        FieldError: it is none, or of a version that this console does not know.
    """
    record = mapping(value, field)
    whole(record.get("version"), f"{field}.version", VERSION, VERSION)
    grid = _grid(record, field)
    hotspot = record.get("hotspot")
    return SavedLayout(
        grid,
        cameras=_cameras(record.get("cameras", {}), grid.tiles, f"{field}.cameras"),
        query=_query(record.get("query"), f"{field}.query"),
        hotspot=whole(hotspot, f"{field}.hotspot", 1, grid.tiles) if hotspot is not None else None,
        is_locked=flag(record.get("locked", False), f"{field}.locked"),
    )


def layout_document(saved: SavedLayout) -> dict[str, object]:
    """The document of a layout."""
    grid = saved.grid
    return {
        "version": VERSION,
        "name": saved.name,
        "columns": grid.columns,
        "rows": grid.rows,
        "cells": [[cell.column, cell.row, cell.column_span, cell.row_span] for cell in grid.cells],
        "cameras": {str(number): camera for number, camera in sorted(saved.cameras.items())},
        "query": saved.query.text if saved.query is not None else None,
        "hotspot": saved.hotspot,
        "locked": saved.is_locked,
    }


def _grid(record: Mapping[str, object], field: str) -> Layout:
    name = words(record.get("name"), f"{field}.name", NAME_MAX_LENGTH)
    columns, rows = (whole(record.get(side), f"{field}.{side}", 1, MAX_GRID) for side in ("columns", "rows"))
    cells = tuple(
        _cell(each, f"{field}.cells") for each in array(record.get("cells"), f"{field}.cells", MAX_TILES)
    )
    try:
        return Layout(layout_name(name), columns, rows, cells)
    except ConfigError as error:
        raise FieldError(f"{field}.cells", Sentence("cannot be used: {0}", error.sentence)) from error


def _cell(value: object, field: str) -> Cell:
    parts = array(value, field, 4)
    if len(parts) != 4:
        raise FieldError(field, Sentence("has a cell that is not four whole numbers"))
    return Cell(*(whole(part, field, 0, MAX_GRID) for part in parts))


def _cameras(value: object, tiles: int, field: str) -> dict[int, CameraId]:
    numbers = {str(number): number for number in range(1, tiles + 1)}
    cameras: dict[int, CameraId] = {}
    for key, camera in mapping(value, field).items():
        if key not in numbers:
            raise FieldError(field, Sentence("has a tile that is not there"))
        cameras[numbers[key]] = CameraId(uuid(camera, field))
    return dict(sorted(cameras.items()))


def _query(value: object, field: str) -> CameraQuery | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > QUERY_MAX_LENGTH:
        raise FieldError(field, Sentence("is no text of up to {0} characters", QUERY_MAX_LENGTH))
    try:
        return parse_query(value)
    except ConfigError as error:
        raise FieldError(field, Sentence("cannot be used: {0}", error.sentence)) from error
