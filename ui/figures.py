"""The statistics of a tile in lines of text. Every number was measured; what is unknown is said to be unknown.

GUI thread.
"""

from __future__ import annotations

from app.core.model import StreamProfile
from app.core.tile_status import Sign, TileStatus
from ui.plain_text import plain
from ui.texts import age_text, tr


def figure_lines(status: TileStatus) -> tuple[str, ...]:
    """What is known of the tile's stream, the most telling first: small tiles show the first lines only."""
    if status.sign is not Sign.LIVE:
        return ()  # what a tile says of itself then is worth more, and takes the room
    return (
        tr("Figures", "{0} · {1}", _profile_words(status), _number(status.fps, "{0:.1f} fps")),
        tr("Figures", "age {0} · first {1}", _age(status.age_s), _number(status.first_picture_s, "{0:.2f} s")),
        tr("Figures", "{0} · {1}", status.engine or _unknown(), plain(status.decoder) or _unknown()),
        tr("Figures", "surface {0}", status.surface.value if status.surface else _unknown()),
        tr("Figures", "{0} pictures", f"{status.pictures:,}"),
        plain(status.camera.code) if status.camera else _unknown(),
    )


def _unknown() -> str:
    return tr("Figures", "unknown")


def _number(value: float | None, form: str) -> str:
    return _unknown() if value is None else form.format(value)


def _age(age_s: float | None) -> str:
    return _unknown() if age_s is None else age_text(age_s)


def _profile_words(status: TileStatus) -> str:
    """The stream as the registry describes it: `main H265 1920×1080`."""
    if status.profile is None:
        return _unknown()
    stream = status.camera.stream(status.profile) if status.camera else None
    return " ".join(filter(None, (status.profile.value, *_described(stream))))


def _described(stream: StreamProfile | None) -> tuple[str, str]:
    if stream is None:
        return "", ""
    size = f"{stream.width_px}×{stream.height_px}" if stream.width_px and stream.height_px else ""
    return stream.codec.value.upper(), size
