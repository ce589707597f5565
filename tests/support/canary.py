"""Looks for a known password wherever the product writes or shows anything, in every form it could take there."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import psutil

_SIGNS = ":@%/ü"
"""What a URL must escape: its forms in text are then clearly different from each other."""


def new_canary() -> str:
    """A password that occurs nowhere else."""
    return f"canary{_SIGNS}{secrets.token_hex(8)}"


def forms(password: str) -> set[bytes]:
    """The password as it is, percent-encoded, as JSON or Python would escape it, and in base64 wherever it begins.

    In base64 the same text looks different at each of three offsets, and its ends mix with what is beside it: each
    form is the part that does not.
    """
    raw = password.encode()
    texts = {password, quote(password, safe=""), quote(password), quote(password, safe="").lower()}
    escaped = {ascii(password)[1:-1], json.dumps(password)[1:-1], password.replace("/", "\\/")}
    shifted = {base64.b64encode(b"x" * offset + raw)[(offset * 4 + 2) // 3 : -4] for offset in range(3)}
    url_safe = {each.replace(b"+", b"-").replace(b"/", b"_") for each in shifted}
    return {raw, password.encode("utf-16-le"), *(text.encode() for text in texts | escaped), *shifted, *url_safe}


def found_in_files(passwords: Iterable[str], folder: Path) -> list[str]:
    """The files below a folder that hold a password, without its camera files."""
    files = [each for each in folder.rglob("*") if each.is_file() and each.suffix != ".csv"]
    return [str(each) for password in passwords for each in files if _is_in(password, _read(each))]


def found_in_processes(passwords: Iterable[str], processes: Iterable[psutil.Process]) -> list[str]:
    """The processes whose arguments or environment hold a password."""
    places = [Path(f"/proc/{each.pid}/{name}") for each in processes for name in ("cmdline", "environ")]
    return [str(each) for password in passwords for each in places if _is_in(password, _read(each))]


def _is_in(password: str, data: bytes) -> bool:
    return any(form in data for form in forms(password))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has just been removed, or its process has ended
        return b""
