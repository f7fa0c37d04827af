"""The first day on the real Telegram, with the stand-in in its place and a scripted person."""

import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner
from pydantic import SecretStr

from bot.cli.command_line import command_line
from bot.cli.faults import CommandError
from bot.cli.first_day import first_day, report
from bot.cli.first_day.line import ProbeLine
from bot.cli.first_day.probe import Observation, Waits
from bot.store.backup import seal_file
from bot.store.backup.seals import Seal
from bot.system.clock import SystemClock
from bot.system.settings import Settings
from sandbox.server import Sandbox
from tests.cli.forks import ForkedOffice
from tests.cli.office import TOKEN, fill, sandbox

pytestmark = pytest.mark.long

ANI = 4001
QUICK = Waits(
    messages=7,
    menus=5,
    taps_after_seconds=(0.02, 0.06, 0.14),
    patience_seconds=6,
    album_seconds=0.2,
)


class Person:
    """Does on the phone what is asked at the terminal."""

    def __init__(self, telegram: Sandbox) -> None:
        self.telegram = telegram
        self.received: list[str] = []
        self.late_s = 0.0
        self.comes = True
        self.agreed = True

    def tell(self, words: str) -> None:
        self.received.append(words)
        if "/start" in words and self.comes:
            self.telegram.phones.start(ANI)
        elif "album" in words and "On the phone" in words:
            self.telegram.phones.album(ANI, 3, caption="Struk")

    async def agrees(self, words: str) -> bool:
        self.received.append(words)
        return self.agreed

    async def until_done(self, words: str) -> None:
        self.received.append(words)
        newest = self.telegram.views.chat(ANI)["messages"][-1]
        if "tap the button" in words:
            ((button,),) = newest["reply_markup"]["inline_keyboard"]
            self.telegram.phones.tap(ANI, newest["message_id"], button["callback_data"])
            await self.telegram.move_clock(advance=self.late_s)
        else:
            assert "delete the newest message" in words
            self.telegram.phones.erase(ANI, newest["message_id"])


@pytest.fixture
async def telegram() -> AsyncIterator[Sandbox]:
    people = [{"id": ANI, "first_name": "Anita Rahasia"}]
    async with Sandbox(people, steady=True) as running:
        yield running


def settings(telegram: Sandbox) -> Settings:
    return Settings(bot_token=SecretStr(telegram.token), bot_api_url=telegram.url)


async def seen(telegram: Sandbox, person: Person | None = None) -> dict[str, Observation]:
    operator = person or Person(telegram)
    found = await first_day(settings(telegram), operator, SystemClock(), QUICK)
    return {sighting.what: sighting for sighting in found}


async def test_on_a_telegram_as_it_is_known_everything_is_as_expected(
    telegram: Sandbox, tmp_path: Path
) -> None:
    person = Person(telegram)
    found = await seen(telegram, person)
    assert [name for name, sighting in found.items() if not sighting.as_expected] == []
    assert len(found) == 9
    assert "7 of 7 taken" in found["Quick messages"].saw
    assert "5 of 5 taken" in found["Menus"].saw
    assert "it came; its answer was taken" in found["A tap fetched after 0.02 s"].saw
    assert "'Bad Request: message to edit not found'" in found["Edit of a deleted message"].saw
    assert "3 messages in" in found["Album"].saw
    assert "captions on [1]" in found["Album"].saw
    assert "the same file_unique_id" in found["The same photo twice"].saw
    assert telegram.violations == []
    assert telegram.views.chat(ANI)["commands"] == []
    assert telegram.views.confirmed()["pending"] == 0
    file = tmp_path / "report.txt"
    report(settings(telegram), SystemClock(), list(found.values()), file)
    written = file.read_text("utf-8")
    assert written.count("as expected") == 9
    assert all(sighting.saw in written for sighting in found.values())
    assert telegram.token not in written
    assert "Anita" not in written
    assert str(ANI) not in written


async def test_a_difference_is_reported_and_the_rest_goes_on(telegram: Sandbox) -> None:
    person = Person(telegram)
    person.late_s = 200
    telegram.disturb("error", method="editMessageText", words="Bad Request: something new")
    telegram.disturb("truncated", method="sendPhoto")
    found = await seen(telegram, person)
    different = {name for name, sighting in found.items() if not sighting.as_expected}
    assert different == {
        "A tap fetched after 0.02 s",
        "A tap fetched after 0.06 s",
        "A tap fetched after 0.14 s",
        "Edit of a deleted message",
        "The same photo twice",
        "Date of the answers",
    }
    assert found["A tap fetched after 0.02 s"].saw == "it never came"
    assert "something new" in found["Edit of a deleted message"].saw
    assert any("DIFFERENT" in words for words in person.received)


async def test_a_tap_that_comes_too_late_to_be_answered_is_no_surprise(telegram: Sandbox) -> None:
    person = Person(telegram)
    person.late_s = 100
    tap = (await seen(telegram, person))["A tap fetched after 0.14 s"]
    assert tap.as_expected
    assert "query is too old" in tap.saw


async def test_a_429_on_menus_ends_them_and_a_message_beside_it_goes(telegram: Sandbox) -> None:
    telegram.disturb("retry_after", method="setMyCommands", seconds=3019, lasts=60)
    found = await seen(telegram)
    assert found["Menus"].as_expected
    assert "0 of 5 taken" in found["Menus"].saw
    assert "retry after 3019" in found["Menus"].saw
    assert "meanwhile a message was taken" in found["Menus"].saw


async def test_a_429_on_menus_that_holds_messages_too_is_a_difference(telegram: Sandbox) -> None:
    telegram.disturb("retry_after", method="setMyCommands", seconds=3019, lasts=60)
    person = Person(telegram)
    tell_person = person.tell

    def tell(words: str) -> None:
        tell_person(words)
        if words.startswith("Step 2"):
            telegram.disturb("retry_after", method="sendMessage", seconds=30)

    person.tell = tell  # type: ignore[method-assign]
    found = await seen(telegram, person)
    assert [name for name, sighting in found.items() if not sighting.as_expected] == ["Menus"]
    assert "meanwhile a message was refused" in found["Menus"].saw


async def test_a_429_on_messages_is_waited_for_and_does_not_end_the_day(telegram: Sandbox) -> None:
    telegram.disturb("retry_after", method="sendMessage", seconds=1)
    found = await seen(telegram)
    assert found["Quick messages"].as_expected
    assert "while the chat was closed, a menu was taken" in found["Quick messages"].saw
    assert found["Album"].as_expected


async def test_a_silent_phone_a_webhook_and_a_wrong_token_end_it_at_once(
    telegram: Sandbox,
) -> None:
    person = Person(telegram)
    person.comes = False
    with pytest.raises(CommandError, match="No /start reached the bot"):
        await first_day(settings(telegram), person, SystemClock(), Waits(patience_seconds=0.1))
    telegram.world.updates.set_webhook("https://x.example.org")
    with pytest.raises(CommandError, match="A webhook is set"):
        await seen(telegram)
    wrong = Settings(bot_token=SecretStr(f"99999999:{'x' * 35}"), bot_api_url=telegram.url)
    with pytest.raises(CommandError, match="refuses this token"):
        await first_day(wrong, person, SystemClock(), QUICK)


async def test_nothing_is_thrown_away_before_it_is_agreed_to(telegram: Sandbox) -> None:
    telegram.phones.say(ANI, "Kak, ini pesanan saya")
    person = Person(telegram)
    person.agreed = False
    waiting = telegram.views.confirmed()["pending"]
    assert waiting
    with pytest.raises(CommandError, match="Nothing was discarded"):
        await seen(telegram, person)
    assert telegram.views.confirmed()["pending"] == waiting
    [asked] = person.received
    assert f"@{telegram.username}" in asked
    assert f"{waiting} updates wait" in asked


async def test_a_line_that_refuses_is_not_asked_without_a_pause(telegram: Sandbox) -> None:
    async with aiohttp.ClientSession() as http:
        line = ProbeLine(http, f"{telegram.url}/bot{telegram.token}", SystemClock())
        for fault, seconds in (({"code": 400, "words": "Bad Request: no"}, 1), ({}, 2)):
            if seconds > 1:
                telegram.disturb("retry_after", method="getUpdates", seconds=seconds)
            else:
                telegram.disturb("error", method="getUpdates", **fault)
            began = time.monotonic()
            assert await line.fetch(0) == []
            assert time.monotonic() - began >= seconds


async def test_an_answer_to_a_tap_that_is_refused_for_another_reason_is_a_difference(
    telegram: Sandbox,
) -> None:
    telegram.disturb(
        "error", method="answerCallbackQuery", code=400, words="Bad Request: something new"
    )
    tap = (await seen(telegram))["A tap fetched after 0.02 s"]
    assert not tap.as_expected
    assert "something new" in tap.saw


@pytest.mark.parametrize("year", ["9999", "9" * 20])
async def test_a_date_that_no_calendar_has_is_no_date(year: str) -> None:
    """As a proxy might write it; the one reader of dates knows."""

    async def answer(_: web.Request) -> web.Response:
        day = f"Fri, 31 Dec {year} 23:59:59 GMT"
        return web.json_response({"ok": True, "result": 1}, headers={"Date": day})

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        line = ProbeLine(http, str(server.make_url("")), SystemClock())
        assert (await line.call("getMe")).ok
    assert (line.answers, line.skews) == (1, [])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "jualdulu.db"
    fill(f"sqlite+aiosqlite:///{file}")
    return file


def test_it_refuses_a_database_that_holds_members(tmp_path: Path, filled: Path) -> None:
    office = ForkedOffice(tmp_path)
    office.books.parent.mkdir()
    shutil.copy(filled, office.books)
    result = office.run("doctor", "--first-day")
    assert result.returncode == 1
    assert "has members, so BOT_TOKEN may be the company's own bot" in result.stderr
    assert TOKEN not in result.stdout + result.stderr
    result = office.run("doctor", "--first-day", "--although-members")
    assert result.returncode == 1
    assert "cannot be reached" in result.stderr


def test_it_refuses_the_bot_of_another_database_here(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    office.settings["DATABASE_URL"] = "sqlite+aiosqlite:///data/probe.db"
    seal_file.write(
        tmp_path / "data" / "jualdulu.db.seal", Seal("s", int(TOKEN.partition(":")[0]))
    )
    result = office.run("doctor", "--first-day")
    assert result.returncode == 1
    assert "jualdulu.db.seal says that bot 1000001 works on a database here" in result.stderr
    assert TOKEN not in result.stdout + result.stderr
    result = office.run("doctor", "--first-day", "--although-members")
    assert "cannot be reached" in result.stderr


def test_it_refuses_a_database_on_which_a_bot_runs(tmp_path: Path) -> None:
    office = ForkedOffice(tmp_path)
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as running:
            running.until("ready as")
            result = office.run("doctor", "--first-day")
    assert result.returncode == 1
    assert "A bot runs on this database" in result.stderr


def test_the_help_names_it() -> None:
    assert "--first-day" in CliRunner().invoke(command_line, ["doctor", "--help"]).output
