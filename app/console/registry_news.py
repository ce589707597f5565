"""Takes in what the registry's client says.

Owned by the console's thread; imports the pure core only.
"""

from __future__ import annotations

from collections.abc import Callable

from app.console.post_walls import PostWalls
from app.console.recovery import Recovery
from app.console.registry_book import RegistryBook
from app.console.remote_desk import RemoteDesk
from app.console.shared_book import SharedBook
from app.core.model import Catalog
from app.core.ports import CatalogSynced, JournalTaken, Message, RegistryLost, RegistryReached
from app.core.posts import ChiefAnswered, WallSeen, WallsListed, WantedSeen
from app.core.remote import WallDesired
from app.core.shared import ShareAnswered, SharedListed


class RegistryNews:
    """Hands each message to whom it concerns.

    Args:
        book: what is known of the registry.
        remote: orders from elsewhere.
        shared: layouts that posts share.
        posts: the walls that a chief directs.
        recovery: has what waited for the registry tried at once.
        take_catalog: is given each new camera list.
    """

    def __init__(
        self,
        book: RegistryBook,
        remote: RemoteDesk,
        shared: SharedBook,
        posts: PostWalls,
        recovery: Recovery,
        take_catalog: Callable[[Catalog], None],
    ) -> None:
        self._book = book
        self._remote = remote
        self._shared = shared
        self._posts = posts
        self._recovery = recovery
        self._take_catalog = take_catalog

    def take(self, message: Message, now_s: float) -> bool:
        """Take a message in; whether it was the registry's."""
        match message:
            case CatalogSynced():
                self._book.take(message, now_s)
                self._take_catalog(message.catalog)
            case RegistryReached():
                self._book.take(message, now_s)
                self._recovery.registry_reached(now_s)
            case RegistryLost() | JournalTaken():
                self._book.take(message, now_s)
            case WallDesired():
                self._remote.take(message)
            case SharedListed() | ShareAnswered():
                self._shared.take(message)
            case WallsListed() | WallSeen() | WantedSeen() | ChiefAnswered():
                self._posts.take(message)
            case _:
                return False
        return True
