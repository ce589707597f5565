"""Names for invented cameras and their sites: what a place of that kind might be called in Jakarta.

The words are read from `resources/catalogue/names.json` by whoever calls `load_words`. Names follow from the
kelurahan and a counter alone, so every machine makes the same ones. It must not import the registry.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from pydantic import BaseModel

from app.demo.catalogue.record import Site
from app.demo.scenes import Fault, Place

_VIEWS_PER_SITE = 3
"""Cameras that share a site; fewer than the four views of a place, so that sites differ in what they have."""
_POOL_STEP = 20
"""Walks the pool of words; prime to its length, so that no word comes twice before all have come once."""
_FAULTY = "Uji gangguan"
"""What the faulty cameras and their sites are called and found by."""


class _PlaceWords(BaseModel):
    home: tuple[str, ...]
    sites: tuple[str, ...]
    views: tuple[str, ...]
    aliases: tuple[str, ...]


class Words(BaseModel):
    """The words that names are made of."""

    pool: tuple[str, ...]
    places: Mapping[Place, _PlaceWords]
    faults: Mapping[Fault, str]


@dataclass(frozen=True, slots=True)
class View:
    """What a camera is called, and the site that it stands at."""

    name: str
    site: Site
    aliases: tuple[str, ...] = ()


class KelurahanNames:
    """Gives the cameras of one kelurahan their names and sites; no two get the same name."""

    def __init__(self, words: Words, kelurahan_name: str) -> None:
        self._words = words
        self._kelurahan = kelurahan_name
        self._start = zlib.crc32(kelurahan_name.encode())
        self._cameras: Counter[Place] = Counter()
        self._sites: dict[tuple[Place, int], Site] = {}

    def next_view(self, place: Place, camera: int) -> View:
        """The kelurahan's next camera at a place of that kind.

        Args:
            place: what it looks at.
            camera: the number in its code; a site is known by that of its first camera.
        """
        count = self._cameras[place]
        self._cameras[place] += 1
        number, view = divmod(count, _VIEWS_PER_SITE)
        site = self._sites.get((place, number)) or self._found_site(place, number, camera)
        words = self._words.places[place]
        name = words.views[(self._start + number + view) % len(words.views)].format(s=site.name)
        return View(name, site, () if count else self._aliases(words))

    def _aliases(self, words: _PlaceWords) -> tuple[str, ...]:
        """What people call the kelurahan's best known camera of a kind: its first one."""
        return tuple(alias.format(k=self._kelurahan) for alias in words.aliases)

    def _found_site(self, place: Place, number: int, camera: int) -> Site:
        site = _site(camera, self._site_name(place, number))
        self._sites[place, number] = site
        return site

    def _site_name(self, place: Place, number: int) -> str:
        words = self._words.places[place]
        word = self._words.pool[(self._start + _POOL_STEP * len(self._sites)) % len(self._words.pool)]
        if number < len(words.home):
            return words.home[number].format(k=self._kelurahan.removeprefix("Pasar "))
        return words.sites[(self._start + number) % len(words.sites)].format(n=word)


def fault_view(words: Words, fault: Fault, camera: int) -> View:
    """A camera that is there to show what is wrong with it; as many of them share a site as of the others.

    Args:
        words: the words.
        fault: what is wrong; the cameras' numbers follow the order of the faults.
        camera: the number in its code.
    """
    site, before = divmod(tuple(Fault).index(fault), _VIEWS_PER_SITE)
    return View(f"{_FAULTY} – {words.faults[fault]}", _site(camera - before, f"{_FAULTY} {site + 1}"))


def _site(first_camera: int, name: str) -> Site:
    return Site(id=f"site_{first_camera:05d}", name=name)


def load_words() -> Words:
    """Read the project's file of words."""
    text = resources.files("resources").joinpath("catalogue/names.json").read_text(encoding="utf-8")
    return Words.model_validate_json(text)
