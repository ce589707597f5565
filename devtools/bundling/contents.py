"""What goes into the bundle and what stays out. Pure; used by `build_installer.spec` on Linux and on Windows.

PyInstaller collects all that Qt might load. A wall needs its window, its fonts and its pictures: every file that
is left out is one that a virus scanner does not read at each start, and one whose faults are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

UNUSED_QT = (
    *("Bluetooth", "Concurrent", "DBus", "Designer", "Help", "OpenGL", "OpenGLWidgets", "Pdf"),
    *("PrintSupport", "Qml", "Quick", "QuickControls2", "QuickWidgets", "Sql", "Svg", "SvgWidgets", "Test"),
    *("UiTools", "WebEngineCore", "Xml"),
)
UNUSED_PYTHON = (
    *("tkinter", "idlelib", "turtledemo", "curses", "lib2to3", "ensurepip", "pip", "setuptools", "distutils"),
    *("test", "doctest", "pydoc", "pydoc_data", "numpy.testing", "numpy.f2py", "numpy.distutils"),
    *("PIL", "uvloop", "websockets", "watchfiles", "mypy"),
    "chardet",  # the list of contents is made with it; `requests` would take it, and has another one
)
EXCLUDED_MODULES = (*(f"PySide6.{name}" for name in UNUSED_QT), *UNUSED_PYTHON)

UNWANTED_LIBRARIES = (
    *("opengl32sw", "d3dcompiler", "qt6quick", "qt6qml", "qt6pdf", "qt6virtualkeyboard"),
    *("qt6opengl", "qt6svg", "qt6eglfs", "qt6wlshellintegration", "qt6waylandclient"),
)
"""Beginnings of their names, in small letters and without `lib`."""
KEPT_PLUGINS = {
    "platforms": ("qwindows", "qxcb", "qoffscreen"),
    "styles": ("qmodernwindowsstyle",),
    "imageformats": ("qjpeg", "qico"),
    "xcbglintegrations": (),
    "platforminputcontexts": ("ibusplatforminputcontextplugin", "composeplatforminputcontextplugin"),
}
"""Folder of Qt's plugins → those in it that are kept; every other folder is left out."""
KEPT_TRANSLATIONS = ("qtbase_en", "qt_en")
"""Of Qt's own; it has none in Indonesian, which is ours (`resources/translations/qt_id.qm`)."""
LEFT_OUT_RESOURCES = ("screenshots",)

_LICENCE_NAME = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)(?!Ref)", re.IGNORECASE)

VLC_PLUGINS = (
    *("imem", "access_imem", "avcodec", "h26x", "rawvid", "rawvideo"),
    *("packetizer_h264", "packetizer_hevc", "packetizer_mpegvideo", "packetizer_copy", "packetizer_avparser"),
    *("swscale", "yuvp", "chain", "i420_rgb", "i420_rgb_sse2", "i420_nv12", "i420_10_p010", "i420_yuy2"),
    *("i422_i420", "grey_yuv", "rv32"),
    *("direct3d9", "direct3d11", "direct3d9_filters", "direct3d11_filters", "wingdi", "drawable", "vdummy"),
    *("dxva2", "d3d11va", "glwin32", "gl", "win_msg", "win_hotkeys"),
    *("xcb_x11", "xcb_xv", "xcb_window", "cache_read", "cache_block", "prefetch", "inflate", "record"),
    *("logger", "console_logger", "demuxdump", "freetype", "trivial_channel_mixer", "float_mixer", "adummy"),
)
"""What feeding packets by `imem` and showing pictures needs: no network, no disc, no sound codec, no encoder."""


def is_wanted_binary(name: str) -> bool:
    """Whether a library or plugin that PyInstaller found goes into the bundle.

    Args:
        name: its place in the bundle.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    stem = path.name.lower().removeprefix("lib")
    if stem.startswith(UNWANTED_LIBRARIES):
        return False
    return not _is_of_qt(path) or "plugins" not in path.parts or _is_kept_plugin(path.parent.name, stem)


def _is_of_qt(path: PurePosixPath) -> bool:
    return "PySide6" in path.parts


def _is_kept_plugin(folder: str, stem: str) -> bool:
    return any(stem.startswith(kept) for kept in KEPT_PLUGINS.get(folder, ()))


Entry = tuple[str, str, str]
"""What PyInstaller collects: the place in the bundle, the file, the kind."""


def reached(entries: Sequence[Entry], imports_of: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries that something kept needs: a left-out plugin's libraries go with it.

    Args:
        entries: all that are wanted.
        imports_of: the file names of the libraries that a file is linked with.
    """
    roots = [entry for entry in entries if not _is_library(entry)]
    needed = _needed_names(roots, entries, imports_of) - {_file_name(entry) for entry in roots}
    return [entry for entry in entries if not _is_library(entry) or _file_name(entry) in needed]


def _needed_names(
    roots: Iterable[Entry], entries: Iterable[Entry], imports_of: Callable[[str], Iterable[str]]
) -> set[str]:
    """The file names of all libraries that the roots are linked with, and those that these are linked with."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry[2] != "SYMLINK":
            by_name.setdefault(_file_name(entry), []).append(entry)
    waiting, found = list(roots), set[str]()
    while waiting:
        names = set(map(str.lower, imports_of(waiting.pop()[1]))) - found
        found |= names
        waiting += [entry for name in names for entry in by_name.get(name, [])]
    return found


def _file_name(entry: Entry) -> str:
    return PurePosixPath(entry[0].replace("\\", "/")).name.lower()


def _is_library(entry: Entry) -> bool:
    """Whether it is there only for others: no module of Python's, no plugin, no Python."""
    path = PurePosixPath(entry[0].replace("\\", "/").lower())
    is_loaded_by_name = (
        "plugins" in path.parts or path.parts[0] == "vlc" or path.name.startswith(("libpython", "python"))
    )
    return entry[2] != "EXTENSION" and not is_loaded_by_name


def wanted_data(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """The data files that go into the bundle; links only to what is in it.

    Args:
        entries: what PyInstaller found.
        binaries: what is kept of those.
    """
    kept = {_file_name(entry) for entry in binaries}
    return [
        entry
        for entry in entries
        if (_file_name(entry) in kept if entry[2] == "SYMLINK" else is_wanted_data(entry[0]))
    ]


def is_wanted_data(name: str) -> bool:
    """Whether a data file that PyInstaller found goes into the bundle.

    Args:
        name: its place in the bundle.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if _is_of_qt(path) and "translations" in path.parts:
        return path.name.startswith(KEPT_TRANSLATIONS)
    return not _is_of_qt(path) or path.suffix not in (".qml", ".qmltypes")


def resource_files(resources: Path) -> Iterator[tuple[str, str]]:
    """Every file of the product's resources with the folder that it goes into: pictures of the guide stay out.

    Args:
        resources: the folder `resources`.
    """
    for path in sorted(resources.rglob("*")):
        inside = path.relative_to(resources)
        if path.is_file() and inside.parts[0] not in LEFT_OUT_RESOURCES and "__pycache__" not in inside.parts:
            yield str(path), str(Path("resources") / inside.parent)


def licence_files(packages: Path, library: Path, lock: Path) -> Iterator[tuple[str, str]]:
    """The texts of the licences of everything that is bundled, each with the folder that it goes into.

    Args:
        packages: the folder that the packages are installed in.
        library: that of Python's standard library.
        lock: names the packages that are bundled.
    """
    of_python = (library / "LICENSE.txt", library.parent / "LICENSE.txt")  # Debian's place, and Windows'
    yield from ((str(path), str(Path("licenses") / "python")) for path in of_python if path.is_file())
    names = set(map(plain_name, re.findall(r"^([\w.-]+)==", lock.read_text("utf-8"), re.MULTILINE)))
    for information in sorted(packages.glob("*.dist-info")):
        name = plain_name(information.name.partition("-")[0])
        texts = (path for path in sorted(information.rglob("*")) if _LICENCE_NAME.match(path.name))
        yield from ((str(path), str(Path("licenses") / name)) for path in texts if name in names)


def plain_name(package: str) -> str:
    """A package's name in the one form that indexes compare."""
    return re.sub(r"[-_.]+", "-", package).lower()


def vlc_files(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of an installed or unpacked libVLC that are bundled, each with the folder that it goes into.

    Args:
        folder: the one with libvlc and libvlccore in it, or with `plugins` below it.
    """
    for path in sorted(folder.glob("libvlc*")):
        if re.fullmatch(r"libvlc(core)?\.(dll|so(\.\d+)?)", path.name):
            yield str(path), "vlc"
    for path in sorted(vlc_plugin_folder(folder).rglob("lib*_plugin.*")):
        if _vlc_plugin_name(path) in VLC_PLUGINS:
            yield str(path), str(Path("vlc") / "plugins" / path.parent.name)
    for path in sorted(folder.glob("vlc-cache-gen*")):
        yield str(path), "vlc"


def vlc_plugin_folder(folder: Path) -> Path:
    """Where a libVLC keeps its plugins: beside it on Windows, in `vlc/plugins` on Debian."""
    beside = folder / "plugins"
    return beside if beside.is_dir() else folder / "vlc" / "plugins"


def _vlc_plugin_name(path: Path) -> str:
    return path.name.partition(".")[0].removeprefix("lib").removesuffix("_plugin")


def product_version(root: Path) -> str:
    """The version in `pyproject.toml`."""
    text = (root / "pyproject.toml").read_text("utf-8")
    match = re.search(r'^version = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if match is None:
        raise ValueError("pyproject.toml has no version of three numbers")
    return match[1]


def version_resource(version: str, description: str, program: str) -> str:
    """Windows' version resource, as PyInstaller reads it.

    Args:
        version: three numbers.
        description: what Windows shows in its lists.
        program: the program's file.
    """
    numbers = ", ".join([*version.split("."), "0"])
    texts = {
        "CompanyName": "Pantau",
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "GPL-3.0-or-later",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Pantau",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers}), mask=0x3F, flags=0x0,"
        " OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),"
        f" kids=[StringFileInfo([StringTable('040904B0', [{strings}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def size_bytes(paths: Iterable[Path]) -> int:
    """How much all those files take together."""
    return sum(path.stat().st_size for path in paths)
