"""The first day on the real Telegram, with the stand-in in its place and a scripted person."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from bot.cli.command_line import command_line
from bot.cli.faults import Fault
from bot.cli.first_day import first_day, report
from bot.cli.first_day.probe import Sighting, Waits
from bot.system.clock import SystemClock
from bot.system.settings import Settings
from sandbox.server import Sandbox
from tests.outer.office import TOKEN, Office, fill, sandbox

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
        self.heard: list[str] = []
        self.late_s = 0.0
        self.comes = True

    def tell(self, words: str) -> None:
        self.heard.append(words)
        if "/start" in words and self.comes:
            self.telegram.phones.start(ANI)
        elif "album" in words and "On the phone" in words:
            self.telegram.phones.album(ANI, 3, caption="Struk")

    async def until_done(self, words: str) -> None:
        self.heard.append(words)
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


async def seen(telegram: Sandbox, person: Person | None = None) -> dict[str, Sighting]:
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


async def test_what_differs_is_told_and_the_rest_goes_on(telegram: Sandbox) -> None:
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
    assert any("DIFFERENT" in words for words in person.heard)


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
    tell = person.tell

    def told(words: str) -> None:
        tell(words)
        if words.startswith("Step 2"):
            telegram.disturb("retry_after", method="sendMessage", seconds=30)

    person.tell = told  # type: ignore[method-assign]
    found = await seen(telegram, person)
    assert [name for name, sighting in found.items() if not sighting.as_expected] == ["Menus"]
    assert "meanwhile a message was refused" in found["Menus"].saw


async def test_a_429_on_messages_is_waited_for_and_does_not_end_the_day(telegram: Sandbox) -> None:
    telegram.disturb("retry_after", method="sendMessage", seconds=1)
    found = await seen(telegram)
    assert found["Quick messages"].as_expected
    assert "while the chat was closed, a menu was taken" in found["Quick messages"].saw
    assert found["Album"].as_expected


async def test_nobody_at_the_phone_a_webhook_and_a_wrong_token_end_it_at_once(
    telegram: Sandbox,
) -> None:
    person = Person(telegram)
    person.comes = False
    with pytest.raises(Fault, match="Nobody sent /start"):
        await first_day(settings(telegram), person, SystemClock(), Waits(patience_seconds=0.1))
    telegram.world.updates.set_webhook("https://x.example.org")
    with pytest.raises(Fault, match="A webhook is set"):
        await seen(telegram)
    wrong = Settings(bot_token=SecretStr(f"99999999:{'x' * 35}"), bot_api_url=telegram.url)
    with pytest.raises(Fault, match="does not take this token"):
        await first_day(wrong, person, SystemClock(), QUICK)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "jualdulu.db"
    fill(f"sqlite+aiosqlite:///{file}")
    return file


def test_it_keeps_away_from_books_that_hold_members(tmp_path: Path, filled: Path) -> None:
    office = Office(tmp_path)
    office.books.parent.mkdir()
    shutil.copy(filled, office.books)
    told = office.run("doctor", "--first-day")
    assert told.returncode == 1
    assert "hold members, so BOT_TOKEN may be the company's own bot" in told.stderr
    assert TOKEN not in told.stdout + told.stderr
    told = office.run("doctor", "--first-day", "--although-members")
    assert told.returncode == 1
    assert "cannot be reached" in told.stderr


def test_it_keeps_away_from_a_bot_that_runs(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with sandbox() as url:
        office.settings["BOT_API_URL"] = url
        with office.running("run") as running:
            running.until("ready as")
            told = office.run("doctor", "--first-day")
    assert told.returncode == 1
    assert "A bot runs on these books" in told.stderr


def test_the_help_names_it() -> None:
    assert "--first-day" in CliRunner().invoke(command_line, ["doctor", "--help"]).output
