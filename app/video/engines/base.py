"""What every engine is to a session, whichever surface it serves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from app.video.protocol import OutputSpec
from app.video.timing import UNTIMED, Timing

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream


class Brightness(NamedTuple):
    """A picture's brightness, height × width, and whether it uses 0 to 255, not 16 to 235 as video does."""

    luma: NDArray[np.uint8]
    is_full_range: bool


class Engine(Protocol):
    """Turns one stream's packets into pictures on its outputs. Used on the session's thread only."""

    @property
    def name(self) -> str:
        """`av` or `vlc`."""

    @property
    def decoder(self) -> str:
        """The decoder really in use, as far as it can be read back: `software`, `cuda`, …"""

    @property
    def pictures(self) -> int:
        """Decoded pictures so far."""

    def set_outputs(self, outputs: tuple[OutputSpec, ...]) -> None:
        """Show the pictures there from the next one on."""

    def replay(self, packets: Sequence[Packet[VideoStream]]) -> None:
        """Catch up with packets that came before, a key frame first: the last picture is shown at once."""

    def feed(self, packet: Packet[VideoStream], timing: Timing = UNTIMED) -> None:
        """Take a packet; pictures and counters appear on the outputs."""

    def skip(self, packet: Packet[VideoStream]) -> None:
        """Count a packet and make nothing of it."""

    def note(self, timing: Timing) -> None:
        """Publish what is known of the stream's time."""

    def brightness(self) -> Brightness | None:
        """That of the present picture; None where the engine has no picture at hand."""

    def close(self) -> None:
        """Let decoder, windows and memory go. The engine is not used afterwards."""
