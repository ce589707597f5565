"""The settings of a running wall: read from every source, read again when one changes, changed by the officer.

All but the looking belongs to one thread; a thread of its own looks at the sources every two seconds, since a
folder on a server may let whoever reads it wait. Must not import Qt.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from app.config.setting import Setting
from app.config.settings import Layer, Settings, Source, resolve
from app.config.settings_files import OwnSettings, machine_layers
from app.config.settings_table import TABLE
from app.config.settings_windows import open_reader, registry_layers
from app.core.sentence import Sentence

T = TypeVar("T")
LOOK_PERIOD_S = 2.0
Layers = Callable[[], tuple[Layer, ...]]
COMMAND_LINE_PLACE = "the command line"


def system_layers() -> tuple[Layer, ...]:
    """What the administrators of this PC have set, where its system keeps that."""
    return registry_layers(open_reader()) if sys.platform == "win32" else machine_layers()


def environment_layer(environment: Mapping[str, str]) -> Layer:
    """What environment variables set."""
    values = {each.key: environment[each.variable] for each in TABLE if environment.get(each.variable)}
    return Layer(Source.ENVIRONMENT, "the environment", values)


def command_line_layer(values: Mapping[str, object]) -> Layer:
    """What the command line sets, by key."""
    return Layer(Source.COMMAND_LINE, COMMAND_LINE_PLACE, values)


class SettingsBook:
    """The settings as they count now.

    Args:
        own: the folder of the officer's own file; None keeps nothing.
        started: what the command line has set.
        system: reads what the PC's administrators have set.
        environment: of the process.

    Attributes:
        settings: all of them.
    """

    def __init__(
        self,
        own: Path | None,
        started: Mapping[str, object] | None = None,
        system: Layers = system_layers,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._own = OwnSettings(own) if own is not None else None
        self._fixed = (command_line_layer(started or {}), environment_layer(environment))
        self._system = system
        self._chosen: dict[str, object] = {}
        """What the officer has chosen and nothing else says: no file took it, or the start has said otherwise."""
        self._lock = threading.Lock()
        self._told: set[Sentence] = set()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.settings = self._latest = self._read()

    def _read(self) -> Settings:
        """What all sources have now. With the lock held."""
        own = (self._own.layer(),) if self._own is not None else ()
        chosen = Layer(Source.RUN, "this run", dict(self._chosen))
        return resolve((*self._fixed, *self._system(), chosen, *own))

    def choose(self, setting: Setting[T], value: T) -> None:
        """An officer wants another value.

        Raises:
            ConfigError: it is not for the officer to change; or it cannot be kept, and then counts for this run.
        """
        self.settings.check_open(setting)
        with self._lock:
            self._chosen[setting.key] = setting.written(value)
            try:
                self._keep(setting, value)
            finally:
                self.settings = self._latest = self._read()

    def _keep(self, setting: Setting[T], value: T) -> None:
        """Write it down; what the file then says by itself need not be remembered."""
        if self._own is None:
            return
        self._own.save(setting, value)
        chosen = self._chosen.pop(setting.key)
        if self._read().get(setting) != value:
            self._chosen[setting.key] = chosen

    def untold(self) -> tuple[Sentence, ...]:
        """What is wrong with any source and was not given here before."""
        new = tuple(problem for problem in self.settings.problems if problem not in self._told)
        self._told.update(new)
        return new

    # ---- what others change meanwhile

    def watch(self) -> None:
        """Begin to look at the sources; `stop` ends it."""
        self._thread = threading.Thread(target=self._look, name="settings", daemon=True)
        self._thread.start()

    def take(self) -> Settings | None:
        """The settings where they have changed since the last call, else None. Never waits."""
        latest = self._latest
        if latest == self.settings:
            return None
        self.settings = latest
        return latest

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._stopping.wait(LOOK_PERIOD_S):
            with self._lock:
                self._latest = self._read()
