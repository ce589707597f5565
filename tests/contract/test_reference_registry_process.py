"""The reference registry as a process: how it starts, what it announces, what it refuses, how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema_rs
import pytest
import requests
from reference_registry_kit import (
    CONTRACT,
    NOWHERE,
    WITHIN_S,
    PostClient,
    RegistryProcess,
    ServedRegistry,
    code_of,
    make_camera,
)

from app.demo.catalogue.jakarta import camera_id
from app.demo.registry.command import main
from app.demo.registry.database import Database
from app.demo.registry.store import CatalogueStore
from app.demo.registry.streams import SecretHolder, SimulatedStreams

SIMULATOR = "rtsp://127.0.0.1:8554"
HEADING = "code,name,kelurahan,main_url,sub_url,username,password\n"
OWN = HEADING + "G-1,Gudang,Cideng,rtsp://10.1.2.3:554/main,rtsp://10.1.2.4/sub,admin,rahasia\n"


@pytest.fixture(scope="module")
def jakarta(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    data = tmp_path_factory.mktemp("jakarta") / "registry.sqlite"
    first_line = b'{"camera_secret": "kata:sandi@1"}\n'
    with RegistryProcess("--data", data, "--streams", SIMULATOR, first_line=first_line) as process:
        yield process


@pytest.fixture(scope="module")
def post(jakarta: RegistryProcess) -> PostClient:
    return jakarta.post()


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "cameras.csv"
    path.write_text(text, encoding="utf-8")
    return path


def leased(post: PostClient, code: str, profile: str = "sub") -> tuple[str, str, str]:
    """URL, user name and secret."""
    (item,) = post.lease((camera_id(code), profile)).json()["items"]
    return item["endpoints"][0]["url"], item["username"], item["secret"]


def address_of(url: str) -> tuple[str, int]:
    """Host and port."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    return parts.hostname, parts.port


def test_ten_thousand_cameras_are_served(post: PostClient) -> None:
    head, cameras = post.snapshot()
    assert head["count"] == len(cameras) == 10_000
    assert len({camera["id"] for camera in cameras}) == 10_000


@pytest.mark.parametrize("profile", ["sub", "main"])
def test_lease_names_the_simulator_and_the_password_of_the_pipe(post: PostClient, profile: str) -> None:
    assert leased(post, "JKT-04211", profile) == (f"{SIMULATOR}/{profile}/JKT-04211", "pantau", "kata:sandi@1")


def test_leases_of_known_cameras_do_not_work(post: PostClient) -> None:
    assert leased(post, "JKT-09988")[0] == "rtsp://127.0.0.1:1/sub/JKT-09988"
    with pytest.raises(TimeoutError):
        socket.create_connection(address_of(leased(post, "JKT-09989")[0]), timeout=1).close()
    assert leased(post, "JKT-09990")[1:] == ("pantau", "salah")
    assert leased(post, "JKT-09991")[0] == f"{SIMULATOR}/tidak-ada/JKT-09991"
    for number in range(9_992, 10_001):
        url, _, secret = leased(post, f"JKT-{number:05d}")
        assert (url, secret) == (f"{SIMULATOR}/sub/JKT-{number:05d}", "kata:sandi@1")


def test_leased_addresses_lie_in_the_announced_zones(post: PostClient) -> None:
    zones = post.get("/v1/meta").json()["stream_zones"]
    for code in ("JKT-00001", "JKT-09988", "JKT-09989", "JKT-09991"):
        assert address_of(leased(post, code)[0])[0] in zones


def test_camera_changed_by_another_process_is_told(tmp_path: Path) -> None:
    data = tmp_path / "registry.sqlite"
    cameras = csv_file(tmp_path, OWN)
    with RegistryProcess("--data", data, "--cameras", cameras) as process:
        post = process.post()
        cursor = post.cursor()
        with closing(Database(data)) as database:
            CatalogueStore(database).upsert(make_camera("NEW-1"))
        (change,) = post.changes(cursor, wait_s=25).json()["changes"]
        assert change["camera"]["code"] == "NEW-1"


def test_restart_keeps_catalogue_posts_and_cursors(tmp_path: Path) -> None:
    data = tmp_path / "registry.sqlite"
    with RegistryProcess("--data", data) as first:
        post = first.post()
        cursor = post.cursor()
        port = first.url.rpartition(":")[2]
    with RegistryProcess("--data", data, "--port", port) as second:
        assert second.url == first.url
        assert second.announced["enrolment_code"] != first.announced["enrolment_code"]
        assert post.changes(cursor).json()["changes"] == []
        post.fetch_token()


def test_stream_without_a_simulator_is_not_available_now(tmp_path: Path) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite") as process:
        (item,) = process.post().lease((camera_id("JKT-00001"), "sub")).json()["items"]
    assert item["problem"]["code"] == "stream-unavailable"


def test_one_line_on_standard_output_and_none_on_standard_error(tmp_path: Path) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite", "--cameras", csv_file(tmp_path, OWN)) as process:
        assert set(process.announced) == {"registry", "enrolment_code", "officers"}
        assert code_of(requests.get(f"{process.url}/v1/snapshot", timeout=WITHIN_S)) == "token-required"
        process.close_pipe()
        assert process.process.stdout is not None
        assert process.process.stdout.read() == b""
        assert process.end() == (0, "")


def test_end_of_the_pipe_ends_it_even_while_a_post_waits(tmp_path: Path) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite", "--cameras", csv_file(tmp_path, OWN)) as process:
        post = process.post()
        cursor, host, port = post.cursor(), "127.0.0.1", int(process.url.rpartition(":")[2])
        with socket.create_connection((host, port), WITHIN_S) as connection:
            lines = [f"GET /v1/changes?cursor={cursor}&wait_s=25 HTTP/1.1", f"Host: {host}"]
            lines += [f"Authorization: Bearer {post.token}", "", ""]
            connection.sendall("\r\n".join(lines).encode())
            process.close_pipe()
            assert process.process.wait(WITHIN_S) == 0
            assert connection.recv(15) in (b"HTTP/1.1 200 OK", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite", "--cameras", csv_file(tmp_path, OWN)) as process:
        process.process.send_signal(number)
        assert process.wait() == (0, "")


def test_pipe_that_ends_before_it_serves_ends_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.demo.registry", "serve", "--parent-pipe"]
    done = subprocess.run(
        [*command, "--data", tmp_path / "registry.sqlite", "--cameras", csv_file(tmp_path, OWN)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=WITHIN_S,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


Refused = Callable[..., str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Refused:
    """Gives what a registry says that does not start."""

    def run(*arguments: str | Path) -> str:
        assert main(["serve", *map(str, arguments)]) == 2
        written = capsys.readouterr()
        assert written.out == ""
        assert written.err.startswith("pantau registry: ")
        assert written.err.count("\n") == 1
        return written.err

    return run


def test_process_that_cannot_start_says_why_and_exits_with_2(tmp_path: Path) -> None:
    with RegistryProcess("--data", tmp_path / "nowhere" / "registry.sqlite") as process:
        assert process.announced == {}
        code, said = process.wait()
    assert code == 2
    assert said.startswith("pantau registry: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "localhost", "registry.example"])
def test_address_that_others_could_reach_is_refused(refused: Refused, tmp_path: Path, host: str) -> None:
    assert "loopback only" in refused("--data", tmp_path / "registry.sqlite", "--host", host)


def test_port_that_is_taken_is_named(refused: Refused, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port}" in refused("--data", tmp_path / "registry.sqlite", "--port", str(port))


def test_data_that_cannot_be_used_are_named(refused: Refused, tmp_path: Path) -> None:
    no_database = tmp_path / "no-database"
    no_database.write_text("this is a text and no database at all" * 100)
    for data in (no_database, tmp_path / "nowhere" / "registry.sqlite", tmp_path):
        assert str(data) in refused("--data", data)


@pytest.mark.parametrize("streams", ["http://127.0.0.1:1", "rtsp://10.0.0.1:1", "rtsp://a:b@127.0.0.1:1", "x"])
def test_simulator_elsewhere_is_refused(refused: Refused, tmp_path: Path, streams: str) -> None:
    said = refused("--data", tmp_path / "registry.sqlite", "--streams", streams)
    assert "camera simulator" in said


def test_cameras_of_a_file_are_served_with_their_addresses(tmp_path: Path) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite", "--cameras", csv_file(tmp_path, OWN)) as process:
        post = process.post()
        _, (camera,) = post.snapshot()
        assert camera["code"] == "G-1"
        assert camera["name"] == "Gudang"
        assert camera["jurisdiction"]["kelurahan_code"] == "31.71.01.1002"
        assert camera["jurisdiction"]["subsector"] == "PMJ-0101-1"
        assert [stream["id"] for stream in camera["profiles"]] == ["sub", "main"]
        assert {stream["width_px"] for stream in camera["profiles"]} == {None}
        items = post.lease((camera["id"], "main"), (camera["id"], "sub")).json()["items"]
        assert [item["endpoints"][0]["url"] for item in items] == [
            "rtsp://10.1.2.3:554/main",
            "rtsp://10.1.2.4/sub",
        ]
        assert {(item["username"], item["secret"]) for item in items} == {("admin", "rahasia")}
        assert post.get("/v1/meta").json()["stream_zones"] == ["10.1.2.3", "10.1.2.4"]


def test_kelurahan_that_is_not_known_lies_under_other(tmp_path: Path) -> None:
    rows = "A,Satu,Desa Baru,rtsp://h/1,,,\nB,Dua,desa baru,rtsp://h/2,,,\nC,Tiga,,rtsp://h/3,,,\n"
    with RegistryProcess(
        "--data", tmp_path / "r.sqlite", "--cameras", csv_file(tmp_path, HEADING + rows)
    ) as process:
        post = process.post()
        places = [camera["jurisdiction"]["kelurahan_code"] for camera in post.snapshot()[1]]
        assert places == ["other.1", "other.1", "other"]
        areas = {area["code"]: area["name"] for area in post.get("/v1/jurisdictions").json()["areas"]}
        assert areas["other"] == "Lainnya"
        assert areas["other.1"] == "Desa Baru"


def test_bad_row_is_named_and_the_others_are_served(tmp_path: Path) -> None:
    rows = "BAD,Rusak,Cideng,http://u:rahasia@h/1,,,\nGOOD,Baik,Cideng,rtsp://h/2,,,\n"
    cameras = csv_file(tmp_path, HEADING + rows)
    with RegistryProcess("--data", tmp_path / "registry.sqlite", "--cameras", cameras) as process:
        (rejected,) = process.announced["rejected"]
        assert (rejected["row"], rejected["field"]) == (2, "main_url")
        assert [camera["code"] for camera in process.post().snapshot()[1]] == ["GOOD"]
        code, said = process.end()
    assert code == 0
    assert said == f"{cameras}, row 2, column main_url: {rejected['reason']}; this row is left out.\n"
    assert "rahasia" not in said


def test_file_without_a_usable_camera_is_refused(refused: Refused, tmp_path: Path) -> None:
    data = tmp_path / "registry.sqlite"
    assert "row 2" in refused("--data", data, "--cameras", csv_file(tmp_path, HEADING + "A,Satu,,,,,\n"))
    assert "cannot be read" in refused("--data", data, "--cameras", tmp_path / "nothing.csv")


def test_passwords_of_a_file_are_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with RegistryProcess("--data", folder / "r.sqlite", "--cameras", csv_file(tmp_path, OWN)) as process:
        process.post().lease((camera_id("file G-1"), "main"))
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    for secret in (b"rahasia", b"10.1.2.3", b"rtsp"):
        assert secret not in written


def test_changed_file_is_told_as_changes_after_a_restart(tmp_path: Path) -> None:
    data, cameras = tmp_path / "registry.sqlite", csv_file(tmp_path, OWN + "G-2,Pagar,,rtsp://h/2,,,\n")
    with RegistryProcess("--data", data, "--cameras", cameras) as first:
        post = first.post()
        cursor = post.cursor()
        port = first.url.rpartition(":")[2]
    csv_file(tmp_path, HEADING + "G-2,Pagar Besi,,rtsp://h/2,,,\n")
    with RegistryProcess("--data", data, "--cameras", cameras, "--port", port):
        changes = post.changes(cursor).json()["changes"]
    assert {change["op"] for change in changes} == {"upsert", "delete"}
    (upsert,) = [change for change in changes if change["op"] == "upsert"]
    assert upsert["camera"]["name"] == "Pagar Besi"


def test_data_of_a_file_are_not_served_without_it(refused: Refused, tmp_path: Path) -> None:
    data = tmp_path / "registry.sqlite"
    with RegistryProcess("--data", data, "--cameras", csv_file(tmp_path, OWN)):
        pass
    assert "--cameras" in refused("--data", data)


def test_file_replaces_the_jakarta_catalogue_and_its_history(tmp_path: Path) -> None:
    streams = SimulatedStreams(None, SecretHolder(), NOWHERE)
    with ServedRegistry(tmp_path, [make_camera("A-1")], streams) as served:
        data, post = str(served.data), served.post()
        cursor, port = post.cursor(), served.url.rpartition(":")[2]
    key = tmp_path / "audit-key.pem"
    with RegistryProcess("--data", data, "--audit-key", key, "--cameras", csv_file(tmp_path, OWN), "--port", port):
        assert code_of(post.changes(cursor)) == "cursor-expired"


def test_every_camera_of_the_snapshot_follows_the_contract(post: PostClient) -> None:
    validator_of = jsonschema_rs.Draft202012Validator
    document = {"components": CONTRACT["components"]}
    camera = validator_of({"$ref": "#/components/schemas/Camera", **document}, validate_formats=True)
    head = validator_of({"$ref": "#/components/schemas/SnapshotHead", **document})
    first, cameras = post.snapshot()
    head.validate(first)
    for each in cameras:
        camera.validate(each)
