"""A network that can be spoilt: a port of loopback that forwards to another, well or badly."""

import asyncio
import threading
from enum import StrEnum

CHUNK = 1 << 16
DELAY_S = 0.3  # of each chunk: a request and its answer take half a second more
STARTED_WITHIN_S = 10.0


class Line(StrEnum):
    """How it forwards."""

    SOUND = "sound"
    SLOW = "slow"  # each chunk late
    HALVED = "halved"  # half of the next chunk, then the connection is cut
    SILENT = "silent"  # what is sent is lost, and nobody is told


class Proxy:
    """Forwards connections to `port` on to `target`, both of 127.0.0.1, as `line` says at each chunk."""

    def __init__(self, port: int, target: int) -> None:
        self.port = port
        self.target = target
        self.line = Line.SOUND
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"proxy {port}", daemon=True)

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        listening = asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(STARTED_WITHIN_S)

    def close(self) -> None:
        """Forward nothing more."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result(STARTED_WITHIN_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    async def _ended(self) -> None:
        if self._server is not None:
            self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:  # the broker is away
            writer.close()
            return
        await asyncio.gather(self._forward(reader, there_writer), self._forward(there_reader, writer))

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One direction, until either side is closed. A stream that has lost bytes is cut before the next."""
        lost = False
        try:
            while chunk := await reader.read(CHUNK):
                match self.line:
                    case Line.SILENT:
                        lost = True
                        continue
                    case Line.SLOW:
                        await asyncio.sleep(DELAY_S)
                    case Line.HALVED:
                        chunk, lost = chunk[: len(chunk) // 2], True
                        writer.write(chunk)
                        await writer.drain()
                if lost:
                    break
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass  # one side is gone: so will be the other
        finally:
            writer.close()
