"""What the preflight has measured is kept whole; what cannot be understood limits nothing and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.config.budget_file import FILE_NAME, load_budget, save_budget
from app.core.errors import ConfigError
from app.core.tile_budget import SizeClass, TileBudget

BUDGET = TileBudget({SizeClass.SMALL: 94, SizeClass.HD: 30, SizeClass.FULL_HD: 15})
TEXT = '{\n  "version": 1,\n  "360p": 94,\n  "720p": 30,\n  "1080p": 15\n}\n'


def test_nothing_was_measured_before_the_first_preflight(tmp_path: Path) -> None:
    assert load_budget(tmp_path / "none") is None


def test_a_budget_is_there_again_and_can_be_read_by_people(tmp_path: Path) -> None:
    save_budget(tmp_path / "deep", BUDGET)
    assert (tmp_path / "deep" / FILE_NAME).read_text("utf-8") == TEXT
    assert load_budget(tmp_path / "deep") == BUDGET


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("94", "0", "line 3: 360p is no whole number from 1 to 100,000"),
        ("94", '"many"', "line 3: 360p is not a whole number"),
        ('"720p": 30,', "", "line 1: 720p is missing"),
        ('"version": 1', '"version": 2', "line 2: version is 2, and this console knows 1 only"),
        ("360p", "361p", "line 3: 361p is not known"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in TEXT
    (tmp_path / FILE_NAME).write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError, match=f"^budget.json, {reason}"):
        load_budget(tmp_path)
