"""One wall for each user and post: a second start brings the first one's windows to the front and ends.

GUI thread, or the main thread before there is one. The name is known to this user alone, and the system lets
nobody else connect; what is asked is one word, so that nothing can be asked for but to be seen. Two starts at the
very same moment are told apart by the journal's lock.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

SHOW, SHOWN = b"show\n", b"shown\n"
ANSWER_LIMIT_MS = 2_000
"""A wall ticks every 16 ms; one that does not answer by then is hung, and its watchdog's business."""


def name_of(post_id: str) -> str:
    """Where the wall of this user and that post is asked."""
    digest = hashlib.sha256(f"{getpass.getuser()}\n{post_id}".encode()).hexdigest()
    return f"pantau-{digest[:24]}"


def show_running(post_id: str) -> bool:
    """Ask a wall that runs already to show itself; whether there is one that did."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(post_id))
    if not socket.waitForConnected(ANSWER_LIMIT_MS):
        return False
    socket.write(SHOW)
    socket.waitForBytesWritten(ANSWER_LIMIT_MS)
    has_answered = socket.waitForReadyRead(ANSWER_LIMIT_MS) and socket.readAll().data() == SHOWN
    socket.abort()
    return has_answered


class OneInstance(QObject):
    """Answers later starts.

    Args:
        post_id: whose wall this is.
        show: brings its windows to the front.
    """

    def __init__(self, post_id: str, show: Callable[[], None]) -> None:
        super().__init__()
        self._show = show
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(name_of(post_id))  # what a killed wall has left
        self.is_listening = self._server.listen(name_of(post_id))

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._take(socket))
        if socket.bytesAvailable():  # it has spoken before it was listened to
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if socket.readAll().data() == SHOW:
            self._show()
            socket.write(SHOWN)
            socket.flush()
        else:
            socket.abort()

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.close()
