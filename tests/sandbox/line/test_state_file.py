"""The sandbox remembers over a restart, and runs from the command line."""

import asyncio
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from telegram import BotCommand

from sandbox.files import blank_picture
from sandbox.server import Sandbox
from tests.sandbox.cast import PEOPLE, SARI, bot_for

MORNING = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with Sandbox(PEOPLE, state=file, flood=False) as before, bot_for(before) as bot:
        await before.move_clock(MORNING, freeze=True)
        await bot.set_my_commands([BotCommand("jual", "Jual")])
        photo = (await bot.send_photo(SARI, blank_picture())).photo[0]
        confirmed = before.phones.say(SARI, "a")["update_id"]
        await bot.get_updates(offset=confirmed + 1)
        pending = before.phones.say(SARI, "b")["update_id"]
        before.phones.start(2003)
        before.phones.block(2002)
        before.world.add_people([{"id": SARI, "first_name": "Sari", "language_code": "en"}])
        seen = before.views.chat(SARI)
    async with Sandbox(PEOPLE, state=file, flood=False) as after, bot_for(after) as bot:
        again = after.views.chat(SARI)
        assert {**again, "event": 0} == {**seen, "event": 0}
        assert after.world.clock.now() == MORNING
        assert after.world.people[2003].started
        assert after.world.people[2002].blocked
        assert after.world.people[SARI].language_code == "en"
        assert (await bot.get_file(photo.file_id)).file_size == photo.file_size
        updates = await bot.get_updates()
        assert updates[0].update_id == pending
        assert after.phones.say(SARI, "c")["message_id"] == 4


async def test_the_file_is_written_soon_after_a_change(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with Sandbox(PEOPLE, state=file) as telegram:
        telegram.phones.say(SARI, "halo")
        await asyncio.sleep(0.7)
        saved = json.loads(file.read_text(encoding="utf-8"))
        assert saved["chats"][0]["messages"][0]["body"]["text"] == "halo"
    assert os.listdir(tmp_path) == [file.name]  # noqa: PTH208  nothing is left lying beside it


async def test_it_runs_from_the_command_line(tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--people", str(people)]
    process = await asyncio.create_subprocess_exec(
        *command, "--username", "coba_bot", stdout=asyncio.subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    url = line.rsplit(maxsplit=1)[-1]
    async with aiohttp.ClientSession() as http, http.get(f"{url}/control/people") as answer:
        result = await answer.json()
    assert [person["id"] for person in result["people"]] == [2001, 2002, 2003]
    assert result["bot"]["username"] == "coba_bot"
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 5) == 0
    assert time.monotonic() - began < 2
    process._transport.close()  # type: ignore[attr-defined]


async def test_starting_takes_no_time() -> None:
    async with Sandbox(PEOPLE):
        pass
    began = time.perf_counter()
    async with Sandbox(PEOPLE):
        pass
    assert time.perf_counter() - began < 0.2
