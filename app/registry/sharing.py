"""The thread of shared layouts: lists them every minute, fetches those that changed, asks what an officer asks.

Must import nothing of ours but the core and its neighbours here.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from random import Random

from app.core.errors import RegistryError
from app.core.saved_layout import SavedLayout
from app.core.shared import DeleteShared, ShareAnswered, SharedListed, ShareLayout, ShareRequest
from app.registry.client import RegistryApi
from app.registry.defects import outlived, understood
from app.registry.link import Link
from app.registry.on_duty import OnDuty
from app.registry.posts import not_done
from app.registry.problems import BAD_ANSWER
from app.registry.retry import retry_delay_s
from app.registry.shared_cache import SharedCache
from app.registry.shared_layouts import (
    LAYOUTS_LIMIT,
    Listed,
    draft_document,
    layout_path,
    parse_list,
    parse_shared,
)

PERIOD_S = 60.0
"""How often they are listed: a layout is not urgent, and a list without news is small."""
PAGES_MAX = 25
_GONE = ("layout-unknown", "not-found", "http-404")

_log = logging.getLogger(__name__)


class SharingDesk:
    """Implements `app.core.shared.SharedPort`.

    Args:
        api: the registry.
        link: the way to the console.
        shift: in whose name it asks.
        cache: what was known last; None keeps nothing.
        random: the source of retry jitter.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        api: RegistryApi,
        link: Link,
        shift: OnDuty,
        cache: SharedCache | None,
        random: Random,
        clock: Callable[[], float],
    ) -> None:
        self._api = api
        self._link = link
        self._shift = shift
        self._cache = cache
        self._random = random
        self._clock = clock
        self._change = threading.Condition()
        self._is_stopped = False
        self._requests: deque[ShareRequest] = deque()
        self._known: dict[str, SavedLayout] = {}
        self._told: SharedListed | None = None
        self._list_s = 0.0
        self._failures = 0
        self.thread = threading.Thread(target=self._run, name="registry-layouts", daemon=True)

    # ---- from the console's thread

    def refresh(self) -> None:
        """See `SharedPort`."""
        with self._change:
            self._list_s = 0.0
            self._change.notify()

    def send(self, request: ShareRequest) -> None:
        """See `SharedPort`."""
        with self._change:
            self._requests.append(request)
            self._change.notify()

    def stop(self) -> None:
        """Let the thread end; whoever calls breaks its connection off."""
        with self._change:
            self._is_stopped = True
            self._change.notify()

    # ---- the thread

    def _run(self) -> None:
        with outlived():
            self._load()
        while (work := self._next()) is not None:
            if isinstance(work, bool):
                self._list()
            else:
                self._answer(work)

    def _load(self) -> None:
        kept = self._cache.load() if self._cache is not None else ()
        self._known = {layout.shared.id: layout for layout in kept if layout.shared is not None}
        if kept:
            self._tell(is_fresh=False)

    def _next(self) -> ShareRequest | bool | None:
        """The next request, else True: it is time to list; None at the end. Waits for either."""
        with self._change:
            while not (self._is_stopped or self._requests or self._clock() >= self._list_s):
                self._change.wait(self._list_s - self._clock())
            if self._is_stopped:
                return None
            return self._requests.popleft() if self._requests else True

    def _list(self) -> None:
        self._list_s = self._clock() + PERIOD_S
        sent = self._shift.headers()
        try:
            found = ((each.id, self._fetched(each, sent)) for each in self._listed(sent))
            self._known = {layout_id: layout for layout_id, layout in found if layout is not None}
            self._tell(is_fresh=True)
        except Exception as caught:  # noqa: BLE001 - it is tried again like any failure
            error = understood(caught)
            self._shift.lost(error, sent)
            self._failures += 1
            self._list_s = self._clock() + max(1.0, retry_delay_s(error, self._failures, self._random))
            self._tell(is_fresh=False)
            return
        self._failures = 0

    def _listed(self, sent: Mapping[str, str]) -> list[Listed]:
        listed: list[Listed] = []
        for _ in range(PAGES_MAX):
            after = {"after": listed[-1].id} if listed else {}
            page, has_more = self._api.call(
                "GET", "/v1/layouts", parse_list, sent, params={"limit": LAYOUTS_LIMIT, **after}
            )
            listed += page
            if not has_more or not page:
                break
        return listed

    def _fetched(self, listed: Listed, sent: Mapping[str, str]) -> SavedLayout | None:
        """A layout that is listed: one that cannot be read as it was last, None where there is none to be had."""
        known = self._known.get(listed.id)
        if known is not None and known.shared is not None and known.shared.revision == listed.revision:
            return known
        try:
            return self._api.call("GET", layout_path(listed.id), parse_shared, sent)
        except RegistryError as error:
            if error.code != BAD_ANSWER and error.code not in _GONE:
                raise
            _log.info("shared layout %s left out: %s", listed.id, error)
            return known if error.code == BAD_ANSWER else None

    def _tell(self, *, is_fresh: bool) -> None:
        """Tell what is known where that is news, and keep it where the registry said it."""
        told = SharedListed(tuple(self._known.values()), is_fresh)
        if told == self._told:
            return
        has_changed = self._told is None or told.layouts != self._told.layouts
        self._told = told
        self._link.put(told)
        if is_fresh and has_changed and self._cache is not None:
            self._cache.save(self._known.values())

    def _answer(self, request: ShareRequest) -> None:
        """Ask what an officer asks; how things stand then is told before what became of it."""
        answered, sent = ShareAnswered(request), self._shift.headers()
        try:
            self._ask(request, sent)
        except Exception as caught:  # noqa: BLE001 - whoever waits for an answer gets one
            error = understood(caught)
            self._shift.lost(error, sent)
            answered = ShareAnswered(request, *not_done(error))
        self._list()
        self._link.put(answered)

    def _ask(self, request: ShareRequest, sent: Mapping[str, str]) -> None:
        mark = request.mark
        is_new = isinstance(request, ShareLayout) and request.is_new
        seen = {"If-None-Match": "*"} if is_new else {"If-Match": f'"{mark.revision}"'}
        headers = {**sent, **seen}
        match request:
            case ShareLayout():
                document = draft_document(request)
                self._api.call("PUT", layout_path(mark.id), lambda _answer: None, headers, json=document)
            case DeleteShared():
                self._api.call("DELETE", layout_path(mark.id), lambda _answer: None, headers)
