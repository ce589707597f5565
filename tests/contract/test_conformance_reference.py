"""The conformance suite at the reference registry: all passes, and what it leaves behind is what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conformance_kit import (
    CANARY,
    NEXT_OFFICER,
    OFFICER,
    BreakableRegistry,
    checked_registry,
    code_for,
    names,
    new_visit,
    officers,
    visit,
)
from people_kit import PIN
from reference_registry_kit import ServedRegistry
from sqlalchemy import Table, select

from app.conformance.guest import Guest
from app.conformance.report import closing_lines, group_line, report_json
from app.conformance.suite import GROUPS, Verdict, run_checks
from app.conformance.verdict import Outcome
from app.core.redact import Secret
from tests.support.registry_breaks import BREAKS, SNAPSHOT, something_changes
from tests.support.wrong_registry import Break, Exchange, on

OVER_HTTP = {"transport.tls-version", "transport.no-plain-http"}
CHANGING = Break("", "something changes meanwhile", on(SNAPSHOT, something_changes, 200))


def rows(registry: ServedRegistry, table: Table) -> list[Any]:
    with registry.services.database.reading() as connection:
        return list(connection.execute(select(table)))


def test_the_reference_registry_passes(tmp_path: Path) -> None:
    with checked_registry(tmp_path, CHANGING) as registry:
        verdict = visit(registry, wait_s=1)
    assert names(verdict, Outcome.FAILED) == set(), [each.came for each in verdict.results]
    assert names(verdict, Outcome.SKIPPED) == OVER_HTTP
    assert {each.group for each in verdict.results} == set(GROUPS) and not verdict.left


def test_nothing_stays_but_a_post_and_the_lines_of_its_journal(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        visit(registry)
        tables = registry.services.database.tables
        assert len(rows(registry, tables.posts)) == 1
        assert rows(registry, tables.leases) == []
        assert all(row.ended_at_s is not None for row in rows(registry, tables.people.shifts))
        assert len(rows(registry, tables.people.audit_events)) == 4
        assert rows(registry, tables.people.viewings) == []
        assert rows(registry, tables.layouts) == []
        (wall,) = rows(registry, tables.wall_orders)
        assert registry.services.wall_orders.desired(wall.wall_id).source == "none"
        assert registry.services.wall_orders.schedule(wall.wall_id).entries == ()


def test_no_officer_is_left_with_a_wrong_pin(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        visit(registry)
        tried = {
            row.service_number for row in rows(registry, registry.services.database.tables.people.sign_in_tries)
        }
    assert not tried & {OFFICER, NEXT_OFFICER}


def test_an_officers_pin_is_got_wrong_once(tmp_path: Path) -> None:
    wrong: list[str] = []

    def note(exchange: Exchange) -> None:
        asked = exchange.asked_json
        if asked["service_number"] in (OFFICER, NEXT_OFFICER) and asked["pin"] != PIN:
            wrong.append(asked["service_number"])

    with checked_registry(tmp_path, Break("", "", on("POST /v1/shifts.*", note))) as registry:
        visit(registry)
    assert wrong == [OFFICER]


def test_leases_and_shifts_are_given_back_when_the_visit_is_broken_off(tmp_path: Path) -> None:
    def stop_after(last: str) -> Any:
        def tell(group: str, _: object) -> None:
            if group == last:
                raise KeyboardInterrupt

        return tell

    with checked_registry(tmp_path) as registry:
        for number, last in enumerate(("leases", "shifts", "walls")):
            guest = Guest(Secret(code_for(registry, f"Pos {number}")), *officers(), wait_s=0)
            broken_off = new_visit(registry, guest)
            with pytest.raises(KeyboardInterrupt):
                run_checks(broken_off, (), stop_after(last))
        tables = registry.services.database.tables
        assert rows(registry, tables.leases) == []
        assert all(row.ended_at_s is not None for row in rows(registry, tables.people.shifts))


def test_what_could_not_be_given_back_is_told(tmp_path: Path) -> None:
    refuses = Break("", "", on("DELETE .*", lambda exchange: exchange.says(500, "internal")))
    with checked_registry(tmp_path, refuses) as registry:
        verdict = visit(registry)
    layouts, leases, shifts = verdict.left
    assert "shared layouts could not be deleted" in layouts
    assert "leases could not be given back" in leases and "shifts could not be signed off" in shifts


def test_without_a_second_officer_nobody_takes_over(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        guest = Guest(Secret(code_for(registry)), officers()[0], wait_s=0)
        verdict = run_checks(new_visit(registry, guest), ["shifts"], lambda *_: None)
    skipped = [each for each in verdict.results if each.outcome is Outcome.SKIPPED]
    assert not names(verdict, Outcome.FAILED)
    assert {each.name for each in skipped} == {"shifts.handover", "shifts.handed-over", "shifts.handovers"}
    assert {each.reason for each in skipped} == {"no officer was given to take over (--next-officer)"}


def test_without_officers_their_checks_are_skipped_and_say_why(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        verdict = visit(registry, has_officers=False)
    of_officers = [each for each in verdict.results if each.outcome is Outcome.SKIPPED and each.group == "shifts"]
    assert not names(verdict, Outcome.FAILED)
    assert {each.reason for each in of_officers} == {"no officer was given (--officer)"}
    passed = names(verdict, Outcome.PASSED)
    assert {"shifts.pin-form", "shifts.unknown-number", "shifts.slowed", "shifts.unknown"} <= passed


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_can_be_checked_alone(tmp_path: Path, group: str) -> None:
    with checked_registry(tmp_path) as registry:
        verdict = visit(registry, [group])
    assert not names(verdict, Outcome.FAILED) and names(verdict, Outcome.PASSED)
    assert {each.group for each in verdict.results} == {group}


def test_the_transport_is_checked_without_using_the_code_up(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        visit(registry, ["transport"])
        assert rows(registry, registry.services.database.tables.posts) == []


def test_where_nothing_answers_one_check_fails_and_all_others_are_skipped(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        guest = Guest(Secret(code_for(registry)))
        missed = new_visit(registry, guest)
    verdict = run_checks(missed, (), lambda *_: None)
    assert names(verdict, Outcome.FAILED) == {"transport.answers"}
    assert not names(verdict, Outcome.PASSED)
    assert all("transport.answers" in each.reason for each in verdict.results[1:])


def test_without_a_token_what_needs_one_is_skipped(tmp_path: Path) -> None:
    refuses = Break("", "", on("POST /oauth2/token", lambda exchange: exchange.says(401, "invalid-client"), 200))
    with checked_registry(tmp_path, refuses) as registry:
        verdict = visit(registry)
    assert {each.partition(".")[0] for each in names(verdict, Outcome.FAILED)} == {"access"}
    reasons = {each.reason for each in verdict.results if each.group == "leases"}
    assert reasons == {"needs what access.token is about, which failed"}


def test_a_code_that_is_spent_is_told(tmp_path: Path) -> None:
    with checked_registry(tmp_path) as registry:
        guest = Guest(Secret(code_for(registry)))
        run_checks(new_visit(registry, guest), ["access"], lambda *_: None)
        verdict = run_checks(new_visit(registry, guest), ["access"], lambda *_: None)
    (failed,) = [each for each in verdict.results if each.outcome is Outcome.FAILED]
    assert failed.name == "access.enrol" and "is the code fresh?" in failed.expected
    assert failed.came == "403 enrolment-code-invalid"


def everything_said(verdict: Verdict) -> str:
    lines = [group_line(group, [r for r in verdict.results if r.group == group]) for group in GROUPS]
    told = [*lines, *closing_lines(verdict), report_json(verdict, "http://x", "1.0.0", "0.1.0")]
    return "\n".join(told)


def secrets_of(exchange: Exchange, into: set[str]) -> None:
    """Notes every token, secret and address that leaves or comes."""
    for document in (exchange.asked_json, exchange.body):
        if isinstance(document, bytes):
            try:
                document = json.loads(document)
            except ValueError:
                continue
        into.update(_secret_texts(document))
    into.update(
        value for name, value in exchange.asked_headers.items() if name in ("authorization", "pantau-shift")
    )


def _secret_texts(node: Any) -> set[str]:
    if isinstance(node, list):
        return {text for each in node for text in _secret_texts(each)}
    if not isinstance(node, dict):
        return set()
    telling = (
        "access_token",
        "token",
        "secret",
        "pin",
        "url",
        "lease_id",
        "shift_id",
        "post_id",
        "code",
        "checkpoint",
    )
    own = {str(node[name]) for name in telling if isinstance(node.get(name), str) and "status" not in node}
    return own | {text for each in node.values() for text in _secret_texts(each)}


@pytest.mark.parametrize("broken", [CHANGING, *(each for each in BREAKS if each.change)][::9], ids=str)
def test_a_report_holds_no_secret_whatever_fails(breakable: BreakableRegistry, broken: Break) -> None:
    seen: set[str] = {CANARY, PIN}

    def noted(exchange: Exchange) -> None:
        secrets_of(exchange, seen)
        if broken.change:
            broken.change(exchange)
        secrets_of(exchange, seen)

    said = everything_said(breakable.visit_with(Break(broken.check, broken.what, noted)))
    assert len(seen) > 20
    assert not [secret for secret in seen if len(secret) >= 6 and secret in said]


def test_the_registrys_own_words_do_not_get_into_a_report(tmp_path: Path) -> None:
    """A server that puts a secret wherever it can: titles, details, media types, headers, names of members."""

    def loud(exchange: Exchange) -> None:
        exchange.headers["content-type"] = f"text/{CANARY}"
        exchange.headers["allow"] = exchange.headers["www-authenticate"] = CANARY
        if exchange.status >= 400:
            exchange.json = {
                **exchange.json,
                "title": CANARY,
                "detail": CANARY,
                f"{CANARY} ü": 1,
                "reason": CANARY,
            }

    with checked_registry(tmp_path, Break("", "", loud)) as registry:
        said = everything_said(visit(registry))
    assert "failed" in said and CANARY not in said
