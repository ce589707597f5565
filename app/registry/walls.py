"""What the contract says of walls, as the core's model and back: orders, reports, authors.

Pure; any thread. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.core.model import CameraId
from app.core.names import one_line
from app.core.remote import (
    MESSAGE_MAX_LENGTH,
    UNREADABLE,
    Author,
    CameraOnTile,
    RemoteOrder,
    Source,
    TileReport,
    WallDesired,
    WallReport,
    Wanted,
)
from app.registry.fields import NAME_MAX_LENGTH, FieldError, clean, mapping, number, time_s, uuid, whole, words
from app.registry.layout_document import parse_layout

REVISION_MAX = 10**15 - 1
MONITORS_MAX = 16
TILES_MAX = 64
LASTS_MAX_S = 366 * 24 * 3600.0
"""Of an order or a scheduled hour, generously: a week by the contract."""
_SOURCES = {source.value: source for source in Source}


def wall_path(wall_id: str, what: str) -> str:
    """The path of what the registry knows of a wall."""
    return f"/v1/walls/{wall_id}/{what}"


def parse_desired(value: object, now_s: float) -> WallDesired:
    """What a wall is to show. An order that cannot be read says so itself: its revision counts.

    Args:
        value: the answer.
        now_s: when it came, monotonic seconds.

    Raises:
        FieldError: not even the revision can be read.
    """
    record = mapping(value, "desired")
    revision = whole(record.get("revision"), "revision", 0, REVISION_MAX)
    try:
        left_s = record.get("changes_in_s")
        ends_s = now_s + number(left_s, "changes_in_s", 0.0, LASTS_MAX_S) if left_s is not None else None
        return WallDesired(revision, _order(record), ends_s)
    except FieldError:
        return WallDesired(revision, problem=UNREADABLE)


def _order(record: Mapping[str, object]) -> RemoteOrder | None:
    source, order = _SOURCES.get(str(record.get("source"))), record.get("order")
    if source is None or order is None:
        return None
    shown = mapping(order, "order")
    said = shown.get("message")
    changed_at = record.get("changed_at")
    return RemoteOrder(
        source,
        whole(shown.get("monitor"), "order.monitor", 1, MONITORS_MAX),
        parse_wanted(shown),
        parse_author(record.get("changed_by")),
        time_s(changed_at, "changed_at") if changed_at is not None else None,
        clean(said)[:MESSAGE_MAX_LENGTH] if isinstance(said, str) else "",
    )


def parse_wanted(shown: Mapping[str, object]) -> Wanted:
    """What an order shows.

    Raises:
        FieldError: it cannot be read.
    """
    if "layout" in shown:
        return parse_layout(shown["layout"], "order.layout")
    camera = CameraId(uuid(shown.get("camera_id"), "order.camera_id"))
    return CameraOnTile(camera, whole(shown.get("tile"), "order.tile", 1, TILES_MAX))


def parse_author(value: object) -> Author | None:
    """Who made a change; None where nobody is named.

    Raises:
        FieldError: it is not of the contract's form.
    """
    if value is None:
        return None
    record = mapping(value, "changed_by")
    name = words(record.get("name"), "changed_by.name", NAME_MAX_LENGTH)
    return Author(uuid(record.get("officer_id"), "changed_by.officer_id"), name)


def report_document(report: WallReport) -> dict[str, object]:
    """A report as the contract has it. Text for people is English; the chief's console knows its templates."""
    answer = report.answer
    monitors = [
        {
            "number": monitor.number,
            "layout": one_line(monitor.layout)[:MESSAGE_MAX_LENGTH],
            "tiles": [_tile_document(tile) for tile in monitor.tiles],
        }
        for monitor in report.monitors
    ]
    return {
        "name": "",
        "monitors": monitors,
        "applied_revision": answer.revision,
        "applied_state": answer.outcome.value,
        "reason": str(answer.reason)[:MESSAGE_MAX_LENGTH] if answer.reason is not None else None,
    }


def _tile_document(tile: TileReport) -> dict[str, object]:
    own = {"tile": tile.tile, "camera_id": _camera_id(tile)}
    return {**own, "life": tile.sign.value, "age_s": _age_s(tile.age_s)}


def _camera_id(tile: TileReport) -> str | None:
    """The tile's camera; one that an officer's old file names by another form is none of the registry's."""
    try:
        return uuid(tile.camera, "camera_id")
    except FieldError:
        return None


def _age_s(age_s: float | None) -> float | None:
    """A picture's age, as tenths; never less than none, whatever two clocks say."""
    return None if age_s is None or not math.isfinite(age_s) else max(0.0, round(age_s, 1))
