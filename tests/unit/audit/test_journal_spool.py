"""What the registry does not have yet: in order, whole lines only, gone on with after a restart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.audit.checkpoint import load_checkpoint
from app.audit.segments import segments
from app.audit.spool import KEPT_S, Spool
from app.core.journal import Head, follow
from tests.support.journal_kit import WRITTEN_AT_S, lines, nothing_lost, the_file, write

MANY_BYTES = 1_000_000


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audit.writer.SEGMENT_BYTES", 2000)


def acknowledge(spool: Spool, sent: list[bytes]) -> None:
    head = spool.acknowledged_head
    for line in sent:
        head = follow(head, line)
    spool.acknowledge(head, "signed")


def test_batches_are_all_entries_in_order(tmp_path: Path, small_files: None) -> None:
    write(tmp_path, 50)
    spool, sent = Spool(tmp_path, nothing_lost), []
    while batch := spool.batch(7, MANY_BYTES):
        assert len(batch) <= 7
        sent += batch
        acknowledge(spool, batch)
    assert sent == lines(tmp_path) and spool.acknowledged == 50


def test_what_is_not_acknowledged_comes_again(tmp_path: Path) -> None:
    write(tmp_path, 5)
    spool = Spool(tmp_path, nothing_lost)
    assert spool.batch(2, MANY_BYTES) == spool.batch(2, MANY_BYTES) == lines(tmp_path)[:2]


def test_a_restart_goes_on_where_the_registry_is(tmp_path: Path, small_files: None) -> None:
    write(tmp_path, 30)
    spool = Spool(tmp_path, nothing_lost)
    acknowledge(spool, spool.batch(20, MANY_BYTES))
    assert Spool(tmp_path, nothing_lost).batch(100, MANY_BYTES) == lines(tmp_path)[20:]


def test_a_batch_is_as_large_as_it_may_be_and_never_empty(tmp_path: Path) -> None:
    write(tmp_path, 3, "x" * 1000)
    spool = Spool(tmp_path, nothing_lost)
    assert len(spool.batch(10, 3000)) == 2
    assert len(spool.batch(10, 10)) == 1, "an entry that is larger goes alone"


def test_a_line_that_is_just_being_written_waits(tmp_path: Path) -> None:
    write(tmp_path, 2)
    file = the_file(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    assert len(Spool(tmp_path, nothing_lost).batch(10, MANY_BYTES)) == 1


def test_a_registry_that_lost_entries_gets_them_again(tmp_path: Path) -> None:
    write(tmp_path, 5)
    spool = Spool(tmp_path, nothing_lost)
    acknowledge(spool, spool.batch(4, MANY_BYTES))
    spool.acknowledge(follow(Head(), lines(tmp_path)[0]), "signed")
    assert spool.batch(10, MANY_BYTES) == lines(tmp_path)[1:]


def test_what_the_registry_has_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, 5)
    spool = Spool(tmp_path, nothing_lost)
    acknowledge(spool, spool.batch(3, MANY_BYTES))
    rest = spool.batch(10, MANY_BYTES)
    file = the_file(tmp_path)
    file.write_bytes(b"x" * (file.stat().st_size - sum(len(line) + 1 for line in rest)) + b"\n".join(rest) + b"\n")
    assert spool.batch(10, MANY_BYTES) == rest


def test_there_may_be_nothing_at_all(tmp_path: Path) -> None:
    assert Spool(tmp_path / "nowhere", nothing_lost).batch(10, MANY_BYTES) == []


def test_old_files_that_the_registry_has_whole_are_deleted(tmp_path: Path, small_files: None) -> None:
    write(tmp_path, 40)
    files = segments(tmp_path)
    for file in files[:-2]:
        os.utime(file.path, (0, 0))
    spool = Spool(tmp_path, lambda: WRITTEN_AT_S + KEPT_S)
    acknowledge(spool, spool.batch(files[2].first, MANY_BYTES))
    assert segments(tmp_path) == files[2:], "the first two are whole there; the third one only began"
    assert load_checkpoint(tmp_path) is not None


def test_the_last_file_stays_however_old_it_is(tmp_path: Path) -> None:
    write(tmp_path, 3)
    os.utime(the_file(tmp_path), (0, 0))
    spool = Spool(tmp_path, lambda: WRITTEN_AT_S + 2 * KEPT_S)
    acknowledge(spool, spool.batch(10, MANY_BYTES))
    write(tmp_path, 1)
    assert spool.batch(10, MANY_BYTES) == lines(tmp_path)[3:]
