"""Runs the local Telegram of the demo as a process, on one port of this machine."""

import ctypes
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import aiohttp

from bot.cli.faults import CommandError

__all__ = ["HOST", "PROJECT", "TOKEN", "LocalTelegram", "refuse_busy_port"]

HOST: Final = "127.0.0.1"
TOKEN: Final = "1000001:SANDBOX_TOKEN_FOR_LOCAL_USE_ONLY_0001"  # noqa: S105 - opens the sandbox alone
PROJECT: Final = Path(__file__).resolve().parents[3]
START_SECONDS_MAX: Final = 15
STOP_SECONDS_MAX: Final = 3
END_WITH_PARENT: Final = 1
ASK_SECONDS_MAX: Final = 10
LOOK_SECONDS: Final = 0.05


def refuse_busy_port(port: int, seconds: float = 0.0) -> None:
    """Refuse a port that is still in use after `seconds`.

    Raises:
        CommandError: says how to use another port.
    """
    until = time.monotonic() + seconds
    while _is_busy(port):
        if time.monotonic() >= until:
            raise CommandError(
                f"Port {port} is busy; choose another one: make demo PORT={port + 1} "
                f"(or python -m bot demo --port {port + 1})"
            )
        time.sleep(LOOK_SECONDS)


def _is_busy(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return True
    return False


class LocalTelegram:
    """The process of the sandbox, as a context manager."""

    def __init__(self, port: int, people: Path, state: Path, *, steady: bool = False) -> None:
        """Prepare the process on this port, with files for people and state.

        With `steady`, calls are delayed only for the rate limits, never at random.
        """
        self.url = f"http://{HOST}:{port}"
        self._command = [
            *(sys.executable, "-m", "sandbox", "--port", str(port), "--token", TOKEN),
            *("--people", str(people.absolute()), "--state", str(state.absolute())),
            *(["--steady"] if steady else []),
        ]
        self._log = state.with_name("sandbox.log")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                self._command,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                # Ctrl-C is for the bot, which stops while Telegram still answers.
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )
        try:
            self._wait_for_first_line(self._process)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def ended(self) -> bool:
        """Whether the process ended without `stop`."""
        return self._process is not None and self._process.poll() is not None

    def refuse_end(self) -> None:
        """Raise an error if the process ended by itself.

        Raises:
            CommandError: has the last line of its log.
        """
        if self.ended:
            raise CommandError(f"The sandbox stopped by itself: {self._last_words()}")

    def stop(self) -> None:
        """End the process; a second call does nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    async def people(self) -> list[dict[str, object]]:
        """Returns everybody, as the control interface describes them."""
        timeout = aiohttp.ClientTimeout(total=ASK_SECONDS_MAX)
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(f"{self.url}/control/people") as answer,
        ):
            answer.raise_for_status()
            result: list[dict[str, object]] = (await answer.json())["people"]
            return result

    async def tell(self, act: str, **wish: object) -> dict[str, object]:
        """Send one request to the control interface; returns the answer."""
        timeout = aiohttp.ClientTimeout(total=ASK_SECONDS_MAX)
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.post(f"{self.url}/control/{act}", json=wish) as answer,
        ):
            answer.raise_for_status()
            result: dict[str, object] = await answer.json()
            return result

    def _wait_for_first_line(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], START_SECONDS_MAX)
        if not ready or not process.stdout.readline():
            raise CommandError(f"The sandbox did not start: {self._last_words()}")

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", errors="replace").strip().splitlines()
        return f"{lines[-1] if lines else 'it said nothing'} ({self._log})"


def _end_with_parent() -> None:
    """Ask Linux to end the child when the demo is killed, so that its port is free again."""
    ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGTERM)
