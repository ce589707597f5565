"""Tours and salvos as files: what is written is read again, what is broken is told by file, line and reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.tour_files import TourFiles
from app.config.tour_text import salvo_from_text, salvo_text, tour_from_text, tour_text
from app.core.camera_query import CameraQuery
from app.core.errors import ConfigError
from app.core.model import CameraId
from app.core.salvo import Salvo
from app.core.scene import CameraScene, SavedScene
from app.core.tour import PagedTour, PageOrder, Tour, TourPlan, TourStep

A, B = CameraId("camera-1"), CameraId("camera-2")
PAGI = Tour("Pagi", (TourStep(SavedScene("Pasar")), TourStep(CameraScene((A, B), "1+5"), 7.5)))
GAMBIR = PagedTour("Gambir", CameraQuery("kelurahan Gambir"), 9, 20.0, PageOrder.LEAST_SEEN, "1+7")
SIAGA = Salvo("Siaga", {1: SavedScene("Pasar"), 2: CameraScene((A,))})

PAGI_TEXT = """{
  "version": 1,
  "name": "Pagi",
  "steps": {
    "1": {
      "layout": "Pasar",
      "dwell_s": 15
    },
    "2": {
      "cameras": [
        "camera-1",
        "camera-2"
      ],
      "grid": "1+5",
      "dwell_s": 7.5
    }
  }
}
"""

names = st.from_regex(r"[A-Za-z0-9À-ɏ一-龥.+-]{1,12}( [a-z0-9]{1,12}){0,3}", fullmatch=True)
cameras = st.lists(st.from_regex(r"[a-z0-9-]{1,36}", fullmatch=True).map(CameraId), min_size=1, max_size=9)
scenes = st.one_of(
    names.map(SavedScene),
    st.builds(CameraScene, cameras.map(tuple), st.one_of(st.just(""), names)),
)
dwells = st.one_of(st.integers(5, 3600).map(float), st.floats(5.0, 3600.0))
step_tours = st.builds(
    Tour, names, st.lists(st.builds(TourStep, scenes, dwells), min_size=1, max_size=6).map(tuple)
)
queries = st.sampled_from([None, CameraQuery("kelurahan Gambir, jalan umum"), CameraQuery("JKT-04")])
grids = st.one_of(st.just(""), names)
paged_tours = st.builds(PagedTour, names, queries, st.integers(1, 64), dwells, st.sampled_from(PageOrder), grids)
salvos = st.builds(Salvo, names, st.dictionaries(st.integers(1, 16), scenes, min_size=1, max_size=6))


# ---- text


def test_a_tours_text_can_be_read_and_mended_by_a_person() -> None:
    assert tour_text(PAGI) == PAGI_TEXT


@settings(deadline=None)
@given(st.one_of(step_tours, paged_tours))
def test_a_tour_that_is_written_read_and_written_again_is_the_same(plan: TourPlan) -> None:
    text = tour_text(plan)
    assert tour_from_text("x.json", text) == plan and tour_text(tour_from_text("x.json", text)) == text


@settings(deadline=None)
@given(salvos)
def test_a_salvo_that_is_written_read_and_written_again_is_the_same(salvo: Salvo) -> None:
    text = salvo_text(salvo)
    assert salvo_from_text("x.json", text) == salvo and salvo_text(salvo_from_text("x.json", text)) == text


def test_a_step_without_a_dwell_has_the_usual_one() -> None:
    text = '{"version": 1, "name": "Pagi", "steps": {"1": {"layout": "Pasar"}}}'
    assert tour_from_text("x.json", text) == Tour("Pagi", (TourStep(SavedScene("Pasar"), 15.0),))


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ('"version": 1', '"version": 2', "line 2: version is 2"),
        ('"Pagi"', '"Pa\\u202egi"', "line 3: name is not 1 to 60 characters that can be seen"),
        ('"Pagi"', '""', "line 3: name is not"),
        ('"steps"', '"stages"', "line 4: stages is not known"),
        ('"1": {', '"3": {', "line 5: steps 3 is out of order"),
        ('"layout": "Pasar",', "", "line 5: steps 1 has to have either a layout or cameras"),
        ('"layout": "Pasar"', '"layout": 7', "line 6: steps 1 layout is not the name of a layout"),
        (
            '"dwell_s": 15',
            '"dwell_s": 2',
            "line 7: steps 1 dwell_s cannot be used: a step lasts 5 to 3600 s, not 2",
        ),
        ('"dwell_s": 15', '"dwell_s": "15"', "line 7: steps 1 dwell_s is not a number"),
        ('"dwell_s": 15', '"dwell_s": true', "line 7: steps 1 dwell_s is not a number"),
        ('"dwell_s": 15', f'"dwell_s": {10**400}', "line 7: steps 1 dwell_s is not a number"),
        ('"dwell_s": 15', '"dwell_s": NaN', "line 7: steps 1 dwell_s"),
        ('"dwell_s": 15', '"dwel_s": 15', "line 7: steps 1 dwel_s is not known"),
        ('"dwell_s": 15', '"dwell_s": 15,, ', "line 7: it is no JSON"),
        ('"layout": "Pasar"', '"layout": "Pasar", "grid": "4"', "line 6: steps 1 grid goes with cameras only"),
        ('"camera-2"', "9", "line 10: steps 2 cameras has an entry that is not the id of a camera"),
        ('"grid": "1+5"', '"grid": ""', "line 14: steps 2 grid is not the name of a layout"),
    ],
)
def test_what_is_wrong_with_a_tour_is_told_with_its_line(written: str, instead: str, message: str) -> None:
    assert written in PAGI_TEXT
    broken = PAGI_TEXT.replace(written, instead, 1)
    if "stages" in message:
        broken = broken.replace('"stages"', '"steps": {"1": {"layout": "x"}}, "stages"')
    with pytest.raises(ConfigError) as raised:
        tour_from_text("pagi.json", broken)
    assert str(raised.value).startswith("pagi.json, ") and message in str(raised.value)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("query", "kelurahan", "query cannot be used: the term ‘kelurahan’ lacks a name"),
        ("tiles", 65, "tiles is no whole number from 1 to 64"),
        ("dwell_s", 1, "dwell_s cannot be used: a step lasts 5 to 3600 s, not 1"),
        ("order", "random", "order is 'random', not reading or least_seen"),
        ("grid", 4, "grid is not the name of a layout"),
        ("steps", None, "steps is not known"),
    ],
)
def test_what_is_wrong_with_a_paged_tour_is_told(key: str, value: object, message: str) -> None:
    text = json.dumps({**json.loads(tour_text(GAMBIR)), key: value}, indent=2)
    with pytest.raises(ConfigError, match=message):
        tour_from_text("gambir.json", text)


@pytest.mark.parametrize(
    ("monitors", "message"),
    [
        ({}, "monitors names no monitor"),
        ({"0": {"layout": "Pasar"}}, "monitors 0 is no monitor"),
        ({"1": "Pasar"}, "monitors 1 is not an object"),
        ({"1": {"layout": "Pasar", "dwell_s": 9}}, "monitors 1 dwell_s is not known"),
        ({"1": {"cameras": []}}, "monitors 1 cameras is not a list of 1 to 64 cameras"),
    ],
)
def test_what_is_wrong_with_a_salvo_is_told(monitors: object, message: str) -> None:
    text = json.dumps({"version": 1, "name": "Siaga", "monitors": monitors}, indent=2)
    with pytest.raises(ConfigError, match=message):
        salvo_from_text("siaga.json", text)


def test_a_tour_of_too_many_steps_is_refused() -> None:
    with pytest.raises(ConfigError, match="has 201 steps, not 1 to 200"):
        tour_text(Tour("Pagi", PAGI.steps[:1] * 201))


# ---- files


@pytest.fixture
def files(tmp_path: Path) -> TourFiles:
    return TourFiles(tmp_path / "wall")


def test_what_was_saved_is_there_again(files: TourFiles) -> None:
    assert files.load().tours == {} and files.load().salvos == {}
    for plan in (PAGI, GAMBIR):
        files.tours.save(plan)
    files.salvos.save(SIAGA)
    loaded = files.load()
    assert loaded.tours == {"Pagi": PAGI, "Gambir": GAMBIR} and loaded.salvos == {"Siaga": SIAGA}
    assert loaded.problems == ()


def test_saving_again_takes_the_place_of_the_first_wherever_it_lies(files: TourFiles, tmp_path: Path) -> None:
    files.tours.save(PAGI)
    (file,) = (tmp_path / "wall" / "tours").iterdir()
    moved = file.rename(file.with_name("from-my-colleague.json"))
    files.tours.save(Tour("Pagi", PAGI.steps[:1]))
    assert list(moved.parent.iterdir()) == [moved]
    assert files.load().tours == {"Pagi": Tour("Pagi", PAGI.steps[:1])}


def test_a_broken_file_is_told_and_kept_and_the_others_are_there(files: TourFiles, tmp_path: Path) -> None:
    for plan in (PAGI, GAMBIR):
        files.tours.save(plan)
    file = next((tmp_path / "wall" / "tours").glob("pagi-*"))
    broken = PAGI_TEXT.replace('"dwell_s": 15', '"dwell_s": 1')
    file.write_text(broken, encoding="utf-8")
    loaded = files.load()
    assert loaded.tours == {"Gambir": GAMBIR} and len(loaded.problems) == 1
    assert str(loaded.problems[0]).startswith(f"{file.name}, line 7: steps 1 dwell_s cannot be used")
    files.tours.save(PAGI)
    files.tours.save(PAGI)
    assert file.read_text(encoding="utf-8") == broken and files.load().tours["Pagi"] == PAGI
    assert len(list(file.parent.iterdir())) == 3


def test_a_name_that_two_files_have_is_told(files: TourFiles, tmp_path: Path) -> None:
    files.salvos.save(SIAGA)
    (file,) = (tmp_path / "wall" / "salvos").iterdir()
    file.with_name("z.json").write_bytes(file.read_bytes())
    assert [*map(str, files.load().problems)] == ["z.json: another file has a salvo ‘Siaga’, too"]


def test_deleting_deletes_the_one_of_that_name(files: TourFiles) -> None:
    for plan in (PAGI, GAMBIR):
        files.tours.save(plan)
    files.tours.delete("Pagi")
    assert files.load().tours == {"Gambir": GAMBIR}
    with pytest.raises(ConfigError, match="there is no tour ‘Pagi’"):
        files.tours.delete("Pagi")


@pytest.mark.parametrize("name", ["", " Pagi", "a" * 61, "Pa\ngi", "Pa\u202egi", "\ud800"])
def test_a_name_that_cannot_be_shown_is_not_saved(files: TourFiles, name: str) -> None:
    with pytest.raises(ConfigError):
        files.tours.save(Tour(name, PAGI.steps))
    assert files.load().tours == {} and files.load().problems == ()


def test_where_nothing_can_be_written_the_old_file_stays(files: TourFiles, tmp_path: Path) -> None:
    (tmp_path / "wall").write_text("no folder", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be written"):
        files.tours.save(PAGI)
    assert (tmp_path / "wall").read_text(encoding="utf-8") == "no folder"
