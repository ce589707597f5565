"""Starts proxies as a process: see `process.py`."""

import sys

from tests.support.fault_proxy.process import main

if __name__ == "__main__":
    sys.exit(main())
