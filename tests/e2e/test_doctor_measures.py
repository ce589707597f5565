"""The preflight measures the real wall: its processes, its cameras, what it costs and who else used the PC."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.tile_budget import SizeClass
from app.doctor import trial
from app.doctor.cameras import TRIALS
from app.doctor.capacity import Sustained
from app.doctor.finding import Finding, Level
from app.doctor.tiles import HEADLESS, measure
from app.doctor.trial import Way

SMALL = TRIALS[0]
SOFTWARE = Way("shared, software", (*HEADLESS, "--surface", "shared", "--hardware", "never"))
BROKEN = Way("none", ("--layout", "none"))


def test_the_real_wall_is_measured_and_a_way_that_does_not_work_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("WARM_UP_S", 4.0), ("MEASURED_S", 1.5), ("AFTER_S", 0.5)):
        monkeypatch.setattr(trial, name, seconds)
    said: list[str] = []
    small = Way(SOFTWARE.name, SOFTWARE.words)
    found = list(measure([small, BROKEN], tmp_path, said.append, [_of_two_tiles()], most_tiles=3))
    measured, broken = found
    assert isinstance(measured, Sustained) and measured.size is SizeClass.SMALL
    assert (measured.cost.engine, measured.cost.decoder) == ("av", "software")
    assert measured.cost.live >= 1 and 0 < measured.cost.cpu_s_per_stream_s < 1
    assert 0 <= measured.cost.others <= 1 and measured.derived >= 1
    assert measured.proof.tiles == min(3, measured.derived)
    assert isinstance(broken, Finding) and broken.level is Level.WARNING
    assert "ended with 2 before it was measured" in broken.text
    assert [path.name for path in tmp_path.iterdir()] == ["640x360-400kbps.h264"], "the clip is kept, nothing else"
    assert any("what one of 2 tiles costs" in line for line in said)


def _of_two_tiles() -> trial.Trial:
    return trial.Trial(SMALL.size, SMALL.width_px, SMALL.height_px, SMALL.kbps, SMALL.profile, 2)
