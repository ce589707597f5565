"""A layout may name its cameras by a question instead of one by one: "kelurahan Gambir, public street". Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CameraQuery:
    """A question to the catalogue, as its author wrote it."""

    text: str
