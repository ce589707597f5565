"""Ten thousand ids and every role: what lies outside a caller's jurisdiction is not told apart from what does not
exist. The registry's application is called in this process, past the network."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import uuid
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from people_kit import CITY, PIN_HASH
from reference_registry_kit import NOWHERE, jakarta, jwk, make_camera, make_catalogue
from starlette.types import ASGIApp, Message

from app.demo.catalogue.record import Camera
from app.demo.registry.access import Post
from app.demo.registry.app import create_app
from app.demo.registry.database import Database
from app.demo.registry.layout_models import LayoutDocument, LayoutDraft, SharedLayout
from app.demo.registry.models import PublicKey, Scope
from app.demo.registry.officers import Officer, Role
from app.demo.registry.problems import ProblemCode, ProblemError
from app.demo.registry.routes_audit import AuditRoutes
from app.demo.registry.services import Services, make_services
from app.demo.registry.streams import SecretHolder, SimulatedStreams
from app.demo.registry.wall_models import WallReport

IDS = 10_000
LAYOUT_IDS = 1_500
SEED = 20_261_121
CENTRAL, NORTH = Scope(units=("PMJ-01",)), Scope(areas=("31.72",))
SCOPES = (CITY, CENTRAL, NORTH)
REPORT = WallReport(name="Dinding", monitors=(), applied_revision=0, applied_state="released")
LAYOUT = LayoutDocument(version=1, name="Pagi", columns=1, rows=1, cells=((0, 0, 1, 1),))
NOT_IN_CARE = "No camera of that id is in this officer's care."
READERS = ((), ("PMJ-01",), ("PMJ-0101", "PMJ-02"), ("PMJ",))


@dataclass(frozen=True, slots=True)
class Caller:
    """A post with an officer at it."""

    post: Post
    officer: Officer
    headers: Mapping[str, str]

    def shows(self, camera: Camera, *, with_officer: bool) -> bool:
        """Whether the camera is the caller's business, by the contract's words."""
        scopes = (self.post.scope, self.officer.scope) if with_officer else (self.post.scope,)
        return all(lies_in(camera, scope) for scope in scopes)

    @property
    def common_units(self) -> set[str]:
        """The units that lie in the scopes of both the post and the officer."""
        posts, officers = self.post.scope.units, self.officer.scope.units
        own = {unit for unit in posts if lies_below(unit, officers)}
        return own | {unit for unit in officers if lies_below(unit, posts)}


@dataclass(frozen=True, slots=True)
class City:
    """A registry, its cameras, and callers of every role from everywhere."""

    app: ASGIApp
    services: Services
    cameras: tuple[Camera, ...]
    callers: tuple[Caller, ...]
    layouts: Mapping[str, SharedLayout]

    def is_directed(self, caller: Caller, wall_id: str) -> bool:
        """Whether the caller is a chief who directs the wall of another caller's post, by the contract's words."""
        scopes = (each.post.scope for each in self.callers if each.post.id == wall_id)
        seen = [camera for scope in scopes for camera in self.cameras if lies_in(camera, scope)]
        holds_all = all(caller.shows(camera, with_officer=True) for camera in seen)
        return caller.officer.role is Role.CHIEF and bool(seen) and holds_all

    def is_readable(self, caller: Caller, layout_id: str) -> bool:
        """Whether the caller, who has made none, may read a layout, by the contract's words."""
        layout = self.layouts.get(layout_id)
        if layout is None:
            return False
        units = {*caller.post.scope.units, *caller.common_units}
        is_chiefs = caller.officer.role is Role.CHIEF and lies_below(layout.jurisdiction, caller.common_units)
        return is_chiefs or any(lies_below(unit, layout.readers) for unit in units)


def lies_below(code: str, units: Iterable[str]) -> bool:
    """Units' codes begin with those of the units above them."""
    return any(code.startswith(unit) for unit in units)


def lies_in(camera: Camera, scope: Scope) -> bool:
    place = camera.jurisdiction
    units = {place.polda, place.polres, place.polsek, place.subsector}
    return bool(units & set(scope.units)) or any(
        f"{place.kelurahan_code}.".startswith(f"{area}.") for area in scope.areas
    )


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    database = Database(tmp_path_factory.mktemp("jurisdiction") / "registry.sqlite")
    services = make_services(database, SimulatedStreams(None, SecretHolder(), NOWHERE), ())
    kelurahan = sorted(jakarta().by_code)
    cameras = tuple(make_camera(f"C-{number}", code) for number, code in enumerate(kelurahan))
    services.catalogue.load(make_catalogue(cameras))
    callers = tuple(make_caller(services, role, own, at) for role in Role for own in SCOPES for at in SCOPES)
    for caller in callers:
        services.wall_reports.report(caller.post, caller.post.id, REPORT)
    yield City(create_app(services), services, cameras, callers, share_layouts(services))
    database.close()


def make_caller(services: Services, role: Role, own: Scope, at: Scope) -> Caller:
    key = PublicKey.model_validate(jwk(ec.generate_private_key(ec.SECP256R1())))
    post = services.access.enrol(services.access.issue_code(uuid.uuid4().hex, at), key)
    assert post
    officer = Officer(uuid.uuid4(), uuid.uuid4().hex, "Petugas", role, own)
    services.people.officers.add(officer, PIN_HASH)
    token = services.people.shifts.start(post.id, officer).token
    bearer = services.access.issue_token(post.id)
    return Caller(post, officer, {"authorization": f"Bearer {bearer}", "pantau-shift": token})


def share_layouts(services: Services) -> dict[str, SharedLayout]:
    """Layouts of every jurisdiction for every kind of readers, by an officer who is none of the callers."""
    maker = make_caller(services, Role.OFFICER, CITY, CITY)
    units = ("PMJ", "PMJ-01", "PMJ-0101", "PMJ-02")
    drafts = [
        LayoutDraft(jurisdiction=unit, readers=readers, layout=LAYOUT) for unit in units for readers in READERS
    ]
    made = [services.layouts.share(maker.post, maker.officer, uuid.uuid4(), draft) for draft in drafts]
    return {str(layout.id): layout for layout in made}


async def call(
    app: ASGIApp, caller: Caller, method: str, path: str, body: bytes = b"", **more: str
) -> tuple[int, bytes]:
    """One request, past the network; gives status and body."""
    sent: list[Message] = []
    target, _, query = path.partition("?")
    headers = [(name.encode(), value.encode()) for name, value in {**caller.headers, **more}.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": target,
        "raw_path": target.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return int(sent[0]["status"]), b"".join(message.get("body", b"") for message in sent[1:])


def mixed_ids(known: list[str], make: Callable[[random.Random], str], count: int) -> Iterator[str]:
    """Ids in a random order, half of them known."""
    lots = random.Random(SEED)
    for _ in range(count):
        yield lots.choice(known) if lots.random() < 0.5 else make(lots)


def random_uuid(lots: random.Random) -> str:
    return str(uuid.UUID(int=lots.getrandbits(128), version=4))


def random_post(lots: random.Random) -> str:
    return f"post_{lots.getrandbits(64):016x}"


def without_trace(body: bytes) -> str:
    problem = json.loads(body)
    assert problem.pop("trace_id")
    return json.dumps(problem, sort_keys=True)


async def ask_all(
    city: City,
    ids: Iterator[str],
    path: str,
    is_shown: Callable[[Caller, str], bool],
    method: str = "GET",
    **more: str,
) -> tuple[int, set[str]]:
    """Ask for every id, each with the next caller; gives how many were shown, and all answers to the others."""
    shown, refusals = 0, set()
    for number, each in enumerate(ids):
        caller = city.callers[number % len(city.callers)]
        status, body = await call(city.app, caller, method, path.format(each), **more)
        if is_shown(caller, each):
            assert status == 200, (caller, each)
            shown += 1
        else:
            refusals.add(f"{status} {without_trace(body)}")
    return shown, refusals


def run(work: Awaitable[tuple[int, set[str]]]) -> tuple[int, set[str]]:
    async def whole() -> tuple[int, set[str]]:
        return await work

    return asyncio.run(whole())


def test_ten_thousand_cameras_ids_tell_a_ledgers_reader_nothing(city: City) -> None:
    """All of them are put to the route that answers, a tenth goes through the whole application."""
    held = {str(camera.id): camera for camera in city.cameras}

    def is_shown(caller: Caller, camera_id: str) -> bool:
        is_it = caller.officer.role is Role.IT
        return is_it and camera_id in held and caller.shows(held[camera_id], with_officer=True)

    ids = list(mixed_ids(list(held), random_uuid, IDS))
    routes = AuditRoutes(city.services)
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for each, caller in zip(ids, cycle(city.callers), strict=False):
        told[is_shown(caller, each)].add(ledgers_answer(routes, caller, each))
    assert told[True] == {""} and told[False] == {NOT_IN_CARE}
    shown, refusals = run(ask_all(city, iter(ids[: IDS // 10]), "/v1/cameras/{}/viewings", is_shown))
    assert shown > IDS / 1000
    (refusal,) = refusals
    assert refusal.startswith("404 ") and "camera-unknown" in refusal and NOT_IN_CARE in refusal


def ledgers_answer(routes: AuditRoutes, caller: Caller, camera_id: str) -> str:
    """Why a caller may not see a ledger; empty where it is shown."""
    try:
        routes.viewings(caller.post, caller.officer, uuid.UUID(camera_id))
    except ProblemError as problem:
        assert problem.code is ProblemCode.CAMERA_UNKNOWN
        return str(problem.detail)
    return ""


def test_ten_thousand_cameras_ids_tell_whoever_wants_a_lease_nothing(city: City) -> None:
    held = {str(camera.id): camera for camera in city.cameras}

    async def lease_all() -> tuple[int, set[str]]:
        known, refusals = 0, set()
        ids = list(mixed_ids(list(held), random_uuid, IDS))
        for number, start in enumerate(range(0, IDS, 64)):
            caller, batch = city.callers[number % len(city.callers)], ids[start : start + 64]
            items = [{"camera_id": each, "profile": "sub", "purpose": "security"} for each in batch]
            body = json.dumps({"items": items}).encode()
            more = {"content-type": "application/json"}
            status, answer = await call(city.app, caller, "POST", "/v1/stream-leases", body, **more)
            assert status == 200
            for each, item in zip(batch, json.loads(answer)["items"], strict=True):
                assert item.pop("camera_id") == each
                assert item["problem"].pop("trace_id")
                if each in held and caller.shows(held[each], with_officer=False):
                    assert item["problem"]["code"] == "stream-unavailable"
                    known += 1
                else:
                    refusals.add(json.dumps(item, sort_keys=True))
        return known, refusals

    known, refusals = run(lease_all())
    assert known > IDS / 100
    (refusal,) = refusals
    assert "camera-unknown" in refusal


def test_posts_ids_tell_a_journals_reader_nothing(city: City) -> None:
    scopes = {caller.post.id: caller.post.scope for caller in city.callers}

    def is_shown(caller: Caller, post_id: str) -> bool:
        if post_id == caller.post.id:
            return True
        asked = [camera for camera in city.cameras if post_id in scopes and lies_in(camera, scopes[post_id])]
        holds_all = all(caller.shows(camera, with_officer=True) for camera in asked)
        return caller.officer.role is Role.IT and bool(asked) and holds_all

    ids = mixed_ids(list(scopes), random_post, 1_000)
    shown, refusals = run(ask_all(city, ids, "/v1/audit-events?limit=1&post_id={}", is_shown))
    assert shown > 20
    (refusal,) = refusals
    assert refusal.startswith("404 ") and "post-unknown" in refusal


def test_shifts_of_other_posts_are_not_told_from_none(city: City) -> None:
    services = city.services
    stranger = make_caller(services, Role.OFFICER, CITY, CITY)
    others = services.people.shifts.start(stranger.post.id, stranger.officer).shift
    ids = mixed_ids([str(others.id)], random_uuid, 500)
    shown, refusals = run(ask_all(city, ids, "/v1/shifts/{}", lambda *_: False, "DELETE"))
    (refusal,) = refusals
    assert refusal.startswith("404 ") and "shift-unknown" in refusal
    assert not shown


def test_layouts_ids_tell_nothing(city: City) -> None:
    ids = mixed_ids(list(city.layouts), random_uuid, LAYOUT_IDS)
    shown, refusals = run(ask_all(city, ids, "/v1/layouts/{}", city.is_readable))
    assert shown > LAYOUT_IDS / 100
    (refusal,) = refusals
    assert refusal.startswith("404 ") and "layout-unknown" in refusal


def test_layouts_that_are_not_shown_cannot_be_deleted_or_told_from_none(city: City) -> None:
    callers = [caller for caller in city.callers if caller.officer.role is Role.IT]
    unseen = [each for each in city.layouts if not any(city.is_readable(caller, each) for caller in callers)]
    assert unseen
    ids = mixed_ids(unseen, random_uuid, 500)
    of_it = replace(city, callers=tuple(callers))
    seen = {"if-match": '"1"'}
    shown, refusals = run(ask_all(of_it, ids, "/v1/layouts/{}", lambda *_: False, "DELETE", **seen))
    (refusal,) = refusals
    assert refusal.startswith("404 ") and "layout-unknown" in refusal
    assert not shown


@pytest.mark.parametrize("what", ["reported", "desired", "schedule"])
def test_walls_ids_tell_nothing(city: City, what: str) -> None:
    def is_shown(caller: Caller, wall_id: str) -> bool:
        return wall_id == caller.post.id or city.is_directed(caller, wall_id)

    ids = mixed_ids([caller.post.id for caller in city.callers], random_post, 1_000)
    shown, refusals = run(ask_all(city, ids, f"/v1/walls/{{}}/{what}", is_shown))
    assert shown > 20
    (refusal,) = refusals
    assert refusal.startswith("404 ") and "wall-unknown" in refusal


def test_walls_ids_tell_whoever_gives_orders_nothing_and_others_their_role(city: City) -> None:
    ids = list(mixed_ids([caller.post.id for caller in city.callers], random_post, 1_000))
    for is_chief, code in ((True, "wall-unknown"), (False, "role-not-allowed")):
        callers = tuple(each for each in city.callers if (each.officer.role is Role.CHIEF) is is_chief)
        some = replace(city, callers=callers)
        seen = {"if-match": '"0"'}
        shown, refusals = run(ask_all(some, iter(ids), "/v1/walls/{}/desired", city.is_directed, "DELETE", **seen))
        assert (shown > 20) is is_chief
        (refusal,) = refusals
        assert code in refusal


def test_more_scopes_than_are_judged_at_once_are_judged_like_one(city: City) -> None:
    services = city.services
    chief = make_caller(services, Role.CHIEF, CITY, CENTRAL)
    codes = [camera.jurisdiction.kelurahan_code for camera in city.cameras]
    scopes = [Scope(areas=(codes[number % len(codes)],)) for number in range(1_100)]
    wanted = [scope.areas[0].startswith("31.71.") for scope in scopes]
    assert services.people.reach.directs(chief.post, chief.officer, scopes) == wanted


def test_lists_show_every_caller_what_is_theirs_and_nothing_more(city: City) -> None:
    async def read_all() -> tuple[int, set[str]]:
        seen = 0
        for caller in city.callers:
            _, body = await call(city.app, caller, "GET", "/v1/layouts")
            layouts = {each["id"] for each in json.loads(body)["layouts"]}
            assert layouts == {each for each in city.layouts if city.is_readable(caller, each)}
            status, body = await call(city.app, caller, "GET", "/v1/walls")
            assert (status == 200) is (caller.officer.role is Role.CHIEF)
            walls = {each["wall_id"] for each in json.loads(body).get("walls", ())}
            assert walls == {each.post.id for each in city.callers if city.is_directed(caller, each.post.id)}
            seen += len(layouts) * len(walls)
        return seen, set()

    assert run(read_all())[0] > 0


def test_catalogue_shows_every_caller_their_scope_and_nothing_more(city: City) -> None:
    async def read_all() -> tuple[int, set[str]]:
        seen = 0
        for caller in city.callers:
            status, body = await call(city.app, caller, "GET", "/v1/snapshot")
            assert status == 200
            _, *records = gzip.decompress(body).splitlines()
            wanted = {str(each.id) for each in city.cameras if caller.shows(each, with_officer=False)}
            assert {json.loads(record)["id"] for record in records} == wanted
            seen += len(wanted)
        return seen, set()

    assert run(read_all())[0] > len(city.cameras)
