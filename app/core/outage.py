"""When to look whether a path that broke is whole again, so that its cameras are not kept waiting. Pure.

A backoff spares a camera that fails by itself; a network that comes back need not be waited for: one short
question a second and site (RTSP OPTIONS, no login) tells. Only a path that was *seen* broken and then answers
calls its streams up: a camera that answers all along and fails nevertheless keeps its own, growing waits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from app.core.failure import Reason
from app.core.model import StreamKey

PROBE_PERIOD_S = 0.8
PATH_REASONS = frozenset(
    {
        Reason.REFUSED,
        Reason.UNREACHABLE,
        Reason.NAME_UNKNOWN,
        Reason.NO_ANSWER,
        Reason.PROTOCOL,
        Reason.NO_PICTURES,
        Reason.STALLED,
        Reason.ENDED,
        Reason.RESET,
    }
)
"""What a broken path looks like from here; one that is cut in the middle of an answer makes it unintelligible."""


@dataclass(slots=True)
class _Site:
    """A site with streams that suffer."""

    suffering: list[StreamKey] = field(default_factory=list)
    """In the order in which they are asked about; the next one first."""
    is_dark: bool = True
    """Whether nothing of it plays: where one camera was seen broken, all of them probably were."""
    next_probe_s: float = 0.0
    asked: StreamKey | None = None


class OutageWatch:
    """Decides what is probed next, and what an answer means."""

    def __init__(self) -> None:
        self._sites: dict[str, _Site] = {}
        self._broken: set[StreamKey] = set()

    def suffer(self, streams: Iterable[tuple[StreamKey, str]], lit: Collection[str] = ()) -> None:
        """Make these the streams, with their sites, that failed by their path and have not played since.

        Args:
            lit: sites of which some stream plays: their uplink is whole, whatever else is not.
        """
        by_site: dict[str, list[StreamKey]] = {}
        for key, site in streams:
            by_site.setdefault(site, []).append(key)
        self._sites = {site: self._renewed(site, keys, site not in lit) for site, keys in by_site.items()}
        self._broken &= {key for keys in by_site.values() for key in keys}

    def _renewed(self, name: str, keys: list[StreamKey], is_dark: bool) -> _Site:
        site = self._sites.get(name, _Site())
        site.is_dark = is_dark
        known = [key for key in site.suffering if key in keys]
        site.suffering = known + [key for key in keys if key not in known]
        if site.asked not in keys:
            site.asked = None
        return site

    def due(
        self, now_s: float, draw: float, may_ask: Callable[[StreamKey, float], bool] = lambda _key, _now_s: True
    ) -> Sequence[tuple[str, StreamKey]]:
        """The sites whose turn it is, each with the stream whose address is to be asked.

        Args:
            draw: uniform in [0, 1): consoles that lost the same site do not ask in step.
            may_ask: whether a stream's address may be asked now; if not, its turn comes when it may.
        """
        ready = [
            (name, site) for name, site in self._sites.items() if not site.asked and now_s >= site.next_probe_s
        ]
        due = [(name, site) for name, site in ready if may_ask(site.suffering[0], now_s)]
        for _, site in due:
            site.asked = site.suffering[0]
            site.suffering = [*site.suffering[1:], site.suffering[0]]
            site.next_probe_s = now_s + PROBE_PERIOD_S * (0.75 + 0.5 * draw)
        return [(name, site.suffering[-1]) for name, site in due]

    def answered(self, key: StreamKey, is_whole: bool) -> Sequence[StreamKey]:
        """Take an answer in; gives the streams to be tried at once."""
        site = next((site for site in self._sites.values() if site.asked == key), None)
        if site is None:
            return ()
        site.asked = None
        if not is_whole:
            self._broken.add(key)
            return ()
        if not self._was_broken(key, site):
            return ()
        self._broken.difference_update(site.suffering)
        return tuple(site.suffering)

    def _was_broken(self, key: StreamKey, site: _Site) -> bool:
        return key in self._broken or (site.is_dark and not self._broken.isdisjoint(site.suffering))
