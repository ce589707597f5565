"""Makes the Windows installer (MSI) of a frozen folder, with `wixl` and `msibuild` of msitools.

What wixl 0.101 cannot say is put into its tables afterwards: conditions of components, access rights, the versions
of files (without them Windows may leave an old library where a new one belongs). Standard library only.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from xml.sax.saxutils import quoteattr

from devtools.bundling.pe import NotAProgramError, Program
from devtools.locks import ROOT
from devtools.steps import SetupError, run_step

SOURCE = Path(__file__).parent / "installer" / "pantau.wxs"
ICON = ROOT / "resources" / "icons" / "pantau.ico"
PRODUCT_SPACE = uuid.UUID("5B0C8C0E-6F2D-4B52-9C3A-7A0E4F1D2C61")
"""The UpgradeCode: never changed, or a post would have two Pantaus. Every other id is made from it."""
OWN_FILES = ("pantau.exe", "pantau-wall.exe")
"""Those that the source itself names."""
CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "Autostart": 'AUTOSTART = "1"',
        "RegistryUrl": 'REGISTRYURL AND REGISTRYURL <> "-"',
        "PostId": 'POSTID AND POSTID <> "-"',
        "CaFile": 'CAFILE AND CAFILE <> "-"',
        "Language": 'LANGUAGE AND LANGUAGE <> "-"',
        "Kiosk": 'KIOSK = "1"',
    }
)
"""Component → when it is installed."""
APP = "app"
PUBLIC_PROPERTIES = ("REGISTRYURL", "POSTID", "CAFILE", "LANGUAGE", "AUTOSTART", "KIOSK")
DATA_RIGHTS = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"
"""Of the folder in ProgramData: administrators write, users read. Nobody else swaps IT's authorities."""
VERSION_LIMITS = (255, 255, 65535)
ENGLISH = "1033"
_RIGHTS_TABLE = (
    "CREATE TABLE `MsiLockPermissionsEx` (`MsiLockPermissionsEx` CHAR(72) NOT NULL,"
    " `LockObject` CHAR(72) NOT NULL, `Table` CHAR(32) NOT NULL,"
    " `SDDLText` CHAR(0) NOT NULL, `Condition` CHAR(255)"
    " PRIMARY KEY `MsiLockPermissionsEx`)"
)


def make_msi(folder: Path, version: str, target: Path) -> None:
    """Make the installer.

    Args:
        folder: the frozen product, with `pantau.exe` in it.
        version: of three numbers.
        target: the MSI file, written over.

    Raises:
        SetupError: the version does not fit into an MSI, or a tool fails.
    """
    check_version(version)
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="pantau-msi-") as temporary:
        run_step("Making the installer", _wixl(_laid_out(Path(temporary), folder), version, target))
    if not target.is_file():
        raise SetupError("wixl made no installer.")
    _complete(target)
    _set_versions(target, folder)
    _sign_as_made_of(target, version, folder)


def check_version(version: str) -> None:
    """Raises:
    SetupError: Windows Installer would not compare such a version.
    """
    numbers = [int(part) for part in version.split(".")]
    if len(numbers) != 3 or any(number > limit for number, limit in zip(numbers, VERSION_LIMITS, strict=True)):
        raise SetupError(f"{version} is no version for an installer: at most 255.255.65535.")


def product_code(version: str) -> str:
    """The id of a version of the product."""
    return str(uuid.uuid5(PRODUCT_SPACE, f"product {version}")).upper()


def _laid_out(place: Path, folder: Path) -> list[str]:
    """All that wixl reads in one folder: it finds files from a source's folder only. Gives the sources' names."""
    (place / APP).symlink_to(folder.absolute())
    shutil.copyfile(ICON, place / ICON.name)
    shutil.copyfile(SOURCE, place / SOURCE.name)
    files = place / "files.wxs"
    files.write_text(fragment(folder), "utf-8")
    return [str(place / SOURCE.name), str(files)]


def _wixl(sources: list[str], version: str, target: Path) -> list[str]:
    values = {
        "Version": version,
        "ProductCode": product_code(version),
        "App": APP,
        "Icon": ICON.name,
        "Win64": "yes",
    }
    words = [word for name, value in values.items() for word in ("-D", f"{name}={value}")]
    return ["wixl", "-a", "x64", *words, "-o", str(target), *sources]


# --- the files ---


def fragment(folder: Path) -> str:
    """The part of the source that names every file of the folder; ids follow from the files' places.

    `wixl-heat` would do it with ids drawn by lot, so that no two installers were alike.

    Args:
        folder: the frozen product.
    """
    lines = ['<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment>']
    lines += _directory_lines(folder)
    lines.append('<ComponentGroup Id="Libraries">')
    lines += [f'<ComponentRef Id="{file_id(inside, "c")}"/>' for _, inside in shipped_files(folder)]
    lines.append("</ComponentGroup></Fragment></Wix>")
    return "\n".join(lines)


def shipped_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that the source does not name itself, each with its place in the folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder).as_posix()
        if inside not in OWN_FILES:
            yield path, inside


def file_id(inside: str, kind: str = "f") -> str:
    """An id that stays the same from build to build.

    Args:
        inside: the place in the folder.
        kind: a letter for what it is an id of: f file, c component, d directory.
    """
    return f"{kind}{uuid.uuid5(PRODUCT_SPACE, inside).hex}"


def _directory_lines(folder: Path) -> Iterator[str]:
    places = {str(PurePosixPath(inside).parent) for _, inside in shipped_files(folder)}
    places |= {str(parent) for place in places for parent in PurePosixPath(place).parents} - {"."}
    for place in sorted(places - {"."}):
        path = PurePosixPath(place)
        parent = "INSTALLDIR" if path.parent == PurePosixPath(".") else file_id(str(path.parent), "d")
        name = quoteattr(path.name)
        yield f'<DirectoryRef Id="{parent}"><Directory Id="{file_id(place, "d")}" Name={name}/></DirectoryRef>'
    for _, inside in shipped_files(folder):
        yield _component(inside)


def _component(inside: str) -> str:
    place = str(PurePosixPath(inside).parent)
    directory = "INSTALLDIR" if place == "." else file_id(place, "d")
    guid = str(uuid.uuid5(PRODUCT_SPACE, f"component {inside}")).upper()
    name, source = quoteattr(PurePosixPath(inside).name), quoteattr(f"$(var.App)/{inside}")
    return (
        f'<DirectoryRef Id="{directory}"><Component Id="{file_id(inside, "c")}" Guid="{guid}" Win64="yes">'
        f'<File Id="{file_id(inside)}" Name={name} Source={source} KeyPath="yes"/></Component></DirectoryRef>'
    )


# --- what wixl cannot say ---


def _complete(msi: Path) -> None:
    secure = ";".join(("WIX_UPGRADE_DETECTED", "WIX_DOWNGRADE_DETECTED", *PUBLIC_PROPERTIES))
    queries = [
        *(
            f"UPDATE `Component` SET `Condition` = '{condition}' WHERE `Component` = '{component}'"
            for component, condition in CONDITIONS.items()
        ),
        f"UPDATE `Property` SET `Value` = '{secure}' WHERE `Property` = 'SecureCustomProperties'",
        _RIGHTS_TABLE,
        "INSERT INTO `MsiLockPermissionsEx` (`MsiLockPermissionsEx`, `LockObject`, `Table`, `SDDLText`)"
        f" VALUES ('DataRights', 'DATADIR', 'CreateFolder', '{DATA_RIGHTS}')",
    ]
    run_step(
        "Completing its tables", ["msibuild", str(msi), *(word for query in queries for word in ("-q", query))]
    )


def _set_versions(msi: Path, folder: Path) -> None:
    """Fill File.Version and File.Language in: the version of every program and library that has one."""
    versions = {file_id(inside): file_version(path) for path, inside in shipped_files(folder)}
    for name, file in (("WallProgram", "pantau-wall.exe"), ("CommandLineProgram", "pantau.exe")):
        versions[name] = file_version(folder / file)
    rows = with_versions(export_table(msi, "File"), versions)
    with tempfile.TemporaryDirectory(prefix="pantau-msi-") as temporary:
        table = Path(temporary) / "File.idt"
        table.write_bytes(rows.encode("utf-8"))
        run_step("Filling in the files' versions", ["msibuild", str(msi), "-i", str(table)])


def file_version(path: Path) -> str:
    """The version of a program or library; empty where it has none."""
    try:
        return Program(path).version() if path.suffix.lower() in (".exe", ".dll", ".pyd") else ""
    except NotAProgramError:
        return ""


def with_versions(table: str, versions: Mapping[str, str]) -> str:
    """The exported table File with versions, and the language that goes with one.

    Args:
        table: as `msiinfo export` writes it: three lines of heading, then tab-separated rows.
        versions: by the file's id; empty for none.
    """
    lines = table.split("\r\n")
    for number, line in enumerate(lines[3:], start=3):
        columns = line.split("\t")
        if versions.get(columns[0]):
            columns[4:6] = [versions[columns[0]], ENGLISH]
            lines[number] = "\t".join(columns)
    return "\r\n".join(lines)


def export_table(msi: Path, table: str) -> str:
    """A table of an installer, tab-separated."""
    done = subprocess.run(["msiinfo", "export", str(msi), table], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def rows_of(msi: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of an installer by their columns' names."""
    head, _, _, *lines = export_table(msi, table).split("\r\n")
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines if line]


def _sign_as_made_of(msi: Path, version: str, folder: Path) -> None:
    """The package's own id follows from what is in it: the same files give the same package."""
    content = ",".join(f"{inside}:{path.stat().st_size}" for path, inside in shipped_files(folder))
    package = str(uuid.uuid5(PRODUCT_SPACE, f"package {version} {content}")).upper()
    run_step("Naming the package", ["msibuild", str(msi), "-s", "Pantau", "Pantau", "x64;1033", f"{{{package}}}"])


def properties_of(msi: Path) -> dict[str, str]:
    """The table of properties."""
    return {row["Property"]: row["Value"] for row in rows_of(msi, "Property")}


def summary_of(msi: Path) -> dict[str, str]:
    """The summary that Explorer shows of an installer."""
    text = subprocess.run(["msiinfo", "suminfo", str(msi)], capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^([^:]+): (.*)$", text, re.MULTILINE))
