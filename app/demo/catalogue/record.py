"""Cameras, police units and areas as the contract writes them (`resources/openapi/registry.v1.json`).

Pydantic models, used both to make records and to describe the server's answers. Pure: no I/O. It must not
import the registry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

UnitCode = Annotated[str, Field(max_length=32, pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")]
AreaCode = Annotated[str, Field(max_length=64, pattern=r"^[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*$")]
ProfileId = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[a-z][a-z0-9_-]*$")]
Alias = Annotated[str, Field(min_length=1, max_length=200)]
Purpose = Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[a-z][a-z0-9_-]*$")]

PUBLIC_PURPOSES = ("security", "disaster", "traffic", "maintenance")
PRIVATE_PURPOSES = ("security", "disaster")


class Owner(BaseModel):
    """Whose camera it is."""

    kind: str
    id: str


class CameraJurisdiction(BaseModel):
    """The units that answer for a camera, and the kelurahan it stands in."""

    polda: str = ""
    polres: str = ""
    polsek: str = ""
    subsector: str = ""
    kelurahan_code: AreaCode


class Site(BaseModel):
    """One place with one uplink, which its cameras share."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    name: str = Field(min_length=1, max_length=200)


class CameraLocation(BaseModel):
    """Where a camera stands and looks, WGS 84."""

    lat_deg: float
    lon_deg: float
    azimuth_deg: float | None = None
    hfov_deg: float | None = None


class Device(BaseModel):
    """The hardware at the post, which may be swapped."""

    onvif_uuid: str | None = None
    model: str | None = None
    max_sessions: int | None = None


class StreamProfile(BaseModel):
    """One stream that a camera offers; None where a measure is not known."""

    id: ProfileId
    role: str
    codec: str
    width_px: int | None = None
    height_px: int | None = None
    frame_rate_fps: float | None = None
    bitrate_kbps: int | None = None
    gop_s: float | None = None


class Credential(BaseModel):
    """How often the camera's password was changed; never the password."""

    version: int


class Status(BaseModel):
    """Whether the camera is meant to work now."""

    lifecycle: str = "active"


class Privacy(BaseModel):
    """Who may look and for what."""

    klass: str = Field("unknown", alias="class")
    purposes: tuple[Purpose, ...] = PUBLIC_PURPOSES
    masks_norm: tuple[tuple[float, float, float, float] | tuple[tuple[float, float], ...], ...] = ()
    export_allowed: bool = False


class Camera(BaseModel):
    """One camera of the catalogue. It names no host, URL or secret."""

    id: UUID
    rev: int = Field(1, ge=1)
    code: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=200)
    aliases: Annotated[tuple[Alias, ...], Field(max_length=8)] = ()
    owner: Owner | None = None
    jurisdiction: CameraJurisdiction
    site: Site | None = None
    location: CameraLocation | None = None
    device: Device | None = None
    profiles: tuple[StreamProfile, ...]
    credential: Credential
    status: Status = Status()
    privacy: Privacy | None = None
    updated_at: str

    def stream(self, profile_id: str) -> StreamProfile | None:
        """The stream that a lease names so, if this camera has it."""
        return next((stream for stream in self.profiles if stream.id == profile_id), None)

    def to_json(self) -> str:
        """The record as one line of the snapshot."""
        return self.model_dump_json(by_alias=True)

    def is_same_as(self, other: Camera | None) -> bool:
        """Whether both say the same, whatever their revisions and times of change."""
        if other is None:
            return False
        return self.model_copy(update={"rev": other.rev, "updated_at": other.updated_at}) == other


class Unit(BaseModel):
    """A police unit; `parent` is None for the widest."""

    code: UnitCode
    kind: Literal["polda", "polres", "polsek", "subsector"]
    name: str
    parent: UnitCode | None = None


class Area(BaseModel):
    """An administrative area; its parent's code is its own without the last part."""

    code: AreaCode
    kind: Literal["province", "city", "kecamatan", "kelurahan", "other"]
    name: str


class Jurisdictions(BaseModel):
    """Who answers (units) and where it lies (areas), parents before their children."""

    units: tuple[Unit, ...]
    areas: tuple[Area, ...]
    note: str | None = None

    def to_json(self) -> str:
        """The answer as the contract has it."""
        return self.model_dump_json()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that a registry lists.

    `tag` names its origin: a data file with another tag holds another catalogue, whose history ends.
    """

    tag: str
    cameras: tuple[Camera, ...]
    jurisdictions: Jurisdictions
