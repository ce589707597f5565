"""The journal on the disk: nothing written is lost, nothing doubtful is gone on with, nothing is thrown away."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from app.audit import segments as segments_module
from app.audit.checkpoint import Checkpoint, save_checkpoint
from app.audit.segments import segments
from app.audit.verifying import verify
from app.audit.writer import Journal
from app.core.errors import ConfigError
from app.core.journal import Head, follow
from tests.support.journal_kit import WRITTEN_AT_S, an_event, lines, the_file, write
from tests.waiting import until


def kinds(folder: Path) -> list[str]:
    return [json.loads(line)["kind"] for line in lines(folder)]


def head_after(folder: Path, count: int) -> Head:
    head = Head()
    for line in lines(folder)[:count]:
        head = follow(head, line)
    return head


def test_entries_follow_each_other_over_restarts(tmp_path: Path) -> None:
    write(tmp_path, 3)
    write(tmp_path, 2)
    verdict = verify(tmp_path)
    assert (verdict.entries, verdict.first, verdict.head.seq, verdict.fault) == (5, 1, 5, "")
    assert len(segments(tmp_path)) == 1


def test_an_entry_has_an_id_of_its_time_and_its_officer(tmp_path: Path) -> None:
    journal = Journal(tmp_path, lambda: WRITTEN_AT_S)
    journal.write(an_event(0))
    journal.set_officer("officer-7")
    journal.write(an_event(1))
    journal.close()
    first, second = map(json.loads, lines(tmp_path))
    assert "officer_id" not in first and second["officer_id"] == "officer-7"
    ids = [UUID(first["id"]), UUID(second["id"])]
    assert all(each.version == 7 and each.variant == "specified in RFC 4122" for each in ids)
    assert all(each.int >> 80 == WRITTEN_AT_S * 1000 for each in ids) and ids[0] != ids[1]


def test_a_written_entry_can_be_read_by_others_at_once(tmp_path: Path) -> None:
    told = []
    journal = Journal(tmp_path, on_written=lambda: told.append(len(lines(tmp_path))))
    journal.write(an_event(0))
    journal.write(an_event(1))
    assert told == [1, 2]
    journal.close()


def test_a_long_journal_has_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audit.writer.SEGMENT_BYTES", 2000)
    write(tmp_path, 40)
    write(tmp_path, 40)
    files = segments(tmp_path)
    assert len(files) > 5 and [file.first for file in files] == sorted(file.first for file in files)
    assert verify(tmp_path).entries == 80


def test_two_consoles_do_not_write_one_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(ConfigError, match="another console of this PC writes the journal"):
        Journal(tmp_path)
    journal.close()
    write(tmp_path, 1)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="the journal cannot be written: "):
        Journal(tmp_path / "file" / "journal")


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    write(tmp_path / "journal", 1)
    if os.name == "posix":
        assert (tmp_path / "journal").stat().st_mode & 0o077 == 0
        assert the_file(tmp_path / "journal").stat().st_mode & 0o077 == 0


# --- a disk that takes no more ---


def test_what_a_full_disk_did_not_take_follows_when_it_does_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    journal.write(an_event(0))
    really_write = os.write

    def half(descriptor: int, data: bytes) -> int:
        really_write(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.audit.writer.os.write", half)
    journal.write(an_event(1))
    journal.write(an_event(2))
    assert journal.is_behind and journal.head.seq == 1 and len(lines(tmp_path)) == 1
    monkeypatch.setattr("app.audit.writer.os.write", really_write)
    journal.write(an_event(3))
    assert not journal.is_behind
    journal.close()
    assert verify(tmp_path).entries == 4
    assert [json.loads(line)["detail"]["layout"] for line in lines(tmp_path)] == ["0", "1", "2", "3"]


# --- what is found at the start ---


@pytest.mark.parametrize("left_bytes", [1, 20, -1])
def test_a_line_torn_off_in_a_write_is_put_aside_and_told(tmp_path: Path, left_bytes: int) -> None:
    write(tmp_path, 3)
    file = the_file(tmp_path)
    data = file.read_bytes()
    start = data.rindex(b"\n", 0, -1) + 1
    torn = data[start:][:left_bytes]
    file.write_bytes(data[:start] + torn)
    write(tmp_path, 1)
    assert kinds(tmp_path) == ["layout-changed"] * 2 + ["journal-repaired", "layout-changed"]
    assert verify(tmp_path).fault == ""
    (aside,) = tmp_path.glob("aside-*")
    assert aside.read_bytes() == torn
    assert json.loads(lines(tmp_path)[2])["detail"]["row"] == 3


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes a part of what is put aside and no more."""
    really_write = Path.write_bytes

    def some(path: Path, data: bytes) -> int:
        really_write(path, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", some)


def test_a_torn_line_goes_where_the_disk_has_no_room_for_it(tmp_path: Path, full_disk: None) -> None:
    write(tmp_path, 2)
    with the_file(tmp_path).open("ab") as file:
        file.write(b'{"torn')
    write(tmp_path, 1)
    assert kinds(tmp_path) == ["layout-changed"] * 2 + ["journal-repaired", "layout-changed"]
    assert verify(tmp_path).fault == "" and not list(tmp_path.glob("aside-*"))
    assert json.loads(lines(tmp_path)[2])["detail"]["thrown_away_bytes"] == 6


def test_an_edited_entry_goes_nowhere_while_the_disk_has_no_room(tmp_path: Path, full_disk: None) -> None:
    write(tmp_path, 4)
    file = the_file(tmp_path)
    before = file.read_bytes().replace(b'"layout":"2"', b'"layout":"9"')
    file.write_text(before.decode(), newline="")
    for _ in range(2):
        with pytest.raises(ConfigError, match="No space left"):
            Journal(tmp_path)
    assert file.read_bytes() == before and not list(tmp_path.glob("aside-*"))


@pytest.mark.parametrize("row", [1, 2, 4])
def test_what_follows_on_an_edited_entry_is_put_aside_and_told(tmp_path: Path, row: int) -> None:
    write(tmp_path, 4)
    file = the_file(tmp_path)
    written = file.read_bytes().splitlines(keepends=True)
    written[row - 1] = written[row - 1].replace(b"layout-changed", b"layout-chanced")
    file.write_bytes(b"".join(written))
    write(tmp_path, 1)
    assert kinds(tmp_path) == ["layout-changed"] * (row - 1) + ["journal-repaired", "layout-changed"]
    assert verify(tmp_path).fault == ""
    (aside,) = tmp_path.glob("aside-*")
    assert aside.read_bytes() == b"".join(written[row - 1 :])


def test_files_after_a_broken_one_are_put_aside_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audit.writer.SEGMENT_BYTES", 2000)
    write(tmp_path, 40)
    before = segments(tmp_path)
    broken = before[1].path
    broken.write_bytes(broken.read_bytes().replace(b"layout-changed", b"layout-chanced", 1))
    write(tmp_path, 1)
    assert verify(tmp_path).fault == ""
    assert len(list(tmp_path.glob("aside-*"))) == len(before) - 1
    assert kinds(tmp_path)[-2:] == ["journal-repaired", "layout-changed"]


@pytest.mark.parametrize("acknowledged", [3, 5])
def test_entries_that_the_registry_has_are_never_written_a_second_time(tmp_path: Path, acknowledged: int) -> None:
    """Somebody cut the file's end off: new entries go on after what the registry has."""
    write(tmp_path, 5)
    known = head_after(tmp_path, acknowledged)
    save_checkpoint(tmp_path, Checkpoint(known, "signed"))
    file = the_file(tmp_path)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:2]))
    write(tmp_path, 1)
    new = lines(tmp_path)[2:]
    assert follow(follow(known, new[0]), new[1]).seq == acknowledged + 2
    assert json.loads(new[0])["detail"]["reason"] == f"entries 3 to {acknowledged} are not on this PC any more"


def test_a_journal_that_is_gone_goes_on_after_what_the_registry_has(tmp_path: Path) -> None:
    write(tmp_path, 3)
    save_checkpoint(tmp_path, Checkpoint(head_after(tmp_path, 3), "signed"))
    the_file(tmp_path).unlink()
    write(tmp_path, 1)
    assert [json.loads(line)["seq"] for line in lines(tmp_path)] == [4, 5]


def test_a_lost_journal_that_goes_on_in_the_name_of_an_old_file_keeps_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.audit.writer.SEGMENT_BYTES", 2000)
    journal = Journal(tmp_path)
    for number in range(20):
        journal.write(an_event(number))
    before = {segment.path.name: segment.path.read_bytes() for segment in segments(tmp_path)}
    first = segments(tmp_path)[1].first
    journal.go_on_after(Head(first - 1, "a" * 64), "signature")
    journal.write(an_event(20))
    journal.close()
    asides = {file.name.partition("-journal-")[2]: file.read_bytes() for file in tmp_path.glob("aside-*")}
    assert {f"journal-{name}": data for name, data in asides.items()} == before, "nothing is thrown away"
    told = [json.loads(line)["detail"].get("layout") for line in lines(tmp_path)]
    assert told == [None, *map(str, range(21))]
    assert segments(tmp_path)[0].first == first and verify(tmp_path).fault == ""


def test_entries_missing_before_the_first_file_put_it_aside(tmp_path: Path) -> None:
    write(tmp_path, 2)
    save_checkpoint(tmp_path, Checkpoint(head_after(tmp_path, 2), "signed"))
    file = the_file(tmp_path)
    write(tmp_path, 3)
    kept = lines(tmp_path)[3:]
    file.unlink()
    (tmp_path / "journal-000000000004.ndjson").write_bytes(b"".join(line + b"\n" for line in kept))
    write(tmp_path, 0)
    assert json.loads(lines(tmp_path)[0])["detail"]["reason"] == "entries 3 to 3 are not there"
    assert len(list(tmp_path.glob("aside-*"))) == 1


def test_another_chain_than_the_registrys_is_put_aside(tmp_path: Path) -> None:
    write(tmp_path, 2)
    known = Head(2, "ab" * 32)
    save_checkpoint(tmp_path, Checkpoint(known, "signed"))
    write(tmp_path, 0)
    other, missing = lines(tmp_path)[1:]
    assert "is not the one that the registry has" in json.loads(other)["detail"]["reason"]
    assert json.loads(missing)["detail"]["reason"] == "entries 2 to 2 are not on this PC any more"
    assert follow(follow(known, other), missing).seq == 4


@pytest.mark.parametrize("text", ["", "{", "[]", '{"seq":0,"hash":"","signature":""}', "[" * 60_000])
def test_a_broken_checkpoint_loses_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path, 3)
    (tmp_path / "acknowledged.json").write_text(text)
    write(tmp_path, 1)
    assert kinds(tmp_path) == ["layout-changed"] * 4


# --- kill -9 ---

KILLED = """
import sys
from pathlib import Path
from tests.support.journal_kit import an_event
from app.audit.writer import Journal
journal = Journal(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    journal.write(an_event(number, "x" * (number % 700)))
    print(number, flush=True)
    number += 1
"""


def is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_nothing_is_lost_over_kills_at_any_moment(tmp_path: Path) -> None:
    """What was reported as written is in the journal, in order and once, however its writer was killed."""
    lots, written = Random(1), 0
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), str(written)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        reported = [int(process.stdout.readline()) for _ in range(lots.randrange(1, 60))]
        process.send_signal(signal.SIGKILL)
        reported += [int(line) for line in process.stdout.read().split()]
        process.stdout.close()
        process.wait()
        written = max(reported) + 1
        rows = lines(tmp_path)
        if not is_json(rows[-1]):
            rows.pop()  # torn by the kill, and never reported
        entries = [json.loads(row) for row in rows]
        found = [entry["detail"]["layout"] for entry in entries if "layout" in entry["detail"]]
        assert found[:written] == [str(number) for number in range(len(found))][:written]
        assert len(found) - written in (0, 1), "the last one may have been written and not reported"
        written = len(found)
    assert verify(tmp_path).fault == "" and verify(tmp_path).entries >= written


# --- onto the disk ---


def test_entries_come_onto_the_disk_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = threading.Event()
    monkeypatch.setattr("app.audit.writer.os.fsync", lambda _: synced.set())
    monkeypatch.setattr("app.audit.writer.SYNC_PERIOD_S", 0.01)
    journal = Journal(tmp_path)
    journal.write(an_event(0))
    until(synced.is_set, what="the entry on the disk")
    journal.close()


def test_rows_of_any_length_are_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "journal-000000000001.ndjson"
    path.write_bytes(b"x" * 100_000 + b"\ny\n")
    found = list(segments_module.rows(path))
    assert max(len(row.line) for row in found) < 20_000
    assert found[-1].line == b"y" and found[-1].end == 100_003
