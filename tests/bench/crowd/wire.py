"""As much of HTTP/1.1 as a simulated post needs: one connection that is kept, and answers with a length.

A client of a library would cost more than the server that it measures.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the status, the headers by their small names, and the body as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """One post's connection to a registry on this machine, a request at a time; made again when it breaks.

    Args:
        port: the registry's.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._turn = asyncio.Lock()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"", limit_s: float = 60.0
    ) -> Answer:
        """One request and its answer.

        Raises:
            OSError: nobody answers, the connection broke, or the time is up.
        """
        async with self._turn, asyncio.timeout(limit_s):
            is_kept = self._streams is not None
            try:
                return await self._ask(method, path, headers, body)
            except OSError:
                if not is_kept:
                    raise
            # A server ends connections that say nothing for some seconds, maybe just now.
            return await self._ask(method, path, headers, body)

    def close(self) -> None:
        """End the connection; the next request makes a new one."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            return await self._exchange(method, path, headers, body)
        except (asyncio.IncompleteReadError, ValueError, IndexError) as error:
            self.close()
            raise ConnectionError("the answer broke off") from error
        except BaseException:
            self.close()
            raise

    async def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        reader, writer = self._streams
        all_headers = {"Host": f"127.0.0.1:{self._port}", "Content-Length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in all_headers.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        length = 0 if lines[0].split()[1] in ("204", "304") else int(found["content-length"])
        content = await reader.readexactly(length)
        if found.get("connection") == "close":
            self.close()
        return Answer(int(lines[0].split()[1]), found, content)
