"""Clips in memory: each is read and packed on first use, in a worker thread, and shared by all its streams.

The store itself lives in the simulator's event loop and is touched by nothing else.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.core.model import Profile
from app.demo.scenes import CLIP_FORMATS, Scene
from app.demo.simulator.clip import Clip, load_clip

_Key = tuple[str, bool]


class ClipStore:
    """The clips of one directory.

    Args:
        directory: holds the files that `Scene.clip_file` names.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._loads: dict[_Key, asyncio.Task[Clip]] = {}
        self._turn = asyncio.Lock()

    async def clip(self, scene: Scene, profile: Profile, *, is_undecodable: bool = False) -> Clip:
        """The clip of a scene, packed; the undecodable one keeps the packets and spoils the pictures.

        Raises:
            OSError: the file is missing or cannot be read; the next call tries again.
            ClipError: it is no clip.
        """
        key = (scene.clip_file(profile), is_undecodable)
        load = self._loads.get(key)
        if load is None or (load.done() and load.exception() is not None):
            load = asyncio.create_task(self._load_aside(scene, profile, is_undecodable))
            self._loads[key] = load
        return await asyncio.shield(load)  # a client that leaves must not undo the others' load

    async def _load_aside(self, scene: Scene, profile: Profile, is_undecodable: bool) -> Clip:
        """Load in a thread that ends with the load; one at a time, so that the streams keep their pace."""
        async with self._turn:
            worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clip")
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(worker, self._load, scene, profile, is_undecodable)
            finally:
                worker.shutdown(wait=False)

    def _load(self, scene: Scene, profile: Profile, is_undecodable: bool) -> Clip:
        path = self._directory / scene.clip_file(profile)
        clip = load_clip(path, scene.codec(profile), CLIP_FORMATS[profile].frame_rate_fps)
        return clip.spoiled() if is_undecodable else clip
