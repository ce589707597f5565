"""What an officer decides about the camera list itself: whether one that was held back is used.

GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.console import Console
from app.core.errors import ConfigError
from ui.numbers import whole
from ui.pages import Pages
from ui.texts import sentence, tr


def list_actions(console: Console, pages: Pages, say: Callable[[str], None]) -> Mapping[str, Callable[[], None]]:
    """By command text.

    Args:
        console: whose list it is.
        pages: where it is asked.
        say: says a sentence for a while.
    """
    book = console.registry_book

    def accept_list() -> None:
        try:
            held = book.check_may_accept()
        except ConfigError as error:
            say(sentence(error))
            return

        def accept() -> None:
            book.accept(held)
            say(tr("List", "The list of {0} cameras comes soon.", whole(held.listed)))

        listed, known = whole(held.listed), whole(held.known)
        question = tr(
            "List", "Use the list of {0} cameras instead of {1}? The others leave this wall.", listed, known
        )
        pages.ask.ask_whether(question, tr("List", "Use it"), accept)
        pages.open(pages.ask)

    return MappingProxyType({"accept-list": accept_list})
