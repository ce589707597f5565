"""The reference registry with some of its cameras, each at the address of its site. A thread of its own serves."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import uvicorn

from app.core.model import PrivacyClass
from app.core.redact import Secret
from app.demo.catalogue.areas import load_jakarta
from app.demo.catalogue.jakarta import jakarta_catalogue
from app.demo.catalogue.record import Camera, Catalogue, Site
from app.demo.registry.app import create_app
from app.demo.registry.database import Database
from app.demo.registry.models import Scope
from app.demo.registry.options import ServeOptions
from app.demo.registry.server import listening, urls_of
from app.demo.registry.services import make_services
from app.demo.registry.streams import StreamAccess

PUBLIC = PrivacyClass.PUBLIC_STREET.value
_ENDS_WITHIN_S = 30.0
_EVERYTHING = Scope(units=("PMJ",))


def sited_cameras(count: int, a_site: int = 0) -> list[Camera]:
    """The first cameras of the demo's catalogue that everybody may look at.

    Args:
        count: how many.
        a_site: how many share a site; 0 leaves the catalogue's own sites, which have up to three.
    """
    public = (each for each in jakarta_catalogue().cameras if each.privacy and each.privacy.klass == PUBLIC)
    cameras = sorted(public, key=lambda each: each.code)[:count]
    if not a_site:
        return cameras
    sites = [Site(id=f"site_{number:05}", name=f"Site {number}") for number in range(1, count + 1)]
    return [each.model_copy(update={"site": sites[at // a_site]}) for at, each in enumerate(cameras)]


def by_site(cameras: Iterable[Camera]) -> dict[str, list[str]]:
    """The codes of the cameras of each site."""
    sites: dict[str, list[str]] = {}
    for camera in cameras:
        assert camera.site is not None
        sites.setdefault(camera.site.id, []).append(camera.code)
    return sites


class SiteStreams:
    """Where the streams of each camera are; implements `app.demo.registry.streams.Streams`.

    Args:
        bases: the beginning of each camera's URLs, by its code.
        username: that every camera takes.
        secret: that every camera takes.
    """

    def __init__(self, bases: Mapping[str, str], username: str, secret: Secret) -> None:
        self._bases = bases
        self._username = username
        self._secret = secret

    def access(self, code: str, profile: str) -> StreamAccess | None:
        """The stream `<base>/<profile>/<code>`."""
        base = self._bases.get(code)
        return StreamAccess(f"{base}/{profile}/{code}", self._username, self._secret) if base else None

    def zones(self) -> tuple[str, ...]:
        """Exactly the hosts of the cameras."""
        return tuple(sorted({urlsplit(base).hostname or "" for base in self._bases.values()}))


class SiteRegistry:
    """A running registry; a context manager.

    Args:
        folder: for its data.
        cameras: what it lists.
        streams: where they are.
    """

    def __init__(self, folder: Path, cameras: Sequence[Camera], streams: SiteStreams) -> None:
        self._file = folder / "registry.sqlite"
        self._cameras = cameras
        self._streams = streams
        self._open = ExitStack()

    def __enter__(self) -> Self:
        database = Database(self._file)
        self._open.callback(database.close)
        listener = self._open.enter_context(listening(ServeOptions(self._file)))
        self.url, *_ = urls = urls_of(listener)
        services = make_services(database, self._streams, tuple(f"{url}/oauth2/token" for url in urls))
        numbered = (each.model_copy(update={"rev": rev}) for rev, each in enumerate(self._cameras, start=1))
        services.catalogue.load(
            Catalogue("sites", tuple(numbered), load_jakarta().jurisdictions(has_invented_cameras=True))
        )
        self.enrolment_code = services.access.issue_code("Pos Uji", _EVERYTHING)
        self._watch = services.watch
        config = uvicorn.Config(
            create_app(services), log_level="warning", access_log=False, lifespan="off", ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.close()  # who waits for a change is answered
        self._server.should_exit = True
        self._thread.join(_ENDS_WITHIN_S)
        self._open.close()
