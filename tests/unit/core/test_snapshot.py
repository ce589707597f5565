"""What a snapshot's manifest says, and which snapshots may not be taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.budget import Surface
from app.core.commands import TileId
from app.core.figures import StreamFigures
from app.core.masks import Masks
from app.core.model import AreaCode, Camera, CameraId, Jurisdiction, PrivacyClass, Profile
from app.core.purpose import Purpose, PurposeKind
from app.core.snapshot import Refusal, SnapshotFacts, Taker, clock_offset_s
from app.core.tile_status import Sign, TileStatus
from app.core.zoom import WHOLE, Crop

TILE = TileId(1, 1)
CAMERA = Camera(
    CameraId("id-1"),
    1,
    "JKT-00001",
    "Gambir",
    AreaCode("31"),
    Jurisdiction(),
    (),
    privacy=PrivacyClass.PUBLIC_STREET,
)
LIVE = TileStatus(TILE, Sign.LIVE, CAMERA.id, CAMERA, age_s=0.1234, profile=Profile.MAIN)
TAKER = Taker("Bripka Sari", "Pos Gambir", "Pantau 1.0")
FACTS = SnapshotFacts(CAMERA, LIVE, taken_at_s=1_790_000_000.5, taker=TAKER, crop=WHOLE)
INCIDENT = Purpose(PurposeKind.INCIDENT)


def private(masks: Masks = ()) -> Camera:
    return replace(CAMERA, privacy=PrivacyClass.PRIVATE_OFFICE, masks=masks)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (FACTS, None),
        (replace(FACTS, status=replace(LIVE, sign=Sign.STALE)), None),
        (replace(FACTS, status=replace(LIVE, sign=Sign.LATE)), None),
        (replace(FACTS, camera=private(), purpose=INCIDENT), None),
        (replace(FACTS, status=replace(LIVE, sign=Sign.LOST)), Refusal.NO_PICTURE),
        (replace(FACTS, status=replace(LIVE, sign=Sign.CONNECTING)), Refusal.NO_PICTURE),
        (replace(FACTS, camera=private()), Refusal.PURPOSE_NEEDED),
        (replace(FACTS, camera=replace(CAMERA, privacy=PrivacyClass.UNKNOWN)), Refusal.PURPOSE_NEEDED),
        (replace(FACTS, camera=private(masks=None), purpose=INCIDENT), Refusal.MASKS_UNREADABLE),
    ],
)
def test_what_may_be_taken(facts: SnapshotFacts, refusal: Refusal | None) -> None:
    assert facts.refusal is refusal


def test_a_manifest_says_all_that_is_known() -> None:
    masked = private(masks=(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),))
    facts = replace(
        FACTS, camera=masked, crop=Crop(0.25, 0.25, 0.5, 0.5), purpose=Purpose(PurposeKind.OTHER, "a lost child")
    )
    assert replace(facts, clock_offset_s=1.5).document() == {
        "taken_at": "2026-09-21T14:13:20.500Z",
        "camera": {"id": "id-1", "code": "JKT-00001", "name": "Gambir"},
        "profile": "main",
        "picture": {
            "sign": "live",
            "age_s": 0.123,
            "is_stale": False,
            "crop": [0.25, 0.25, 0.5, 0.5],
            "masks": 1,
        },
        "camera_clock": {"time": "2026-09-21T14:13:18.876Z", "pc_minus_camera_s": 1.5},
        "officer": "Bripka Sari",
        "post": "Pos Gambir",
        "purpose": {"kind": "other", "text": "a lost child"},
        "software": "Pantau 1.0",
    }


def test_what_is_not_known_is_null() -> None:
    unknown = replace(LIVE, age_s=None, profile=None)
    facts = replace(FACTS, status=unknown, taker=Taker("", "", "Pantau 1.0"), clock_offset_s=1.0)
    document: dict[str, Any] = dict(facts.document())
    assert document["camera_clock"] == {"time": None, "pc_minus_camera_s": 1.0}
    assert document["picture"]["age_s"] is None
    assert [document[name] for name in ("profile", "officer", "post", "purpose")] == [None] * 4
    assert FACTS.document()["camera_clock"] == {"time": None, "pc_minus_camera_s": None}


@pytest.mark.parametrize(
    ("sign", "age_s", "is_stale"),
    [
        (Sign.LIVE, 0.1, False),
        (Sign.LIVE, None, False),
        (Sign.LIVE, 2.0, True),
        (Sign.LATE, 3.0, True),
        (Sign.STALE, 1.0, True),
    ],
)
def test_only_a_fresh_live_picture_is_not_stale(sign: Sign, age_s: float | None, is_stale: bool) -> None:
    document: dict[str, Any] = dict(replace(FACTS, status=replace(LIVE, sign=sign, age_s=age_s)).document())
    assert document["picture"]["is_stale"] is is_stale


def test_the_clocks_offset_is_the_measured_one() -> None:
    figures = StreamFigures(Profile.SUB, Surface.SHARED, "av", "software", latency_s=0.3)
    assert clock_offset_s(figures) == 0.3
    assert clock_offset_s(None) is None
