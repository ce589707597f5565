"""Which order from elsewhere holds on this post's wall: shows it, says who it is from, ends it, answers for it.

Owned by the console's thread; imports the pure core only. A chief's order is shown until it ends, is taken back or
the officer releases it; a link that is lost changes nothing of that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from app.console.wall_book import WallBook
from app.core.camera_query import matching, placed
from app.core.errors import ConfigError
from app.core.journal import Event, JournalPort, Json, Kind
from app.core.layout import Layout
from app.core.layouts import lent_name
from app.core.model import EMPTY_CATALOG, Catalog
from app.core.remote import CameraOnTile, OrderAnswer, Outcome, RemoteOrder, WallDesired, Wanted, check_cameras
from app.core.sentence import Sentence

END_GRACE_S = 3.0
"""So long after an order's end it is ended here: while there is a link, the registry says first what follows."""


@dataclass(frozen=True, slots=True)
class RemoteStatus:
    """An order that is shown just now.

    Attributes:
        order: see there.
        ends_s: when it ends by itself, monotonic seconds; None where it lasts until it is taken back.
    """

    order: RemoteOrder
    ends_s: float | None = None


class RemoteEvent(Enum):
    """What is journalled and told of an order."""

    BEGUN = "begun"
    ENDED = "ended"
    """Its time is over, or it was taken back."""
    RELEASED = "released"
    """The officer did it."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RemoteNotice:
    """Something happened to an order."""

    event: RemoteEvent
    order: RemoteOrder | None
    """None where it could not be read."""
    reason: Sentence | None = None


class RemoteDesk:
    """Takes orders.

    Args:
        book: shows them.
        journal: is told.

    Attributes:
        answer: what became of the order that was seen last.
    """

    def __init__(self, book: WallBook, journal: JournalPort) -> None:
        self._book = book
        self._journal = journal
        self.answer = OrderAnswer()
        self._desired: WallDesired | None = None
        self._is_overdue = False
        """Whether the order was ended here, for nobody said what follows."""
        self._is_outdated = False
        """Whether other cameras are listed since the order's question was asked."""
        self._catalog = EMPTY_CATALOG
        self._notices: list[RemoteNotice] = []

    @property
    def status(self) -> RemoteStatus | None:
        """The order that is shown; None where none is."""
        desired = self._desired
        if desired is None or desired.order is None or self.answer.outcome is not Outcome.APPLIED:
            return None
        return RemoteStatus(desired.order, desired.ends_s)

    # ---- what happens

    def take(self, desired: WallDesired) -> None:
        """The registry says what the wall is to show; what is known already only has its end corrected."""
        known, self._desired = self._desired, desired
        if known is None or known.revision != desired.revision:
            self._replace(known)
        elif self._is_overdue and desired.order is not None:
            self._try(desired, desired.order)

    def catalog_changed(self, catalog: Catalog) -> None:
        """Other cameras are listed: an order that waited for them is shown, one that is a question asks anew."""
        self._catalog = catalog
        desired = self._desired
        if desired is None or desired.order is None:
            return
        is_waiting = self.answer.revision != desired.revision
        if is_waiting or self.answer.outcome is Outcome.REFUSED:
            self._try(desired, desired.order)
        elif self.status is not None and _is_question(desired.order.wanted):
            self._is_outdated = True
            self._ask_anew()

    def _ask_anew(self) -> None:
        """Show the cameras that answer an order's question now; a monitor that is away has to be back first."""
        desired, status = self._desired, self.status
        if not self._is_outdated or desired is None or status is None:
            return
        if self._book.wall.monitor(status.order.monitor).is_present:
            self._show(desired.revision, status.order)

    def check(self, now_s: float) -> None:
        """Ask anew where that has had to wait; end an order whose time is over while nobody says what follows."""
        self._ask_anew()
        status = self.status
        if status is not None and status.ends_s is not None and now_s >= status.ends_s + END_GRACE_S:
            self._end(RemoteEvent.ENDED)
            self._is_overdue = True

    def release(self) -> None:
        """The officer takes the wall back.

        Raises:
            ConfigError: no order is shown.
        """
        if self.status is None:
            raise ConfigError("No remote control is on this wall.")
        self._end(RemoteEvent.RELEASED)

    def take_notices(self) -> tuple[RemoteNotice, ...]:
        """What has happened since this was last asked."""
        notices, self._notices = self._notices, []
        return tuple(notices)

    # ---- acting

    def _replace(self, known: WallDesired | None) -> None:
        """Something else is wanted than before."""
        desired, self._is_overdue = self._desired, False
        assert desired is not None
        was_shown = known.order if known is not None and self.answer.outcome is Outcome.APPLIED else None
        if was_shown is not None and known is not None:
            self._tell(RemoteEvent.ENDED, known.revision, was_shown, is_news=desired.order is None)
        if desired.order is not None and not desired.is_released:
            self._try(desired, desired.order)
            return
        self._book.give_back()
        self.answer = OrderAnswer(desired.revision)
        if desired.problem is not None:
            self._refuse(desired, desired.problem)

    def _try(self, desired: WallDesired, order: RemoteOrder) -> None:
        """Show an order, or say why not; before the first catalogue it waits."""
        self._is_overdue = False
        if self._catalog is EMPTY_CATALOG:
            self._book.give_back()
            self.answer = replace(self.answer, outcome=Outcome.RELEASED, reason=None)
            return
        try:
            self._show(desired.revision, order)
        except ConfigError as error:
            self._refuse(desired, error.sentence)
            return
        self.answer = OrderAnswer(desired.revision, Outcome.APPLIED)
        self._tell(RemoteEvent.BEGUN, desired.revision, order)

    def _show(self, revision: int, order: RemoteOrder) -> None:
        wanted, grid = self._resolved(order), None
        check_cameras(wanted, self._catalog.cameras)
        if not isinstance(wanted, CameraOnTile):
            grid = _lent(revision, wanted.grid)
        self._book.direct(order.monitor, wanted, grid)
        self._is_outdated = False

    def _resolved(self, order: RemoteOrder) -> Wanted:
        """What is wanted; a question has this post's cameras, and those that stay keep their tile."""
        wanted, status = order.wanted, self.status
        if isinstance(wanted, CameraOnTile) or wanted.query is None:
            return wanted
        is_shown = status is not None and status.order is order
        before = self._book.wall.monitor(order.monitor).cameras if is_shown else wanted.cameras
        found = matching(wanted.query, self._catalog)
        return replace(wanted, cameras=placed(before, found, wanted.grid.tiles, wanted.hotspot))

    def _refuse(self, desired: WallDesired, reason: Sentence) -> None:
        self._book.give_back()
        answer = OrderAnswer(desired.revision, Outcome.REFUSED, reason)
        if answer != self.answer:
            self.answer = answer
            self._tell(RemoteEvent.REFUSED, desired.revision, desired.order, reason)

    def _end(self, event: RemoteEvent) -> None:
        """The order that is shown is over."""
        desired = self._desired
        assert desired is not None
        self._book.give_back()
        self.answer = OrderAnswer(desired.revision, Outcome.RELEASED)
        self._tell(event, desired.revision, desired.order)

    def _tell(
        self,
        event: RemoteEvent,
        revision: int,
        order: RemoteOrder | None,
        reason: Sentence | None = None,
        *,
        is_news: bool = True,
    ) -> None:
        """Journal what happened, and have it said where the officer would wonder."""
        said: dict[str, Json] = {"event": event.value, "revision": revision}
        said |= {"reason": str(reason)} if reason is not None else {}
        self._journal.write(Event(Kind.REMOTE_CONTROL, said | _detail(order), _camera(order)))
        if is_news:
            self._notices.append(RemoteNotice(event, order, reason))


def _lent(revision: int, grid: Layout) -> Layout:
    return replace(grid, name=lent_name(revision, grid.name))


def _is_question(wanted: Wanted) -> bool:
    return not isinstance(wanted, CameraOnTile) and wanted.query is not None


def _detail(order: RemoteOrder | None) -> dict[str, Json]:
    """Who ordered what."""
    if order is None:
        return {}
    found: dict[str, Json] = {"source": order.source.value, "monitor": order.monitor}
    if order.author is not None:
        found |= {"by": order.author.officer, "by_name": order.author.name}
    if isinstance(order.wanted, CameraOnTile):
        return found | {"tile": order.wanted.tile}
    return found | {"layout": order.wanted.name}


def _camera(order: RemoteOrder | None) -> str:
    is_camera = order is not None and isinstance(order.wanted, CameraOnTile)
    return order.wanted.camera if is_camera else ""  # type: ignore[union-attr]
