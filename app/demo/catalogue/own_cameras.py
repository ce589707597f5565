"""Turns the cameras of a CSV file into a catalogue: measures unknown, areas by code or name.

Runs once at start-up in the thread that calls it; it must not import the registry.
"""

from __future__ import annotations

from app.core.model import Codec, Profile
from app.demo.catalogue.areas import Jakarta, load_jakarta
from app.demo.catalogue.camera_file import CameraFile, FileCamera
from app.demo.catalogue.jakarta import camera_id
from app.demo.catalogue.record import (
    Area,
    Camera,
    CameraJurisdiction,
    Catalogue,
    Credential,
    Privacy,
    StreamProfile,
)

TAG = "file"
_OTHER = Area(code="other", kind="other", name="Lainnya")
_MADE_AT = "1970-01-01T00:00:00Z"


class _Places:
    """Finds kelurahan by code or name, and gives those it does not know a place under `other`."""

    def __init__(self, jakarta: Jakarta) -> None:
        self._jakarta = jakarta
        self._others: dict[str, Area] = {}

    def jurisdiction(self, kelurahan: str) -> CameraJurisdiction:
        """Who answers for a camera there; all of Jakarta's polda where that is not known."""
        known = self._jakarta.by_code.get(kelurahan) or self._jakarta.by_name.get(kelurahan.casefold())
        if known:
            return known.jurisdiction
        area = self._other(kelurahan) if kelurahan else _OTHER
        return CameraJurisdiction(polda=self._jakarta.polda, kelurahan_code=area.code)

    def other_areas(self) -> tuple[Area, ...]:
        """`other` and what lies under it."""
        return _OTHER, *self._others.values()

    def _other(self, name: str) -> Area:
        number = len(self._others) + 1
        fresh = Area(code=f"{_OTHER.code}.{number}", kind="kelurahan", name=name)
        return self._others.setdefault(name.casefold(), fresh)


def own_catalogue(file: CameraFile) -> Catalogue:
    """The catalogue of a file's cameras."""
    jakarta = load_jakarta()
    places = _Places(jakarta)
    # The version rises with the file: a corrected password is a newer one.
    credential = Credential(version=file.modified_at_s)
    cameras = tuple(
        _camera(number, each, places.jurisdiction(each.kelurahan), credential)
        for number, each in enumerate(file.cameras, start=1)
    )
    known = jakarta.jurisdictions(has_invented_cameras=False)
    areas = known.areas + places.other_areas()
    return Catalogue(TAG, cameras, known.model_copy(update={"areas": areas}))


def _camera(number: int, camera: FileCamera, jurisdiction: CameraJurisdiction, credential: Credential) -> Camera:
    return Camera(
        id=camera_id(f"file {camera.code}"),
        rev=number,
        code=camera.code,
        name=camera.name,
        jurisdiction=jurisdiction,
        profiles=tuple(_stream(profile) for profile in (Profile.SUB, Profile.MAIN) if profile in camera.streams),
        credential=credential,
        privacy=Privacy.model_validate({"class": "public_street"}),  # one's own: nobody else has to be asked
        updated_at=_MADE_AT,
    )


def _stream(profile: Profile) -> StreamProfile:
    return StreamProfile(id=profile.value, role=profile.value, codec=Codec.UNKNOWN.value)
