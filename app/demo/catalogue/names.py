"""Names for invented cameras: what a place of that kind might be called in Jakarta.

The words are read from `resources/catalogue/names.json` by whoever calls `load_words`. Names follow from the
kelurahan and a counter alone, so every machine makes the same ones. It must not import the registry.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from importlib import resources

from pydantic import BaseModel

from app.demo.scenes import Fault, Place

_VIEWS_PER_SITE = 3
"""Cameras that share a site; fewer than the four views of a place, so that sites differ in what they have."""
_POOL_STEP = 20
"""Walks the pool of words; prime to its length, so that no word comes twice before all have come once."""


class _PlaceWords(BaseModel):
    home: tuple[str, ...]
    sites: tuple[str, ...]
    views: tuple[str, ...]


class Words(BaseModel):
    """The words that names are made of."""

    pool: tuple[str, ...]
    places: Mapping[Place, _PlaceWords]
    faults: Mapping[Fault, str]


class KelurahanNames:
    """Gives the cameras of one kelurahan their names; no two get the same one."""

    def __init__(self, words: Words, kelurahan_name: str) -> None:
        self._words = words
        self._kelurahan = kelurahan_name
        self._start = zlib.crc32(kelurahan_name.encode())
        self._cameras: Counter[Place] = Counter()
        self._sites: dict[tuple[Place, int], str] = {}

    def next_name(self, place: Place) -> str:
        """The name of the kelurahan's next camera at a place of that kind."""
        count = self._cameras[place]
        self._cameras[place] += 1
        number, view = divmod(count, _VIEWS_PER_SITE)
        site = self._sites.get((place, number)) or self._found_site(place, number)
        views = self._words.places[place].views
        return views[(self._start + number + view) % len(views)].format(s=site)

    def _found_site(self, place: Place, number: int) -> str:
        words = self._words.places[place]
        word = self._words.pool[(self._start + _POOL_STEP * len(self._sites)) % len(self._words.pool)]
        if number < len(words.home):
            site = words.home[number].format(k=self._kelurahan.removeprefix("Pasar "))
        else:
            site = words.sites[(self._start + number) % len(words.sites)].format(n=word)
        self._sites[place, number] = site
        return site


def fault_name(words: Words, fault: Fault) -> str:
    """The name of a camera that is there to show what is wrong with it."""
    return f"Uji gangguan – {words.faults[fault]}"


def load_words() -> Words:
    """Read the project's file of words."""
    text = resources.files("resources").joinpath("catalogue/names.json").read_text(encoding="utf-8")
    return Words.model_validate_json(text)
