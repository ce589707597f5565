"""Why a stream does not play: a closed set of reasons, each with one retry class (`backoff.py`)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import Enum

from app.core.sentence import Sentence


class Reason(Enum):
    """What went wrong. The sentence for an officer is made in `ui`, in the officer's language."""

    # opening the camera
    REFUSED = "refused"  # the address answered, the port is closed
    UNREACHABLE = "unreachable"  # nothing answered at that address in time
    NAME_UNKNOWN = "name-unknown"  # the host name does not resolve
    NO_ANSWER = "no-answer"  # connected, but no RTSP answer in time
    UNAUTHORIZED = "unauthorized"
    LOGIN_UNHEARD = "login-unheard"  # it asks for a login, and again and again does not answer ours
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    BUSY = "busy"  # 453, 503: sessions used up or still starting
    PROTOCOL = "protocol"  # an answer that is not understood
    UNSUPPORTED = "unsupported"  # no video, or a codec that nothing here decodes
    TLS = "tls"
    # while playing
    NO_PICTURES = "no-pictures"  # connected, nothing to show in time
    STALLED = "stalled"  # packets stopped, connection open
    ENDED = "ended"  # the camera closed the stream in order
    RESET = "reset"  # the connection broke
    UNDECODABLE = "undecodable"  # packets come, pictures do not
    # our own side
    INTERNAL = "internal"  # a defect of Pantau's own, met by this stream
    HOST_LOST = "host-lost"
    NO_HOST = "no-host"
    NO_PROFILE = "no-profile"  # the registry lists no such stream for this camera
    OVER_BUDGET = "over-budget"  # this PC sustains no more streams, as its preflight measured
    PURPOSE_NEEDED = "purpose-needed"  # a private camera, and nobody has said why it is looked at
    PURPOSE_EXPIRED = "purpose-expired"  # somebody had, and the time for that is over
    # the registry's side
    MASKS_UNREADABLE = "masks-unreadable"  # what must be hidden is not known, so everything is
    WITHDRAWN = "withdrawn"  # the registry no longer lists the camera for this post
    LEASE_REFUSED = "lease-refused"
    LEASE_UNAVAILABLE = "lease-unavailable"  # registry unreachable and no lease that may be used offline
    BAD_ADDRESS = "bad-address"  # the lease named an address outside its zone or of a wrong form


ENDPOINT_REASONS = frozenset(itertools.takewhile(lambda reason: reason is not Reason.INTERNAL, Reason))
"""What a camera, or a relay before it, has done: another endpoint of the same lease may serve all the same."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason and what was measured or said, scrubbed: `detail` never carries a URL or a secret."""

    reason: Reason
    detail: str | Sentence = ""
    """A sentence for the officer; of a video host, and in a server's own words, a text for technical support."""
    retry_after_s: float | None = None
    """What the other side asked us to wait, if it did."""
    login_unheard: bool = False
    """Whether the camera asked for a login, took this one, and fell silent or broke off: it may be a wrong one."""
    at_relay: bool = False
    """Whether a relay before the camera was asked: whoever goes to look must not go to the camera."""
