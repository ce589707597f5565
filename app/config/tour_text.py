"""A tour or a salvo as the text of a JSON file, and back.

Any thread; no input or output. Must not import Qt. Steps and monitors are written under their numbers, so that a
complaint can name the line of the very one that is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from app.config.camera_ids import is_camera_id
from app.config.json_object import JsonObject
from app.config.layout_text import query_of
from app.core.errors import ConfigError
from app.core.layout import MAX_TILES
from app.core.model import CameraId
from app.core.names import NAME_MAX_LENGTH, one_line
from app.core.salvo import MOST_MONITORS, Salvo
from app.core.scene import CameraScene, SavedScene, Scene
from app.core.sentence import Sentence
from app.core.tour import DWELL_S, PagedTour, PageOrder, Tour, TourPlan, TourStep

VERSION = 1
MAX_STEPS = 200
_TOO_LARGE = 1e9
"""A whole number of hundreds of digits is none that a float can take."""
_TOUR_KEYS = ("version", "name", "steps")
_PAGED_KEYS = ("version", "name", "query", "tiles", "dwell_s", "order", "grid")
_SALVO_KEYS = ("version", "name", "monitors")
_SCENE_KEYS = frozenset({"layout", "cameras", "grid"})
_STEP_KEYS = _SCENE_KEYS | {"dwell_s"}


# ---- writing


def tour_text(plan: TourPlan) -> str:
    """A tour as the text of its file; equal tours have equal texts.

    Raises:
        ConfigError: it could not be read again.
    """
    members = _paged_members(plan) if isinstance(plan, PagedTour) else _step_members(plan)
    text = _document_text(plan.name, members)
    tour_from_text(plan.name, text)
    return text


def salvo_text(salvo: Salvo) -> str:
    """A salvo as the text of its file; equal salvos have equal texts.

    Raises:
        ConfigError: it could not be read again.
    """
    monitors = {str(number): _scene_members(salvo.monitors[number]) for number in sorted(salvo.monitors)}
    text = _document_text(salvo.name, {"monitors": monitors})
    salvo_from_text(salvo.name, text)
    return text


def _step_members(tour: Tour) -> dict[str, object]:
    steps = {
        str(number): {**_scene_members(step.scene), "dwell_s": _seconds(step.dwell_s)}
        for number, step in enumerate(tour.steps, start=1)
    }
    return {"steps": steps}


def _paged_members(plan: PagedTour) -> dict[str, object]:
    return {
        "query": plan.query.text if plan.query is not None else None,
        "tiles": plan.tiles,
        "dwell_s": _seconds(plan.dwell_s),
        "order": plan.order.value,
        "grid": plan.grid or None,
    }


def _scene_members(scene: Scene) -> dict[str, object]:
    if isinstance(scene, SavedScene):
        return {"layout": scene.layout}
    return {"cameras": list(scene.cameras), **({"grid": scene.grid} if scene.grid else {})}


def _seconds(seconds: float) -> float | int:
    """`15`, not `15.0`: people read and mend these files."""
    return int(seconds) if float(seconds).is_integer() else seconds


def _document_text(name: str, members: Mapping[str, object]) -> str:
    whole = {"version": VERSION, "name": name, **members}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


# ---- reading


def tour_from_text(file: str, text: str) -> TourPlan:
    """The tour that a file's text holds.

    Args:
        file: the file's name, for complaints.
        text: what it holds.

    Raises:
        ConfigError: it holds none; the message names file, line, key and reason.
    """
    document = JsonObject(file, text)
    document.check_version(VERSION)
    return _tour(document) if document.has("steps") else _paged(document)


def salvo_from_text(file: str, text: str) -> Salvo:
    """The salvo that a file's text holds.

    Args:
        file: the file's name, for complaints.
        text: what it holds.

    Raises:
        ConfigError: it holds none; the message names file, line, key and reason.
    """
    document = JsonObject(file, text)
    document.check_version(VERSION)
    document.check_keys(_SALVO_KEYS)
    name, entries = _name(document), document.entries("monitors")
    numbers = {str(number): number for number in range(1, MOST_MONITORS + 1)}
    wrong = next((key for key in entries if key not in numbers), None)
    if wrong is not None:
        raise document.fault(Sentence("is no monitor: use 1 to {0}", MOST_MONITORS), "monitors", wrong)
    if not entries:
        raise document.fault(Sentence("names no monitor"), "monitors")
    monitors = {
        numbers[key]: _Entry(document, entries[key], "monitors", key).scene(_SCENE_KEYS) for key in entries
    }
    return Salvo(name, dict(sorted(monitors.items())))


def _tour(document: JsonObject) -> Tour:
    document.check_keys(_TOUR_KEYS)
    name, entries = _name(document), document.entries("steps")
    if not 1 <= len(entries) <= MAX_STEPS:
        raise document.fault(Sentence("has {0} steps, not 1 to {1}", len(entries), MAX_STEPS), "steps")
    wrong = next(
        (key for key, number in zip(entries, range(1, MAX_STEPS + 1), strict=False) if key != str(number)), None
    )
    if wrong is not None:
        raise document.fault(Sentence("is out of order: steps are numbered 1, 2, 3 …"), "steps", wrong)
    return Tour(name, tuple(_Entry(document, entries[key], "steps", key).step() for key in entries))


def _paged(document: JsonObject) -> PagedTour:
    document.check_keys(_PAGED_KEYS)
    name, query = _name(document), query_of(document)
    tiles = document.whole("tiles", 1, MAX_TILES)
    order, grid = _order(document), _Entry(document, document.value).optional_name("grid")
    dwell_s = _Entry(document, document.value).number("dwell_s", DWELL_S)
    try:
        return PagedTour(name, query, tiles, dwell_s, order, grid)
    except ConfigError as error:
        raise document.fault(Sentence("cannot be used: {0}", error.sentence), "dwell_s") from error


def _name(document: JsonObject) -> str:
    written = document.text("name")
    if one_line(written) != written or not 1 <= len(written) <= NAME_MAX_LENGTH:
        raise document.fault(Sentence("is not 1 to {0} characters that can be seen", NAME_MAX_LENGTH), "name")
    return written


def _order(document: JsonObject) -> PageOrder:
    written = document.text("order")
    try:
        return PageOrder(written)
    except ValueError as error:
        known = (order.value for order in PageOrder)
        raise document.fault(Sentence("is {0}, not {1} or {2}", repr(written), *known), "order") from error


class _Entry:
    """One object inside the document, and the keys that lead to it."""

    def __init__(self, document: JsonObject, value: object, *path: str) -> None:
        if not isinstance(value, dict):
            raise document.fault(Sentence("is not an object"), *path)
        self._document = document
        self._value = value
        self._path = path

    def step(self) -> TourStep:
        """The step that it holds."""
        scene, dwell_s = self.scene(_STEP_KEYS), self.number("dwell_s", DWELL_S)
        try:
            return TourStep(scene, dwell_s)
        except ConfigError as error:
            raise self._fault(Sentence("cannot be used: {0}", error.sentence), "dwell_s") from error

    def scene(self, known: frozenset[str]) -> Scene:
        """The scene that it holds: a layout, or cameras."""
        wrong = next((key for key in self._value if key not in known), None)
        if wrong is not None:
            raise self._fault(Sentence("is not known"), wrong)
        if ("layout" in self._value) == ("cameras" in self._value):
            raise self._fault(Sentence("has to have either a layout or cameras"))
        if "cameras" in self._value:
            return CameraScene(self._cameras(), self.optional_name("grid"))
        if "grid" in self._value:
            raise self._fault(Sentence("goes with cameras only"), "grid")
        return SavedScene(self._named("layout"))

    def number(self, key: str, default: float) -> float:
        """A number; the default where there is none."""
        value = self._value.get(key, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not abs(value) < _TOO_LARGE:
            raise self._fault(Sentence("is not a number that can be used"), key)
        return float(value)

    def optional_name(self, key: str) -> str:
        """A name; empty where there is none."""
        return "" if self._value.get(key) is None else self._named(key)

    def _named(self, key: str) -> str:
        value = self._value[key]
        if not isinstance(value, str) or one_line(value) != value or not 1 <= len(value) <= NAME_MAX_LENGTH:
            raise self._fault(Sentence("is not the name of a layout"), key)
        return value

    def _cameras(self) -> tuple[CameraId, ...]:
        found: Sequence[object] | object = self._value["cameras"]
        if not isinstance(found, list) or not 1 <= len(found) <= MAX_TILES:
            raise self._fault(Sentence("is not a list of 1 to {0} cameras", MAX_TILES), "cameras")
        return tuple(self._camera(each) for each in found)

    def _camera(self, value: object) -> CameraId:
        if not is_camera_id(value):
            raise self._fault(Sentence("has an entry that is not the id of a camera"), "cameras")
        return value

    def _fault(self, reason: Sentence, *keys: str) -> ConfigError:
        return self._document.fault(reason, *self._path, *keys)
