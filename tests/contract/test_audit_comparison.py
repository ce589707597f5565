"""A journal is held against what the registry has of it: every way in which both can differ is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from people_kit import serve
from reference_registry_kit import EVERYTHING, ServedRegistry
from sqlalchemy import delete, update

from app import cli
from app.audit.comparing import Comparison
from app.audit_comparison import compare_as
from app.config.settings import Settings
from app.config.settings_table import REGISTRY_URL
from app.core.journal import Head, canonical_line, relinked
from app.credentials import Identity, MemoryStore, enrol
from app.registry.client import RegistryApi
from tests.support.journal_kit import lines, the_file, write

SENT, UNSENT = 5, 2


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path) as served:
        yield served


@pytest.fixture
def identity(registry: ServedRegistry) -> Identity:
    api = RegistryApi(registry.url)
    found = enrol(api, MemoryStore(), registry.services.access.issue_code("post", EVERYTHING))
    api.close()
    return found


@pytest.fixture
def folder(registry: ServedRegistry, identity: Identity, tmp_path: Path) -> Path:
    """A journal of which the registry has all but the last two entries."""
    found = tmp_path / "journal"
    write(found, SENT + UNSENT)
    sent = registry.services.people.journal.append(identity.post_id, lines(found)[:SENT])
    assert sent.last.seq == SENT
    return found


def compared(registry: ServedRegistry, identity: Identity, folder: Path) -> Comparison:
    return compare_as(identity, registry.url, None, folder)


def test_the_same_journal_is_found_the_same(registry: ServedRegistry, identity: Identity, folder: Path) -> None:
    assert compared(registry, identity, folder) == Comparison(SENT, SENT, UNSENT)


def test_a_journal_of_many_pages_is_followed_to_its_end(
    registry: ServedRegistry, identity: Identity, tmp_path: Path
) -> None:
    write(tmp_path / "long", 2_100)
    for start in (0, 1_000, 2_000):
        registry.services.people.journal.append(identity.post_id, lines(tmp_path / "long")[start : start + 1_000])
    assert compared(registry, identity, tmp_path / "long") == Comparison(2_100, 2_100, 0)


def test_what_was_cleared_away_here_is_not_missed(
    registry: ServedRegistry, identity: Identity, folder: Path
) -> None:
    rest = lines(folder)[2:]
    the_file(folder).unlink()
    (folder / "journal-000000000003.ndjson").write_bytes(b"".join(line + b"\n" for line in rest))
    assert compared(registry, identity, folder) == Comparison(SENT - 2, SENT, UNSENT)


def test_a_journal_that_was_written_anew_with_fitting_hashes_is_found(
    registry: ServedRegistry, identity: Identity, folder: Path
) -> None:
    head, written = Head(), []
    for line in lines(folder):
        entry = json.loads(line)
        entry["detail"]["layout"] += "1" if entry["seq"] == 3 else ""
        again, head = relinked(head, canonical_line(entry))
        written.append(again)
    the_file(folder).write_bytes(b"".join(line + b"\n" for line in written))
    found = compared(registry, identity, folder)
    assert (found.compared, found.fault) == (2, "entry 3 is another one at the registry")


def test_entries_that_were_cut_off_here_are_named(
    registry: ServedRegistry, identity: Identity, folder: Path
) -> None:
    the_file(folder).write_bytes(b"".join(line + b"\n" for line in lines(folder)[: SENT - 1]))
    assert compared(registry, identity, folder).fault == (
        f"the registry has entry {SENT}, which is not on this PC any more"
    )


def test_an_entry_that_was_changed_at_the_registry_is_found(
    registry: ServedRegistry, identity: Identity, folder: Path
) -> None:
    table = registry.services.database.tables.people.audit_events
    changed = lines(folder)[2].decode().replace('"layout":"2"', '"layout":"9"')
    with registry.services.database.writing() as connection:
        connection.execute(update(table).where(table.c.seq == 3).values(record=changed))
    fault = compared(registry, identity, folder).fault
    assert fault == "what the registry has is no chain: entry 3 was changed after it was written"


def test_a_registry_that_was_restored_from_an_old_copy_is_told(
    registry: ServedRegistry, identity: Identity, folder: Path
) -> None:
    table = registry.services.database.tables.people.audit_events
    with registry.services.database.writing() as connection:
        connection.execute(delete(table).where(table.c.seq > 1))
    assert compared(registry, identity, folder) == Comparison(1, 1, SENT + UNSENT - 1)
    rest = lines(folder)[3:]
    the_file(folder).unlink()
    (folder / "journal-000000000004.ndjson").write_bytes(b"".join(line + b"\n" for line in rest))
    assert compared(registry, identity, folder).fault == (
        "the registry has the first 1 entries alone: those up to 3 are lost there"
    )


def test_a_registry_that_signs_for_another_end_is_found(
    registry: ServedRegistry, identity: Identity, folder: Path
) -> None:
    table = registry.services.database.tables.people.audit_events
    with registry.services.database.writing() as connection:
        connection.execute(update(table).where(table.c.seq == SENT).values(hash="0" * 64))
    assert compared(registry, identity, folder).fault == "the registry signs for another end than it tells"


def test_command_says_what_was_compared(
    registry: ServedRegistry,
    identity: Identity,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def as_this_post(settings: Settings, journal: Path) -> Comparison:
        assert settings.get(REGISTRY_URL) == ""
        return compare_as(identity, registry.url, None, journal)

    monkeypatch.setattr("app.audit_comparison.compare_with_registry", as_this_post)
    words = ["audit", "verify", "--against-registry", str(folder)]
    assert cli.main(words, lambda _: 9) == 0
    said = capsys.readouterr().out
    assert f"the registry signs for entry {SENT}: {SENT} compared word for word, all the same" in said
    assert f"the last {UNSENT} have not been sent yet" in said
    the_file(folder).write_bytes(b"".join(line + b"\n" for line in lines(folder)[:2]))
    assert cli.main(words, lambda _: 9) == 1
    assert "NOT AS THE REGISTRY HAS IT: the registry has entry 3" in capsys.readouterr().out


def test_pc_without_a_registry_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "verify", "--against-registry", str(folder)], lambda _: 9) == 2
    assert "no registry is known to this PC" in capsys.readouterr().err
    shutil.rmtree(folder)
