"""Steps put in, taken out and moved; a renamed layout is renamed wherever a tour or a salvo names it."""

from __future__ import annotations

import pytest

from app.core.camera_query import CameraQuery
from app.core.model import CameraId
from app.core.salvo import Salvo
from app.core.scene import CameraScene, SavedScene
from app.core.tour import PagedTour, Tour, TourStep
from app.core.tour_edit import (
    exchanged,
    inserted,
    layouts_shown,
    moved,
    removed,
    round_s,
    salvo_after_rename,
    steps_after_rename,
    tour_after_rename,
)

CAMERAS = (CameraId("camera-1"), CameraId("camera-2"))
PAGI, SIANG, MALAM = (
    TourStep(SavedScene(name), dwell_s) for name, dwell_s in zip("PSM", (10, 20, 40), strict=True)
)
STEPS = (PAGI, SIANG)


def test_a_step_is_put_in_anywhere() -> None:
    assert inserted((), 0, PAGI) == (PAGI,)
    assert [inserted(STEPS, index, MALAM) for index in (0, 1, 2)] == [
        (MALAM, PAGI, SIANG),
        (PAGI, MALAM, SIANG),
        (PAGI, SIANG, MALAM),
    ]


def test_a_step_is_taken_out_or_exchanged() -> None:
    assert removed(STEPS, 0) == (SIANG,) and removed(STEPS, 1) == (PAGI,)
    assert exchanged(STEPS, 1, MALAM) == (PAGI, MALAM)


@pytest.mark.parametrize(("index", "by", "names"), [(0, 1, "SPM"), (2, -1, "PMS"), (0, -1, "PSM"), (2, 5, "PSM")])
def test_a_step_moves_and_stays_at_an_end(index: int, by: int, names: str) -> None:
    steps = moved((PAGI, SIANG, MALAM), index, by)
    assert [step.scene for step in steps] == [SavedScene(name) for name in names]


def test_a_round_takes_as_long_as_its_steps_together() -> None:
    assert round_s(()) == 0 and round_s((PAGI, SIANG, MALAM)) == 70


def test_a_tour_shows_the_saved_layouts_of_its_steps() -> None:
    tour = Tour("Malam", (*STEPS, PAGI, TourStep(CameraScene(CAMERAS, "M"))))
    assert layouts_shown(tour) == {"P", "S"}
    assert layouts_shown(PagedTour("Gambir", CameraQuery("kelurahan Gambir"), grid="P")) == set()


def test_a_renamed_layout_is_renamed_in_steps_and_as_a_grid() -> None:
    tour = Tour("Malam", (*STEPS, TourStep(CameraScene(CAMERAS, "P")), TourStep(CameraScene(CAMERAS))))
    after = steps_after_rename(tour, "P", "Pagi")
    assert [step.scene for step in after.steps] == [
        SavedScene("Pagi"),
        SavedScene("S"),
        CameraScene(CAMERAS, "Pagi"),
        CameraScene(CAMERAS),
    ]
    assert tour_after_rename(tour, "P", "Pagi") == after
    assert tour_after_rename(tour, "X", "Y") == tour


def test_a_renamed_layout_is_renamed_as_the_grid_of_pages() -> None:
    paged = PagedTour("Gambir", None, grid="P")
    assert tour_after_rename(paged, "P", "Pagi") == PagedTour("Gambir", None, grid="Pagi")
    assert tour_after_rename(paged, "S", "Siang") is paged


def test_a_renamed_layout_is_renamed_in_a_salvo() -> None:
    salvo = Salvo("Siaga", {1: SavedScene("P"), 3: SavedScene("S")})
    assert salvo_after_rename(salvo, "P", "Pagi") == Salvo("Siaga", {1: SavedScene("Pagi"), 3: SavedScene("S")})
