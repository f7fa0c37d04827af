"""When the watchdog lets a process end, and when it does not."""

import asyncio
import faulthandler
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.control_socket import TASK_SECONDS_MAX
from bot.store.db.database import open_database
from bot.store.db.writers import UNIT_SECONDS_MAX
from bot.system import watchdog as watchdog_module
from bot.system.watchdog import Watchdog
from bot.telemetry.health import STANDSTILL_SECONDS_MAX
from tests.blank import blank_file

BEAT = 0.01


class Bell:
    """Takes the place of the thread in C, which would end the test."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.rings: list[float] = []
        self.silenced = 0
        patch.setattr(watchdog_module, "BEAT_SECONDS", BEAT)
        patch.setattr(faulthandler, "dump_traceback_later", self._set)
        patch.setattr(faulthandler, "cancel_dump_traceback_later", self._silence)

    def _set(self, seconds: float, **how: Any) -> None:
        assert how == {"exit": True}
        self.rings.append(seconds)

    def _silence(self) -> None:
        self.silenced += 1


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Bell:
    return Bell(monkeypatch)


async def test_each_beat_postpones_the_end(bell: Bell) -> None:
    fed: list[int] = []
    async with Watchdog(lambda: fed.append(1)) as watchdog:
        await asyncio.sleep(BEAT * 10)
        assert watchdog.late < 1
    assert len(bell.rings) == len(fed) > 3
    assert set(bell.rings) == {STANDSTILL_SECONDS_MAX}
    assert bell.silenced == 1


async def test_a_unit_that_does_not_end_ends_the_process(bell: Bell) -> None:
    fed: list[int] = []
    async with Watchdog(lambda: fed.append(1)) as watchdog:
        watchdog.deadline = lambda: time.monotonic() + 1.0
        await asyncio.sleep(BEAT * 5)
        assert bell.rings[-1] == pytest.approx(1.0, abs=0.1)
        watchdog.deadline = lambda: time.monotonic() - 1.0
        await asyncio.sleep(BEAT * 5)
        count = len(fed)
        await asyncio.sleep(BEAT * 5)
        assert len(fed) == count
        assert bell.rings[-1] < 0.01


async def test_a_process_that_is_told_to_leave_gets_no_more_time(bell: Bell) -> None:
    async with Watchdog(lambda: None) as watchdog:
        watchdog.exit_within(3.0)
        watchdog.exit_within(9.0)
        await asyncio.sleep(BEAT * 5)
    # Neither the beats nor the end of the loop call it off: the end of the process may hang too.
    assert bell.rings == [STANDSTILL_SECONDS_MAX, 3.0]
    assert bell.silenced == 0


async def test_a_unit_has_the_time_that_it_asked_for_and_none_between_units(
    tmp_path: Path,
) -> None:
    file = await asyncio.to_thread(blank_file, tmp_path)
    database = open_database(f"sqlite+aiosqlite:///{file}")
    found: list[float] = []

    def unit(_conn: object) -> None:
        deadline = database.deadline()
        assert deadline is not None
        found.append(deadline - time.monotonic())

    def fails(_conn: object) -> None:
        raise KeyError

    try:
        await database.write(unit)
        await database.write(unit, seconds_max=STANDSTILL_SECONDS_MAX)
        with pytest.raises(KeyError):
            await database.write(fails)
        assert database.deadline() is None
        entered, go_on = threading.Event(), threading.Event()

        def waits(_conn: object) -> None:
            entered.set()
            go_on.wait(5)

        waiting = asyncio.create_task(database.write(waits))
        await asyncio.to_thread(entered.wait, 5)
        assert database.deadline() is not None
        go_on.set()
        await waiting
    finally:
        await database.close()
    assert found == pytest.approx([UNIT_SECONDS_MAX, STANDSTILL_SECONDS_MAX], abs=0.5)
    # What the command line has done may take long; an update may not.
    assert STANDSTILL_SECONDS_MAX < UNIT_SECONDS_MAX < TASK_SECONDS_MAX
