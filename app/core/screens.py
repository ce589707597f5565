"""Which screen is which: by what it says of itself, not by its place among the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen says of itself; empty where it says nothing."""

    connector: str
    """Where it is plugged in: `DP-1`."""
    maker: str = ""
    model: str = ""
    serial: str = ""


def screen_keys(screens: Sequence[Screen]) -> tuple[str, ...]:
    """What identifies each of these screens, in their order; no two are equal.

    A screen with a serial number is known by it wherever it is plugged in. Cheap screens share one or have none:
    those are known by their connector, too.
    """
    names = [_own_name(screen) for screen in screens]
    shared = Counter(names)
    pairs = zip(names, screens, strict=True)
    return tuple(_numbered([name if shared[name] == 1 and name else _placed(name, each) for name, each in pairs]))


def _own_name(screen: Screen) -> str:
    return " ".join(part for part in (screen.maker, screen.model, screen.serial) if part) if screen.serial else ""


def _placed(name: str, screen: Screen) -> str:
    return f"{name} @ {screen.connector}" if name else screen.connector


def _numbered(keys: Sequence[str]) -> list[str]:
    """Keys told apart by a number where nothing else does it."""
    seen: Counter[str] = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
    return numbered
