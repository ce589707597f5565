"""The page on which tours and salvos are made, changed, tried and deleted, by keyboard alone if need be.

GUI thread. Nothing is kept before Save, and nothing that was changed is lost by one slip: what would lose it asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.console import Console
from app.core.errors import ConfigError
from app.core.names import NAME_MAX_LENGTH
from app.core.salvo import Salvo
from app.core.tour import TourPlan
from ui.overlay import KeyedOverlay
from ui.page_parts import PageRows, caption, key_button, name_button, row_of, text_field
from ui.plain_label import plain_label
from ui.plain_text import plain
from ui.salvo_form import SalvoForm
from ui.segments import Segments
from ui.texts import sentence, tr
from ui.theme import Theme
from ui.tour_editor_texts import delete_question, new_name, salvo_texts, saved_sentence, tour_texts
from ui.tour_form import TourForm

WIDEST_PX, HIGHEST_PX = 900, 620
MARGIN_PART = 0.015
"""Of the wall, left free on each side."""
LIST_PX = 192
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class _Deed(Enum):
    """What is done only when an officer asks for it twice."""

    LEAVE = "leave"
    """What was changed would be lost."""
    DELETE = "delete"


class TourEditor(KeyedOverlay):
    """The page.

    Args:
        theme: colours and fonts.
        console: whose tours and salvos they are.
        parent: the wall view it lies over.

    Attributes:
        original: the name of the one that is changed; empty for a new one.

    Signals:
        command: a command text is to be carried out; the page has been put away.
    """

    command = Signal(str)

    def __init__(self, theme: Theme, console: Console, parent: QWidget) -> None:
        super().__init__(tr("TourEditor", "Tours and salvos"), parent)
        self._console = console
        self.original = ""
        self._begun_name = ""
        self._asked: _Deed | None = None
        self._kind = 0
        self._texts = (tour_texts(), salvo_texts())
        self.kinds = Segments(tr("TourEditor", "Tours or salvos"), [texts.heading for texts in self._texts], theme)
        self.names = PageRows(self._texts[0].heading, ("",), wide=0, has_header=False)
        self.new_button = key_button(tr("TourEditor", "New"), "Ctrl+N")
        self.rename_button = key_button(tr("TourEditor", "Rename"), "F2")
        self.delete_button = key_button(tr("TourEditor", "Delete"), tr("Editor", "Del"))
        self.name = text_field(tr("TourEditor", "Name"), NAME_MAX_LENGTH)
        self.tour = TourForm(theme, lambda: console.catalog)
        self.salvo = SalvoForm(lambda: console.wall)
        self.warning = plain_label("pageWarning", wraps=True)
        self.note = plain_label("pageHint", wraps=True)
        self.start_button = key_button("", "")
        self.save_button = key_button(tr("TourEditor", "Save"), "Ctrl+S")
        self.save_button.setObjectName("pageMainButton")
        self.close_button = key_button(tr("TourEditor", "Close"), "Esc")
        self._forms = QStackedWidget()
        self._lay_out()
        self._connect()
        self._keys = self._make_keys()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.kinds)
        left.addWidget(self.names, 1)
        for button in (self.new_button, self.rename_button, self.delete_button):
            left.addWidget(button)
        holder = QWidget()
        holder.setFixedWidth(LIST_PX)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(caption(tr("TourEditor", "Name")))
        right.addWidget(self.name)
        right.addWidget(self._forms, 1)
        for form in (self.tour, self.salvo):
            self._forms.addWidget(form)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(holder)
        middle.addLayout(right, 1)
        self.box.addLayout(middle, 1)
        for label in (self.warning, self.note):
            self.box.addWidget(label)
        self.box.addLayout(row_of((self.start_button, self.save_button, self.close_button)))

    def _connect(self) -> None:
        self.kinds.switched.connect(self._switch_kind)
        self.names.chosen.connect(self._choose)
        self.name.textEdited.connect(lambda _: self._changed())
        self.name.returnPressed.connect(self.save)
        for form in (self.tour, self.salvo):
            form.changed.connect(self._changed)
        for button, run in (
            (self.new_button, self.begin_new),
            (self.rename_button, self.rename),
            (self.delete_button, self.delete),
            (self.start_button, self.start),
            (self.save_button, self.save),
            (self.close_button, self.leave),
        ):
            button.clicked.connect(lambda _checked=False, run=run: run())

    def _make_keys(self) -> Mapping[tuple[int, Qt.KeyboardModifier], Callable[[], object]]:
        """What the page's own keys do, the wall's shortcuts of the same chords notwithstanding."""
        steps = self.tour.steps
        none = Qt.KeyboardModifier.NoModifier
        return MappingProxyType(
            {
                (Qt.Key.Key_N, _CONTROL): self.begin_new,
                (Qt.Key.Key_S, _CONTROL): self.save,
                (Qt.Key.Key_Return, _CONTROL): self.start,
                (Qt.Key.Key_Enter, _CONTROL): self.start,
                (Qt.Key.Key_F2, none): self.rename,
                (Qt.Key.Key_F5, none): _where_seen(self.salvo, self.salvo.take),
                (Qt.Key.Key_Insert, none): _where_seen(steps, steps.add),
                (Qt.Key.Key_Delete, none): self._delete_focused,
                (Qt.Key.Key_Up, _ALT): _where_seen(steps, lambda: steps.move_step(-1)),
                (Qt.Key.Key_Down, _ALT): _where_seen(steps, lambda: steps.move_step(1)),
            }
        )

    # ---- what is changed

    def begin(self) -> None:
        """List what there is and take the first to be changed; call it before the page is opened.

        Changes that were not saved when another page took this one's place are still there.
        """
        if self.is_changed:
            self._say(note=tr("TourEditor", "These changes are not saved yet."))
        else:
            self._show_first()

    @property
    def is_tour(self) -> bool:
        """Whether the page shows tours."""
        return self._kind == 0

    @property
    def is_changed(self) -> bool:
        """Whether leaving loses anything."""
        return self.name.text() != self._begun_name or self._form.is_changed

    @property
    def _form(self) -> TourForm | SalvoForm:
        return self.tour if self.is_tour else self.salvo

    @property
    def _items(self) -> Mapping[str, TourPlan | Salvo]:
        touring = self._console.book.touring
        return touring.tours if self.is_tour else touring.salvos

    def begin_new(self) -> None:
        """Begin a new one, its name ready to be replaced."""
        if self._may_lose_changes():
            self._take("")
            self.rename()

    def rename(self) -> None:
        """Put the cursor into the name; Save gives it."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _switch_kind(self, kind: int) -> None:
        if kind == self._kind:
            return
        if self._may_lose_changes():
            self._kind = kind
            self._show_first()
        else:
            self.kinds.switch(self._kind)

    def _choose(self, row: int) -> None:
        if self._may_lose_changes():
            self._take(list(self._items)[row])
        else:
            self._show_names()

    def _show_first(self) -> None:
        self._take(next(iter(self._items), ""))

    def _take(self, name: str) -> None:
        """Take one to be changed; without a name, a new one."""
        self.original = name
        self._begun_name = name or self._free_name()
        self.name.setText(self._begun_name)
        layouts, touring = self._console.layouts, self._console.book.touring
        if self.is_tour:
            self.tour.begin(touring.tours.get(name), layouts)
        else:
            self.salvo.begin(touring.salvos.get(name), layouts)
        self._forms.setCurrentIndex(self._kind)
        self._show_names()
        self._say()

    def _free_name(self) -> str:
        names = (new_name(number, is_tour=self.is_tour) for number in range(1, len(self._items) + 2))
        return next(name for name in names if name not in self._items)

    # ---- what an officer does with it

    def save(self) -> bool:
        """Keep it; whether that could be done. What stands in the way is said."""
        self._finish_typing()
        try:
            name = self._keep().name
        except ConfigError as error:
            self._say(warning=sentence(error))
            return False
        self._take(name)
        self._say(note=saved_sentence(name, is_tour=self.is_tour))
        return True

    def _keep(self) -> TourPlan | Salvo:
        book, name = self._console.book, self.name.text()
        if self.is_tour:
            return book.save_tour(self.tour.made(name), self.original)
        return book.save_salvo(self.salvo.made(name), self.original)

    def start(self) -> None:
        """Run it on the wall, saved first where it has changed."""
        self._finish_typing()
        if (self.original and not self.is_changed) or self.save():
            self.put_away()
            self.command.emit(f"{self._texts[self._kind].command} {self.original}")

    def delete(self) -> None:
        """Delete it, once that was asked for twice."""
        name, book = self.original, self._console.book
        if not name or not self._confirms(_Deed.DELETE, delete_question(name, is_tour=self.is_tour)):
            return
        try:
            (book.delete_tour if self.is_tour else book.delete_salvo)(name)
        except ConfigError as error:
            self._say(warning=sentence(error))
        else:
            self._show_first()

    def _delete_focused(self) -> None:
        """What Del means depends on where the focus is: in the steps a step, in the list the whole tour."""
        focused = self.focusWidget()
        if focused is self.tour.steps.table:
            self.tour.steps.remove()
        elif focused in (self.names, self.delete_button):
            self.delete()

    def leave(self) -> None:
        """Put the page away, without its changes where that was asked for twice."""
        if self._may_lose_changes():
            self._take(self.original)
            self.put_away()

    # ---- asking twice

    def _may_lose_changes(self) -> bool:
        self._finish_typing()
        question = tr("TourEditor", "There are changes. Ctrl+S saves them; do it once more to drop them.")
        return not self.is_changed or self._confirms(_Deed.LEAVE, question)

    def _confirms(self, deed: _Deed, question: str) -> bool:
        """Whether a deed was asked for the second time, and nothing else in between."""
        is_second = self._asked is deed
        self._say(warning="" if is_second else question)
        self._asked = None if is_second else deed
        return is_second

    def _finish_typing(self) -> None:
        if self.is_tour:
            self.tour.finish_typing()

    # ---- what is shown

    def _changed(self) -> None:
        self._say()

    def _say(self, warning: str = "", note: str = "") -> None:
        """Say a sentence; whoever goes on is asked again."""
        self._asked = None
        for label, said in ((self.warning, warning), (self.note, note)):
            text = plain(said)
            label.setText(text[:1].upper() + text[1:])
            label.setVisible(bool(text))
        self._show_buttons()

    def _show_names(self) -> None:
        names = list(self._items)
        row = names.index(self.original) if self.original in names else -1
        self.names.setAccessibleName(self._texts[self._kind].heading)
        self.names.show_rows([(plain(name),) for name in names], row)

    def _show_buttons(self) -> None:
        texts = self._texts[self._kind]
        is_ready = bool(self.original) and not self.is_changed
        name_button(self.start_button, texts.start if is_ready else texts.save_and_start, "Ctrl+Enter")
        for button in (self.rename_button, self.delete_button):
            button.setEnabled(bool(self.original))

    # ---- Qt

    def open(self, is_native: bool) -> None:
        """Show the page: the focus in the list, or in the name where there is nothing yet."""
        super().open(is_native)
        if self.original:
            self.names.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self.rename()

    def place(self) -> None:
        """Take the middle of the wall."""
        area = self._view.rect()
        free = 1.0 - 2.0 * MARGIN_PART
        self.take_middle(min(round(area.width() * free), WIDEST_PX), min(round(area.height() * free), HIGHEST_PX))

    def put_away(self) -> None:
        """Hide the page; what was changed stays on it until it is opened again."""
        self.tour.pages.query.stop()
        super().put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._key(event)
        if run is not None:
            run()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            self.presses_button(event)
        event.accept()


def _where_seen(part: QWidget, run: Callable[[], None]) -> Callable[[], None]:
    """What a key does that belongs to a part of the page: nothing while that part is not shown."""
    return lambda: run() if part.isVisible() else None
