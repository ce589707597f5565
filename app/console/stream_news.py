"""Takes in what hosts, leases and probes say of streams.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from app.console.direct_trial import DirectTrial
from app.console.health import Health
from app.console.recovery import Recovery
from app.console.streams import StreamBook
from app.core.login import LoginRefused
from app.core.paths import NetworkChanged, PathProbed
from app.core.ports import (
    LeaseDenied,
    LeaseGranted,
    Message,
    PictureSampled,
    StreamClosed,
    StreamDecoding,
    StreamFailed,
    StreamOpened,
)


class StreamNews:
    """Hands each message to whom it concerns.

    Args:
        streams: the streams.
        trial: judges direct surfaces.
        recovery: notices healed links.
        health: judges pictures.
    """

    def __init__(self, streams: StreamBook, trial: DirectTrial, recovery: Recovery, health: Health) -> None:
        self._streams = streams
        self._trial = trial
        self._recovery = recovery
        self._health = health

    def check(self, now_s: float) -> None:
        """See after what nobody sends a message about: paths that are whole again, surfaces that show nothing."""
        self._recovery.check(now_s)
        self._trial.check(now_s)

    def take(self, message: Message, now_s: float) -> None:
        """Take a message in; one that is about something else is passed over."""
        match message:
            case LeaseGranted(lease):
                self._streams.lease_granted(lease, now_s)
            case LeaseDenied(key, failure):
                self._streams.lease_denied(key, failure, now_s)
            case StreamOpened():
                self._streams.host_opened(message, now_s)
            case StreamDecoding():
                self._trial.decodes(message)
            case PictureSampled(key, generation, sample):
                if self._streams.of_generation(key, generation):
                    self._health.sampled(key, sample, now_s)
            case StreamFailed():
                self._trial.failed(message, now_s)
            case PathProbed(key, is_whole):
                self._recovery.answered(key, is_whole, now_s)
            case NetworkChanged():
                self._recovery.network_changed(now_s)
            case StreamClosed(key, generation):
                self._streams.host_closed(key, generation, now_s)
            case LoginRefused(key, generation):
                self._streams.login_refused(key, generation, now_s)
