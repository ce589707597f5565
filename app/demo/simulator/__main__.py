"""Starts the camera simulator as a process: see `command.py`."""

import sys

from app.demo.simulator.command import main

if __name__ == "__main__":
    sys.exit(main())
