"""The console: owner of everything that the wall knows, free of Qt."""

from app.console.console import Console, ConsoleSettings, RegistryStatus

__all__ = ["Console", "ConsoleSettings", "RegistryStatus"]
