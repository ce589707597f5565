"""Privacy masks on their way from the registry to the wall and through the kept catalogue: none is ever lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.core.model import Camera, Catalog
from app.registry.cache import CatalogCache, KeptCatalog
from app.registry.parse import CameraParser

RECORD: dict[str, Any] = {
    "id": "0198c2f4-6c1e-7a51-9b7e-2f60c1d7a001",
    "rev": 1,
    "code": "A-1",
    "name": "A",
    "jurisdiction": {"kelurahan_code": "31.71"},
    "profiles": [],
    "credential": {"version": 1},
    "status": {"lifecycle": "active"},
}
TRIANGLE = [[0.1, 0.1], [0.5, 0.1], [0.1, 0.6]]


def camera_with(privacy: object) -> Camera:
    found = CameraParser().record(1, {**RECORD, "privacy": privacy})
    assert isinstance(found, Camera)
    return found


@pytest.mark.parametrize("privacy", [None, {}, {"class": "public_street"}, {"masks_norm": []}])
def test_a_camera_without_masks_hides_nothing(privacy: object) -> None:
    assert camera_with(privacy).masks == ()


def test_masks_of_both_forms_are_taken() -> None:
    masks = camera_with({"masks_norm": [[0.0, 0.0, 0.5, 0.5], TRIANGLE]}).masks
    assert masks is not None and [len(mask) for mask in masks] == [4, 3]


@pytest.mark.parametrize("masks", [None, "all", {}, [[0.1]], [TRIANGLE, [[0.1, 2.0], [0, 0], [1, 1]]]])
def test_masks_that_cannot_be_read_keep_the_camera_and_hide_all_of_it(masks: object) -> None:
    assert camera_with({"masks_norm": masks}).masks is None


@pytest.mark.parametrize("masks", [[], [TRIANGLE, [0.25, 0.25, 0.5, 0.5]], ["unreadable"]])
def test_the_kept_catalogue_hides_what_the_registry_hid(tmp_path: Path, masks: object) -> None:
    camera = camera_with({"masks_norm": json.loads(json.dumps(masks))})
    cache = CatalogCache(tmp_path, "https://registry.example", "post")
    cache.save(KeptCatalog(Catalog({camera.id: camera}, {}, "c", "e")))
    kept = cache.load()
    assert kept is not None and kept.catalog.cameras[camera.id] == camera
