"""Shared layouts, a post's client against the reference registry: listed, changed with `If-Match`, kept."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from people_kit import serve
from reference_registry_kit import NO_PIN, ServedRegistry
from registry_client_parts import Messages, QuickRandom
from wall_kit import CAMERA, CAMERAS, GAMBIR, PUSAT, UTARA

from app.core.layout import uniform_layout
from app.core.model import CameraId
from app.core.saved_layout import SavedLayout, SharedMark
from app.core.shared import DeleteShared, ShareAnswered, SharedListed, ShareLayout
from app.credentials import Identity, MemoryStore, enrol
from app.demo.registry.models import Scope
from app.demo.registry.officers import Officer, Role
from app.registry import sharing
from app.registry.client import RegistryApi
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.shared_cache import FILE_NAME, SharedCache
from app.registry.shared_layouts import Listed
from app.registry.sharing import SharingDesk

PAGI = SavedLayout(replace(uniform_layout(2), name="Pagi"), {1: CameraId(str(CAMERA.id))})
NEW = SharedMark("0198c2f4-6c1e-4a51-9b7e-2f60c1d7a001", 0, "Pagi", "", "", "PMJ-0101", ("PMJ-0101",))


@dataclass(frozen=True, slots=True)
class Console:
    """An officer's console at a post."""

    desk: SharingDesk
    inbox: Messages
    officer: Officer


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[ServedRegistry]:
    with serve(tmp_path, CAMERAS) as served:
        yield served


def enrolled(registry: ServedRegistry, scope: Scope) -> Identity:
    """A post of that scope."""
    api = RegistryApi(registry.url)
    found = enrol(api, MemoryStore(), registry.services.access.issue_code(uuid.uuid4().hex, scope))
    api.close()
    return found


@contextmanager
def at_work(
    registry: ServedRegistry,
    scope: Scope = GAMBIR,
    name: str = "Bripka Dewi",
    role: Role = Role.OFFICER,
    cache: SharedCache | None = None,
    url: str = "",
) -> Iterator[Console]:
    """An officer on duty at a post of their own."""
    identity = enrolled(registry, scope)
    officer = Officer(uuid.uuid4(), uuid.uuid4().hex, name, role, scope)
    people = registry.services.people
    assert people.officers.add(officer, NO_PIN)
    shift = {"Pantau-Shift": people.shifts.start(identity.post_id, officer).token}
    api, inbox = RegistryApi(url or registry.url, identity), Messages()
    desk = SharingDesk(api, Link(inbox), OnDuty(lambda: shift), cache, QuickRandom(), time.monotonic)
    desk.thread.start()
    try:
        yield Console(desk, inbox, officer)
    finally:
        desk.stop()
        api.close()
        desk.thread.join()


def answer(console: Console, request: ShareLayout | DeleteShared) -> ShareAnswered:
    """What becomes of a request."""
    console.desk.send(request)
    return console.inbox.take(ShareAnswered)


def known(console: Console) -> tuple[SavedLayout, ...]:
    """What was told last."""
    return next(each for each in reversed(console.inbox.all) if isinstance(each, SharedListed)).layouts


def test_a_layout_is_shared_with_units_and_read_there(registry: ServedRegistry) -> None:
    with at_work(registry) as dewi:
        assert dewi.inbox.take(SharedListed) == SharedListed(())
        assert answer(dewi, ShareLayout(NEW, PAGI)).problem is None
        (own,) = known(dewi)
        mark = own.shared
        assert mark is not None and (own.cameras, mark.readers, mark.unit) == (PAGI.cameras, NEW.readers, NEW.unit)
        assert (mark.owner, mark.owner_name, mark.revision > 0) == (str(dewi.officer.id), "Bripka Dewi", True)
        with at_work(registry, name="Bripka Rina") as rina, at_work(registry, UTARA) as stranger:
            assert rina.inbox.take(SharedListed).layouts == (own,)
            assert stranger.inbox.take(SharedListed).layouts == ()
            refused = answer(rina, ShareLayout(mark, PAGI))
            assert refused.conflict is None and "Only its owner" in str(refused.problem)


def named(name: str, mark: SharedMark = NEW) -> ShareLayout:
    """A request to share a layout of that name, or to give that name to a shared one."""
    made = replace(mark, id=str(uuid.uuid4())) if mark is NEW else mark
    return ShareLayout(replace(made, name=name), replace(PAGI, grid=replace(PAGI.grid, name=name)))


def test_a_layout_that_cannot_be_read_keeps_nobody_from_the_others(registry: ServedRegistry) -> None:
    with at_work(registry) as dewi:
        for name in ("Pagi", "Pos 1 rtsp://lama", "Siang"):
            assert answer(dewi, named(name)).problem is None
        assert {each.name for each in known(dewi)} == {"Pagi", "Siang"}
        (pagi,) = (each for each in known(dewi) if each.name == "Pagi")
        assert pagi.shared is not None
        with at_work(registry, name="Bripka Rina") as rina:
            told = rina.inbox.take(SharedListed)
            assert told.is_fresh and {each.name for each in told.layouts} == {"Pagi", "Siang"}
            assert answer(dewi, named("rtsp://", pagi.shared)).problem is None
            assert pagi in known(dewi), "as it was last read"


def test_a_layout_that_is_gone_before_it_is_fetched_is_left_out_alone(registry: ServedRegistry) -> None:
    with at_work(registry) as dewi:
        for name in ("Pagi", "Siang"):
            assert answer(dewi, named(name)).problem is None
        gone, *_ = known(dewi)
        with at_work(registry, name="Bripka Rina") as rina:
            rina.inbox.take(SharedListed)
            listed = rina.desk._listed
            rina.desk._listed = lambda sent: [*listed(sent), Listed(str(uuid.uuid4()), 1)]  # type: ignore[method-assign]
            assert gone.shared is not None
            assert answer(dewi, DeleteShared(gone.shared)).problem is None
            rina.desk.refresh()
            told = rina.inbox.take(SharedListed)
            assert told.is_fresh and len(told.layouts) == 1


def test_a_change_over_somebody_elses_is_a_conflict_until_it_is_seen(registry: ServedRegistry) -> None:
    with at_work(registry) as dewi, at_work(registry, PUSAT, "Kompol Sari", Role.CHIEF) as sari:
        assert answer(dewi, ShareLayout(NEW, PAGI)).problem is None
        (first,) = known(dewi)
        assert first.shared is not None
        changed = replace(first.shared, name="Pagi sekali")
        named = replace(PAGI, grid=replace(PAGI.grid, name="Pagi sekali"))
        assert answer(sari, ShareLayout(changed, named)).problem is None
        for request in (ShareLayout(first.shared, PAGI), DeleteShared(first.shared)):
            conflict = answer(dewi, request).conflict
            assert conflict is not None and conflict.author is not None
            assert (conflict.author.name, conflict.changed_s is not None) == ("Kompol Sari", True)
        (newer,) = known(dewi)
        assert newer.name == "Pagi sekali" and newer.shared is not None, "the newer one is there to be looked at"
        assert answer(dewi, DeleteShared(newer.shared)).problem is None
        assert known(dewi) == ()


def test_what_changed_alone_is_fetched(registry: ServedRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
    with at_work(registry) as dewi:
        for number in range(3):
            mark = replace(NEW, id=str(uuid.uuid4()), name=f"Pagi {number}")
            answer(dewi, ShareLayout(mark, replace(PAGI, grid=replace(PAGI.grid, name=mark.name))))
        fetched: list[str] = []
        parse = sharing.parse_shared

        def counted(value: object) -> SavedLayout:
            found = parse(value)
            fetched.append(found.name)
            return found

        monkeypatch.setattr(sharing, "parse_shared", counted)
        changed = next(each for each in known(dewi) if each.name == "Pagi 1")
        assert changed.shared is not None
        answer(dewi, ShareLayout(changed.shared, replace(changed, is_locked=True, shared=None)))
        assert fetched == ["Pagi 1"] and [each.is_locked for each in known(dewi)].count(True) == 1


def test_the_list_comes_page_by_page(registry: ServedRegistry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LAYOUTS_LIMIT", 2)
    with at_work(registry) as dewi:
        for _ in range(5):
            answer(dewi, ShareLayout(replace(NEW, id=str(uuid.uuid4())), PAGI))
        assert len(known(dewi)) == 5


def test_without_the_registry_the_last_known_ones_are_there_and_marked(
    registry: ServedRegistry, tmp_path: Path
) -> None:
    cache = SharedCache(tmp_path / "kept", "https://registry.example", "post_1")
    with at_work(registry, cache=cache) as dewi:
        answer(dewi, ShareLayout(NEW, PAGI))
        shared = known(dewi)
    with at_work(registry, cache=cache, url="http://127.0.0.1:9") as alone:
        assert alone.inbox.take(SharedListed) == SharedListed(shared, is_fresh=False)
    text = (tmp_path / "kept" / FILE_NAME).read_text(encoding="utf-8")
    assert "://" not in text and "example" not in text, "the file says nothing of the registry"
    assert (tmp_path / "kept" / FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "[]", '{"schema": 7}', "{" * 5000])
def test_a_kept_file_that_cannot_be_read_is_left_out(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    assert SharedCache(tmp_path, "https://registry.example", "post_1").load() == ()


def test_another_posts_file_is_left_out(tmp_path: Path) -> None:
    mark = replace(NEW, revision=1, owner=NEW.id, owner_name="Bripka Dewi")
    SharedCache(tmp_path, "https://registry.example", "post_1").save([replace(PAGI, shared=mark)])
    assert SharedCache(tmp_path, "https://registry.example", "post_2").load() == ()
    (found,) = SharedCache(tmp_path, "https://registry.example", "post_1").load()
    assert found.shared == mark and found.name == "Pagi"


def test_a_text_with_an_address_in_it_is_not_kept(tmp_path: Path) -> None:
    mark = replace(NEW, revision=1, owner=NEW.id, owner_name="rtsp://10.0.0.7")
    SharedCache(tmp_path, "https://registry.example", "post_1").save([replace(PAGI, shared=mark)])
    assert not (tmp_path / FILE_NAME).exists()
