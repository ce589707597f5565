"""The product frozen for Windows, looked at as files and run in wine. Real Windows was not there to ask.

Wine stands in for it: what these tests see of TLS, files, processes, shared memory, the keyring and decoding
is how the very programs that are shipped behave there. Graphics cards, Direct3D and Group Policy are not seen by
them.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from devtools.bundling import contents
from devtools.bundling.pe import SUBSYSTEM_CONSOLE, SUBSYSTEM_WINDOW, Program, programs_in
from devtools.bundling.windows import prepared_wine
from devtools.bundling.wine import Done, Wine, windows_path
from devtools.locks import ROOT
from tests.support.camera_files import Row, cameras_with_login, write_cameras
from tests.support.product import running_product
from tests.waiting import until

BUDGET_BYTES = 260 * 1024 * 1024
PLAYS_S = "40"
"""Wine and a busy machine start slowly."""
TILES = 4
RUN_LIMIT_S = 300.0
OF_WINDOWS_10 = frozenset(
    {
        *(
            "advapi32",
            "authz",
            "avicap32",
            "avrt",
            "bcrypt",
            "bcryptprimitives",
            "cfgmgr32",
            "combase",
            "comctl32",
        ),
        *("comdlg32", "crypt32", "d3d11", "d3d12", "d3d9", "dnsapi", "dwmapi", "dwrite", "dxgi", "dxva2", "gdi32"),
        *(
            "imm32",
            "iphlpapi",
            "kernel32",
            "mf",
            "mfplat",
            "mpr",
            "msvcrt",
            "msvfw32",
            "ncrypt",
            "netapi32",
            "ntdll",
        ),
        *("ole32", "oleaut32", "pdh", "powrprof", "propsys", "psapi", "rpcrt4", "secur32", "setupapi", "shcore"),
        *(
            "shell32",
            "shlwapi",
            "strmiids",
            "ucrtbase",
            "uiautomationcore",
            "user32",
            "userenv",
            "uxtheme",
            "version",
        ),
        *(
            "winhttp",
            "winmm",
            "winspool.drv",
            "wldap32",
            "ws2_32",
            "wtsapi32",
            "wsock32",
            "mfreadwrite",
            "opengl32",
            "d2d1",
        ),
    }
)
"""Libraries that every Windows 10 has."""


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """One Windows for all runs."""
    made = prepared_wine(tmp_path_factory.mktemp("wine") / "prefix")
    try:
        yield made
    finally:
        made.stop()


# --- its files ---


@pytest.mark.parametrize("name, subsystem", [("pantau", SUBSYSTEM_CONSOLE), ("pantau-wall", SUBSYSTEM_WINDOW)])
def test_the_programs_are_what_windows_shall_take_them_for(
    frozen_for_windows: Path, name: str, subsystem: int
) -> None:
    program = Program(frozen_for_windows / f"{name}.exe")
    assert program.subsystem == subsystem
    assert re.search(r'requestedExecutionLevel level="asInvoker" uiAccess="false"', program.manifest())
    version = contents.product_version(ROOT)
    assert program.version() == f"{version}.0"
    texts = program.version_texts()
    assert (texts["ProductName"], texts["ProductVersion"], texts["FileVersion"]) == ("Pantau", version, version)


def test_every_library_is_in_it_or_in_windows(frozen_for_windows: Path) -> None:
    programs = programs_in(frozen_for_windows)
    shipped = {path.name.lower() for path in programs}
    lacking = {
        (path.name, name)
        for path in programs
        for name in Program(path).imports()
        if name not in shipped
        and name.removesuffix(".dll") not in OF_WINDOWS_10
        and not name.startswith("api-ms-win-")
    }
    assert len(programs) > 100 and not lacking


def test_one_runtime_of_c_serves_all(frozen_for_windows: Path) -> None:
    """A process loads one library of a name: an old one beside a new one would serve whoever comes later."""
    found: dict[str, set[str]] = {}
    for path in programs_in(frozen_for_windows):
        if path.name.lower() in ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll"):
            found.setdefault(path.name.lower(), set()).add(Program(path).version())
    assert found and all(len(versions) == 1 for versions in found.values()), found


def test_it_keeps_to_its_budget(frozen_for_windows: Path) -> None:
    taken_bytes = contents.size_bytes(path for path in frozen_for_windows.rglob("*") if path.is_file())
    print(f"\n{taken_bytes / 2**20:.0f} MB")
    assert taken_bytes <= BUDGET_BYTES


# --- run in wine ---


@contextmanager
def _seen_processes() -> Iterator[set[str]]:
    """The command lines of the product's parts, looked for while the block runs."""
    seen: set[str] = set()
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.5):
            seen.update(_parts_that_run())

    looking = threading.Thread(target=look, name="looking")
    looking.start()
    try:
        yield seen
    finally:
        is_over.set()
        looking.join()


def _parts_that_run() -> set[str]:
    lines = set()
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess):
            line = " ".join(process.cmdline())
            if "pantau.exe" in line and " --part " in line:
                lines.add(line)
    return lines


def _pantau(wine: Wine, frozen: Path, *words: str) -> Done:
    return wine.run([str(frozen / "pantau.exe"), *words], RUN_LIMIT_S)


def test_it_says_its_version(wine: Wine, frozen_for_windows: Path) -> None:
    done = _pantau(wine, frozen_for_windows, "--version")
    assert done.code == 0 and f"pantau {contents.product_version(ROOT)}\n" in done.output, done


def test_a_wrong_command_line_is_one_sentence(wine: Wine, frozen_for_windows: Path) -> None:
    done = _pantau(wine, frozen_for_windows, "demo", "--tiles", "65")
    assert done.code == 2 and "'65' is no number from 1 to 64" in done.output, done
    assert "Traceback" not in done.output


def test_a_wall_of_live_cameras_runs_and_its_hosts_are_the_frozen_program(
    wine: Wine, frozen_for_windows: Path, tmp_path: Path
) -> None:
    report, picture = tmp_path / "report.json", tmp_path / "wall.png"
    words = ["demo", "--headless", "--tiles", str(TILES), "--profile", "sub", "--for", PLAYS_S]
    words += ["--report", windows_path(report), "--screenshot", windows_path(picture)]
    with _seen_processes() as seen:
        done = _pantau(wine, frozen_for_windows, *words)
    assert done.code == 0, done
    found = json.loads(report.read_text("utf-8"))
    assert found["wall"] == {"monitors": 1, "tiles": TILES, "live": TILES}
    assert {(tile["surface"], tile["engine"], tile["failure"]) for tile in found["tiles"]} == {
        ("shared", "av", None)
    }
    assert picture.stat().st_size > 100_000
    parts = {line.split(" --part ")[1].split()[0] for line in seen if " --part " in line}
    assert parts >= {"app.video.host", "app.demo.registry", "app.demo.simulator"}
    assert all("pantau.exe --part" in line for line in seen if " --part " in line)
    until(lambda: not _parts_that_run(), what="the end of every part")


def test_group_policy_goes_before_what_it_was_installed_with(wine: Wine, frozen_for_windows: Path) -> None:
    """Windows' registry as IT fills it, read by what is shipped: policy of the PC, of the user, the PC's own."""
    keys = {
        r"HKLM\SOFTWARE\Policies\Pantau": {"LookLanguage": "en"},
        r"HKCU\SOFTWARE\Policies\Pantau": {"LookLanguage": "id", "LookTheme": "contrast"},
        r"HKLM\SOFTWARE\Pantau": {"LookTheme": "dark", "RegistryUrl": "https://registry.example.go.id"},
    }
    for key, values in keys.items():
        for name, value in values.items():
            assert wine.run(["reg", "add", key, "/v", name, "/t", "REG_SZ", "/d", value, "/f"]).code == 0
    try:
        done = _pantau(wine, frozen_for_windows, "config", "show", "--json")
    finally:
        for key in keys:
            wine.run(["reg", "delete", key, "/f"])
    assert done.code == 0, done
    found = json.loads(done.output[done.output.index("{") : done.output.rindex("}") + 1])["settings"]
    seen = {
        key: (found[key]["value"], found[key]["place"]) for key in ("look.language", "look.theme", "registry.url")
    }
    assert seen == {
        "look.language": ("en", r"HKLM\SOFTWARE\Policies\Pantau"),
        "look.theme": ("contrast", r"HKCU\SOFTWARE\Policies\Pantau"),
        "registry.url": ("https://registry.example.go.id", r"HKLM\SOFTWARE\Pantau"),
    }


@pytest.mark.real_keyring
def test_a_post_s_key_rests_in_windows_credential_manager(
    wine: Wine, frozen_for_windows: Path, tmp_path: Path
) -> None:
    """Enrolled once, it opens without a code from then on, and its key is in none of its files."""
    with _central(tmp_path) as (url, code):
        wall = ["--headless", "--tiles", "1", "--for", PLAYS_S]
        first = _pantau(wine, frozen_for_windows, "run", "--registry", url, "--enrol", code, *wall)
        assert first.code == 0 and "no keyring" not in first.output, first
        second = _pantau(wine, frozen_for_windows, "run", *wall)
        assert second.code == 0, second
    kept = wine.run(["reg", "query", r"HKCU\Software\Wine\Credential Manager", "/s"])
    assert "pantau" in kept.output.lower()
    own = [path for path in (wine.drive / "users").rglob("*") if path.is_file() and "pantau" in str(path).lower()]
    assert own and not [path for path in own if b"PRIVATE KEY" in path.read_bytes()]


@contextmanager
def _central(folder: Path) -> Iterator[tuple[str, str]]:
    """A registry of one camera on this system, and a code for one post."""
    with cameras_with_login("post", "sandi-uji") as url:
        row = Row("JKT-1", "Camera 1", "", f"{url}/main/JKT-1", f"{url}/sub/JKT-1", "post", "sandi-uji")
        cameras = write_cameras(folder / "own.csv", [row])
        words = ["registry", "serve", "--port", "0", "--data", str(folder / "registry.sqlite")]
        with running_product(folder, [*words, "--cameras", str(cameras)]) as product:
            until(lambda: product.output.endswith("\n"), what="the registry's announcement")
            announced = json.loads(product.output)
            yield announced["registry"], announced["enrolment_code"]
