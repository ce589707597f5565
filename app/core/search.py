"""Search over a catalogue: code, name, site and kelurahan, in any case, without accents, words in any order.

Pure: no Qt, no I/O, no clock. One index is built per catalogue; a search is one pass over prepared text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.core.model import AreaCode, Camera, Catalog

_NUMBER = re.compile(r"(\d{1,18})")  # int() refuses numbers of thousands of digits


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """The cameras of one kelurahan, in the order a person reads them."""

    code: AreaCode
    name: str
    cameras: tuple[Camera, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A group as a search looks at it; a line break keeps a word from matching over two fields."""

    unordered: AreaGroup
    """As the catalogue had it: equal means unchanged."""
    group: AreaGroup
    entries: list[tuple[str, Camera]]
    text: str
    """All entries' texts: most groups are ruled out by one look at it."""


class CameraIndex:
    """A catalogue made ready to be listed and searched; `index_in_steps` makes one.

    Args:
        prepared: every kelurahan that has cameras.

    Attributes:
        groups: those, by name, each with its cameras by name and code.
    """

    def __init__(self, prepared: Iterable[_Prepared] = ()) -> None:
        self._prepared = sorted(prepared, key=_area_order)
        self.by_area: Mapping[AreaCode, _Prepared] = {entry.group.code: entry for entry in self._prepared}
        self.groups = tuple(entry.group for entry in self._prepared)
        self._cameras = sum(len(group.cameras) for group in self.groups)

    def __len__(self) -> int:
        return self._cameras

    def find(self, query: str) -> tuple[AreaGroup, ...]:
        """The cameras that contain every word of the query, grouped as in `groups`."""
        # The longest word first: it rules most cameras out.
        words = sorted(fold(query).split(), key=len, reverse=True)
        if not words:
            return self.groups
        found = ((entry.group, _matching(entry, words)) for entry in self._prepared)
        return tuple(AreaGroup(group.code, group.name, cameras) for group, cameras in found if cameras)


def _areas(catalog: Catalog) -> list[AreaGroup]:
    """The catalogue's cameras by kelurahan, unordered."""
    by_area: dict[AreaCode, list[Camera]] = {}
    for camera in catalog.cameras.values():
        by_area.setdefault(camera.kelurahan_code, []).append(camera)
    return [AreaGroup(code, catalog.area_name(code), tuple(cameras)) for code, cameras in by_area.items()]


def index_in_steps(catalog: Catalog, previous: CameraIndex) -> Iterator[CameraIndex | None]:
    """Make the index of a catalogue in small steps: None after each, in the end the index.

    Ten thousand cameras take tens of milliseconds, which a window's thread must not spend at once.

    Args:
        catalog: the cameras in the post's scope.
        previous: the index of an earlier catalogue: what has not changed since is taken over from it.
    """
    prepared = []
    for area in _areas(catalog):
        prepared.append(_prepare_unless_known(area, previous.by_area))
        yield None
    yield CameraIndex(prepared)


def _prepare_unless_known(unordered: AreaGroup, known: Mapping[AreaCode, _Prepared]) -> _Prepared:
    before = known.get(unordered.code)
    return before if before is not None and before.unordered == unordered else _prepare(unordered)


def _prepare(unordered: AreaGroup) -> _Prepared:
    cameras = tuple(sorted(unordered.cameras, key=_reading_order))
    area = fold(unordered.name)
    entries = [(f"{_own_text(camera)}\n{area}", camera) for camera in cameras]
    group = AreaGroup(unordered.code, unordered.name, cameras)
    return _Prepared(unordered, group, entries, "\n".join(text for text, _ in entries))


def _own_text(camera: Camera) -> str:
    """Code and name, and the site's name unless the camera's says it already: less text is searched faster."""
    name, site = fold(camera.name), fold(camera.site.name) if camera.site else ""
    return f"{fold(camera.code)}\n{name}" if site in name else f"{fold(camera.code)}\n{name}\n{site}"


def _area_order(prepared: _Prepared) -> tuple[str, AreaCode]:
    return fold(prepared.group.name), prepared.group.code


def _matching(prepared: _Prepared, words: list[str]) -> tuple[Camera, ...]:
    if not all(word in prepared.text for word in words):
        return ()
    entries = prepared.entries
    for word in words:
        entries = [entry for entry in entries if word in entry[0]]
    return tuple([camera for _, camera in entries])


def fold(text: str) -> str:
    """The text without case and accents, compatibility forms unified."""
    if text.isascii():
        return text.lower()
    # Twice: what a compatibility form stands for may have case, and what folding gives may have accents.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _reading_order(camera: Camera) -> tuple[list[str | int], str]:
    """`Gate 9` before `Gate 10`: digits compare as numbers. Text and numbers alternate, so they never meet."""
    parts: list[str | int] = list(_NUMBER.split(fold(camera.name)))
    for position in range(1, len(parts), 2):
        parts[position] = int(parts[position])
    return parts, camera.code
