"""The bots of a soak, as its driver sees them: started, killed, stopped."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Self

__all__ = ["Bots"]

PROJECT = Path(__file__).parents[2]


class Bots:
    """One bot at a time, from a process that has everything imported."""

    def __init__(self, settings: dict[str, str], log: Path) -> None:
        self._settings = settings | {"SOAK_LOG": str(log)}
        self.log = log
        self.pid = 0
        self._nursery: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8"}
        self._nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.soak.nursery",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=kept | self._settings,
            cwd=self.log.parent,
        )
        assert await self._line() == "ready"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.pid:
            await self.kill()
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        self._nursery.stdin.close()
        await self._nursery.wait()

    async def start(self) -> None:
        assert not self.pid, "one bot at a time"
        self.pid = int(await self._request("start"))

    async def kill(self) -> int:
        """End it as the kernel does when memory runs out; returns how it really ended."""
        return await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end, as a machine does that is shut down."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        os.kill(self.pid, number)
        self.pid = 0
        return int(await self._request("wait"))

    async def _request(self, word: str) -> str:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{word}\n".encode())
        return await self._line()

    async def _line(self) -> str:
        assert self._nursery is not None
        assert self._nursery.stdout is not None
        line = await self._nursery.stdout.readline()
        assert line, f"the nursery died; see {self.log}"
        return line.decode().strip()
