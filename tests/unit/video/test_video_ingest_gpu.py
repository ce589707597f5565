"""A GPU that cannot be had when a stream is opened is told from a camera that cannot."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from typing import Any

import av
import av.error
import pytest
from av.codec.hwaccel import HWAccel

from app.core.failure import Reason
from app.core.model import Endpoint
from app.core.redact import Secret
from app.video.ingest import Ingest, IngestError

NO_GPU = HWAccel("cuda")
"""Nothing is opened before a stream asks for it."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """Something that accepts connections; what it would say is made up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Endpoint("rtsp", "127.0.0.1", server.getsockname()[1], "/stream")


def failure_of(endpoint: Endpoint, accelerator: HWAccel | None) -> Reason:
    with pytest.raises(IngestError) as caught:
        Ingest(endpoint, "", Secret(""), accelerator)
    return caught.value.failure.reason


@pytest.mark.parametrize(
    ("error", "with_gpu"),
    [
        (av.error.ExternalError(1, "the driver"), Reason.UNDECODABLE),
        (av.error.MemoryError(errno.ENOMEM, "the card is full"), Reason.UNDECODABLE),
        (av.error.PermissionError(errno.EPERM, "no driver"), Reason.UNDECODABLE),
        (av.error.ConnectionAbortedError(errno.ECONNABORTED, "the camera"), Reason.PROTOCOL),
        (OSError(errno.EIO, "the camera"), Reason.PROTOCOL),
        (av.error.InvalidDataError(1, "the camera"), Reason.PROTOCOL),
        (av.error.ConnectionResetError(errno.ECONNRESET, "the camera"), Reason.RESET),
        (OSError(errno.EHOSTUNREACH, "the camera"), Reason.UNREACHABLE),
        (av.error.HTTPUnauthorizedError(1, "the camera"), Reason.UNAUTHORIZED),
    ],
    ids=lambda case: getattr(case, "value", type(case).__name__),
)
def test_what_neither_camera_nor_network_says_is_said_of_the_gpu(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, error: Exception, with_gpu: Reason
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(av, "open", fail)
    without = Reason.PROTOCOL if with_gpu is Reason.UNDECODABLE else with_gpu
    assert failure_of(endpoint, NO_GPU) is with_gpu
    assert failure_of(endpoint, None) is without
