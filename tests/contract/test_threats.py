"""The threats of the design (trust.md) that concern the client, a test for each: what an attacker or an accident
tries, and that it comes to nothing.

Each takes the core of its threat with real parts. More of some is elsewhere: hostile answers in
`test_registry_client_hostile.py`, hostile streams in `test_hostile_streams.py`, passwords in `test_hosts_*.py`.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import psutil
import pytest
import requests
from people_kit import PIN, add_officer
from reference_registry_kit import EVERYTHING, FixedStreams, PostClient, ServedRegistry, code_of, make_camera
from registry_client_parts import (
    Exchange,
    Request,
    camera,
    lease,
    running_peer,
    serve_snapshot,
)
from registry_client_parts import make_identity as make_post
from troubled_post import NEW_TILE, TroubledPost, running_post

from app.audit.checkpoint import Checkpoint, save_checkpoint
from app.audit.verifying import verify
from app.console.duty_book import DutyState
from app.core.commands import TileId
from app.core.errors import ConfigError, RegistryError
from app.core.failure import Failure, Reason
from app.core.model import CameraId, Endpoint, Profile, StreamKey
from app.core.ports import StreamFailed
from app.core.purpose import LeasePurpose, Purpose, PurposeKind
from app.core.redact import Secret
from app.credentials import Identity, MemoryStore, enrol, new_private_key
from app.demo.catalogue.record import Privacy
from app.demo.registry.models import Scope
from app.demo.registry.streams import StreamAccess
from app.demo.simulator.auth import Credentials
from app.demo.simulator.journal import Event
from app.demo.simulator.server import SimulatorThread
from app.registry.address import parse_zones
from app.registry.cache import CatalogCache
from app.registry.client import RegistryApi
from app.registry.parse import CameraParser
from app.registry.problems import RefusalError
from app.registry.shifts import SHIFT_HEADER
from app.video.engines import vlc_place
from tests.support import canary, journal_kit
from tests.support.camera_files import Row, write_cameras
from tests.support.central import with_keyring
from tests.support.product import Ended, run_product, running_product
from tests.support.registry_relay import CONNECT, RegistryRelay
from tests.support.registry_relay import Exchange as Relayed
from tests.support.simulated_cameras import USERNAME
from tests.support.tls_relay import LOOPBACK, TlsRelay, make_identity, server_context
from tests.support.video_kit import HOST_COMMAND, Wall, running_wall
from tests.waiting import until
from ui.plain_text import plain, plain_action, plain_tooltip
from ui.watermark import watermark_lines

CAMERA_HOST = "10.77.88.99"
NUMBER, NEXT_NUMBER = "86040317", "91110562"
PRIVATE = Privacy.model_validate({"class": "private_office", "purposes": ["security"]})
PUBLIC_CAMERAS = tuple(make_camera(f"A-{number}") for number in range(5))
PRIVATE_CAMERA = make_camera("P-1", privacy=PRIVATE)
ELSEWHERE = make_camera("Z-1", "31.72.01.1005")
LINUX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="reads /proc and sends POSIX signals")


@dataclass(frozen=True, slots=True)
class Scene:
    """A registry of cameras that have a password, behind a relay that sees all that is said.

    Attributes:
        password: of every camera.
        ca_file: whom a post believes.
    """

    registry: ServedRegistry
    relay: RegistryRelay
    password: str
    ca_file: Path
    folder: Path

    def enrolled(self, name: str, scope: Scope = EVERYTHING) -> Identity:
        """A new post."""
        code = self.registry.services.access.issue_code(name, scope)
        with closing(RegistryApi(self.relay.url, ca_file=self.ca_file)) as stranger:
            return enrol(stranger, MemoryStore(), code)

    def api(self, identity: Identity) -> RegistryApi:
        """The registry as a post calls it."""
        return RegistryApi(self.relay.url, identity, self.ca_file)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    password = canary.new_canary()
    authority = make_identity("City authority")
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    context = server_context(make_identity("registry", authority), tmp_path)
    streams = FixedStreams(StreamAccess(f"rtsp://{CAMERA_HOST}/sub", "post", Secret(password)), (CAMERA_HOST,))
    cameras = (*PUBLIC_CAMERAS, PRIVATE_CAMERA, ELSEWHERE)
    with (
        RegistryRelay(context) as relay,
        ServedRegistry(tmp_path, cameras, streams, urls=[relay.url]) as registry,
    ):
        relay.target = int(registry.url.rpartition(":")[2])
        yield Scene(registry, relay, password, ca_file, tmp_path)


def signed_in(post: TroubledPost, number: str) -> DutyState:
    """An officer begins a shift."""
    post.console.duty.sign_in(number, Secret(PIN))
    return on_duty(post, number)


def on_duty(post: TroubledPost, number: str) -> DutyState:
    """That officer's shift has begun."""

    def has_begun() -> bool:
        officer = post.console.duty.state.officer
        return officer is not None and officer.service_number == number and not post.console.duty.state.is_asking

    post.until(has_begun, f"the shift of {number}: {post.console.duty.state.problem}")
    return post.console.duty.state


def watch_private(post: TroubledPost) -> None:
    """Put the private camera on a tile and say why."""
    camera_id = CameraId(str(PRIVATE_CAMERA.id))
    post.call_up(NEW_TILE, camera_id)
    post.console.give_purpose(camera_id, Purpose(PurposeKind.INCIDENT))
    post.until(lambda: post.plays(NEW_TILE), "the private camera")


# ---- what a thief gets


def test_a_stolen_pc_opens_nothing(scene: Scene) -> None:
    """All that a post has written down names no camera's address and holds no password, no PIN and no key; and
    whoever takes it along without the keyring is nobody to the registry."""
    add_officer(scene.registry, NUMBER)
    identity = scene.enrolled("post-a")
    stolen = scene.folder / "stolen"
    with running_post(scene.relay.url, identity, stolen, scene.ca_file) as post:
        signed_in(post, NUMBER)
        until((stolen / "officers.json").exists, what="what is remembered of the officer")
        watch_private(post)
        until(lambda: list((stolen / "cache").glob("*.gz")), what="the cache")
    found = b"".join(written(path) for path in stolen.rglob("*") if path.is_file())
    assert b"A-1" in found and b"view-started" in found, "there is something to search"
    secrets = (scene.password, PIN, identity.private_key.reveal(), CAMERA_HOST)
    assert not [form for secret in secrets for form in canary.forms(secret) if form in found]
    assert b"rtsp" not in found and b"PRIVATE KEY" not in found
    thief = scene.api(Identity(identity.post_id, new_private_key()))
    with closing(thief), pytest.raises(RefusalError, match="does not know this post"):
        thief.jurisdictions()
    assert CatalogCache(stolen / "cache", scene.relay.url, "post_thief").load() is None


def written(path: Path) -> bytes:
    """A file's content, unpacked."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_a_replayed_token_or_assertion_opens_nothing(scene: Scene) -> None:
    """What was overheard is no use: an assertion serves once, a shift's token serves its post alone and not after
    its end, a token ends."""
    add_officer(scene.registry, NUMBER)
    heard: list[Mapping[str, str]] = []

    def overhear(exchange: Relayed) -> None:
        if exchange.path == "/oauth2/token":
            heard.append({name: values[0] for name, values in parse_qs(exchange.body.decode()).items()})
        elif authorization := exchange.headers.get("Authorization"):
            heard.append({"Authorization": authorization, **shift_of(exchange)})
        exchange.pass_on()

    def shift_of(exchange: Relayed) -> dict[str, str]:
        token = exchange.headers.get(SHIFT_HEADER)
        return {SHIFT_HEADER: token} if token else {}

    scene.relay.work = overhear
    identity = scene.enrolled("post-a")
    with running_post(scene.relay.url, identity, scene.folder / "post", scene.ca_file) as post:
        signed_in(post, NUMBER)
        shift = post.shift.headers()
    (assertion,) = [each for each in heard if "client_assertion" in each]
    url = scene.registry.url
    replayed = requests.post(f"{url}/oauth2/token", data=assertion, timeout=30)
    assert (replayed.status_code, code_of(replayed)) == (401, "invalid-client")
    other = PostClient(url, scene.registry.services.access.issue_code("post-b", EVERYTHING))
    beat = {"version": "0.1.0", "tiles": 1, "live": 1, "uptime_s": 1.0, "audit_seq": 0}
    assert other.ask("POST", "/v1/heartbeats", shift, json=beat).status_code in (401, 403, 409)
    (bearer, *_) = [each for each in heard if "Authorization" in each]
    assert requests.get(f"{url}/v1/jurisdictions", headers=bearer, timeout=30).status_code == 200
    scene.registry.clock.ahead_s = 601.0
    late = requests.get(f"{url}/v1/jurisdictions", headers=bearer, timeout=30)
    assert (late.status_code, code_of(late)) == (401, "token-invalid")


def test_nobody_peeks_outside_the_jurisdiction(scene: Scene) -> None:
    """A post of Pusat knows nothing of Utara's camera, whatever it asks for, and asks for nothing of it."""
    identity = scene.enrolled("post-a", Scope(units=("PMJ-01",)))
    outside, unknown = (StreamKey(CameraId(each), Profile.SUB) for each in (str(ELSEWHERE.id), str(uuid.uuid4())))
    with running_post(scene.relay.url, identity, scene.folder / "post", scene.ca_file) as post:
        assert outside.camera not in post.console.catalog.cameras and len(post.codes) == 6
        post.call_up(NEW_TILE, outside.camera)
        post.until(lambda: post.status(NEW_TILE).failure == Failure(Reason.WITHDRAWN), "what the tile says")
        assert not [opening for opening in post.video.openings if opening.key == outside]
    with closing(scene.api(identity)) as api:
        zones = api.meta().zones
        refused, not_there = api.lease(dict.fromkeys((outside, unknown), LeasePurpose.SECURITY), zones)
    assert isinstance(refused, Failure) and refused == not_there


# ---- who sits in between


def test_a_man_in_the_middle_of_the_registry_is_refused(scene: Scene) -> None:
    """Another authority, another host, an expired certificate, none at all: nothing is said to any of them."""
    authority, stranger = make_identity("City authority"), make_identity("Another authority")
    ca_file = authority.write_certificate(scene.folder / "city.pem")
    identity = scene.enrolled("post-a")
    shown = {
        "another authority": make_identity("registry", stranger),
        "the authority that signed itself": make_identity("registry"),
        "another host": make_identity("registry", authority, address="127.0.0.2"),
        "an expired certificate": make_identity("registry", authority, valid_days=-1),
    }
    for what, certificate in shown.items():
        scene.relay.identity = server_context(certificate, scene.folder)
        before = len(scene.relay.log)
        api = RegistryApi(scene.relay.url, identity, ca_file)
        with closing(api), pytest.raises(RegistryError, match="cannot be trusted"):
            api.jurisdictions()
        assert {each.path for each in scene.relay.log[before:]} == {CONNECT}, what
    scene.relay.identity = server_context(make_identity("registry", authority), scene.folder)
    with closing(RegistryApi(scene.relay.url, identity, ca_file)) as api:
        assert api.jurisdictions(), "and the right one is believed"
    with pytest.raises(ConfigError):
        RegistryApi("http://registry.example", identity)


@LINUX_ONLY
def test_a_man_in_the_middle_of_the_video_is_refused(tmp_path: Path) -> None:
    """RTSPS from somebody else or from somewhere else: nothing is said that would get to the camera."""
    authority = make_identity("City authority")
    ca_file = authority.write_certificate(tmp_path / "ca.pem")
    shown = (
        (make_identity("camera", make_identity("Another authority")), Reason.TLS),
        (make_identity("camera", authority, address="127.0.0.2"), Reason.TLS),
        (make_identity("camera", authority), None),
    )
    password = canary.new_canary()
    with (
        SimulatorThread(Credentials(USERNAME, Secret(password))) as simulator,
        running_wall((*HOST_COMMAND, "--ca-file", str(ca_file))) as wall,
    ):
        for number, (certificate, reason) in enumerate(shown, start=1):
            code = f"JKT-{number:05}"
            with TlsRelay(certificate.write(tmp_path / "camera.pem"), simulator.port) as relay:
                assert ended_by(wall, relay.port, f"/sub/{code}", password) is reason
                assert bool(simulator.count(code, Event.ATTEMPT)) is (reason is None)


def ended_by(wall: Wall, port: int, path: str, password: str) -> Reason | None:
    """Why an RTSPS stream does not play; None where it does."""
    stream = wall.open(Endpoint("rtsps", LOOPBACK, port, path), USERNAME, Secret(password))
    until(lambda: stream.pictures or wall.messages_of(StreamFailed, stream.key), what="pictures or a refusal")
    failed = wall.messages_of(StreamFailed, stream.key)
    if not failed:
        wall.supervisor.close(stream.key, stream.generation)
        wall.wait_closed(stream)
    return failed[0].failure.reason if failed else None


# ---- what a registry may send that is not one, or has been taken over


HOSTILE_URLS = (
    "file:///etc/passwd",
    "http://10.20.31.7/video.mjpg",
    "rtsp://169.254.169.254/latest/meta-data",
    "rtsp://[::ffff:169.254.169.254]/",
    "rtsp://127.0.0.1:22/",
    "rtsp://192.0.2.1/outside-of-the-zones",
    "rtsp://10.20.31.7/a :sout=file{dst=/tmp/x}",
    "rtsp://10.20.31.7/a#:sout=x",
    "rtsp://user:word@10.20.31.7/",
    "rtsp://0x0a141f07/",
    "concat:rtsp://10.20.31.7/|file:///etc/passwd",
)


def test_a_hostile_catalogue_or_lease_opens_nothing_and_fills_no_memory() -> None:
    """Addresses of files, of a cloud's own, of elsewhere, with options of a player: none gets as far as a stream.
    A bomb, a depth without end, lines of nonsense: each is an error or a camera less."""
    zones = parse_zones(["10.20.0.0/16"])
    key = StreamKey(CameraId(camera(1)["id"]), Profile.SUB)
    item = {"camera_id": key.camera, "profile": "sub"}
    with running_peer() as peer, closing(RegistryApi(peer.url, make_post())) as api:
        for url in HOSTILE_URLS:
            peer.routes["/v1/stream-leases"] = answering(json.dumps({"items": [lease(item, url)]}).encode())
            (answer,) = api.lease({key: LeasePurpose.SECURITY}, zones)
            assert isinstance(answer, Failure) and answer.reason is Reason.BAD_ADDRESS, url
            assert "word" not in str(answer.detail) and "passwd" not in str(answer.detail)
        packed = {"Content-Encoding": "gzip"}
        bomb = gzip.compress(bytes(64 * 1024 * 1024), 9)
        for body, headers in ((bomb, packed), (b"[" * 1_000_000, {}), (b'{"items":' * 100_000, {})):
            peer.routes["/v1/stream-leases"] = answering(body, headers)
            with pytest.raises(RegistryError):
                api.lease({key: LeasePurpose.SECURITY}, zones)
        peer.routes["/v1/snapshot"] = serve_snapshot(camera(1), {"id": "x"}, [[[]]], camera(2, name=7), camera(3))
        with api.snapshot() as snapshot:
            assert snapshot is not None
            parser = CameraParser()
            found = [parser.line(row, line) for row, line in enumerate(snapshot.lines, start=2) if line]
        assert [type(each).__name__ for each in found] == ["Camera", "Reject", "Reject", "Reject", "Camera"]


def answering(body: bytes, headers: Mapping[str, str] | None = None) -> Callable[[Exchange, Request], None]:
    return lambda exchange, _request: exchange.raw(body, headers=headers)


HOSTILE_NAMES = (
    "<b>Simpang</b> <img src=file:///etc/passwd>",
    "Simpang \u202etxt.exe",
    "Simpang\u0000\u001b[31m\nHarmoni",
    "Simpang \u200bHar\u00admoni\u2066",
    "&Simpang",
)


def test_names_with_rich_text_or_bidi_controls_are_shown_as_they_are(qapp: Any) -> None:
    """No name turns around what stands beside it, draws a picture, moves a key's mark or ends a line."""
    from PySide6.QtGui import QTextDocument

    parser = CameraParser()
    for number, name in enumerate(HOSTILE_NAMES, start=1):
        found = parser.line(number, json.dumps(camera(number, name=name)).encode())
        shown = plain(getattr(found, "name", name))
        assert shown.isprintable() and not set(shown) & set("\u202e\u200b\u2066\u00ad\x00\x1b\n"), name
        document = QTextDocument()
        document.setHtml(plain_tooltip([name]))
        assert document.toPlainText() == shown and "img" not in document.toHtml().replace("&lt;img", ""), name
        assert plain_action(name).replace("&&", "").count("&") == 0
    assert plain(HOSTILE_NAMES[0]) == HOSTILE_NAMES[0], "letter for letter"


# ---- who was it?


def edited(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[2].replace(b'"text":""', b'"text":"x"'), *lines[3:]]


def reordered(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[2], lines[1], *lines[3:]]


def test_an_edited_truncated_or_reordered_journal_is_found_and_the_row_named(tmp_path: Path) -> None:
    """Also cut off at its end, where nothing follows that would not fit: the registry's signature knows better."""
    for hurt, row in ((edited, "row 3"), (reordered, "row 2"), (lambda lines: lines[:-1], "entries 5 to 5")):
        folder = tmp_path / row
        journal_kit.write(folder, 5)
        save_checkpoint(folder, Checkpoint(verify(folder).head, "signed"))
        assert verify(folder).fault == ""
        file = journal_kit.the_file(folder)
        file.write_bytes(b"".join(hurt(file.read_bytes().splitlines(keepends=True))))
        assert row in verify(folder).fault


def test_accounts_are_not_shared_at_a_shift_change(scene: Scene) -> None:
    """With the next officer's PIN the purposes of the one before end, and their private pictures; the journal and
    the pictures' watermark name who looks now; the token of the one before is no use any more."""
    first, second = (add_officer(scene.registry, number) for number in (NUMBER, NEXT_NUMBER))
    identity = scene.enrolled("post-a")
    with running_post(scene.relay.url, identity, scene.folder / "post", scene.ca_file) as post:
        signed_in(post, NUMBER)
        watch_private(post)
        assert NUMBER in watermark_lines(post.console.taker.officer, post.console.taker.post, 0.0)[0]
        before = post.shift.headers()
        post.console.duty.hand_over(NEXT_NUMBER, Secret(PIN), "", [])
        on_duty(post, NEXT_NUMBER)
        (stamped, _moment) = watermark_lines(post.console.taker.officer, post.console.taker.post, 0.0)
        assert NEXT_NUMBER in stamped and NUMBER not in stamped
        post.until(lambda: post.status(NEW_TILE).failure == Failure(Reason.PURPOSE_NEEDED), "what the tile says")
        assert post.console.slot(TileId(1, NEW_TILE)) is None, "not even the last picture"
        assert post.plays(1, 2, 3)
        post.note()
        post.until(lambda: post.spool.acknowledged == post.journal.head.seq, "the journal at the registry")
        entries = [json.loads(line) for line in journal_kit.lines(scene.folder / "post" / "journal")]
        client = scene.api(identity)
        beat = {"version": "0.1.0", "tiles": 1, "live": 1, "uptime_s": 1.0, "audit_seq": 0}
        with closing(client), pytest.raises(RefusalError) as ended:
            client.call("POST", "/v1/heartbeats", lambda _nothing: None, before, json=beat)
    assert ended.value.code == "shift-ended"
    by_officer: dict[str, list[str]] = {str(first.id): [], str(second.id): [], "": []}
    for entry in entries:
        by_officer[entry.get("officer_id", "")].append(entry["kind"])
    assert {"shift-started", "purpose-given", "view-started", "purpose-ended", "shift-ended"} <= set(
        by_officer[str(first.id)]
    )
    assert "view-started" not in by_officer[str(second.id)] and "locked" in by_officer[str(second.id)]


# ---- a wall that is attacked, and then crashes


CODES = ("JKT-00001", "JKT-00002")
WRONG = "JKT-00003"


@dataclass(frozen=True, slots=True)
class Attacked:
    """What was seen of a wall of three cameras, one of which does not take its password: a host was killed as a
    parser's exploit would kill it, then the console was aborted.

    Attributes:
        leaks: where a password was found, in files, arguments and environments.
        bundle: what was put together for support afterwards; it was searched, too.
        ended: how the console ended, and what it wrote.
        maps: what the console had loaded, and its hosts.
        core_limits: how much memory each process would have left behind.
        refusals: how often the third camera said no, in all.
    """

    leaks: list[str]
    bundle: list[str]
    ended: Ended
    maps: tuple[str, str]
    core_limits: set[tuple[int, int]]
    refusals: int


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    if sys.platform == "win32":
        pytest.skip("reads /proc and sends POSIX signals")
    right, wrong = canary.new_canary(), canary.new_canary()
    folder = tmp_path_factory.mktemp("attacked")
    with (
        SimulatorThread(Credentials(USERNAME, Secret(right))) as simulator,
        served(folder, simulator.url(""), {**dict.fromkeys(CODES, right), WRONG: wrong}) as registry,
        running_product(folder, wall_words(registry), more=CRASHING | with_keyring(folder)) as product,
    ):
        until(lambda: product.errors.count("state=playing") >= 2, within_s=60.0, what="two playing cameras")
        until(lambda: "reason=unauthorized" in product.errors, what="the refusal")
        maps = loaded(product.process.pid), "".join(loaded(host.pid) for host in product.hosts())
        limits = {each.rlimit(psutil.RLIMIT_CORE) for each in product.family()}
        leaks = canary.found_in_processes((right, wrong), product.family())
        for host in product.hosts():
            host.send_signal(signal.SIGSEGV)
        until(lambda: product.errors.count("state=playing") >= 4, within_s=60.0, what="both again")
        leaks += canary.found_in_processes((right, wrong), product.family())
        ended = product.end(signal.SIGABRT)
        bundle = diagnosed(folder)
        unpack(folder)
        leaks += canary.found_in_files((right, wrong), folder)
        refusals = simulator.count(WRONG, Event.UNAUTHORIZED)
    return Attacked(leaks, bundle, ended, maps, limits, refusals)


CRASHING = {"PYTHONFAULTHANDLER": "1"}
"""A crash says where it was, on standard error."""


@contextmanager
def served(folder: Path, url: str, passwords: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """A registry of these cameras, a process of its own; gives what it announces."""
    rows = [
        Row(code, code, "", f"{url}/main/{code}", f"{url}/sub/{code}", USERNAME, password)
        for code, password in passwords.items()
    ]
    place = folder / "central"
    place.mkdir()
    words = ["registry", "serve", "--port", "0", "--data", str(place / "registry.sqlite")]
    with running_product(place, [*words, "--cameras", str(write_cameras(place / "own.csv", rows))]) as registry:
        until(lambda: registry.output.endswith("\n"), what="the registry's announcement")
        yield json.loads(registry.output)


def wall_words(registry: Mapping[str, str]) -> list[str]:
    enrolment = ["--registry", registry["registry"], "--enrol", registry["enrolment_code"]]
    return ["run", *enrolment, "--headless", "--tiles", "3", "--log-level", "debug"]


def diagnosed(folder: Path) -> list[str]:
    """The names of what `pantau diagnose` put together, which is unpacked into the folder."""
    place = folder / "bundle.zip"
    before = (folder / "stderr").read_bytes()
    ended = run_product(folder, ["diagnose", "--out", str(place)])
    (folder / "stderr.of-wall").write_bytes(before)
    assert ended.code == 0, ended.errors
    with zipfile.ZipFile(place) as bundle:
        bundle.extractall(folder / "bundle")
        return bundle.namelist()


def unpack(folder: Path) -> None:
    """Lay the content of what is packed beside it, or no search would find anything there."""
    for path in list(folder.rglob("*.gz")):
        path.with_suffix(".unpacked").write_bytes(written(path))


def loaded(pid: int) -> str:
    """What a process has in its memory, by file."""
    return Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def test_secrets_are_in_no_log_argument_or_environment(attacked: Attacked) -> None:
    """Nor in the text that a crash leaves, and there is no image of a memory in which they are."""
    assert not attacked.leaks
    ended = attacked.ended
    assert ended.code == -signal.SIGABRT and "Fatal Python error: Aborted" in ended.errors
    assert " DEBUG " in ended.errors
    assert {"settings.json", "logs/pantau.log"} <= set(attacked.bundle)
    assert attacked.core_limits == {(1, 1)}


def test_a_parser_exploit_stays_out_of_the_windows_process(attacked: Attacked) -> None:
    """What reads packets and decodes pictures is in the hosts alone; one of them dies and the wall goes on."""
    console, hosts = attacked.maps
    assert "libavcodec" in hosts and "libavformat" in hosts
    assert "libavcodec" not in console and "libavformat" not in console and "libvlc" not in console
    assert attacked.ended.errors.count("state=playing") >= 4


def test_our_own_retries_lock_no_camera_account(attacked: Attacked) -> None:
    """A wrong password is tried once, whatever else is opened anew meanwhile."""
    assert attacked.refusals == 1


PLANTED = """
import os, sys
from app.video.engines import vlc_place
vlc_place.load_engine()
import vlc
assert vlc.Instance("--quiet").media_player_new() is not None
sys.stdout.write(open("/proc/self/maps").read())
"""


@LINUX_ONLY
def test_a_planted_libvlc_or_plugin_is_not_loaded(tmp_path: Path) -> None:
    """Real libraries, put where a working folder, PATH or a variable leads: the installed ones are loaded."""
    if not vlc_place.is_there():
        pytest.skip("there is no libVLC")
    installed = Path("/usr/lib/x86_64-linux-gnu")
    planted = tmp_path / "planted"
    planted.mkdir()
    for path in (installed / "libvlc.so.5", *(installed / "vlc/plugins/misc").glob("liblogger_plugin.so")):
        shutil.copy(path, planted / path.name)
    names: dict[str, object] = {"VLC_PLUGIN_PATH": planted, "PYTHON_VLC_LIB_PATH": planted / "libvlc.so.5"}
    names |= {"PYTHON_VLC_MODULE_PATH": planted, "PATH": f"{planted}:{os.environ['PATH']}"}
    env = {**os.environ, **{name: str(place) for name, place in names.items()}, "PYTHONPATH": str(Path.cwd())}
    ran = subprocess.run(
        [sys.executable, "-c", PLANTED], env=env, cwd=planted, capture_output=True, text=True, check=True
    )
    assert "libvlc.so" in ran.stdout and "plugins/" in ran.stdout
    assert str(planted) not in ran.stdout
