"""The file of open incidents: what comes back, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.config.incident_file import FILE_NAME, IncidentFile
from app.core.errors import ConfigError
from app.core.incident import Incident
from app.core.model import CameraId

CAMERA = CameraId("0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001")
INCIDENTS = [
    Incident(CAMERA, "1.2", "Truk mogok “kiri”", "Sari", 1000.5),
    Incident(CAMERA, "2.64", "Api", "", 2000.0),
]
_GOOD = f'{{"camera": "{CAMERA}", "tile": "1.2", "text": "x", "officer": "", "noted_at_s": 1}}'


def test_incidents_come_back_as_they_were(tmp_path: Path) -> None:
    assert list(IncidentFile(tmp_path).load()) == []
    IncidentFile(tmp_path).save(INCIDENTS)
    assert list(IncidentFile(tmp_path).load()) == INCIDENTS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"tile": "1.2"', '"tile": 1'),
        ('"text": "x"', '"text": ""'),
        ('"officer": ""', '"officer": null'),
        ('"noted_at_s": 1', '"noted_at_s": true'),
        ('"noted_at_s": 1', '"noted_at_s": "1"'),
        (f'"{CAMERA}"', "7"),
        ('"text": "x", ', ""),
        (_GOOD, "7"),
    ],
)
def test_an_entry_of_another_form_is_refused_and_the_file_stays(tmp_path: Path, old: str, new: str) -> None:
    text = f'{{"version": 1, "incidents": [{_GOOD.replace(old, new)}]}}'
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"incidents\.json.*incidents"):
        IncidentFile(tmp_path).load()
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == text


def test_the_good_entry_of_these_tests_is_good(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(f'{{"version": 1, "incidents": [{_GOOD}]}}', encoding="utf-8")
    assert [each.text for each in IncidentFile(tmp_path).load()] == ["x"]
