"""Media servers that stand between a sector's cameras and its posts, from a CSV file: `jurisdiction,url`.

A camera serves few sessions and a city has hundreds of posts: the server takes one and hands it to all of them. It
is listed for a unit or an area, and the narrowest that a camera lies in is its own. Read once at start-up; held in
memory only. It must not import FastAPI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from app.core.errors import ConfigError
from app.core.redact import Secret
from app.demo.catalogue.record import Camera
from app.demo.catalogue.table_file import REST, Heading, RowError, read_rows
from app.demo.registry.streams import NO_SECRET, StreamAccess

_COLUMNS = ("jurisdiction", "url", "username", "password")
_HEADING = Heading(_COLUMNS, ("jurisdiction", "url"), verbatim=("password",))
_SCHEMES = ("rtsp", "rtsps")
_CODE, _PROFILE = "{code}", "{profile}"
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029#\\@]")
_URL_MAX_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Relay:
    """One media server.

    Attributes:
        url: where it has a camera's stream, with `{code}` and, where it has both profiles, `{profile}`.
        username: that it takes, empty where it wants none.
        secret: that it takes.
    """

    url: str
    username: str = ""
    secret: Secret = NO_SECRET

    def access(self, code: str, profile: str) -> StreamAccess:
        """How a camera's stream is opened there."""
        names = {_CODE: quote(code, safe=""), _PROFILE: quote(profile, safe="")}
        url = self.url
        for place, name in names.items():
            url = url.replace(place, name)
        return StreamAccess(url, self.username, self.secret)


class RelayBook:
    """Which relay is whose.

    Args:
        relays: by the code of the unit or area that they serve.
    """

    def __init__(self, relays: Mapping[str, Relay] | None = None) -> None:
        self._relays = dict(relays or {})

    def access(self, camera: Camera, profile: str) -> StreamAccess | None:
        """How a camera's stream is opened at its relay, None where it has none."""
        found = (self._relays.get(code) for code in _places(camera))
        relay = next((each for each in found if each is not None), None)
        return relay.access(camera.code, profile) if relay else None

    def hosts(self) -> tuple[str, ...]:
        """Those that leases may name."""
        return tuple(sorted({urlsplit(relay.url).hostname or "" for relay in self._relays.values()}))


def read_relays(path: Path) -> RelayBook:
    """Read a file; unlike a camera that is left out, a relay that is left out has posts overrun its cameras.

    Raises:
        ConfigError: it cannot be read, or a row of it cannot be used; one sentence without an address or password.
    """
    relays: dict[str, Relay] = {}
    for number, row in read_rows(path, _HEADING):
        try:
            code = _code(row)
            if code in relays:
                raise RowError("jurisdiction", "comes twice in the file")
            relays[code] = Relay(_url(row["url"]), row.get("username", ""), Secret(row.get("password", "")))
        except RowError as error:
            raise ConfigError(f"{path}, row {number}, column {error.column}: {error.reason}.") from None
    return RelayBook(relays)


def _places(camera: Camera) -> Iterator[str]:
    """The codes of all that a camera lies in, the narrowest first; units before areas."""
    place = camera.jurisdiction
    yield from (code for code in (place.subsector, place.polsek, place.polres, place.polda) if code)
    area = place.kelurahan_code
    while area:
        yield area
        area = area.rpartition(".")[0]


def _code(row: Mapping[str, str]) -> str:
    if row[REST]:
        raise RowError("url", "the row has more values than the heading: a comma inside a text needs quotes")
    if not row["jurisdiction"] or len(row["jurisdiction"].split()) > 1:
        raise RowError("jurisdiction", "is one code of a unit or an area")
    return row["jurisdiction"]


def _url(url: str) -> str:
    if len(url) > _URL_MAX_LENGTH or _NOT_IN_URL.search(url):
        raise RowError("url", "is too long or has a sign that no address has; a login has columns of its own")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise RowError("url", "is no URL: its host or port is not well formed") from None
    if parts.scheme not in _SCHEMES or not parts.hostname or "{" in parts.netloc:
        raise RowError("url", "must begin with rtsp:// or rtsps:// and name a host")
    if _CODE not in parts.path:
        raise RowError("url", f"needs the place of the camera's code, {_CODE}, in its path")
    return url
