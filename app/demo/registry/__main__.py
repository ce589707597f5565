"""Starts the reference registry as a process: see `command.py`."""

import sys

from app.demo.registry.command import main

if __name__ == "__main__":
    sys.exit(main())
