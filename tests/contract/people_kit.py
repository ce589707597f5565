"""What the tests about officers share: a served registry with officers, their sign-ins, and a journal that is
written by rules of its own."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import requests
from reference_registry_kit import NOWHERE, PostClient, ServedRegistry, assert_in_contract

from app.demo.catalogue.record import Camera
from app.demo.registry.data_place import DataPlace
from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer, Role
from app.demo.registry.pins import PinHasher
from app.demo.registry.streams import SecretHolder, SimulatedStreams

PIN = "204817"
WRONG_PIN = "000000"
CITY = Scope(units=("PMJ",))
GENESIS = "0" * 64
PIN_HASH = PinHasher().hash(PIN)
"""Made once: it takes 30 ms."""


def serve(folder: Path, cameras: Iterable[Camera] = (), data: DataPlace | None = None) -> ServedRegistry:
    """A registry without streams; `data` of an earlier one starts that again."""
    return ServedRegistry(folder, cameras, SimulatedStreams(None, SecretHolder(), NOWHERE), data=data)


def add_officer(
    registry: ServedRegistry, service_number: str, role: Role = Role.OFFICER, scope: Scope = CITY
) -> Officer:
    """An officer whose PIN is `PIN`."""
    officer = Officer(uuid.uuid4(), service_number, f"Petugas {service_number}", role, scope)
    assert registry.services.people.officers.add(officer, PIN_HASH)
    return officer


def asked(
    post: PostClient, method: str, path: str, shift: Mapping[str, Any] | None = None, **options: Any
) -> requests.Response:
    """One request, in an officer's name where a shift is given; the answer follows the contract."""
    headers = {"Pantau-Shift": str(shift["token"])} if shift else {}
    answer = post.ask(method, path, {**headers, **options.pop("headers", {})}, **options)
    assert_in_contract(method, path, answer)
    return answer


def sign_in(post: PostClient, service_number: str, pin: str = PIN) -> requests.Response:
    """A try to start a shift."""
    return asked(post, "POST", "/v1/shifts", json={"service_number": service_number, "pin": pin})


def started(post: PostClient, service_number: str, pin: str = PIN) -> dict[str, Any]:
    """A shift that has begun."""
    answer = sign_in(post, service_number, pin)
    assert answer.status_code == 201, answer.text
    shift: dict[str, Any] = answer.json()
    return shift


def beat(post: PostClient, shift: Mapping[str, Any] | None = None) -> requests.Response:
    """A heartbeat."""
    body = {"version": "0.1.0", "tiles": 16, "live": 15, "uptime_s": 12.5, "audit_seq": 7}
    return asked(post, "POST", "/v1/heartbeats", shift, json=body)


class Journal:
    """A post's own journal, written without the registry's code."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def write(self, kind: str = "note", **members: Any) -> dict[str, Any]:
        """The next line."""
        seq = len(self.lines) + 1
        line: dict[str, Any] = {
            "id": f"0198c2f4-6c1e-7a51-9b7e-{seq:012x}",
            "seq": seq,
            "prev": self.lines[-1]["hash"] if self.lines else GENESIS,
            "at": "2026-11-20T08:11:02.431Z",
            "kind": kind,
            "detail": {},
            **members,
        }
        line["hash"] = line_hash(line)
        self.lines.append(line)
        return line

    def write_many(self, count: int) -> None:
        """That many lines of a usual length."""
        for number in range(count):
            self.write("tile-state", camera_id=str(uuid.UUID(int=number)), detail={"text": "x" * 100})


def line_hash(line: Mapping[str, Any]) -> str:
    """The contract's hash of a line."""
    rest = {name: value for name, value in line.items() if name != "hash"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def send(post: PostClient, lines: Iterable[Mapping[str, Any]]) -> requests.Response:
    """Send lines of a journal."""
    return send_raw(post, "".join(f"{json.dumps(line)}\n" for line in lines).encode())


def send_raw(post: PostClient, body: bytes) -> requests.Response:
    """Send what may be no journal at all."""
    headers = {"Content-Type": "application/x-ndjson"}
    return asked(post, "POST", "/v1/audit-events", headers=headers, data=body)
