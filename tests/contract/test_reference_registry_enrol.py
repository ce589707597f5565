"""`pantau registry enrol`: a code for each post of a table, good once, for exactly that post's cameras."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reference_registry_kit import PostClient, RegistryProcess

from app.demo.registry.command import main
from app.demo.registry.database import Database
from app.demo.registry.limits import ENROLMENT_CODE_LIFETIME_S

HEADING = "name,scope\n"
Enrol = Callable[..., tuple[int, str, str]]


@pytest.fixture
def enrol(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Enrol:
    """Writes a file and runs the command; gives its exit code and what it wrote."""

    def run(text: str, data: Path) -> tuple[int, str, str]:
        (tmp_path / "posts.csv").write_text(text, encoding="utf-8")
        code = main(["enrol", "--data", str(data), "--csv", str(tmp_path / "posts.csv")])
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


def codes(text: str) -> dict[str, str]:
    return {row["name"]: row["code"] for row in csv.DictReader(io.StringIO(text))}


def test_each_post_of_a_table_enrols_with_its_code_at_the_running_registry(tmp_path: Path, enrol: Enrol) -> None:
    with RegistryProcess("--data", tmp_path / "registry.sqlite") as process:
        rows = "".join(f'"Subsektor {number}, Gambir",31.71.01\n' for number in range(300))
        code, out, err = enrol(HEADING + rows, tmp_path / "registry.sqlite")
        found = codes(out)
        assert (code, err) == (0, "") and len(found) == 300 == len(set(found.values()))
        post = PostClient(process.url, found["Subsektor 7, Gambir"])
        _, cameras = post.snapshot()
        assert cameras and all(each["jurisdiction"]["kelurahan_code"].startswith("31.71.01.") for each in cameras)


def test_bad_rows_are_named_and_the_others_have_their_codes(tmp_path: Path, enrol: Enrol) -> None:
    Database(tmp_path / "registry.sqlite").close()
    rows = "A,31.71\nA,31.72\n,31.71\nB,\nC,31.71,31.72\nD,PMJ-01 31.72\n"
    code, out, err = enrol(HEADING + rows, tmp_path / "registry.sqlite")
    assert code == 0 and list(codes(out)) == ["A", "D"]
    assert [line.split(": ")[0].rpartition("row ")[2].split(",")[0] for line in err.splitlines()] == [*"3456"]


def test_a_later_code_for_a_post_voids_the_earlier_one(tmp_path: Path, enrol: Enrol) -> None:
    Database(tmp_path / "registry.sqlite").close()
    first, second = (codes(enrol(HEADING + "A,31.71\n", tmp_path / "registry.sqlite")[1])["A"] for _ in range(2))
    assert first != second and ENROLMENT_CODE_LIFETIME_S > 0


@pytest.mark.parametrize(
    ("text", "words"), [("name\nA\n", "has no column scope"), (HEADING, "is no registry's file")]
)
def test_what_cannot_be_used_is_said(tmp_path: Path, enrol: Enrol, text: str, words: str) -> None:
    if "registry" not in words:
        Database(tmp_path / "registry.sqlite").close()
    code, out, err = enrol(text, tmp_path / "registry.sqlite")
    assert code == 2 and words in err and out == ""
