"""What the next officer has to know: dead tiles since when, incidents, and what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.console.handover import INCIDENT, Handover
from app.core.commands import TileId
from app.core.errors import ConfigError
from app.core.incident import OPEN_MAX, Incident
from app.core.journal import Kind
from app.core.model import CameraId
from app.core.tile_status import Sign, TileStatus
from tests.fakes.fake_console import FakeConsole, a_console
from tests.fakes.fake_journal import FakeJournal

TILE = TileId(1, 2)
CAMERA = CameraId("0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001")


class FakeStore:
    """Implements `app.console.handover.IncidentStore` in memory; fails when it is told to."""

    def __init__(self, *incidents: Incident) -> None:
        self.kept: Sequence[Incident] = incidents
        self.is_broken = False

    def load(self) -> Sequence[Incident]:
        if self.is_broken:
            raise ConfigError("incidents.json is broken")
        return self.kept

    def save(self, incidents: Sequence[Incident]) -> None:
        if self.is_broken:
            raise ConfigError("the disk is full")
        self.kept = tuple(incidents)


def _handover(store: FakeStore | None = None) -> tuple[Handover, FakeJournal]:
    journal = FakeJournal()
    return Handover(journal, store, lambda: 5000.0), journal


def test_tiles_without_a_live_picture_are_listed_with_since_when(console: FakeConsole) -> None:
    handover, _ = _handover()
    for number, sign in ((1, Sign.LIVE), (2, Sign.LOST)):
        console.statuses[TileId(1, number)] = TileStatus(TileId(1, number), sign)
    handover.look(console, 100.0)
    handover.look(console, 130.0)
    items = handover.items(140.0)
    lost = next(item for item in items if item.tile == "1.2")
    assert (lost.state, lost.since_s) == ("lost", 40.0)
    assert not [item for item in items if item.tile == "1.1"]


def test_a_tile_that_came_back_is_listed_anew_when_it_goes_again(console: FakeConsole) -> None:
    handover, _ = _handover()
    tile = TileId(1, 1)
    for sign, now_s in ((Sign.LOST, 0.0), (Sign.LIVE, 50.0), (Sign.STALE, 60.0)):
        console.statuses[tile] = TileStatus(tile, sign)
        handover.look(console, now_s)
    item = next(item for item in handover.items(61.0) if item.tile == "1.1")
    assert (item.state, item.since_s) == ("stale", 1.0)


def test_an_incident_is_noted_first_on_the_list_kept_and_closed() -> None:
    store = FakeStore()
    handover, journal = _handover(store)
    handover.note(TILE, CAMERA, "  Truk mogok ", "Sari")
    (item,) = handover.items(0.0)
    assert (item.tile, item.camera, item.state, item.since_s, item.text) == (
        "1.2",
        CAMERA,
        INCIDENT,
        0.0,
        "Truk mogok",
    )
    assert [each.text for each in store.kept] == ["Truk mogok"]
    handover.close(handover.incidents[0])
    assert (handover.items(0.0), list(store.kept)) == ([], [])
    said = [(event.kind, dict(event.detail)["what"], event.camera) for event in journal.events]
    assert said == [(Kind.INCIDENT, "opened", CAMERA), (Kind.INCIDENT, "closed", CAMERA)]


def test_incidents_of_the_last_run_are_still_open() -> None:
    handover, _ = _handover(FakeStore(Incident(CAMERA, "1.1", "Banjir", "Dimas", 4000.0)))
    (item,) = handover.items(0.0)
    assert (item.text, item.since_s) == ("Banjir", 1000.0)


def test_an_incident_that_cannot_be_kept_is_refused_and_nothing_changes() -> None:
    store = FakeStore()
    handover, journal = _handover(store)
    handover.note(TILE, CAMERA, "Banjir", "")
    store.is_broken = True
    with pytest.raises(ConfigError, match="disk is full"):
        handover.note(TILE, CAMERA, "Api", "")
    with pytest.raises(ConfigError, match="disk is full"):
        handover.close(handover.incidents[0])
    assert [each.text for each in handover.incidents] == ["Banjir"]
    assert len(journal.events) == 1


def test_a_file_that_cannot_be_read_is_said_and_the_list_begins_empty() -> None:
    store = FakeStore()
    store.is_broken = True
    handover, _ = _handover(store)
    assert (str(handover.problem), handover.incidents) == ("incidents.json is broken", ())


def test_more_incidents_than_anybody_reads_are_refused() -> None:
    handover, _ = _handover(FakeStore(*[Incident(CAMERA, "1.1", "x", "", 0.0)] * OPEN_MAX))
    with pytest.raises(ConfigError, match="close one first"):
        handover.note(TILE, CAMERA, "satu lagi", "")


@pytest.fixture
def console() -> FakeConsole:
    """A wall whose first two tiles have cameras."""
    return a_console("4", tiles=2)
