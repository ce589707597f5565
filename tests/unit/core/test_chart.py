"""The cameras on a plane."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.chart import (
    CIRCLES_APART_PX,
    DOTS_APART_PX,
    FINEST_M_PER_PX,
    FIT_MARGIN,
    SMALLEST_SPAN_M,
    ChartView,
    Label,
    chart_of,
    circles_of,
    dots_px,
    fitting,
    in_view,
    nearest,
    neighbour,
    without_overlap,
)
from app.core.model import EMPTY_CATALOG, Area, AreaCode, Camera, CameraId, Catalog, Jurisdiction, Location

GAMBIR, CIDENG = AreaCode("31.1"), AreaCode("31.2")
VIEW = ChartView(0.0, 0.0, 1.0, 800, 600)


def camera(number: int, lat_deg: float | None, lon_deg: float = 0.0, area: AreaCode = GAMBIR) -> Camera:
    location = None if lat_deg is None else Location(lat_deg, lon_deg)
    return Camera(
        CameraId(f"id-{number}"), 1, f"C-{number:03d}", f"C{number}", area, Jurisdiction(), (), location=location
    )


def catalog(*cameras: Camera) -> Catalog:
    return Catalog({each.id: each for each in cameras}, {GAMBIR: Area(GAMBIR, "Gambir")})


CROSS = chart_of(
    catalog(
        camera(2, -6.0, 106.0), camera(1, -6.0, 106.01), camera(3, -6.0, 105.99), camera(4, -5.99, 106.0),
        camera(5, -6.01, 106.0), camera(6, None),
    )
)  # fmt: skip


def test_east_is_right_and_north_is_up_in_metres() -> None:
    assert [each.id for each in CROSS.cameras] == ["id-1", "id-2", "id-3", "id-4", "id-5"], "by code"
    degree_m = 111_195.08
    assert CROSS.x_m == pytest.approx([0.01 * degree_m * math.cos(math.radians(6)), 0, -1105.86, 0, 0], abs=0.1)
    assert CROSS.y_m == pytest.approx([0, 0, 0, -0.01 * degree_m, 0.01 * degree_m], abs=0.1)
    assert CROSS.unplaced == 1


def test_the_short_way_round_the_earth_is_taken() -> None:
    chart = chart_of(catalog(camera(1, 0.0, 179.99), camera(2, 0.0, 179.995), camera(3, 0.0, -179.99)))
    assert chart.x_m.max() - chart.x_m.min() < 3000


def test_kelurahan_stand_in_the_middle_of_their_cameras_the_largest_first() -> None:
    chart = chart_of(catalog(camera(1, 0.0, 0.0, CIDENG), camera(2, 0.0, 0.0), camera(3, 0.0, 0.02)))
    assert [(place.name, place.cameras) for place in chart.places] == [("Gambir", 2), ("31.2", 1)]
    assert chart.place_of.tolist() == [1, 0, 0]
    assert chart.places[0].x_m == pytest.approx((chart.x_m[1] + chart.x_m[2]) / 2)


def test_an_empty_catalogue_has_an_empty_chart() -> None:
    chart = chart_of(EMPTY_CATALOG)
    assert (chart.cameras, chart.places, chart.unplaced) == ((), (), 0)
    assert fitting(chart, 600, 400).m_per_px == SMALLEST_SPAN_M / 600
    assert nearest(chart, VIEW, 0, 0, 1e9) is None and neighbour(chart, VIEW, None, 1) is None


@pytest.mark.parametrize(("width_px", "height_px"), [(800, 600), (300, 900), (0, 0)])
def test_a_fitting_view_shows_every_camera(width_px: int, height_px: int) -> None:
    view = fitting(CROSS, width_px, height_px)
    assert len(in_view(CROSS, view)) == 5 or width_px == 0
    span_m = max(np.ptp(CROSS.x_m) * FIT_MARGIN / view.width_px, np.ptp(CROSS.y_m) * FIT_MARGIN / view.height_px)
    assert view.m_per_px == pytest.approx(span_m)


def test_a_single_camera_is_shown_with_some_ground_around_it() -> None:
    view = fitting(chart_of(catalog(camera(1, -6.0, 106.0))), 600, 300)
    assert view.m_per_px == pytest.approx(SMALLEST_SPAN_M * FIT_MARGIN / 300)


@given(st.floats(0.2, 5), st.floats(0, 800), st.floats(0, 600))
def test_what_lies_under_the_mouse_stays_there_when_zooming(factor: float, x_px: float, y_px: float) -> None:
    zoomed = VIEW.zoomed(factor, x_px, y_px, coarsest_m_per_px=100.0)
    x_m, y_m = x_px - 400, y_px - 300
    assert zoomed.x_px(x_m) == pytest.approx(x_px) and zoomed.y_px(y_m) == pytest.approx(y_px)


def test_zooming_ends_at_both_ends() -> None:
    assert VIEW.zoomed(1e9, 0, 0, 100.0).m_per_px == FINEST_M_PER_PX
    assert VIEW.zoomed(1e-9, 0, 0, 100.0).m_per_px == 100.0


def test_a_view_is_panned_resized_and_centred() -> None:
    view = replace(VIEW, m_per_px=2.0)
    assert (view.panned(10, -5).x_m, view.panned(10, -5).y_m) == (20.0, -10.0)
    assert (view.resized(0, 9).width_px, view.resized(0, 9).height_px) == (1, 9)
    assert view.centred(3, 4, at_most_m_per_px=1.0) == ChartView(3, 4, 1.0, 800, 600)
    assert view.centred(3, 4).m_per_px == 2.0
    assert (view.x_px(20.0), view.y_px(-10.0)) == (410.0, 295.0)


def test_a_few_far_cameras_do_not_make_the_others_small() -> None:
    near = [camera(number, -6.0 + number / 1e5, 106.0 + number % 10 / 1e4) for number in range(200)]
    chart = chart_of(catalog(*near, camera(999, -5.0, 106.0)))
    assert fitting(chart, 600, 600, part=0.98).m_per_px < fitting(chart, 600, 600).m_per_px / 50


def grid(side: int, step_m: float) -> list[Camera]:
    """Cameras of one kelurahan, so far apart."""
    step_deg = step_m / 111_195
    return [camera(n, n // side * step_deg, n % side * step_deg) for n in range(side * side)]


def test_dots_are_drawn_from_where_they_can_be_told_apart() -> None:
    assert chart_of(catalog(*grid(10, 100.0))).dots_m_per_px == pytest.approx(100 / DOTS_APART_PX, rel=0.1)
    assert chart_of(catalog(*grid(10, 1.0))).dots_m_per_px == 1.0
    assert chart_of(catalog(*grid(10, 5000.0))).dots_m_per_px == chart_of(EMPTY_CATALOG).dots_m_per_px == 40.0


def test_kelurahan_that_are_near_each_other_are_one_circle() -> None:
    third = AreaCode("31.3")
    chart = chart_of(catalog(camera(1, 0.0, 0.0), camera(2, 0.0, 0.0), camera(3, 0.0, 0.01, CIDENG),
                             camera(4, 0.0, 0.1, third)))  # fmt: skip
    apart_m = chart.x_m[2] - chart.x_m[0]
    near, far = circles_of(chart, replace(VIEW, m_per_px=apart_m / (CIRCLES_APART_PX - 1)))
    assert (near.name, near.cameras, near.places) == ("Gambir", 3, (0, 1))
    assert (far.name, far.cameras, far.places) == ("31.3", 1, (2,))
    view = replace(VIEW, m_per_px=apart_m / (CIRCLES_APART_PX + 1))
    circles = circles_of(chart, view)
    assert [circle.places for circle in circles] == [(0,), (1,), (2,)]
    assert circles[0].x_px == pytest.approx(view.x_px(chart.places[0].x_m))
    assert circles_of(chart_of(EMPTY_CATALOG), VIEW) == []


def test_the_nearest_camera_is_found_within_reach() -> None:
    view = replace(VIEW, m_per_px=10.0)
    x_px, y_px = dots_px(CROSS, view)
    assert nearest(CROSS, view, x_px[3] + 3, y_px[3], within_px=5) == 3
    assert nearest(CROSS, view, x_px[3] + 8, y_px[3], within_px=5) is None


def test_cameras_in_view_are_stepped_through_as_one_reads() -> None:
    view = replace(VIEW, m_per_px=10.0)
    order, current = [], None
    for _ in range(6):
        current = neighbour(CROSS, view, current, 1)
        order.append(current)
    assert order == [3, 2, 1, 0, 4, 3]
    assert neighbour(CROSS, view, None, -1) == 4
    assert neighbour(CROSS, view, 3, -1) == 4


def test_labels_give_way_to_more_important_ones_and_stay_inside() -> None:
    at = [(100, 100), (120, 105), (100, 130), (780, 100), (161, 100), (400, 5), (400, 596), (20, 300)]
    labels = [Label(x_px, y_px, 60, 20) for x_px, y_px in at]
    assert without_overlap(labels, 800, 600) == [0, 2, 4]
    assert without_overlap(labels, 800, 600, obstacles=[Label(90, 135, 4, 4)]) == [0, 4]
