"""Reports the bot's state to the service manager, as systemd's `sd_notify` does."""

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
    """The service manager that started the bot; without one, nothing is sent.

    An address that begins with `@` is one of Linux's abstract sockets. A manager that does not
    read, or is gone, does not hold up the bot.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get(SOCKET, "")
        if self._address.startswith("@"):
            self._address = f"\0{self._address[1:]}"
        self._every = _watchdog_seconds(environment) / 2
        self._fed_at: float | None = None

    def notify(self, *lines: str) -> None:
        """Send lines such as `READY=1`."""
        if not self._address:
            return
        kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
        try:
            with socket.socket(socket.AF_UNIX, kind) as datagrams:
                datagrams.sendto("\n".join(lines).encode(), self._address)
        except OSError as error:
            log.debug("the service manager cannot be notified", extra={"reason": error.errno})

    def feed(self) -> None:
        """Send the keep-alive ping if the manager expects one; called with each heartbeat."""
        now = time.monotonic()
        if self._every <= 0:
            return
        if self._fed_at is None or now - self._fed_at > self._every - BEAT_SECONDS:
            self._fed_at = now
            self.notify("WATCHDOG=1")


def _watchdog_seconds(environment: Mapping[str, str]) -> float:
    """Returns how long the manager waits for a ping; 0 if it expects none from this process."""
    wait, pid = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    for_us = not pid or pid == str(os.getpid())
    return int(wait) / MICROSECONDS if wait.isdigit() and for_us else 0.0
