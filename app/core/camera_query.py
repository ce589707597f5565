"""A layout may name its cameras by a question instead of one by one: "kelurahan Gambir, public street".

A question is terms with commas between them, in Indonesian or English: a kind of place, unit or site and its
name, a word for a privacy class or a state, the beginning of a code. Terms of one kind add up, kinds narrow each
other: "kelurahan Gambir, kelurahan Cideng, public street" are the public cameras of both. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from types import MappingProxyType

from app.core.branch import reading_key
from app.core.errors import ConfigError
from app.core.folding import fold
from app.core.model import AreaCode, Camera, CameraId, Catalog, Lifecycle, PrivacyClass
from app.core.names import one_line

QUERY_MAX_LENGTH = 200


class Kind(Enum):
    """What a term speaks of."""

    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    CITY = "city"
    POLDA = "polda"
    POLRES = "polres"
    POLSEK = "polsek"
    SUBSECTOR = "subsector"
    SITE = "site"
    CODE = "code"
    PRIVACY = "privacy"
    LIFECYCLE = "lifecycle"


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **{kind.value: kind for kind in Kind if kind not in (Kind.PRIVACY, Kind.LIFECYCLE)},
        "kel": Kind.KELURAHAN,
        "kec": Kind.KECAMATAN,
        "kota": Kind.CITY,
        "subsektor": Kind.SUBSECTOR,
        "lokasi": Kind.SITE,
        "kode": Kind.CODE,
    }
)
"""The words that stand before a name."""

STATES: Mapping[str, PrivacyClass | Lifecycle] = MappingProxyType(
    {
        "public street": PrivacyClass.PUBLIC_STREET,
        "public": PrivacyClass.PUBLIC_STREET,
        "jalan umum": PrivacyClass.PUBLIC_STREET,
        "publik": PrivacyClass.PUBLIC_STREET,
        "umum": PrivacyClass.PUBLIC_STREET,
        "private office": PrivacyClass.PRIVATE_OFFICE,
        "private": PrivacyClass.PRIVATE_OFFICE,
        "kantor swasta": PrivacyClass.PRIVATE_OFFICE,
        "kantor pribadi": PrivacyClass.PRIVATE_OFFICE,
        "swasta": PrivacyClass.PRIVATE_OFFICE,
        "privat": PrivacyClass.PRIVATE_OFFICE,
        "active": Lifecycle.ACTIVE,
        "aktif": Lifecycle.ACTIVE,
        "maintenance": Lifecycle.MAINTENANCE,
        "pemeliharaan": Lifecycle.MAINTENANCE,
        "perawatan": Lifecycle.MAINTENANCE,
        "planned": Lifecycle.PLANNED,
        "direncanakan": Lifecycle.PLANNED,
        "rencana": Lifecycle.PLANNED,
    }
)
"""The words that stand alone."""

_CODE_START = re.compile(r"(?=.*[\d-])[\w./-]+")
_LEVELS_UP: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.KELURAHAN: 0,
        Kind.KECAMATAN: 1,
        Kind.CITY: 2,
        Kind.SUBSECTOR: 0,
        Kind.POLSEK: 1,
        Kind.POLRES: 2,
    }
)
"""How far above a kelurahan the area of a term lies; units are named after such areas."""
_METRO = "metro "
"""Jakarta's units carry this word before the name of their area: Polres Metro Jakarta Pusat."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its kind, and the name, code or enum's word that it wants, folded."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class CameraQuery:
    """A question to the catalogue, as its author wrote it (on one line, without what cannot be seen).

    Raises:
        ConfigError: it has no term, one that is not understood, or is too long; the message names the term.
    """

    text: str
    terms: tuple[Term, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = one_line(self.text)
        if len(text) > QUERY_MAX_LENGTH:
            raise ConfigError("a query has at most {0} characters, not {1}", QUERY_MAX_LENGTH, len(text))
        terms = tuple(_term(part.strip()) for part in text.split(",") if part.strip())
        if not terms:
            raise ConfigError("a query needs a term, such as: kelurahan Gambir, public street")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "terms", terms)


def parse_query(text: str) -> CameraQuery:
    """The query that somebody wrote.

    Raises:
        ConfigError: as `CameraQuery` does.
    """
    return CameraQuery(text)


def _term(written: str) -> Term:
    phrase = fold(written)
    state = STATES.get(phrase.replace("_", " "))
    if state is not None:
        kind = Kind.PRIVACY if isinstance(state, PrivacyClass) else Kind.LIFECYCLE
        return Term(kind, state.value)
    word, _, name = phrase.partition(" ")
    named = KINDS.get(word.rstrip(".:"))
    if named is not None:
        return _named_term(named, name.strip(), written)
    if _CODE_START.fullmatch(phrase):
        return Term(Kind.CODE, phrase)
    raise ConfigError(
        "the term ‘{0}’ is not understood: put kelurahan, kecamatan, polsek, site or code before a name, "
        "or write a word such as public street or active",
        written,
    )


def _named_term(kind: Kind, name: str, written: str) -> Term:
    if not name:
        raise ConfigError("the term ‘{0}’ lacks a name", written)
    return Term(kind, name)


def matching(query: CameraQuery, catalog: Catalog) -> tuple[CameraId, ...]:
    """The cameras that a query means, by kelurahan and name as people read them.

    Without a term for the state only active cameras are meant.

    Args:
        query: see there.
        catalog: the cameras in this post's scope.
    """
    found: list[Camera] = list(catalog.cameras.values())
    by_kind = sorted(query.terms, key=lambda term: term.kind.value)
    for kind, terms in groupby(by_kind, key=lambda term: term.kind):
        is_meant = _test(kind, frozenset(term.value for term in terms), catalog)
        found = [camera for camera in found if is_meant(camera)]
    if all(term.kind is not Kind.LIFECYCLE for term in query.terms):
        found = [camera for camera in found if camera.lifecycle is Lifecycle.ACTIVE]
    return tuple(camera.id for camera in _as_read(found, catalog))


def _as_read(cameras: Iterable[Camera], catalog: Catalog) -> list[Camera]:
    by_area: dict[AreaCode, list[Camera]] = {}
    for camera in cameras:
        by_area.setdefault(camera.kelurahan_code, []).append(camera)
    areas = sorted(by_area, key=lambda code: (fold(catalog.area_name(code)), code))
    return [camera for code in areas for camera in sorted(by_area[code], key=_name_order)]


def _name_order(camera: Camera) -> tuple[list[str | int], str]:
    return reading_key(camera.name), camera.code


def _test(kind: Kind, values: frozenset[str], catalog: Catalog) -> Callable[[Camera], bool]:
    """Whether a camera is meant by the terms of one kind."""
    match kind:
        case Kind.PRIVACY:
            return lambda camera: camera.privacy.value in values
        case Kind.LIFECYCLE:
            return lambda camera: camera.lifecycle.value in values
        case Kind.CODE:
            starts = tuple(values)
            return lambda camera: fold(camera.code).startswith(starts)
        case Kind.SITE:
            return lambda camera: camera.site is not None and _is_called(camera.site.name, camera.site.id, values)
        case Kind.KELURAHAN | Kind.KECAMATAN | Kind.CITY:
            codes = _kelurahan_in(kind, values, catalog)
            return lambda camera: camera.kelurahan_code in codes
        case _:  # police units
            units = _units(kind, values, catalog)
            return lambda camera: getattr(camera.jurisdiction, kind.value) in units


def _is_called(name: str, code: str, values: frozenset[str]) -> bool:
    return fold(name) in values or fold(code) in values


def _kelurahan_in(kind: Kind, values: frozenset[str], catalog: Catalog) -> frozenset[AreaCode]:
    """The kelurahan that lie in an area of one of these names or codes."""
    levels = _LEVELS_UP[kind]
    present = {camera.kelurahan_code for camera in catalog.cameras.values()}
    return frozenset(code for code in present if _is_area(_ancestor(code, levels), kind, values, catalog))


def _is_area(code: AreaCode, kind: Kind, values: frozenset[str], catalog: Catalog) -> bool:
    if _is_called(catalog.area_name(code), code, values):
        return True
    # Cities are listed as "Kota Administrasi Jakarta Pusat"; nobody says so.
    is_city = _LEVELS_UP[kind] == 2
    return is_city and fold(catalog.area_name(code)).endswith(tuple(f" {value}" for value in values))


def _ancestor(code: AreaCode, levels: int) -> AreaCode:
    parts = code.split(".")
    return AreaCode(".".join(parts[: len(parts) - levels]))


def _units(kind: Kind, values: frozenset[str], catalog: Catalog) -> frozenset[str]:
    """The codes of the police units that are meant.

    The catalogue knows units by their codes only. A polres, polsek or subsector is named after the city, kecamatan
    or kelurahan that it answers for: a name means the unit of most cameras there.
    """
    by_code = {fold(code): code for camera in catalog.cameras.values() if (code := _unit_of(camera, kind))}
    named = (by_code.get(value) or _unit_named(kind, value.removeprefix(_METRO), catalog) for value in values)
    return frozenset(code for code in named if code)


def _unit_of(camera: Camera, kind: Kind) -> str:
    return str(getattr(camera.jurisdiction, kind.value))


def _unit_named(kind: Kind, name: str, catalog: Catalog) -> str:
    if kind is Kind.POLDA:
        return ""
    places = _kelurahan_in(kind, frozenset({name}), catalog)
    units = Counter(
        _unit_of(camera, kind) for camera in catalog.cameras.values() if camera.kelurahan_code in places
    )
    return units.most_common(1)[0][0] if units else ""


def placed(
    before: Mapping[int, CameraId], found: Iterable[CameraId], tiles: int, hotspot: int | None = None
) -> dict[int, CameraId]:
    """The cameras of a query on tiles: those that stay keep their tile, new ones fill what is free, in order.

    Args:
        before: what stood where; a camera that is not found any more leaves its tile.
        found: what the query means now; more than there are tiles are left out.
        tiles: how many tiles the layout has.
        hotspot: the tile that follows the selection, and takes no camera of its own.
    """
    wanted = dict.fromkeys(found)
    numbers = [number for number in range(1, tiles + 1) if number != hotspot]
    kept: dict[int, CameraId] = {}
    for number in numbers:
        camera = before.get(number)
        if camera is not None and camera in wanted:
            kept[number] = camera
            del wanted[camera]
    free = [number for number in numbers if number not in kept]
    return dict(sorted({**kept, **dict(zip(free, wanted, strict=False))}.items()))
