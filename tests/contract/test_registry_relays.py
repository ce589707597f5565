"""Relays of a file: leases name them first, each camera's own, with a login that is not the camera's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reference_registry_kit import RegistryProcess, assert_in_contract

from app.demo.registry.command import main

CAMERAS = """code,name,kelurahan,main_url,sub_url,username,password
G 1/a,Gudang,31.71.01.1002,rtsp://10.1.2.3/main,rtsp://10.1.2.3/sub,admin,rahasia
U-1,Utara,31.72.01.1005,rtsp://10.1.2.4/main,,admin,rahasia
T-1,Timur,31.75.01.1001,rtsp://10.1.2.5/main,,admin,rahasia
"""
RELAYS = """jurisdiction,url,username,password
PMJ-01,rtsp://10.9.0.1:8554/{code}/{profile},pos,relai:1@
PMJ-0101,rtsps://10.9.0.2:8322/gambir/{code},,
31.72,rtsp://10.9.0.3:8554/{code}/{profile},pos,lain
"""


@pytest.fixture
def start(tmp_path: Path) -> Callable[[str], RegistryProcess]:
    def run(relays: str) -> RegistryProcess:
        cameras, file = tmp_path / "cameras.csv", tmp_path / "relays.csv"
        cameras.write_text(CAMERAS, encoding="utf-8")
        file.write_text(relays, encoding="utf-8")
        return RegistryProcess("--data", tmp_path / "r.sqlite", "--cameras", cameras, "--relays", file)

    return run


def test_lease_names_the_relay_of_the_narrowest_jurisdiction_and_then_the_camera(
    start: Callable[[str], RegistryProcess],
) -> None:
    with start(RELAYS) as registry:
        post = registry.post()
        ids = {camera["code"]: camera["id"] for camera in post.snapshot()[1]}
        answer = post.lease((ids["G 1/a"], "sub"), (ids["U-1"], "main"), (ids["T-1"], "main"))
        zones = post.get("/v1/meta").json()["stream_zones"]
    assert_in_contract("POST", "/v1/stream-leases", answer)
    gambir, utara, timur = answer.json()["items"]
    assert [each["kind"] for each in gambir["endpoints"]] == ["relay", "camera"]
    assert gambir["endpoints"][0]["url"] == "rtsps://10.9.0.2:8322/gambir/G%201%2Fa"
    assert gambir["relay_login"] == {"username": "", "secret": ""}
    assert [each["url"] for each in utara["endpoints"]] == [
        "rtsp://10.9.0.3:8554/U-1/main",
        "rtsp://10.1.2.4/main",
    ]
    assert utara["relay_login"] == {"username": "pos", "secret": "lain"}
    assert (utara["username"], utara["secret"]) == ("admin", "rahasia")
    assert [each["kind"] for each in timur["endpoints"]] == ["camera"]
    assert "relay_login" not in timur
    assert {"10.9.0.1", "10.9.0.2", "10.9.0.3"} <= set(zones)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("PMJ,http://h/{code},,", "must begin with rtsp"),
        ("PMJ,rtsp://h/all,,", "the place of the camera's code"),
        ("PMJ,rtsp://pos:rahasia@h/{code},,", "a login has columns of its own"),
        ("PMJ,rtsp://{code}.h/x,,", "must begin with rtsp"),
        ("PMJ,rtsp://h:x/{code},,", "not well formed"),
        ("PMJ PMJ-01,rtsp://h/{code},,", "one code"),
        (",rtsp://h/{code},,", "one code"),
        ("PMJ,rtsp://h/{code},,\nPMJ,rtsp://g/{code},,", "twice"),
        ("PMJ,rtsp://h/{code},a,b,c", "more values"),
    ],
)
def test_bad_row_stops_the_start_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, reason: str
) -> None:
    relays = tmp_path / "relays.csv"
    relays.write_text(f"jurisdiction,url,username,password\n{row}\n", encoding="utf-8")
    assert main(["serve", "--data", str(tmp_path / "r.sqlite"), "--relays", str(relays)]) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert "relays.csv, row" in said
    assert "rahasia" not in said
