"""Jakarta's administrative areas, and the invented police units that answer for them.

The facts are read from `resources/catalogue/jakarta.json` by whoever calls `load_jakarta`. It must not
import the registry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from types import MappingProxyType

from pydantic import BaseModel

from app.demo.catalogue.record import Area, CameraJurisdiction, Jurisdictions, Unit

_FIRST_KELURAHAN = 1_001
_KELURAHAN_PER_SUBSECTOR = 2
"""Invented: a subsector post answers for two kelurahan, so that the two axes differ visibly."""


class NamedCode(BaseModel):
    """A code and its name."""

    code: str
    name: str


class _Kecamatan(NamedCode):
    kelurahan: tuple[str, ...]


class _City(NamedCode):
    polres: NamedCode
    centre_deg: tuple[float, float]
    spread_deg: tuple[float, float]
    kecamatan: tuple[_Kecamatan, ...]


class _Facts(BaseModel):
    source: str
    invented_units: str
    invented_cameras: str
    province: NamedCode
    polda: NamedCode
    cities: tuple[_City, ...]


@dataclass(frozen=True, slots=True)
class Kelurahan:
    """A kelurahan, the units that answer for it, and where its city lies."""

    area: NamedCode
    jurisdiction: CameraJurisdiction
    centre_deg: tuple[float, float]
    spread_deg: tuple[float, float]
    kecamatan_index: int
    """Position of its kecamatan within the city, from 0."""
    index: int
    """Position within its kecamatan, from 0."""


class Jakarta:
    """The areas and units of Jakarta, made once from the project's file of facts."""

    def __init__(self, facts: _Facts) -> None:
        self._facts = facts

    @cached_property
    def kelurahan(self) -> tuple[Kelurahan, ...]:
        """All 267 kelurahan, city by city in the file's order."""
        return tuple(found for city in self._facts.cities for found in self._kelurahan_of(city))

    @cached_property
    def by_code(self) -> Mapping[str, Kelurahan]:
        """Every kelurahan under its code."""
        return MappingProxyType({each.area.code: each for each in self.kelurahan})

    @cached_property
    def by_name(self) -> Mapping[str, Kelurahan]:
        """Every kelurahan under its name in lower case; no two in Jakarta share one."""
        return MappingProxyType({each.area.name.casefold(): each for each in self.kelurahan})

    @property
    def polda(self) -> str:
        """The code of the unit that answers for all of Jakarta."""
        return self._facts.polda.code

    def jurisdictions(self, *, has_invented_cameras: bool) -> Jurisdictions:
        """Units and areas, parents first, with a note of what is fact and what is invented."""
        note = [self._facts.source, self._facts.invented_units]
        if has_invented_cameras:
            note.append(self._facts.invented_cameras)
        return Jurisdictions(units=tuple(self._units()), areas=tuple(self._areas()), note=" ".join(note))

    def _kelurahan_of(self, city: _City) -> Iterator[Kelurahan]:
        for position, kecamatan in enumerate(city.kecamatan):
            for index, name in enumerate(kecamatan.kelurahan):
                yield Kelurahan(
                    area=NamedCode(code=f"{kecamatan.code}.{_FIRST_KELURAHAN + index}", name=name),
                    jurisdiction=self._jurisdiction(city, kecamatan, index),
                    centre_deg=city.centre_deg,
                    spread_deg=city.spread_deg,
                    kecamatan_index=position,
                    index=index,
                )

    def _jurisdiction(self, city: _City, kecamatan: _Kecamatan, index: int) -> CameraJurisdiction:
        return CameraJurisdiction(
            polda=self.polda,
            polres=city.polres.code,
            polsek=_polsek_code(city, kecamatan),
            subsector=_subsector_code(city, kecamatan, index),
            kelurahan_code=f"{kecamatan.code}.{_FIRST_KELURAHAN + index}",
        )

    def _units(self) -> Iterator[Unit]:
        polda = self._facts.polda
        yield Unit(code=polda.code, kind="polda", name=polda.name)
        for city in self._facts.cities:
            yield Unit(code=city.polres.code, kind="polres", name=city.polres.name, parent=polda.code)
            for kecamatan in city.kecamatan:
                yield from _units_of(city, kecamatan)

    def _areas(self) -> Iterator[Area]:
        yield Area(code=self._facts.province.code, kind="province", name=self._facts.province.name)
        for city in self._facts.cities:
            yield Area(code=city.code, kind="city", name=city.name)
            for kecamatan in city.kecamatan:
                yield Area(code=kecamatan.code, kind="kecamatan", name=kecamatan.name)
                for index, name in enumerate(kecamatan.kelurahan):
                    code = f"{kecamatan.code}.{_FIRST_KELURAHAN + index}"
                    yield Area(code=code, kind="kelurahan", name=name)


def load_jakarta() -> Jakarta:
    """Read the project's own file of facts."""
    text = resources.files("resources").joinpath("catalogue/jakarta.json").read_text(encoding="utf-8")
    return Jakarta(_Facts.model_validate_json(text))


def _units_of(city: _City, kecamatan: _Kecamatan) -> Iterator[Unit]:
    polsek = _polsek_code(city, kecamatan)
    yield Unit(code=polsek, kind="polsek", name=f"Polsek {kecamatan.name}", parent=city.polres.code)
    for index in range(0, len(kecamatan.kelurahan), _KELURAHAN_PER_SUBSECTOR):
        yield Unit(
            code=_subsector_code(city, kecamatan, index),
            kind="subsector",
            name=f"Subsektor {kecamatan.kelurahan[index]}",
            parent=polsek,
        )


def _polsek_code(city: _City, kecamatan: _Kecamatan) -> str:
    return f"{city.polres.code}{kecamatan.code.rpartition('.')[2]}"


def _subsector_code(city: _City, kecamatan: _Kecamatan, index: int) -> str:
    return f"{_polsek_code(city, kecamatan)}-{1 + index // _KELURAHAN_PER_SUBSECTOR}"
