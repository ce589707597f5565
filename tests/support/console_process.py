"""A console reduced to its supervisor, as a process that a test may stop or kill: `python -m …`.

It starts one host, prints the host's process id once that has beaten, and ends both when standard input ends.
"""

from __future__ import annotations

import queue
import sys

from app.core.ports import Message
from app.video.supervisor import Supervisor


def main() -> int:
    """Run until standard input ends."""
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    supervisor = Supervisor([sys.executable, "-m", "app.video.host"], inbox)
    supervisor.prepare(1)
    inbox.get()
    sys.stdout.write(f"{supervisor.pids()[0]}\n")
    sys.stdout.flush()
    sys.stdin.read()
    supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
