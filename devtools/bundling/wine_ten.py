"""Wine 10, which shows native windows, from the Debian after this one: in a folder of its own, entered by chroot.

Debian 12's wine 8 runs the product without a screen only. Needs root, as apt does. Standard library only.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from devtools.bundling.freeze import WORK, is_stamped
from devtools.bundling.wine import Wine
from devtools.steps import run_step

RELEASE = "trixie"
PACKAGES = ("wine64", "ca-certificates")
_ENTER = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
"""In a mount namespace of its own, so that nothing stays mounted: wine looks itself up in /proc."""


def ensure_wine_ten() -> Path:
    """The folder with that Debian in it, made where it is not there yet.

    Raises:
        SetupError: it cannot be made.
    """
    root = WORK / RELEASE
    stamp, wanted = root / "made-of", f"{RELEASE} {' '.join(PACKAGES)}"
    if not is_stamped(stamp, wanted):
        shutil.rmtree(root, ignore_errors=True)
        argv = ["debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", RELEASE, str(root)]
        run_step(f"Unpacking Debian {RELEASE} with its wine", argv)
        stamp.write_text(wanted, "utf-8")
    return root


def wine_ten(root: Path, prefix: Path, display: str) -> Wine:
    """A new Windows 10 in that wine.

    Args:
        root: as `ensure_wine_ten` gives it.
        prefix: its folder, as it is called within that Debian.
        display: the X server that shows its windows.
    """
    # no TMPDIR: wine 10 aborts with one
    more = {"HOME": "/root", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": "/tmp", "DISPLAY": display}
    wine = Wine(prefix, before=("unshare", "--mount", "sh", "-c", _ENTER, str(root)), more=more, is_stranger=True)
    run_step("Making a Windows in wine 10", wine.command(["wineboot", "--init"]), env=wine.environment())
    run_step("Making it a Windows 10", wine.command(["winecfg", "-v", "win10"]), env=wine.environment())
    return wine
