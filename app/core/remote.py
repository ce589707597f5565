"""Orders that come from elsewhere, a chief's or those of a scheduled hour, and what the wall says became of them.

Pure. An order is there for a while: a monitor that shows one keeps what its officer had, whole, and gives it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from app.core.errors import ConfigError
from app.core.layouts import Layouts
from app.core.model import CameraId
from app.core.monitor import MonitorState, within
from app.core.saved_layout import SavedLayout
from app.core.sentence import Sentence, quoted
from app.core.tile_status import PLAYING_SIGNS, Sign

MESSAGE_MAX_LENGTH = 200
"""Of a chief's words to the post, and of the post's reason, by the contract."""
NO_MONITOR = Sentence("The wall has no such monitor.")
MONITOR_AWAY = Sentence("That monitor is not plugged in.")
NO_TILE = Sentence("The monitor's layout has no such tile.")
NOT_LISTED = Sentence("It names a camera that this post may not see.")
UNREADABLE = Sentence("The post's console cannot read the order.")
_REASONS: Mapping[str, Sentence] = MappingProxyType(
    {str(reason): reason for reason in (NO_MONITOR, MONITOR_AWAY, NO_TILE, NOT_LISTED, UNREADABLE)}
)
"""Why an order is refused: a report tells it in English, and the chief's console knows it again."""


class Source(Enum):
    """Where an order comes from."""

    CHIEF = "chief"
    SCHEDULE = "schedule"


class Outcome(Enum):
    """What became of an order."""

    APPLIED = "applied"
    RELEASED = "released"
    """It is not shown any more, or there was none."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Author:
    """The officer who made a change, by the name of that time."""

    officer: str
    """By id."""
    name: str


@dataclass(frozen=True, slots=True)
class CameraOnTile:
    """One camera on one tile; the others stay as the officer had them."""

    camera: CameraId
    tile: int


Wanted = SavedLayout | CameraOnTile
"""What an order shows."""


@dataclass(frozen=True, slots=True)
class RemoteOrder:
    """What a wall is to show for a while.

    Attributes:
        source: see there.
        monitor: on which monitor, from 1.
        wanted: see there.
        author: who ordered or scheduled it; None where that is not known.
        since_s: when, seconds since 1970; None where that is not known.
        message: the chief's words to the post, empty where there are none.
    """

    source: Source
    monitor: int
    wanted: Wanted
    author: Author | None = None
    since_s: float | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class WallDesired:
    """What this post's wall is to show, as the registry says it now.

    Attributes:
        revision: rises whenever something else is wanted.
        order: what is wanted; None where nothing is, or where it cannot be read.
        ends_s: when it may be different by itself, monotonic seconds; None where nothing is due.
        is_released: whether the officer released this very order before a restart.
        problem: why an order cannot be read.
    """

    revision: int
    order: RemoteOrder | None = None
    ends_s: float | None = None
    is_released: bool = False
    problem: Sentence | None = None


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """What a wall says of the order that it saw last.

    Attributes:
        revision: of what was wanted; 0 before the first.
        outcome: see there.
        reason: why it was refused.
    """

    revision: int = 0
    outcome: Outcome = Outcome.RELEASED
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TileReport:
    """What one tile shows."""

    tile: int
    camera: CameraId | None
    sign: Sign
    age_s: float | None = None


@dataclass(frozen=True, slots=True)
class MonitorReport:
    """What one monitor shows."""

    number: int
    layout: str
    tiles: tuple[TileReport, ...]

    @property
    def shape(self) -> object:
        """All of it but the ages, which change all the time."""
        return self.number, self.layout, tuple((each.tile, each.camera, each.sign) for each in self.tiles)


@dataclass(frozen=True, slots=True)
class WallReport:
    """What a wall shows, and what became of the order that it saw last."""

    monitors: tuple[MonitorReport, ...] = ()
    answer: OrderAnswer = OrderAnswer()

    @property
    def shape(self) -> object:
        """What counts as a change."""
        return tuple(monitor.shape for monitor in self.monitors), self.answer

    @property
    def cameras(self) -> int:
        """How many tiles have a camera."""
        return sum(each.camera is not None for monitor in self.monitors for each in monitor.tiles)

    @property
    def playing(self) -> int:
        """How many of them show pictures that come."""
        return sum(each.sign in PLAYING_SIGNS for monitor in self.monitors for each in monitor.tiles)


def told_reason(text: str) -> Sentence:
    """A post's reason, which can be translated where it is one of ours."""
    return _REASONS.get(text, quoted(text))


def check_cameras(wanted: Wanted, listed: Mapping[CameraId, object]) -> None:
    """See to it that the post knows every camera of an order.

    Raises:
        ConfigError: it does not.
    """
    cameras = [wanted.camera] if isinstance(wanted, CameraOnTile) else wanted.cameras.values()
    if any(camera not in listed for camera in cameras):
        raise ConfigError("{0}", NOT_LISTED)


def directed(monitor: MonitorState, wanted: Wanted, layouts: Layouts, grid: str) -> MonitorState:
    """The monitor while it shows what is wanted.

    Args:
        monitor: as it is; of one that shows an order already, what its officer had counts.
        wanted: see there.
        layouts: those that there are.
        grid: the name of the wanted layout's grid among them.

    Raises:
        ConfigError: the monitor is away, or has no such tile.
    """
    if not monitor.is_present:
        raise ConfigError("{0}", MONITOR_AWAY)
    own = given_back(monitor)
    if isinstance(wanted, CameraOnTile):
        return _with_camera(own, wanted, layouts)
    tiles = layouts.get(grid).tiles
    return MonitorState(
        layout=grid,
        cameras=dict(wanted.cameras),
        selected=own.selected if own.selected and own.selected <= tiles else None,
        hotspot=wanted.hotspot,
        screen=own.screen,
        is_present=own.is_present,
        memory=own.memory,
        held_back=own,
    )


def _with_camera(own: MonitorState, wanted: CameraOnTile, layouts: Layouts) -> MonitorState:
    """One tile shows what is wanted; a maximised tile does not hide it. Nothing of it can be saved by accident."""
    try:
        within(wanted.tile, own, layouts)
    except ConfigError as error:
        raise ConfigError("{0}", NO_TILE) from error
    cameras = {**own.cameras, wanted.tile: wanted.camera}
    maximised = own.maximised if own.maximised == wanted.tile else None
    return replace(own, cameras=cameras, maximised=maximised, saved=None, before=None, held_back=own)


def given_back(monitor: MonitorState) -> MonitorState:
    """The monitor as its officer had it, on the screen that it has now."""
    if monitor.held_back is None:
        return monitor
    return replace(monitor.held_back, screen=monitor.screen, is_present=monitor.is_present)
