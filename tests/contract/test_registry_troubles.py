"""Everything that may befall a registry or the way to it: the wall keeps every public tile, the trouble has its
sentence, nobody hammers the server, and all is well again afterwards.

A table of troubles. Between the post and the real registry stands a relay whose log tells how often it was asked;
waits are shortened, and drawn the longest, so that the log shows them as they are.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from people_kit import PIN, add_officer
from reference_registry_kit import (
    EVERYTHING,
    FixedStreams,
    RegistryProcess,
    ServedRegistry,
    make_camera,
)
from sqlalchemy import delete, insert, select
from troubled_post import HELD_S, NEW_TILE, PUBLIC_TILES, QUICK, TroubledPost, hurry, running_post

from app.core.errors import ConfigError
from app.core.model import HeldList
from app.core.redact import Secret
from app.credentials import Identity, MemoryStore, enrol
from app.demo.catalogue.record import Credential
from app.demo.registry.officers import Role
from app.demo.registry.streams import StreamAccess
from app.registry.answers import Timeouts
from app.registry.client import RegistryApi
from tests.support.camera_files import Row as CameraRow
from tests.support.camera_files import write_cameras
from tests.support.canary import new_canary
from tests.support.central import entries_below
from tests.support.registry_relay import CONNECT, Exchange, RegistryRelay, Work, hang_up, hold
from tests.support.tls_relay import Identity as Certificate
from tests.support.tls_relay import make_identity, server_context

TRIES = 4
ASKERS = 4
"""Threads that ask by themselves: for changes, for orders, for shared layouts, and to report."""
CHANGES, LEASES, AUDIT, TOKEN, SNAPSHOT = (
    "/v1/changes",
    "/v1/stream-leases",
    "/v1/audit-events",
    "/oauth2/token",
    "/v1/snapshot",
)
CAMERAS = tuple(make_camera(f"A-{number}") for number in range(10))
DAYS_400_S = 400 * 24 * 3600.0
SLOW = Timeouts(connect_s=3.0, read_s=0.6)
ASKED_S = 1
STREAM = StreamAccess("rtsp://127.0.0.1:8554/sub", "post", Secret(new_canary()))


@dataclass
class Scene:
    """A post that plays, its registry, and the relay between them."""

    registry: ServedRegistry
    relay: RegistryRelay
    post: TroubledPost
    authority: Certificate
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    kept: dict[str, Any] = field(default_factory=dict)
    """What has to be put back."""

    @property
    def host(self) -> str:
        return self.relay.url.removeprefix("https://")

    @property
    def database(self) -> Any:
        return self.registry.services.database

    def forget_tokens(self) -> None:
        """Every token is over from now on."""
        with self.database.writing() as connection:
            connection.execute(delete(self.database.tables.tokens))

    def certificate(self, issuer: Certificate | None = None, **fields: Any) -> ssl.SSLContext:
        """TLS by a certificate of the city, or of somebody else."""
        return server_context(make_identity("registry", issuer or self.authority, **fields), self.folder)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Scene]:
    hurry(monkeypatch)
    authority = make_identity("City authority")
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    call = getattr(request.node, "callspec", None)
    row = call.params.get("row") if call is not None else None
    timeouts = row.timeouts if row is not None else None
    with (
        RegistryRelay(server_context(make_identity("registry", authority), tmp_path)) as relay,
        ServedRegistry(tmp_path, CAMERAS, FixedStreams(STREAM), urls=[relay.url]) as registry,
    ):
        relay.target = int(registry.url.rpartition(":")[2])
        identity = enrolled(RegistryApi(relay.url, ca_file=ca_file), registry)
        with running_post(relay.url, identity, tmp_path, ca_file, timeouts) as post:
            yield Scene(registry, relay, post, authority, tmp_path, monkeypatch)


def enrolled(api: RegistryApi, registry: ServedRegistry) -> Identity:
    identity = enrol(api, MemoryStore(), registry.services.access.issue_code("post-a", EVERYTHING))
    api.close()
    return identity


# ---- the troubles


def by(work: Work) -> Callable[[Scene], None]:
    """The relay does something else with requests."""
    return lambda scene: scene.relay.trouble(work)


def shown(**fields: Any) -> Callable[[Scene], None]:
    """The relay shows another certificate of the city's authority."""
    return lambda scene: scene.relay.trouble(identity=scene.certificate(**fields))


def strangers_certificate(scene: Scene) -> None:
    scene.relay.trouble(identity=scene.certificate(make_identity("Another authority")))


def unavailable(**headers: str) -> Work:
    return lambda exchange: exchange.problem(503, "unavailable", "Maintenance until noon.", **headers)


def tokens_are_over(scene: Scene) -> None:
    scene.forget_tokens()
    scene.relay.break_off()


def assertions_are_repeated(scene: Scene) -> None:
    """Something on the way sends what it is given twice, and passes on what it was told last."""

    def twice(exchange: Exchange) -> None:
        if exchange.path == TOKEN:
            exchange.ask()
        exchange.pass_on()

    scene.forget_tokens()
    scene.relay.trouble(twice)


def device_is_revoked(scene: Scene) -> None:
    posts = scene.database.tables.posts
    with scene.database.writing() as connection:
        scene.kept["post"] = connection.execute(select(posts)).one()._asdict()
        connection.execute(delete(scene.database.tables.tokens))
        connection.execute(delete(posts))
    scene.relay.break_off()


def device_is_known_again(scene: Scene) -> None:
    with scene.database.writing() as connection:
        connection.execute(insert(scene.database.tables.posts).values(**scene.kept["post"]))


def password_is_rotated(scene: Scene) -> None:
    """The camera has a new one; who plays goes on, and whoever comes anew needs it."""
    new = [each.model_copy(update={"credential": Credential(version=2)}) for each in CAMERAS]
    scene.registry.services.catalogue.upsert(*new)
    cameras = scene.post.console.catalog.cameras
    scene.post.until(
        lambda: all(each.credential_version == 2 for each in scene.post.console.catalog.cameras.values()),
        f"the rotation of {len(cameras)} cameras",
    )


def clock_of_registry(shift_s: float) -> Callable[[Scene], None]:
    def change(scene: Scene) -> None:
        scene.registry.clock.ahead_s = shift_s
        scene.relay.break_off()

    return change


def clock_of_pc(shift_s: float) -> Callable[[Scene], None]:
    """The PC's alone: the registry, which is in this process, stays at the true time."""
    true = time.time

    def change(scene: Scene) -> None:
        scene.monkeypatch.setattr(time, "time", lambda: true() + shift_s)
        scene.registry.clock.ahead_s = -shift_s
        tokens_are_over(scene)

    return change


def clocks_are_right(scene: Scene) -> None:
    scene.monkeypatch.undo()
    hurry(scene.monkeypatch)
    scene.registry.clock.ahead_s = 0.0
    scene.relay.break_off()


def healed(scene: Scene) -> None:
    scene.relay.heal()


def nothing(_scene: Scene) -> None:
    """It is over by itself."""


# ---- the table

FAILED = "The registry at {host} has failed: Maintenance until noon."
UNTRUSTED = "The registry at {host} cannot be trusted: "
UNKNOWN_ISSUER = "its certificate is not accepted (unable to get local issuer certificate)."
EXPIRED = "its certificate has expired, or this PC's clock is ahead."
OF_TOMORROW = "its certificate is not valid yet, or this PC's clock is behind."
WRONG_HOST = "its certificate is not accepted (IP address mismatch, certificate is not valid for '127.0.0.1')."
UNKNOWN_POST = "The registry at {host} does not know this post: enrol this PC again."


@dataclass(frozen=True)
class Row:
    """A trouble.

    Attributes:
        name: of the test.
        begin, end: bring it about, and end it.
        sentence: what the wall says; empty where there is nothing to be said since nothing is lost.
        tried: what the log shows of each try; only a connection, where no request is made.
        least_s: see `assert_spaced`.
        tries: how many are awaited.
        timeouts: of the client.
    """

    name: str
    begin: Callable[[Scene], None]
    sentence: str = ""
    end: Callable[[Scene], None] = healed
    tried: str = CHANGES
    least_s: Callable[[int], float] = QUICK.ceiling_s
    tries: int = TRIES
    timeouts: Timeouts | None = None


def one_refusal(_number: int) -> float:
    """A refused token is remembered for all threads of a post: each has waits of its own, none is shorter."""
    return QUICK.first_s


def unseen(name: str, begin: Callable[[Scene], None], sentence: str) -> Row:
    """A trouble in which nobody gets as far as a request: whose a connection was cannot be told."""
    return Row(name, begin, sentence, tried=CONNECT, least_s=lambda _number: QUICK.first_s, tries=3 * ASKERS)


TROUBLES = (
    Row("hangs-up", by(hang_up), "The registry at {host} broke the connection off."),
    Row("unavailable", by(unavailable()), FAILED),
    Row(
        "unavailable-for-a-time",
        by(unavailable(**{"Retry-After": str(ASKED_S)})),
        FAILED,
        least_s=lambda _number: 1.5 * ASKED_S,
        tries=2,
    ),
    Row("slow", by(hold), "The registry at {host} did not answer within 1 s.", tries=2, timeouts=SLOW),
    unseen("wrong-certificate", strangers_certificate, UNTRUSTED + UNKNOWN_ISSUER),
    unseen("expired-certificate", shown(valid_days=-1), UNTRUSTED + EXPIRED),
    unseen("certificate-of-tomorrow", shown(begins_in_days=1), UNTRUSTED + OF_TOMORROW),
    unseen("wrong-host", shown(address="127.0.0.2"), UNTRUSTED + WRONG_HOST),
    Row("reused-assertion", assertions_are_repeated, UNKNOWN_POST, tried=TOKEN, least_s=one_refusal),
    Row("revoked-device", device_is_revoked, UNKNOWN_POST, device_is_known_again, TOKEN, one_refusal),
)
"""What is said of the registry as a whole: it is not reached, or does not want us."""

QUIET = (
    Row("expired-token", tokens_are_over, end=nothing),
    Row("rotated-password", password_is_rotated, end=nothing),
    Row("registry-400-days-ahead", clock_of_registry(DAYS_400_S), end=clocks_are_right),
    Row("registry-400-days-behind", clock_of_registry(-DAYS_400_S), end=clocks_are_right),
    Row("pc-400-days-ahead", clock_of_pc(DAYS_400_S), end=clocks_are_right),
    Row("pc-400-days-behind", clock_of_pc(-DAYS_400_S), end=clocks_are_right),
)
"""What no officer has to hear of: it costs a call or two, and nothing is lost."""


def named(rows: Sequence[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in rows])


def assert_spaced(times_s: Sequence[float], least_s: Callable[[int], float], askers: int = 1) -> None:
    """Nobody asked again before the wait was over; a try's time is noted before its answer.

    Args:
        times_s: of the tries.
        least_s: the shortest time between two of one asker, given the number of the earlier one, from 1.
        askers: how many ask, each by itself: of one more try than that, two are one asker's.
    """
    pairs = zip(times_s, times_s[askers:], strict=False)
    gaps = [(later_s - earlier_s, least_s(number)) for number, (earlier_s, later_s) in enumerate(pairs, 1)]
    assert all(gap_s >= wait_s for gap_s, wait_s in gaps), gaps


def assert_kept(post: TroubledPost) -> None:
    """Every public tile plays on in the stream that it had."""
    assert post.plays(*PUBLIC_TILES)
    assert post.video.closed == []
    assert [opening.key for opening in post.video.openings[: len(PUBLIC_TILES)]] == [
        post.key(number) for number in PUBLIC_TILES
    ]


def assert_well(scene: Scene) -> None:
    """The registry is reached, the new tile plays, the journal is there, and changes come."""
    post, camera = scene.post, CAMERAS[-1]
    post.until(lambda: post.console.registry.is_reachable and not post.said, "the registry")
    post.until(lambda: post.plays(*PUBLIC_TILES, NEW_TILE), "the new tile")
    post.until(lambda: post.spool.acknowledged == post.journal.head.seq, "the journal at the registry")
    scene.registry.services.catalogue.upsert(camera.model_copy(update={"name": "Simpang Pulih"}))
    post.until(lambda: post.console.catalog.cameras[post.codes[-1]].name == "Simpang Pulih", "a change")
    assert_kept(post)


@named(TROUBLES)
def test_wall_keeps_its_public_tiles_and_says_what_the_trouble_is(scene: Scene, row: Row) -> None:
    post, relay = scene.post, scene.relay
    sentence = row.sentence.format(host=scene.host)
    since_s = time.monotonic()
    row.begin(scene)
    post.until(lambda: post.said == sentence, f"the sentence {sentence!r}")
    post.until(lambda: len(relay.times_s(row.tried, since_s)) >= row.tries, f"{row.tries} tries")
    assert_spaced(relay.times_s(row.tried, since_s), row.least_s, ASKERS if row.tried == CONNECT else 1)
    asked_s = time.monotonic()
    post.call_up(NEW_TILE, post.codes[NEW_TILE])
    post.note()
    post.until(
        lambda: str(getattr(post.status(NEW_TILE).failure, "detail", "")) == sentence, "the tile's sentence"
    )
    assert_kept(post)
    if row.tried != CONNECT:
        for path in (LEASES, AUDIT):
            assert_spaced(relay.times_s(path, asked_s), row.least_s)
    row.end(scene)
    assert_well(scene)


@named(QUIET)
def test_wall_keeps_its_public_tiles_where_nothing_is_to_be_said(scene: Scene, row: Row) -> None:
    post, relay = scene.post, scene.relay
    since_s = time.monotonic()
    row.begin(scene)
    post.call_up(NEW_TILE, post.codes[NEW_TILE])
    assert_well(scene)
    assert len(relay.times_s(TOKEN, since_s)) <= 2
    assert len(relay.times_s(LEASES, since_s)) <= 2, "once more with a new token"
    row.end(scene)
    assert_well(scene)


def lose_cameras(scene: Scene) -> HeldList:
    """The registry lists the cameras of the public tiles no more, and the post holds that list back."""
    catalogue = scene.registry.services.catalogue
    scene.relay.trouble(hang_up)
    catalogue.delete(*(camera.id for camera in CAMERAS[: len(PUBLIC_TILES)]))
    catalogue.bump_epoch()
    scene.relay.heal()
    scene.post.until(lambda: scene.post.console.registry.held, "the list that is held back")
    held = scene.post.console.registry.held
    assert held == HeldList(listed=7, known=10)
    return held


def test_wall_keeps_its_public_tiles_when_the_catalogue_shrinks(scene: Scene) -> None:
    """Three cameras of the wall are not listed any more: a person looks at that before the wall believes it."""
    post, relay, catalogue = scene.post, scene.relay, scene.registry.services.catalogue
    since_s = time.monotonic()
    lose_cameras(scene)
    post.until(lambda: len(relay.times_s(SNAPSHOT, since_s)) >= TRIES, "more snapshots")
    assert_spaced(relay.times_s(SNAPSHOT, since_s), lambda _number: HELD_S)
    post.call_up(NEW_TILE, post.codes[NEW_TILE])
    post.until(lambda: post.plays(NEW_TILE), "the new tile")
    assert_kept(post)
    catalogue.upsert(*CAMERAS)
    post.until(lambda: post.console.registry.held is None, "the list that is whole again")
    assert_well(scene)


def on_duty(scene: Scene, role: Role) -> str:
    """Somebody of that role signs in at the post; their id."""
    officer = add_officer(scene.registry, "88090633", role, EVERYTHING)
    scene.post.console.duty.sign_in(officer.service_number, Secret(PIN))
    scene.post.until(lambda: scene.post.console.duty.state.officer, "the officer")
    return str(officer.id)


def test_a_shorter_list_is_used_when_it_agrees(scene: Scene) -> None:
    post = scene.post
    held = lose_cameras(scene)
    officer_id = on_duty(scene, Role.IT)
    post.console.registry_book.accept(held)
    post.until(lambda: len(post.console.catalog.cameras) == held.listed, "the shorter list")
    assert post.console.registry.held is None
    post.until(lambda: post.spool.acknowledged == post.journal.head.seq, "the journal")
    (entry,) = [each for each in entries_below(scene.folder) if each["kind"] == "list-accepted"]
    assert entry["officer_id"] == officer_id and entry["detail"] == {"listed": 7, "known": 10}


def test_a_shorter_list_is_not_a_chiefs_to_agree_to(scene: Scene) -> None:
    held = lose_cameras(scene)
    on_duty(scene, Role.CHIEF)
    with pytest.raises(ConfigError, match="Only IT agrees"):
        scene.post.console.registry_book.accept(held)


def test_wall_keeps_its_public_tiles_when_the_registry_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real process, by SIGKILL, and without a relay: what cannot be reached has no log; this PC's is read."""
    hurry(monkeypatch)
    rows = [CameraRow(f"A-{number}", f"Simpang {number}", "", STREAM.url, STREAM.url) for number in range(10)]
    words: list[str | Path] = [
        "--data",
        tmp_path / "registry.sqlite",
        "--cameras",
        write_cameras(tmp_path / "own.csv", rows),
    ]
    with RegistryProcess(*words) as first:
        api = RegistryApi(first.url)
        identity = enrol(api, MemoryStore(), first.announced["enrolment_code"])
        api.close()
        with running_post(first.url, identity, tmp_path) as post:
            port = first.url.rpartition(":")[2]
            connects_s = watch_connects(monkeypatch, int(port))
            first.process.kill()
            sentence = f"Nothing answers at 127.0.0.1:{port}: the registry refuses connections."
            post.until(lambda: post.said == sentence, "the sentence")
            post.until(lambda: len(connects_s) > 3 * ASKERS, "tries")
            assert_spaced(list(connects_s), lambda _number: QUICK.first_s, ASKERS)
            post.call_up(NEW_TILE, post.codes[NEW_TILE])
            post.until(lambda: post.status(NEW_TILE).failure is not None, "what the new tile says")
            assert str(getattr(post.status(NEW_TILE).failure, "detail", "")) == sentence
            assert_kept(post)
            with RegistryProcess(*words, "--port", port):
                post.until(lambda: post.plays(*PUBLIC_TILES, NEW_TILE), "the new tile")
                post.until(lambda: not post.said, "the end of the complaint")
                assert_kept(post)


def watch_connects(monkeypatch: pytest.MonkeyPatch, port: int) -> list[float]:
    """When this process calls that port, from now on."""
    times_s: list[float] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        if address[1] == port:
            times_s.append(time.monotonic())
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return times_s
