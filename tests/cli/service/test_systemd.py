"""What the bot tells the service manager, over a socket as systemd opens one."""

import asyncio
import itertools
import os
import socket
import time
from configparser import ConfigParser
from pathlib import Path
from typing import Self

import pytest

from bot.cli.service.serving import EXIT_SECONDS_MAX
from bot.system.service_manager import ServiceManager
from bot.system.watchdog import BEAT_SECONDS
from bot.telemetry.health import STANDSTILL_SECONDS_MAX
from sandbox.server import Sandbox
from tests.cli.service.frozen import POISON, FrozenBot, people

pytestmark = pytest.mark.long

WATCHDOG_SECONDS = 2.0


class Manager:
    """Reads the messages to the service manager."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)
        self.heard: list[tuple[float, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def lines(self) -> list[str]:
        while True:
            try:
                output = self._socket.recv(4_096).decode()
            except BlockingIOError:
                return [line for _, line in self.heard]
            self.heard += [(time.monotonic(), line) for line in output.split("\n")]

    async def until(self, line: str, times: int = 1) -> None:
        async with asyncio.timeout(30):
            while self.lines().count(line) < times:
                await asyncio.sleep(0.02)


def abstract() -> str:
    return f"jualdulu-{os.getpid()}-{time.monotonic_ns()}"


@pytest.mark.parametrize("kind", ["file", "abstract"])
def test_messages_reach_a_file_and_an_abstract_name(tmp_path: Path, kind: str) -> None:
    name = abstract()
    file = str(tmp_path / "notify")
    shown, bound = (file, file) if kind == "file" else (f"@{name}", f"\0{name}")
    with Manager(bound) as manager:
        ServiceManager({"NOTIFY_SOCKET": shown}).notify("READY=1", "STATUS=Ready")
        assert manager.lines() == ["READY=1", "STATUS=Ready"]


def test_the_unit_in_the_docs_leaves_the_bot_time_and_starts_it_again() -> None:
    page = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
    unit = ConfigParser(strict=False)
    unit.read_string(page.split("```ini\n")[1].split("```")[0])
    service = unit["Service"]
    assert (service["Type"], service["Restart"]) == ("notify", "always")
    assert service["NotifyAccess"] == "main"
    # The bot's own watchdog and its own end come first: they say where it stood.
    assert int(service["WatchdogSec"]) > 2 * STANDSTILL_SECONDS_MAX
    assert int(service["TimeoutStopSec"]) > EXIT_SECONDS_MAX
    assert service["TimeoutStartSec"] == "infinity"


def test_without_a_manager_and_with_a_dead_one_nothing_happens(tmp_path: Path) -> None:
    ServiceManager({}).notify("READY=1")
    gone = ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "gone"), "WATCHDOG_USEC": "1000"})
    gone.notify("READY=1")
    gone.feed()
    with Manager(str(tmp_path / "full")) as manager:
        deaf = ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "full")})
        for _ in range(5_000):
            deaf.notify("STATUS=never read")
        assert manager.lines()


@pytest.mark.parametrize(
    ("usec", "pid", "fed"),
    [("2000000", "", True), ("2000000", "1", False), ("", "", False), ("0", "", False)],
)
def test_it_is_fed_only_if_it_waits_for_that(
    tmp_path: Path, usec: str, pid: str, *, fed: bool
) -> None:
    address = str(tmp_path / "notify")
    output = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": usec, "WATCHDOG_PID": pid}
    with Manager(address) as manager:
        ServiceManager(output).feed()
        assert manager.lines() == (["WATCHDOG=1"] if fed else [])


def test_it_is_fed_at_half_of_its_time_at_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    address = str(tmp_path / "notify")
    with Manager(address) as manager:
        output = ServiceManager({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "10000000"})
        fed: list[float] = []
        for _ in range(100):
            output.feed()
            if len(manager.lines()) > len(fed):
                fed.append(clock)
            clock += BEAT_SECONDS
        gaps = {later - earlier for earlier, later in itertools.pairwise(fed)}
        assert gaps == {5.0}


async def test_a_bot_under_systemd_says_what_it_does_and_falls_silent_when_it_stands_still(
    tmp_path: Path,
) -> None:
    name = abstract()
    settings = {"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": str(int(WATCHDOG_SECONDS * 1e6))}
    with Manager(f"\0{name}") as manager:
        async with Sandbox(people("Sari"), flood=False) as telegram:
            one = FrozenBot(
                tmp_path / "one",
                telegram,
                *("run", "--once"),
                where="loop",
                how="C",
                standstill=6.0,
                settings=settings,
            )
            with one as bot:
                await bot.until("ready as")
                await manager.until("READY=1")
                await manager.until("WATCHDOG=1", 3)
                assert (await bot.ended())[0] == 0
            assert manager.lines()[-2:] == ["STOPPING=1", "STATUS=Stopping"]
            two = FrozenBot(
                tmp_path / "two",
                telegram,
                *("run", "--once"),
                where="loop",
                how="C",
                standstill=6.0,
                settings=settings,
            )
            with two as bot:
                await manager.until("READY=1", 2)
                telegram.phones.say(5_001, POISON)
                await bot.until("standing now")
                manager.lines()
                count = len(manager.heard)
                await asyncio.sleep(WATCHDOG_SECONDS)
                assert len(manager.lines()) == count
                assert await asyncio.to_thread(bot.process.wait, 10) == 1
