"""The console: owner of everything that the wall knows, free of Qt."""

from app.console.console import Console
from app.console.settings import ConsoleSettings, RegistryStatus

__all__ = ["Console", "ConsoleSettings", "RegistryStatus"]
