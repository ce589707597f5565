"""What the conformance suite has to find about shared layouts and walls: a break for each check and more."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.support.wrong_registry import Break, Exchange, answers, edited, header, member, on, says

SHARED, LAYOUT, KEEP, ERASE = (
    "GET /v1/layouts", "GET /v1/layouts/.+", "PUT /v1/layouts/.+", "DELETE /v1/layouts/.+",
)  # fmt: skip
WALLS, REPORT, REPORTED = "GET /v1/walls", "PUT /v1/walls/.+/reported", "GET /v1/walls/.+/reported"
DESIRED, ORDER, RELEASE = "GET /v1/walls/.+/desired", "PUT /v1/walls/.+/desired", "DELETE /v1/walls/.+/desired"
SET_SCHEDULE = "PUT /v1/walls/.+/schedule"


def begins_anew(exchange: Exchange) -> None:
    """A layout that is shared a second time has the revision of the first time."""
    first = exchange.before.setdefault("revision", exchange.json["revision"])
    exchange.json = {**exchange.json, "revision": first}
    exchange.headers["etag"] = f'"{first}"'


def of_one_tile(told: Any) -> Any:
    return {**told, "layouts": [{**layout, "tiles": 1} for layout in told["layouts"]]}


def forgets_orders(told: Any) -> Any:
    return {**told, "source": "none", "order": None} if told["source"] == "chief" else told


def forgets_hours(told: Any) -> Any:
    return {**told, "source": "none", "order": None} if told["source"] == "schedule" else told


def never_waits(path: str, query: str) -> str:
    pairs = [pair for pair in parse_qsl(query) if pair[0] != "wait_s"]
    return urlencode(pairs) if path.endswith("/desired") else query


OF_LAYOUTS = (
    Break(
        "layouts.shift-required",
        "as if the post were unknown",
        on(KEEP, says(401, "token-required"), code="shift-required"),
    ),
    Break("layouts.unknown", "403 tells something", on(LAYOUT, says(403, "not-found"), code="layout-unknown")),
    Break("layouts.precondition", "a bad request", on(KEEP, says(400, "invalid-request"), 428)),
    Break("layouts.unit", "any unit is theirs", on(KEEP, answers(201, {}), 400)),
    Break("layouts.form", "another status", on(KEEP, says(422, "invalid-request"), 400)),
    Break("layouts.share", "nobody's layout", on(KEEP, member("owner_name", ...), 201)),
    Break("layouts.share", "no validator", on(KEEP, header("etag", None), 201)),
    Break("layouts.taken", "no word who changed it", on(KEEP, member("conflict", ...), 412)),
    Break("layouts.taken", "another status", on(KEEP, says(409, "precondition-failed"), 412)),
    Break("layouts.read", "another name", on(LAYOUT, member("layout.name", "lost"), 200)),
    Break("layouts.not-modified", "everything again", on(LAYOUT, answers(200, {}), 304)),
    Break("layouts.listed", "not listed", on(SHARED, member("layouts", []), 200)),
    Break("layouts.listed", "tiles are lost", on(SHARED, edited(of_one_tile), 200)),
    Break("layouts.change", "the revision stays", on(KEEP, member("revision", 1), 200)),
    Break("layouts.conflict", "another revision", on(KEEP, member("conflict.revision", 0), 412)),
    Break("layouts.conflict-delete", "another status", on(ERASE, says(409, "precondition-failed"), 412)),
    Break("layouts.delete", "deleting is answered", on(ERASE, answers(200, {}), 204)),
    Break("layouts.deleted", "gone for good", on(LAYOUT, says(410, "layout-unknown"), code="layout-unknown")),
    Break("layouts.anew", "revisions begin anew", on(KEEP, begins_anew, 201)),
)
OF_WALLS = (
    Break("walls.unknown", "403 tells something", on(DESIRED, says(403, "not-found"), 404)),
    Break("walls.others", "any wall is one's own", on(REPORT, answers(204), 404)),
    Break("walls.report-form", "anything is a report", on(REPORT, answers(204), 400)),
    Break("walls.report", "a report is answered", on(REPORT, answers(200, {}), 204)),
    Break("walls.reported", "another name", on(REPORTED, member("name", "lost"), 200)),
    Break("walls.reported", "as old as the hills", on(REPORTED, member("age_s", 86_400.0), 200)),
    Break("walls.again", "the revision stays", on(REPORTED, member("revision", 1), 200)),
    Break("walls.desired", "no validator", on(DESIRED, header("etag", None), 200)),
    Break(
        "walls.shift-required",
        "as if the post were unknown",
        on(ORDER, says(401, "token-required"), code="shift-required"),
    ),
    Break("walls.chief-only", "as if nobody had signed in", on(ORDER, says(401, "shift-required"), 403)),
    Break("walls.listed", "not listed", on(WALLS, member("walls", []), 200)),
    Break("walls.precondition", "a bad request", on(ORDER, says(400, "invalid-request"), 428)),
    Break("walls.order", "the message is lost", on(ORDER, member("order.message", None), 200)),
    Break("walls.order", "nobody ordered it", on(ORDER, member("changed_by.officer_id", "0" * 8), 200)),
    Break("walls.told", "the post is told nothing", on(DESIRED, edited(forgets_orders), 200)),
    Break("walls.waits", "nobody waits", rewrite=never_waits),
    Break("walls.conflict", "no word who ordered", on(ORDER, member("conflict", ...), 412)),
    Break("walls.release", "the order stays", on(RELEASE, member("source", "chief"), 200)),
    Break(
        "walls.overlap", "another code", on(SET_SCHEDULE, says(400, "invalid-request"), code="schedule-overlap")
    ),
    Break("walls.schedule", "hours are lost", on(SET_SCHEDULE, member("entries", []), 200)),
    Break("walls.schedule-holds", "hours that never come", on(DESIRED, edited(forgets_hours), 200)),
    Break("walls.schedule-conflict", "another status", on(SET_SCHEDULE, says(409, "precondition-failed"), 412)),
)
