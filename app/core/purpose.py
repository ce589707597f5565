"""Why somebody looks at a private camera, and for how long that holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from app.core.errors import ConfigError
from app.core.model import Camera, CameraId, PrivacyClass

GRANT_S = 15 * 60.0
"""How long a purpose holds."""
TEXT_MAX_LENGTH = 200


class PurposeKind(Enum):
    """The reasons that an officer can give with one key."""

    INCIDENT = "incident"
    COMPLAINT = "complaint"
    OWNER_REQUEST = "owner-request"
    MAINTENANCE = "maintenance"
    OTHER = "other"


class LeasePurpose(Enum):
    """What a registry is told that a stream is leased for: the contract's words, of which cameras allow some."""

    SECURITY = "security"
    MAINTENANCE = "maintenance"


_LEASED_FOR: Mapping[PurposeKind, LeasePurpose] = MappingProxyType(
    {
        PurposeKind.INCIDENT: LeasePurpose.SECURITY,
        PurposeKind.COMPLAINT: LeasePurpose.SECURITY,
        PurposeKind.OWNER_REQUEST: LeasePurpose.SECURITY,
        PurposeKind.MAINTENANCE: LeasePurpose.MAINTENANCE,
        PurposeKind.OTHER: LeasePurpose.SECURITY,
    }
)
"""The journal has the officer's own reason; a lease has what the police look for by their office, or that somebody
mends the camera, which its owner may not want done by pictures."""
PURPOSE_KEYS = tuple(PurposeKind)
"""By their keys: the first one is `1`."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A reason, and what the officer wrote; without words where `other` is given alone nothing would be said.

    Raises:
        ConfigError: OTHER without a text, or a text that is too long.
    """

    kind: PurposeKind
    text: str = ""

    def __post_init__(self) -> None:
        if self.kind is PurposeKind.OTHER and not self.text.strip():
            raise ConfigError("another purpose needs words")
        if len(self.text) > TEXT_MAX_LENGTH:
            raise ConfigError("a purpose has {0} characters at most", TEXT_MAX_LENGTH)


def purpose_detail(purpose: Purpose) -> dict[str, str]:
    """A purpose as the journal has it."""
    return {"purpose": purpose.kind.value, **({"purpose_text": purpose.text} if purpose.text else {})}


@dataclass(frozen=True, slots=True)
class Grant:
    """The right to look at a private camera for a while; monotonic seconds."""

    camera: CameraId
    purpose: Purpose
    since_s: float
    until_s: float

    def holds(self, now_s: float) -> bool:
        """Whether it has not run out."""
        return now_s < self.until_s


def leased_for(camera: Camera, grant: Grant | None) -> LeasePurpose | None:
    """What a camera's stream may be leased for; a private one's for the officer's purpose, None without one."""
    if grant is not None:
        return _LEASED_FOR[grant.purpose.kind]
    return None if needs_purpose(camera) else LeasePurpose.SECURITY


def is_watermarked(camera: Camera, marks_all: bool) -> bool:
    """Whether its pictures carry who looks at them and when: private ones always, all by setting."""
    return marks_all or needs_purpose(camera)


def needs_purpose(camera: Camera) -> bool:
    """Whether nobody may look at a camera without a reason; one whose class is not known is private."""
    return camera.privacy is not PrivacyClass.PUBLIC_STREET
