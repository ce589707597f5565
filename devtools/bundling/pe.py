"""Reads Windows' program files (PE32+): what they import and export, their version, their manifest.

Only what the installer and its tests ask for, after Microsoft's "PE Format". Standard library only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PE32_PLUS = 0x20B
SUBSYSTEM_WINDOW, SUBSYSTEM_CONSOLE = 2, 3
_EXPORTS, _IMPORTS, _RESOURCES, _SECURITY, _DELAY_IMPORTS = 0, 1, 2, 4, 13
"""Places in the table of directories."""
_VERSION, _MANIFEST = 16, 24
"""Kinds of resources."""
_FIXED_INFO_SIGN = struct.pack("<I", 0xFEEF04BD)
_SUBDIRECTORY = 1 << 31


class NotAProgramError(ValueError):
    """The file is no PE32+ file."""


@dataclass(frozen=True, slots=True)
class _Section:
    at: int
    size: int
    file_at: int


class Program:
    """A program or library of 64-bit Windows.

    Args:
        path: the file.

    Raises:
        NotAProgramError: it is none.
    """

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        if self._bytes[:2] != b"MZ":
            raise NotAProgramError(f"{path.name} is no program of Windows")
        (self._header,) = self._unpack("<I", 0x3C)
        self._optional = self._header + 24
        if self._bytes[self._header : self._header + 4] != b"PE\0\0" or self._magic() != PE32_PLUS:
            raise NotAProgramError(f"{path.name} is not of 64 bits")
        self._sections = list(self._read_sections())

    @property
    def subsystem(self) -> int:
        """`SUBSYSTEM_WINDOW` or `SUBSYSTEM_CONSOLE`."""
        subsystem: int = self._unpack("<H", self._optional + 68)[0]
        return subsystem

    @property
    def is_signed(self) -> bool:
        """Whether a signature is attached; nothing is said of its worth."""
        # this directory alone is a place in the file and none in memory
        return self._unpack("<II", self._optional + 112 + 8 * _SECURITY)[1] > 0

    def imports(self) -> list[str]:
        """The libraries that it is linked with, in small letters: without them it does not load."""
        return list(self._import_names(_IMPORTS, entry_bytes=20, name_at=12))

    def late_imports(self) -> list[str]:
        """The libraries that are loaded when they are first called, in small letters."""
        return list(self._import_names(_DELAY_IMPORTS, entry_bytes=32, name_at=4))

    def exports(self) -> list[str]:
        """The names that it gives to others."""
        at, _ = self._directory(_EXPORTS)
        if not at:
            return []
        (count,) = self._unpack("<I", self._place(at) + 24)
        (names,) = self._unpack("<I", self._place(at) + 32)
        return [self._text(self._unpack("<I", self._place(names) + 4 * each)[0]) for each in range(count)]

    def version(self) -> str:
        """The file's version in four numbers; empty where it has none."""
        resource = self._resource(_VERSION)
        at = resource.find(_FIXED_INFO_SIGN)
        if at < 0:
            return ""
        high, low = struct.unpack_from("<II", resource, at + 8)
        return f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"

    def version_texts(self) -> dict[str, str]:
        """The texts of the version's resource by their names, `ProductVersion` among them."""
        text = self._resource(_VERSION).decode("utf-16-le", errors="replace")
        names = (
            "CompanyName",
            "FileDescription",
            "FileVersion",
            "ProductName",
            "ProductVersion",
            "LegalCopyright",
        )
        return {name: _text_after(text, name) for name in names if name in text}

    def manifest(self) -> str:
        """The manifest; empty where it has none."""
        return self._resource(_MANIFEST).decode("utf-8")

    def _magic(self) -> int:
        magic: int = self._unpack("<H", self._optional)[0]
        return magic

    def _unpack(self, form: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(form, self._bytes, at)

    def _read_sections(self) -> Iterator[_Section]:
        count, optional_bytes = self._unpack("<H", self._header + 6)[0], self._unpack("<H", self._header + 20)[0]
        for number in range(count):
            at = self._optional + optional_bytes + 40 * number
            memory_bytes, memory_at, file_bytes, file_at = self._unpack("<IIII", at + 8)
            yield _Section(memory_at, max(memory_bytes, file_bytes), file_at)

    def _directory(self, number: int) -> tuple[int, int]:
        if number >= self._unpack("<I", self._optional + 108)[0]:
            return 0, 0
        at, size = self._unpack("<II", self._optional + 112 + 8 * number)
        return at, size

    def _place(self, at: int) -> int:
        """Where in the file lies what is at a place in memory."""
        for section in self._sections:
            if section.at <= at < section.at + section.size:
                return section.file_at + at - section.at
        raise NotAProgramError(f"nothing lies at {at:#x}")

    def _text(self, at: int) -> str:
        start = self._place(at)
        return self._bytes[start : self._bytes.index(0, start)].decode("ascii")

    def _import_names(self, directory: int, entry_bytes: int, name_at: int) -> Iterator[str]:
        at, _ = self._directory(directory)
        place = self._place(at) if at else 0
        while at and (name := self._unpack("<I", place + name_at)[0]):
            yield self._text(name).lower()
            place += entry_bytes

    def _resource(self, kind: int) -> bytes:
        """The first resource of a kind, in whatever language; empty where there is none."""
        at, _ = self._directory(_RESOURCES)
        if not at:
            return b""
        root = self._place(at)
        found = dict(self._resource_entries(root, 0)).get(kind)
        while found is not None and found & _SUBDIRECTORY:
            found = next((offset for _, offset in self._resource_entries(root, found & ~_SUBDIRECTORY)), None)
        if found is None:
            return b""
        data_at, size = self._unpack("<II", root + found)
        start = self._place(data_at)
        return self._bytes[start : start + size]

    def _resource_entries(self, root: int, offset: int) -> Iterator[tuple[int, int]]:
        named, numbered = self._unpack("<HH", root + offset + 12)
        for number in range(named + numbered):
            name, at = self._unpack("<II", root + offset + 16 + 8 * number)
            yield name, at


def _text_after(text: str, name: str) -> str:
    """The value that stands behind a name in a string table."""
    rest = text[text.index(name) + len(name) :].lstrip("\0")
    return rest.partition("\0")[0]


def programs_in(folder: Path) -> list[Path]:
    """Every program and library below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".exe", ".dll", ".pyd"))
