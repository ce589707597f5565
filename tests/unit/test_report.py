"""The report of a run: the exact words others rely on, and null where nothing was measured."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.core.budget import HostId, Surface
from app.core.commands import TileId
from app.core.failure import Failure, Reason
from app.core.model import AreaCode, Camera, CameraId, Catalog, Jurisdiction, Profile
from app.core.ports import HostBeat
from app.core.tile_status import Sign, TileStatus
from app.report import Measured, count_live, decoders_of, make_report

CAMERA = Camera(CameraId("uuid-1"), 1, "JKT-0001", "Harmoni", AreaCode("31.71.01.1001"), Jurisdiction(), ())
CATALOG = Catalog(cameras={CAMERA.id: CAMERA}, areas={})
LIVE = TileStatus(
    TileId(1, 1),
    Sign.LIVE,
    camera_id=CAMERA.id,
    camera=CAMERA,
    age_s=0.0456,
    profile=Profile.SUB,
    surface=Surface.SHARED,
    engine="av",
    decoder="software",
    first_picture_s=0.123456,
    fps=14.987,
    pictures=299,
)
LOST = TileStatus(TileId(1, 2), Sign.LOST, camera_id=CameraId("uuid-2"), failure=Failure(Reason.WITHDRAWN))
MEASURED = Measured(
    seconds=20.0,
    console_cpu_s=1.5,
    console_uss_bytes=100 * 2**20,
    hosts=[HostBeat(HostId(1), 1.5, 50 * 2**20), HostBeat(HostId(2), 0.5, 25 * 2**20)],
    ended_hosts_cpu_s=0.5,
    running_hosts=1,
    gui_gap_p99_ms=16.97,
    gui_gap_max_ms=30.04,
)
NOTHING = Measured(
    0.0, 0.0, 0, hosts=[], ended_hosts_cpu_s=0.0, running_hosts=0, gui_gap_p99_ms=0.0, gui_gap_max_ms=0.0
)


def test_the_document_has_the_words_that_others_rely_on() -> None:
    report = make_report("1.2.3", CATALOG, 3, 1.2345, 1, [LIVE, LOST], MEASURED)
    assert report == {
        "version": "1.2.3",
        "engine": "av",
        "catalog": {"cameras": 1, "rejected": 3, "sync_s": 1.23},
        "wall": {"monitors": 1, "tiles": 2, "live": 1},
        "tiles": [
            {
                "tile": "1.1",
                "camera": "JKT-0001",
                "profile": "sub",
                "surface": "shared",
                "engine": "av",
                "life": "live",
                "first_picture_s": 0.12,
                "fps": 14.99,
                "picture_age_s": 0.05,
                "pictures": 299,
                "failure": None,
            },
            {
                "tile": "1.2",
                "camera": "uuid-2",
                "profile": None,
                "surface": None,
                "engine": None,
                "life": "lost",
                "first_picture_s": None,
                "fps": None,
                "picture_age_s": None,
                "pictures": 0,
                "failure": "withdrawn",
            },
        ],
        "process": {
            "hosts": 1,
            "cpu_s_per_stream_s": 0.2,  # the host that died has used its share too
            "uss_mb": 175.0,
            "gui_gap_p99_ms": 17.0,
            "gui_gap_max_ms": 30.0,
        },
    }
    assert json.loads(json.dumps(report)) == report


def test_what_nothing_measured_is_null() -> None:
    report = make_report("1.2.3", CATALOG, 0, None, 1, [], NOTHING)
    assert report["engine"] is None and report["catalog"]["sync_s"] is None
    assert report["process"]["cpu_s_per_stream_s"] is None


def test_cpu_per_stream_is_unknown_without_a_live_stream() -> None:
    report = make_report("1.2.3", CATALOG, 0, None, 1, [LOST], MEASURED)
    assert report["process"]["cpu_s_per_stream_s"] is None


def test_what_decodes_the_tiles_that_play_is_named_once() -> None:
    lost = replace(LOST, decoder="hardware")
    assert decoders_of([LIVE, LIVE, lost]) == ["software"]
    assert decoders_of([]) == []


def test_every_engine_in_use_is_named_once() -> None:
    vlc = TileStatus(TileId(1, 3), Sign.LIVE, engine="vlc")
    assert make_report("1", CATALOG, 0, None, 1, [vlc, LIVE, LIVE], NOTHING)["engine"] == "av+vlc"


@pytest.mark.parametrize("sign", Sign)
def test_only_live_counts_as_live(sign: Sign) -> None:
    assert count_live([LIVE, TileStatus(TileId(1, 2), sign)]) == (2 if sign is Sign.LIVE else 1)
