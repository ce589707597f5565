"""What a registry is started to serve: a catalogue, how its streams are opened, and what was left out.

Runs once at start-up on the main thread.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from app.core.errors import ConfigError
from app.core.model import Reject
from app.demo.catalogue import jakarta, own_cameras
from app.demo.catalogue.camera_file import CameraFile, read_camera_file, reject_sentence
from app.demo.registry.data_place import DataPlace
from app.demo.registry.options import ServeOptions
from app.demo.registry.relays import RelayBook, read_relays
from app.demo.registry.store import CatalogueStore
from app.demo.registry.streams import ListedStreams, SecretHolder, SimulatedStreams, StreamAccess, Streams


@dataclass(frozen=True, slots=True)
class Offer:
    """A catalogue's streams, the file's cameras where it comes from a file, and what stands before them."""

    streams: Streams
    file: CameraFile | None = None
    relays: RelayBook = field(default_factory=RelayBook)

    @property
    def rejected(self) -> tuple[Reject, ...]:
        """The rows of the file that were left out."""
        return self.file.rejected if self.file else ()


def make_offer(options: ServeOptions, secret: SecretHolder, black_hole: str) -> Offer:
    """Read what is to be served; bad rows of a file are named on standard error, by one of all workers.

    Raises:
        ConfigError: the cameras file, the relays file or the simulator's address cannot be used.
    """
    relays = read_relays(options.relays) if options.relays is not None else RelayBook()
    if options.cameras is None:
        return Offer(SimulatedStreams(options.streams, secret, black_hole), relays=relays)
    file = read_camera_file(options.cameras)
    for reject in file.rejected if options.listener is None else ():
        print(reject_sentence(options.cameras, reject), file=sys.stderr, flush=True)
    return Offer(_listed(file), file, relays)


def fill(store: CatalogueStore, offer: Offer, data: DataPlace) -> None:
    """Put the catalogue into the store; a Jakarta catalogue that is there already is kept as it is.

    Raises:
        ConfigError: the store holds the cameras of a file, and no file was given.
    """
    held = store.tag()
    if offer.file is not None:
        catalogue = own_cameras.own_catalogue(offer.file)
        (store.reconcile if held == catalogue.tag else store.load)(catalogue)
    elif held == own_cameras.TAG:
        raise ConfigError(f"{data} holds the cameras of a file: start with --cameras, or with another --data.")
    elif held != jakarta.TAG:
        store.load(jakarta.jakarta_catalogue())


def _listed(file: CameraFile) -> ListedStreams:
    return ListedStreams(
        {
            (camera.code, profile.value): StreamAccess(stream.url, stream.username, stream.secret)
            for camera in file.cameras
            for profile, stream in camera.streams.items()
        }
    )
