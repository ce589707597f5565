"""Walls of posts as the contract tells a chief of them, and what the chief asks of them.

Pure; any thread. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.errors import RegistryError
from app.core.model import CameraId
from app.core.posts import Conflict, Day, Hours, OrderWall, PostWall, Week
from app.core.remote import (
    MESSAGE_MAX_LENGTH,
    CameraOnTile,
    MonitorReport,
    OrderAnswer,
    Outcome,
    TileReport,
    WallReport,
    told_reason,
)
from app.core.sentence import Sentence
from app.core.tile_status import Sign
from app.registry.fields import FieldError, array, clean, flag, mapping, number, time_s, token, uuid, whole
from app.registry.layout_document import layout_document, parse_layout
from app.registry.problems import RefusalError
from app.registry.walls import MONITORS_MAX, REVISION_MAX, TILES_MAX, parse_author

WALLS_LIMIT = 100
"""A page of the contract."""
ENTRIES_MAX = 32
_AGE_MAX_S = 1e9
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_WALL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}(?:\.[1-9][0-9]?)?")
_SIGNS = {sign.value: sign for sign in Sign}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_DAYS = {day.value: day for day in Day}


def parse_walls(value: object, now_s: float) -> tuple[dict[str, PostWall], bool]:
    """A page of walls, by id, and whether there are more; one that cannot be read is left out alone.

    Args:
        value: the answer.
        now_s: when it came, monotonic seconds.

    Raises:
        FieldError: it is no page.
    """
    record = mapping(value, "walls")
    walls: dict[str, PostWall] = {}
    for each in array(record.get("walls"), "walls", WALLS_LIMIT):
        try:
            wall = parse_wall(each, now_s)
        except FieldError:
            continue
        walls[wall.id] = wall
    return walls, flag(record.get("more"), "more")


def parse_wall(value: object, now_s: float) -> PostWall:
    """A wall's last report.

    Raises:
        FieldError: it is not of the contract's form.
    """
    record = mapping(value, "wall")
    wall_id = token(record.get("wall_id"), "wall_id", 80)
    if not _WALL_ID.fullmatch(wall_id):
        raise FieldError("wall_id", Sentence("is not of the form of a code"))
    monitors = array(record.get("monitors"), "monitors", MONITORS_MAX)
    return PostWall(
        wall_id,
        _line(record.get("post_name"), "post_name"),
        _line(record.get("name"), "name"),
        whole(record.get("revision"), "revision", 0, REVISION_MAX),
        WallReport(tuple(map(_monitor, monitors)), _answer(record)),
        now_s - number(record.get("age_s"), "age_s", 0.0, _AGE_MAX_S),
    )


def _line(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise FieldError(field, Sentence("is no text"))
    return clean(value[:MESSAGE_MAX_LENGTH])


def _answer(record: Mapping[str, object]) -> OrderAnswer:
    """What became of the last order; its reason can be translated where the post has our version."""
    reason = record.get("reason")
    revision = whole(record.get("applied_revision"), "applied_revision", 0, REVISION_MAX)
    outcome = _OUTCOMES.get(str(record.get("applied_state")), Outcome.RELEASED)
    return OrderAnswer(revision, outcome, told_reason(_line(reason, "reason")) if reason else None)


def _monitor(value: object) -> MonitorReport:
    record = mapping(value, "monitor")
    tiles = array(record.get("tiles"), "tiles", TILES_MAX)
    number_ = whole(record.get("number"), "number", 1, MONITORS_MAX)
    return MonitorReport(number_, _line(record.get("layout"), "layout"), tuple(map(_tile, tiles)))


def _tile(value: object) -> TileReport:
    """A tile; what a newer console says of one that this does not know is no claim of a picture."""
    record = mapping(value, "tile")
    camera, age_s = record.get("camera_id"), record.get("age_s")
    return TileReport(
        whole(record.get("tile"), "tile", 1, TILES_MAX),
        CameraId(uuid(camera, "camera_id")) if camera is not None else None,
        _SIGNS.get(str(record.get("life")), Sign.CONNECTING),
        number(age_s, "age_s", 0.0, _AGE_MAX_S) if age_s is not None else None,
    )


def parse_week(value: object) -> Week:
    """A wall's hours.

    Raises:
        FieldError: they are not of the contract's form: nothing of them may be written over unseen.
    """
    record = mapping(value, "schedule")
    changed_at = record.get("changed_at")
    entries = array(record.get("entries"), "entries", ENTRIES_MAX)
    return Week(
        whole(record.get("revision"), "revision", 0, REVISION_MAX),
        tuple(map(_hours, entries)),
        parse_author(record.get("changed_by")),
        time_s(changed_at, "changed_at") if changed_at is not None else None,
    )


def _hours(value: object) -> Hours:
    record = mapping(value, "entry")
    days = array(record.get("days"), "days", len(Day))
    if not days or any(day not in _DAYS for day in days):
        raise FieldError("days", Sentence("names a day that is not there"))
    return Hours(
        tuple(_DAYS[str(day)] for day in days),
        _time_of_day(record.get("from"), "from"),
        _time_of_day(record.get("to"), "to"),
        whole(record.get("monitor", 1), "monitor", 1, MONITORS_MAX),
        parse_layout(record.get("layout"), "layout"),
    )


def _time_of_day(value: object, field: str) -> str:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise FieldError(field, Sentence("is no time"))
    return value


def not_done(error: RegistryError) -> tuple[Sentence, Conflict | None]:
    """Why a request was not carried out, and who was first where that is why."""
    return error.sentence, _conflict(error.conflict) if isinstance(error, RefusalError) else None


def _conflict(value: object) -> Conflict | None:
    """Who was first; None where it is not said, or cannot be read."""
    try:
        record = mapping(value, "conflict")
        changed_at = record.get("changed_at")
        return Conflict(
            whole(record.get("revision"), "revision", 0, REVISION_MAX),
            parse_author(record.get("changed_by")),
            time_s(changed_at, "changed_at") if changed_at is not None else None,
        )
    except FieldError:
        return None


def order_document(request: OrderWall) -> dict[str, object]:
    """An order as the contract has it."""
    wanted = request.wanted
    if isinstance(wanted, CameraOnTile):
        shown: dict[str, object] = {"camera_id": wanted.camera, "tile": wanted.tile}
    else:
        shown = {"layout": layout_document(wanted)}
    message = clean(request.message)[:MESSAGE_MAX_LENGTH] or None
    return {"monitor": request.monitor, **shown, "until_s": request.lasts_s, "message": message}


def week_document(entries: tuple[Hours, ...]) -> dict[str, object]:
    """A wall's hours as the contract has them. Layouts go whole: an hour shows what it was made with."""
    return {
        "entries": [
            {
                "days": [day.value for day in each.days],
                "from": each.starts,
                "to": each.ends,
                "monitor": each.monitor,
                "layout": layout_document(each.layout),
            }
            for each in entries
        ]
    }
