"""The pages that can lie over one monitor's tiles: one at a time, each made when it is first wanted.

GUI thread. None opens by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Signal

from app.console import Console
from app.core.branch import Branch
from app.core.command_table import Need, Offers
from app.core.duty import Officer
from app.core.errors import ConsoleError
from app.core.keymap import Keymap
from app.core.model import Camera
from app.core.saved_layout import SavedLayout
from app.core.shared import Unit
from app.core.tile_status import worst_first
from app.core.wall import assigned_tiles
from ui.ask_page import AskPage
from ui.camera_map import CameraMap
from ui.command_palette import CommandPalette, WhyNot
from ui.command_texts import need_sentence
from ui.coverage_page import CoveragePage
from ui.duty_page import DutyPage
from ui.handover_page import HandoverPage
from ui.health_overlay import HealthOverlay
from ui.help_overlay import HelpOverlay
from ui.key_editor import KeyEditor
from ui.layout_editor import LayoutEditor
from ui.overlay import Overlay
from ui.purpose_page import PurposePage
from ui.share_page import Share, SharePage
from ui.texts import sentence
from ui.theme import Theme
from ui.tour_editor import TourEditor
from ui.wall_view import WallView
from ui.walls_page import WallsPage

PageT = TypeVar("PageT", bound=Overlay)


class Pages(QObject):
    """Makes, opens and refreshes them.

    Args:
        console: what is told on them.
        theme: colours and fonts.
        delivered: the keys as delivered.
        view: the tiles that they lie over.
        find: finds cameras by what is typed.
        chord_of: the chord that calls a command text.

    Signals:
        command: a command text was chosen on a page.
        camera: the camera of that id is to come onto the wall.
        tile: that tile (a `TileId`), on whichever monitor, is to be selected.
        keymap: other keys count from now on (a `Keymap`).
        purpose_given: a private camera (its id) is looked at for that `Purpose`.
        closed: a page was put away.
    """

    command = Signal(str)
    camera = Signal(str)
    tile = Signal(object)
    keymap = Signal(object)
    purpose_given = Signal(str, object)
    closed = Signal()

    def __init__(
        self,
        console: Console,
        theme: Theme,
        delivered: Keymap,
        view: WallView,
        find: Callable[[str], Iterable[Branch]],
        chord_of: Callable[[str], str],
    ) -> None:
        super().__init__(view)
        view.installEventFilter(self)
        self._chord_of = chord_of
        self._suspended: tuple[Overlay, Officer] | None = None
        """The page that was hidden when the controls were locked, and whose it is."""
        self._find = find
        self._console = console
        self._theme = theme
        self._delivered = delivered
        self._view = view
        self._made: list[Overlay] = []
        self._fills: dict[Overlay, Callable[[float], None]] = {}
        self._keep_layout: Callable[[SavedLayout], object] = lambda _layout: None

    # ---- each page, made when it is first wanted

    @cached_property
    def help(self) -> HelpOverlay:
        """All keys."""
        return self._with(HelpOverlay(self._delivered, self._view))

    @cached_property
    def health(self) -> HealthOverlay:
        """This wall's cameras, the worst first."""
        page = self._with(HealthOverlay(self._theme, self._view.monitor, self._view), self._fill_health)
        page.chosen.connect(self.tile)
        return page

    @cached_property
    def palette(self) -> CommandPalette:
        """Every command, to be searched."""
        page = self._with(CommandPalette(self._theme, self._view))
        page.chosen.connect(self.command)
        return page

    @cached_property
    def keys(self) -> KeyEditor:
        """Every command's keys, to be changed."""
        page = self._with(KeyEditor(self._delivered, self._theme, self._view))
        page.changed.connect(self.keymap)
        return page

    @cached_property
    def editor(self) -> LayoutEditor:
        """A layout, to be edited."""
        page = self._with(LayoutEditor(self._theme, lambda: self._console.catalog, self._view))
        page.saved.connect(self._keep)
        return page

    @cached_property
    def coverage(self) -> CoveragePage:
        """What was not seen for long."""
        page = self._with(CoveragePage(self._theme, self._view), self._fill_coverage)
        page.chosen.connect(self.camera)
        page.tour_wanted.connect(lambda: self.command.emit("coverage-tour"))
        return page

    @cached_property
    def tours(self) -> TourEditor:
        """Tours and salvos, to be made and changed."""
        page = self._with(TourEditor(self._theme, self._console, self._view))
        page.command.connect(self.command)
        return page

    @cached_property
    def map(self) -> CameraMap:
        """Where the cameras stand."""
        page = self._with(CameraMap(self._theme, self._find, self._view), self._fill_map)
        page.chosen.connect(self.camera)
        return page

    @cached_property
    def walls(self) -> WallsPage:
        """The walls of posts, for a chief."""
        page = WallsPage(self._theme, self._console, self._find, self._view)
        return self._with(page, page.refresh)

    @cached_property
    def share(self) -> SharePage:
        """With whom a layout is to be shared."""
        return self._with(SharePage(self._view))

    @cached_property
    def purpose(self) -> PurposePage:
        """Why a private camera is looked at."""
        page = self._with(PurposePage(self._view))
        page.given.connect(self.purpose_given)
        return page

    @cached_property
    def duty(self) -> DutyPage:
        """Who is on duty."""
        page = self._with(DutyPage(self._console.duty, self._chord_of, self._view))
        page.command.connect(self.command)
        return page

    @cached_property
    def handover(self) -> HandoverPage:
        """What the next officer has to know."""
        return self._with(HandoverPage(self._console, self._view))

    @cached_property
    def ask(self) -> AskPage:
        """One question."""
        return self._with(AskPage(self._view))

    def _with(self, page: PageT, fill: Callable[[float], None] | None = None) -> PageT:
        """A page that was just made; `fill` keeps it up to date: as it opens, and for as long as it is open."""
        self._made.append(page)
        if fill is not None:
            self._fills[page] = fill
        page.closed.connect(self.closed)
        return page

    # ---- opening

    @property
    def _shown(self) -> Overlay | None:
        """The page that lies over the tiles."""
        return next((page for page in self._made if page.isVisible()), None)

    @property
    def is_open(self) -> bool:
        """Whether a page lies over the tiles."""
        return self._shown is not None

    @property
    def holds_work(self) -> bool:
        """Whether a page is open, comes back with the controls, or has changes that are not saved."""
        return self.is_open or self._suspended is not None or any(page.is_changed for page in self._made)

    def put_away(self) -> bool:
        """Put the open page away; whether there was one."""
        page = self._shown
        if page is not None:
            page.put_away()
        return page is not None

    def open(self, page: Overlay) -> None:
        """Open a page instead of the one that lies there."""
        other = self._shown
        if other is not None and other is not page:
            other.hide()
        page.open(is_native=bool(self._view.direct))

    def _toggle(self, page: Overlay, now_s: float = 0.0) -> None:
        if page.isVisible():
            page.put_away()
            return
        if page in self._fills:
            self._fills[page](now_s)
        self.open(page)

    def toggle_help(self, keymap: Keymap, *, can_search: bool = True) -> None:
        """Show or put away the page of keys; without its search box, a PIN is not typed into it."""
        self.help.show_keymap(keymap)
        self.help.search.setVisible(can_search)
        self._toggle(self.help)

    def toggle_palette(self, keymap: Keymap, offers: Offers, why_not: WhyNot) -> None:
        """Show or put away the command palette."""
        self.palette.offer(keymap, offers, why_not)
        self._toggle(self.palette)

    def toggle_keys(self, keymap: Keymap, offers: Offers) -> None:
        """Show or put away the page that changes keys."""
        self.keys.edit(keymap, offers)
        self._toggle(self.keys)

    def toggle_health(self, now_s: float) -> None:
        """Show or put away the list of the wall's cameras."""
        self._toggle(self.health, now_s)

    def toggle_coverage(self, now_s: float) -> None:
        """Show or put away the coverage report."""
        self._toggle(self.coverage, now_s)

    def toggle_tours(self) -> None:
        """Show or put away the page of tours and salvos."""
        if not self.tours.isVisible():
            self.tours.begin()
        self._toggle(self.tours)

    def toggle_map(self, now_s: float) -> None:
        """Show or put away the map of cameras."""
        self._toggle(self.map, now_s)

    def toggle_walls(self, now_s: float) -> str:
        """Show or put away the walls of posts; why not, to whoever is no chief."""
        if not self._console.posts.may_direct:
            return need_sentence(Need.CHIEF)
        self._toggle(self.walls, now_s)
        return ""

    def ask_readers(self, layout: SavedLayout, units: Sequence[Unit], share: Share) -> None:
        """Ask with which units a layout is to be shared; see `SharePage.ask`."""
        self.share.ask(layout, units, share)
        self.open(self.share)

    def open_duty(self, typed: str = "") -> None:
        """Show who is on duty and ask for a PIN; `typed` is the first digit of one."""
        if not self.duty.isVisible():
            self.duty.begin(typed)
            self.open(self.duty)

    def put_away_duty(self) -> bool:
        """Put the page of shifts away; whether it was open."""
        page = self._shown
        if not isinstance(page, DutyPage):
            return False
        page.put_away()
        return True

    def open_handover(self) -> None:
        """Show what the next officer has to know."""
        if not self.handover.isVisible():
            self.handover.begin()
            self.open(self.handover)

    def suspend(self, officer: Officer | None) -> None:
        """The controls are locked: hide the open page, with what was done on it.

        Args:
            officer: whose page it is; nobody's does not come back.
        """
        page = self._shown
        if page is None:
            return
        is_about_it = isinstance(page, DutyPage | AskPage)
        self._suspended = None if is_about_it or officer is None else (page, officer)
        page.hide()

    def resume(self, officer: Officer | None) -> None:
        """The controls are back: show the page that was hidden for that, but to nobody else.

        Args:
            officer: who has them now.
        """
        suspended, self._suspended = self._suspended, None
        if suspended is not None and suspended[1] == officer and not self.is_open:
            self.open(suspended[0])

    def refresh_duty(self) -> None:
        """Show what has become of a sign-in or handover."""
        page = self._shown
        if isinstance(page, DutyPage | HandoverPage):
            page.show_state()

    def ask_purpose(self, camera: Camera, holds_s: float) -> None:
        """Ask why a private camera is looked at; `holds_s` is for how long the answer will do."""
        self.purpose.ask(camera, holds_s)
        self.open(self.purpose)

    def edit_layout(self, layout: SavedLayout, original: str, keep: Callable[[SavedLayout], object]) -> None:
        """Open the layout editor; changes that are not saved stay on it, instead of what is given.

        Args:
            layout: what is edited.
            original: the name of the saved layout that this is; empty for a new one.
            keep: takes the edited layout; a ConsoleError is said, and the editor stays.
        """
        if self.editor.is_changed:
            self.editor.go_on()
        else:
            self._keep_layout = keep
            self.editor.begin(layout, is_new=not original)
        self.open(self.editor)

    def _keep(self, layout: SavedLayout) -> None:
        try:
            self._keep_layout(layout)
        except ConsoleError as error:
            self.editor.say(sentence(error))
        else:
            self.editor.leave()

    # ---- as time goes on

    def refresh(self, now_s: float) -> None:
        """Show what has changed on the open page."""
        page = self._shown
        if page is not None and page in self._fills:
            self._fills[page](now_s)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tiles have another size: the page stays in their middle."""
        if event.type() is QEvent.Type.Resize:
            page = self._shown
            if page is not None:
                page.place()
        return super().eventFilter(watched, event)

    def _fill_health(self, now_s: float) -> None:
        tiles = assigned_tiles(self._console.wall, self._console.layouts)
        statuses = (self._console.status(tile, now_s) for tile in tiles)
        self.health.show_statuses(worst_first(statuses))

    def _fill_coverage(self, now_s: float) -> None:
        report = self._console.book.touring.report(self._view.monitor, self._console.catalog, now_s)
        self.coverage.show_report(report, self._console.catalog)

    def _fill_map(self, now_s: float) -> None:
        self.map.show_catalog(self._console.catalog)
        tiles = assigned_tiles(self._console.wall, self._console.layouts)
        self.map.show_signs({camera: self._console.sign(tile, now_s) for tile, camera in tiles.items()})
