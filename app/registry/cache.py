"""The last good catalogue on disk, so that the wall has its cameras while the registry cannot be reached.

Used by the registry client's sync thread. The file holds no host, address or secret: only members on a list are
written, and no text that looks like an address. It is replaced whole or not at all; one that is broken, of another
schema or of another post is ignored. Must import nothing of ours but the core, its neighbours here and `in_place`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from app.core.model import Area, AreaCode, Camera, CameraId, Catalog, Location, Reject, Site, StreamProfile
from app.core.names import holds_address
from app.core.sentence import Sentence
from app.in_place import in_place_of
from app.registry.fields import FieldError, mapping, parse_json, whole
from app.registry.pace import BATCH, paced
from app.registry.parse import AREAS_MAX, CAMERAS_MAX, CameraParser, parse_area
from app.registry.wire import PIECE_BYTES, BodyError, gunzip, lines

SCHEMA = 3
"""Rises with what is kept of a camera: an older file would be confirmed by its ETag, and never get the rest."""
FILE_NAME = "catalog.ndjson.gz"
FILE_MAX_BYTES = 256 * 1024 * 1024
_FASTEST = 1
"""gzip's level: a third larger than the default and four times as fast."""
_HEAD = {"schema", "post", "cursor", "epoch", "etag", "areas_etag", "areas", "cameras"}
_CAMERA = {"id", "rev", "code", "name", "jurisdiction", "location", "device", "profiles", "credential", "status"}
_NAMES = {"aliases"}
_SITE = {"site", "id", "name"}
_PLACE = {"polda", "polres", "polsek", "subsector", "kelurahan_code"}
_LOCATION = {"lat_deg", "lon_deg", "azimuth_deg", "hfov_deg"}
_STREAM = {"role", "codec", "width_px", "height_px", "frame_rate_fps", "bitrate_kbps", "gop_s"}
_STATE = {"max_sessions", "version", "lifecycle", "privacy", "class", "masks_norm"}
_MEMBERS = frozenset(_HEAD | _CAMERA | _NAMES | _SITE | _PLACE | _LOCATION | _STREAM | _STATE)
"""All that is ever written."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptCatalog:
    """A catalogue and the validators by which the registry says whether it is still good."""

    catalog: Catalog
    etag: str = ""
    areas_etag: str = ""


class CatalogCache:
    """One post's last good catalogue.

    Args:
        folder: where the file is; made if it is not there.
        registry_url: the registry and …
        post_id: … the post that the catalogue is of; both are in the file as a hash only.
    """

    def __init__(self, folder: Path, registry_url: str, post_id: str) -> None:
        self._file = folder / FILE_NAME
        self._is_stopped = False
        self._post = hashlib.sha256(f"{registry_url}\n{post_id}".encode()).hexdigest()

    def load(self) -> KeptCatalog | None:
        """The last good catalogue, None where there is none that can be used."""
        try:
            with self._file.open("rb") as file:
                pieces = iter(lambda: file.read(PIECE_BYTES), b"")
                return self._parse(lines(gunzip(pieces, FILE_MAX_BYTES)))
        except FileNotFoundError:
            return None
        except (OSError, BodyError, FieldError) as error:
            _log.warning("the kept catalogue is left out: %s", error)
            return None

    def save(self, kept: KeptCatalog) -> None:
        """Put a catalogue in the older one's place; where that fails, the older stays and a log line says it."""
        try:
            with in_place_of(self._file) as file:
                self._write(file, kept)
        except (OSError, FieldError) as error:
            _log.warning("the catalogue could not be kept: %s", error)

    def stop(self) -> None:
        """Give up what is just being written; any thread may say so."""
        self._is_stopped = True

    def _write(self, file: BinaryIO, kept: KeptCatalog) -> None:
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_FASTEST, filename="", mtime=0) as packed:
            texts = paced(_line(record) for record in self._records(kept))
            while batch := list(islice(texts, BATCH)):
                if self._is_stopped:
                    raise InterruptedError("the console ends")
                packed.write("".join(batch).encode())

    def _records(self, kept: KeptCatalog) -> Iterator[Mapping[str, object]]:
        catalog = kept.catalog
        head = {
            "schema": SCHEMA,
            "post": self._post,
            "cursor": catalog.cursor,
            "epoch": catalog.epoch,
            "etag": kept.etag,
            "areas_etag": kept.areas_etag,
            "areas": len(catalog.areas),
            "cameras": len(catalog.cameras),
        }
        areas = ({"code": area.code, "name": area.name} for area in catalog.areas.values())
        return chain([head], areas, map(camera_record, catalog.cameras.values()))

    def _parse(self, found: Iterator[bytes | None]) -> KeptCatalog | None:
        head = mapping(parse_json(next(found, None) or b""), "head")
        if head.get("schema") != SCHEMA or head.get("post") != self._post:
            _log.info("the kept catalogue is of another post or version")
            return None
        areas = _areas(islice(found, whole(head.get("areas"), "areas", 0, AREAS_MAX)))
        cameras = _cameras(found)
        if len(cameras) != whole(head.get("cameras"), "cameras", 0, CAMERAS_MAX):
            raise FieldError("cameras", Sentence("are not all there"))
        catalog = Catalog(cameras, areas, _text(head, "cursor"), _text(head, "epoch"))
        return KeptCatalog(catalog, _text(head, "etag"), _text(head, "areas_etag"))


def camera_record(camera: Camera) -> dict[str, object]:
    """A camera as the contract's record, as far as the console knows it."""
    place = camera.jurisdiction
    return {
        "id": camera.id,
        "rev": camera.rev,
        "code": camera.code,
        "name": camera.name,
        "aliases": camera.aliases,
        "jurisdiction": {
            "polda": place.polda,
            "polres": place.polres,
            "polsek": place.polsek,
            "subsector": place.subsector,
            "kelurahan_code": camera.kelurahan_code,
        },
        "site": _site_record(camera.site),
        "location": _location_record(camera.location),
        "device": {"max_sessions": camera.max_sessions},
        "profiles": [_stream_record(stream) for stream in camera.profiles],
        "credential": {"version": camera.credential_version},
        "status": {"lifecycle": camera.lifecycle.value},
        "privacy": {"class": camera.privacy.value, "masks_norm": camera.masks},
    }


def _site_record(site: Site | None) -> dict[str, str] | None:
    return None if site is None else {"id": site.id, "name": site.name}


def _location_record(location: Location | None) -> dict[str, float | None] | None:
    if location is None:
        return None
    return {
        "lat_deg": location.lat_deg,
        "lon_deg": location.lon_deg,
        "azimuth_deg": location.azimuth_deg,
        "hfov_deg": location.hfov_deg,
    }


def _stream_record(stream: StreamProfile) -> dict[str, object]:
    return {
        "role": stream.profile.value,
        "codec": stream.codec.value,
        "width_px": stream.width_px,
        "height_px": stream.height_px,
        "frame_rate_fps": stream.frame_rate_fps,
        "bitrate_kbps": stream.bitrate_kbps,
        "gop_s": stream.gop_s,
    }


def _line(record: Mapping[str, object]) -> str:
    """A record as a line of the file.

    Raises:
        FieldError: it has a member that is not on the list, or an address in it.
    """
    if not _member_names(record) <= _MEMBERS:
        raise FieldError("record", Sentence("has a member that is not kept on disk"))
    text = json.dumps(record, separators=(",", ":"))
    if holds_address(text):
        raise FieldError("record", Sentence("holds an address, which is not kept on disk"))
    return text + "\n"


def _member_names(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_member_names, value.values()))
    if isinstance(value, list):
        return set().union(*map(_member_names, value))
    return set()


def _areas(found: Iterable[bytes | None]) -> dict[AreaCode, Area]:
    areas = (parse_area(0, parse_json(line or b"")) for line in found)
    return {area.code: area for area in areas if isinstance(area, Area)}


def _cameras(found: Iterable[bytes | None]) -> dict[CameraId, Camera]:
    parser = CameraParser()
    cameras: dict[CameraId, Camera] = {}
    for line in paced(found):
        camera = parser.line(0, line or b"")
        if isinstance(camera, Reject):
            raise FieldError(camera.field, camera.reason)
        cameras[camera.id] = camera
    return cameras


def _text(head: Mapping[str, object], name: str) -> str:
    value = head.get(name)
    if not isinstance(value, str):
        raise FieldError(name, Sentence("is no text"))
    return value
