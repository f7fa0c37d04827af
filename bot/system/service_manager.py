"""Tells the service manager how the bot is, as systemd's `sd_notify` does."""

import logging
import os
import socket
import time
from collections.abc import Mapping
from typing import Final

from bot.system.watchdog import BEAT_SECONDS

__all__ = ["ServiceManager"]

log = logging.getLogger(__name__)

SOCKET: Final = "NOTIFY_SOCKET"
MICROSECONDS: Final = 1_000_000


class ServiceManager:
    """The service manager that started the bot; without one nothing is sent.

    A name that begins with `@` is one of Linux's abstract sockets. A manager that does not read
    its letters, or is gone, hinders nothing.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get(SOCKET, "")
        if self._address.startswith("@"):
            self._address = f"\0{self._address[1:]}"
        self._every = _watchdog_seconds(environment) / 2
        self._fed_at: float | None = None

    def tell(self, *lines: str) -> None:
        """Say something, such as `READY=1`."""
        if not self._address:
            return
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
        try:
            with socket.socket(socket.AF_UNIX, kind) as way:
                way.sendto("\n".join(lines).encode(), self._address)
        except OSError as error:
            log.debug("the service manager cannot be told", extra={"reason": error.errno})

    def feed(self) -> None:
        """Say that the bot lives, if the manager waits for that; call it with each beat."""
        now = time.monotonic()
        if self._every <= 0:
            return
        if self._fed_at is None or now - self._fed_at > self._every - BEAT_SECONDS:
            self._fed_at = now
            self.tell("WATCHDOG=1")


def _watchdog_seconds(environment: Mapping[str, str]) -> float:
    """How long the manager waits for a sign of life; 0 if it does not, or not for us."""
    wanted, who = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    ours = not who or who == str(os.getpid())
    return int(wanted) / MICROSECONDS if wanted.isdigit() and ours else 0.0
