"""A central registry as its operator starts it, two cameras, and what is written down of posts here and there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.camera_files import Row, cameras_with_login, write_cameras
from tests.support.canary import new_canary
from tests.support.file_keyring import FILE_VARIABLE
from tests.support.product import Product, running_product
from tests.waiting import until

USERNAME = "post"
CODES = ("JKT-00001", "JKT-00002")
KEYRING = "tests.support.file_keyring.Keyring"


@dataclass(frozen=True, slots=True)
class Central:
    """A registry of two cameras."""

    product: Product
    url: str
    enrolment_code: str
    password: str
    """Of its cameras."""
    cameras: ExitStack
    """Closing it ends them."""

    def entries(self) -> list[dict[str, object]]:
        """What posts have told it of who looked at what."""
        with closing(sqlite3.connect(self.product.folder / "registry.sqlite")) as database:
            found = database.execute("select record from audit_events order by seq").fetchall()
        return [json.loads(record) for (record,) in found]


@contextmanager
def running_central(folder: Path, listed_password: str | None = None) -> Iterator[Central]:
    """The registry's process and the cameras that it lists.

    Args:
        folder: of the registry's own files.
        listed_password: what the registry takes for the cameras' password; None for the right one.
    """
    password = new_canary()
    listed = password if listed_password is None else listed_password
    folder.mkdir()
    with ExitStack() as running:
        url = running.enter_context(cameras_with_login(USERNAME, password))
        rows = [
            Row(code, f"Camera {code}", "", f"{url}/main/{code}", f"{url}/sub/{code}", USERNAME, listed)
            for code in CODES
        ]
        cameras = write_cameras(folder / "own.csv", rows)
        words = ["registry", "serve", "--port", "0", "--data", str(folder / "registry.sqlite")]
        with running_product(folder, [*words, "--cameras", str(cameras)]) as product:
            until(lambda: product.output.endswith("\n"), what="the registry's announcement")
            announced = json.loads(product.output)
            yield Central(product, announced["registry"], announced["enrolment_code"], password, running)


def with_keyring(folder: Path) -> dict[str, str]:
    """The variables of a post whose keyring is a file in the folder."""
    return {"PYTHON_KEYRING_BACKEND": KEYRING, FILE_VARIABLE: str(folder / "keyring")}


def entries_on_this_pc(folder: Path) -> list[dict[str, object]]:
    """What a post whose home is in the folder has written down."""
    return entries_below(folder / "home")


def entries_below(folder: Path) -> list[dict[str, object]]:
    """What the journals in a folder, or below, have written down."""
    files = sorted(folder.rglob("journal-*.ndjson"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def kinds(entries: list[dict[str, object]]) -> list[object]:
    """What each entry is about."""
    return [entry["kind"] for entry in entries]
