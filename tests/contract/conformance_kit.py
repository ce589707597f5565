"""What the tests of the conformance suite share: the reference registry with a few cameras and two officers, sound
or with a break in it, and a visit of the suite."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Self

from people_kit import PIN, add_officer
from reference_registry_kit import FixedStreams, ServedRegistry, make_camera
from starlette.types import ASGIApp

from app.conformance.contract import load_contract
from app.conformance.guest import Guest, OfficerPin
from app.conformance.suite import Verdict, run_checks
from app.conformance.verdict import Outcome
from app.conformance.visit import Visit
from app.conformance.wire import Wire
from app.core.redact import Secret
from app.demo.catalogue.record import Camera, Credential, Privacy
from app.demo.registry.models import Scope
from app.demo.registry.officers import Role
from app.demo.registry.services import Services
from app.demo.registry.streams import StreamAccess
from tests.support.wrong_registry import Break, WrongRegistry

OFFICER, NEXT_OFFICER = "86040317", "91110562"
ROLES = (Role.OFFICER, Role.CHIEF)
CANARY = "kata-sandi-rahasia-7301"
"""The password of every camera."""
SCOPE = Scope(units=("PMJ-01",), areas=())
"""Central Jakarta."""
SOUND = Break("", "nothing")


@cache
def cameras() -> tuple[Camera, ...]:
    """Some of Central Jakarta, one of them private and one not in service, and one of another city."""
    private = Privacy.model_validate({"class": "private_office", "purposes": ["security", "disaster"]})
    return (
        make_camera("A-1", credential=Credential(version=3)),
        make_camera("A-2"),
        make_camera("A-3", privacy=private),
        make_camera("A-4", status={"lifecycle": "planned"}),
        make_camera("B-1", kelurahan_code="31.74.01.1001"),
    )


def checked_registry(folder: Path, broken: Break = SOUND, **options: Any) -> ServedRegistry:
    """A registry with officers, and with something wrong."""
    return wrapped_registry(folder, lambda app, services: WrongRegistry(app, services, broken), **options)


def wrapped_registry(
    folder: Path, wrap: Callable[[ASGIApp, Services], WrongRegistry], **options: Any
) -> ServedRegistry:
    """A registry with officers, behind whatever may be wrong with it."""
    streams = FixedStreams(StreamAccess("rtsp://127.0.0.1:554/live", "pantau", Secret(CANARY)))
    registry = ServedRegistry(folder, cameras(), streams, wrap, **options)
    for number, role in zip((OFFICER, NEXT_OFFICER), ROLES, strict=True):
        add_officer(registry, number, role)
    return registry


class BreakableRegistry:
    """One registry with one thing wrong after the other: to start it takes longer than to look at it.

    Each visit has a post, officers and an address of its own, so that nothing of an earlier one is held against
    it. A context manager.

    Args:
        folder: of its file.
    """

    def __init__(self, folder: Path) -> None:
        self._wrongs: list[WrongRegistry] = []
        self._served = wrapped_registry(folder, self._wrap)
        self._visits = count()

    def _wrap(self, app: ASGIApp, services: Services) -> WrongRegistry:
        self._wrongs.append(WrongRegistry(app, services, SOUND))
        return self._wrongs[0]

    def __enter__(self) -> Self:
        self._served.__enter__()
        self.visit_with(SOUND)  # what starts with the first requests belongs to the registry, not to a test
        return self

    def __exit__(self, *error: Any) -> None:
        self._served.__exit__(*error)

    def visit_with(self, broken: Break, only: Collection[str] = (), *, wait_s: int = 0) -> Verdict:
        """What the suite finds where that is wrong with the registry."""
        assert broken.wound is None, "a wound does not heal"
        (wrong,) = self._wrongs
        number = next(self._visits)
        wrong.broken, wrong.before, wrong.peer = broken, {}, f"127.1.{number // 256}.{number % 256}"
        numbers = [f"{each}{number:04}" for each in ("8604", "9111")]
        for each, role in zip(numbers, ROLES, strict=True):
            add_officer(self._served, each, role)
        code = self._served.services.access.issue_code(f"Pos {number}", SCOPE)
        guest = Guest(Secret(code), *officers(*numbers), wait_s=wait_s)
        return run_checks(new_visit(self._served, guest), only, lambda *_: None)


def code_for(registry: ServedRegistry, name: str = "Pos Uji") -> str:
    """An enrolment code."""
    return registry.services.access.issue_code(name, SCOPE)


def officers(*numbers: str) -> tuple[OfficerPin, OfficerPin]:
    """Two with their PINs; those that every registry has where none are named."""
    one, next_one = numbers or (OFFICER, NEXT_OFFICER)
    return OfficerPin(one, Secret(PIN)), OfficerPin(next_one, Secret(PIN))


def new_visit(registry: ServedRegistry, guest: Guest, url: str = "", ca_file: Path | None = None) -> Visit:
    """A visit that has not begun."""
    return Visit(Wire(url or registry.url, ca_file), load_contract(), guest)


def visit(
    registry: ServedRegistry,
    only: Collection[str] = (),
    *,
    wait_s: int = 0,
    url: str = "",
    ca_file: Path | None = None,
    has_officers: bool = True,
) -> Verdict:
    """Let the suite look at a registry."""
    guest = Guest(Secret(code_for(registry)), *(officers() if has_officers else (None, None)), wait_s=wait_s)
    return run_checks(new_visit(registry, guest, url, ca_file), only, lambda *_: None)


def names(verdict: Verdict, outcome: Outcome) -> set[str]:
    """The checks that came out so."""
    return {each.name for each in verdict.results if each.outcome is outcome}
