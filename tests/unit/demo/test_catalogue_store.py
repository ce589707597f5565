"""The registry's file: transactions, history and what a second opener sees."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ConfigError
from app.demo.catalogue.areas import load_jakarta
from app.demo.catalogue.jakarta import CAMERAS, TAG, camera_id
from app.demo.catalogue.record import Camera, Catalogue, Credential, StreamProfile
from app.demo.registry.cursor import Cursor, parse_cursor
from app.demo.registry.data_place import DataPlace
from app.demo.registry.database import Database
from app.demo.registry.models import Scope, Upsert
from app.demo.registry.offer import Offer, fill
from app.demo.registry.store import CatalogueStore, Gone, Page
from app.demo.registry.streams import SecretHolder, SimulatedStreams
from tests.support.places import NewPlace

EVERYTHING = Scope(units=("PMJ",))
NOW_S = 1_795_000_000.0


def make_camera(code: str, name: str = "Simpang") -> Camera:
    return Camera(
        id=camera_id(code),
        code=code,
        name=name,
        jurisdiction=load_jakarta().by_code["31.71.01.1001"].jurisdiction,
        profiles=(StreamProfile(id="sub", role="sub", codec="h264"),),
        credential=Credential(version=1),
        updated_at="2026-11-20T00:00:00Z",
    )


def make_catalogue(*codes: str) -> Catalogue:
    cameras = (make_camera(code).model_copy(update={"rev": rev}) for rev, code in enumerate(codes, start=1))
    return Catalogue("test", tuple(cameras), load_jakarta().jurisdictions(has_invented_cameras=True))


@pytest.fixture
def place(new_place: NewPlace) -> DataPlace:
    return new_place()


@pytest.fixture
def database(place: DataPlace) -> Iterator[Database]:
    with closing(Database(place)) as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> CatalogueStore:
    store = CatalogueStore(database, now_s=lambda: NOW_S)
    store.load(make_catalogue("A", "B"))
    return store


def told(store: CatalogueStore, cursor: str, limit: int = 100) -> list[str]:
    page = store.changes(EVERYTHING, cursor, limit)
    assert isinstance(page, Page)
    return [each.camera.code if isinstance(each, Upsert) else f"-{each.id}" for each in page.changes]


def test_new_file_holds_no_catalogue(database: Database) -> None:
    assert CatalogueStore(database).tag() is None
    assert CatalogueStore(database).snapshot(EVERYTHING).records == ()


def test_loading_begins_a_new_epoch(store: CatalogueStore) -> None:
    cursor, epoch = store.cursor(EVERYTHING), store.epoch()
    store.load(make_catalogue("C"))
    assert store.epoch() != epoch
    assert store.changes(EVERYTHING, cursor, 100) is Gone.CURSOR_EXPIRED
    assert len(store.snapshot(EVERYTHING).records) == 1


def test_an_older_demos_file_gets_the_new_catalogue_and_ends_its_history(
    store: CatalogueStore, tmp_path: Path
) -> None:
    store.load(replace(make_catalogue("A"), tag="jakarta-1"))
    cursor, offer = store.cursor(EVERYTHING), Offer(SimulatedStreams(None, SecretHolder(), "127.0.0.1:1"))
    fill(store, offer, tmp_path)
    assert store.tag() == TAG != "jakarta-1"
    assert store.changes(EVERYTHING, cursor, 100) is Gone.CURSOR_EXPIRED
    epoch, records = store.epoch(), store.snapshot(EVERYTHING).records
    assert len(records) == CAMERAS and all('"site":{"id":"site_' in record for record in records)
    fill(store, offer, tmp_path)
    assert store.epoch() == epoch


def test_change_sets_revision_and_time(store: CatalogueStore) -> None:
    store.upsert(make_camera("A"))
    camera = store.cameras(EVERYTHING, [camera_id("A")])[camera_id("A")]
    assert camera.rev == 3
    assert camera.updated_at == "2026-11-18T11:06:40Z"


def test_reconciling_touches_only_what_differs(store: CatalogueStore) -> None:
    cursor = store.cursor(EVERYTHING)
    wanted = make_catalogue("A", "B", "C")
    renamed = wanted.cameras[1].model_copy(update={"name": "Simpang Lima"})
    store.reconcile(Catalogue("test", (wanted.cameras[0], renamed, wanted.cameras[2]), wanted.jurisdictions))
    assert told(store, cursor) == ["B", "C"]
    store.reconcile(make_catalogue("C"))
    assert set(told(store, cursor)) == {f"-{camera_id('A')}", f"-{camera_id('B')}", "C"}


def test_history_is_kept_so_long_and_no_longer(database: Database) -> None:
    store = CatalogueStore(database, history_max=3)
    store.load(make_catalogue("A", "B"))
    cursors = [store.cursor(EVERYTHING)]
    for number in range(5):
        store.upsert(make_camera("A", f"Simpang {number}"))
        cursors.append(store.cursor(EVERYTHING))
    found = [store.changes(EVERYTHING, cursor, 100) for cursor in cursors]
    assert [each is Gone.CURSOR_EXPIRED for each in found] == [True, True, False, False, False, False]


def test_second_opener_is_noticed(store: CatalogueStore, database: Database, place: DataPlace) -> None:
    before = database.commits()
    assert database.commits() == before
    cursor = store.cursor(EVERYTHING)
    with closing(Database(place)) as other:
        CatalogueStore(other).upsert(make_camera("C"))
    assert database.commits() != before
    assert told(store, cursor) == ["C"]


def test_reader_sees_one_state_while_another_writes(store: CatalogueStore, database: Database) -> None:
    table = database.tables.cameras
    with database.reading() as connection:
        before = connection.execute(table.select()).all()
        store.upsert(make_camera("C"))
        assert connection.execute(table.select()).all() == before


def test_writers_take_turns(store: CatalogueStore, place: DataPlace) -> None:
    start_rev = int(store.cursor(EVERYTHING).split(".")[1])
    with closing(Database(place)) as other:
        stores = {"C": store, "D": store, "E": CatalogueStore(other), "F": CatalogueStore(other)}
        threads = [
            threading.Thread(target=lambda code=code, own=own: [own.upsert(make_camera(code)) for _ in range(10)])
            for code, own in stores.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert int(store.cursor(EVERYTHING).split(".")[1]) == start_rev + 40


def test_failed_change_leaves_nothing_behind(store: CatalogueStore) -> None:
    cursor = store.cursor(EVERYTHING)
    clash = make_camera("A").model_copy(update={"id": camera_id("other")})
    with pytest.raises(Exception, match=r"(?i)unique") as caught:
        store.upsert(make_camera("C"), clash)
    assert "Simpang" not in str(caught.value)
    assert store.cursor(EVERYTHING) == cursor
    assert told(store, cursor) == []


def test_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigError, match="another version"):
        Database(path)


@given(st.text())
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    cursor = parse_cursor(text)
    assert cursor is None or str(cursor) == text


@given(st.integers(0, 10**15 - 1))
def test_cursor_reads_back(rev: int) -> None:
    cursor = Cursor("0123abcd", rev, "ef456789")
    assert parse_cursor(str(cursor)) == cursor
