"""A console reduced to its supervisor, as a process that a test may stop or kill.

`python -m tests.support.console_process [SECONDS]`: a host may be stopped for so long, else for as long as the
product lets it. It starts one host and prints the host's process id once that has beaten. For each line that it
reads it prints which kinds of messages have come since; when standard input ends, it ends both.
"""

from __future__ import annotations

import queue
import sys

from app.core.ports import Message
from app.video import supervisor


def main() -> int:
    """Run until standard input ends."""
    supervisor.STOPPED_LIMIT_S = float(sys.argv[1]) if sys.argv[1:] else supervisor.STOPPED_LIMIT_S
    inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
    console = supervisor.Supervisor([sys.executable, "-m", "app.video.host"], inbox)
    console.prepare(1)
    inbox.get()
    _say(str(console.pids()[0]))
    for _ in sys.stdin:
        news = [inbox.get() for _ in range(inbox.qsize())]
        _say(" ".join(type(message).__name__ for message in news))
    console.stop()
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
