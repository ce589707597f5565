"""Everything that the conformance suite has to find, one break for each of its checks and some more."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.demo.catalogue.record import Camera
from app.demo.registry.access import Post
from app.demo.registry.services import Services
from tests.support.registry_breaks_walls import OF_LAYOUTS, OF_WALLS
from tests.support.wrong_registry import (
    Break,
    Change,
    Exchange,
    answers,
    believes,
    edited,
    header,
    item_problem,
    items,
    member,
    on,
    says,
    snapshot_head,
    snapshot_record,
)

ENROL, TOKEN = "POST /v1/enrolments", "POST /oauth2/token"
SNAPSHOT, CHANGES, JURISDICTIONS = "GET /v1/snapshot", "GET /v1/changes", "GET /v1/jurisdictions"
LEASE, RENEW, RELEASE = "POST /v1/stream-leases", "POST /v1/stream-leases:renew", "DELETE /v1/stream-leases/.+"
APPEND, JOURNAL, VIEWINGS = "POST /v1/audit-events", "GET /v1/audit-events", "GET /v1/cameras/.+/viewings"
BEAT = "POST /v1/heartbeats"
SIGN_IN, HAND_OVER, SIGN_OFF = "POST /v1/shifts", "POST /v1/shifts/.+:handover", "DELETE /v1/shifts/.+"
NOWHERE = "GET /v1/there-is-no-such-thing"
NOBODY = "PANTAU-CHECK"


def without(name: str) -> Callable[[str, str], str]:
    """Ignores a parameter of the query."""
    return lambda _, query: urlencode([pair for pair in parse_qsl(query) if pair[0] != name])


def of(path: str, rewrite: Callable[[str, str], str]) -> Callable[[str, str], str]:
    """A rewriting of one path's queries."""
    return lambda asked, query: rewrite(asked, query) if asked == path else query


def lenient_limit(_: str, query: str) -> str:
    """Takes a limit that is too large for the largest."""
    return query.replace("limit=1001", "limit=1000")


def repeats_what_was_sent(exchange: Exchange) -> None:
    exchange.json = {**exchange.json, "detail": exchange.asked.decode()}


def broken_json_is_another_error(exchange: Exchange) -> None:
    if not exchange.asked_json:
        exchange.says(422, "invalid-request")


def enrols_again(exchange: Exchange) -> None:
    exchange.answers(201, {"post_id": "post_again", "name": "Pos", "scope": {"units": ["PMJ"], "areas": []}})
    exchange.headers["cache-control"] = "no-store"


def looks_at_the_code_first(exchange: Exchange) -> None:
    asked = exchange.asked_json
    if asked.get("public_key", {}).get("crv") == "P-384" and "d" not in asked["public_key"]:
        exchange.says(403, "enrolment-code-invalid")


def takes_private_keys(exchange: Exchange) -> None:
    if "d" in exchange.asked_json.get("public_key", {}):
        exchange.says(403, "enrolment-code-invalid")


def wants_the_code_as_printed(services: Services) -> None:
    enrol = services.access.enrol

    def strict(code: str, key: Any) -> Post | None:
        return enrol(code, key) if "-" in code else None

    services.access.enrol = strict  # type: ignore[method-assign]


def believes_replays(services: Services) -> None:
    services.access.use_assertion = lambda *_: True  # type: ignore[method-assign]


def is_of_another_key(exchange: Exchange, claims: dict[str, Any], head: dict[str, Any]) -> bool:
    """A good assertion but for its signature."""
    post = exchange.services.access.post(claims["iss"])
    in_order = post is not None and claims["sub"] == post.id and len(claims["jti"]) >= 16
    in_time = time.time() < claims["exp"] < time.time() + 300
    return in_order and in_time and claims["aud"].endswith("/oauth2/token") and head["alg"] == "ES256"


def tells_unknown_posts(exchange: Exchange) -> None:
    if b"post_of_pantau" in exchange.asked or len(exchange.before) == 0:
        exchange.before["told"] = True
        exchange.json = {**exchange.json, "detail": "There is no such post."}


def reversed_units(told: Any) -> Any:
    return {**told, "units": told["units"][::-1]}


def unpacked(exchange: Exchange) -> None:
    exchange.body = "".join(f"{json.dumps(line)}\n" for line in exchange.lines).encode()
    del exchange.headers["content-encoding"]


def without_its_end(exchange: Exchange) -> None:
    exchange.body = gzip.compress(gzip.decompress(exchange.body).removesuffix(b"\n"))


def one_code_for_all(exchange: Exchange) -> None:
    head, *cameras = exchange.lines
    exchange.lines = [head, *({**camera, "code": "A-1"} for camera in cameras)]


def counts_itself(exchange: Exchange) -> None:
    head, *cameras = exchange.lines
    exchange.lines = [{**head, "count": head["count"] + 1}, *cameras]


def something_changes(exchange: Exchange) -> None:
    """Three cameras get another name as soon as somebody has read the catalogue."""
    cameras = [] if "changed" in exchange.before else exchange.lines[1:4]
    exchange.before["changed"] = True
    changed = (Camera.model_validate({**camera, "name": "Simpang Lain"}) for camera in cameras)
    exchange.services.catalogue.upsert(*changed)


def weak(exchange: Exchange) -> None:
    exchange.headers["etag"] = f"W/{exchange.headers['etag']}"


def never_changes(exchange: Exchange) -> None:
    if "if-none-match" in exchange.asked_headers:
        exchange.status, exchange.body = 304, b""


def sinks_the_batch(told: Any) -> Any:
    problems = [item["problem"] for item in told["items"] if "problem" in item]
    if not problems:
        return told
    names = ("camera_id", "profile")
    return {"items": [{**{name: item[name] for name in names}, "problem": problems[0]} for item in told["items"]]}


def adds_a_relay(told: Any) -> Any:
    for item in told["items"]:
        if "endpoints" in item:
            item["endpoints"].append({**item["endpoints"][0], "kind": "relay"})
    return told


def elsewhere(told: Any) -> Any:
    for item in told["items"]:
        for endpoint in item.get("endpoints", ()):
            endpoint["url"] = "rtsp://192.0.2.1:554/live"
    return told


def is_lease(item: dict[str, Any]) -> bool:
    return "lease_id" in item and "problem" not in item


def gives_back_twice(exchange: Exchange) -> None:
    """Ids that were given back before are taken once more."""
    given = exchange.before.setdefault("given", set())
    if exchange.status == 204:
        given.add(exchange.path)
    elif exchange.path in given and exchange.before.setdefault("twice", True):
        exchange.answers(204)


def forged(exchange: Exchange) -> None:
    told = exchange.json
    head, claims, signature = told["checkpoint"].split(".")
    told["checkpoint"] = ".".join((head, claims, signature[::-1]))
    exchange.json = told


def refuses_what_it_has(exchange: Exchange) -> None:
    """A batch that came before is refused."""
    if exchange.asked in exchange.before.setdefault("seen", []):
        problem = {"type": "urn:pantau:problem:audit-contradiction", "title": "Wrong", "status": 409}
        problem |= {"code": "audit-contradiction", "retryable": False, "trace_id": "0" * 32}  # type: ignore[dict-item]
        exchange.json = {**exchange.json, "refused": {"line": 1, "problem": problem}}
    exchange.before["seen"].append(exchange.asked)


def refused(refused_as: str, **members: Any) -> Change:
    """Other members of the refusal of a line; none takes the refusal out."""

    def edit(told: Any) -> Any:
        if told.get("refused", {}).get("problem", {}).get("code") == refused_as:
            if not members:
                del told["refused"]
            else:
                told["refused"]["problem"].update(members)
        return told

    return on(APPEND, edited(edit), 200)


def wrong_line(told: Any) -> Any:
    if told.get("refused", {}).get("line") == 2:
        told["refused"]["line"] = 3
    return told


def forgetful(told: Any) -> Any:
    return {**told, "events": [{**event, "detail": {}} for event in told["events"]]}


def about_nobody(change: Change) -> Change:
    """Only for a number that nobody has."""

    def apply(exchange: Exchange) -> None:
        if str(exchange.asked_json.get("service_number", "")).startswith(NOBODY):
            change(exchange)

    return apply


def about_somebody(change: Change) -> Change:
    """Only for an officer's number."""

    def apply(exchange: Exchange) -> None:
        if not str(exchange.asked_json.get("service_number", "")).startswith(NOBODY):
            change(exchange)

    return apply


def of_shift(change: Change) -> Change:
    """Only where a shift's token came."""

    def apply(exchange: Exchange) -> None:
        if "pantau-shift" in exchange.asked_headers:
            change(exchange)

    return apply


def outside_of_shifts(change: Change) -> Change:
    """Only where no shift's token came."""

    def apply(exchange: Exchange) -> None:
        if "pantau-shift" not in exchange.asked_headers:
            change(exchange)

    return apply


def ended_for(reason: str) -> Change:
    """Another reason than this one."""

    def change(exchange: Exchange) -> None:
        if exchange.json["reason"] == reason:
            exchange.json = {**exchange.json, "reason": "over"}

    return on(BEAT, change, 409)


TRANSPORT = (
    Break("transport.not-found", "an unknown path is a page", on(NOWHERE, header("content-type", "text/html"))),
    Break("transport.wrong-method", "a wrong method is not found", on("PATCH .*", says(404, "not-found"))),
    Break("transport.allow", "a 405 names no method", on("PATCH .*", header("allow", None))),
    Break("transport.bad-json", "broken JSON is 422", on(ENROL, broken_json_is_another_error, 400)),
    Break("transport.body-too-large", "too much is invalid", on(TOKEN, says(400, "invalid-request"), 413)),
    Break("transport.trace-ids", "one trace for all", on(NOWHERE, member("trace_id", "0" * 32))),
    Break("transport.no-echo", "an error repeats a code", on(ENROL, repeats_what_was_sent, 400)),
)
ACCESS = (
    Break("access.enrol", "a post without a name", on(ENROL, member("name", ...), 201)),
    Break("access.enrol-no-store", "an enrolment may be kept", on(ENROL, header("cache-control", None), 201)),
    Break("access.code-form", "a code needs its hyphens", wound=wants_the_code_as_printed),
    Break("access.code-once", "a code enrols twice", on(ENROL, enrols_again, 403)),
    Break("access.bad-key", "the code is looked at first", on(ENROL, looks_at_the_code_first, 400)),
    Break("access.private-key", "private keys are welcome", on(ENROL, takes_private_keys, 400)),
    Break("access.token", "a token for an hour", on(TOKEN, member("expires_in", 3600), 200)),
    Break("access.token-no-store", "a token may be kept", on(TOKEN, header("cache-control", "private"), 200)),
    Break("access.replay", "a replayed assertion is believed", wound=believes_replays),
    Break(
        "access.audience",
        "any audience will do",
        believes(lambda _, claims, __: claims["aud"] == "https://other.example"),
    ),
    Break("access.expired", "time does not matter", believes(lambda _, claims, __: claims["exp"] < time.time())),
    Break("access.lifetime", "for as long as you like", believes(lambda _, c, __: c["exp"] > time.time() + 330)),
    Break("access.wrong-key", "signatures are not verified", believes(is_of_another_key)),
    Break("access.algorithm", "a shared secret will do", believes(lambda _, __, head: head["alg"] == "HS256")),
    Break("access.subject", "for whomever", believes(lambda _, c, __: c["sub"] != c["iss"])),
    Break("access.jti", "a short jti", believes(lambda _, c, __: len(c["jti"]) < 16)),
    Break("access.unknown-post", "anybody is a post", believes(lambda _, c, __: c["iss"].startswith("post_of"))),
    Break("access.refusals-alike", "one refusal says more", on(TOKEN, tells_unknown_posts, 401)),
    Break("access.grant", "another grant is invalid", on(TOKEN, says(400, "invalid-request"), 400)),
    Break(
        "access.token-required",
        "no challenge",
        on("GET /v1/handovers", header("www-authenticate", None), code="token-required"),
    ),
    Break("access.token-required", "everybody reads the catalogue", on(SNAPSHOT, answers(200, {}), 401)),
    Break(
        "access.token-invalid",
        "a refused token is final",
        on("GET /v1/handovers", member("retryable", False), code="token-invalid"),
    ),
)
CATALOGUE = (
    Break("catalogue.meta", "another contract", on("GET /v1/meta", member("contract", "2.0"))),
    Break("catalogue.jurisdictions", "units without names", on(JURISDICTIONS, member("units.0.name", ...), 200)),
    Break("catalogue.parents-first", "children first", on(JURISDICTIONS, edited(reversed_units), 200)),
    Break("catalogue.jurisdictions-304", "always anew", on(JURISDICTIONS, answers(200, {}), 304)),
    Break("catalogue.snapshot", "the last line has no end", on(SNAPSHOT, without_its_end, 200)),
    Break("catalogue.gzip", "not packed", on(SNAPSHOT, unpacked, 200)),
    Break("catalogue.head", "a cursor that is too long", snapshot_head(cursor="x" * 300)),
    Break("catalogue.epoch", "another epoch", snapshot_head(epoch="another")),
    Break("catalogue.count", "the first line counts itself", on(SNAPSHOT, counts_itself, 200)),
    Break("catalogue.records", "a revision of 0", snapshot_record(rev=0)),
    Break(
        "catalogue.records", "a latitude beyond the pole", snapshot_record(location={"lat_deg": 91, "lon_deg": 0})
    ),
    Break("catalogue.unique", "one code for all", on(SNAPSHOT, one_code_for_all, 200)),
    Break("catalogue.no-address", "a URL in a record", snapshot_record(note="see rtsp://10.1.2.3/live")),
    Break("catalogue.no-address", "an address in a name", snapshot_record(name="Simpang 10.1.2.3")),
    Break("catalogue.no-address", "IPv6 in a name", snapshot_record(name="Simpang fd00::1")),
    Break(
        "catalogue.no-address", "a password in a record", snapshot_record(device={"camera_password": "rahasia"})
    ),
    Break(
        "catalogue.in-scope", "a camera of another city", snapshot_record(jurisdiction={"kelurahan_code": "32.1"})
    ),
    Break("catalogue.etag", "a weak validator", on(SNAPSHOT, weak, 200)),
    Break("catalogue.etag-304", "always anew", on(SNAPSHOT, answers(200, {}), 304)),
    Break("catalogue.etag-other", "nothing ever changes", on(SNAPSHOT, never_changes)),
    Break("catalogue.changes", "no word whether there is more", on(CHANGES, member("more", ...), 200)),
    Break(
        "catalogue.changes-paging",
        "limit is ignored",
        on(SNAPSHOT, something_changes, 200),
        rewrite=of("/v1/changes", without("limit")),
    ),
    Break("catalogue.changes-bounds", "any limit is taken", rewrite=of("/v1/changes", lenient_limit)),
    Break("catalogue.wait", "nobody is made to wait", rewrite=of("/v1/changes", without("wait_s"))),
    Break(
        "catalogue.cursor-unknown", "an unknown cursor is invalid", on(CHANGES, says(400, "invalid-request"), 410)
    ),
)
LEASES = (
    Break("leases.granted", "a lease without a user name", on(LEASE, member("items.0.username", ...), 200)),
    Break(
        "leases.order", "the last one first", on(LEASE, edited(lambda told: {"items": told["items"][::-1]}), 200)
    ),
    Break("leases.refusal-alone", "one bad item sinks all", on(LEASE, edited(sinks_the_batch), 200)),
    Break("leases.camera-unknown", "403 for a camera", on(LEASE, item_problem("camera-unknown", status=403), 200)),
    Break(
        "leases.profile-unknown",
        "any profile is inactive",
        on(LEASE, item_problem("profile-unknown", code="camera-inactive"), 200),
    ),
    Break(
        "leases.purpose",
        "a wrong purpose is an unknown camera",
        on(LEASE, item_problem("purpose-not-allowed", code="camera-unknown", status=404), 200),
    ),
    Break("leases.no-store", "leases may be kept", on(LEASE, header("cache-control", None), 200)),
    Break("leases.zones", "an address from elsewhere", on(LEASE, edited(elsewhere), 200)),
    Break("leases.relay-first", "the camera before its relay", on(LEASE, edited(adds_a_relay), 200)),
    Break("leases.offline-use", "a short time offline", on(LEASE, items(is_lease, offline_use_s=10), 200)),
    Break("leases.credential-version", "an old password", on(LEASE, items(is_lease, credential_version=0), 200)),
    Break("leases.batch-limit", "any number of items", on(LEASE, answers(200, {"items": []}), 400)),
    Break("leases.batch-empty", "no item will do", on(LEASE, says(404, "not-found"), 400)),
    Break("leases.renew", "the secret comes again", on(RENEW, items(is_lease, secret="rahasia"), 200)),
    Break("leases.renew-unknown", "403 for a lease", on(RENEW, item_problem("lease-unknown", status=403), 200)),
    Break("leases.release", "giving back is answered", on(RELEASE, answers(200, {}), 204)),
    Break("leases.release-twice", "given back again and again", on(RELEASE, gives_back_twice)),
    Break("leases.unknown-alike", "403 for foreign leases", on(RELEASE, says(403, "not-found"), 404)),
)
AUDIT = (
    Break("audit.empty", "somebody has written", on(JOURNAL, member("acknowledged_seq", 1), 200)),
    Break("audit.empty-checkpoint", "a forged word on nothing", on(JOURNAL, forged, 200)),
    Break("audit.taken", "a line is lost", on(APPEND, member("acknowledged_seq", 2), 200)),
    Break("audit.no-store", "a journal may be kept", on(APPEND, header("cache-control", None), 200)),
    Break("audit.checkpoint", "a forged word", on(APPEND, forged, 200)),
    Break("audit.idempotent", "again is a contradiction", on(APPEND, refuses_what_it_has, 200)),
    Break("audit.gap", "a gap is a broken chain", refused("audit-gap", code="audit-chain-broken")),
    Break("audit.contradiction", "contradictions pass", refused("audit-contradiction")),
    Break("audit.hash", "hashes are not verified", refused("audit-hash-wrong")),
    Break("audit.chain", "the chain is not verified", refused("audit-chain-broken")),
    Break("audit.line", "anything is an event", refused("audit-line-invalid")),
    Break("audit.partial", "another line is refused", on(APPEND, edited(wrong_line), 200)),
    Break("audit.read-back", "a journal that forgets", on(JOURNAL, edited(forgetful), 200)),
    Break("audit.paging", "limit is ignored", rewrite=of("/v1/audit-events", without("limit"))),
    Break("audit.batch-limit", "too many are too large", on(APPEND, says(413, "body-too-large"), 400)),
    Break(
        "audit.other-post", "404 tells something", on(JOURNAL, says(404, "post-unknown"), code="shift-required")
    ),
    Break(
        "audit.viewings",
        "everybody reads who looked",
        on(VIEWINGS, answers(200, {"viewings": [], "more": False}), code="shift-required"),
    ),
)
HEARTBEATS = (
    Break("heartbeats.noted", "a heartbeat is answered", on(BEAT, outside_of_shifts(answers(200, {})), 204)),
    Break("heartbeats.form", "anything is a heartbeat", on(BEAT, answers(204), 400)),
    Break("heartbeats.shift-invalid", "anybody is an officer", on(BEAT, answers(204), code="shift-invalid")),
)
SHIFTS = (
    Break("shifts.pin-form", "a short PIN is a wrong one", on(SIGN_IN, says(401, "sign-in-refused"), 400)),
    Break(
        "shifts.unknown-number",
        "nobody is 404",
        on(SIGN_IN, about_nobody(says(404, "not-found")), code="sign-in-refused"),
    ),
    Break(
        "shifts.wrong-pin",
        "a wrong PIN locks",
        on(SIGN_IN, about_somebody(says(423, "officer-locked")), code="sign-in-refused"),
    ),
    Break(
        "shifts.refusals-alike",
        "nobody is told apart",
        on(SIGN_IN, about_nobody(member("detail", "There is no such officer.")), code="sign-in-refused"),
    ),
    Break("shifts.slowed", "guess as you like", on(SIGN_IN, says(401, "sign-in-refused"), 429)),
    Break("shifts.slowed", "no word how long", on(SIGN_IN, header("retry-after", None), 429)),
    Break("shifts.sign-in", "an officer without a name", on(SIGN_IN, member("officer.name", ...), 201)),
    Break("shifts.no-store", "a shift may be kept", on(SIGN_IN, header("cache-control", None), 201)),
    Break("shifts.token", "a good token is bad", on(BEAT, of_shift(says(401, "shift-invalid")), 204)),
    Break("shifts.viewings", "403 for a camera", on(VIEWINGS, says(403, "not-found"), 404)),
    Break("shifts.other-post", "403 for a post", on(JOURNAL, says(403, "not-found"), 404)),
    Break("shifts.replaced", "another reason", ended_for("replaced")),
    Break("shifts.handover-unknown", "an unknown shift has ended", on(HAND_OVER, says(409, "shift-ended"), 404)),
    Break("shifts.handover", "no word where it is kept", on(HAND_OVER, member("handover_id", ...), 201)),
    Break("shifts.handed-over", "another reason", ended_for("handed-over")),
    Break(
        "shifts.handovers", "the note is lost", on("GET /v1/handovers", member("handovers.0.note", "lost"), 200)
    ),
    Break("shifts.sign-off", "signing off is answered", on(SIGN_OFF, answers(200, {}), 204)),
    Break("shifts.ended", "a shift that is over never was", on(SIGN_OFF, says(404, "shift-unknown"), 409)),
    Break("shifts.unknown", "any shift is ended", on(SIGN_OFF, answers(204), 404)),
)
BREAKS = (*TRANSPORT, *ACCESS, *CATALOGUE, *LEASES, *AUDIT, *HEARTBEATS, *SHIFTS, *OF_LAYOUTS, *OF_WALLS)
