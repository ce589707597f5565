"""The demo's 10,000 cameras: invented, in Jakarta's real kelurahan, the same on every machine.

Nothing is random: names, sites, positions and ids follow from the camera's code by arithmetic and checksums.
What a camera shows and what is wrong with it is `app.demo.scenes`' to say. Runs once at start-up; it must not
import the registry or the simulator.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from uuid import UUID, uuid5

from app.core.model import Profile
from app.demo.catalogue.areas import Kelurahan, load_jakarta
from app.demo.catalogue.names import KelurahanNames, Words, fault_view, load_words
from app.demo.catalogue.record import (
    PRIVATE_PURPOSES,
    Camera,
    CameraLocation,
    Catalogue,
    Credential,
    Device,
    Owner,
    Privacy,
    Status,
    StreamProfile,
)
from app.demo.scenes import CLIP_FORMATS, SCENES, Place, Scene, fault_for, scene_for

TAG = "jakarta-3"
CAMERAS = 10_000
_NAMESPACE = UUID("5b0a3f5e-6f0e-5d3c-9d0b-2a7c61f3d9e4")
"""The project's own namespace for UUIDv5 (RFC 9562 section 5.5)."""
_MADE_AT = "2026-11-20T00:00:00Z"
_GOLDEN_ANGLE_RAD = math.pi * (3 - math.sqrt(5))
"""Successive points at this angle spread evenly over a disc (Vogel, 1979)."""
_LARGEST_KECAMATAN_COUNT = 11
_LARGEST_KELURAHAN_COUNT = 11
_KELURAHAN_PART = 0.30
_CAMERA_PART = 0.12
"""How far kelurahan lie around their kecamatan and cameras around their kelurahan, parts of the city's spread."""
_BITRATE_KBPS = {Profile.SUB: 512, Profile.MAIN: 4_096}
_MODELS = ("PTK-2360", "PTK-4080", "NVS-220", "NVS-410", "Sentra D3")
_ISLANDS = "31.01"


def camera_id(key: str) -> UUID:
    """The id of an invented or a file's camera: the same key gives the same id everywhere."""
    return uuid5(_NAMESPACE, key)


def jakarta_catalogue() -> Catalogue:
    """The demo's catalogue: 10,000 invented cameras."""
    jakarta = load_jakarta()
    return Catalogue(TAG, tuple(_cameras(jakarta.kelurahan)), jakarta.jurisdictions(has_invented_cameras=True))


def _cameras(all_kelurahan: tuple[Kelurahan, ...]) -> Iterator[Camera]:
    words = load_words()
    maker = _CameraMaker(words)
    weights = [_weight(kelurahan) for kelurahan in all_kelurahan]
    total, weight_before, number = sum(weights), 0, 0
    for kelurahan, weight in zip(all_kelurahan, weights, strict=True):
        weight_before += weight
        names = KelurahanNames(words, kelurahan.area.name)
        end = round(CAMERAS * weight_before / total)
        while number < end:
            number += 1
            yield maker.camera(number, kelurahan, names)


def _weight(kelurahan: Kelurahan) -> int:
    """How many cameras a kelurahan has compared with others; the islands have few."""
    chance = zlib.crc32(kelurahan.area.code.encode())
    return 5 + chance % 4 if kelurahan.area.code.startswith(_ISLANDS) else 30 + chance % 17


class _CameraMaker:
    """Makes cameras; what many of them have in common is made once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._streams = {scene: _streams(scene) for scene in SCENES}
        self._privacy = {is_private: _privacy(is_private) for is_private in (True, False)}
        self._status = Status()

    def camera(self, number: int, kelurahan: Kelurahan, names: KelurahanNames) -> Camera:
        """The camera of that number, in that kelurahan."""
        code = f"JKT-{number:05d}"
        chance = zlib.crc32(code.encode())
        scene, fault = scene_for(code), fault_for(code)
        view = fault_view(self._words, fault, number) if fault else names.next_view(scene.place, number)
        is_private = scene.place is Place.OFFICE and chance % 5 != 0
        return Camera(
            id=camera_id(code),
            rev=number,
            code=code,
            name=view.name,
            aliases=view.aliases,
            owner=_owner(scene.place, is_private, chance),
            jurisdiction=kelurahan.jurisdiction,
            site=view.site,
            location=_location(number, kelurahan, chance),
            device=_device(code, chance),
            profiles=self._streams[scene],
            credential=Credential(version=1 + chance % 9),
            status=self._status,
            privacy=self._privacy[is_private],
            updated_at=_MADE_AT,
        )


def _owner(place: Place, is_private: bool, chance: int) -> Owner:
    if is_private:
        return Owner(kind="business", id=f"own_{100 + chance % 400:04d}")
    if place is Place.MARKET:
        return Owner(kind="provider", id=f"own_{20 + chance % 40:04d}")
    return Owner(kind="government", id=f"own_{1 + chance % 9:04d}")


def _privacy(is_private: bool) -> Privacy:
    if is_private:
        return Privacy.model_validate({"class": "private_office", "purposes": PRIVATE_PURPOSES})
    return Privacy.model_validate({"class": "public_street"})


def _device(code: str, chance: int) -> Device:
    return Device(
        onvif_uuid=f"urn:uuid:{uuid5(_NAMESPACE, 'device ' + code)}",
        model=_MODELS[chance % len(_MODELS)],
        max_sessions=(3, 6, 10, 20)[chance // 7 % 4],
    )


def _streams(scene: Scene) -> tuple[StreamProfile, ...]:
    return tuple(_stream(scene, profile) for profile in (Profile.SUB, Profile.MAIN))


def _stream(scene: Scene, profile: Profile) -> StreamProfile:
    clip = CLIP_FORMATS[profile]
    return StreamProfile(
        id=profile.value,
        role=profile.value,
        codec=scene.codec(profile).value,
        width_px=clip.width_px,
        height_px=clip.height_px,
        frame_rate_fps=clip.frame_rate_fps,
        bitrate_kbps=_BITRATE_KBPS[profile],
        gop_s=clip.gop_s,
    )


def _location(number: int, kelurahan: Kelurahan, chance: int) -> CameraLocation:
    """A point in a disc of cameras, in a disc of kelurahan, in a disc of kecamatan around the city's centre."""
    kecamatan = _disc(kelurahan.kecamatan_index, _LARGEST_KECAMATAN_COUNT)
    middle = _disc(kelurahan.index, _LARGEST_KELURAHAN_COUNT)
    camera = _disc(number % 48, 48)
    north, east = (
        kecamatan[axis] * (1 - _KELURAHAN_PART - _CAMERA_PART)
        + middle[axis] * _KELURAHAN_PART
        + camera[axis] * _CAMERA_PART
        for axis in (0, 1)
    )
    return CameraLocation(
        lat_deg=round(kelurahan.centre_deg[0] + north * kelurahan.spread_deg[0], 6),
        lon_deg=round(kelurahan.centre_deg[1] + east * kelurahan.spread_deg[1], 6),
        azimuth_deg=chance % 72 * 5,
        hfov_deg=60 + chance % 7 * 5,
    )


def _disc(index: int, count: int) -> tuple[float, float]:
    """The index-th of `count` points spread over the unit disc, as (north, east)."""
    radius, angle_rad = math.sqrt((index + 0.5) / count), index * _GOLDEN_ANGLE_RAD
    return radius * math.sin(angle_rad), radius * math.cos(angle_rad)
