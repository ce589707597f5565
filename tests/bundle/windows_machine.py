"""A Windows in wine as IT sees it: installers, its registry, its files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.bundling.windows import prepared_wine
from devtools.bundling.wine import Done, Wine, windows_path

INSTALL_LIMIT_S = 900.0
OF_SETTINGS = r"HKLM\SOFTWARE\Pantau"
OF_STARTS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run"
OF_EVENTS = r"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\Pantau"
OF_PRODUCTS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"


@dataclass(frozen=True, slots=True)
class WindowsMachine:
    """One Windows, from new."""

    wine: Wine

    @property
    def programs(self) -> Path:
        """Where the product is installed."""
        return self.wine.drive / "Program Files" / "Pantau"

    @property
    def data(self) -> Path:
        """Where IT's files of the product lie."""
        return self.wine.drive / "ProgramData" / "Pantau"

    def install(self, msi: Path, **properties: str) -> int:
        """Install silently; the exit code, modulo 256 as wine tells it."""
        words = ["msiexec", "/i", windows_path(msi), "/qn", "/norestart"]
        words += [f"{name}={value}" for name, value in properties.items()]
        return self.wine.run(words, INSTALL_LIMIT_S).code

    def uninstall(self, product_code: str) -> int:
        """Take it away silently."""
        return self.wine.run(["msiexec", "/x", f"{{{product_code}}}", "/qn", "/norestart"], INSTALL_LIMIT_S).code

    def values(self, key: str) -> Mapping[str, str]:
        """The values of a registry key, without those of its subkeys; empty where there is no such key."""
        done = self.wine.run(["reg", "query", key])
        if done.code != 0:
            return {}
        rows = re.findall(r"^ {4}(.+?) {4}REG_\w+ {4}(.*)$", done.output, re.MULTILINE)
        return {name: value.strip() for name, value in rows}

    def set_value(self, key: str, name: str, value: str) -> None:
        """What an administrator does with regedit."""
        done = self.wine.run(["reg", "add", key, "/v", name, "/t", "REG_SZ", "/d", value, "/f"])
        assert done.code == 0, done

    def is_installed(self) -> bool:
        """Whether the list of programs has it."""
        listed = self.wine.run(["reg", "query", OF_PRODUCTS, "/s"]).output
        return re.search(r"DisplayName +REG_SZ +Pantau$", listed, re.MULTILINE) is not None

    def forget_settings(self) -> None:
        """Take away what an administrator has set."""
        self.wine.run(["reg", "delete", OF_SETTINGS, "/f"])

    def files(self) -> set[str]:
        """The installed files, from the product's folder."""
        return {path.relative_to(self.programs).as_posix() for path in self.programs.rglob("*") if path.is_file()}

    def shortcuts(self) -> set[str]:
        """The names of all shortcuts on the machine."""
        return {path.name for path in self.wine.drive.rglob("*.lnk")}

    def run(self, *words: str, limit_s: float = 240.0) -> Done:
        """Run the installed product's command line."""
        return self.wine.run([str(self.programs / "pantau.exe"), *words], limit_s)


@contextmanager
def windows_machine(prefix: Path, **more: str) -> Iterator[WindowsMachine]:
    """A new Windows; everything in it is ended at the end.

    Args:
        prefix: its folder.
        more: environment variables, such as DISPLAY.
    """
    wine = prepared_wine(prefix, **more)
    try:
        yield WindowsMachine(wine)
    finally:
        wine.stop()
