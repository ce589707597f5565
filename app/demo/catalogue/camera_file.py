"""Reads a CSV file of somebody's own cameras: `code,name,kelurahan,main_url,sub_url,username,password`.

A bad row is left out and named; it never sinks the others. No reason ever repeats a URL or a password. Runs
once at start-up in the thread that calls it; it must not import the registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from app.core.errors import ConfigError
from app.core.model import Profile, Reject
from app.core.redact import Secret
from app.demo.catalogue.table_file import REST, Heading, RowError, read_unique

COLUMNS = ("code", "name", "kelurahan", "main_url", "sub_url", "username", "password")
_URL_COLUMNS = {Profile.MAIN: "main_url", Profile.SUB: "sub_url"}
_HEADING = Heading(COLUMNS, ("code", "name", "main_url"), verbatim=("password",))
_SCHEMES = ("rtsp", "rtsps")
_CODE = re.compile(r"[\w.\-/ ]{1,64}")
_NAME_MAX_LENGTH = 200
_URL_MAX_LENGTH = 2_000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029#\\]")


@dataclass(frozen=True, slots=True)
class FileStream:
    """One stream as the file has it; `url` carries no user information."""

    url: str
    username: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class FileCamera:
    """One good row."""

    code: str
    name: str
    kelurahan: str
    """A code, a name or anything else, as given."""
    streams: Mapping[Profile, FileStream]


@dataclass(frozen=True, slots=True)
class CameraFile:
    """The good rows of a file, and what was wrong with the others."""

    cameras: tuple[FileCamera, ...]
    rejected: tuple[Reject, ...]
    modified_at_s: int
    """When the file was last changed, seconds since 1970."""


def read_camera_file(path: Path) -> CameraFile:
    """Read and check a file.

    Raises:
        ConfigError: it cannot be read, has no usable heading or no usable row; one sentence.
    """
    cameras, rejected = read_unique(path, _HEADING, "code", _camera, lambda camera: camera.code)
    if not cameras:
        raise ConfigError(f"{path} has no usable camera{_first_reason(rejected)}.")
    return CameraFile(cameras, rejected, int(path.stat().st_mtime))


def reject_sentence(path: Path, reject: Reject) -> str:
    """What to tell whoever wrote the file."""
    return f"{path}, row {reject.row}, column {reject.field}: {reject.reason}; this row is left out."


def _first_reason(rejected: Sequence[Reject]) -> str:
    if not rejected:
        return ": it has no rows below its heading"
    first = rejected[0]
    return f": row {first.row}, column {first.field}: {first.reason}"


def _camera(row: Mapping[str, str]) -> FileCamera:
    if row[REST]:
        raise RowError("code", "the row has more values than the heading: a comma inside a text needs quotes")
    return FileCamera(
        code=_code(row["code"]),
        name=_text(row["name"], "name"),
        kelurahan=_text(row.get("kelurahan", ""), "kelurahan", may_be_empty=True),
        streams=dict(_streams(row)),
    )


def _code(code: str) -> str:
    if not code:
        raise RowError("code", "is empty")
    if not _CODE.fullmatch(code):
        raise RowError("code", "may have up to 64 letters, digits, dots, hyphens, slashes and blanks")
    return code


def _text(text: str, column: str, *, may_be_empty: bool = False) -> str:
    if not text and not may_be_empty:
        raise RowError(column, "is empty")
    if len(text) > _NAME_MAX_LENGTH or _UNPRINTABLE.search(text):
        raise RowError(column, f"is longer than {_NAME_MAX_LENGTH} characters or has unprintable ones")
    return text


def _streams(row: Mapping[str, str]) -> Iterator[tuple[Profile, FileStream]]:
    """The row's streams; one without user information of its own takes the other's."""
    parts = {profile: _split(column, row.get(column, "")) for profile, column in _URL_COLUMNS.items()}
    if parts[Profile.MAIN] is None:
        raise RowError("main_url", "is empty")
    listed = (row.get("username", ""), row.get("password", ""))
    inside = [_user_information(each) for each in parts.values() if each and each.username]
    for profile, each in parts.items():
        if each is not None:
            own = _user_information(each) if each.username else None
            username, password = listed if any(listed) else own or next(iter(inside), ("", ""))
            yield profile, FileStream(_without_user_information(each), username, Secret(password))


def _user_information(parts: SplitResult) -> tuple[str, str]:
    return unquote(parts.username or ""), unquote(parts.password or "")


def _split(column: str, url: str) -> SplitResult | None:
    """The URL's parts, None for an empty field.

    Raises:
        RowError: it is no RTSP URL; the reason does not repeat it.
    """
    if not url:
        return None
    if len(url) > _URL_MAX_LENGTH or _NOT_IN_URL.search(url):
        raise RowError(column, "is too long, or has a blank, #, \\ or control character in it")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise RowError(column, "is no URL: its host or port is not well formed") from None
    if parts.scheme not in _SCHEMES:
        raise RowError(column, "must begin with rtsp:// or rtsps://")
    if not parts.hostname:
        raise RowError(column, "names no host")
    if "@" in parts.netloc and "@" in f"{parts.path}?{parts.query}":
        # A bare / or ? in a password ends the host: what follows would be served as part of the path.
        raise RowError(column, "has a second @: put user name and password into their own columns")
    return parts


def _without_user_information(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{parts.path}{query}"
