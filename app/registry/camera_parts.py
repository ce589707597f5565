"""The simple parts of a camera's record as the core's model; `parse` puts them together.

Pure; any thread. Each part that the contract lets be absent is unknown then; one that is there and broken raises
`FieldError`, and the record is rejected by it. Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from app.core.masks import Masks, read_masks
from app.core.model import Location, PrivacyClass, Site, SiteId
from app.core.sentence import Sentence
from app.registry.fields import FieldError, array, mapping, number, whole, words

REV_MAX = 2**63 - 1
ALIASES_MAX = 8

_SITE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Word = TypeVar("Word", bound=Enum)


def word(words_known: type[Word], value: object, field: str) -> Word:
    """The enum's member of that value; its UNKNOWN for a word that this version does not know."""
    if not isinstance(value, str):
        raise FieldError(field, Sentence("is no text"))
    found = words_known._value2member_map_.get(value)
    return found if isinstance(found, words_known) else words_known["UNKNOWN"]


def site(record: Mapping[str, object]) -> Site:
    """The place that the camera shares an uplink with."""
    site_id = record.get("id")
    if not isinstance(site_id, str) or not _SITE_ID.fullmatch(site_id):
        raise FieldError("site.id", Sentence("is not of the form of a site's id"))
    return Site(SiteId(site_id), words(record.get("name"), "site.name"))


def location(value: object) -> Location | None:
    """Where the camera stands and looks."""
    if value is None:
        return None
    record = mapping(value, "location")
    azimuth, width = record.get("azimuth_deg"), record.get("hfov_deg")
    return Location(
        lat_deg=number(record.get("lat_deg"), "location.lat_deg", -90, 90),
        lon_deg=number(record.get("lon_deg"), "location.lon_deg", -180, 180),
        azimuth_deg=None if azimuth is None else number(azimuth, "location.azimuth_deg", 0, 360),
        hfov_deg=None if width is None else number(width, "location.hfov_deg", 0, 360),
    )


def credential_version(value: object) -> int:
    """How often the camera's password was changed."""
    return whole(mapping(value, "credential").get("version"), "credential.version", 0, REV_MAX)


def privacy(value: object) -> PrivacyClass:
    """The contract lets it be absent; its word then is unknown, and so are the rights."""
    known = None if value is None else mapping(value, "privacy").get("class")
    return PrivacyClass.UNKNOWN if known is None else word(PrivacyClass, known, "privacy.class")


def masks(value: object) -> Masks:
    """What must not be seen of the camera's picture; None where it is given and cannot be read: all of it then."""
    given = {} if value is None else mapping(value, "privacy")
    return read_masks(given["masks_norm"]) if "masks_norm" in given else ()


def aliases(value: object) -> tuple[str, ...]:
    """What else people call the camera."""
    found = () if value is None else array(value, "aliases", ALIASES_MAX)
    return tuple(words(alias, f"aliases.{index}") for index, alias in enumerate(found))


def max_sessions(value: object) -> int | None:
    """How many sessions the camera serves at once."""
    sessions = None if value is None else mapping(value, "device").get("max_sessions")
    return None if sessions is None else whole(sessions, "device.max_sessions", 1, REV_MAX)
