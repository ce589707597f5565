"""What a tile's status means for the eye: words and measures, before anything is painted.

GUI thread. Pure values: two equal looks are painted alike, so overlays are cached by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.failure import Failure
from app.core.sentence import Sentence
from app.core.tile_status import PLAYING_SIGNS, Sign, TileStatus
from ui.hint_texts import hint_words
from ui.plain_text import plain
from ui.texts import failure_help, failure_sentence, retry_sentence, sentence, tr

WORD_FROM_PX = 150
"""From this tile width the badge carries its word while live; below, the icon alone and the camera's name."""
SOLID_BAR_BELOW_PX = 300
AGE_FROM_PX = 215
"""From this width a live tile shows its picture's age."""


@dataclass(frozen=True, slots=True)
class TileMetrics:
    """A tile's measures in device pixels.

    Attributes:
        width_px, height_px: the whole tile.
        unit: device pixels per logical pixel.
    """

    width_px: int
    height_px: int
    unit: float = 1.0

    @property
    def bar_px(self) -> int:
        """The height of the name bar: a tenth of the tile, between readable and unobtrusive."""
        return round(min(max(self.height_px * 0.1, 16 * self.unit), 30 * self.unit))

    @property
    def has_solid_bar(self) -> bool:
        """Whether the bar hides what lies below it: a new picture then leaves it alone, as many small tiles need.

        Over a large picture it is translucent, as many cameras burn their clock in at the top.
        """
        return self.height_px < SOLID_BAR_BELOW_PX * self.unit

    @property
    def font_px(self) -> float:
        """The size of the bar's text."""
        return max(10 * self.unit, self.bar_px * 0.47)

    @property
    def safe_bottom_px(self) -> int:
        """Below this line nothing covers a picture: cameras burn their own clock and marks in there."""
        return self.height_px * 2 // 3

    @property
    def shows_word(self) -> bool:
        """Whether there is room for the word of a live badge."""
        return self.width_px >= WORD_FROM_PX * self.unit

    @property
    def shows_age(self) -> bool:
        """Whether there is room for a live picture's age."""
        return self.width_px >= AGE_FROM_PX * self.unit


@dataclass(frozen=True, slots=True)
class TileLook:
    """The words on a tile. A running age is not among them: it changes without the rest."""

    number: int
    sign: Sign
    name: str = ""
    is_awaiting: bool = False
    """Whether a better stream is on its way."""
    hint: str = ""
    """What seems wrong with a picture that comes, and what was measured."""
    headline: str = ""
    """Why there is no live picture."""
    advice: str = ""
    """What to do or whom to call."""
    next_step: str = ""
    """What the console will do by itself."""
    detail: str = ""
    """What was measured or said, in small print."""


def look_of(status: TileStatus) -> TileLook:
    """The look of a tile with that status."""
    look = TileLook(
        number=status.tile.number,
        sign=status.sign,
        name=_name(status),
        is_awaiting=status.awaited is not None,
        hint=hint_words(status.findings[0]) if status.findings and status.sign in PLAYING_SIGNS else "",
    )
    return look if status.sign in (Sign.EMPTY, Sign.CONNECTING, *PLAYING_SIGNS) else _explained(look, status)


def _name(status: TileStatus) -> str:
    if status.camera is not None:
        return plain(status.camera.name) or plain(status.camera.code)
    return "" if status.camera_id is None else tr("Tile", "Unknown camera")


def _explained(look: TileLook, status: TileStatus) -> TileLook:
    failure = status.failure
    return TileLook(
        number=look.number,
        sign=look.sign,
        name=look.name,
        is_awaiting=look.is_awaiting,
        headline=failure_sentence(failure) if failure else _unexplained(status.sign),
        advice=failure_help(failure) if failure else "",
        next_step=retry_sentence(failure, status.retry_in_s) if status.sign is Sign.LOST else "",
        detail=_detail(failure) if failure else "",
    )


def _detail(failure: Failure) -> str:
    said = failure.detail
    return plain(sentence(said) if isinstance(said, Sentence) else said)


def _unexplained(sign: Sign) -> str:
    """The console knows that no new picture comes, and not (yet) why."""
    return tr("Tile", "No new picture arrives.") if sign is Sign.STALE else tr("Tile", "There is no picture.")
