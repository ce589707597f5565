"""`pantau registry officers`: IT adds officers from a table, and the demo's officers leave."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from people_kit import sign_in
from reference_registry_kit import RegistryProcess, code_of

from app.cli import main as product_main
from app.demo.registry.command import main
from app.demo.registry.database import Database
from app.demo.registry.officers import OfficerStore

HEADING = "service_number,name,role,scope\n"
GOOD = HEADING + "70010001,Bripka Tono,officer,PMJ-01 31.72\n70010002,Iptu Wati,CHIEF,PMJ\n"
Manage = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "registry.sqlite"
    Database(path).close()
    return path


@pytest.fixture
def manage(data: Path, capsys: pytest.CaptureFixture[str]) -> Manage:
    """Runs the command; gives its exit code and what it wrote."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["officers", "--data", str(data), *map(str, arguments)])
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "officers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_demo_officer_that_is_announced_can_sign_in(tmp_path: Path) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite") as process:
        post, officers = process.post(), process.announced["officers"]
        assert [each["role"] for each in officers].count("officer") >= 2
        assert {each["role"] for each in officers} == {"officer", "chief", "it"}
        for each in officers:
            shift = sign_in(post, each["service_number"], each["pin"]).json()
            assert (shift["officer"]["role"], shift["officer"]["name"]) == (each["role"], each["name"])


def test_added_officer_signs_in_at_the_running_registry_and_the_demos_leave(
    tmp_path: Path, manage: Manage, data: Path
) -> None:
    with RegistryProcess("--data", data) as process:
        post, (demo, *_) = process.post(), process.announced["officers"]
        code, out, err = manage("--add", csv_file(tmp_path, GOOD))
        assert (code, err) == (0, "")
        pins = {line.split(",")[0]: line.split(",")[3] for line in out.splitlines()}
        assert pins.keys() == {"70010001", "70010002"}
        assert all(len(pin) == 6 and pin.isdigit() for pin in pins.values())
        for number, role in (("70010001", "officer"), ("70010002", "chief")):
            assert sign_in(post, number, pins[number]).json()["officer"]["role"] == role
        assert code_of(sign_in(post, demo["service_number"], demo["pin"])) == "sign-in-refused"
    written = texts_about_people(data)
    assert "70010001" in written
    for pin in pins.values():
        assert pin not in written
    with RegistryProcess("--data", data) as process:
        assert "officers" not in process.announced


def texts_about_people(data: Path) -> str:
    """The texts of every table in which a PIN could be: in ten thousand positions any six digits occur."""
    texts: list[str] = []
    with closing(sqlite3.connect(data)) as database:
        for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
            if table not in ("cameras", "changes"):
                rows = database.execute(f"select * from {table}").fetchall()
                texts += [value for row in rows for value in row if isinstance(value, str)]
    return "\n".join(texts)


def test_scope_of_a_row_is_units_and_areas(tmp_path: Path, manage: Manage, data: Path) -> None:
    manage("--add", csv_file(tmp_path, GOOD))
    with closing(Database(data)) as database:
        account = OfficerStore(database).account("70010001")
    assert account
    assert (account.officer.scope.units, account.officer.scope.areas) == (("PMJ-01",), ("31.72",))


BAD_ROWS = {
    "short": ("123456,Tono,officer,PMJ", "service_number"),
    "twice": ("70010001,Tono,officer,PMJ", "service_number"),
    "no name": ("70010003,,officer,PMJ", "name"),
    "odd name": ("70010003,To\x07no,officer,PMJ", "name"),
    "no role": ("70010003,Tono,admiral,PMJ", "role"),
    "no scope": ("70010003,Tono,officer,", "scope"),
    "odd scope": ("70010003,Tono,officer,PMJ_1", "scope"),
    "too many values": ("70010003,Tono,officer,PMJ,31.72", "scope"),
}


@pytest.mark.parametrize(("row", "column"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_bad_row_is_named_and_the_others_are_added(tmp_path: Path, manage: Manage, row: str, column: str) -> None:
    code, out, err = manage("--add", csv_file(tmp_path, f"{GOOD}{row}\n"))
    assert code == 0
    assert len(out.splitlines()) == 2
    assert f"row 4, column {column}: " in err
    assert err.count("\n") == 1


def test_officer_who_is_there_already_keeps_the_pin(tmp_path: Path, manage: Manage) -> None:
    path = csv_file(tmp_path, GOOD)
    manage("--add", path)
    code, out, err = manage("--add", path)
    assert (code, out) == (0, "")
    assert "70010001 is there already" in err


def test_account_is_locked_and_unlocked(tmp_path: Path, manage: Manage, data: Path) -> None:
    _, out, _ = manage("--add", csv_file(tmp_path, GOOD))
    pin = out.splitlines()[0].split(",")[3]
    with RegistryProcess("--data", data) as process:
        post = process.post()
        assert manage("--lock", "70010001")[0] == 0
        assert code_of(sign_in(post, "70010001", pin)) == "officer-locked"
        assert manage("--unlock", "70010001")[0] == 0
        assert sign_in(post, "70010001", pin).status_code == 201


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, manage: Manage, data: Path) -> None:
    for arguments, said in (
        (("--lock", "70019999"), "no officer 70019999"),
        (("--add", tmp_path / "nothing.csv"), "cannot be read"),
        (("--add", csv_file(tmp_path, "name\n")), "no column service_number"),
    ):
        code, out, err = manage(*arguments)
        assert (code, out) == (2, "")
        assert said in err and err.count("\n") == 1
    data.unlink()
    assert "no registry's file" in manage("--lock", "70010001")[2]


def test_product_has_the_command(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["registry", "officers", "--data", str(data), "--add", str(csv_file(tmp_path, GOOD))]
    assert product_main(arguments, lambda _request: 1) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
