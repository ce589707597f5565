"""The page of a chief: the walls of the posts, each with what it shows, and what it is to show.

GUI thread. It looks while it is open, and asks the registry for nothing otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.console import Console
from app.core.branch import Branch
from app.core.errors import ConfigError
from app.core.folding import fold
from app.core.posts import ChiefAnswered, ChiefRequest, PostWall, SetWeek, TakeBack, WantedSeen
from ui.order_form import OrderForm
from ui.overlay import KeyedOverlay
from ui.page_parts import PageRows, key_button, name_button, row_of, text_field
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.post_texts import answered_words, empty_words, live_words
from ui.texts import QT_TRANSLATE_NOOP, coarse_duration, sentence, tr
from ui.theme import Theme
from ui.wall_detail import WallDetail
from ui.week_form import WeekForm

WIDEST_PX, HIGHEST_PX = 1180, 760
MARGIN_PART = 0.015
"""Of the wall, left free on each side."""
LIST_PX = 380
SEARCH_MAX_LENGTH = 60
TITLES = (
    QT_TRANSLATE_NOOP("Posts", "Post"),
    QT_TRANSLATE_NOOP("Posts", "Playing"),
    QT_TRANSLATE_NOOP("Posts", "Reported"),
)
_DETAIL, _ORDER, _WEEK = range(3)
_NONE, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class WallsPage(KeyedOverlay):
    """The page.

    Args:
        theme: colours and fonts.
        console: knows the walls, and asks for what is ordered.
        find: finds cameras by what is typed, the best first.
        parent: the wall view it lies over.
    """

    def __init__(
        self, theme: Theme, console: Console, find: Callable[[str], Iterable[Branch]], parent: QWidget
    ) -> None:
        super().__init__(tr("Posts", "Walls of posts"), parent)
        self._console = console
        self._now_s = 0.0
        self._wall_id = ""
        self._listed: tuple[PostWall, ...] = ()
        self._texts: list[tuple[str, str]] = []
        self._list_of: tuple[int, str] = (-1, "")
        """Of what the list was made last."""
        self._has_asked = False
        """Whether the chief was told that leaving loses what was changed."""
        self._sent: ChiefRequest | None = None
        """What the open form has sent, and waits for the answer to."""
        self._warning = self._note = ""
        """What was said last."""
        self.search = text_field(tr("Posts", "Search for a post"), SEARCH_MAX_LENGTH)
        self.search.setPlaceholderText(tr("Posts", "Search for a post"))
        self.walls = PageRows(tr("Posts", "Walls"), [tr("Posts", title) for title in TITLES], wide=0)
        self.detail = WallDetail(theme, lambda: console.catalog)
        self.order = OrderForm(console, find)
        self.week = WeekForm(console)
        self.parts = QStackedWidget()
        self.heading = plain_label("pageHeadline", wraps=True)
        self.heading.setFont(theme.font(15, True))
        self.warning = plain_label("pageWarning", wraps=True)
        self.note = plain_label("pageHint", wraps=True)
        self.main_button = key_button("", "")
        self.main_button.setObjectName("pageMainButton")
        self.back_button = key_button(tr("Posts", "Take back"), "F3")
        self.week_button = key_button(tr("Posts", "Hours"), "F4")
        self.close_button = key_button(tr("TourEditor", "Close"), "Esc")
        self._lay_out()
        self._connect()
        self._keys = self._make_keys()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.walls, 1)
        holder = QWidget()
        holder.setFixedWidth(LIST_PX)
        holder.setLayout(left)
        for part in (self.detail, self.order, self.week):
            self.parts.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.heading)
        right.addWidget(self.parts, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(holder)
        middle.addLayout(right, 1)
        self.box.addLayout(middle, 1)
        for label in (self.warning, self.note):
            self.box.addWidget(label)
        self.box.addLayout(row_of((self.main_button, self.back_button, self.week_button, self.close_button)))

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _: self._search())
        self.walls.chosen.connect(self._choose)
        self.week.changed.connect(self._edited)
        self.order.message.textEdited.connect(lambda _: self._edited())
        for button, run in (
            (self.main_button, self.go_on),
            (self.back_button, self.take_back),
            (self.week_button, self.open_week),
            (self.close_button, self.leave),
        ):
            button.clicked.connect(lambda _checked=False, run=run: run())

    def _make_keys(self) -> Mapping[tuple[int, Qt.KeyboardModifier], Callable[[], object]]:
        """What the page's own keys do, the wall's shortcuts of the same chords notwithstanding."""
        return MappingProxyType(
            {
                (Qt.Key.Key_F2, _NONE): self.open_order,
                (Qt.Key.Key_F3, _NONE): self.take_back,
                (Qt.Key.Key_F4, _NONE): self.open_week,
                (Qt.Key.Key_Return, _CONTROL): self.go_on,
                (Qt.Key.Key_Enter, _CONTROL): self.go_on,
                (Qt.Key.Key_S, _CONTROL): self.go_on,
                (Qt.Key.Key_F, _CONTROL): self.search.setFocus,
                (Qt.Key.Key_Insert, _NONE): lambda: self.week.add() if self.week.isVisible() else None,
                (Qt.Key.Key_Delete, _NONE): self._delete_hours,
            }
        )

    # ---- as time goes on

    def refresh(self, now_s: float) -> None:
        """Show what has come; call it a few times a second while the page is open."""
        self._now_s = now_s
        posts = self._console.posts
        self._show_list()
        self.detail.show_wall(self._wall, posts.wanted(self._wall_id), now_s)
        answered = posts.take_answer()
        if answered is not None:
            self._tell(answered)
        self._show_words()
        self._show_buttons()

    def _tell(self, answered: ChiefAnswered) -> None:
        """Say what became of a request; only the form that sent it is done with, not one that was opened since."""
        is_done, words = answered.problem is None, answered_words(answered)
        if is_done and answered.request == self._sent:
            self._show_part(_DETAIL)
        self._say(note=words if is_done else "", warning="" if is_done else words)

    @property
    def _wall(self) -> PostWall | None:
        return self._console.posts.walls.get(self._wall_id)

    def _show_list(self) -> None:
        """The walls that the search finds, by name; hundreds of them cost little while nothing has come."""
        posts = self._console.posts
        if (posts.changes, self.search.text()) != self._list_of:
            self._list_of = posts.changes, self.search.text()
            self._list_found()
        ids = [wall.id for wall in self._listed]
        rows = [(*texts, self._age_words(each)) for texts, each in zip(self._texts, self._listed, strict=True)]
        self.walls.show_rows(rows, ids.index(self._wall_id) if self._wall_id in ids else -1)

    def _list_found(self) -> None:
        wanted, posts = fold(self.search.text()), self._console.posts
        found = [wall for wall in posts.walls.values() if wanted in fold(f"{wall.title} {wall.id}")]
        self._listed = tuple(sorted(found, key=lambda wall: (fold(wall.title), wall.id)))
        self._texts = [(plain(each.title), live_words(each)) for each in self._listed]
        if self._wall_id not in posts.walls and self._listed and not self._is_form_open:
            self._take(self._listed[0].id)

    def _search(self) -> None:
        """Another search: the chosen wall is one that it finds; an open form stays with its wall."""
        self._show_list()
        if self._listed and not self._is_form_open and all(wall.id != self._wall_id for wall in self._listed):
            self._take(self._listed[0].id)
            self.refresh(self._now_s)

    def _age_words(self, wall: PostWall) -> str:
        words = coarse_duration(wall.age_s(self._now_s))
        return f"⚠ {words}" if wall.is_lost(self._now_s) else words

    def _choose(self, row: int) -> None:
        if not self._may_drop():
            self._show_list()
        elif 0 <= row < len(self._listed):
            self._take(self._listed[row].id)
            self._show_part(_DETAIL)
            self.detail.show_wall(self._wall, self._console.posts.wanted(self._wall_id), self._now_s)

    def _take(self, wall_id: str) -> None:
        """Look closely at a wall."""
        self._wall_id = wall_id
        if self.isVisible():
            self._console.posts.look(wall_id)
        self._say()

    # ---- what a chief does

    def go_on(self) -> None:
        """What the main button does: open the order, send it, or save the hours."""
        if self._is_form_open:
            self._send()
        else:
            self.open_order()

    def open_order(self) -> None:
        """Ask what is to be shown on the wall."""
        if self._wall is None or not (self.order.isVisible() or self._may_drop()):
            return
        if not self.order.isVisible():
            self.order.begin(self._wall, self.detail.place)
            self._show_part(_ORDER)
        self.order.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_week(self) -> None:
        """Show the wall's hours, to be changed."""
        wanted = self._console.posts.wanted(self._wall_id)
        if wanted is None:
            self._say(warning=tr("Posts", "What is wanted there is not known yet."))
            return
        if not self._may_drop():
            return
        self.week.begin(wanted.week)
        self._show_part(_WEEK)
        self.week.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Take the order back that the wall shows."""
        wanted = self._console.posts.wanted(self._wall_id)
        if wanted is None or wanted.desired.order is None:
            self._say(warning=tr("Posts", "Nothing is ordered there."))
            return
        self._ask(TakeBack(self._wall_id, wanted.desired.revision), tr("Posts", "Taking it back…"))

    def _send(self) -> None:
        """Ask for what the open form holds."""
        wanted = self._console.posts.wanted(self._wall_id)
        if wanted is None:
            self._say(warning=tr("Posts", "What is wanted there is not known yet."))
            return
        try:
            request = self._made(wanted)
        except ConfigError as error:
            self._say(warning=sentence(error))
        else:
            self._sent = self._ask(request, tr("Posts", "Sending…"))

    def _made(self, wanted: WantedSeen) -> ChiefRequest:
        if self.order.isVisible():
            return self.order.made(self._wall_id, wanted.desired.revision)
        return SetWeek(self._wall_id, wanted.week.revision, self.week.made())

    def _ask(self, request: ChiefRequest, note: str) -> ChiefRequest | None:
        """Ask for something and say so; what was asked, None while an earlier request is not answered."""
        if self._console.posts.pending is not None:
            return None
        self._console.posts.ask(request)
        self._say(note=note)
        return request

    def _delete_hours(self) -> None:
        if self.week.isVisible() and self.focusWidget() in (self.week.table, self.week.delete_button):
            self.week.remove()

    def leave(self) -> None:
        """One step back: from a form to the wall, from there off the page."""
        if not self._is_form_open:
            self.put_away()
            return
        if self._may_drop():
            self._show_part(_DETAIL)
            self._say()
            self.walls.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_form_open(self) -> bool:
        return self.parts.currentIndex() != _DETAIL

    def _may_drop(self) -> bool:
        """Whether what is in the open form may be lost: nothing would be, or that was asked for twice."""
        question = ("", self.order.question, self.week.question)[self.parts.currentIndex()]
        is_asked = bool(question) and not self._has_asked
        if is_asked or self._has_asked:
            self._say(warning=question if is_asked else "")
        self._has_asked = is_asked
        return not is_asked

    def _edited(self) -> None:
        """Something is changed in the open form: what it has sent is not all of it any more."""
        self._sent = None
        self._say()

    # ---- what is shown

    def _show_part(self, part: int) -> None:
        self._sent = None
        self.parts.setCurrentIndex(part)
        title = plain(self._wall.title) if self._wall is not None else ""
        shown, hours = tr("Posts", "To be shown at {0}", title), tr("Posts", "Hours of {0}", title)
        self.heading.setText(("", shown, hours)[part])
        self.heading.setVisible(part != _DETAIL)
        self._show_buttons()

    def _say(self, warning: str = "", note: str = "") -> None:
        """Say a sentence; whoever goes on is asked again."""
        self._has_asked = False
        self._warning, self._note = warning, note
        self._show_words()
        self._show_buttons()

    def _show_words(self) -> None:
        """Show what was said last; where that was nothing, what is wrong now, or why there is no wall."""
        posts = self._console.posts
        warning = self._warning or (sentence(posts.problem) if posts.problem is not None else "")
        is_empty = not posts.walls and posts.problem is None
        note = self._note or (empty_words(posts.is_known) if is_empty else "")
        for label, said in ((self.warning, warning), (self.note, note)):
            label.setText(plain(said))
            label.setVisible(bool(said))

    def _show_buttons(self) -> None:
        part, is_busy = self.parts.currentIndex(), self._console.posts.pending is not None
        words = (tr("Posts", "Show something"), tr("Posts", "Send"), tr("TourEditor", "Save"))[part]
        name_button(self.main_button, words, ("F2", "Ctrl+Enter", "Ctrl+S")[part])
        self.main_button.setEnabled(self._wall is not None and not is_busy)
        wanted = self._console.posts.wanted(self._wall_id)
        is_ordered = wanted is not None and wanted.desired.order is not None
        self.back_button.setEnabled(is_ordered and not is_busy)
        self.week_button.setEnabled(wanted is not None)
        leaves = part == _DETAIL
        name_button(self.close_button, tr("TourEditor", "Close") if leaves else tr("Posts", "Back"), "Esc")

    # ---- Qt

    def open(self, is_native: bool) -> None:
        """Show the page and begin to look."""
        self._say()
        self._show_part(_DETAIL)
        super().open(is_native)
        self._console.posts.look(self._wall_id)
        self._show_list()
        self.walls.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more, whatever has taken the page's place."""
        self._console.posts.look(None)
        super().hideEvent(event)

    def place(self) -> None:
        """Take the middle of the wall."""
        area = self._view.rect()
        free = 1.0 - 2.0 * MARGIN_PART
        self.take_middle(min(round(area.width() * free), WIDEST_PX), min(round(area.height() * free), HIGHEST_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._key(event)
        if run is not None:
            run()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif not self.presses_button(event) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.focusWidget())
        event.accept()

    def _enter(self, focused: QWidget | None) -> None:
        """Enter goes on: from the search to the list, from there to the tiles, from a tile to an order for it."""
        if focused is self.search:
            self.walls.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is self.walls and self.detail.minis:
            self.detail.minis[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused in self.detail.minis:
            self.open_order()
