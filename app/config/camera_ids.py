"""Cameras as the officer's files name them: by the registry's ids, alone or on numbered tiles.

Any thread; no input or output. Must not import Qt.
"""

from __future__ import annotations

from typing import TypeGuard

from app.config.json_object import JsonObject
from app.core.model import CameraId
from app.core.sentence import Sentence

ID_MAX_LENGTH = 100


def is_camera_id(value: object) -> TypeGuard[CameraId]:
    """Whether a value of a file can be the id of a camera."""
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= ID_MAX_LENGTH


def cameras_by_tile(document: JsonObject, entries: object, tiles: int, *path: str) -> dict[int, CameraId]:
    """The cameras of an object whose keys are tiles' numbers, in their order.

    Args:
        document: what the object is a part of.
        entries: the object.
        tiles: how many tiles there are.
        path: the keys that lead to it.

    Raises:
        ConfigError: it is none; the message names file, line, key and reason.
    """
    if not isinstance(entries, dict):
        raise document.fault(Sentence("is not an object"), *path)
    numbers = {str(number): number for number in range(1, tiles + 1)}
    cameras: dict[int, CameraId] = {}
    for key, camera in entries.items():
        if key not in numbers:
            raise document.fault(Sentence("is no tile from 1 to {0}", tiles), *path, key)
        if not is_camera_id(camera):
            raise document.fault(Sentence("is not the id of a camera"), *path, key)
        cameras[numbers[key]] = camera
    return dict(sorted(cameras.items()))
