"""The statistics of a tile in lines of text. Every number was measured; what is unknown is said to be unknown.

GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.figures import StreamFigures
from app.core.tile_status import Sign, TileStatus
from ui.numbers import decimal, percent
from ui.plain_text import plain
from ui.texts import age_text, tr

LIGHT_FROM = 0.0005
"""A part below this is shown as none."""


@dataclass(slots=True)
class FiguresShown:
    """On which tiles of a monitor an officer wants to see figures; it outlives the monitor's window."""

    numbers: set[int] = field(default_factory=set)
    has_all: bool = False

    def toggle(self, number: int) -> None:
        """Show them on a tile, or hide them."""
        self.numbers ^= {number}

    def toggle_all(self) -> None:
        """Show them on all tiles, or on none."""
        self.has_all = not self.has_all
        self.numbers.clear()

    def are_on(self, number: int) -> bool:
        """Whether they are to be seen on a tile."""
        return self.has_all or number in self.numbers


def figure_lines(status: TileStatus, figures: StreamFigures | None) -> tuple[str, ...]:
    """What is known of the tile's stream, the most telling first: small tiles show the first lines only."""
    if figures is None or status.sign not in (Sign.LIVE, Sign.LATE):
        return ()  # what a tile says of itself then is worth more, and takes the room
    return (
        _stream_words(figures),
        tr("Figures", "{0} in · {1} shown", _rate(figures.packets_per_s), _rate(figures.shown_fps)),
        tr("Figures", "age {0} · latency {1}", _age(figures.age_s), _seconds(figures.latency_s)),
        tr(
            "Figures",
            "{0} · jitter {1}",
            _bitrate(figures.bitrate_kbps),
            _millis(figures.jitter_s),
        ),
        tr("Figures", "late {0} · loss {1}", _age(figures.late_s), _loss(figures)),
        " · ".join((figures.engine, plain(figures.decoder) or _unknown(), figures.surface.value)),
        tr("Figures", "first {0} · reconnects {1}", _seconds(figures.first_picture_s), figures.reconnects),
        tr("Figures", "camera clock × {0}", _ratio(figures.clock_rate)),
        plain(status.camera.code) if status.camera else _unknown(),
    )


def _unknown() -> str:
    return tr("Figures", "unknown")


def _rate(rate_fps: float | None) -> str:
    return _unknown() if rate_fps is None else tr("Figures", "{0} fps", decimal(rate_fps, 1))


def _bitrate(rate_kbps: float | None) -> str:
    return _unknown() if rate_kbps is None else tr("Figures", "{0} kbit/s", decimal(rate_kbps, 0))


def _ratio(value: float | None) -> str:
    return _unknown() if value is None else decimal(value, 3)


def _seconds(span_s: float | None) -> str:
    return _unknown() if span_s is None else tr("Duration", "{0} s", decimal(span_s, 2))


def _millis(span_s: float | None) -> str:
    return _unknown() if span_s is None else tr("Figures", "{0} ms", decimal(span_s * 1000, 0))


def _age(age_s: float | None) -> str:
    return _unknown() if age_s is None else age_text(age_s)


def _loss(figures: StreamFigures) -> str:
    """What was lost on the way: TCP loses nothing; of UDP, or before a relay, what a decoder noticed is known."""
    if figures.damaged_part >= LIGHT_FROM:
        return tr("Figures", "{0} damaged", percent(figures.damaged_part, 1))
    is_whole = figures.transport == "tcp" and not figures.is_relayed
    return tr("Figures", "none (TCP)") if is_whole else _unknown()


def _stream_words(figures: StreamFigures) -> str:
    """The stream as it really comes: `main H265 1920×1080`."""
    codec = figures.codec.value.upper() if figures.codec else _unknown()
    size = f"{figures.width_px}×{figures.height_px}" if figures.width_px and figures.height_px else _unknown()
    return " ".join((figures.profile.value, codec, size))
