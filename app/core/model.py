"""What the registry speaks of: cameras, their sites and stream profiles, areas, leases. Plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NewType

from app.core.masks import Masks
from app.core.redact import Secret
from app.core.sentence import Sentence

CameraId = NewType("CameraId", str)
"""The registry's UUID of a camera: never an address, a name or a device's own id: hardware gets swapped."""
AreaCode = NewType("AreaCode", str)
"""A Kemendagri area code: `31` province, `31.71` city, `31.71.01` kecamatan, `31.71.01.1001` kelurahan."""
SiteId = NewType("SiteId", str)
"""The registry's own name for a site: never an address."""
CAMERA, RELAY = "camera", "relay"
"""What an endpoint is: the camera itself, or a media server before it."""


class Profile(Enum):
    """Which of a camera's streams: the small one for tiles or the full one."""

    SUB = "sub"
    MAIN = "main"


class Codec(Enum):
    """A video codec by the contract's word; what the contract does not know is UNKNOWN, never refused."""

    H264 = "h264"
    H265 = "h265"
    MJPEG = "mjpeg"
    UNKNOWN = "unknown"


class Lifecycle(Enum):
    """Whether a camera is meant to work now."""

    ACTIVE = "active"
    MAINTENANCE = "maintenance"
    PLANNED = "planned"
    UNKNOWN = "unknown"


class PrivacyClass(Enum):
    """Who may look at a camera without giving a reason."""

    PUBLIC_STREET = "public_street"
    PRIVATE_OFFICE = "private_office"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StreamProfile:
    """One stream that a camera offers; measures the registry does not know are None."""

    profile: Profile
    codec: Codec
    width_px: int | None = None
    height_px: int | None = None
    frame_rate_fps: float | None = None
    bitrate_kbps: int | None = None
    gop_s: float | None = None


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The police units that answer for a camera, widest first; empty where unknown."""

    polda: str = ""
    polres: str = ""
    polsek: str = ""
    subsector: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a camera stands and looks, degrees (WGS 84; azimuth clockwise from north)."""

    lat_deg: float
    lon_deg: float
    azimuth_deg: float | None = None
    hfov_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One place with one uplink (a junction, a market, a building), which all of its cameras share."""

    id: SiteId
    name: str


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera of the catalogue. It names no host, URL or secret: those come by lease."""

    id: CameraId
    rev: int
    code: str
    name: str
    kelurahan_code: AreaCode
    jurisdiction: Jurisdiction
    profiles: tuple[StreamProfile, ...]
    site: Site | None = None
    """None where the registry does not know it: nothing then says which cameras share an uplink."""
    location: Location | None = None
    credential_version: int = 0
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    privacy: PrivacyClass = PrivacyClass.UNKNOWN
    max_sessions: int | None = None
    aliases: tuple[str, ...] = ()
    """What else people call it: searched for, never shown in its name's place."""
    masks: Masks = ()
    """What nobody may see of its picture; None: they cannot be read, and nothing of it may be shown."""

    def stream(self, profile: Profile) -> StreamProfile | None:
        """This camera's stream of that profile, if it has one."""
        return next((stream for stream in self.profiles if stream.profile is profile), None)


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area; the parent's code is the code without its last part."""

    code: AreaCode
    name: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """The cameras in this post's scope as of one cursor, and the names of the areas they stand in."""

    cameras: Mapping[CameraId, Camera]
    areas: Mapping[AreaCode, Area]
    cursor: str = ""
    epoch: str = ""

    def area_name(self, code: AreaCode) -> str:
        """The area's name, or its code where the registry does not name it."""
        area = self.areas.get(code)
        return area.name if area else code


EMPTY_CATALOG = Catalog(cameras={}, areas={})


@dataclass(frozen=True, slots=True)
class Reject:
    """One record of the registry or row of a file that was left out, and why."""

    row: int
    """1-based row or line, 0 where the source has none."""
    field: str
    reason: Sentence
    """A clause that goes on after the field's name."""


@dataclass(frozen=True, slots=True)
class HeldList:
    """A camera list of the registry that is not used: it has lost too many cameras to be meant.

    Attributes:
        listed: how many cameras it has.
        known: how many there were before; the wall goes on with them.
    """

    listed: int
    known: int


@dataclass(frozen=True, slots=True)
class StreamKey:
    """One camera's stream of one profile: what is opened at most once per console."""

    camera: CameraId
    profile: Profile

    def __str__(self) -> str:
        return f"{self.camera}/{self.profile.value}"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a leased stream is to be had, rebuilt from allow-listed parts; carries no user information."""

    scheme: str
    host: str
    port: int
    path: str
    """Path and query, with its leading slash, percent-encoded as the camera wants it."""
    transport: str = "tcp"
    kind: str = CAMERA

    @property
    def is_relay(self) -> bool:
        """Whether it is a media server: it needs no sparing, and may have logins of its own."""
        return self.kind == RELAY


@dataclass(frozen=True, slots=True)
class Login:
    """User name and password of a camera or a relay; both empty where it wants none. Held in memory only."""

    username: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Lease:
    """A time-limited right to open one stream. Held in memory only."""

    key: StreamKey
    endpoints: tuple[Endpoint, ...]
    """By priority: the first is tried first (a relay), the next ones after it."""
    username: str
    secret: Secret
    credential_version: int
    expires_at_s: float
    """Monotonic seconds of this process, counted from the answer's `expires_in_s`."""
    offline_until_s: float
    """Until when it may still open the stream while the registry cannot be reached, same clock."""
    relay_login: Login | None = None
    """What relays are opened with; None where it is what the camera is opened with."""

    def login(self, endpoint: Endpoint) -> Login:
        """What one of its endpoints is opened with."""
        own = Login(self.username, self.secret)
        return self.relay_login or own if endpoint.is_relay else own
