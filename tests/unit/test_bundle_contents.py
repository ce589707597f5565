"""What goes into the bundle: the lists of `devtools/bundling/contents.py` on made-up finds of PyInstaller's."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app.parts import Part
from devtools.bundling import contents

ROOT = Path(__file__).parents[2]
PLUGINS = "PySide6/Qt/plugins"


@pytest.mark.parametrize(
    "name",
    [
        "libQt6Core.so.6",
        f"{PLUGINS}/platforms/libqxcb.so",
        f"{PLUGINS}/imageformats/libqjpeg.so",
        r"PySide6\plugins\platforms\qwindows.dll",
        r"PySide6\plugins\styles\qmodernwindowsstyle.dll",
        "vlc/plugins/codec/libavcodec_plugin.so",
        "python311.dll",
    ],
)
def test_what_a_wall_needs_is_kept(name: str) -> None:
    assert contents.is_wanted_binary(name)


@pytest.mark.parametrize(
    "name",
    [
        "libQt6Quick.so.6",
        r"PySide6\opengl32sw.dll",
        r"PySide6\Qt6Pdf.dll",
        f"{PLUGINS}/platforms/libqlinuxfb.so",
        f"{PLUGINS}/sqldrivers/libqsqlite.so",
        f"{PLUGINS}/imageformats/libqwebp.so",
        r"PySide6\plugins\tls\qopensslbackend.dll",
    ],
)
def test_what_only_another_program_needs_is_left_out(name: str) -> None:
    assert not contents.is_wanted_binary(name)


def test_the_libraries_of_what_was_left_out_go_with_it() -> None:
    entries = [
        ("_ssl.so", "/m/_ssl.so", "EXTENSION"),
        ("libssl.so.3", "/l/libssl.so.3", "BINARY"),
        ("libcrypto.so.3", "/l/libcrypto.so.3", "BINARY"),
        ("libgtk-3.so.0", "/l/libgtk-3.so.0", "BINARY"),
        (f"{PLUGINS}/platforms/libqxcb.so", "/p/libqxcb.so", "BINARY"),
        ("libxcb.so.1", "/l/libxcb.so.1", "BINARY"),
        ("vlc/libvlc.so.5", "/v/libvlc.so.5", "BINARY"),
        ("libpython3.11.so.1.0", "/l/libpython3.11.so.1.0", "BINARY"),
    ]
    linked = {
        "/m/_ssl.so": ["libssl.so.3"],
        "/l/libssl.so.3": ["LIBCRYPTO.so.3"],
        "/p/libqxcb.so": ["libxcb.so.1"],
    }
    kept = contents.reached(entries, lambda file: linked.get(file, []))
    assert [each for each in entries if each not in kept] == [("libgtk-3.so.0", "/l/libgtk-3.so.0", "BINARY")]


def test_modules_of_one_name_are_all_asked_for_their_libraries() -> None:
    """PyAV has a `context` in several folders, each linked with other libraries."""
    entries = [
        ("av/codec/context.abi3.so", "/m/1", "EXTENSION"),
        ("av/filter/context.abi3.so", "/m/2", "EXTENSION"),
        ("av.libs/libavcodec.so", "/l/avcodec", "BINARY"),
        ("av.libs/libavfilter.so", "/l/avfilter", "BINARY"),
    ]
    linked = {"/m/1": ["libavcodec.so"], "/m/2": ["libavfilter.so"]}
    assert contents.reached(entries, lambda file: linked.get(file, [])) == entries


def test_a_libvlc_of_its_own_is_there_once_and_whole() -> None:
    """python-vlc's search finds the system's, too: two of one name would be loaded by chance."""
    entries = [
        ("vlc/libvlc.so.5", "/v/libvlc.so.5", "BINARY"),
        ("vlc/libvlccore.so.9", "/v/libvlccore.so.9", "BINARY"),
        ("libvlc.so.5", "/v/libvlc.so.5", "BINARY"),
        ("libvlccore.so.9", "/v/libvlccore.so.9", "BINARY"),
        ("libidn.so.12", "/l/libidn.so.12", "BINARY"),
    ]
    linked = {"/v/libvlc.so.5": ["libvlccore.so.9"], "/v/libvlccore.so.9": ["libidn.so.12"]}
    kept = contents.reached(entries, lambda file: linked.get(file, []))
    assert [place for place, _, _ in kept] == ["vlc/libvlc.so.5", "vlc/libvlccore.so.9", "libidn.so.12"]


def test_links_lead_to_what_is_in_the_bundle() -> None:
    binaries = [("PySide6/Qt/lib/libQt6Core.so.6", "/q/libQt6Core.so.6", "BINARY")]
    links = [("libQt6Core.so.6", "q", "SYMLINK"), ("libQt6Svg.so.6", "q", "SYMLINK")]
    data = [
        ("resources/keymap.json", "/r/keymap.json", "DATA"),
        ("PySide6/Qt/translations/qtbase_de.qm", "/q", "DATA"),
    ]
    assert contents.wanted_data([*links, *data], binaries) == [links[0], data[0]]


def test_every_resource_goes_in_but_the_guide_s_pictures() -> None:
    found = dict(contents.resource_files(ROOT / "resources"))
    names = {Path(path).relative_to(ROOT / "resources").as_posix() for path in found}
    kinds = {
        "keymap.json",
        "layouts.json",
        "openapi/registry.v1.json",
        "translations/pantau_id.qm",
        "theme/dark.qss",
    }
    assert kinds <= names and "catalogue/jakarta.json" in names
    assert not {each for each in names if each.startswith("screenshots/")}
    assert all((ROOT / folder / Path(path).name).is_file() for path, folder in found.items())


def test_nothing_that_the_product_imports_is_excluded() -> None:
    imported = {
        name
        for folder in ("app", "ui")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"^\s*(?:import|from) ([\w.]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert "PySide6.QtWidgets" in imported
    assert not {
        (name, left_out)
        for name in imported
        for left_out in contents.EXCLUDED_MODULES
        if name == left_out or name.startswith(f"{left_out}.")
    }


def test_the_spec_names_every_part() -> None:
    text = (ROOT / "build_installer.spec").read_text("utf-8")
    assert "part.value for part in Part" in text
    packages = [part.value for part in Part if (ROOT / part.value.replace(".", "/")).is_dir()]
    assert all(f'"{package}.__main__"' in text for package in packages)


@pytest.mark.parametrize("library, plugins", [("libvlc.dll", "plugins"), ("libvlc.so.5", "vlc/plugins")])
def test_of_libvlc_only_what_feeding_packets_needs_is_taken(tmp_path: Path, library: str, plugins: str) -> None:
    codec = tmp_path / plugins / "codec"
    codec.mkdir(parents=True)
    suffix = "dll" if library.endswith("dll") else "so"
    for name in (f"libavcodec_plugin.{suffix}", f"libx264_plugin.{suffix}", f"liba52_plugin.{suffix}"):
        (codec / name).touch()
    for name in (library, "vlc.exe", "axvlc.dll"):
        (tmp_path / name).touch()
    taken = {(Path(path).name, Path(folder).as_posix()) for path, folder in contents.vlc_files(tmp_path)}
    assert taken == {(library, "vlc"), (f"libavcodec_plugin.{suffix}", "vlc/plugins/codec")}


def test_a_folder_without_libvlc_gives_nothing(tmp_path: Path) -> None:
    assert not list(contents.vlc_files(tmp_path))


def test_the_version_resource_says_the_product_s_version() -> None:
    version = contents.product_version(ROOT)
    text = contents.version_resource(version, "Pantau", "pantau-wall")
    assert f"filevers=({version.replace('.', ', ')}, 0)" in text
    assert f"StringStruct('ProductVersion', '{version}')" in text and "'pantau-wall.exe'" in text
    ast.parse(text)
