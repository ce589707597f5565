"""The registry's records as the core's model: one bad record is left out alone.

Pure; any thread (a `CameraParser` belongs to one). Unknown members and unknown words of a list are ignored, as the
contract wants. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.model import (
    Area,
    AreaCode,
    Camera,
    CameraId,
    Codec,
    Jurisdiction,
    Lifecycle,
    Profile,
    Reject,
    Site,
    StreamProfile,
)
from app.core.sentence import Sentence
from app.registry.address import Zones, parse_zones
from app.registry.camera_parts import (
    REV_MAX,
    aliases,
    credential_version,
    location,
    masks,
    max_sessions,
    privacy,
    site,
    word,
)
from app.registry.fields import (
    FieldError,
    array,
    code,
    flag,
    mapping,
    number,
    parse_json,
    time_s,
    token,
    uuid,
    whole,
    words,
)

CURSOR_MAX_LENGTH = 256
CAMERAS_MAX = 200_000
"""More cameras than any city has: a larger answer is a fault or an attack."""
AREAS_MAX = 100_000
"""All of Indonesia has about 84,000 kelurahan and desa."""
CHANGES_MAX = 1_000
BATCH_MAX = 64
WAIT_MAX_S = 25
AUDIT_BATCH_MAX = 1_000
AUDIT_BODY_MAX_BYTES = 1024 * 1024
"""The largest page, batch, long-poll, and batch of a journal of the contract."""
ZONES_MAX = 1_024
CODE_MAX_LENGTH = 64

_CONTRACT = re.compile(r"1\.[0-9]+")
_VERSION = re.compile(r"([0-9]{1,6})\.([0-9]{1,6})\.([0-9]{1,6})")
_UNIT = re.compile(r"(?:[A-Z0-9]+(?:-[A-Z0-9]+)*)?")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the server is."""

    epoch: str
    server_time_s: float
    """Seconds since 1970."""
    min_client_version: tuple[int, int, int]
    lease_batch_max: int
    changes_limit_max: int
    changes_wait_max_s: int
    audit_batch_max: int
    audit_body_max_bytes: int
    zones: Zones
    audit_key: Mapping[str, object] = field(default_factory=dict)
    """With which it signs for what it has of a journal, as a JWK; empty where it keeps none."""


@dataclass(frozen=True, slots=True)
class SnapshotHead:
    """Line 1 of a snapshot."""

    cursor: str
    epoch: str
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of changes. The newest state of a camera that comes twice is its last."""

    cursor: str
    has_more: bool
    upserts: Mapping[CameraId, Camera | None]
    """None where the camera is gone."""
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    kelurahan_code: AreaCode
    jurisdiction: Jurisdiction


_PLACE_MEMBERS = ("kelurahan_code", "polda", "polres", "polsek", "subsector")
_STREAM_MEMBERS = ("role", "codec", "width_px", "height_px", "frame_rate_fps", "bitrate_kbps", "gop_s")


class CameraParser:
    """Makes cameras of records, sharing what many have in common: that keeps 10,000 of them small.

    Owned by one thread, for one snapshot or page of changes.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[object, ...], _Place] = {}
        self._sites: dict[tuple[object, ...], Site] = {}
        self._streams: dict[tuple[object, ...], StreamProfile] = {}
        self._profiles: dict[tuple[int, ...], tuple[StreamProfile, ...]] = {}
        """By the identities of the streams, which `_streams` keeps: their values are slow to hash."""

    def line(self, row: int, text: bytes) -> Camera | Reject:
        """The camera of a snapshot's line; `row` is the line's number, from 1."""
        try:
            return self._camera(parse_json(text))
        except FieldError as error:
            return Reject(row, error.field, error.reason)

    def record(self, row: int, value: object) -> Camera | Reject:
        """The camera of a JSON value; `row` is what a reject is marked with."""
        try:
            return self._camera(value)
        except FieldError as error:
            return Reject(row, error.field, error.reason)

    def _camera(self, value: object) -> Camera:
        get = mapping(value, "camera").get
        place = self._place(mapping(get("jurisdiction"), "jurisdiction"))
        status = mapping(get("status"), "status")
        return Camera(
            id=CameraId(uuid(get("id"), "id")),
            rev=whole(get("rev"), "rev", 1, REV_MAX),
            code=words(get("code"), "code", CODE_MAX_LENGTH),
            name=words(get("name"), "name"),
            kelurahan_code=place.kelurahan_code,
            jurisdiction=place.jurisdiction,
            profiles=self._all_streams(get("profiles")),
            site=self._site(get("site")),
            location=location(get("location")),
            credential_version=credential_version(get("credential")),
            lifecycle=word(Lifecycle, status.get("lifecycle"), "status.lifecycle"),
            privacy=privacy(get("privacy")),
            max_sessions=max_sessions(get("device")),
            aliases=aliases(get("aliases")),
            masks=masks(get("privacy")),
        )

    def _place(self, record: Mapping[str, object]) -> _Place:
        values = tuple(map(record.get, _PLACE_MEMBERS))
        try:
            known = self._places.get(values)
        except TypeError:  # something there is an object or array: the parser will say so
            return _place(record)
        return known if known is not None else self._places.setdefault(values, _place(record))

    def _site(self, value: object) -> Site | None:
        if value is None:
            return None
        record = mapping(value, "site")
        values = record.get("id"), record.get("name")
        try:
            known = self._sites.get(values)
        except TypeError:  # as above
            return site(record)
        return known if known is not None else self._sites.setdefault(values, site(record))

    def _all_streams(self, value: object) -> tuple[StreamProfile, ...]:
        streams: dict[Profile, StreamProfile] = {}
        for index, item in enumerate(array(value, "profiles", 16)):
            stream = self._stream(mapping(item, f"profiles.{index}"), index)
            if stream is not None:
                streams.setdefault(stream.profile, stream)
        found = tuple(streams.values())
        return self._profiles.setdefault(tuple(map(id, found)), found)

    def _stream(self, record: Mapping[str, object], index: int) -> StreamProfile | None:
        values = tuple(map(record.get, _STREAM_MEMBERS))
        try:
            known = self._streams.get(values)
        except TypeError:  # as above
            known = None
        if known is None:
            known = _stream(record, f"profiles.{index}")
            if known is not None:
                self._streams[values] = known
        return known


def parse_meta(value: object) -> Meta:
    """What the server says of itself.

    Raises:
        FieldError: it is not of the contract's form, or speaks another contract.
    """
    record = mapping(value, "meta")
    if not _CONTRACT.fullmatch(token(record.get("contract"), "contract", 16)):
        raise FieldError("contract", Sentence("is not version 1"))
    limits = mapping(record.get("limits"), "limits")
    return Meta(
        epoch=token(record.get("epoch"), "epoch", CODE_MAX_LENGTH),
        server_time_s=time_s(record.get("server_time"), "server_time"),
        min_client_version=parse_version(record.get("min_client_version"), "min_client_version"),
        lease_batch_max=_limit(limits, "lease_batch_max", 1, BATCH_MAX),
        changes_limit_max=_limit(limits, "changes_limit_max", 1, CHANGES_MAX),
        changes_wait_max_s=_limit(limits, "changes_wait_max_s", 0, WAIT_MAX_S),
        audit_batch_max=_limit(
            {"audit_batch_max": AUDIT_BATCH_MAX, **limits}, "audit_batch_max", 1, AUDIT_BATCH_MAX
        ),
        audit_body_max_bytes=_audit_body_max_bytes(limits),
        zones=parse_zones(array(record.get("stream_zones"), "stream_zones", ZONES_MAX)),
        audit_key=mapping(record.get("audit_key", {}), "audit_key"),
    )


def _limit(limits: Mapping[str, object], name: str, least: int, most: int) -> int:
    """What the server allows, as far as this client makes use of it."""
    return min(whole(limits.get(name), f"limits.{name}", least, REV_MAX), most)


def _audit_body_max_bytes(limits: Mapping[str, object]) -> int:
    """The largest body of a journal's lines; as large as any other where the server names no other limit."""
    name = "audit_body_max_bytes" if "audit_body_max_bytes" in limits else "request_body_max_bytes"
    return _limit({name: AUDIT_BODY_MAX_BYTES, **limits}, name, 1, AUDIT_BODY_MAX_BYTES)


def parse_version(value: object, field: str) -> tuple[int, int, int]:
    """A version of three numbers."""
    found = _VERSION.fullmatch(token(value, field, 32))
    if found is None:
        raise FieldError(field, Sentence("is no version"))
    major, minor, patch = (int(part) for part in found.groups())
    return major, minor, patch


def parse_head(line: bytes) -> SnapshotHead:
    """Line 1 of a snapshot.

    Raises:
        FieldError: it is not of the contract's form.
    """
    record = mapping(parse_json(line), "head")
    return SnapshotHead(
        cursor=token(record.get("cursor"), "cursor", CURSOR_MAX_LENGTH),
        epoch=token(record.get("epoch"), "epoch", CODE_MAX_LENGTH),
        count=whole(record.get("count"), "count", 0, CAMERAS_MAX),
    )


def parse_areas(value: object) -> tuple[dict[AreaCode, Area], tuple[Reject, ...]]:
    """The administrative areas by their code; a bad one is left out alone.

    Raises:
        FieldError: the whole is not of the contract's form.
    """
    items = array(mapping(value, "jurisdictions").get("areas"), "areas", AREAS_MAX)
    areas: dict[AreaCode, Area] = {}
    rejects = []
    for row, item in enumerate(items, start=1):
        found = parse_area(row, item)
        if isinstance(found, Reject):
            rejects.append(found)
        else:
            areas[found.code] = found
    return areas, tuple(rejects)


def parse_area(row: int, value: object) -> Area | Reject:
    """One administrative area."""
    try:
        record = mapping(value, "area")
        area_code = AreaCode(code(record.get("code"), "code", CODE_MAX_LENGTH))
        return Area(area_code, words(record.get("name"), "name"))
    except FieldError as error:
        return Reject(row, f"area.{error.field}", error.reason)


def parse_changes(value: object) -> Changes:
    """A page of changes; a bad one is left out alone, an operation of unknown name is ignored.

    Raises:
        FieldError: the whole is not of the contract's form.
    """
    record = mapping(value, "changes")
    parser = CameraParser()
    upserts: dict[CameraId, Camera | None] = {}
    rejects: list[Reject] = []
    for item in array(record.get("changes"), "changes", CHANGES_MAX):
        _take_change(item, parser, upserts, rejects)
    return Changes(
        cursor=token(record.get("cursor"), "cursor", CURSOR_MAX_LENGTH),
        has_more=flag(record.get("more"), "more"),
        upserts=upserts,
        rejects=tuple(rejects),
    )


def _take_change(
    item: object, parser: CameraParser, upserts: dict[CameraId, Camera | None], rejects: list[Reject]
) -> None:
    """Changes come in no rows: their rejects are marked with row 0."""
    try:
        change = mapping(item, "change")
        if change.get("op") == "delete":
            upserts[CameraId(uuid(change.get("id"), "id"))] = None
        elif change.get("op") == "upsert":
            found = parser.record(0, change.get("camera"))
            if isinstance(found, Reject):
                rejects.append(found)
            else:
                upserts[found.id] = found
    except FieldError as error:
        rejects.append(Reject(0, error.field, error.reason))


def _place(record: Mapping[str, object]) -> _Place:
    area = code(record.get("kelurahan_code"), "jurisdiction.kelurahan_code", CODE_MAX_LENGTH)
    units = (_unit(record, level) for level in _PLACE_MEMBERS[1:])
    return _Place(AreaCode(area), Jurisdiction(*units))


def _unit(place: Mapping[str, object], level: str) -> str:
    value = place.get(level, "")
    if not isinstance(value, str) or len(value) > 32 or not _UNIT.fullmatch(value):
        raise FieldError(f"jurisdiction.{level}", Sentence("is not of the form of a unit's code"))
    return value


def _stream(record: Mapping[str, object], field: str) -> StreamProfile | None:
    """One stream; None where its role is of no use here."""
    role = token(record.get("role"), f"{field}.role", 32)
    profile = next((each for each in Profile if each.value == role), None)
    if profile is None:
        return None
    return StreamProfile(
        profile=profile,
        codec=word(Codec, record.get("codec"), f"{field}.codec"),
        width_px=_optional_whole(record, field, "width_px", 16_384),
        height_px=_optional_whole(record, field, "height_px", 16_384),
        frame_rate_fps=_optional_number(record, field, "frame_rate_fps", 240.0),
        bitrate_kbps=_optional_whole(record, field, "bitrate_kbps", REV_MAX),
        gop_s=_optional_number(record, field, "gop_s", 3_600.0),
    )


def _optional_whole(record: Mapping[str, object], field: str, name: str, most: int) -> int | None:
    value = record.get(name)
    return None if value is None else whole(value, f"{field}.{name}", 1, most)


def _optional_number(record: Mapping[str, object], field: str, name: str, most: float) -> float | None:
    """A measure above zero, None where it is not known."""
    value = record.get(name)
    return None if value is None else number(value, f"{field}.{name}", 1e-3, most)
