"""A camera that asks for a login and does not answer the one that it gets is told from a broken path."""

from __future__ import annotations

import pytest

from app.core.failure import Failure, Reason
from app.core.model import Endpoint
from app.core.redact import Secret
from app.video.ingest import Ingest, IngestError
from tests.support import odd_camera
from tests.support.odd_camera import Script

WRONG = ("post", Secret("canary wrong"))


def closing(_talk: odd_camera.Talk) -> None:
    """Ends the connection in order."""


def failure_of(script: Script, username: str, secret: Secret, *, is_unproved: bool = True) -> Failure:
    """Why a camera that plays this script does not open."""
    with odd_camera.OddCamera(script) as camera:
        endpoint = Endpoint("rtsp", odd_camera.LOOPBACK, camera.port, "/stream")
        with pytest.raises(IngestError) as caught:
            Ingest(endpoint, username, secret, None, is_unproved=is_unproved)
    return caught.value.failure


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (closing, Reason.PROTOCOL),
        (odd_camera.Talk.reset, Reason.PROTOCOL),
        (odd_camera.silent, Reason.NO_ANSWER),
    ],
)
def test_whoever_breaks_off_or_falls_silent_at_a_login_has_not_heard_it(
    then: odd_camera.Ending, reason: Reason
) -> None:
    failure = failure_of(odd_camera.asking(then), *WRONG)
    assert (failure.reason, failure.login_unheard) == (reason, True)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (odd_camera.silent, Reason.NO_ANSWER),
        (odd_camera.resetting, Reason.PROTOCOL),
        (odd_camera.greeting, Reason.NO_ANSWER),
        (odd_camera.describing(odd_camera.GARBAGE_SDP), Reason.PROTOCOL),
        (odd_camera.answering("503 Service Unavailable"), Reason.BUSY),
    ],
)
def test_whoever_asks_for_no_login_has_nothing_to_hear(script: Script, reason: Reason) -> None:
    failure = failure_of(script, *WRONG)
    assert (failure.reason, failure.login_unheard) == (reason, False)


def test_a_login_that_was_taken_before_is_not_looked_after() -> None:
    """A camera that comes back after an outage is not connected to once more for each try."""
    failure = failure_of(odd_camera.asking(closing), *WRONG, is_unproved=False)
    assert failure == Failure(Reason.PROTOCOL)
