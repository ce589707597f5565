"""Requests and answers of the contract, named as in `resources/openapi/registry.v1.json`. Pure."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.demo.catalogue.record import AreaCode, Camera, ProfileId, Purpose, UnitCode
from app.demo.registry.limits import LEASE_BATCH_MAX
from app.demo.registry.problems import Problem

Coordinate = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""32 bytes in base64url without padding."""


class PublicKey(BaseModel):
    """The public half of a post's P-256 key as a JWK (RFC 7517)."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: Coordinate
    y: Coordinate

    @model_validator(mode="before")
    @classmethod
    def _refuse_private_half(cls, value: object) -> object:
        if isinstance(value, dict) and "d" in value:
            raise ValueError("the private half of a key never leaves the post")
        return value


class EnrolmentRequest(BaseModel):
    """A one-time code and the key that the post will prove itself with."""

    code: str = Field(min_length=8, max_length=64, pattern=r"^[0-9A-Za-z-]+$")
    public_key: PublicKey


class Scope(BaseModel):
    """What a post may see: cameras of any of these units or in any of these areas."""

    units: tuple[UnitCode, ...] = ()
    areas: tuple[AreaCode, ...] = ()


class EnrolmentAnswer(BaseModel):
    """Who the post is from now on."""

    post_id: str
    name: str
    scope: Scope


class TokenAnswer(BaseModel):
    """A bearer token (RFC 6749 section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


class Limits(BaseModel):
    """What the server accepts."""

    lease_batch_max: int
    changes_limit_max: int
    changes_wait_max_s: int
    request_body_max_bytes: int
    audit_batch_max: int
    audit_body_max_bytes: int
    audit_line_max_bytes: int


class AuditKey(BaseModel):
    """The public half of the key that signs checkpoints, as a JWK (RFC 7517)."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: Coordinate
    y: Coordinate
    kid: str
    alg: Literal["ES256"]
    use: Literal["sig"]


class Meta(BaseModel):
    """What this server is."""

    contract: str
    epoch: str
    server_time: str
    min_client_version: str
    limits: Limits
    stream_zones: tuple[str, ...]
    audit_key: AuditKey


class Upsert(BaseModel):
    """A camera that is new or changed."""

    op: Literal["upsert"] = "upsert"
    camera: Camera


class Tombstone(BaseModel):
    """A camera that is gone or has left the caller's scope."""

    op: Literal["delete"] = "delete"
    id: UUID
    rev: int


class Changes(BaseModel):
    """What changed since a cursor."""

    cursor: str
    more: bool
    changes: tuple[Upsert | Tombstone, ...]


class LeaseRequestItem(BaseModel):
    """One stream that a post wants to open, and why."""

    camera_id: UUID
    profile: ProfileId
    purpose: Purpose


class LeaseRequest(BaseModel):
    """A batch of streams."""

    items: list[LeaseRequestItem] = Field(min_length=1, max_length=LEASE_BATCH_MAX)


EndpointKind = Literal["relay", "camera"]


class Endpoint(BaseModel):
    """Where a stream is to be had; never with user information."""

    kind: EndpointKind
    url: str
    transport: Literal["tcp", "udp"] = "tcp"


class RenewedLease(BaseModel):
    """A lease with new time; no secret comes again."""

    lease_id: UUID
    camera_id: UUID
    profile: str
    credential_version: int
    expires_in_s: int
    offline_use_s: int


class Login(BaseModel):
    """What a relay of one's own is opened with."""

    username: str
    secret: str = Field(repr=False)


class Lease(RenewedLease):
    """A right to open one stream for a time. Its secrets leave in this one answer only."""

    endpoints: tuple[Endpoint, ...]
    username: str
    secret: str = Field(repr=False)
    relay_login: Login | None = None


class LeaseRefusal(BaseModel):
    """Why one item got no lease."""

    camera_id: UUID
    profile: str
    problem: Problem


class LeaseAnswer(BaseModel):
    """One answer for each item, in order."""

    items: list[Lease | LeaseRefusal]


class RenewRequestItem(BaseModel):
    """One lease that a post wants to keep."""

    lease_id: UUID


class RenewRequest(BaseModel):
    """A batch of leases."""

    items: list[RenewRequestItem] = Field(min_length=1, max_length=LEASE_BATCH_MAX)


class RenewRefusal(BaseModel):
    """Why one lease was not renewed."""

    lease_id: UUID
    problem: Problem


class RenewAnswer(BaseModel):
    """One answer for each item, in order."""

    items: list[RenewedLease | RenewRefusal]
